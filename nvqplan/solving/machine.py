"""What every rule gives the solvers: a machine that reads units one by one, taken or left."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Protocol

State = Hashable
"""What a machine remembers of the units it has read."""

Branches = Callable[[State], tuple[State | None, State | None]]
"""From the state before a unit to those after leaving and after taking it; None is no hope."""


class Walk(Protocol):
    """A machine bound to one order of the variables.

    States that the remaining variables finish in exactly the same ways are one state, so that
    the diagram merges them; a machine that can no longer hold is None at once.
    """

    @property
    def start(self) -> State | None:
        """The state before the first variable, None where the machine can never hold."""
        ...

    def branches(self, layer: int) -> Branches | None:
        """The branches at one variable of the order, None where the machine does not read it.

        To be asked once a layer: states are comparable only within what one answer gives.
        """
        ...


class Machine(Protocol):
    """Reads variables in any order and says at the end whether its rule holds."""

    @property
    def name(self) -> str: ...

    @property
    def weights(self) -> Mapping[str, int]:
        """How much each variable moves the machine; what is missing or 0 moves nothing."""
        ...

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables that can change what the machine says; may be empty."""
        ...

    def start(self) -> State: ...

    def step(self, state: State, variable: str, taken: bool) -> State: ...

    def accepts(self, state: State) -> bool: ...

    def can_hold(self, assigned: Mapping[str, bool]) -> bool:
        """False only where no way to decide the variables not yet assigned makes it hold."""
        ...

    def along(self, order: Sequence[str]) -> Walk: ...


def holds(machine: Machine, taken: frozenset[str]) -> bool:
    """Run one machine over one mix and say whether it accepts."""
    state = machine.start()
    for variable in machine.variables:
        state = machine.step(state, variable, variable in taken)
    return machine.accepts(state)
