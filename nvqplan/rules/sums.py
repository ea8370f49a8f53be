"""Sums over units: `credits = { of = { group = "B" }, at_least = 12 }`.

The measure is credits, units, glh or any numeric column of the catalogue.
"""

from functools import partial
from typing import ClassVar, NamedTuple

from nvqplan.core.atoms import NAME
from nvqplan.core.findings import Located
from nvqplan.core.records import Key, Members
from nvqplan.core.shapes import Shape, Spot, list_of
from nvqplan.core.units import Mix, Offering
from nvqplan.rules.counting import (
    Cap,
    SumView,
    Weighed,
    at_least_counted,
    caps_in,
    check_parts,
    count_up,
)
from nvqplan.rules.filters import Filter, Statuses, filter_in
from nvqplan.rules.kind import BOUNDS, Kind, UnitTable, bounded, bounds_of, say_bounds
from nvqplan.rules.learner import AT_LEAST, Learner
from nvqplan.rules.outcome import Outcome
from nvqplan.solving.linear import Linear

COUNTING = "counting"


class _WeighedSum(NamedTuple):
    """What was weighed last, and for whom that is so."""

    offering: Offering
    statuses: Statuses | None
    weighed: Weighed


class Sum(Kind):
    """A measure summed over the units of the mix that a filter lets through, within bounds."""

    code: ClassVar[str] = "NVQ301"
    as_sum: SumView

    def __init__(
        self,
        measure: str,
        of: Filter,
        at_least: int | None,
        at_most: int | None,
        caps: tuple[Cap, ...] = (),
    ) -> None:
        self.measure = measure
        self.as_sum = SumView(measure, of, at_least, at_most, caps)
        self.is_certifiable = of.is_by_hand and not caps
        self._asks_status = self.as_sum.asks_status
        self._last: _WeighedSum | None = None

    @classmethod
    def shape(cls, key: str, offering: Offering) -> Shape["Sum"]:
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
            return cls(at.what, counted, *bounds_of(members), caps)

        alone = {"required": ["at_least"], "properties": {"at_most": False}}
        made = bounded(of, absent, counting).made(make)
        return made.stating(
            description="A measure summed over units, within bounds.",
            dependentSchemas={COUNTING: alone},
        )

    def machines(self, name: str, offering: Offering, learner: Learner) -> tuple[Linear, ...]:
        weighed, least = self._weigh(offering, learner), self.as_sum.at_least
        if not weighed.parts or least is None:
            return (Linear(name, weighed.weights, least, self.as_sum.at_most),)
        return tuple(at_least_counted(name, weighed, least))

    def outcomes(self, offering: Offering, learner: Learner, mix: Mix) -> tuple[Outcome, ...]:
        weighed, least = self._weigh(offering, learner), self.as_sum.at_least
        if not weighed.parts:
            weights = weighed.weights
            counted = tuple([number for number in weights if number in mix])
            have = sum([weights[number] for number in counted])
            return (Outcome(self.measure, have, least, self.as_sum.at_most, counted),)
        amounts, beyond = count_up(weighed, mix)
        adds = tuple(amounts.values())
        outcome = Outcome(self.measure, sum(adds), least, counted=tuple(amounts))
        return (outcome._replace(counted_as=adds, beyond=beyond),)

    def _weigh(self, offering: Offering, learner: Learner | None) -> Weighed:
        """Find what counts for a learner, or for any; the answer is kept for the next question."""
        statuses = learner.statuses if learner is not None and self._asks_status else None
        last = self._last
        if last is None or last.offering is not offering or last.statuses != statuses:
            self._last = last = _WeighedSum(
                offering, statuses, self.as_sum.weigh(offering, learner)
            )
        return last.weighed

    def figures(self) -> str:
        summed = self.as_sum
        counting = "".join(f", counting {cap}" for cap in summed.caps)
        bounds = say_bounds(summed.at_least, summed.at_most)
        return f"{bounds} {self.measure} of {summed.of}{counting}"

    def role(self, unit: str, offering: Offering) -> str:
        weighed, most = self._weigh(offering, None), self.as_sum.at_most
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
        table = super().unit_table(offering)
        return table._replace(rows=()) if self.as_sum.of == Filter() else table


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
