"""Plain brute force over all subsets: what the solvers and the rules are held against.

Nothing here calls the code under test. Machines are judged from their weights and bounds alone,
rulebooks from their TOML and CSV text alone.
"""

import csv
import io
import operator
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any, NamedTuple

from nvqplan.solving.allocation import Allocation
from nvqplan.solving.either import Either
from nvqplan.solving.linear import Linear
from nvqplan.solving.machine import Machine
from nvqplan.space.wishes import Wishes

Mix = frozenset[str]

CHOICES = ("choose", "titles")

DAY = timedelta(days=1)
TODAY = date(2026, 1, 1)
"""Any day will do where no rule names one."""


AGES = range(14, 20)
"""Every age that rules of rulebooks in tests tell apart."""


@dataclass(frozen=True)
class Said:
    """What is said of a learner beside date and age, and of units, by name or number.

    Each imported unit is a row of units.csv.
    """

    attributes: tuple[tuple[str, str], ...] = ()
    figures: tuple[tuple[str, int], ...] = ()
    statuses: tuple[tuple[str, str], ...] = ()
    imported: tuple[tuple[tuple[str, str], ...], ...] = ()


NOBODY = Said()


class Person(NamedTuple):
    """Somebody whom a learner may be."""

    day: date
    age: int | None
    attributes: tuple[tuple[str, str], ...]


def subsets(variables: Iterable[str]) -> list[Mix]:
    """Every subset, the empty one first."""
    mixes: list[Mix] = [frozenset()]
    for variable in variables:
        mixes += [mix | {variable} for mix in mixes]
    return mixes


def machine_holds(machine: Machine, mix: Mix) -> bool:
    if isinstance(machine, Either):
        holding = [all(machine_holds(m, mix) for m in each) for each in machine.alternatives]
        most = machine.at_most
        return sum(holding) >= machine.at_least and (most is None or sum(holding) <= most)
    if isinstance(machine, Allocation):
        parts = [(each.weights, each.lower, each.upper) for each in machine.components]
        return can_share(sorted(mix), parts)
    assert isinstance(machine, Linear)
    total = sum(weight for variable, weight in machine.weights.items() if variable in mix)
    return (machine.lower is None or total >= machine.lower) and (
        machine.upper is None or total <= machine.upper
    )


Part = tuple[Mapping[str, int], int, int | None]
"""What each unit adds if it is used for the part, the least and the most that it must come to."""


def can_share(units: Sequence[str], parts: Sequence[Part]) -> bool:
    """Whether some way to use each unit for one part, or for none, gives each part enough."""
    sums = {(0,) * len(parts)}
    for unit in units:
        sums |= {
            (*have[:index], have[index] + adds.get(unit, 0), *have[index + 1 :])
            for have in sums
            for index, (adds, _, _) in enumerate(parts)
        }
    return any(
        all(
            least <= total and (most is None or total <= most)
            for total, (_, least, most) in zip(have, parts, strict=True)
        )
        for have in sums
    )


def accepted(machines: Iterable[Machine], variables: Iterable[str]) -> set[Mix]:
    """The subsets on which every machine holds."""
    asked = list(machines)
    return {mix for mix in subsets(variables) if all(machine_holds(m, mix) for m in asked)}


def in_order(mixes: Iterable[Mix], order: Sequence[str]) -> list[Mix]:
    """Of two mixes that one first which takes the first variable in which they differ."""
    digits = {variable: 1 << place for place, variable in enumerate(reversed(order))}
    return sorted(mixes, key=lambda mix: sum(map(digits.__getitem__, mix)), reverse=True)


def minimal_of(mixes: Iterable[Mix]) -> set[Mix]:
    """The mixes that hold no other one."""
    all_mixes = list(mixes)
    return {mix for mix in all_mixes if not any(other < mix for other in all_mixes)}


def rows_of(mixes: Iterable[Mix], order: Sequence[str]) -> bytes:
    """Each mix as a line break and its variables in order, a space between them."""
    rows = [" ".join(v for v in order if v in mix) or '""' for mix in mixes]
    return "".join(f"\n{row}" for row in rows).encode()


class Handbook:
    """One qualification as its files have it, judged by the words of the rules themselves."""

    def __init__(self, units: str, rules: str, id: str | None = None, said: Said = NOBODY) -> None:
        catalogue = {row["unit"]: row for row in csv.DictReader(io.StringIO(units))}
        book = tomllib.loads(rules)
        listed = book["qualification"]
        found = next(each for each in listed if id in (None, each["id"]))
        self.total: int = found["credits"]
        self.rules: list[dict[str, Any]] = found["rule"]
        self.units = {
            number: {**catalogue[number], "units": "1", "group": group}
            for group, numbers in _groups(found["groups"])
            for number in numbers
        }
        self.said = said
        for row in map(dict, self.said.imported):
            group = found["imported"].get("group", "imported")
            self.units[row["unit"]] = {**row, "units": "1", "group": group, "imported": "yes"}
        for number, unit in self.units.items():
            unit["status"] = dict(self.said.statuses).get(number, "taught")
        self.attributes: dict[str, list[str]] = {
            **book.get("attributes", {}),
            **found.get("attributes", {}),
        }
        self.alike = [set(each) for rule in self.rules for each in rule.get("equivalent", [])]

    def size(self) -> tuple[str, int]:
        """The measure of how large a mix is, and the total that surplus is counted from."""
        if self.total:
            return "credits", self.total
        sums = []
        for rule in self.rules:
            for measure, wanted in rule.items():
                if measure in ("credits", "units", "points", "glh"):
                    least = wanted.get("at_least", wanted.get("exactly", 0))
                    width = sum(_may_count(wanted.get("of"), unit) for unit in self.units.values())
                    sums += [(-width, measure, least)] if least else []
        if not sums:
            has_credits = any(int(unit["credits"]) for unit in self.units.values())
            return "credits" if has_credits else "units", 0
        width = min(sums)[0]
        widest = [each[1:] for each in sums if each[0] == width]
        measures = [m for m in ("credits", "units", "points", "glh") if m in dict(widest)]
        totals = [least for measure, least in widest if measure == measures[0]]
        return measures[0], min(totals) if -width == len(self.units) else 0

    def days(self) -> list[date]:
        """Days that stand for all others: each that a rule names, the one before, the one after."""
        named = {day for rule in self.rules for day in window(rule).values()}
        return sorted(day + step for day in named for step in (-DAY, 0 * DAY, DAY)) or [TODAY]

    def people(self, age: int | None) -> list[tuple[int | None, dict[str, str]]]:
        """Everybody whom the learner may be: ages, and values of all attributes."""
        asks_age = any("age" in rule.get("when", {}) for rule in self.rules)
        ages = AGES if age is None and asks_age else [age]
        told = dict(self.said.attributes)
        values = [[told[name]] if name in told else self.attributes[name] for name in self._asked()]
        return [
            (each, dict(zip(self._asked(), chosen, strict=True)))
            for each in ages
            for chosen in product(*values)
        ]

    def _asked(self) -> list[str]:
        return sorted({n for r in self.rules for n in r.get("when", {}) if n in self.attributes})

    def broken(
        self,
        mix: Mix,
        day: date,
        age: int | None,
        intended: frozenset[str],
        attributes: Mapping[str, str] | None = None,
        *,
        aside: bool = False,
    ) -> Iterator[str]:
        """The ids of the rules that the mix breaks for a learner registered on that day.

        What is asked of the learner alone may be left `aside`.
        """
        told = dict(self.said.attributes) if attributes is None else attributes
        for place, read in self._asks(day, age, intended, told, aside=aside):
            if not self.meets(read, mix, age):
                yield self.rules[place]["id"]

    def _asks(
        self,
        day: date,
        age: int | None,
        intended: frozenset[str],
        told: Mapping[str, str],
        *,
        aside: bool,
    ) -> Iterator[tuple[int, dict[str, Any]]]:
        """Every rule that applies, by its place and as it is read."""
        for place, rule in enumerate(self.rules):
            read = rule["intended"] if "intended" in rule and rule["id"] in intended else rule
            is_aside = aside and ("age" in read or "learner" in read)
            if not is_aside and applies(rule, day, age, told):
                yield place, read

    def is_legal(
        self,
        mix: Mix,
        days: Iterable[date],
        age: int | None,
        intended: frozenset[str],
        *,
        aside: bool = False,
    ) -> bool:
        return any(
            next(self.broken(mix, day, each, intended, attributes, aside=aside), None) is None
            for day in days
            for each, attributes in self.people(age)
        )

    def meeting(
        self,
        days: Iterable[date],
        age: int | None,
        intended: frozenset[str],
        *,
        aside: bool = False,
    ) -> Iterator[tuple[Person, dict[int, set[Mix]]]]:
        """Whoever the learner may be, and which mixes meet each rule that applies, by its place."""
        every = subsets(self.units)
        hang_on_age = {n for n, rule in enumerate(self.rules) if "'age'" in str(rule)}
        known: dict[tuple[int, int | None], set[Mix]] = {}
        for day in days:
            for each, told in self.people(age):
                meeting = {}
                for place, read in self._asks(day, each, intended, told, aside=aside):
                    key = place, each if place in hang_on_age else None
                    if key not in known:
                        known[key] = {mix for mix in every if self.meets(read, mix, each)}
                    meeting[place] = known[key]
                yield Person(day, each, tuple(told.items())), meeting

    def verdicts(
        self,
        days: Iterable[date],
        age: int | None,
        intended: frozenset[str],
        *,
        aside: bool = False,
    ) -> dict[Person, set[Mix]]:
        """All mixes that are legal for each kind of learner, rule by rule."""
        every = set(subsets(self.units))
        alike: dict[tuple[int, ...], set[Mix]] = {}
        verdicts = {}
        for person, meeting in list(self.meeting(days, age, intended, aside=aside)):
            key = tuple(map(id, meeting.values()))
            if key not in alike:
                alike[key] = every.intersection(*meeting.values())
            verdicts[person] = alike[key]
        return verdicts

    def broken_alone(
        self, days: Iterable[date], age: int | None, intended: frozenset[str]
    ) -> set[str]:
        """The rules that some mix breaks and no other one with them, for some kind of learner."""
        every, told, alone = set(subsets(self.units)), set(), set()
        for _, meeting in list(self.meeting(days, age, intended)):
            key = tuple(map(id, meeting.values()))
            for place, own in meeting.items() if key not in told else ():
                others = (each for other, each in meeting.items() if other != place)
                if every.intersection(*others) - own:
                    alone.add(self.rules[place]["id"])
            told.add(key)
        return alone

    def legal(
        self,
        days: Iterable[date],
        age: int | None,
        intended: frozenset[str],
        *,
        aside: bool = False,
    ) -> set[Mix]:
        """All mixes that are legal for one of those whom the learner may be."""
        return set().union(*self.verdicts(days, age, intended, aside=aside).values())

    def fits(self, mix: Mix, wishes: Wishes) -> bool:
        """Whether a mix has all that somebody wishes."""
        credits, hours = self.sum_of("credits", mix), self.sum_of("glh", mix)
        least, most = wishes.credits
        measure, total = self.size()
        return (
            mix.issuperset(wishes.taken + wishes.held)
            and mix.isdisjoint(wishes.left)
            and (wishes.offer is None or mix <= wishes.offer.union(wishes.held))
            and (least is None or credits >= least)
            and (most is None or credits <= most)
            and (wishes.surplus is None or self.sum_of(measure, mix) - total <= wishes.surplus)
            and (wishes.max_glh is None or hours <= wishes.max_glh)
        )

    def sum_of(self, measure: str, mix: Mix, of: Any = None) -> int:
        chosen = [unit for number, unit in self.units.items() if number in mix]
        return sum(int(unit[measure]) for unit in chosen if lets_through(of, unit))

    def meets(self, rule: Mapping[str, Any], mix: Mix, age: int | None = None) -> bool:
        """Whether a mix, or somebody of that age, meets a rule that applies."""
        key = next(
            key
            for key in (
                *self._judges,
                *CHOICES,
                "age",
                "learner",
                "credits",
                "units",
                "glh",
                "points",
            )
            if key in rule
        )
        if key in self._judges:
            return self._judges[key](rule[key], mix)
        if key == "age":
            return age is None or bool(age >= rule["age"]["at_least"])
        if key == "learner":
            told = dict(self.said.figures)
            bounds = [(told[n], each) for n, each in rule["learner"].items() if n in told]
            return all(b.get("at_least", f) <= f <= b.get("at_most", f) for f, b in bounds)
        if key in CHOICES:
            wanted = rule[key]
            have = sum(self._meets(each, mix, age) for each in wanted["of"].values())
            within = wanted.get("at_least", have) <= have <= wanted.get("at_most", have)
            return bool(within and have == wanted.get("exactly", have))
        return self._is_within(key, rule[key], mix)

    def _is_best(self, best: Mapping[str, Any], mix: Mix) -> bool:
        ((measure, wanted),) = best.items()
        inside = self._inside(mix, wanted.get("of"))
        have = self.sum_of(measure, inside.difference(*wanted["families"]))
        for family in wanted["families"]:
            each = [int(self.units[number][measure]) for number in inside.intersection(family)]
            have += max(each, default=0)
        within = wanted.get("at_least", have) <= have <= wanted.get("at_most", have)
        return bool(within and have == wanted.get("exactly", have))

    def _can_share(self, mix: Mix, components: Mapping[str, Any]) -> bool:
        ((measure, parts),) = components.items()
        told = [
            (
                {
                    n: int(u[measure])
                    for n, u in self.units.items()
                    if lets_through(part.get("of"), u)
                },
                part.get("at_least", part.get("exactly")),
                part.get("at_most", part.get("exactly")),
            )
            for part in parts.values()
        ]
        return can_share(sorted(mix & self.units.keys()), told)

    def _meets(self, conditions: Any, mix: Mix, age: int | None) -> bool:
        """Whether a mix meets an alternative: one condition, or all of several."""
        listed = conditions if isinstance(conditions, list) else [conditions]
        return all(self.meets(each, mix, age) for each in listed)

    @cached_property
    def _judges(self) -> dict[str, Callable[[Any, Mix], bool]]:
        return {
            "mandatory": self._is_all,
            "barred": lambda sets, mix: all(self._how_many(each, mix) <= 1 for each in sets),
            "equivalent": lambda sets, mix: all(len(mix.intersection(n)) <= 1 for n in sets),
            "requires": lambda needs, mix: all(
                self._is_all(needs[unit], mix) for unit in needs if self._has(unit, mix)
            ),
            "together": lambda sets, mix: all(
                self._how_many(each, mix) in (0, len(each)) for each in sets
            ),
            "implies": lambda implied, mix: all(self._follows(each, mix) for each in implied),
            "share": self._is_share,
            "components": lambda components, mix: self._can_share(mix, components),
            "best": self._is_best,
        }

    def _is_within(self, measure: str, wanted: Mapping[str, Any], mix: Mix) -> bool:
        have = self.counted(measure, wanted, mix)
        within = wanted.get("at_least", have) <= have <= wanted.get("at_most", have)
        return bool(within and have == wanted.get("exactly", have))

    def counted(self, measure: str, wanted: Mapping[str, Any], mix: Mix) -> int:
        """What a mix has of a sum, less what is past the caps on parts of it."""
        inside = self._inside(mix, wanted.get("of"))
        past = (
            max(self.sum_of(measure, inside, cap["of"]) - int(cap["at_most"]), 0)
            for cap in wanted.get("counting", [])
        )
        return self.sum_of(measure, inside) - sum(past)

    def part_and_whole(self, share: Mapping[str, Any], mix: Mix) -> tuple[int, int]:
        measure, inside = share.get("measure", "credits"), self._inside(mix, share.get("in"))
        return self.sum_of(measure, inside, share["of"]), self.sum_of(measure, inside)

    def _inside(self, mix: Mix, of: Any) -> Mix:
        return frozenset(n for n in mix if n in self.units and lets_through(of, self.units[n]))

    def _is_all(self, asked: Iterable[Any], mix: Mix) -> bool:
        return all(self._has(each, mix) for each in asked)

    def _has(self, asked: Any, mix: Mix) -> bool:
        """Whether a unit is in the mix under any of its numbers, or one of a list of units."""
        if isinstance(asked, list):
            return any(self._has(each, mix) for each in asked)
        return asked in mix or any(asked in each and each & mix for each in self.alike)

    def _how_many(self, asked: Iterable[Any], mix: Mix) -> int:
        return sum(self._has(each, mix) for each in asked)

    def _follows(self, implied: Mapping[str, Any], mix: Mix) -> bool:
        """If all of the one is there, so much of the other is."""
        needed = implied.get("at_least", len(implied["then"]))
        return not self._is_all(implied["if"], mix) or bool(
            self._how_many(implied["then"], mix) >= needed
        )

    def _is_share(self, share: Mapping[str, Any], mix: Mix) -> bool:
        """Fractions, as a person would reckon; nothing of nothing is any share."""
        part, whole = self.part_and_whole(share, mix)
        least, most = _fraction(share.get("at_least", 0)), _fraction(share.get("at_most", 100))
        return not whole or least <= Fraction(part, whole) <= most


def _fraction(written: Any) -> Fraction:
    return Fraction(written) if isinstance(written, str) else Fraction(written, 100)


def _groups(groups: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, list[str]]]:
    """Each group that lists units, as the names that lead to it, joined by dots."""
    for name, inside in groups.items():
        if isinstance(inside, dict):
            yield from _groups(inside, f"{above}{name}.")
        else:
            yield above + name, inside


def _is_in_group(path: str, asked: str) -> bool:
    """Whether a group, or one that it lies in, is called so: `B1` and `B.B1` are the same."""
    names = path.split(".")
    above = (names[: end + 1] for end in range(len(names)))
    return any(f".{'.'.join(each)}".endswith(f".{asked}") for each in above)


def lets_through(of: Any, unit: Mapping[str, str]) -> bool:
    """Whether the `of` of a sum counts a unit, given as its row of units.csv and its group."""
    if of is None:
        return True
    if isinstance(of, list):
        return unit["unit"] in of
    return (
        ("group" not in of or any(_is_in_group(unit["group"], g) for g in _listed(of["group"])))
        and ("units" not in of or unit["unit"] in of["units"])
        and ("topic" not in of or bool({*unit["topics"].split()} & {*_listed(of["topic"])}))
        and ("level" not in of or _is_at(of["level"], int(unit["level"])))
        and ("status" not in of or unit.get("status", "taught") in _listed(of["status"]))
        and ("imported" not in of or of["imported"] == ("imported" in unit))
        and ("except" not in of or not lets_through(of["except"], unit))
        and ("any" not in of or any(lets_through(each, unit) for each in of["any"]))
    )


def _may_count(of: Any, unit: Mapping[str, str]) -> bool:
    """The same, however the unit is achieved."""
    statuses = ("taught", "held", "apl", "exempt")
    return any(lets_through(of, {**unit, "status": status}) for status in statuses)


def _is_at(asked: Any, level: int) -> bool:
    if isinstance(asked, int):
        return level == asked
    if isinstance(asked, list):
        return level in asked
    return bool(asked.get("at_least", level) <= level <= asked.get("at_most", level))


def _listed(names: Any) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


def keys(written: Any) -> Iterator[str]:
    """Every key at any depth."""
    if isinstance(written, dict):
        yield from written
    if isinstance(written, dict | list):
        for each in written.values() if isinstance(written, dict) else written:
            yield from keys(each)


def window(rule: Mapping[str, Any]) -> dict[str, date]:
    return dict(rule.get("when", {}).get("registered", {}))


def applies(
    rule: Mapping[str, Any], day: date, age: int | None, attributes: Mapping[str, str]
) -> bool:
    """Whether a rule is for a learner of whom all is known that it asks."""
    when = dict(rule.get("when", {}))
    ages = when.pop("age", {})
    when.pop("registered", None)
    return (
        all(_COMPARE[name](day, bound) for name, bound in window(rule).items())
        and ("at_least" not in ages or (age is not None and age >= ages["at_least"]))
        and ("at_most" not in ages or (age is not None and age <= ages["at_most"]))
        and all(attributes[name] in _listed(values) for name, values in when.items())
    )


_COMPARE: dict[str, Callable[[date, date], bool]] = {
    "before": operator.lt,
    "until": operator.le,
    "on": operator.eq,
    "from": operator.ge,
    "after": operator.gt,
}
