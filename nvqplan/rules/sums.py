"""Sums over units: `credits = { of = { group = "B" }, at_least = 12 }`.

The measure is credits, units, glh or any numeric column of the catalogue.
"""

from typing import ClassVar, Self

from nvqplan.fields import as_mapping, as_names, as_whole, check_known
from nvqplan.findings import Findings, Located
from nvqplan.rules.filters import Filter, parse_filter
from nvqplan.rules.learner import Learner
from nvqplan.rules.outcome import Outcome
from nvqplan.solving.linear import Linear
from nvqplan.units import Offering

BOUNDS = ("at_least", "at_most", "exactly")

Statuses = tuple[tuple[str, str], ...]


class Sum:
    """A measure summed over the units of the mix that a filter lets through, within bounds."""

    code: ClassVar[str] = "NVQ301"

    def __init__(self, measure: str, of: Filter, at_least: int | None, at_most: int | None) -> None:
        self.measure = measure
        self.of = of
        self.at_least = at_least
        self.at_most = at_most
        self._last: tuple[Offering, Statuses | None, dict[str, int]] | None = None

    @classmethod
    def keys(cls, offering: Offering) -> tuple[str, ...]:
        return offering.measures

    @classmethod
    def parse(cls, key: str, node: Located, offering: Offering, found: Findings) -> Self:
        members = as_mapping(node, key, found)
        check_known(members, ("of", "absent", *BOUNDS), key, "NVQ401", found)
        _check_absent(members.get("absent"), offering, found)
        of = parse_filter(members.get("of"), offering, found)
        bounds = {name: as_whole(members[name], name, found) for name in BOUNDS if name in members}
        exactly = bounds.get("exactly")
        least, most = bounds.get("at_least", exactly), bounds.get("at_most", exactly)
        if not bounds or ("exactly" in bounds and len(bounds) > 1):
            found.add(node, "NVQ401", f"{key} needs at_least, at_most or both, or exactly alone")
        elif least is not None and most is not None and least > most:
            found.add(node, "NVQ401", f"at_least {least} is more than at_most {most}")
        return cls(key, of, least, most)

    def machines(self, name: str, offering: Offering, learner: Learner) -> tuple[Linear, ...]:
        return (Linear(name, self._weights(offering, learner), self.at_least, self.at_most),)

    def outcomes(
        self, offering: Offering, learner: Learner, mix: frozenset[str]
    ) -> tuple[Outcome, ...]:
        weights = self._weights(offering, learner)
        counted = tuple([number for number in weights if number in mix])
        have = sum([weights[number] for number in counted])
        return (Outcome(self.measure, have, self.at_least, self.at_most, counted),)

    def _weights(self, offering: Offering, learner: Learner | None) -> dict[str, int]:
        """What each unit that counts adds; kept for the offering that is asked about again.

        Where the filter asks for a status, it is of a learner, or of any, where there is none.
        """
        statuses = None if self.of.statuses is None or learner is None else learner.statuses
        last = self._last
        if last is None or last[0] is not offering or last[1] != statuses:
            units, counted = offering.units, self.of.select(offering, learner)
            weights = {each: units[each].measure(self.measure) for each in counted}
            self._last = last = offering, statuses, weights
        return last[2]

    def figures(self) -> str:
        if self.at_least == self.at_most:
            bounds = f"exactly {self.at_least}"
        else:
            low = [f"at least {self.at_least}"] if self.at_least is not None else []
            high = [f"at most {self.at_most}"] if self.at_most is not None else []
            bounds = " and ".join(low + high)
        return f"{bounds} {self.measure} of {self.of}"

    def role(self, unit: str, offering: Offering) -> str:
        added = self._weights(offering, None).get(unit, 0)
        if not added:
            return ""
        status = "" if self.of.statuses is None else f" where {' or '.join(self.of.statuses)}"
        if self.at_most is not None and added > self.at_most:
            return f"cannot be in the mix{status}"
        measure = "GLH" if self.measure == "glh" else self.measure
        return ("counts" if measure == "units" else f"adds {added} {measure}") + status


def _check_absent(node: Located | None, offering: Offering, found: Findings) -> None:
    """Units that the print names and no table holds weigh nothing, and must really be absent."""
    if node is None:
        return
    for each in as_names(node, "absent", found):
        if each.text in offering.units:
            found.add(each, "NVQ401", f"unit '{each.text}' is said to be absent, but has a group")
