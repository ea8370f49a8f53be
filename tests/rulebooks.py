"""Random machines, and random small rulebooks as TOML and CSV that go through the real reader."""

import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any, Literal, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from nvqplan.findings import Findings
from nvqplan.qualification import Qualification
from nvqplan.reading.rulebook import read_rulebook
from nvqplan.reading.sources import Sources
from nvqplan.rules.learner import Learner
from nvqplan.solving.either import Either
from nvqplan.solving.linear import Linear
from nvqplan.solving.machine import Machine
from nvqplan.terms import Terms
from nvqplan.units import Unit
from nvqplan.wishes import Wishes
from tests.oracle import DAY, NOBODY, Handbook, Mix, Said, lets_through

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
READINGS = st.frozensets(st.sampled_from([f"rule-{index}" for index in range(6)]))


def cases(count: int) -> settings:
    return settings(max_examples=count * FUZZ)


@dataclass(frozen=True)
class Puzzle:
    """What a solver is asked: which ways to decide the variables do all machines accept?"""

    variables: tuple[str, ...]
    machines: tuple[Machine, ...]


Drawn = TypeVar("Drawn")


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


def asked(*, plain: bool = False) -> SearchStrategy[Asked]:
    """Those that are `plain` ask no more of learners than dates and a lowest age."""
    open_or_newest: SearchStrategy[Literal["any"] | None] = st.sampled_from(["any", "any", None])
    drawn = books(plain=plain)
    return st.builds(Asked, drawn, st.sampled_from(DAYS) | open_or_newest, AGES, READINGS)


@st.composite
def wished(draw: DrawFn) -> tuple[Asked, Wishes]:
    """A rulebook with wishes that are modest, bold or at odds with it."""
    terms = draw(asked())
    handbook = terms.book.handbook()
    units = sorted(handbook.units)
    few = [(), (), *combinations(units, 1), *[()] * len(units), *combinations(units[-3:], 2)]
    some = draw(st.frozensets(st.sampled_from(units)))
    credits, hours = (handbook.sum_of(measure, some) for measure in ("credits", "glh"))
    spare = max(credits - handbook.total, 0)
    ranges = [(None, None), (None, None), (credits, None), (None, credits), (credits, credits)]
    wishes = Wishes(
        taken=draw(st.sampled_from(few)),
        left=draw(st.sampled_from(few)),
        held=draw(st.sampled_from(few)),
        offer=draw(st.none() | st.frozensets(st.sampled_from([*units, "999"]), min_size=2)),
        credits=draw(st.sampled_from(ranges)),
        surplus=draw(st.none() | st.integers(spare, spare + 9)),
        max_glh=draw(st.none() | st.integers(max(hours - 2, 0), hours + 9)),
    )
    return terms, wishes


@dataclass(frozen=True)
class Draft:
    """Units with their groups, and what can be summed over them, while rules are being drawn."""

    units: dict[str, dict[str, str]]
    measures: tuple[str, ...]
    plain: bool = True
    imports: bool = False
    alike: tuple[str, ...] = ()
    """Numbers of one unit; a list that names two of them names it twice."""

    def few(self, least: int, most: int) -> SearchStrategy[list[str]]:
        lists = [c for size in range(least, most + 1) for c in combinations(self.units, size)]
        return st.sampled_from([list(c) for c in lists if len({*c} & {*self.alike}) < 2])

    def values(self, column: str) -> list[str]:
        return sorted({name for unit in self.units.values() for name in unit[column].split()})

    def selected(self, of: Any) -> frozenset[str]:
        return frozenset(n for n, unit in self.units.items() if lets_through(of, unit))

    def sum_of(self, measure: str, units: Mix) -> int:
        return sum(int(self.units[number][measure]) for number in units)


@st.composite
def books(draw: DrawFn, *, plain: bool = False) -> Book:
    """3 to 9 units in groups, some of them nested, now and then an imported one; up to six rules.

    Those that are `plain` ask no more of learners than dates and a lowest age.
    """
    measures = ("credits", "units", "glh", *draw(st.sampled_from([("points",), ()])))
    numbers = draw(st.integers(3, 9 if plain else 7).flatmap(_NUMBERS.__getitem__))
    groups = draw(st.sampled_from(_GROUPS))
    rows = {number: draw(_rows(number, groups)) for number in numbers}
    imports = not plain and draw(st.booleans())
    draft = Draft(rows, measures, plain, imports, draw(_alike(numbers)))
    said = NOBODY if plain else draw(_said(draft))
    for number, unit in rows.items():
        unit["status"] = dict(said.statuses).get(number, "taught")
    planted = frozenset(draw(draft.few(1, len(numbers))))
    rules = [draw(_rules(draft, planted, index)) for index in range(draw(st.integers(1, 6)))]
    if draft.alike:
        one = {"id": "alike", "says": "One unit", "equivalent": [list(draft.alike)]}
        rules.insert(draw(st.integers(0, len(rules))), one)
    return Book(_write_units(draft), _write_rules(draft, draw(st.integers(0, 20)), rules), said)


_NUMBERS = {
    size: st.sampled_from(list(combinations(NUMBERS, size))) for size in range(3, len(NUMBERS) + 1)
}
_COLUMNS = ("unit", "uan", "title", "level", "credits", "glh", "topics")
_EMPTY = ("nos", "outcomes", "criteria", "source")


_GROUPS = [("A", "B", "C")] * 2 + [("A", "B.B1", "B.B2"), ("A.x", "A.y.z", "B")]


def _alike(numbers: Sequence[str]) -> SearchStrategy[tuple[str, ...]]:
    """Now and then two or three numbers, of which others are left."""
    sets = [c for size in (2, 3) if size < len(numbers) for c in combinations(numbers, size)]
    return st.integers(0, 3).flatmap(lambda n: st.just(()) if n else st.sampled_from(sets))


def _rows(number: str, groups: tuple[str, ...]) -> SearchStrategy[dict[str, str]]:
    return st.binary(min_size=6, max_size=6).map(partial(_row, number, groups))


def _row(number: str, groups: tuple[str, ...], drawn: bytes) -> dict[str, str]:
    group, level, credits, hours, topics, points = drawn
    return {
        "unit": number,
        "uan": "",
        "title": f"Unit {number}",
        "level": str(1 + level % 4),
        "credits": str(credits % 8),
        "glh": str(hours % 13),
        "topics": TOPICS[topics % len(TOPICS)],
        "points": str(points % 10),
        "group": groups[group % 3],
        "units": "1",
    }


@st.composite
def _rules(draw: DrawFn, draft: Draft, planted: Mix, index: int) -> dict[str, Any]:
    """One rule as its TOML table: a kind, now and then a window, now and then a second reading."""
    rule = {"id": f"rule-{index}", "says": f"Rule {index}", **draw(_kinds(draft, planted))}
    if draw(st.integers(0, 3)) >= (3 if draft.plain else 2):
        rule["when"] = {"registered": draw(_WINDOWS)} if draft.plain else draw(_WHENS)
    if draw(st.integers(0, 3)) == 3:
        meant = draw(_kinds(draft, planted))
        rule["intended"] = {"says": "Meant so", "why": "Evidence", **meant}
    return rule


def _kinds(draft: Draft, planted: Mix) -> SearchStrategy[dict[str, Any]]:
    kinds = _KINDS if draft.plain else [*_KINDS, _mandatory, *[_learner] * 2, *[_requires] * 2]
    return st.sampled_from(kinds).flatmap(lambda kind: kind(draft, planted))


def _mandatory(draft: Draft, _: Mix) -> SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"mandatory": _entries(draft, 2)})


def _barred(draft: Draft, _: Mix) -> SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"barred": st.lists(draft.few(2, 3), min_size=1, max_size=3)})


@st.composite
def _requires(draw: DrawFn, draft: Draft, _: Mix) -> dict[str, Any]:
    return {"requires": {unit: draw(_entries(draft, 2)) for unit in draw(draft.few(1, 2))}}


def _age(_: Draft, __: Mix) -> SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"age": st.fixed_dictionaries({"at_least": st.integers(15, 18)})})


def _learner(_: Draft, __: Mix) -> SearchStrategy[dict[str, Any]]:
    bounds = st.sampled_from([{"at_least": 10}, {"at_most": 12}, {"at_least": 5}])
    return st.sampled_from(FIGURES).flatmap(
        lambda name: st.fixed_dictionaries({"learner": st.fixed_dictionaries({name: bounds})})
    )


def _together(draft: Draft, _: Mix) -> SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"together": st.lists(draft.few(2, 3), min_size=1, max_size=2)})


def _implies(draft: Draft, _: Mix) -> SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"implies": st.lists(_implied(draft), min_size=1, max_size=2)})


@st.composite
def _entries(draw: DrawFn, draft: Draft, most: int, without: Mix = frozenset()) -> list[Any]:
    """Units, of the last two of which one may be enough."""
    units: list[Any] = [each for each in draw(draft.few(1, most + 1)) if each not in without]
    if len(units) > 1 and draw(st.booleans()):
        return [*units[:-2], units[-2:]]
    return units[:most]


@st.composite
def _implied(draw: DrawFn, draft: Draft) -> dict[str, Any]:
    conditions = draw(_entries(draft, 2))
    named = frozenset(_flat(conditions))
    if named & {*draft.alike}:
        named |= {*draft.alike}
    wanted = draw(_entries(draft, 3, named))
    if not wanted:
        rest = [number for number in draft.units if number not in named]
        conditions, wanted = ([rest[0]], [next(iter(named))]) if rest else (conditions, [])
    if not wanted:  # all units are conditions: one of them implies another
        conditions, wanted = _flat(conditions)[:1], _flat(conditions)[1:2]
    least = draw(st.integers(0, len(wanted)))
    return {"if": conditions, "then": wanted, **({"at_least": least} if least else {})}


def _flat(entries: list[Any]) -> list[str]:
    return [unit for each in entries for unit in (each if isinstance(each, list) else [each])]


@st.composite
def _share(draw: DrawFn, draft: Draft, planted: Mix) -> dict[str, Any]:
    """Bounds around the share of the planted mix, in per cent or as a fraction."""
    of = draw(_conditions(draft) | draft.few(1, 4))
    within = draw(st.none() | _conditions(draft) | draft.few(2, 5))
    measure = draw(st.sampled_from(["credits", *draft.measures]))
    whole = draft.selected(within) & planted
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
    unless: dict[str, Any] = {} if within is None else {"in": within}
    stated = {} if measure == "credits" and draw(st.booleans()) else {"measure": measure}
    return {"share": {"of": of, **unless, **stated, **draw(st.sampled_from(bounds))}}


@st.composite
def _capped(draw: DrawFn, draft: Draft, planted: Mix) -> dict[str, Any]:
    """A minimum, of which one or two parts count up to a cap only.

    No imported unit may fall under two, and of the others none, however it is achieved.
    """
    measure = draw(st.sampled_from(draft.measures))
    of = draw(_one_of([(2, st.none()), (1, draft.few(2, 6)), (1, _conditions(draft))]))
    summed, ever_summed = draft.selected(of), draft.selected(_whatever_status(of))
    parts: list[Any] = [{"group": name} for name in draft.values("group")]
    levels = [{"level": int(level)} for level in draft.values("level")]
    parts = draw(st.sampled_from([parts, levels])) if draft.imports else parts + levels
    few: list[Any] = [part for part in parts if draft.selected(part) & summed]
    few += [each for each in [draw(draft.few(1, 4))] if {*each} & summed]
    caps: list[dict[str, Any]] = []
    under: Mix = frozenset()
    have = draft.sum_of(measure, summed & planted)
    for part in draw(st.permutations(few))[: draw(st.sampled_from([1, 1, 2, 3]))]:
        units = draft.selected(part) & summed
        if not draft.selected(part) & ever_summed & under:
            has = draft.sum_of(measure, units & planted)
            most = draw(st.integers(max(has - 3, 0), has + 1))
            have -= max(has - most, 0)
            caps.append({"of": part, "at_most": most})
            under |= draft.selected(part) & ever_summed
    counting = {"counting": caps} if caps else {}
    whole = {} if of is None else {"of": of}
    return {measure: {**whole, "at_least": have + draw(st.sampled_from([0, 0, 0, 1])), **counting}}


def _whatever_status(of: Any) -> Any:
    """The same conditions, and all units that meet them for some learner."""
    if not isinstance(of, dict):
        return of
    but = of.get("except")
    asking = {"status", *(["except"] if isinstance(but, dict) and "status" in but else [])}
    asking |= {"any"} if "status" in str(of.get("any")) else set()
    return {key: each for key, each in of.items() if key not in asking}


@st.composite
def _choices(draw: DrawFn, draft: Draft, planted: Mix) -> dict[str, Any]:
    """One to three alternatives, each a condition or up to two of them; now and then nested."""
    names = ("Sales", "Support", "Team")[: draw(st.integers(1, 3))]
    one = st.deferred(lambda: _kinds(draft, planted))
    of = {name: draw(one | st.lists(one, min_size=1, max_size=2)) for name in names}
    least, most = draw(st.sampled_from(HOW_MANY))
    bounds = (
        {"at_least": least} if most is None else {"at_least": min(least, most), "at_most": most}
    )
    return {draw(st.sampled_from(["choose", "choose", "titles"])): {**bounds, "of": of}}


@st.composite
def _best(draw: DrawFn, draft: Draft, planted: Mix) -> dict[str, Any]:
    """One family or two, and bounds around what the planted mix has."""
    units = draw(draft.few(2, 4))
    families = [units[:2], units[2:]] if len(units) == 4 else [units]
    measure, of = draw(st.sampled_from(draft.measures)), draw(st.none() | _conditions(draft))
    have = draft.sum_of(measure, draft.selected(of) & planted)
    bounds = [
        {"at_least": have},
        {"at_least": max(have - 3, 0)},
        {"at_most": have},
        {"exactly": have},
        {"at_least": max(have - 4, 0), "at_most": have},
    ]
    unless = {} if of is None else {"of": of}
    return {"best": {measure: {"families": families, **unless, **draw(st.sampled_from(bounds))}}}


@st.composite
def _components(draw: DrawFn, draft: Draft, _: Mix) -> dict[str, Any]:
    """Two parts, or one or three, which often need the same units."""
    parts: dict[str, Any] = {}
    for name in ("Core", "Other", "Rest")[: draw(st.sampled_from([2, 2, 1, 3]))]:
        of = draw(_one_of([(1, st.none()), (1, _conditions(draft)), (2, draft.few(1, 4))]))
        least, more = draw(st.integers(0, 9)), draw(st.integers(0, 4))
        bounds: list[dict[str, int]] = [
            {"at_least": least},
            {"at_least": least, "at_most": least + more},
            {"exactly": least},
        ]
        parts[name] = {**({} if of is None else {"of": of}), **draw(st.sampled_from(bounds))}
    return {"components": {draw(st.sampled_from(draft.measures)): parts}}


@st.composite
def _sums(draw: DrawFn, draft: Draft, planted: Mix) -> dict[str, Any]:
    """Bounds around what the planted mix adds up to, or what only all units, or none, reach."""
    measure = draw(st.sampled_from(draft.measures))
    of = draw(_one_of([(1, st.none()), (2, _conditions(draft)), (1, draft.few(1, 4))]))
    counted = {
        number: int(unit[measure]) for number, unit in draft.units.items() if lets_through(of, unit)
    }
    have = sum(value for number, value in counted.items() if number in planted)
    everything = sum(counted.values())
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
    likely = st.sampled_from(bounds[:5] * 4 + bounds[5:])
    return {measure: {**({} if of is None else {"of": of}), **draw(likely)}}


_KINDS = [_sums, _sums, _sums, _sums, _mandatory, _barred, _requires, _age]
_KINDS += [_together, _implies, _share, _capped, _capped, _choices, _components, _best]


def _conditions(draft: Draft) -> SearchStrategy[dict[str, Any]]:
    buts: list[SearchStrategy[Any]] = [
        draft.few(1, 3),
        st.fixed_dictionaries({"level": st.sampled_from(draft.values("level")).map(int)}),
    ]
    optional: dict[str, SearchStrategy[Any]] = {
        "group": _one_or_more(_group_names(draft.values("group"))),
        "level": st.sampled_from(draft.values("level")).map(int).flatmap(_levels),
        "units": draft.few(1, 4),
    }
    if not draft.plain:
        statuses = ["apl", "taught", "held", ["apl", "exempt"], ["taught", "held"]]
        optional["status"] = st.sampled_from(statuses)
        buts.append(st.fixed_dictionaries({"status": optional["status"]}))
    if draft.imports:
        buts.append(st.fixed_dictionaries({"imported": st.booleans()}))
        optional["imported"] = st.booleans()
    if topics := draft.values("topics"):
        optional["topic"] = _one_or_more(topics)
    optional["any"] = st.lists(st.one_of(buts), min_size=2, max_size=3)
    optional["except"] = st.one_of(buts)
    return st.fixed_dictionaries({}, optional=optional)


def _group_names(paths: list[str]) -> list[str]:
    """What groups and those that they lie in can be called: `A.y.z` is `y.z` and `z`, too."""
    ways = [path.split(".")[:end] for path in paths for end in range(1, path.count(".") + 2)]
    return sorted({".".join(way[start:]) for way in ways for start in range(len(way))})


def _levels(level: int) -> SearchStrategy[Any]:
    """The ways to write a condition that this level meets."""
    around = {"at_least": max(level - 1, 1), "at_most": level + 1}
    others = [[level], [level, level % 4 + 1]] * 2
    bounds = [{"at_least": level}, {"at_most": level}] * 2
    return st.sampled_from([*[level] * 3, *bounds, around, *others])


def _one_or_more(names: Sequence[str]) -> SearchStrategy[Any]:
    """A name alone or in a list, as authors may write either."""
    listed = [list(each) for size in (1, 2) for each in combinations(names, size)]
    return st.sampled_from([*names, *listed])


_WINDOWS: SearchStrategy[dict[str, date]] = st.sampled_from(
    [{bound: day} for day in DATES for bound in ("before", "after", "from", "until", "on")]
    + [{"from": first, "until": last} for first, last in combinations(DATES, 2)]
    + [{"after": first - DAY, "before": last + DAY} for first, last in combinations(DATES, 2)]
)


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
_WHENS: SearchStrategy[dict[str, Any]] = _one_of(
    [(3, _WINDOWS.map(lambda window: {"registered": window})), (2, st.sampled_from(_ASKED))]
)


def _said(draft: Draft) -> SearchStrategy[Said]:
    """Some of what rules may ask, the status of some units, and now and then an imported one."""
    return st.binary(min_size=20, max_size=20).map(partial(_say, draft))


def _say(draft: Draft, drawn: bytes) -> Said:
    names = [*ATTRIBUTES, *FIGURES]
    told = {name: byte // 2 for name, byte in zip(names, drawn, strict=False) if byte % 2}
    attributes = [(n, ATTRIBUTES[n][told[n] % len(ATTRIBUTES[n])]) for n in ATTRIBUTES if n in told]
    figures = [(name, (4, 8, 11, 13)[told[name] % 4]) for name in FIGURES if name in told]
    rows = [{**_row("9001", ("A",) * 3, drawn[4:10]), "topics": ""}] * (
        draft.imports and drawn[3] % 4 < 3
    )
    numbers = [*draft.units, *(row["unit"] for row in rows)]
    statuses = ("", "held", "apl", "exempt")
    given = [
        (number, statuses[byte % 4]) for number, byte in zip(numbers, drawn[10:], strict=False)
    ]
    return Said(
        tuple(attributes),
        tuple(figures),
        tuple(each for each in given if each[1]),
        tuple(tuple((key, row[key]) for key in (*_COLUMNS, "points")) for row in rows),
    )


def _write_units(draft: Draft) -> str:
    """units.csv, with one unit more that stands in no group."""
    extra = draft.measures[3:]
    outside = _row("555", ("A",) * 3, b"\0\1\5\5\1\5")
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
