"""Components that share units: `components = { credits = { Core = { of = …, at_least = 12 } } }`.

Each unit is used for one component only, and may be left over; a mix is legal where its units can
be shared out in some way, and reports show one such way.
"""

from typing import ClassVar

from nvqplan.core.atoms import TEXT
from nvqplan.core.records import Key, Members, one_of_keys
from nvqplan.core.shapes import Shape, Spot, map_of
from nvqplan.core.units import Mix, Offering
from nvqplan.rules.filters import Filter, filter_in
from nvqplan.rules.kind import Kind, Part, bounded, bounds_of, named, of_one_measure, say_bounds
from nvqplan.rules.learner import AT_MOST, Learner
from nvqplan.rules.outcome import Outcome
from nvqplan.solving.allocation import Allocation, Component

Limits = tuple[Filter, int, int | None]
"""What a part says beside its name."""


class Components(Kind):
    """The units can be shared out so that each component has enough, and none too much.

    What a component may have `at_most` limits what is used for it: the rest is left over.
    """

    code: ClassVar[str] = "NVQ312"
    described: ClassVar[str] = (
        "Parts that need so much each; every unit is used for one of them only."
    )

    def __init__(self, measure: str, parts: tuple[Part, ...]) -> None:
        self.measure = measure
        self.parts = parts

    @classmethod
    def shape(cls, key: str, offering: Offering) -> Shape["Components"]:
        def make(said: tuple[str, dict[str, Limits] | None]) -> Components:
            measure, parts = said
            return cls(measure, tuple(Part(name, *each) for name, each in (parts or {}).items()))

        what, names, check = "component '{name}'", TEXT.schema({}), named("a component")
        parts = map_of(_part_in(offering), what, names, check)
        some = parts.at_least(1, "components need names and bounds")
        return of_one_measure(some, offering).into(make)

    def machines(self, name: str, offering: Offering, learner: Learner) -> tuple[Allocation, ...]:
        return (self._machine(name, offering, learner),)

    def outcomes(self, offering: Offering, learner: Learner, mix: Mix) -> tuple[Outcome, ...]:
        """Take the way to share the units out that lacks least; each component has an outcome."""
        units, used = offering.units, self._machine("", offering, learner).share(mix)
        sums = [sum(units[each].measure(self.measure) for each in numbers) for numbers in used]
        return tuple(
            Outcome(self.measure, have, each.at_least, each.at_most, numbers, about=each.name)
            for each, have, numbers in zip(self.parts, sums, used, strict=True)
        )

    def figures(self) -> str:
        parts = (
            f"{each.name} {say_bounds(each.at_least, each.at_most)} of {each.of}"
            for each in self.parts
        )
        return f"{self.measure}, each unit used once: {'; '.join(parts)}"

    def role(self, unit: str, offering: Offering) -> str:
        names = [each.name for each in self.parts if unit in each.of.select(offering)]
        return f"can be used for {' or '.join(names)}" if names else ""

    def _machine(self, name: str, offering: Offering, learner: Learner) -> Allocation:
        components = (
            Component(each.of.weigh(self.measure, offering, learner), each.at_least, each.at_most)
            for each in self.parts
        )
        return Allocation(name, tuple(components))


def _part_in(offering: Offering) -> Shape[Limits]:
    """A part, which needs a minimum: units may be left over."""
    of = Key("of", filter_in(offering))

    def make(members: Members, at: Spot) -> Limits:
        least, most = bounds_of(members)
        if least is None and members.has(AT_MOST):
            at.tell(f"{at.what} needs at_least: units may be left over")
        return members.get(of, Filter()), least or 0, most

    least, both = one_of_keys(("exactly", "at_least")), {"required": ["exactly", "at_most"]}
    return bounded(of).made(make).stating(oneOf=least, **{"not": both})
