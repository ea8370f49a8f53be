"""Sums over units: `credits = { of = { group = "B" }, at_least = 12 }`.

The measure is credits, units, glh or any numeric column of the catalogue.
"""

from typing import ClassVar, Self

from nvqplan.fields import as_mapping, as_names
from nvqplan.findings import Findings, Located
from nvqplan.rules.filters import Filter, parse_filter
from nvqplan.rules.kind import parse_bounds, say_bounds
from nvqplan.rules.learner import Learner
from nvqplan.rules.outcome import Outcome
from nvqplan.solving.linear import Linear
from nvqplan.units import Offering


class Sum:
    """A measure summed over the units of the mix that a filter lets through, within bounds."""

    code: ClassVar[str] = "NVQ301"

    def __init__(self, measure: str, of: Filter, at_least: int | None, at_most: int | None) -> None:
        self.measure = measure
        self.of = of
        self.at_least = at_least
        self.at_most = at_most
        self._last: tuple[Offering, dict[str, int]] | None = None

    @classmethod
    def keys(cls, offering: Offering) -> tuple[str, ...]:
        return offering.measures

    @classmethod
    def parse(cls, key: str, node: Located, offering: Offering, found: Findings) -> Self:
        members = as_mapping(node, key, found)
        least, most = parse_bounds(members, node, key, ("of", "absent"), found)
        _check_absent(members.get("absent"), offering, found)
        of = parse_filter(members.get("of"), offering, found)
        return cls(key, of, least, most)

    def machines(self, name: str, offering: Offering, learner: Learner) -> tuple[Linear, ...]:
        return (Linear(name, self._weights(offering), self.at_least, self.at_most),)

    def outcomes(
        self, offering: Offering, learner: Learner, mix: frozenset[str]
    ) -> tuple[Outcome, ...]:
        weights = self._weights(offering)
        counted = tuple([number for number in weights if number in mix])
        have = sum([weights[number] for number in counted])
        return (Outcome(self.measure, have, self.at_least, self.at_most, counted),)

    def _weights(self, offering: Offering) -> dict[str, int]:
        """What each unit that counts adds; kept for the offering that is asked about again."""
        if self._last is None or self._last[0] is not offering:
            units, counted = offering.units, self.of.select(offering)
            self._last = offering, {each: units[each].measure(self.measure) for each in counted}
        return self._last[1]

    def figures(self) -> str:
        return f"{say_bounds(self.at_least, self.at_most)} {self.measure} of {self.of}"

    def role(self, unit: str, offering: Offering) -> str:
        added = self._weights(offering).get(unit, 0)
        if not added:
            return ""
        if self.at_most is not None and added > self.at_most:
            return "cannot be in the mix"
        measure = "GLH" if self.measure == "glh" else self.measure
        return "counts" if measure == "units" else f"adds {added} {measure}"


def _check_absent(node: Located | None, offering: Offering, found: Findings) -> None:
    """Units that the print names and no table holds weigh nothing, and must really be absent."""
    if node is None:
        return
    for each in as_names(node, "absent", found):
        if each.text in offering.units:
            found.add(each, "NVQ401", f"unit '{each.text}' is said to be absent, but has a group")
