"""Barred units: `barred = [["112", "221"], ["113", "222"]]`."""

from typing import ClassVar, Self

from nvqplan.fields import as_list
from nvqplan.findings import Findings, Located
from nvqplan.rules.kind import offered_units
from nvqplan.rules.learner import Learner
from nvqplan.rules.outcome import Outcome
from nvqplan.solving.linear import Linear
from nvqplan.units import Offering


class Barred:
    """Of each set of units at most one may be in the mix."""

    code: ClassVar[str] = "NVQ303"

    def __init__(self, sets: tuple[tuple[str, ...], ...]) -> None:
        self.sets = sets

    @classmethod
    def keys(cls, offering: Offering) -> tuple[str, ...]:
        return ("barred",)

    @classmethod
    def parse(cls, key: str, node: Located, offering: Offering, found: Findings) -> Self:
        sets = []
        if node.value == []:
            found.add(node, "NVQ401", f"{key} names no unit")
        for each in as_list(node, key, found):
            problems = len(found)
            units = offered_units(each, "a barred set", offering, found)
            if len(units) <= 1 and len(found) == problems:
                found.add(each, "NVQ401", "a barred set names at least two units")
            sets.append(units)
        return cls(tuple(sets))

    def machines(self, name: str, offering: Offering, learner: Learner) -> tuple[Linear, ...]:
        return tuple(Linear(name, dict.fromkeys(units, 1), upper=1) for units in self.sets)

    def outcomes(
        self, offering: Offering, learner: Learner, mix: frozenset[str]
    ) -> tuple[Outcome, ...]:
        return tuple([self._outcome(units, mix) for units in self.sets])

    @staticmethod
    def _outcome(units: tuple[str, ...], mix: frozenset[str]) -> Outcome:
        present = tuple([unit for unit in units if unit in mix])
        return Outcome("units", len(present), None, 1, present, about=", ".join(units))

    def figures(self) -> str:
        return "at most one of " + "; ".join(", ".join(units) for units in self.sets)

    def role(self, unit: str, offering: Offering) -> str:
        others = [other for units in self.sets if unit in units for other in units if other != unit]
        return f"barred with {', '.join(dict.fromkeys(others))}" if others else ""
