"""Plain brute force over all subsets: what the solvers and the rules are held against.

Nothing here calls the code under test. Machines are judged from their weights and bounds alone,
rulebooks from their TOML and CSV text alone.
"""

import csv
import io
import operator
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from nvqplan.solving.allocation import Allocation
from nvqplan.solving.either import Either
from nvqplan.solving.linear import Linear
from nvqplan.solving.machine import Machine
from nvqplan.wishes import Wishes

Mix = frozenset[str]

CHOICES = ("choose", "titles")

DAY = timedelta(days=1)
TODAY = date(2026, 1, 1)
"""Any day will do where no rule names one."""


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

    def __init__(self, units: str, rules: str, id: str | None = None) -> None:
        catalogue = {row["unit"]: row for row in csv.DictReader(io.StringIO(units))}
        listed = tomllib.loads(rules)["qualification"]
        found = next(each for each in listed if id in (None, each["id"]))
        self.total: int = found["credits"]
        self.rules: list[dict[str, Any]] = found["rule"]
        self.units = {
            number: {**catalogue[number], "units": "1", "group": group}
            for group, numbers in found["groups"].items()
            for number in numbers
        }

    def days(self) -> list[date]:
        """Days that stand for all others: each that a rule names, the one before, the one after."""
        named = {day for rule in self.rules for day in _window(rule).values()}
        return sorted(day + step for day in named for step in (-DAY, 0 * DAY, DAY)) or [TODAY]

    def broken(
        self, mix: Mix, day: date, age: int | None, intended: frozenset[str]
    ) -> Iterator[str]:
        """The ids of the rules that the mix breaks for a learner registered on that day."""
        for rule in self.rules:
            read = rule["intended"] if "intended" in rule and rule["id"] in intended else rule
            if _applies(rule, day) and not self._holds(read, mix, age):
                yield rule["id"]

    def is_legal(
        self, mix: Mix, days: Iterable[date], age: int | None, intended: frozenset[str]
    ) -> bool:
        return any(next(self.broken(mix, day, age, intended), None) is None for day in days)

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
        if "components" in rule:
            return self._can_share(mix, rule["components"])
        measure = next(
            key for key in (*CHOICES, "credits", "units", "glh", "points") if key in rule
        )
        wanted = rule[measure]
        if measure in CHOICES:
            have = sum(self._meets(each, mix, age) for each in wanted["of"].values())
        else:
            have = self.sum_of(measure, mix, wanted.get("of"))
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
        return all(self._holds(each, mix, age) for each in listed)


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
    )


def _is_at(asked: Any, level: int) -> bool:
    if isinstance(asked, int):
        return level == asked
    return bool(asked.get("at_least", level) <= level <= asked.get("at_most", level))


def _listed(names: Any) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


def _window(rule: Mapping[str, Any]) -> dict[str, date]:
    return dict(rule.get("when", {}).get("registered", {}))


def _applies(rule: Mapping[str, Any], day: date) -> bool:
    return all(_COMPARE[name](day, bound) for name, bound in _window(rule).items())


_COMPARE: dict[str, Callable[[date, date], bool]] = {
    "before": operator.lt,
    "until": operator.le,
    "on": operator.eq,
    "from": operator.ge,
    "after": operator.gt,
}
