"""Mandatory units: `mandatory = ["101", "301", ["204", "304"]]`, the last being one of two."""

from typing import ClassVar

from nvqplan.core.shapes import Shape
from nvqplan.core.units import Mix, Offering
from nvqplan.rules.entries import Entry, ask, entries_in
from nvqplan.rules.kind import Kind
from nvqplan.rules.learner import Learner
from nvqplan.rules.outcome import Outcome
from nvqplan.solving.linear import Linear


class Mandatory(Kind):
    """Every one of these units must be in the mix; of a list of them one."""

    code: ClassVar[str] = "NVQ302"
    described: ClassVar[str] = "Units that every mix must hold."

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self.mandatory = entries
        self.is_certifiable = all(each.is_by_hand for each in entries)

    @classmethod
    def shape(cls, key: str, offering: Offering) -> Shape["Mandatory"]:
        return entries_in(offering).into(cls)

    def machines(self, name: str, offering: Offering, learner: Learner) -> tuple[Linear, ...]:
        """All units that can go by one number only are one sum, each choice is another."""
        alone = [each.numbers[0] for each in self.mandatory if len(each.numbers) == 1]
        choices = [each.numbers for each in self.mandatory if len(each.numbers) > 1]
        all_alone = [Linear(name, dict.fromkeys(alone, 1), lower=len(alone))] if alone else []
        return (*all_alone, *[Linear(name, dict.fromkeys(each, 1), lower=1) for each in choices])

    def outcomes(self, offering: Offering, learner: Learner, mix: Mix) -> tuple[Outcome, ...]:
        return (ask(self.mandatory, mix),)

    def figures(self) -> str:
        return f"all of {', '.join(map(str, self.mandatory))}"

    def role(self, unit: str, offering: Offering) -> str:
        for each in self.mandatory:
            if unit in each.numbers:
                others = [number for number in each.numbers if number != unit]
                return f"mandatory, or {' or '.join(others)}" if others else "mandatory"
        return ""
