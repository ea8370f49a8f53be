"""Components that share units: `components = { credits = { Core = { of = …, at_least = 12 } } }`.

Each unit is used for one component only, and may be left over; a mix is legal where its units can
be shared out in some way, and reports show one such way.
"""

from typing import ClassVar, Self

from nvqplan.core.fields import as_mapping
from nvqplan.core.findings import Findings, Located
from nvqplan.core.units import Mix, Offering
from nvqplan.rules.filters import parse_filter
from nvqplan.rules.kind import Kind, Part, parse_bounds, parse_measure, say_bounds
from nvqplan.rules.learner import Learner
from nvqplan.rules.outcome import Outcome
from nvqplan.solving import allocation
from nvqplan.solving.allocation import Allocation


class Components(Kind):
    """The units can be shared out so that each component has enough, and none too much.

    What a component may have `at_most` limits what is used for it: the rest is left over.
    """

    code: ClassVar[str] = "NVQ312"

    def __init__(self, measure: str, parts: tuple[Part, ...]) -> None:
        self.measure = measure
        self.parts = parts

    @classmethod
    def parse(cls, key: str, node: Located, offering: Offering, found: Findings) -> Self:
        measure, inside = parse_measure(key, node, offering, found)
        if inside.value == {} and inside is not node:
            found.add(inside, "NVQ401", "components need names and bounds")
        listed = as_mapping(inside, measure, found) if inside is not node else {}
        parsed = (_parse(name, each, offering, found) for name, each in listed.items())
        return cls(measure, tuple(parsed))

    def machines(self, name: str, offering: Offering, learner: Learner) -> tuple[Allocation, ...]:
        return (self._machine(name, offering, learner),)

    def outcomes(self, offering: Offering, learner: Learner, mix: Mix) -> tuple[Outcome, ...]:
        """Take the way to share the units out that lacks least; each component has an outcome."""
        used = self._machine("", offering, learner).share(mix)
        return tuple(
            Outcome(
                self.measure,
                sum(offering.units[number].measure(self.measure) for number in numbers),
                each.at_least,
                each.at_most,
                numbers,
                about=each.name,
            )
            for each, numbers in zip(self.parts, used, strict=True)
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
        units = offering.units
        components = (
            allocation.Component(
                {n: units[n].measure(self.measure) for n in each.of.select(offering, learner)},
                each.at_least,
                each.at_most,
            )
            for each in self.parts
        )
        return Allocation(name, tuple(components))


def _parse(name: str, node: Located, offering: Offering, found: Findings) -> Part:
    members = as_mapping(node, f"component '{name}'", found)
    least, most = parse_bounds(members, node, f"component '{name}'", ("of",), found)
    if not name.strip() or not name.isprintable():
        found.add(node.key, "NVQ401", "a component needs a name")
    if least is None and "at_most" in members:
        found.add(node, "NVQ401", f"component '{name}' needs at_least: units may be left over")
    return Part(name, parse_filter(members.get("of"), offering, found), least or 0, most)
