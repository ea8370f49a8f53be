"""Sums over units: `credits = { of = { group = "B" }, at_least = 12 }`.

The measure is credits, units, glh or any numeric column of the catalogue.
"""

from collections.abc import Mapping
from functools import partial
from typing import ClassVar, NamedTuple

from nvqplan.core.atoms import NAME
from nvqplan.core.findings import Located
from nvqplan.core.records import Key, Members
from nvqplan.core.shapes import Shape, Spot, list_of
from nvqplan.core.units import Offering
from nvqplan.rules.counting import (
    Cap,
    CappedUnits,
    at_least_counted,
    caps_in,
    check_parts,
    count_up,
    parts_of,
)
from nvqplan.rules.filters import Filter, Statuses, filter_in
from nvqplan.rules.kind import BOUNDS, bounded, bounds_of, say_bounds
from nvqplan.rules.learner import AT_LEAST, Learner
from nvqplan.rules.outcome import Outcome
from nvqplan.solving.linear import Linear

COUNTING = "counting"


class _Weighed(NamedTuple):
    """What each unit that counts adds, and up to where, and for whom that is so."""

    offering: Offering
    statuses: Statuses | None
    weights: dict[str, int]
    parts: tuple[CappedUnits, ...]


class Sum:
    """A measure summed over the units of the mix that a filter lets through, within bounds.

    `caps` are of units that count up to so much only.
    """

    code: ClassVar[str] = "NVQ301"

    def __init__(
        self,
        measure: str,
        of: Filter,
        at_least: int | None,
        at_most: int | None,
        caps: tuple[Cap, ...] = (),
    ) -> None:
        self.measure = measure
        self.of = of
        self.at_least = at_least
        self.at_most = at_most
        self.caps = caps
        self._asks_status = any(each.asks_status for each in (of, *[cap.of for cap in caps]))
        self._last: _Weighed | None = None

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
        weights, parts = self._counting(offering, learner)
        if not parts or self.at_least is None:
            return (Linear(name, weights, self.at_least, self.at_most),)
        return tuple(at_least_counted(name, weights, parts, self.at_least))

    def outcomes(
        self, offering: Offering, learner: Learner, mix: frozenset[str]
    ) -> tuple[Outcome, ...]:
        weights, parts = self._counting(offering, learner)
        if parts:
            return (self._capped(weights, parts, mix),)
        counted = tuple([number for number in weights if number in mix])
        have = sum([weights[number] for number in counted])
        return (Outcome(self.measure, have, self.at_least, self.at_most, counted),)

    def _capped(
        self, weights: Mapping[str, int], parts: tuple[CappedUnits, ...], mix: frozenset[str]
    ) -> Outcome:
        amounts, beyond = count_up(weights, parts, mix)
        return Outcome(
            self.measure,
            sum(amounts.values()),
            self.at_least,
            counted=tuple(amounts),
            counted_as=tuple(amounts.values()),
            beyond=beyond,
        )

    def reaching(self, least: int) -> "Sum":
        """The same sum, to be at least so much."""
        return Sum(self.measure, self.of, least, None, self.caps)

    def _counting(
        self, offering: Offering, learner: Learner | None
    ) -> tuple[dict[str, int], tuple[CappedUnits, ...]]:
        """What each unit that counts adds, and up to where; kept for who is asked about again.

        Where a filter asks for a status, it is of a learner, or of any, where there is none.
        """
        statuses = learner.statuses if learner is not None and self._asks_status else None
        last = self._last
        if last is None or last.offering is not offering or last.statuses != statuses:
            units, counted = offering.units, self.of.select(offering, learner)
            weights = {each: units[each].measure(self.measure) for each in counted}
            parts = parts_of(self.caps, offering, learner)
            self._last = last = _Weighed(offering, statuses, weights, parts)
        return last.weights, last.parts

    def figures(self) -> str:
        caps = "".join(f", counting {cap}" for cap in self.caps)
        return f"{say_bounds(self.at_least, self.at_most)} {self.measure} of {self.of}{caps}"

    def role(self, unit: str, offering: Offering) -> str:
        weights, parts = self._counting(offering, None)
        added = weights.get(unit, 0)
        if not added:
            return ""
        status = "" if self.of.statuses is None else f" where {' or '.join(self.of.statuses)}"
        if self.at_most is not None and added > self.at_most:
            return f"cannot be in the mix{status}"
        measure = "GLH" if self.measure == "glh" else self.measure
        told = ("counts" if measure == "units" else f"adds {added} {measure}") + status
        capped = [f", counting {cap}" for units, cap in parts if unit in units]
        return "".join((told, *capped))


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
