"""Random small rulebooks as TOML and CSV that go through the real reader."""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any, Literal

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from nvqplan.core.findings import Findings
from nvqplan.core.sources import Sources
from nvqplan.core.units import Unit
from nvqplan.reading.rulebook import read_rulebook
from nvqplan.rules.learner import Learner
from nvqplan.rules.qualification import Qualification
from nvqplan.rules.terms import Terms
from nvqplan.space.wishes import Wishes
from tests.drafts import (
    ALL_KINDS,
    ATTRIBUTES,
    DATES,
    FIGURES,
    PLAIN_KINDS,
    TOPICS,
    Draft,
    draw_rule,
    draw_sum,
)
from tests.oracle import DAY, NOBODY, Handbook, Mix, Said
from tests.tapes import Tape, tapes

NUMBERS = ("101", "102", "204", "7", "45", "99", "305", "619", "1004")
DAYS = sorted({day + step for day in DATES for step in (-DAY, 0 * DAY, DAY)})
NEWEST = date(2090, 1, 1)
AGES = st.none() | st.integers(13, 20)


@dataclass(frozen=True, repr=False)
class Book:
    """A rulebook as its author wrote it."""

    units: str
    rules: str
    said: Said = NOBODY
    """What is said of a learner, and the units that a pathway imports."""

    def __repr__(self) -> str:
        return f"\n{self.units}\n{self.rules}\n{self.said}"

    def read(self) -> Qualification:
        """The qualification, read from real files by the real reader, with what is imported."""
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "units.csv").write_text(self.units, encoding="utf-8")
            Path(folder, "rules.toml").write_text(self.rules, encoding="utf-8")
            found = Findings()
            rulebook = read_rulebook(folder, Sources(), found)
        assert rulebook is not None, list(found)
        imported = tuple(as_unit(dict(row)) for row in self.said.imported)
        chosen = rulebook.qualifications[0]
        return chosen.importing(imported) if imported else chosen

    def handbook(self) -> Handbook:
        return Handbook(self.units, self.rules, said=self.said)

    def terms(
        self,
        registered: date | Literal["any"] | None,
        age: int | None,
        reading: Literal["printed", "intended"] = "printed",
    ) -> Terms:
        """With all that is said of the learner."""
        said = self.said
        return Terms(registered, age, reading, said.attributes, said.figures, said.statuses)


def as_unit(row: dict[str, str]) -> Unit:
    level, credits, hours = (int(row[name]) for name in ("level", "credits", "glh"))
    columns = {"points": int(row["points"])}
    return Unit(row["unit"], "", row["title"], level, credits, hours, columns=columns)


@dataclass(frozen=True)
class Asked:
    """A rulebook, and on what terms its mixes are judged."""

    book: Book
    registered: date | Literal["any"] | None
    age: int | None
    reading: frozenset[str]

    def learner(self, qualification: Qualification) -> Learner:
        return self.book.terms(self.registered, self.age).learner(qualification)

    def days(self) -> list[date]:
        """The days of registration that the oracle is to try."""
        if self.registered == "any":
            return self.book.handbook().days()
        return [NEWEST if self.registered is None else self.registered]


LENGTH = 1200
"""Enough bytes for nearly every rulebook and what is asked of it."""


@st.composite
def asked(draw: DrawFn, *, plain: bool = False) -> Asked:
    """Those that are `plain` are such as certificates can show."""
    return _asked(draw(tapes(LENGTH)), plain=plain)


def _asked(tape: Tape, *, plain: bool = False) -> Asked:
    registered: list[date | Literal["any"] | None] = [None, "any", "any", *DAYS]
    age = tape.pick([None, None, None, *range(13, 19)])
    day = tape.pick(registered[3:] if tape.one_in(2) else registered[:3])
    reading = frozenset(f"rule-{index}" for index in range(6) if tape.one_in(2))
    return Asked(make_book(tape, plain=plain), day, age, reading)


@st.composite
def wished(draw: DrawFn) -> tuple[Asked, Wishes]:
    """A rulebook with wishes that are modest, bold or at odds with it."""
    return _wished(draw(tapes(LENGTH)))


def _wished(tape: Tape) -> tuple[Asked, Wishes]:
    terms = _asked(tape)
    handbook = terms.book.handbook()
    units = sorted(handbook.units)
    few = [(), (), *combinations(units, 1), *[()] * len(units), *combinations(units[-3:], 2)]
    some = frozenset(unit for unit in units if tape.one_in(2))
    credits, hours = (handbook.sum_of(measure, some) for measure in ("credits", "glh"))
    spare = max(credits - handbook.total, 0)
    ranges = [(None, None), (None, None), (credits, None), (None, credits), (credits, credits)]
    offer = frozenset(tape.some([*units, "999"], tape.whole(2, len(units) + 1)))
    wishes = Wishes(
        taken=tape.pick(few),
        left=tape.pick(few),
        held=tape.pick(few),
        offer=tape.pick([None, offer]),
        credits=tape.pick(ranges),
        surplus=tape.pick([None, spare + tape.whole(0, 9)]),
        max_glh=tape.pick([None, max(hours - 2 + tape.whole(0, 11), 0)]),
    )
    return terms, wishes


@st.composite
def books(draw: DrawFn, *, plain: bool = False) -> Book:
    """3 to 9 units in groups, some of them nested, now and then an imported one; up to six rules.

    A book has rules of few kinds, and most leave one and the same mix legal: where all kinds meet
    in one book, hardly any mix is legal, and no rule makes a difference. Those that are `plain`
    have sums and lists of units only, and ask no more of learners than dates and a lowest age.
    """
    return make_book(draw(tapes(LENGTH)), plain=plain)


def make_book(tape: Tape, *, plain: bool = False) -> Book:
    """The rulebook that a tape says."""
    measures = ("credits", "units", "glh", *tape.pick([("points",), ()]))
    numbers = sorted(tape.some(NUMBERS, tape.whole(3, 9 if plain else 7)), key=NUMBERS.index)
    groups = tape.pick(_GROUPS[:1] if plain else _GROUPS)
    rows = {number: _row(number, groups, tape) for number in numbers}
    imports = not plain and tape.one_in(2)
    said = NOBODY if plain else _said(tape, numbers, imports=imports)
    for number, unit in rows.items():
        unit["status"] = dict(said.statuses).get(number, "taught")
    sizes = [size for size in (2, 3) if size < len(numbers)]
    alike = tuple(tape.some(numbers, tape.pick(sizes))) if tape.one_in(3) and not plain else ()
    kinds = (draw_sum, *tape.some(PLAIN_KINDS if plain else ALL_KINDS, 3))
    planted = frozenset(tape.some(numbers, tape.whole(1, len(numbers)))).difference(alike[1:])
    draft = Draft(tape, rows, measures, planted, plain, imports, alike, kinds)
    rules = [draw_rule(draft, index) for index in range(tape.pick([3, 4, 5, 6, 2, 1, 4, 5]))]
    if alike:
        one = {"id": "alike", "says": "One unit", "equivalent": [list(alike)]}
        rules.insert(tape.whole(0, len(rules)), one)
    return Book(_write_units(draft), _write_rules(draft, tape.whole(0, 20), rules), said)


_COLUMNS = ("unit", "uan", "title", "level", "credits", "glh", "topics")
_EMPTY = ("nos", "outcomes", "criteria", "source")


_GROUPS = [("A", "B", "C")] * 2 + [("A", "B.B1", "B.B2"), ("A.x", "A.y.z", "B")]


def _row(number: str, groups: tuple[str, ...], tape: Tape) -> dict[str, str]:
    return {
        "unit": number,
        "uan": "",
        "title": f"Unit {number}",
        "level": str(tape.whole(1, 4)),
        "credits": str(tape.whole(0, 7)),
        "glh": str(tape.whole(0, 12)),
        "topics": tape.pick(TOPICS),
        "points": str(tape.whole(0, 9)),
        "group": tape.pick(groups),
        "units": "1",
    }


def _said(tape: Tape, numbers: Sequence[str], *, imports: bool) -> Said:
    """Some of what rules may ask, the status of some units, and now and then an imported one."""
    attributes = [(n, tape.pick(each)) for n, each in ATTRIBUTES.items() if not tape.one_in(3)]
    figures = [(name, tape.pick([4, 8, 11, 13])) for name in FIGURES if not tape.one_in(3)]
    rows = [{**_row("9001", ("A",) * 3, tape), "topics": ""}] * (imports and not tape.one_in(4))
    units = [*numbers, *(row["unit"] for row in rows)]
    given = [(number, tape.pick(["", "", "held", "apl", "exempt"])) for number in units]
    return Said(
        tuple(attributes),
        tuple(figures),
        tuple(each for each in given if each[1]),
        tuple(tuple((key, row[key]) for key in (*_COLUMNS, "points")) for row in rows),
    )


def _write_units(draft: Draft) -> str:
    """units.csv, with one unit more that stands in no group."""
    extra = draft.measures[3:]
    outside = _row("555", ("A",) * 3, Tape(b""))
    lines = [",".join((*_COLUMNS, *_EMPTY, *extra))]
    for unit in (*draft.units.values(), outside):
        cells = (*(unit[name] for name in _COLUMNS), *("" for _ in _EMPTY))
        lines.append(",".join((*cells, *(unit[name] for name in extra))))
    return "\n".join(lines) + "\n"


def _write_rules(draft: Draft, total: int, rules: list[dict[str, Any]]) -> str:
    groups: dict[str, Any] = {}
    for number, unit in draft.units.items():
        *above, name = unit["group"].split(".")
        inside = groups
        for each in above:
            inside = inside.setdefault(each, {})
        inside.setdefault(name, []).append(number)
    names = {
        "id": "q",
        "title": "A qualification",
        "number": "1",
        "qan": "",
        "source": "a handbook",
    }
    stated = total if _asks_for(total, rules) else 0
    declared = [] if draft.plain else [f"attributes.role = {as_toml(ATTRIBUTES['role'])}"]
    lines = [*declared, "[[qualification]]", *_members({**names, "level": 2, "credits": stated})]
    lines.append(f"groups = {as_toml(groups)}")
    if not draft.plain:
        lines.append(f"attributes.site = {as_toml(ATTRIBUTES['site'])}")
        lines.append(f"figures = {as_toml(list(FIGURES))}")
    if draft.imports:
        first = next(iter(groups))
        lines.append("imported = " + (f'{{ group = "{first}" }}' if total % 2 else "{}"))
    for rule in rules:
        lines += ["", "[[qualification.rule]]", *_members(rule)]
    return "\n".join(lines) + "\n"


def _asks_for(total: int, rules: list[dict[str, Any]]) -> bool:
    """Whether a rule asks every learner for so many credits in all, as a stated total must."""
    sums = (rule["credits"] for rule in rules if "credits" in rule and "when" not in rule)
    return any(
        "of" not in each and total in (each.get("at_least"), each.get("exactly")) for each in sums
    )


def _members(table: dict[str, Any]) -> list[str]:
    return [f"{key} = {as_toml(value)}" for key, value in table.items()]


def as_toml(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(_members(value))} }}" if value else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(as_toml, value))}]"
    return value.isoformat() if isinstance(value, date) else json.dumps(value)


def legal(asked: Asked) -> set[Mix]:
    """The legal mixes as the written text has them."""
    return asked.book.handbook().legal(asked.days(), asked.age, asked.reading)
