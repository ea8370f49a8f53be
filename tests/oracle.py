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
from itertools import product
from typing import Any

from nvqplan.solving.either import Either
from nvqplan.solving.linear import Linear
from nvqplan.solving.machine import Machine
from nvqplan.wishes import Wishes

Mix = frozenset[str]

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


def subsets(variables: Iterable[str]) -> list[Mix]:
    """Every subset, the empty one first."""
    mixes: list[Mix] = [frozenset()]
    for variable in variables:
        mixes += [mix | {variable} for mix in mixes]
    return mixes


def machine_holds(machine: Machine, mix: Mix) -> bool:
    if isinstance(machine, Either):
        return any(all(machine_holds(m, mix) for m in each) for each in machine.alternatives)
    assert isinstance(machine, Linear)
    total = sum(weight for variable, weight in machine.weights.items() if variable in mix)
    return (machine.lower is None or total >= machine.lower) and (
        machine.upper is None or total <= machine.upper
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
            for group, numbers in found["groups"].items()
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
        for rule in self.rules:
            read = rule["intended"] if "intended" in rule and rule["id"] in intended else rule
            if aside and ("age" in read or "learner" in read):
                continue
            if applies(rule, day, age, told) and not self._holds(read, mix, age):
                yield rule["id"]

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

    def fits(self, mix: Mix, wishes: Wishes) -> bool:
        """Whether a mix has all that somebody wishes."""
        credits, hours = self.sum_of("credits", mix), self.sum_of("glh", mix)
        least, most = wishes.credits
        return (
            mix.issuperset(wishes.taken + wishes.held)
            and mix.isdisjoint(wishes.left)
            and (wishes.offer is None or mix <= wishes.offer.union(wishes.held))
            and (least is None or credits >= least)
            and (most is None or credits <= most)
            and (wishes.surplus is None or credits - self.total <= wishes.surplus)
            and (wishes.max_glh is None or hours <= wishes.max_glh)
        )

    def sum_of(self, measure: str, mix: Mix, of: Any = None) -> int:
        chosen = [unit for number, unit in self.units.items() if number in mix]
        return sum(int(unit[measure]) for unit in chosen if lets_through(of, unit))

    def _holds(self, rule: Mapping[str, Any], mix: Mix, age: int | None) -> bool:
        if "mandatory" in rule:
            return set(rule["mandatory"]) <= mix
        if "barred" in rule:
            return all(len(mix.intersection(units)) <= 1 for units in rule["barred"])
        if "requires" in rule:
            needs = rule["requires"].items()
            return all(set(needed) <= mix for unit, needed in needs if unit in mix)
        if "age" in rule:
            return age is None or bool(age >= rule["age"]["at_least"])
        if "learner" in rule:
            told = dict(self.said.figures)
            bounds = [(told[n], each) for n, each in rule["learner"].items() if n in told]
            return all(b.get("at_least", f) <= f <= b.get("at_most", f) for f, b in bounds)
        measure = next(key for key in ("credits", "units", "glh", "points") if key in rule)
        wanted = rule[measure]
        have = self.sum_of(measure, mix, wanted.get("of"))
        within = wanted.get("at_least", have) <= have <= wanted.get("at_most", have)
        return bool(within and have == wanted.get("exactly", have))


def lets_through(of: Any, unit: Mapping[str, str]) -> bool:
    """Whether the `of` of a sum counts a unit, given as its row of units.csv and its group."""
    if of is None:
        return True
    if isinstance(of, list):
        return unit["unit"] in of
    return (
        ("group" not in of or unit["group"] in _listed(of["group"]))
        and ("units" not in of or unit["unit"] in of["units"])
        and ("topic" not in of or bool({*unit["topics"].split()} & {*_listed(of["topic"])}))
        and ("level" not in of or _is_at(of["level"], int(unit["level"])))
        and ("status" not in of or unit.get("status", "taught") in _listed(of["status"]))
        and ("imported" not in of or of["imported"] == ("imported" in unit))
    )


def _is_at(asked: Any, level: int) -> bool:
    if isinstance(asked, int):
        return level == asked
    return bool(asked.get("at_least", level) <= level <= asked.get("at_most", level))


def _listed(names: Any) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


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
