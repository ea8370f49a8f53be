"""Units that build on others: `requires = { "305" = ["204", ["206", "207"]] }`."""

from typing import ClassVar

from nvqplan.core.shapes import Shape, Spot, map_of
from nvqplan.core.units import Mix, Offering
from nvqplan.rules.entries import NO_UNIT, Entry, ask, entries_in, found_all, implications, offered
from nvqplan.rules.kind import Kind
from nvqplan.rules.learner import Learner
from nvqplan.rules.outcome import Outcome
from nvqplan.solving.linear import Linear

Need = tuple[Entry, tuple[Entry, ...]]
"""A unit, and all that it requires."""


class Requires(Kind):
    """A mix with a unit must also hold all that the unit requires, of a list of units one."""

    code: ClassVar[str] = "NVQ304"
    described: ClassVar[str] = "Units that a unit needs beside it."

    def __init__(self, needs: tuple[Need, ...]) -> None:
        self.needs = needs
        entries = [entry for unit, all_needed in needs for entry in (unit, *all_needed)]
        self.is_certifiable = all(each.is_by_hand for each in entries)

    @classmethod
    def shape(cls, key: str, offering: Offering) -> Shape["Requires"]:
        def check(unit: str, at: Spot) -> None:
            offered(at, unit, offering, at.node.key)

        def make(needs: dict[str, tuple[Entry, ...]]) -> Requires:
            entries = ((Entry((unit,), offering.numbers_of(unit)), needs[unit]) for unit in needs)
            return cls(tuple(entries))

        needs = map_of(entries_in(offering), "what {name} requires", check_name=check)
        return needs.at_least(1, NO_UNIT).into(make)

    def machines(self, name: str, offering: Offering, learner: Learner) -> tuple[Linear, ...]:
        """For each needed unit `taken(needed) - taken(unit) >= 0`."""
        return tuple(
            machine
            for unit, all_needed in self.needs
            for needed in all_needed
            for machine in implications(name, [unit], needed.numbers)
            if any(weight < 0 for weight in machine.weights.values())
        )

    def outcomes(self, offering: Offering, learner: Learner, mix: Mix) -> tuple[Outcome, ...]:
        return tuple(self._outcome(unit, needed, mix) for unit, needed in self.needs)

    @staticmethod
    def _outcome(unit: Entry, needed: tuple[Entry, ...], mix: Mix) -> Outcome:
        asking = found_all([unit], mix)
        return ask(needed, mix, str(unit), asking, None if asking else 0)

    def figures(self) -> str:
        return "; ".join(f"{unit} needs {say_all(needed)}" for unit, needed in self.needs)

    def role(self, unit: str, offering: Offering) -> str:
        asks = [
            f"requires {say_all(needed)}" for each, needed in self.needs if unit in each.numbers
        ]
        asking = [
            str(each)
            for each, all_needed in self.needs
            if unit not in each.numbers and any(unit in needed.numbers for needed in all_needed)
        ]
        return "; ".join(asks + ([f"required by {', '.join(asking)}"] if asking else []))


def say_all(entries: tuple[Entry, ...]) -> str:
    return ", ".join(map(str, entries))
