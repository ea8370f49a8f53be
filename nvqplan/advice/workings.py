"""The rules of a rulebook made ready: what is the same for many mixes is worked out once."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from nvqplan.qualification import Qualification, Rulebook, machines_of
from nvqplan.rules.learner import Learner
from nvqplan.rules.rule import Reading
from nvqplan.solving.machine import Machine
from nvqplan.units import Mix

if TYPE_CHECKING:
    from nvqplan.space import Space

Key = tuple[str, Learner, Reading]

KEPT = 16
"""Spaces of mixes that are kept at a time: enough for the files of a centre, and bounded."""


class Workings:
    """The machines and spaces of each qualification, for each learner and reading asked about."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._machines: dict[Key, list[Machine]] = {}
        self._spaces: dict[Key, Space] = {}

    def machines(
        self, qualification: Qualification, learner: Learner, reading: Reading
    ) -> list[Machine]:
        """The machines of all rules, those first that read the fewest units."""
        key = qualification.id, learner, reading
        if key not in self._machines:
            machines = machines_of(qualification.demands(learner, reading))
            self._machines[key] = sorted(machines, key=lambda machine: len(machine.variables))
        return self._machines[key]

    def is_legal(
        self, qualification: Qualification, mix: Mix, learner: Learner, reading: Reading
    ) -> bool:
        """The verdict on a mix; units that the qualification does not offer weigh nothing."""
        machines = self.machines(qualification, learner, reading)
        return all(machine.holds(mix) for machine in machines)

    def droppable(
        self, qualification: Qualification, mix: Mix, learner: Learner, reading: Reading
    ) -> Collection[str]:
        """Of a legal mix, the units without each of which it stays legal."""
        machines = self.machines(qualification, learner, reading)
        return mix.difference(*(machine.needs(mix) for machine in machines))

    def space(self, qualification: Qualification, learner: Learner, reading: Reading) -> "Space":
        """All legal mixes; the oldest of too many spaces is forgotten."""
        from nvqplan.space import Space

        key = qualification.id, learner, reading
        if key not in self._spaces:
            while len(self._spaces) >= KEPT:
                del self._spaces[next(iter(self._spaces))]
            self._spaces[key] = Space(qualification, learner, reading)
        return self._spaces[key]
