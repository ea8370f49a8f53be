"""Alternatives: `choose = { exactly = 1, of = { Sales = { … }, Support = { … } } }`.

Either-or sets, pathways and endorsed titles are all of this kind: named sets of conditions, of
which so many must hold, or may.
"""

from collections.abc import Iterable
from typing import ClassVar, Self

from nvqplan.core.fields import as_mapping
from nvqplan.core.findings import Findings, Located
from nvqplan.core.units import Mix, Offering
from nvqplan.rules.kind import Alternative, Kind, parse_bounds, say_bounds
from nvqplan.rules.kinds import keys_of_mixes, parse_kind
from nvqplan.rules.learner import Learner
from nvqplan.rules.outcome import TITLES, Option, Outcome
from nvqplan.solving.either import Either

MEASURES = {"choose": "alternatives", TITLES: TITLES}
"""What is counted, by the key of the rule; each title that holds is reported as earned."""


class Choose(Kind):
    """At least and at most so many alternatives hold; titles are ranked by their order."""

    code: ClassVar[str] = "NVQ311"

    def __init__(
        self,
        key: str,
        alternatives: tuple[Alternative, ...],
        at_least: int | None,
        at_most: int | None,
    ) -> None:
        self.measure = MEASURES[key]
        self.alternatives = alternatives
        self.at_least = at_least
        self.at_most = at_most
        self.only_tells = self.measure == TITLES and not at_least and at_most is None

    @classmethod
    def parse(cls, key: str, node: Located, offering: Offering, found: Findings) -> Self:
        members = as_mapping(node, key, found)
        least, most = parse_bounds(members, node, key, ("of",), found)
        if "of" not in members:
            found.add(node, "NVQ401", f"{key} needs 'of', a mapping of names to conditions")
            return cls(key, (), least, most)
        of = as_mapping(members["of"], "of", found)
        if members["of"].value == {}:
            found.add(members["of"], "NVQ401", f"{key} names no alternative")
        parsed = (_parse(name, each, offering, found) for name, each in of.items())
        return cls(key, tuple(parsed), least, most)

    def machines(self, name: str, offering: Offering, learner: Learner) -> tuple[Either, ...]:
        alternatives = tuple(
            tuple(m for kind in each.kinds for m in kind.machines(name, offering, learner))
            for each in self.alternatives
        )
        return (Either(name, alternatives, self.at_least or 0, self.at_most),)

    def outcomes(self, offering: Offering, learner: Learner, mix: Mix) -> tuple[Outcome, ...]:
        options = tuple(
            Option(each.name, _all_of(kind.outcomes(offering, learner, mix) for kind in each.kinds))
            for each in self.alternatives
        )
        have = sum(option.holds for option in options)
        return (Outcome(self.measure, have, self.at_least, self.at_most, options=options),)

    def figures(self) -> str:
        ways = (
            f"{each.name} ({' and '.join(kind.figures() for kind in each.kinds)})"
            for each in self.alternatives
        )
        return f"{say_bounds(self.at_least, self.at_most)} of: {'; '.join(ways)}"

    def role(self, unit: str, offering: Offering) -> str:
        roles = (
            (each.name, " and ".join(filter(None, (k.role(unit, offering) for k in each.kinds))))
            for each in self.alternatives
        )
        return "; ".join(f"{role} for {name}" for name, role in roles if role)


def _all_of(outcomes: Iterable[tuple[Outcome, ...]]) -> tuple[Outcome, ...]:
    return tuple(outcome for each in outcomes for outcome in each)


def _parse(name: str, node: Located, offering: Offering, found: Findings) -> Alternative:
    """Read one condition, which is a mapping, or a list of them."""
    what, keys = f"alternative '{name}'", keys_of_mixes(offering)
    listed = node.value if isinstance(node.value, list) else [node]
    if not name.strip() or not name.isprintable():
        found.add(node.key, "NVQ401", "an alternative needs a name")
    if not listed:
        found.add(node, "NVQ401", f"{what} has no condition")
    kinds = (
        parse_kind(as_mapping(each, what, found), each, (), keys, offering, found)
        for each in listed
    )
    return Alternative(name, tuple(kind for kind in kinds if kind))
