"""Rules of every kind, drawn for units that are known while a random rulebook is being written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Any

from tests.oracle import DAY, Mix, lets_through
from tests.puzzles import HOW_MANY
from tests.tapes import Tape

TOPICS = ("", "sales", "it", "management", "sales it", "it management")


DATES = (date(2017, 7, 1), date(2017, 7, 2), date(2020, 1, 1), date(2020, 1, 31))


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


def draw_rule(draft: Draft, index: int) -> dict[str, Any]:
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


def draw_sum(draft: Draft) -> dict[str, Any]:
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


PLAIN_KINDS: list[Kind] = [_mandatory, _barred, _requires, _age]


ALL_KINDS = [*PLAIN_KINDS, _together, _implies, _share, _capped, _choices, _components, _best]


ALL_KINDS += [_age, _share, _capped, _implies, _learner, _learner]


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
