"""Titles that nobody can earn, alternatives that no legal mix meets, held against brute force."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nvqplan.core.findings import Finding
from tests.oracle import Handbook, Mix, subsets
from tests.rulebooks import NEWEST, Book, as_toml, books
from tests.small_rulebooks import CONDITION, TITLED_HEAD, TITLED_UNITS, sums
from tests.tapes import cases
from tests.transcripts import ROOT
from tests.truths import Truth, lint_text, named_in

UNMET = re.compile(
    r"no legal mix of q (?:earns the title|meets the alternative) '(.*)' of rule '(.*?)'"
    r"(?:, as long as no unit is imported)?(?:, read as (\w+))?"
)


def unmet(units: str, rules: str) -> list[Finding]:
    return [each for each in lint_text(units, rules) if each.code == "NVQ450"]


def told(findings: list[Finding]) -> set[tuple[str, ...]]:
    """The rule, the alternative and, where not all, the reading of each finding."""
    matches = [UNMET.fullmatch(each.message) for each in findings]
    assert None not in matches, findings
    return {(each[2], each[1], each[3] or "") for each in matches if each}


def rule(key: str, of: str, more: str = "at_least = 0") -> str:
    return f"[qualification.rule.{key}]\n{more}\n{of}\n"


def other(id: str, line: str) -> str:
    return f'[[qualification.rule]]\nid = "{id}"\nsays = "S"\n{line}\n'


BARS = other("bars", 'barred = [["1", "2"]]')


@pytest.mark.parametrize(
    ("rules", "found", "named"),
    [
        (rule("titles", 'of.T = { mandatory = ["1", "2"] }'), set(), []),
        (rule("titles", 'of.T = { mandatory = ["1", "2"] }') + BARS, {("r", "T", "")}, ["bars"]),
        (rule("titles", "of.T = { credits = { at_least = 99 } }"), {("r", "T", "")}, []),
        (
            rule("choose", 'of.A = { mandatory = ["1", "2"] }\nof.B = { mandatory = ["3"] }')
            + BARS,
            {("r", "A", "")},
            ["bars"],
        ),
        (  # whoever meets A meets B as well, which is one too many
            rule(
                "choose",
                'of.A = { mandatory = ["1", "3"] }\nof.B = { mandatory = ["3"] }',
                "exactly = 1",
            ),
            {("r", "A", "")},
            ["r"],
        ),
        (
            rule(
                "choose",
                'of.A = { choose = { at_least = 0, of = { X = { mandatory = ["1", "2"] }, '
                'Y = { mandatory = ["1"] } } } }',
            )
            + BARS,
            {("r", "A / X", "")},
            ["bars"],
        ),
        (  # told of the whole, and not again of its parts
            rule(
                "choose",
                'of.A = [{ mandatory = ["1", "2"] }, { choose = { at_least = 1, of = '
                '{ X = { mandatory = ["1", "2"] } } } }]',
            )
            + BARS,
            {("r", "A", "")},
            ["bars"],
        ),
        (rule("titles", "of.T = { learner = { hours = { at_least = 100 } } }"), set(), []),
        (rule("titles", "of.T = { age = { at_least = 19 } }"), set(), []),
        (
            rule("titles", 'of.T = { mandatory = ["1", "2"] }')
            + other(
                "old", 'when = { registered = { before = 2020-01-01 } }\nbarred = [["1", "2"]]'
            ),
            set(),
            [],
        ),
    ],
)
def test_what_no_legal_mix_meets_is_told_with_what_is_in_the_way(
    rules: str, found: set[tuple[str, ...]], named: list[str]
) -> None:
    findings = unmet(TITLED_UNITS, TITLED_HEAD + rules)
    assert told(findings) == found
    assert [id for each in findings for id in named_in(each)] == named


def test_the_reading_is_told_in_which_it_is_so() -> None:
    rules = TITLED_HEAD + rule("titles", 'of.T = { mandatory = ["1", "2"] }') + BARS
    rules += '\n[qualification.rule.intended]\nsays = "S"\nbarred = [["1", "3"]]\nwhy = "w"\n'
    assert told(unmet(TITLED_UNITS, rules)) == {("r", "T", "printed")}


IMPORTING = TITLED_HEAD.replace("groups.A", "imported = {}\ngroups.A")
STATUS = other("taught", 'units = { of = { status = "taught" }, at_most = 1 }')


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        (IMPORTING + rule("titles", "of.T = { credits = { at_least = 99 } }"), True),
        (IMPORTING + rule("titles", 'of.T = { mandatory = ["1", "2"] }') + BARS, True),
        (IMPORTING + rule("titles", 'of.T = { credits = { of = ["1"], at_least = 99 } }'), True),
        (
            IMPORTING
            + rule("titles", 'of.T = { mandatory = ["1", "2"] }')
            + other("few", "units = { at_most = 1 }"),
            True,
        ),
        # a unit that is held is not taught
        (TITLED_HEAD + rule("titles", 'of.T = { mandatory = ["1", "2"] }') + STATUS, False),
    ],
)
def test_nothing_is_claimed_that_a_pathway_can_mend(rules: str, found: bool) -> None:
    findings = unmet(TITLED_UNITS, rules)
    assert bool(findings) == found
    for each in findings:
        assert ("as long as no unit is imported" in each.message) == ("\nimported" in rules)


@pytest.mark.parametrize("name", ["rangers", "hospitality"])
def test_the_example_rulebooks_promise_nothing_that_nobody_can_have(name: str) -> None:
    folder = ROOT / "examples" / "rulebooks" / name
    units, rules = (
        folder.joinpath(file).read_text("utf-8") for file in ("units.csv", "rules.toml")
    )
    assert unmet(units, rules) == []


def test_a_title_of_an_example_rulebook_that_nobody_can_earn() -> None:
    folder = ROOT / "examples" / "rulebooks" / "rangers"
    units, rules = (
        folder.joinpath(file).read_text("utf-8") for file in ("units.csv", "rules.toml")
    )
    clean = 'of."Fire" = { mandatory = ["R305", "R306"] }'
    assert rules.count(clean) == 1
    (finding,) = unmet(
        units, rules.replace(clean, clean.replace('"R305", "R306"', '"R301", "R302"'))
    )
    assert "earns the title 'Fire' of rule 'stream'" in finding.message
    assert named_in(finding) == ["weeds"]


def alternatives(wanted: Any, above: str = "") -> Iterator[tuple[str, Any]]:
    for name, each in wanted["of"].items():
        yield above + name, each
        for inner in each if isinstance(each, list) else [each]:
            for key in ("choose", "titles"):
                if key in inner:
                    yield from alternatives(inner[key], f"{above}{name} / ")


def is_met(book: Handbook, conditions: Any, mixes: list[Mix]) -> bool:
    return any(book._meets(conditions, mix, None) for mix in mixes)


@cases(150)
@given(
    st.lists(CONDITION | st.lists(CONDITION, min_size=1, max_size=2), min_size=1, max_size=3),
    st.lists(sums(), max_size=2),
    st.sampled_from(["choose", "titles"]),
    st.sampled_from([{"at_least": 0}, {"at_least": 1}, {"exactly": 1}, {"at_most": 1}]),
)
def test_whatever_is_offered(
    wanted: list[Any], others: list[Any], key: str, bounds: dict[str, int]
) -> None:
    of = {f"T{index}": each for index, each in enumerate(wanted)}
    choice = {**bounds, "of": of}
    caps = [
        other(
            f"cap{index}",
            f"credits = {as_toml({**each, 'at_least': 0, 'at_most': each['at_least']})}",
        )
        for index, each in enumerate(others)
    ]
    book = Book(TITLED_UNITS, TITLED_HEAD + f"{key} = {as_toml(choice)}\n" + "".join(caps))
    handbook = book.handbook()
    truth = Truth(book)
    mixes = truth.legal(frozenset(), truth.people[0])
    findings = unmet(book.units, book.rules)
    assert told(findings) == {
        ("r", name, "") for name, each in of.items() if mixes and not is_met(handbook, each, mixes)
    }
    for finding in findings:
        ((_, name, _),) = told([finding])
        named = named_in(finding)
        for left_out in (None, *named):
            ids = frozenset(named) - {left_out}
            kept = [
                mix
                for mix in subsets(handbook.units)
                if not ids & set(handbook.broken(mix, NEWEST, None, frozenset()))
            ]
            assert is_met(handbook, of[name], kept) == (left_out is not None)


@cases(300)
@given(books())
def test_random_rulebooks_of_all_kinds(book: Book) -> None:
    truth, expected = Truth(book), dict[tuple[str, str], list[str]]()
    for reading in truth.readings:
        for each in truth.handbook.rules:
            read = truth.read(each, reading)
            key = next((key for key in ("choose", "titles") if key in read), None)
            people = truth.met(reading, each)
            if key is None or not people:
                continue
            mixes = [mix for person in people for mix in truth.legal(reading, person)]
            above = list[str]()
            for name, conditions in alternatives(read[key]):
                if any(name.startswith(f"{each_above} / ") for each_above in above):
                    continue
                if not is_met(truth.handbook, conditions, mixes):
                    above.append(name)
                    named = "intended" if reading else "printed"
                    expected.setdefault((each["id"], name), []).append(named)
    found = told(unmet(book.units, book.rules))
    unmet_by_all = {
        (*key, "" if len(names) == len(truth.readings) else names[0])
        for key, names in expected.items()
    }
    assert found == unmet_by_all
