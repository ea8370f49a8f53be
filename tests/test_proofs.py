"""The proofs that come with 3412, held against the oracle; and what proofs are tested by."""

import json
from collections import Counter
from itertools import islice, product
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given

from nvqplan.api import open_rulebook
from nvqplan.authoring import breaking
from nvqplan.authoring.breaking import find_breach
from nvqplan.authoring.proving import Proving, _say_breach
from nvqplan.core.findings import Findings
from nvqplan.core.sources import Sources
from nvqplan.reading.proofs import read_proofs
from nvqplan.reports.results import Checked
from nvqplan.rules.learner import Learner
from nvqplan.rules.qualification import PRINTED
from nvqplan.solving.layers import OutgrownError
from tests.oracle import Handbook, Said, subsets
from tests.readers import book as small_book
from tests.readers import read_book, told, unmark
from tests.rulebook_3412 import RULEBOOK
from tests.rulebooks import NEWEST, Book, books
from tests.tapes import cases
from tests.transcripts import ROOT, run_command

DATA = ROOT / "data"
FILES = sorted((DATA / "proofs").glob("*.yaml"))
NEVER_ALONE = {("l1-certificate", "level")}
"""Rules that no mix breaks alone, as `find_breach` proves below."""


def labelled(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """Every mix of a file with what the file says for all, read by another YAML reader."""
    whole = yaml.safe_load(path.read_text("utf-8"))
    shared = {key: value for key, value in whole.items() if key != "mixes"}
    return [(name, {**shared, **mix}) for name, mix in whole["mixes"].items()]


ALL = [(path.stem, name, mix) for path in FILES for name, mix in labelled(path)]


def handbook(id: str) -> Handbook:
    units, rules = ((DATA / name).read_text("utf-8") for name in ("units.csv", "rules.toml"))
    return Handbook(units, rules, id)


HANDBOOKS = {each.id: handbook(each.id) for each in RULEBOOK.qualifications}


def test_there_are_enough_and_of_every_qualification() -> None:
    of = Counter(mix["qualification"] for _, _, mix in ALL)
    assert set(of) == set(HANDBOOKS) == {path.stem for path in FILES}
    assert min(of.values()) >= 12
    assert sum(of.values()) >= 60
    assert {mix.get("reading", "printed") for _, _, mix in ALL} == {"printed", "intended"}
    days = {str(mix["registered"]) for _, _, mix in ALL if "registered" in mix}
    assert days >= {"2017-06-30", "2017-07-01", "2017-07-02", "2026-09-01"}
    assert {mix["age"] for _, _, mix in ALL if "age" in mix} >= {15, 16, 17, 18}


@pytest.mark.parametrize(
    "mix", [mix for _, _, mix in ALL], ids=[f"{file}: {name}" for file, name, _ in ALL]
)
def test_the_oracle_agrees_with_every_label(mix: dict[str, Any]) -> None:
    judge = HANDBOOKS[mix["qualification"]]
    units = frozenset(map(str, mix["units"]))
    assert units <= set(judge.units)
    day = mix.get("registered", judge.days()[-1])
    read = {rule["id"] for rule in judge.rules if "intended" in rule}
    intended = frozenset(read if mix.get("reading") == "intended" else ())
    broken = list(judge.broken(units, day, mix.get("age"), intended))
    assert sorted(broken) == sorted(mix.get("illegal", []))
    assert mix.get("legal", False) == (not broken)


def test_every_rule_is_broken_alone_where_that_can_be() -> None:
    alone = {
        (mix["qualification"], *mix["illegal"])
        for _, _, mix in ALL
        if len(mix.get("illegal", ())) == 1
    }
    every = {(each.id, rule.id) for each in RULEBOOK.qualifications for rule in each.rules}
    assert every - alone == NEVER_ALONE


@pytest.mark.parametrize("qualification", RULEBOOK.qualifications, ids=lambda each: each.id)
def test_which_rules_can_be_broken_alone_is_solved(qualification: Any) -> None:
    judge = HANDBOOKS[qualification.id]
    for rule in qualification.rules:
        breach = find_breach(qualification, rule)
        assert (breach is None) == ((qualification.id, rule.id) in NEVER_ALONE)
        if breach is not None:
            (day,) = breach.learner.dates
            broken = judge.broken(frozenset(breach.units), day, breach.learner.age, breach.reading)
            assert list(broken) == [rule.id]


def test_the_command_runs_them_where_nothing_is_named() -> None:
    output, code = run_command(["rules", "test"])
    assert code == 0
    assert output.startswith(f"{len(ALL)} of {len(ALL)} mixes in 5 files are as labelled")
    assert output.endswith("no mix breaks alone: 'level' of l1-certificate\n")


# Random rulebooks: a rule can be broken alone where brute force finds such a mix


@cases(30)
@given(books(plain=True))
def test_a_breach_is_found_where_brute_force_finds_one(book: Book) -> None:
    qualification, judge = book.read(), book.handbook()
    readings = {PRINTED, qualification.intended}
    ages = (None, *(cut - 1 for cut in qualification.questions.ages if cut))
    alone = set()
    for mix in subsets(judge.units):
        for day in {*judge.days(), NEWEST}:
            for age, reading in product(ages, readings):
                broken = list(islice(judge.broken(mix, day, age, reading), 2))
                alone |= {broken[0]} if len(broken) == 1 else set()
    for rule in qualification.rules:
        breach = find_breach(qualification, rule)
        assert (breach is not None) == (rule.id in alone)
        if breach is not None:
            (day,) = breach.learner.dates
            found = judge.broken(frozenset(breach.units), day, breach.learner.age, breach.reading)
            assert list(found) == [rule.id]


@cases(20)
@given(books())
def test_so_it_is_with_rules_of_all_kinds_for_everybody(book: Book) -> None:
    """For all learners that may be, whose statuses and imported units are as the book says."""
    qualification = book.read()
    alone = set()
    for learner, reading in breaking._terms(qualification):
        judge = _judge(book, learner)
        for mix in subsets(judge.units):
            broken = list(islice(judge.broken(mix, learner.dates[0], learner.age, reading), 2))
            alone |= {broken[0]} if len(broken) == 1 else set()
    for rule in qualification.rules:
        breach = find_breach(qualification, rule)
        assert (breach is not None) == (rule.id in alone)
        if breach is not None:
            units, learner, reading = breach
            day, age = learner.dates[0], learner.age
            found = _judge(book, learner).broken(frozenset(units), day, age, reading)
            assert list(found) == [rule.id]


def _judge(book: Book, learner: Learner) -> Handbook:
    said = Said(learner.attributes, learner.figures, learner.statuses, book.said.imported)
    return Handbook(book.units, book.rules, said=said)


# Files of proofs


HEAD = "qualification: award\nmixes:\n"
LABELS = """\
  a: {units: [101, 102, 202], legal: true}
  b: {units: [102, 201, 202], illegal: [other]}
  c: {units: [101], illegal: [total]}
"""


def prove(folder: Path, text: str, rule: str = 'mandatory = ["101"]') -> tuple[Checked, Proving]:
    """What is told of one file of proofs for the small rulebook of the readers' tests."""
    rulebook, faults = read_book(folder, small_book(rule))
    assert list(faults) == []
    assert rulebook is not None
    path = folder / "proofs.yaml"
    path.write_text(text, "utf-8")
    found, proving = Findings(), Proving(rulebook)
    return proving.file(read_proofs(str(path), Sources(), found), found), proving


def test_mixes_that_are_as_labelled_are_told_nothing_of(tmp_path: Path) -> None:
    checked, proving = prove(tmp_path, HEAD + LABELS)
    assert told(checked.all_findings) == []
    assert [(each.name, each.agrees) for each in checked.proofs] == [
        ("a", True),
        ("b", True),
        ("c", True),
    ]
    assert (len(proving.agreed), proving.mixes, list(proving.coverage())) == (3, 3, [])


@pytest.mark.parametrize(
    ("mix", "says"),
    [
        (
            "{units: [101, 102], legal: ^true}",
            ["NVQ441 'x' is said to be legal, and breaks 'total'"],
        ),
        ("{units: [101, 102, 202], illegal: ^[total]}", ["NVQ441 'x' is said to be illegal"]),
        ("{units: [102], illegal: [other, total]}", []),
        ("{units: [102], illegal: ^[other]}", ["NVQ441 'x' also breaks 'total'"]),
        (
            "{units: [101, 102], illegal: [total, ^other]}",
            ["NVQ441 'x' does not break rule 'other'"],
        ),
        ("{units: [101, ^999], legal: true}", ["NVQ201 there is no unit '999'"]),
        ("{units: [101, ^301], legal: true}", ["NVQ202 unit 301 is in no group of award"]),
        ("{units: [101, ^A/101], legal: true}", ["NVQ203 unit 101 is given twice"]),
        ("{units: [101], illegal: [^totl]}", ["NVQ207 award has no rule 'totl'"]),
        ("{qualification: ^awrd, units: [101], legal: true}", ["NVQ204 there is no qualification"]),
        ("{units: [101], legal: ^false}", ["NVQ108 legal can only be true"]),
        ("{units: [101], illegal: ^[]}", ["NVQ108 illegal names no rule"]),
        (
            "{units: [101], ^illegl: [total]}",
            ["NVQ109 mix 'x' needs", "NVQ107 unknown key 'illegl'"],
        ),
        ("{units: [101], registered: ^soon, legal: true}", ["NVQ108 registered must be a date"]),
        ("{units: [101], age: ^x, legal: true}", ["NVQ108 age must be a whole number"]),
        ("{units: [101], reading: ^printd, legal: true}", ["NVQ108 reading must be printed or"]),
        ("^[101]", ["NVQ108 mix 'x' must be a mapping"]),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(mix: str, says: list[str], tmp_path: Path) -> None:
    text, marks = unmark(f"{HEAD}  x: {mix}\n")
    checked, _ = prove(tmp_path, text)
    findings = checked.all_findings
    assert len(findings) == len(says)
    for each, begins in zip(told(findings), says, strict=True):
        assert each.startswith(begins)
    assert {(each.location.line, each.location.column) for each in findings} >= set(marks)
    assert {each.pathway for each in findings} <= {"x"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("qualification: award\n", "NVQ109"),
        ("qualification: award\nmixes: {}\n", "NVQ109"),
        ("mixes: {x: {units: [], legal: true}}\n", "NVQ109"),
        ("- a\n", "NVQ108"),
        ("qualification: award\nmixes: {x: {units: [], legal: true}}\nage: old\n", "NVQ108"),
        ("qualification: award\nreading: printed\nreadin: intended\nmixes: {}\n", "NVQ107"),
    ],
)
def test_faults_of_a_whole_file_are_told(text: str, code: str, tmp_path: Path) -> None:
    checked, _ = prove(tmp_path, text)
    assert code in {each.code for each in checked.all_findings}
    assert [each for each in checked.proofs if each.agrees] == []


def test_terms_of_the_file_count_where_a_mix_says_none(tmp_path: Path) -> None:
    dated = 'when = { registered = { before = 2020-01-01 } }\nmandatory = ["101"]'
    mixes = "  a: {units: [102, 201, 202], illegal: [other]}\n"
    mixes += "  b: {units: [102, 201, 202], registered: 2020-01-01, legal: true}\n"
    checked, _ = prove(tmp_path, f"registered: 2019-12-31\n{HEAD}{mixes}", dated)
    assert told(checked.all_findings) == []
    ages = "  a: {units: [101, 102, 202], illegal: [other]}\n"
    ages += "  b: {units: [101, 102, 202], age: 16, legal: true}\n"
    checked, _ = prove(tmp_path, f"age: 0\n{HEAD}{ages}", "age = { at_least = 16 }")
    assert told(checked.all_findings) == []


WORKSHOP = ROOT / "tests" / "cases" / "rulebooks" / "workshop"


def test_proofs_tell_of_learners_and_units_what_curricula_tell(tmp_path: Path) -> None:
    """Each label of the workshop once more by `check`, from the same words."""
    whole = yaml.safe_load((WORKSHOP / "proofs" / "joinery.yaml").read_text("utf-8"))
    broken = set()
    for name, mix in whole["mixes"].items():
        units, more = mix.pop("units"), {**whole["learners"], **mix.pop("learners", {})}
        age, illegal = mix.pop("age", whole["age"]), mix.pop("illegal", [])
        assert mix.pop("legal", False) is (not illegal)
        pathway = {"units": units, "learners": more, **mix}
        text = {"qualification": "joinery", "youngest": age, "pathways": {name: pathway}}
        (tmp_path / "c.yaml").write_text(yaml.safe_dump(text), "utf-8")
        command = ["check", "c.yaml", "--data", str(WORKSHOP), "--format", "json"]
        (file,) = json.loads(run_command(command, tmp_path)[0])["files"]
        (judged,) = file["pathways"]
        found = [each["subject"] for each in judged["findings"] if each["severity"] == "error"]
        assert (judged["passes"], sorted(found)) == (not illegal, sorted(illegal)), name
        broken |= {illegal[0]} if len(illegal) == 1 else set()
    (joinery, _) = open_rulebook(str(WORKSHOP)).qualifications
    assert broken == {rule.id for rule in joinery.rules}


def test_what_a_shown_mix_must_tell_is_shown_too(tmp_path: Path) -> None:
    """Taken at its word as a proof, each breaks its rule alone."""
    rulebook = open_rulebook(str(WORKSHOP))
    joinery = rulebook.qualifications[0]
    mixes = {}
    for rule in joinery.rules:
        breach = find_breach(joinery, rule)
        if breach is not None:
            parts = [part.split(" ", 1) for part in _say_breach(breach).split("; ")]
            mix = {key: yaml.safe_load(value) for key, value in parts}
            mixes[rule.id] = {**mix, "illegal": [rule.id]}
    path = tmp_path / "proofs.yaml"
    path.write_text(yaml.safe_dump({"qualification": "joinery", "mixes": mixes}), "utf-8")
    found, proving = Findings(), Proving(rulebook)
    checked = proving.file(read_proofs(str(path), Sources(), found), found)
    assert told(checked.all_findings) == []
    assert mixes.keys() == {rule.id for rule in joinery.rules} - {"elsewhere"}
    assert mixes["accredited"]["apl"] == mixes["accredited"]["units"]
    assert mixes["practice"]["learners"] == {"role": "joiner", "practice_hours": 99}


def test_a_rule_that_no_proof_breaks_alone_is_remarked_on_with_a_mix(tmp_path: Path) -> None:
    _, proving = prove(tmp_path, HEAD + LABELS.splitlines(keepends=True)[0])
    coverage = list(proving.coverage())
    assert [(each.code, each.subject) for each in coverage] == [
        ("NVQ442", "total"),
        ("NVQ442", "other"),
    ]
    for each in coverage:
        units, _ = each.help.removeprefix("this mix does: units ").split("\n")
        label = f"  x: {{units: {units}, illegal: [{each.subject}]}}\n"
        checked, _ = prove(tmp_path, HEAD + label)
        assert told(checked.all_findings) == []


def test_what_would_take_too_much_memory_is_remarked_on_without_a_mix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def outgrow(*_: object) -> None:
        raise OutgrownError(1, 2, "here")

    monkeypatch.setattr("nvqplan.authoring.proving.find_breach", outgrow)
    _, proving = prove(tmp_path, HEAD + LABELS.splitlines(keepends=True)[0])
    help = "whether any mix does would take too much memory to find out\nHandbook"
    assert {each.help for each in proving.coverage()} == {help}


def test_a_proof_that_fails_covers_nothing(tmp_path: Path) -> None:
    wrong = LABELS.replace("units: [101], illegal: [total]", "units: [102], illegal: [total]")
    _, proving = prove(tmp_path, HEAD + wrong)
    assert [each.subject for each in proving.coverage()] == ["total"]


def test_rules_that_no_mix_breaks_alone_are_told_as_proven(tmp_path: Path) -> None:
    text = HEAD + "  a: {units: [101, 201, 202], legal: true}\n"
    _, proving = prove(tmp_path, text, "credits = { at_least = 9 }")
    assert [each.subject for each in proving.coverage()] == ["total"]
    assert proving.alone == [("award", "other")]


def test_remarks_fail_with_strict_only(tmp_path: Path) -> None:
    prove(tmp_path, HEAD + LABELS)
    (tmp_path / "proofs").mkdir()
    (tmp_path / "proofs.yaml").rename(tmp_path / "proofs" / "a.yaml")
    output, code = run_command(["rules", "test", "."], tmp_path)
    assert (code, output) == (0, "3 of 3 mixes in 1 file are as labelled\n")
    output, code = run_command(
        ["rules", "test", ".", "--strict", "--today", "2026-12-01"], tmp_path
    )
    assert (code, output.count("remark[NVQ447]")) == (1, 2)
    assert run_command(["check", "."], tmp_path)[1] == 2  # there are no curricula beside proofs
