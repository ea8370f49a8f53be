"""Sums over units: `credits = { of = { group = "B" }, at_least = 12 }`.

The measure is credits, units, glh or any numeric column of the catalogue.
"""

from functools import lru_cache, partial
from typing import ClassVar

from nvqplan.core.atoms import NAME
from nvqplan.core.findings import Located
from nvqplan.core.records import Key, Members
from nvqplan.core.shapes import Shape, Spot, list_of
from nvqplan.core.units import Mix, Offering
from nvqplan.rules.counting import Cap, SumView, at_least_counted, caps_in, check_parts, count_up
from nvqplan.rules.filters import Filter, Kept, filter_in
from nvqplan.rules.kind import BOUNDS, Kind, UnitTable, bounded, bounds_of, say_bounds
from nvqplan.rules.learner import AT_LEAST, Learner, Range
from nvqplan.rules.outcome import Outcome
from nvqplan.solving.linear import Linear

COUNTING = "counting"


class Sum(Kind):
    """A measure summed over the units of the mix that a filter lets through, within bounds."""

    code: ClassVar[str] = "NVQ301"
    described: ClassVar[str] = "A measure summed over units, within bounds."
    as_sum: SumView

    def __init__(self, measure: str, of: Filter, bounds: Range, caps: tuple[Cap, ...]) -> None:
        self.measure = measure
        self.as_sum = SumView(measure, of, *bounds, caps)
        self.is_certifiable = of.is_by_hand and not caps
        self._weighed = Kept((of, *[cap.of for cap in caps]), self.as_sum.weigh)

    @classmethod
    def shape(cls, key: str, offering: Offering) -> Shape["Sum"]:
        return _sum_in(offering)

    def machines(self, name: str, offering: Offering, learner: Learner) -> tuple[Linear, ...]:
        weighed, least = self._weighed.get(offering, learner), self.as_sum.at_least
        if not weighed.parts or least is None:
            return (Linear(name, weighed.weights, least, self.as_sum.at_most),)
        return tuple(at_least_counted(name, weighed, least))

    def outcomes(self, offering: Offering, learner: Learner, mix: Mix) -> tuple[Outcome, ...]:
        weighed, least = self._weighed.get(offering, learner), self.as_sum.at_least
        if not weighed.parts:
            weights = weighed.weights
            counted = tuple([number for number in weights if number in mix])
            have = sum([weights[number] for number in counted])
            return (Outcome(self.measure, have, least, self.as_sum.at_most, counted),)
        amounts, beyond = count_up(weighed, mix)
        adds = tuple(amounts.values())
        outcome = Outcome(self.measure, sum(adds), least, counted=tuple(amounts))
        return (outcome._replace(counted_as=adds, beyond=beyond),)

    def figures(self) -> str:
        summed = self.as_sum
        counting = "".join(f", counting {cap}" for cap in summed.caps)
        bounds = say_bounds(summed.at_least, summed.at_most)
        return f"{bounds} {self.measure} of {summed.of}{counting}"

    def role(self, unit: str, offering: Offering) -> str:
        weighed, most = self._weighed.get(offering, None), self.as_sum.at_most
        added, statuses = weighed.weights.get(unit, 0), self.as_sum.of.statuses
        if not added:
            return ""
        status = "" if statuses is None else f" where {' or '.join(statuses)}"
        if most is not None and added > most:
            return f"cannot be in the mix{status}"
        measure = "GLH" if self.measure == "glh" else self.measure
        adds = "counts" if measure == "units" else f"adds {added} {measure}"
        capped = [f", counting {cap}" for units, cap in weighed.parts if unit in units]
        return "".join((adds, status, *capped))

    def unit_table(self, offering: Offering) -> UnitTable:
        """Which units it counts; none where it counts them all."""
        head, rows = super().unit_table(offering)
        return head, () if self.as_sum.of == Filter() else rows


@lru_cache(8)
def _sum_in(offering: Offering) -> Shape[Sum]:
    """How sums are written, which is alike for all measures."""
    of = Key("of", filter_in(offering))
    absent = Key("absent", list_of(NAME).made(partial(_check_absent, offering)))
    counting = Key(COUNTING, caps_in(offering))

    def make(members: Members, at: Spot) -> Sum:
        counted, caps = members.get(of, Filter()), members.get(counting, ())
        if members.has(counting):
            inside = at._replace(node=members.nodes[COUNTING])
            if COUNTING not in members.faulty:
                check_parts(inside, caps, counted, offering)
            if [each for each in BOUNDS if members.has(each)] != [AT_LEAST]:
                inside.tell("counting goes with at_least alone", _WHY_AT_LEAST)
        return Sum(at.what, counted, bounds_of(members), caps)

    alone = {"required": ["at_least"], "properties": {"at_most": False}}
    return bounded(of, absent, counting).made(make).stating(dependentSchemas={COUNTING: alone})


_WHY_AT_LEAST = (
    "what counts at most is the least of what there is and the cap, and a maximum over that is no "
    "sum; write the maximum as a rule of its own, without counting"
)


def _check_absent(offering: Offering, names: tuple[Located, ...], at: Spot) -> tuple[Located, ...]:
    """Units that the print names and no table holds weigh nothing, and must really be absent."""
    for each in names:
        if each.text in offering.units:
            at.tell(f"unit '{each.text}' is said to be {at.what}, but has a group", at=each)
    return names
