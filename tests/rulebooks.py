"""Random machines, and random small rulebooks as TOML and CSV that go through the real reader."""

import json
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any, Literal

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from nvqplan.core.findings import Findings
from nvqplan.core.sources import Sources
from nvqplan.core.units import Unit
from nvqplan.reading.rulebook import read_rulebook
from nvqplan.rules.learner import Learner
from nvqplan.rules.qualification import Qualification
from nvqplan.rules.terms import Terms
from nvqplan.solving.either import Either
from nvqplan.solving.linear import Linear
from nvqplan.solving.machine import Machine
from nvqplan.space.wishes import Wishes
from tests.oracle import DAY, NOBODY, Handbook, Mix, Said, lets_through
from tests.tapes import Drawn, Tape, tapes

FUZZ = int(os.environ.get("NVQPLAN_FUZZ", "1"))
"""How many times as many random cases; other ones at every run if it is not 1."""

HUGE = 10**12
VARIABLES = "abcdefgh"
WEIGHTS = (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6)
NUMBERS = ("101", "102", "204", "7", "45", "99", "305", "619", "1004")
TOPICS = ("", "sales", "it", "management", "sales it", "it management")
DATES = (date(2017, 7, 1), date(2017, 7, 2), date(2020, 1, 1), date(2020, 1, 31))
DAYS = sorted({day + step for day in DATES for step in (-DAY, 0 * DAY, DAY)})
NEWEST = date(2090, 1, 1)
AGES = st.none() | st.integers(13, 20)


def cases(count: int) -> settings:
    return settings(max_examples=count * FUZZ)


@dataclass(frozen=True)
class Puzzle:
    """What a solver is asked: which ways to decide the variables do all machines accept?"""

    variables: tuple[str, ...]
    machines: tuple[Machine, ...]


@st.composite
def puzzles(draw: DrawFn) -> Puzzle:
    """Up to eight variables and five machines, most of which one mix satisfies together."""
    variables = VARIABLES[: draw(st.integers(0, len(VARIABLES)))]
    planted = draw(_mixes(variables))
    drawn = draw(st.lists(machines(variables, planted), max_size=5))
    return Puzzle(tuple(variables), tuple(drawn))


def machines(variables: str, planted: Mix = frozenset()) -> SearchStrategy[Machine]:
    """Sums, and now and then a choice between sums or between further choices."""
    plain: SearchStrategy[Machine] = linears(variables, planted)
    either = _eithers(plain)
    return _one_of([(10, plain), (1, either), (1, _eithers(plain | either))])


@st.composite
def linears(draw: DrawFn, variables: str, planted: Mix = frozenset()) -> Linear:
    """Weights of any sign; bounds around what the planted mix adds up to, or anywhere."""
    size = len(variables)
    numbers = [
        WEIGHTS[byte % len(WEIGHTS)] for byte in draw(st.binary(min_size=size, max_size=size))
    ]
    weights = dict(zip(variables, numbers, strict=True))
    match draw(st.sampled_from(["any", "any", "any", "not zero", "one"])):
        case "not zero":
            weights = {variable: weight for variable, weight in weights.items() if weight}
        case "one":
            weights = dict(list(weights.items())[-1:])
    total = sum(weights.get(variable, 0) for variable in planted)
    low, high = total - draw(st.integers(0, 3)), total + draw(st.integers(0, 3))
    near: list[tuple[int | None, int | None]] = [(low, None), (None, high), (low, high)]
    rare = [(total, total), (total + 1, total + 5), (high, low), (total + 20, None), (None, None)]
    return Linear("sum", weights, *draw(st.sampled_from([*near * 6, *rare, *_HUGE_BOUNDS])))


_HUGE_BOUNDS = [(-HUGE, None), (-HUGE, HUGE), (None, HUGE), (HUGE, None)]


HowMany = tuple[int, int | None]

HOW_MANY: list[HowMany] = [*[(1, None)] * 4, (1, 1), (0, 1), (2, None), (2, 2), (0, 0), (3, 1)]
"""How many alternatives must hold, and may."""


def _eithers(inner: SearchStrategy[Machine]) -> SearchStrategy[Machine]:
    """Up to three alternatives of up to two machines; now and then none, or an empty one."""
    alternative = _tuples(inner, [1, 2, 1, 2, 1, 2, 0])
    alternatives = _tuples(alternative, [2, 1, 3, 2, 3, 2, 0])
    return st.builds(_either, alternatives, st.sampled_from(HOW_MANY))


def _either(alternatives: tuple[tuple[Machine, ...], ...], how_many: HowMany) -> Either:
    return Either("either", alternatives, *how_many)


def _tuples(each: SearchStrategy[Drawn], sizes: list[int]) -> SearchStrategy[tuple[Drawn, ...]]:
    drawn = {size: st.tuples(*[each] * size) for size in sizes}
    return st.sampled_from(sizes).flatmap(drawn.__getitem__)


def _one_of(weighed: list[tuple[int, SearchStrategy[Drawn]]]) -> SearchStrategy[Drawn]:
    """One strategy as often as its weight says: `st.one_of` takes equal ones for one."""
    places = [place for place, (weight, _) in enumerate(weighed) for _ in range(weight)]
    return st.sampled_from(places).flatmap(lambda place: weighed[place][1])


def _mixes(variables: str) -> SearchStrategy[Mix]:
    masks = st.integers(0, 2 ** len(variables) - 1)
    return masks.map(lambda mask: frozenset(v for i, v in enumerate(variables) if mask >> i & 1))


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


@dataclass(frozen=True)
class Draft:
    """Units with their groups, and what can be summed over them, while rules are being drawn."""

    tape: Tape
    units: dict[str, dict[str, str]]
    measures: tuple[str, ...]
    planted: Mix
    """The mix that most rules leave legal."""
    plain: bool
    imports: bool
    alike: tuple[str, ...]
    """Numbers of one unit; a list that names two of them names it twice."""
    kinds: tuple["Kind", ...]
    """The few kinds of which its rules are."""

    def few(self, least: int, most: int) -> list[str]:
        """Units, of those that are one unit one."""
        return self.tape.pick(self._lists(least, most))

    def mostly(self, least: int, most: int, suits: Callable[[set[str]], bool]) -> list[str]:
        """Units that in four of five cases suit, if any do."""
        every = self._lists(least, most)
        suiting = [each for each in every if suits({*each})]
        return self.tape.pick(every if self.tape.one_in(5) or not suiting else suiting)

    def _lists(self, least: int, most: int) -> list[list[str]]:
        lists = [c for size in range(least, most + 1) for c in combinations(self.units, size)]
        return [list(c) for c in lists if len({*c} & {*self.alike}) < 2]

    def values(self, column: str) -> list[str]:
        return sorted({name for unit in self.units.values() for name in unit[column].split()})

    def selected(self, of: Any) -> frozenset[str]:
        return frozenset(n for n, unit in self.units.items() if lets_through(of, unit))

    def sum_of(self, measure: str, units: Mix) -> int:
        return sum(int(self.units[number][measure]) for number in units)


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
    kinds = (_sums, *tape.some(_PLAIN if plain else _KINDS, 3))
    planted = frozenset(tape.some(numbers, tape.whole(1, len(numbers)))).difference(alike[1:])
    draft = Draft(tape, rows, measures, planted, plain, imports, alike, kinds)
    rules = [_rule(draft, index) for index in range(tape.pick([3, 4, 5, 6, 2, 1, 4, 5]))]
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


def _rule(draft: Draft, index: int) -> dict[str, Any]:
    """One rule as its TOML table: a kind, now and then a window, now and then a second reading."""
    tape = draft.tape
    rule = {"id": f"rule-{index}", "says": f"Rule {index}", **_any_kind(draft)}
    if tape.one_in(3):
        rule["when"] = {"registered": tape.pick(_WINDOWS)}
        if not draft.plain and tape.one_in(2):
            rule["when"] = tape.pick(_ASKED)
    if tape.one_in(4):
        rule["intended"] = {"says": "Meant so", "why": "Evidence", **_any_kind(draft)}
    return rule


Kind = Callable[[Draft], dict[str, Any]]
"""Makes a rule of one kind, which the planted mix meets more often than not."""


def _any_kind(draft: Draft) -> dict[str, Any]:
    return draft.tape.pick(draft.kinds)(draft)


def _mandatory(draft: Draft) -> dict[str, Any]:
    return {"mandatory": _entries(draft, 2, planted=True)}


def _barred(draft: Draft) -> dict[str, Any]:
    def suits(units: set[str]) -> bool:
        return len(units & draft.planted) <= 1

    return {"barred": [draft.mostly(2, 3, suits) for _ in range(draft.tape.pick([1, 1, 2]))]}


def _requires(draft: Draft) -> dict[str, Any]:
    units = draft.few(1, 2)
    return {"requires": {u: _entries(draft, 2, planted=u in draft.planted) for u in units}}


def _age(draft: Draft) -> dict[str, Any]:
    return {"age": {"at_least": draft.tape.whole(15, 18)}}


def _learner(draft: Draft) -> dict[str, Any]:
    bounds = draft.tape.pick([{"at_least": 10}, {"at_most": 12}, {"at_least": 5}])
    return {"learner": {draft.tape.pick(FIGURES): bounds}}


def _together(draft: Draft) -> dict[str, Any]:
    def suits(units: set[str]) -> bool:
        return len(units & draft.planted) in (0, len(units))

    return {"together": [draft.mostly(2, 3, suits) for _ in range(draft.tape.whole(1, 2))]}


def _implies(draft: Draft) -> dict[str, Any]:
    return {"implies": [_implied(draft) for _ in range(draft.tape.whole(1, 2))]}


def _entries(
    draft: Draft, most: int, *, planted: bool = False, without: Mix = frozenset()
) -> list[Any]:
    """Units, mostly planted ones where asked, of the last two of which one may be enough."""
    drawn = draft.mostly(1, most + 1, lambda each: not planted or each <= draft.planted)
    units: list[Any] = [each for each in drawn if each not in without]
    if len(units) > 1 and draft.tape.one_in(2) and not draft.plain:
        return [*units[:-2], units[-2:]]
    return units[:most]


def _implied(draft: Draft) -> dict[str, Any]:
    conditions = _entries(draft, 2)
    named = frozenset(_flat(conditions))
    follows = bool(named & draft.planted)
    if named & {*draft.alike}:
        named |= {*draft.alike}
    wanted = _entries(draft, 3, planted=follows, without=named)
    if not wanted:
        rest = [number for number in draft.units if number not in named]
        conditions, wanted = ([rest[0]], [next(iter(sorted(named)))]) if rest else (conditions, [])
    if not wanted:  # all units are conditions: one of them implies another
        conditions, wanted = _flat(conditions)[:1], _flat(conditions)[1:2]
    least = draft.tape.whole(0, len(wanted))
    return {"if": conditions, "then": wanted, **({"at_least": least} if least else {})}


def _flat(entries: list[Any]) -> list[str]:
    return [unit for each in entries for unit in (each if isinstance(each, list) else [each])]


def _of(draft: Draft, nothing: int, conditions: int, listed: int, most: int) -> Any:
    """A filter: nothing, conditions or a list of units, as often as their weights say."""
    which = draft.tape.whole(1, nothing + conditions + listed)
    if which <= nothing:
        return None
    return _conditions(draft) if which <= nothing + conditions else draft.few(1, most)


def _under(key: str, of: Any) -> dict[str, Any]:
    return {} if of is None else {key: of}


def _share(draft: Draft) -> dict[str, Any]:
    """Bounds around the share of the planted mix, in per cent or as a fraction."""
    of, within = _of(draft, 0, 1, 1, 4), _of(draft, 1, 1, 1, 5)
    measure = draft.tape.pick(["credits", *draft.measures])
    whole = draft.selected(within) & draft.planted
    all_of_it = draft.sum_of(measure, whole) or 2
    part = min(draft.sum_of(measure, whole & draft.selected(of)), all_of_it)
    per_cent, exact = part * 100 // all_of_it, f"{part}/{all_of_it}"
    bounds: list[dict[str, Any]] = [
        {"at_least": per_cent},
        {"at_least": exact},
        {"at_least": min(per_cent + 1, 100)},
        {"at_most": exact},
        {"at_most": min(per_cent + 1, 100)},
        {"at_least": per_cent, "at_most": exact},
        {"at_least": max(per_cent - 30, 0), "at_most": min(per_cent + 20, 100)},
    ]
    bound = draft.tape.pick(bounds)
    stated = {} if measure == "credits" and draft.tape.one_in(2) else {"measure": measure}
    return {"share": {"of": of, **_under("in", within), **stated, **bound}}


def _capped(draft: Draft) -> dict[str, Any]:
    """A minimum, of which one or two parts count up to a cap only.

    No imported unit may fall under two, and of the others none, however it is achieved.
    """
    tape = draft.tape
    measure, of = tape.pick(draft.measures), _of(draft, 2, 1, 1, 6)
    summed, ever_summed = draft.selected(of), draft.selected(_whatever_status(of))
    parts: list[Any] = [{"group": name} for name in draft.values("group")]
    levels = [{"level": int(level)} for level in draft.values("level")]
    parts = tape.pick([parts, levels]) if draft.imports else parts + levels
    few: list[Any] = [part for part in parts if draft.selected(part) & summed]
    few += [each for each in [draft.few(1, 4)] if {*each} & summed]
    caps: list[dict[str, Any]] = []
    under: Mix = frozenset()
    have = draft.sum_of(measure, summed & draft.planted)
    for part in tape.some(few, tape.pick([1, 1, 2, 3])):
        units = draft.selected(part) & summed
        if not draft.selected(part) & ever_summed & under:
            has = draft.sum_of(measure, units & draft.planted)
            most = max(has + tape.whole(-3, 1), 0)
            have -= max(has - most, 0)
            caps.append({"of": part, "at_most": most})
            under |= draft.selected(part) & ever_summed
    counting = {"counting": caps} if caps else {}
    return {measure: {**_under("of", of), "at_least": have + tape.pick([0, 0, 0, 1]), **counting}}


def _whatever_status(of: Any) -> Any:
    """The same conditions, and all units that meet them for some learner."""
    if not isinstance(of, dict):
        return of
    but = of.get("except")
    asking = {"status", *(["except"] if isinstance(but, dict) and "status" in but else [])}
    asking |= {"any"} if "status" in str(of.get("any")) else set()
    return {key: each for key, each in of.items() if key not in asking}


def _choices(draft: Draft) -> dict[str, Any]:
    """One to three alternatives, each a condition or up to two of them; now and then nested."""
    names = ("Sales", "Support", "Team")[: draft.tape.pick([2, 3, 1])]
    if not draft.tape.one_in(3):
        draft = replace(draft, kinds=tuple(each for each in draft.kinds if each is not _choices))
    of = {
        name: [_any_kind(draft) for _ in range(draft.tape.whole(1, 2))]
        if draft.tape.one_in(2)
        else _any_kind(draft)
        for name in names
    }
    least, most = draft.tape.pick(HOW_MANY)
    bounds = (
        {"at_least": least} if most is None else {"at_least": min(least, most), "at_most": most}
    )
    return {draft.tape.pick(["choose", "choose", "titles"]): {**bounds, "of": of}}


def _best(draft: Draft) -> dict[str, Any]:
    """One family or two, and bounds around what the planted mix has."""
    units = draft.few(2, 4)
    families = [units[:2], units[2:]] if len(units) == 4 else [units]
    measure, of = draft.tape.pick(draft.measures), _of(draft, 1, 1, 0, 0)
    inside = draft.selected(of) & draft.planted
    have = draft.sum_of(measure, inside.difference(*families))
    for family in families:
        each = [draft.sum_of(measure, frozenset([n])) for n in inside.intersection(family)]
        have += max(each, default=0)
    bounds = [
        {"at_least": have},
        {"at_least": max(have - 3, 0)},
        {"at_most": have},
        {"exactly": have},
        {"at_least": max(have - 4, 0), "at_most": have},
    ]
    inner = {"families": families, **_under("of", of), **draft.tape.pick(bounds)}
    return {"best": {measure: inner}}


def _components(draft: Draft) -> dict[str, Any]:
    """Two parts, or one or three, which often need the same units."""
    parts: dict[str, Any] = {}
    tape, unused = draft.tape, draft.planted
    measure = tape.pick(draft.measures)
    for name in ("Core", "Other", "Rest")[: tape.pick([2, 2, 1, 3])]:
        of = _of(draft, 1, 1, 2, 4)
        used = frozenset(sorted(draft.selected(of) & unused)[: tape.whole(1, 3)])
        unused -= used
        have = draft.sum_of(measure, used)
        least = max(have + tape.pick([0, 0, 0, -2, 1]), 0)
        bounds: list[dict[str, int]] = [
            {"at_least": least},
            {"at_least": least, "at_most": max(have, least) + tape.whole(0, 2)},
            {"exactly": have},
        ]
        parts[name] = {**_under("of", of), **tape.pick(bounds)}
    return {"components": {measure: parts}}


def _sums(draft: Draft) -> dict[str, Any]:
    """Bounds around what the planted mix adds up to, or what only all units, or none, reach."""
    measure, of = draft.tape.pick(draft.measures), _of(draft, 1, 2, 1, 4)
    counted = draft.selected(of)
    have = draft.sum_of(measure, counted & draft.planted)
    everything = draft.sum_of(measure, counted)
    bounds: list[dict[str, int]] = [
        {"at_least": have},
        {"at_most": have},
        {"exactly": have},
        {"at_least": have, "at_most": have + 2},
        {"at_least": max(have - 2, 0), "at_most": have},
        {"at_least": everything},
        {"at_least": everything + 1},
        {"at_most": 0},
    ]
    return {measure: {**_under("of", of), **draft.tape.pick(bounds[:5] * 4 + bounds[5:])}}


_PLAIN: list[Kind] = [_mandatory, _barred, _requires, _age]
_KINDS = [*_PLAIN, _together, _implies, _share, _capped, _choices, _components, _best]
_KINDS += [_age, _share, _capped, _implies, _learner, _learner]


def _conditions(draft: Draft) -> dict[str, Any]:
    """Mostly one condition or two, as more of them leave hardly any unit."""
    ways = _ways(draft)
    names = draft.tape.some([*ways], draft.tape.pick([1, 1, 1, 1, 2, 2, 3, 0]))
    return {name: ways[name]() for name in ways if name in names}


def _ways(draft: Draft) -> dict[str, Callable[[], Any]]:
    """The conditions that a filter may have, by their keys."""
    tape, topics = draft.tape, draft.values("topics")
    levels = [int(level) for level in draft.values("level")]
    statuses = ["apl", "taught", "held", ["apl", "exempt"], ["taught", "held"]]
    buts: list[Callable[[], Any]] = [
        lambda: draft.few(1, 3),
        lambda: {"level": tape.pick(levels)},
    ]
    ways: dict[str, Callable[[], Any]] = {
        "group": lambda: tape.pick(_one_or_more(_group_names(draft.values("group")))),
        "level": lambda: tape.pick(_level_bounds(tape.pick(levels))),
        "units": lambda: draft.few(1, 4),
    }
    if not draft.plain:
        ways["status"] = lambda: tape.pick(statuses)
        buts.append(lambda: {"status": tape.pick(statuses)})
    if draft.imports:
        ways["imported"] = lambda: tape.one_in(2)
        buts.append(lambda: {"imported": tape.one_in(2)})
    if topics:
        ways["topic"] = lambda: tape.pick(_one_or_more(topics))
    if not draft.plain:
        ways["any"] = lambda: [tape.pick(buts)() for _ in range(tape.pick([2, 2, 3]))]
        ways["except"] = lambda: tape.pick([but() for but in buts])
    return ways


def _group_names(paths: list[str]) -> list[str]:
    """What groups and those that they lie in can be called: `A.y.z` is `y.z` and `z`, too."""
    ways = [path.split(".")[:end] for path in paths for end in range(1, path.count(".") + 2)]
    return sorted({".".join(way[start:]) for way in ways for start in range(len(way))})


def _level_bounds(level: int) -> list[Any]:
    """The ways to write a condition that this level meets."""
    around = {"at_least": max(level - 1, 1), "at_most": level + 1}
    others = [[level], [level, level % 4 + 1]] * 2
    bounds = [{"at_least": level}, {"at_most": level}] * 4
    return [*[level] * 3, *bounds, around, *others]


def _one_or_more(names: Sequence[str]) -> list[Any]:
    """A name alone or in a list, as authors may write either."""
    return [*names, *(list(each) for size in (1, 2) for each in combinations(names, size))]


_WINDOWS: list[dict[str, date]] = [
    *({bound: day} for day in DATES for bound in ("before", "after", "from", "until", "on")),
    *({"from": first, "until": last} for first, last in combinations(DATES, 2)),
    *({"after": first - DAY, "before": last + DAY} for first, last in combinations(DATES, 2)),
]


ATTRIBUTES = {"role": ["agent", "leader", "coach"], "site": ["north", "south"]}
FIGURES = ("hours", "visits")

_AGES = [{"at_least": 16}, {"at_most": 17}, {"at_least": 15, "at_most": 18}]
_VALUES: list[tuple[str, Any]] = [
    *(("role", value) for value in ("agent", "leader", ["agent", "coach"], ["leader"])),
    *(("site", value) for value in ("north", ["south"], ["north", "south"])),
]


_ASKED: list[dict[str, Any]] = [
    *({name: value} for name, value in _VALUES),
    *({"age": bounds} for bounds in _AGES),
    {"age": {"at_least": 16}, "role": "agent"},
    {"site": "south", "role": ["agent", "coach"]},
    {"registered": {"from": DATES[0]}, "role": "leader"},
]


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
    declared = [] if draft.plain else [f"attributes.role = {_toml(ATTRIBUTES['role'])}"]
    lines = [*declared, "[[qualification]]", *_members({**names, "level": 2, "credits": stated})]
    lines.append(f"groups = {_toml(groups)}")
    if not draft.plain:
        lines.append(f"attributes.site = {_toml(ATTRIBUTES['site'])}")
        lines.append(f"figures = {_toml(list(FIGURES))}")
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
    return [f"{key} = {_toml(value)}" for key, value in table.items()]


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(_members(value))} }}" if value else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return value.isoformat() if isinstance(value, date) else json.dumps(value)
