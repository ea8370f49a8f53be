"""Families: `best = { credits = { families = [["301", "302"]], at_least = 20 } }`.

Of each family of units only the best one counts. With weights that are never negative,
`rest + max(a, b)` reaches a bound just where `rest + a` or `rest + b` does: a choice among plain
sums, one for each way to pick one unit of each family. It keeps under a bound just where both do,
so that a maximum is all of these sums together.
"""

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod
from typing import ClassVar

from nvqplan.core.records import Key, Members
from nvqplan.core.shapes import Shape, Spot, list_of
from nvqplan.core.units import Mix, Offering
from nvqplan.rules.entries import units_in
from nvqplan.rules.filters import Filter, filter_in
from nvqplan.rules.kind import Kind, bounded, bounds_of, of_one_measure, say_bounds
from nvqplan.rules.learner import Learner, Range
from nvqplan.rules.outcome import Beyond, Outcome
from nvqplan.solving.either import Either
from nvqplan.solving.linear import Linear
from nvqplan.solving.machine import Machine

MOST_PICKS = 64
"""In no more ways may one unit of each family be picked: each of them is a sum."""


UnitFamilies = tuple[tuple[str, ...], ...]
"""Units of each of which only the best one counts."""


class Best(Kind):
    """A measure summed over units, of each family only its best, within bounds."""

    code: ClassVar[str] = "NVQ313"
    described: ClassVar[str] = "A sum to which, of each family of units, only the best one adds."

    def __init__(self, measure: str, of: Filter, families: UnitFamilies, bounds: Range) -> None:
        self.measure = measure
        self.of = of
        self.families = families
        self.at_least, self.at_most = bounds

    @classmethod
    def shape(cls, key: str, offering: Offering) -> Shape["Best"]:
        of = Key("of", filter_in(offering))
        lists = "'best' needs 'families', lists of units"
        families = Key("families", _families_in(offering), needed=True, missing=lists)

        def make(said: tuple[str, Members | None]) -> Best:
            measure, members = said
            if members is None:
                return cls(measure, Filter(), (), (None, None))
            bounds = bounds_of(members)
            return cls(measure, members.get(of, Filter()), members.get(families, ()), bounds)

        return of_one_measure(bounded(of, families), offering).into(make)

    def machines(self, name: str, offering: Offering, learner: Learner) -> tuple[Machine, ...]:
        sums = list(self._sums(offering, learner))
        low, high = self.at_least, self.at_most
        least = tuple((Linear(name, weights, lower=low),) for weights in sums)
        most = (Linear(name, weights, upper=high) for weights in sums if high is not None)
        return (*(() if low is None else (Either(name, least),)), *most)

    def outcomes(self, offering: Offering, learner: Learner, mix: Mix) -> tuple[Outcome, ...]:
        weights = self.of.weigh(self.measure, offering, learner)
        adds = {unit: weight for unit, weight in weights.items() if unit in mix}
        beyond = []
        for family in self.families:
            present = [unit for unit in family if unit in adds]
            best = max(present, key=adds.__getitem__, default="")
            others = [unit for unit in present if unit != best]
            if passed := sum(adds.pop(unit) for unit in others):
                beyond.append(Beyond(", ".join(others), passed))
        have, low, high = sum(adds.values()), self.at_least, self.at_most
        return (Outcome(self.measure, have, low, high, tuple(adds), beyond=tuple(beyond)),)

    def figures(self) -> str:
        families = "; ".join(", ".join(family) for family in self.families)
        bounds = say_bounds(self.at_least, self.at_most)
        return f"{bounds} {self.measure} of {self.of}, counting only the best of {families}"

    def role(self, unit: str, offering: Offering) -> str:
        added = self.of.weigh(self.measure, offering).get(unit, 0)
        if not added:
            return ""
        others = [
            other for family in self.families if unit in family for other in family if other != unit
        ]
        better = f", or the better of it and {', '.join(others)}" if others else ""
        return f"adds {added} {self.measure}{better}"

    def _sums(self, offering: Offering, learner: Learner) -> Iterator[Mapping[str, int]]:
        """What each unit adds, for every way to pick one unit of each family."""
        weights = self.of.weigh(self.measure, offering, learner)
        in_families = {unit for family in self.families for unit in family}
        for picked in product(*self.families):
            yield {
                unit: weight
                for unit, weight in weights.items()
                if unit not in in_families or unit in picked
            }


def _families_in(offering: Offering) -> Shape[UnitFamilies]:
    """Families of at least two units, none of them in two."""
    family = units_in(offering).at_least(2, "{what} names at least two units")
    families = list_of(family, "a family").at_least(1, "'{what}' names no unit")
    return families.made(_check_families)


def _check_families(families: UnitFamilies, at: Spot) -> UnitFamilies:
    problems = len(at.found)
    seen: set[str] = set()
    for node, units in zip(at.node.members, families, strict=True):
        for unit in units:
            if unit in seen:
                at.tell(f"unit '{unit}' is in two families", at=node)
        seen.update(units)
    ways = prod(map(len, families))
    if len(at.found) == problems and ways > MOST_PICKS:
        at.tell(f"there are {ways} ways to pick one unit of each family, more than {MOST_PICKS}")
    return families
