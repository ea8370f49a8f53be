"""What two versions of a rulebook say and earn differently, against brute force."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from inspect import signature
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nvqplan.advice.cache import RulebookCache
from nvqplan.api import open_rulebook
from nvqplan.checking.checks import check_curriculum
from nvqplan.core.findings import Findings
from nvqplan.core.sources import Sources
from nvqplan.core.units import Unit
from nvqplan.reading.curriculum import read_curriculum
from nvqplan.rules.qualification import Correction, Particulars, Qualification, Remark
from nvqplan.rules.rule import Rule
from nvqplan.rules.terms import Terms
from nvqplan.solving.counting import count_accepted
from nvqplan.solving.derived import difference
from nvqplan.solving.diagram import arrange, compile_in_order
from nvqplan.solving.layers import GIBIBYTE, OutgrownError
from nvqplan.solving.linear import Linear
from nvqplan.space.proof import DisagreementError
from nvqplan.versions.changes import (
    Change,
    correction_texts,
    find_changes,
    head_texts,
    remark_texts,
    rule_texts,
    say_change,
    unit_texts,
)
from nvqplan.versions.comparing import compare_file, compare_versions
from nvqplan.versions.impact import SAMPLES, Sample, measure_impact
from nvqplan.versions.moves import move_of
from nvqplan.versions.version import Version, pair_qualifications
from tests.oracle import Mix, accepted, subsets
from tests.published import (
    read_github,
    read_gitlab,
    read_junit,
    read_markdown,
    read_sarif,
)
from tests.puzzles import VARIABLES, linears
from tests.rulebooks import AGES, DAYS, NEWEST, Book
from tests.small_rulebooks import BAKERY_RULES as RULES
from tests.small_rulebooks import BAKERY_UNITS as UNITS
from tests.tapes import cases
from tests.transcripts import nvqplan, run_command
from tests.versions import pairs, written

TERMS = st.builds(
    Terms,
    st.sampled_from([*DAYS, "any", None]),
    AGES,
    st.sampled_from(["printed", "intended"]),
    units_only=st.just(value=False),
)
MACHINES = st.lists(linears(VARIABLES), max_size=3)
PAIR = "tests/cases/versions/2017 tests/cases/versions/2026"
PLANS = "--plans tests/cases/versions/plans"


@cases(150)
@given(MACHINES, MACHINES)
def test_the_difference_of_diagrams_is_that_of_their_mixes(
    one: list[Linear], more: list[Linear]
) -> None:
    order = arrange(VARIABLES, [*one, *more])
    whole, part = (compile_in_order(order, each, GIBIBYTE) for each in (one, [*one, *more]))
    rest = difference(whole, part)
    true = accepted(one, VARIABLES) - accepted([*one, *more], VARIABLES)
    assert rest.count() == len(true)
    assert {rest.nth(index) for index in range(rest.count())} == true


def test_the_difference_is_refused_where_orders_differ_or_memory_ends() -> None:
    machines = [Linear("sum", {"a": 1, "b": 2, "c": 3}, 3, None)]
    whole, none = (compile_in_order("abc", each, GIBIBYTE) for each in ([], machines))
    with pytest.raises(ValueError, match="orders"):
        difference(whole, compile_in_order("cba", machines, GIBIBYTE))
    with pytest.raises(OutgrownError):
        difference(whole, none, memory=100)


def of_learner(books: tuple[Book, Book], terms: Terms) -> tuple[tuple[Book, Book], Terms]:
    """The rulebooks without imported units, and the terms with all that is said of the learner."""
    said = replace(books[0].said, imported=())
    told = terms._replace(attributes=said.attributes, figures=said.figures, statuses=said.statuses)
    return (replace(books[0], said=said), replace(books[1], said=said)), told


class Side:
    """One version as the oracle sees it."""

    def __init__(self, book: Book, terms: Terms) -> None:
        self.handbook = book.handbook()
        self.units = frozenset(self.handbook.units)
        self.age = terms.age
        self.days = self.handbook.days()
        if terms.registered != "any":
            self.days = [terms.registered or NEWEST]
        rules = frozenset(rule["id"] for rule in self.handbook.rules)
        self.intended = rules if terms.reading == "intended" else frozenset()
        self.legal = self.handbook.legal(self.days, self.age, self.intended)

    def is_legal(self, mix: Mix) -> bool:
        return mix <= self.units and self.suits(mix)

    def suits(self, mix: Mix) -> bool:
        """Whether the rules are met, units that are not offered weighing nothing."""
        return mix & self.units in self.legal

    def smallness(self, mix: Mix) -> tuple[int, int, int]:
        credits, hours = (self.handbook.sum_of(measure, mix) for measure in ("credits", "glh"))
        return credits, hours, len(mix)


def check_samples(samples: tuple[Sample, ...], true: set[Mix], here: Side, there: Side) -> None:
    mixes = [frozenset(each.units) for each in samples]
    assert len(set(mixes)) == len(mixes) == min(SAMPLES, len(true))
    assert set(mixes) <= true
    if mixes:
        assert here.smallness(mixes[0]) == min(map(here.smallness, true))
    shared = sorted(here.smallness(mix) for mix in true if mix <= there.units)
    told = sorted(here.smallness(mix) for mix in mixes if mix <= there.units)
    assert told[: SAMPLES - 1] == shared[: len(told)][: SAMPLES - 1]
    assert len(told) >= min(len(shared), SAMPLES - 1)
    for each, mix in zip(samples, mixes, strict=True):
        assert (each.credits, each.glh, len(mix)) == here.smallness(mix)
        assert set(each.not_offered) == mix - there.units
        broken = {judged.rule.id for judged in each.broken}
        assert broken or each.not_offered
        broken_on = [
            set(there.handbook.broken(mix, day, age, there.intended, attributes))
            for day in there.days
            for age, attributes in there.handbook.people(there.age)
        ]
        assert broken in broken_on or not broken


@cases(300)
@given(pairs(), TERMS)
def test_mixes_lost_and_gained_are_those_of_brute_force(
    books: tuple[Book, Book], terms: Terms
) -> None:
    books, terms = of_learner(books, terms)
    old, new = (Side(book, terms) for book in books)
    found = measure_impact(books[0].read(), books[1].read(), terms)
    mixes = subsets(sorted(old.units | new.units))
    before, after = ({mix for mix in mixes if each.is_legal(mix)} for each in (old, new))
    assert (found.before, found.after) == (len(before), len(after))
    assert found.both == len(before & after)
    assert (found.lost, found.gained) == (len(before - after), len(after - before))
    check_samples(found.lost_samples, before - after, old, new)
    check_samples(found.gained_samples, after - before, new, old)


@cases(150)
@given(pairs(), TERMS)
def test_where_nothing_is_told_no_mix_is_lost_or_gained(
    books: tuple[Book, Book], terms: Terms
) -> None:
    books, terms = of_learner(books, terms)
    with written(old=books[0], new=books[1]) as (_, (old, new), _sources):
        there, back = find_changes(old, new), find_changes(new, old)
        comparison = compare_versions(old, new, terms, GIBIBYTE)
    if not there:
        assert (comparison.lost, comparison.gained) == (0, 0)
        assert comparison.says_the_same
    turned = {"added": "removed", "removed": "added"}
    mirrored = {
        (turned.get(each.how, each.how), each.new, each.old, *_about(each)) for each in back
    }
    assert {(each.how, each.old, each.new, *_about(each)) for each in there} == mirrored


def _about(change: Change) -> tuple[str, ...]:
    return change.what, change.qualification, change.name, change.field


@cases(100)
@given(pairs(), st.data(), st.sampled_from(["printed", "intended"]))
def test_pathways_take_the_turn_that_brute_force_says(
    books: tuple[Book, Book], data: st.DataObject, reading: Literal["printed", "intended"]
) -> None:
    """Final pathways over units of both versions, judged as `check` would judge them."""
    terms = Terms(None, None, reading)
    old, new = (Side(book, terms) for book in books)
    every = subsets(sorted(old.units | new.units))
    legal = [mix for mix in every if old.suits(mix) != new.suits(mix) or old.is_legal(mix)]
    drawn = st.sampled_from(legal or every) | st.sampled_from(every)
    mixes = data.draw(st.lists(drawn, min_size=1, max_size=6))
    lines = [f"  p{index}: {pathway_of(mix, books[0])}" for index, mix in enumerate(mixes)]
    said = json.dumps(dict(books[0].said.attributes + books[0].said.figures))
    with written(old=books[0], new=books[1]) as (folder, versions, sources):
        path = folder / "plan.yaml"
        head = ["qualification: q", f"learners: {said}", "pathways:"]
        path.write_text("\n".join([*head, *lines, ""]), "utf-8")
        found = Findings()
        curriculum = read_curriculum(str(path), sources, found)
        assert curriculum is not None
        checked = [
            check_curriculum(curriculum, RulebookCache(each.rulebook), reading, found.copy())
            for each in versions
        ]
        compared = compare_file(checked[0], checked[1], curriculum, {})
    for case, mix in zip(compared.cases, mixes, strict=True):
        passed = old.suits(mix) and not mix & new.units - old.units
        passes = new.suits(mix) and not mix & old.units - new.units
        turn = move_of(case).turn
        assert (turn == "breaks") == (passed and not passes)
        assert (turn == "newly passes") == (passes and not passed)
        assert (turn == "still fails") == (not passes and not passed)
        assert (turn in {"becomes tight", "still passes"}) == (passes and passed)
        codes = [each.code for each in case.findings if each.code > "NVQ3"]
        told = {"breaks": "NVQ321", "newly passes": "NVQ529", "becomes tight": "NVQ528"}
        assert codes == ([told[turn]] if turn in told else [])
        assert (case.nearby.remedy is not None) <= (turn == "breaks")


@cases(40)
@given(pairs(), TERMS)
def test_another_id_makes_no_difference_where_the_number_is_the_same(
    books: tuple[Book, Book], terms: Terms
) -> None:
    renamed = Book(books[1].units, books[1].rules.replace('id = "q"', 'id = "renamed"', 1))
    with written(old=books[0], new=books[1], renamed=renamed) as (_, (old, new, other), _sources):
        one, two = (compare_versions(old, each, terms, GIBIBYTE) for each in (new, other))
    assert (two.renamed, one.renamed) == ({"q": "renamed"}, {})
    ((plain,), (moved,)) = one.impacts, two.impacts
    assert moved[3:6] == plain[3:6]
    more = {(each.what, each.field, each.old, each.new) for each in two.changes}
    more -= {(each.what, each.field, each.old, each.new) for each in one.changes}
    assert more == {("qualification", "id", "q", "renamed")}


HEADS = {  # numbers and QANs of a, b in the older version, of c, d in the newer one
    "by number": ((("1-1", ""), ("1-2", "")), (("1-2", ""), ("", "")), ["b c"]),
    "by QAN": ((("1-1", "600/1/X"), ("", "")), (("2-1", "6001x"), ("", "")), ["a c"]),
    "two old ones": ((("1", ""), ("1", "")), (("1", ""), ("2", "")), []),
    "two new ones": ((("1", ""), ("2", "")), (("1", ""), ("1", "")), []),
    "nothing is no number": ((("", ""), ("", "")), (("", ""), ("", "")), []),
}


@pytest.mark.parametrize("case", HEADS)
def test_only_what_is_the_same_beyond_doubt_is_taken_to_be_so(case: str, tmp_path: Path) -> None:
    *versions, expected = HEADS[case]
    head, _, rules = RULES.partition("[[qualification]]")
    read = []
    for folder, ids, names in zip(("old", "new"), ("ab", "cd"), versions, strict=True):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "units.csv").write_text(UNITS, "utf-8")
        text = head
        for id, (number, qan) in zip(ids, names, strict=True):
            named = re.sub("(?m)^(number|qan) = .*$", "", rules).replace('"baker"', f'"{id}"')
            named = named.replace("title =", f'number = "{number}"\nqan = "{qan}"\ntitle =', 1)
            text += f"[[qualification]]{named}\n"
        (tmp_path / folder / "rules.toml").write_text(text, "utf-8")
        read.append(Version(folder, open_rulebook(str(tmp_path / folder)), Sources()))
    pairs = [(one, other) for one, other in pair_qualifications(*read) if one and other]
    assert [f"{one.id} {other.id}" for one, other in pairs] == expected
    assert len(pair_qualifications(*read)) == 4 - len(expected)


def pathway_of(mix: Mix, book: Book) -> str:
    """A pathway with all that is said of its units, as JSON, which is YAML."""
    imported = {row["unit"]: row for row in map(dict, book.said.imported)}
    listed: dict[str, Any] = {"units": sorted(mix - imported.keys()), "imported": []}
    for number, status in book.said.statuses:
        if number in mix:
            listed.setdefault(status, []).append(number)
    columns = ("level", "credits", "glh", *(["points"] if "points" in book.units else []))
    for number in sorted(mix & imported.keys()):
        figures = {name: int(imported[number][name]) for name in columns}
        listed["imported"].append({"unit": number, **figures})
    return json.dumps(listed)


class Edit(NamedTuple):
    """What a new version writes in the place of some text, and what is told of it, and where."""

    old: str
    new: str
    told: dict[str, str]


END = "at_least = 6 }\n"
"""How the rules end; what stands behind it is new."""

EDITS = (
    Edit("Bread,2", "Bread,3", {"unit B2: level 2 -> 3": "units.csv:3:11"}),
    Edit(
        "4,30,bread",
        "4,30,bread dough",
        {"unit B2: topics bread -> bread, dough": "units.csv:3:18"},
    ),
    Edit("B3,,", "B3,K/1,", {"unit B3: UAN none -> K/1": "units.csv:4:4"}),
    Edit(
        "30,bread,,,,",
        "30,bread,,3,9,",
        {
            "unit B2: outcomes none -> 3": "units.csv:3:25",
            "unit B2: criteria none -> 9": "units.csv:3:27",
        },
    ),
    Edit(
        '"baker"',
        '"master"',
        {
            "qualification master is added: Certificate in Baking, level 2, 6 credits": (
                "rules.toml:1:1"
            ),
            "qualification baker is removed: Certificate in Baking, level 2, 6 credits": (
                "rules.toml:1:1"
            ),
        },
    ),
    Edit("level = 2", "level = 3", {"qualification baker: level 2 -> 3": "rules.toml:6:1"}),
    Edit('qan = ""', 'qan = "6/1"', {"qualification baker: QAN none -> 6/1": "rules.toml:5:1"}),
    Edit(
        ', "B3"]',
        ']\ngroups.B = ["B3"]',
        {"unit B3 moves from Group A to Group B of baker": "rules.toml:10:13"},
    ),
    Edit(', "B3"]', "]", {"unit B3 leaves Group A of baker": "rules.toml:9:25"}),
    Edit(
        "at_least = 6 }",
        "at_least = 6, at_most = 9 }",
        {
            "rule 'total' of baker: at least 6 -> at least 6 and at most 9 credits of all units": (
                "rules.toml:14:1"
            )
        },
    ),
    Edit(
        END,
        f'{END}source = "Page 9"\n',
        {
            "rule 'total' of baker: source none -> 'Page 9', in other words only": (
                "rules.toml:15:1"
            )
        },
    ),
    Edit(
        END,
        f"{END}when = {{ registered = {{ from = 2026-01-01 }} }}\n[[qualification.rule]]\n"
        f'id = "all"\nsays = "All"\ncredits = {{ {END}',
        {
            "rule 'total' of baker: when none -> registered from 1 January 2026": (
                "rules.toml:15:1"
            ),
            "rule 'all' of baker is added: All; at least 6 credits of all units": (
                "rules.toml:16:1"
            ),
        },
    ),
    Edit(
        END,
        f'{END}intended = {{ says = "7", credits = {{ at_least = 7 }}, why = "a slip" }}\n',
        {
            "rule 'total' of baker: as intended, says none -> 7": "rules.toml:15:1",
            "rule 'total' of baker: as intended, figures none -> at least 7 credits of all units": (
                "rules.toml:15:1"
            ),
            "rule 'total' of baker: as intended, why none -> 'a slip'": "rules.toml:15:1",
        },
    ),
    Edit(
        END,
        f'{END}[[qualification.remark]]\nid = "big"\nsays = "Big"\ncredits = {{ at_least = 9 }}\n',
        {
            "remark 'big' of baker is added: Big; at least 9 credits of all units": (
                "rules.toml:15:1"
            )
        },
    ),
    Edit(
        END,
        f'{END}[[correction]]\nunit = "B1"\nfield = "title"\nprinted = "Hygene"\n'
        'intended = "Hygiene"\nwhy = "a slip"\n',
        {"correction to title of B1 is added: Hygene; Hygiene; a slip": "rules.toml:15:1"},
    ),
)


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: next(iter(edit.told)))
def test_each_change_is_told_in_words_and_where_it_stands(edit: Edit) -> None:
    old = Book(UNITS, RULES)
    new = Book(UNITS.replace(edit.old, edit.new), RULES.replace(edit.old, edit.new))
    assert new != old
    with written(old=old, new=new) as (_, versions, _sources):
        changes = find_changes(*versions)
        places = [Path(each.place.path).name for each in changes]
    lines = [(each.place.line, each.place.column) for each in changes]
    told = {
        say_change(change): f"{name}:{line}:{column}"
        for change, name, (line, column) in zip(changes, places, lines, strict=True)
    }
    assert told == edit.told


def test_a_column_is_told_once_and_its_figures_where_both_have_it() -> None:
    points = re.sub("(?m)$", ",1", UNITS.rstrip("\n")).replace("source,1", "source,points") + "\n"
    with written(none=Book(UNITS, RULES), ones=Book(points, RULES)) as (_, (none, ones), _sources):
        assert [say_change(each) for each in find_changes(none, ones)] == ["column points is added"]
        assert [say_change(each) for each in find_changes(ones, none)] == [
            "column points is removed"
        ]
    more = points.replace("Bakery book,1\nB3", "Bakery book,2\nB3")
    with written(ones=Book(points, RULES), more=Book(more, RULES)) as (_, (old, new), _sources):
        (change,) = find_changes(old, new)
    assert isinstance(change, Change)
    assert say_change(change) == "unit B2: points 1 -> 2"


def test_a_sample_on_which_the_solvers_differ_is_never_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old, new = (Book(UNITS, rules).read() for rules in (RULES, RULES.replace("= 6", "= 7")))
    counts = "nvqplan.versions.impact.count_accepted"
    monkeypatch.setattr(counts, lambda *asked: count_accepted(*asked) + len(asked[1]))
    with pytest.raises(DisagreementError):
        measure_impact(old, new, Terms())
    monkeypatch.undo()
    monkeypatch.setattr("nvqplan.solving.problem.satisfies", lambda *_: True)
    with pytest.raises(DisagreementError):
        measure_impact(old, new, Terms())


COUNTERS: dict[str, Callable[[str], Any]] = {
    "sarif": lambda text: len(read_sarif(text)["results"]),
    "github": lambda text: len(read_github(text)[0]),
    "gitlab": lambda text: len(read_gitlab(text)),
    "junit": lambda text: "".join(read_junit(text).itertext()).count("[NVQ"),
    "markdown": lambda text: sum(
        bool(re.search(r"NVQ\d", item)) for item in read_markdown(text).items
    ),
}


@pytest.mark.parametrize("format", COUNTERS)
def test_every_format_tells_every_finding(format: str) -> None:
    line = f"diff {PAIR} {PLANS} --select NVQ3,NVQ52,NVQ1,NVQ2"
    text, code = run_command(line.split())
    told = len(re.findall(r"(?:error|warning|remark)\[NVQ", text))
    output, same = run_command([*line.split(), "--format", format])
    assert code == same == 1
    assert COUNTERS[format](output.partition("\n")[2]) == told


def test_json_has_the_exact_figures_and_the_pathways(tmp_path: Path) -> None:
    place = tmp_path / "found.json"
    run_command([*f"diff {PAIR} {PLANS}".split(), "--output", f"json={place}"])
    document = json.loads(place.read_text("utf-8"))
    diploma = document["comparison"]["qualifications"][0]
    assert diploma["before"] == 102259424811118
    assert diploma["before"] - diploma["lost"] + diploma["gained"] == diploma["after"]
    turns = {
        pathway["name"]: pathway["turn"]
        for file in document["files"]
        if file["path"].endswith("sales.yaml")
        for pathway in file["pathways"]
    }
    assert turns["everything-sales"] == turns["both-at-once"] == "breaks"
    assert turns["supervisor"] == "becomes tight"
    assert turns["one-credit-short"] == "newly passes"
    assert not any(file["path"].endswith((".csv", ".toml")) for file in document["files"])


def test_the_rulebook_against_itself_says_so() -> None:
    said = nvqplan("nvqplan diff data data --plans examples/sales.yaml")
    assert (
        "data and data say the same: 5 qualifications, 106 units; of 1 pathway 1 still passes"
        in said
    )
    assert "[exit" not in said


def test_results_never_take_the_place_of_a_version(tmp_path: Path) -> None:
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "units.csv").write_text(UNITS, "utf-8")
    (tmp_path / "old" / "rules.toml").write_text(RULES, "utf-8")
    rules = RULES.replace("= 6", "= 7")
    (tmp_path / "new" / "rules.toml").write_text(rules, "utf-8")
    for name, text in {"rules.toml": rules, "units.csv": UNITS}.items():
        said = nvqplan(f"nvqplan diff old new --output json=old/../new/{name}", tmp_path)
        assert "is a file of the rulebook" in said
        assert said.endswith("[exit 2]\n")
        assert (tmp_path / "new" / name).read_text("utf-8") == text


def test_samples_are_left_out_where_memory_ends_and_counts_are_not() -> None:
    said = nvqplan(f"nvqplan diff {PAIR} --memory 1MiB --select NVQ526")
    assert "66,431,607,439,349 legal mixes of l3-diploma are lost" in said
    assert "none is shown: finding one would take more memory than is allowed" in said
    assert nvqplan(f"nvqplan diff {PAIR} --memory 1KiB").endswith("[exit 2]\n")


def test_the_summary_of_a_pull_request_speaks_of_versions() -> None:
    said = nvqplan(f"nvqplan diff {PAIR} {PLANS} --format markdown")
    assert "of 17 pathways 7 break, 1 becomes tight" in said


def test_a_draft_becomes_tight_where_one_legal_mix_is_left(tmp_path: Path) -> None:
    for name, rules in {"old": RULES, "new": RULES.replace("= 6", "= 11")}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "units.csv").write_text(UNITS, "utf-8")
        (tmp_path / name / "rules.toml").write_text(rules, "utf-8")
    draft = "qualification: baker\npathways:\n  some: {units: [B2], status: draft}\n"
    (tmp_path / "plan.yaml").write_text(draft, "utf-8")
    said = nvqplan("nvqplan diff old new --plans plan.yaml", tmp_path)
    assert "'some' still passes, and becomes tight: one legal mix contains it (3 before)" in said
    assert "of 1 pathway 1 becomes tight" in said


def test_a_draft_for_learners_too_young_breaks_by_age_alone(tmp_path: Path) -> None:
    plan = "qualification: 3412-04\nregistered: 2026-09-01\nyoungest: 16\npathways:\n"
    (tmp_path / "plan.yaml").write_text(f"{plan}  some: {{units: [305], status: draft}}\n", "utf-8")
    said = nvqplan(f"nvqplan diff {PAIR} --plans {tmp_path}/plan.yaml --select NVQ3")
    reason = "Learners are at least 17 at registration: the youngest is 16"
    assert f"error[NVQ322] 'some' passed and breaks: {reason}\n" in said


def test_no_field_is_passed_over() -> None:
    book = open_rulebook()
    unit = next(iter(book.catalogue.units.values()))
    chosen = book.qualifications[0]
    readable = next(rule for each in book.qualifications for rule in each.readable)
    remark = next(remark for each in book.qualifications for remark in each.remarks)
    assert {*unit_texts(unit, ())} == {*Unit._fields} - {"columns"}
    of_rule = {*rule_texts(readable, chosen)} - {"intended says", "intended figures"}
    renamed = {"figures": "printed", "intended why": "intended"}
    assert {renamed.get(name, name) for name in of_rule} == {*Rule._fields} - {"id", "place"}
    assert {*remark_texts(remark)} == {*Remark._fields} - {"id", "kind", "place"} | {"figures"}
    named = {"subject", "field", "place"}
    assert {*correction_texts(book.corrections[0])} == {*Correction._fields} - named
    assert {*head_texts(chosen)} == {*Particulars._fields} - {"remarks", "place"}
    assert [*signature(Qualification).parameters] == ["own", "offering", "rules"]
