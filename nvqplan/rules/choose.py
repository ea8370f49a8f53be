"""Alternatives: `choose = { exactly = 1, of = { Sales = { … }, Support = { … } } }`.

Either-or sets, pathways and endorsed titles are all of this kind: named sets of conditions, of
which so many must hold, or may.
"""

from itertools import chain
from typing import ClassVar

from nvqplan.core.atoms import TEXT
from nvqplan.core.records import Key, Members
from nvqplan.core.shapes import Shape, list_of, map_of, one_or_more
from nvqplan.core.units import Mix, Offering
from nvqplan.rules.kind import Alternative, Kind, bounded, bounds_of, named, say_bounds
from nvqplan.rules.kinds import condition_in
from nvqplan.rules.learner import Learner, Range
from nvqplan.rules.outcome import TITLES, Option, Outcome
from nvqplan.solving.either import Either

MEASURES = {"choose": "alternatives", TITLES: TITLES}
"""What is counted, by the key of the rule; each title that holds is reported as earned."""


class Choose(Kind):
    """At least and at most so many alternatives hold; titles are ranked by their order."""

    code: ClassVar[str] = "NVQ311"
    described: ClassVar[str] = "Named alternatives, of which so many must hold, or may."

    def __init__(self, key: str, alternatives: tuple[Alternative, ...], bounds: Range) -> None:
        self.measure = MEASURES[key]
        self.alternatives = alternatives
        self.at_least, self.at_most = bounds
        self.only_tells = self.measure == TITLES and not self.at_least and self.at_most is None

    @classmethod
    def shape(cls, key: str, offering: Offering) -> Shape["Choose"]:
        condition, what = condition_in(offering), "{what}"
        some = list_of(condition, what).at_least(1, "{what} has no condition")
        alternatives = map_of(
            one_or_more(condition, some, what),
            "alternative '{name}'",
            TEXT.schema({}),
            named("an alternative"),
        )
        of = Key(
            "of",
            alternatives.at_least(1, f"{key} names no alternative"),
            needed=True,
            missing="{what} needs 'of', a mapping of names to conditions",
        )

        def make(members: Members) -> Choose:
            named = (Alternative(*each) for each in members.get(of, {}).items())
            return cls(key, tuple(named), bounds_of(members))

        return bounded(of).into(make)

    def machines(self, name: str, offering: Offering, learner: Learner) -> tuple[Either, ...]:
        alternatives = tuple(
            tuple(m for kind in each.kinds for m in kind.machines(name, offering, learner))
            for each in self.alternatives
        )
        return (Either(name, alternatives, self.at_least or 0, self.at_most),)

    def outcomes(self, offering: Offering, learner: Learner, mix: Mix) -> tuple[Outcome, ...]:
        options = []
        for each in self.alternatives:
            said = [kind.outcomes(offering, learner, mix) for kind in each.kinds]
            options.append(Option(each.name, tuple(chain(*said))))
        have = sum([option.holds for option in options])
        return (Outcome(self.measure, have, self.at_least, self.at_most, options=tuple(options)),)

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
