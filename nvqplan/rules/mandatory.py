"""Mandatory units: `mandatory = ["101", "301"]`."""

from typing import ClassVar, Self

from nvqplan.findings import Findings, Located
from nvqplan.rules.kind import offered_units
from nvqplan.rules.learner import Learner
from nvqplan.rules.outcome import Outcome
from nvqplan.solving.linear import Linear
from nvqplan.units import Offering


class Mandatory:
    """Every one of these units must be in the mix."""

    code: ClassVar[str] = "NVQ302"

    def __init__(self, units: tuple[str, ...]) -> None:
        self.units = units

    @classmethod
    def keys(cls, offering: Offering) -> tuple[str, ...]:
        return ("mandatory",)

    @classmethod
    def parse(cls, key: str, node: Located, offering: Offering, found: Findings) -> Self:
        return cls(offered_units(node, key, offering, found))

    def machines(self, name: str, offering: Offering, learner: Learner) -> tuple[Linear, ...]:
        return (Linear(name, dict.fromkeys(self.units, 1), lower=len(self.units)),)

    def outcomes(
        self, offering: Offering, learner: Learner, mix: frozenset[str]
    ) -> tuple[Outcome, ...]:
        present = tuple(unit for unit in self.units if unit in mix)
        missing = tuple(unit for unit in self.units if unit not in mix)
        return (Outcome("units", len(present), len(self.units), None, present, missing),)

    def figures(self) -> str:
        return f"all of {', '.join(self.units)}"

    def role(self, unit: str, offering: Offering) -> str:
        return "mandatory" if unit in self.units else ""
