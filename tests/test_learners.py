"""What rules ask of learners: whoever is alike shares machines, and nobody is judged in silence."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nvqplan.advice.assessment import assess
from nvqplan.advice.cache import RulebookCache
from nvqplan.advice.proposal import Proposal
from nvqplan.api import RulebookError, open_rulebook, open_space
from nvqplan.checking.checks import check_curriculum
from nvqplan.core.findings import Findings
from nvqplan.core.sources import Sources
from nvqplan.core.units import Catalogue
from nvqplan.reading.curriculum import read_curriculum
from nvqplan.reports.results import Checked
from nvqplan.rules.qualification import Rulebook
from nvqplan.rules.questions import MOST
from tests import certificates
from tests.certificates import make, open_book, verified
from tests.oracle import Handbook, subsets
from tests.readers import book as book_of
from tests.readers import read_book
from tests.rulebooks import DAYS, Asked, Book, asked, books
from tests.tapes import cases
from tests.transcripts import ROOT, run_command

WORKSHOP = ROOT / "tests" / "cases" / "rulebooks" / "workshop"
READINGS = st.sampled_from(["printed", "intended"])


def rulebook_of(book: Book) -> Rulebook:
    qualification = book.read()
    return Rulebook("", Catalogue(qualification.offering.units), (qualification,), ())


@cases(150)
@given(asked())
def test_machines_that_are_shared_say_what_the_rules_say(asked: Asked) -> None:
    rulebook = rulebook_of(asked.book)
    (qualification,) = rulebook.qualifications
    learner = asked.learner(qualification)
    scales = RulebookCache(rulebook).evaluator(qualification, learner, asked.reading)
    like = qualification.questions.like(learner)
    assert qualification.questions.like(like) == like
    for mix in subsets(qualification.offering.units):
        legal = qualification.is_legal(mix, learner, asked.reading)
        assert scales.hold(mix) == legal
        assert qualification.is_legal(mix, like, asked.reading) == legal


@cases(150)
@given(books(), st.data())
def test_of_an_open_learner_it_is_told_who_passes_and_who_does_not(
    book: Book, data: st.DataObject
) -> None:
    rulebook = rulebook_of(book)
    (qualification,) = rulebook.qualifications
    mix = data.draw(st.frozensets(st.sampled_from(sorted(qualification.offering.units))))
    day, age = data.draw(st.sampled_from(DAYS)), data.draw(st.sampled_from([None, 14, 19]))
    proposal = Proposal(qualification, mix, book.terms(day, age), named=mix)
    verdict, nearby = assess(proposal, RulebookCache(rulebook))
    handbook = book.handbook()
    verdicts = [
        (each, told, not list(handbook.broken(mix, day, each, frozenset(), told)))
        for each, told in handbook.people(age)
    ]
    passes = {legal for *_, legal in verdicts}
    assert verdict.passes == (True in passes)
    openness = nearby.openness
    assert len(passes) == 1 or openness is not None
    if openness is None or not openness.hangs:
        assert len(passes) == 1
        return
    assert len(passes) == 2
    for each, told, legal in verdicts:
        kinds = openness.passing if legal else openness.failing
        assert any(all(_is(name, value, each, told) for name, value in kind) for kind in kinds)


def _is(name: str, said: str, age: int | None, told: dict[str, str]) -> bool:
    """Whether words such as `16 to 17` or `agent or coach` mean this learner."""
    if name != "age":
        return told[name] in said.split(" or ")
    assert age is not None
    match said.split():
        case [low, "or", "older"]:
            return age >= int(low)
        case [high, "or", "younger"]:
            return age <= int(high)
        case [low, "to", high]:
            return int(low) <= age <= int(high)
    return age == int(said)


@cases(100)
@given(books(), st.data(), READINGS)
def test_a_curriculum_file_is_judged_as_its_words_say(
    book: Book, data: st.DataObject, reading: Any
) -> None:
    """Attributes, figures, statuses and imported units written down, read, looked up, judged."""
    handbook = book.handbook()
    mix = data.draw(st.frozensets(st.sampled_from(sorted(handbook.units))))
    imported = [dict(row) for row in book.said.imported]
    mix |= {row["unit"] for row in imported}
    day, age = data.draw(st.sampled_from(DAYS)), data.draw(st.sampled_from([None, 14, 19]))
    listed = {
        key: [n for n, status in book.said.statuses if status == key and n in mix]
        for key in ("held", "apl", "exempt")
    }
    own = sorted(mix - {row["unit"] for row in imported})
    columns = ("level", "credits", "glh", *(["points"] if "points" in book.units else []))
    text = _curriculum(book, day, age, own, listed, [_flow(row, columns) for row in imported])
    checked = _check(book, text, reading)
    (case,) = checked.cases
    intended = {rule["id"] for rule in handbook.rules if reading == "intended"}
    assert case.proposal.mix == mix
    assert case.verdict.passes == handbook.is_legal(mix, [day], age, frozenset(intended))


def _curriculum(
    book: Book, day: Any, age: int | None, units: Any, listed: Any, imported: list[str]
) -> str:
    told = ", ".join(f"{name}: {value}" for name, value in book.said.attributes)
    figures = ", ".join(f"{name}: {value}" for name, value in book.said.figures)
    lines = ["qualification: q", f"registered: {day}", *([f"youngest: {age}"] if age else [])]
    lines += [f"learners: {{{told}}}", "pathways:", "  p:", f"    units: [{', '.join(units)}]"]
    lines += [f"    {key}: [{', '.join(numbers)}]" for key, numbers in listed.items()]
    lines += [f"    learners: {{{figures}}}", f"    imported: [{', '.join(imported)}]"]
    return "\n".join(lines) + "\n"


def _flow(row: dict[str, str], columns: tuple[str, ...]) -> str:
    figures = ", ".join(f"{name}: {row[name]}" for name in columns)
    return f"{{unit: {row['unit']}, {figures}}}"


def _check(book: Book, text: str, reading: Any) -> Checked:
    with TemporaryDirectory() as folder:
        Path(folder, "units.csv").write_text(book.units, encoding="utf-8")
        Path(folder, "rules.toml").write_text(book.rules, encoding="utf-8")
        Path(folder, "c.yaml").write_text(text, encoding="utf-8")
        found, sources = Findings(), Sources()
        curriculum = read_curriculum(str(Path(folder, "c.yaml")), sources, found)
        assert curriculum is not None
        return check_curriculum(curriculum, RulebookCache(open_rulebook(folder)), reading, found)


FAULTY = """\
qualification: joinery
youngest: 19
learners: {role: foreman, practice_hours: 120}
pathways:
  bench:
    units: [W2, W3, W2]
    apl: [w3, X/1]
    exempt: [W1, W1]
    imported:
      - {unit: X/1, level: 3, credits: 1, glh: 2}
"""

MENDED = FAULTY.replace("W2, W3, W2", "W2, W3, W1, W4").replace("w3", "W3").replace("W1, W1", "W1")


def test_a_fix_mends_every_list_and_leaves_all_else(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text(FAULTY, "utf-8")
    output, code = run_command(["check", "--data", str(WORKSHOP), "c.yaml", "--fix"], tmp_path)
    assert (code, (tmp_path / "c.yaml").read_text("utf-8")) == (1, MENDED), output
    assert "over by 3" in output  # W1 and W3 are 7 credits, and X/1 is kept


def test_a_repair_drops_what_is_taught_and_keeps_what_is_imported(tmp_path: Path) -> None:
    text = MENDED.replace("W3, X/1", "X/1").replace(", W3, W1, W4", "")
    (tmp_path / "c.yaml").write_text(text, "utf-8")
    command = ["check", "--data", str(WORKSHOP), "c.yaml", "--fix", "--unsafe"]
    output, code = run_command(command, tmp_path)
    assert code == 0, output
    mended = (tmp_path / "c.yaml").read_text("utf-8")
    assert "{unit: X/1, level: 3, credits: 1, glh: 2}" in mended
    assert "apl: [X/1]" in mended


def test_a_rulebook_that_tells_too_many_learners_apart_is_refused(tmp_path: Path) -> None:
    values = [f"v{index}" for index in range(30)]
    names = ("role", "site")
    declared = "".join(f"attributes.{name} = {values}\n" for name in names)
    head = (ROOT / "tests" / "cases" / "rulebooks" / "workshop" / "rules.toml").read_text("utf-8")
    rules = [
        f'[[qualification.rule]]\nid = "{name}-{value}"\nsays = "S"\n'
        f'when = {{ {name} = "{value}" }}\nmandatory = ["W1"]\n'
        for name in names
        for value in values[:29]
    ]
    body = head[head.index("[[qualification]]") : head.index("[[qualification.rule]]")]
    (tmp_path / "rules.toml").write_text(
        declared + body + '[[qualification.rule]]\nid = "total"\nsays = "S"\n'
        "credits = { at_least = 9 }\n" + "".join(rules),
        "utf-8",
    )
    (tmp_path / "units.csv").write_text((WORKSHOP / "units.csv").read_text("utf-8"), "utf-8")
    with pytest.raises(RulebookError, match=f"over {MOST} kinds of learners"):
        open_rulebook(str(tmp_path))


@pytest.mark.parametrize(
    ("declared", "told"),
    [
        ('attributes.age = ["x"]', "'age' means something else"),
        ('attributes."two words" = ["x"]', "is no name for what is told"),
        ("attributes.role = []", "attribute 'role' needs a value"),
        ('attributes.role = ["x", "x"]', "'x' stands twice in role"),
        ('figures = ["hours", "hours"]', "'hours' is declared twice"),
        ('figures = ["credits"]', "'credits' means something else"),
        ('attributes.hours = ["x"]\nfigures = ["hours"]', "'hours' is declared twice"),
        ('imported = { group = "Z" }', "unknown group 'Z'"),
        ("imported = { at_most = 3 }", "unknown key 'at_most' in imported"),
    ],
)
def test_what_is_declared_amiss_is_told(declared: str, told: str, tmp_path: Path) -> None:
    text = book_of().replace("groups.A", f"{declared}\ngroups.A", 1)
    _, found = read_book(tmp_path, text)
    assert [told in each.message for each in found] == [True], list(found)


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (
            'when = { role = "leader" }\nunits = { at_least = 1 }',
            "unknown attribute 'role' in when",
        ),
        (
            "when = { age = { at_least = 9, at_most = 8 } }\nunits = { at_least = 1 }",
            "is more than",
        ),
        ("when = {}\nunits = { at_least = 1 }", "'when' needs a condition"),
        ("learner = { hours = { at_least = 1 } }", "unknown figure 'hours'"),
        ("learner = {}", "learner names no figure"),
        ('units = { of = { status = "aple" }, at_least = 1 }', "unknown status 'aple'"),
        ("units = { of = { imported = true }, at_most = 1 }", "takes no imported units"),
    ],
)
def test_a_rule_that_asks_amiss_is_told(rule: str, told: str, tmp_path: Path) -> None:
    _, found = read_book(tmp_path, book_of(rule))
    assert [told in each.message for each in found] == [True], list(found)


def test_python_can_tell_of_a_learner_and_is_told_of_slips() -> None:
    book = open_rulebook(str(WORKSHOP))
    with pytest.raises(RulebookError, match="did you mean 'foreman'"):
        open_space("joinery", rulebook=book, learner={"role": "forman"})
    with pytest.raises(RulebookError, match="asks for no 'site'"):
        open_space("joinery", rulebook=book, learner={"site": "north"})
    handbook = Handbook(
        (WORKSHOP / "units.csv").read_text("utf-8"), (WORKSHOP / "rules.toml").read_text("utf-8")
    )
    legal = [m for m in subsets(handbook.units) if handbook.is_legal(m, [DAYS[0]], 17, frozenset())]
    assert open_space("joinery", rulebook=book, age=17).count() == len(legal)


def test_no_certificate_is_given_or_believed_where_it_cannot_show_what_rules_ask(
    tmp_path: Path,
) -> None:
    text = "qualification: {}\nyoungest: 19\npathways:\n  first: {{units: [{}]}}\n"
    (tmp_path / "j.yaml").write_text(text.format("joinery", "W2, W3"), "utf-8")
    (tmp_path / "d.yaml").write_text(text.format("drawing", "W5"), "utf-8")
    command = ["check", "--data", str(WORKSHOP), "--certificate", "c.json", "--today", "2027-01-01"]
    output, _ = run_command([*command, "j.yaml", "d.yaml"], tmp_path)
    assert "1 of 2 pathways certified; left out: 1 under rules that no" in output
    book = open_book(str(WORKSHOP))
    certificate = make(book, "joinery", frozenset({"W2", "W3"}), certificates.told(None, 19))
    (problem,) = verified(certificate, book)
    assert "has rules that no certificate can show" in problem


def test_a_rule_that_only_other_statuses_meet_is_not_the_rulebooks_fault(tmp_path: Path) -> None:
    rules = (WORKSHOP / "rules.toml").read_text("utf-8").replace("at_most = 5 }", "at_least = 5 }")
    (tmp_path / "rules.toml").write_text(rules, "utf-8")
    (tmp_path / "units.csv").write_text((WORKSHOP / "units.csv").read_text("utf-8"), "utf-8")
    (tmp_path / "c.yaml").write_text(
        "qualification: joinery\nyoungest: 19\nlearners: {role: joiner, practice_hours: 120}\n"
        "pathways:\n  taught: {units: [W2, W3]}\n  accredited: {units: [W2, W3], apl: [W3]}\n",
        "utf-8",
    )
    output, code = run_command(["check", "--data", ".", "c.yaml"], tmp_path)
    assert code == 1
    assert "have 0 credits, need 5" in output
    assert "NVQ403" not in output
    assert "1 of 2 pathways" in output


def lint_workshop(folder: Path, old: str, new: str) -> str:
    rules = (WORKSHOP / "rules.toml").read_text("utf-8")
    assert old in rules
    (folder / "rules.toml").write_text(rules.replace(old, new), "utf-8")
    (folder / "units.csv").write_text((WORKSHOP / "units.csv").read_text("utf-8"), "utf-8")
    return run_command(["lint", "--data", ".", "-q", "joinery"], folder)[0]


def test_lint_says_nothing_of_what_other_statuses_would_meet(tmp_path: Path) -> None:
    said = lint_workshop(tmp_path, "at_most = 5 }", "at_least = 50 }")
    assert "NVQ432" not in said
    assert "NVQ435" not in said


def test_lint_says_of_which_mixes_it_speaks_and_which_rules_it_has_left_aside(
    tmp_path: Path,
) -> None:
    most = '[[qualification.rule]]\nid = "most"\nsays = "At most 99"\nunits = { at_most = 99 }\n'
    first = '[[qualification.rule]]\nid = "accredited"'
    said = lint_workshop(tmp_path, first, f"{most}\n{first}")
    (line,) = (each for each in said.splitlines() if "NVQ437" in each)
    assert line.endswith("is out of reach, as long as no unit is imported")
    assert "left aside, as only a pathway can answer: 'accredited' and 'elsewhere'" in said


def test_a_remark_alone_may_ask_how_a_unit_is_achieved(tmp_path: Path) -> None:
    rules = (WORKSHOP / "rules.toml").read_text("utf-8")
    remark = (
        '\n[[qualification.remark]]\nid = "held"\nsays = "Held already"\n'
        'units = { of = { status = "held" }, at_least = 1 }\n'
    )
    (tmp_path / "rules.toml").write_text(rules + remark, "utf-8")
    (tmp_path / "units.csv").write_text((WORKSHOP / "units.csv").read_text("utf-8"), "utf-8")
    (tmp_path / "c.yaml").write_text(
        "qualification: drawing\npathways:\n"
        "  taught: {units: [W5]}\n  held: {units: [W5], held: [W5]}\n",
        "utf-8",
    )
    output, code = run_command(["check", "--data", ".", "c.yaml"], tmp_path)
    assert code == 0
    assert output.count("remark[NVQ505] Held already") == 1
