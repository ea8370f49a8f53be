"""Random machines, and random small rulebooks as TOML and CSV that go through the real reader."""

import json
import os
import tempfile
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Literal

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from nvqplan.findings import Findings
from nvqplan.qualification import Qualification, Terms
from nvqplan.reading.rulebook import read_rulebook
from nvqplan.reading.sources import Sources
from nvqplan.rules.learner import Learner
from nvqplan.solving.either import Either
from nvqplan.solving.linear import Linear
from nvqplan.solving.machine import Machine
from nvqplan.wishes import Wishes
from tests.oracle import DAY, Handbook, lets_through

FUZZ = int(os.environ.get("NVQPLAN_FUZZ", "1"))
"""How many times as many random cases, and other ones at every run if it is not 1."""

VARIABLES = "abcdefgh"
HUGE = 10**12
NUMBERS = ("7", "45", "99", "101", "102", "204", "305", "619", "1004")
TOPICS = ("sales", "it", "management")
DATES = (date(2017, 7, 1), date(2017, 7, 2), date(2020, 1, 1), date(2020, 1, 31))
DAYS = sorted({day + step for day in DATES for step in (-DAY, 0 * DAY, DAY)})
AGES = st.none() | st.integers(13, 20)
READINGS = st.frozensets(st.sampled_from([f"rule-{index}" for index in range(6)]))


def cases(count: int) -> settings:
    return settings(max_examples=count * FUZZ)


@dataclass(frozen=True)
class Puzzle:
    """What a solver is asked: which ways to decide the variables do all machines accept?"""

    variables: tuple[str, ...]
    machines: tuple[Machine, ...]


@st.composite
def linears(draw: DrawFn, variables: str) -> Linear:
    """Any weights; bounds mostly within what the weights can reach, or one off it."""
    drawn = draw(st.lists(st.integers(-6, 6), max_size=len(variables)))
    weights = dict(zip(draw(st.permutations(variables)), drawn, strict=False))
    least, most = (sum(pick(w, 0) for w in drawn) for pick in (min, max))
    near = st.integers(least - 1, most + 1)
    match draw(st.sampled_from(["lower", "upper", "both", "exactly", "none", "huge"])):
        case "lower":
            bounds = draw(near), None
        case "upper":
            bounds = None, draw(near)
        case "both":
            bounds = draw(near), draw(near)
        case "exactly":
            bounds = (draw(near),) * 2
        case "huge":
            bounds = draw(
                st.sampled_from([(-HUGE, None), (-HUGE, HUGE), (None, HUGE), (HUGE, None)])
            )
        case _:
            bounds = None, None
    return Linear("sum", weights, *bounds)


def eithers(variables: str, inner: SearchStrategy[Machine]) -> SearchStrategy[Machine]:
    """Up to three alternatives of up to two machines; none, and empty ones, too."""
    alternative = st.lists(inner, max_size=2).map(tuple)
    return st.lists(alternative, max_size=3).map(lambda each: Either("either", tuple(each)))


def machines(variables: str) -> SearchStrategy[Machine]:
    plain: SearchStrategy[Machine] = linears(variables)
    nested = eithers(variables, plain | eithers(variables, plain))
    return st.one_of(plain, plain, plain, nested)


@st.composite
def puzzles(draw: DrawFn) -> Puzzle:
    variables = VARIABLES[: draw(st.integers(0, len(VARIABLES)))]
    drawn = draw(st.lists(machines(variables), max_size=4))
    return Puzzle(tuple(variables), tuple(drawn))


@dataclass(frozen=True, repr=False)
class Book:
    """A rulebook as its author wrote it."""

    units: str
    rules: str

    def __repr__(self) -> str:
        return f"\n{self.units}\n{self.rules}"

    def read(self) -> Qualification:
        """The qualification, read from real files by the real reader."""
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "units.csv").write_text(self.units, encoding="utf-8")
            Path(folder, "rules.toml").write_text(self.rules, encoding="utf-8")
            found = Findings()
            rulebook = read_rulebook(folder, Sources(), found)
        assert rulebook is not None, list(found)
        return rulebook.qualifications[0]

    def handbook(self) -> Handbook:
        return Handbook(self.units, self.rules)


@dataclass(frozen=True)
class Draft:
    """Units with their groups, and what can be summed over them, while rules are being drawn."""

    units: dict[str, dict[str, str]]
    measures: tuple[str, ...]
    numbers: SearchStrategy[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "numbers", st.sampled_from(sorted(self.units)))

    def few(self, least: int, most: int) -> SearchStrategy[list[str]]:
        return st.lists(self.numbers, min_size=least, max_size=most, unique=True)


@st.composite
def books(draw: DrawFn) -> Book:
    """3 to 9 units in Groups A to C and one to six rules of every kind."""
    measures = draw(st.sampled_from([("credits", "units", "glh")] * 3 + [_WITH_POINTS]))
    numbers = draw(st.lists(st.sampled_from(NUMBERS), min_size=3, max_size=9, unique=True))
    draft = Draft({number: draw(_rows(number)) for number in numbers}, measures)
    rules = [draw(_rules(draft, index)) for index in range(draw(st.integers(1, 6)))]
    return Book(_write_units(draft), _write_rules(draft, draw(st.integers(0, 20)), rules))


_WITH_POINTS = ("credits", "units", "glh", "points")
_COLUMNS = ("unit", "uan", "title", "level", "credits", "glh", "topics")
_REST = ("nos", "outcomes", "criteria", "source")


def _rows(number: str) -> SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries(
        {
            "unit": st.just(number),
            "uan": st.just(""),
            "title": st.just(f"Unit {number}"),
            "level": st.integers(1, 4).map(str),
            "credits": st.integers(0, 7).map(str),
            "glh": st.integers(0, 12).map(str),
            "topics": st.lists(st.sampled_from(TOPICS), max_size=2, unique=True).map(" ".join),
            "points": st.integers(0, 9).map(str),
            "group": st.sampled_from("ABC"),
            "units": st.just("1"),
        }
    )


@st.composite
def _rules(draw: DrawFn, draft: Draft, index: int) -> dict[str, Any]:
    """One rule as its TOML table: a kind, now and then a window, now and then a second reading."""
    rule = {"id": f"rule-{index}", "says": f"Rule {index}", **draw(_kinds(draft))}
    if draw(st.integers(0, 3)) == 0:
        rule["when"] = {"registered": draw(_windows())}
    if draw(st.integers(0, 3)) == 0:
        rule["intended"] = {"says": "Meant so", "why": "Evidence", **draw(_kinds(draft))}
    return rule


def _kinds(draft: Draft) -> SearchStrategy[dict[str, Any]]:
    sets = st.lists(draft.few(2, 3), min_size=1, max_size=3)
    needs = st.dictionaries(draft.numbers, draft.few(1, 2), min_size=1, max_size=2)
    ages = st.integers(15, 18).map(lambda years: {"at_least": years})
    sums = _sums(draft)
    others = (
        draft.few(1, 2).map(partial(_named, "mandatory")),
        sets.map(partial(_named, "barred")),
        needs.map(partial(_named, "requires")),
        ages.map(partial(_named, "age")),
    )
    return st.one_of(sums, sums, sums, *others)


def _named(key: str, value: Any) -> dict[str, Any]:
    return {key: value}


@st.composite
def _sums(draw: DrawFn, draft: Draft) -> dict[str, Any]:
    """Bounds that some mix can meet, except now and then a minimum one over what there is."""
    measure = draw(st.sampled_from(draft.measures))
    of = draw(st.none() | draft.few(1, 4) | _conditions(draft))
    counted = [int(unit[measure]) for unit in draft.units.values() if lets_through(of, unit)]
    some = sum(draw(st.lists(st.sampled_from(counted), max_size=4))) if counted else 0
    have = min(some, sum(counted))
    bounds: SearchStrategy[dict[str, int]] = st.sampled_from(
        [
            {"at_least": have},
            {"at_least": have},
            {"at_most": have},
            {"at_least": have, "at_most": have + 2},
            {"exactly": have},
            {"at_least": sum(counted)},
            {"at_least": sum(counted) + 1},
        ]
    )
    return {measure: {**({} if of is None else {"of": of}), **draw(bounds)}}


def _conditions(draft: Draft) -> SearchStrategy[dict[str, Any]]:
    level = st.integers(1, 4)
    levels: SearchStrategy[Any] = st.one_of(
        level,
        level.map(lambda low: {"at_least": low}),
        level.map(lambda high: {"at_most": high}),
        st.tuples(level, level).map(lambda ends: {"at_least": min(ends), "at_most": max(ends)}),
    )
    optional: dict[str, SearchStrategy[Any]] = {
        "group": _one_or_more({unit["group"] for unit in draft.units.values()}),
        "level": levels,
        "units": draft.few(1, 4),
    }
    topics = {topic for unit in draft.units.values() for topic in unit["topics"].split()}
    if topics:
        optional["topic"] = _one_or_more(topics)
    return st.fixed_dictionaries({}, optional=optional)


def _one_or_more(names: set[str]) -> SearchStrategy[Any]:
    """A name alone or in a list, as authors may write either."""
    one = st.sampled_from(sorted(names))
    return one | st.lists(one, min_size=1, max_size=2, unique=True)


def _windows() -> SearchStrategy[dict[str, date]]:
    """Bounds of the registration date that some day meets."""
    one = st.sampled_from(["before", "after", "from", "until", "on"])
    single = st.tuples(one, st.sampled_from(DATES)).map(lambda pair: dict([pair]))
    ends = st.lists(st.sampled_from(DATES), min_size=2, max_size=2).map(sorted)
    closed = ends.map(lambda days: {"from": days[0], "until": days[1]})
    opened = ends.map(lambda days: {"after": days[0] - DAY, "before": days[1] + DAY})
    return single | closed | opened


def _write_units(draft: Draft) -> str:
    extra = tuple(each for each in draft.measures if each == "points")
    lines = [",".join((*_COLUMNS, *_REST, *extra))]
    for unit in draft.units.values():
        cells = [unit[name] for name in _COLUMNS] + [""] * len(_REST)
        lines.append(",".join(cells + [unit[name] for name in extra]))
    lines.append(
        ",".join(
            ["555", "", "In no group", "3", "5", "10", "", "", "", "", "", *"8"][
                : len(lines[0].split(","))
            ]
        )
    )
    return "\n".join(lines) + "\n"


def _write_rules(draft: Draft, total: int, rules: list[dict[str, Any]]) -> str:
    groups: dict[str, list[str]] = {}
    for number, unit in draft.units.items():
        groups.setdefault(unit["group"], []).append(number)
    head = {
        "id": "q",
        "title": "A qualification",
        "number": "1",
        "qan": "",
        "level": 2,
        "credits": total,
        "source": "a handbook",
        "groups": groups,
    }
    tables = ["[[qualification]]", *_members(head)]
    for rule in rules:
        tables += ["", "[[qualification.rule]]", *_members(rule)]
    return "\n".join(tables) + "\n"


def _members(table: dict[str, Any]) -> list[str]:
    return [f"{json.dumps(key)} = {_toml(value)}" for key, value in table.items()]


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(_members(value))} }}" if value else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return value.isoformat() if isinstance(value, date) else json.dumps(value)


@dataclass(frozen=True)
class Asked:
    """A rulebook and on what terms its mixes are judged."""

    book: Book
    registered: date | Literal["any"] | None
    age: int | None
    reading: frozenset[str]

    def learner(self, qualification: Qualification) -> Learner:
        return Terms(self.registered, self.age).learner(qualification)

    def days(self) -> list[date]:
        """The days of registration that the oracle is to try."""
        if self.registered == "any":
            return self.book.handbook().days()
        return [date(2090, 1, 1) if self.registered is None else self.registered]


def asked() -> SearchStrategy[Asked]:
    days: SearchStrategy[date | Literal["any"] | None] = st.one_of(
        st.sampled_from(DAYS), st.just("any"), st.none()
    )
    return st.builds(Asked, books(), days, AGES, READINGS)
