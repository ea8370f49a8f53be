"""Units that build on others: `requires = { "305" = ["204"] }`."""

from typing import ClassVar, Self

from nvqplan.fields import as_mapping
from nvqplan.findings import Findings, Located
from nvqplan.names import did_you_mean
from nvqplan.rules.kind import offered_units
from nvqplan.rules.learner import Learner
from nvqplan.rules.outcome import Outcome
from nvqplan.solving.linear import Linear
from nvqplan.units import Offering


class Requires:
    """A mix with a unit must also hold all that the unit requires."""

    code: ClassVar[str] = "NVQ304"

    def __init__(self, needs: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
        self.needs = needs

    @classmethod
    def keys(cls, offering: Offering) -> tuple[str, ...]:
        return ("requires",)

    @classmethod
    def parse(cls, key: str, node: Located, offering: Offering, found: Findings) -> Self:
        needs = []
        if node.value == {}:
            found.add(node, "NVQ401", f"{key} names no unit")
        for unit, each in as_mapping(node, key, found).items():
            if unit not in offering.units:
                help = did_you_mean(unit, offering.units, len(found))
                found.add(each.key, "NVQ401", f"unit '{unit}' in {key} is in no group", help)
            needs.append((unit, offered_units(each, f"what {unit} requires", offering, found)))
        return cls(tuple(needs))

    def machines(self, name: str, offering: Offering, learner: Learner) -> tuple[Linear, ...]:
        """For each needed unit `taken(needed) - taken(unit) >= 0`."""
        return tuple(
            Linear(name, {needed: 1, unit: -1}, lower=0)
            for unit, all_needed in self.needs
            for needed in all_needed
            if needed != unit
        )

    def outcomes(
        self, offering: Offering, learner: Learner, mix: frozenset[str]
    ) -> tuple[Outcome, ...]:
        return tuple(self._outcome(unit, needed, mix) for unit, needed in self.needs)

    @staticmethod
    def _outcome(unit: str, needed: tuple[str, ...], mix: frozenset[str]) -> Outcome:
        present = tuple(each for each in needed if each in mix)
        if unit not in mix:
            return Outcome("units", len(present), 0, None, present, about=unit)
        missing = tuple(each for each in needed if each not in mix)
        return Outcome("units", len(present), len(needed), None, present, missing, unit)

    def figures(self) -> str:
        return "; ".join(f"{unit} needs {', '.join(needed)}" for unit, needed in self.needs)

    def role(self, unit: str, offering: Offering) -> str:
        asks = [f"requires {', '.join(needed)}" for each, needed in self.needs if each == unit]
        asking = [each for each, needed in self.needs if unit in needed and each != unit]
        return "; ".join(asks + ([f"required by {', '.join(asking)}"] if asking else []))
