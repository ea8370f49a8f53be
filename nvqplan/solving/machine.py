"""What every rule gives the solvers: a machine that reads units one by one, taken or left."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import Protocol

State = Hashable
"""What a machine remembers of the units it has read."""

HOPELESS: State = None
"""The state from which no way to decide the rest makes the machine hold."""

SURE: State = "sure"
"""The state of machines made of others from which every way to decide the rest makes them hold."""

Branches = tuple[Mapping[State, State], Mapping[State, State]]
"""From each state before a variable to the one after, first if it is left, then if it is taken."""


class Walk(Protocol):
    """A machine bound to one order of variables, of which each is a layer.

    States that the remaining variables finish in exactly the same ways are one state, so that
    the diagram merges them; a machine that can no longer hold is HOPELESS at once.
    """

    @property
    def start(self) -> State: ...

    @property
    def layers(self) -> Sequence[int]:
        """The layers whose variable the machine reads, the first one first."""
        ...

    def branch(self, layer: int, states: Collection[State]) -> Branches:
        """What becomes of all the states, none HOPELESS, that are met before a layer it reads.

        To be asked once a layer: states after it are comparable only within one answer.
        """
        ...


class Machine(Protocol):
    """A rule: whether a mix keeps it, whether it still can be kept, and how it reads an order."""

    @property
    def name(self) -> str: ...

    @property
    def weights(self) -> Mapping[str, int]:
        """How much each variable moves the machine; what is missing or 0 moves nothing.

        Variables of equal weights are interchangeable for the machine.
        """
        ...

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables that can change what the machine says; may be empty."""
        ...

    def holds(self, taken: Collection[str]) -> bool:
        """Whether the rule holds for the mix of these variables."""
        ...

    def can_hold(self, assigned: Mapping[str, bool]) -> bool:
        """False only where no way to decide the variables not yet assigned makes it hold."""
        ...

    def along(self, order: Sequence[str]) -> Walk: ...
