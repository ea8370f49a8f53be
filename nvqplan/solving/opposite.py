"""The machine that accepts just where another does not: for asking whether a rule can be broken."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from nvqplan.solving.either import Either
from nvqplan.solving.linear import Linear
from nvqplan.solving.machine import HOPELESS, Branches, Machine, State, Walk


def opposite(name: str, machines: Sequence[Machine]) -> Machine:
    """Accepts where at least one of the machines does not; nowhere if there are none."""
    ways = list(ways_out(name, machines))
    return ways[0] if len(ways) == 1 else Either(name, tuple((way,) for way in ways))


def ways_out(name: str, machines: Iterable[Machine]) -> Iterator[Machine]:
    """Machines that each accept a part of what one of the machines refuses, together all of it."""
    for machine in machines:
        if not isinstance(machine, Linear):
            yield Opposite(name, machine)
            continue
        if machine.lower is not None:
            yield Linear(name, machine.weights, upper=machine.lower - 1)
        if machine.upper is not None:
            yield Linear(name, machine.weights, lower=machine.upper + 1)


@dataclass(frozen=True)
class Opposite:
    """Any machine the other way round."""

    name: str
    machine: Machine

    @property
    def weights(self) -> Mapping[str, int]:
        return self.machine.weights

    @property
    def variables(self) -> tuple[str, ...]:
        return self.machine.variables

    def holds(self, taken: Collection[str]) -> bool:
        return not self.machine.holds(taken)

    def can_hold(self, assigned: Mapping[str, bool]) -> bool:
        """Known only once all variables are assigned: no machine says what it is sure of."""
        if any(variable not in assigned for variable in self.variables):
            return True
        return self.holds([variable for variable, taken in assigned.items() if taken])

    def along(self, order: Sequence[str]) -> "OppositeWalk":
        return OppositeWalk(self.machine.along(order))


class OppositeWalk:
    """The states of the other machine; none that it ends in is accepted.

    Once that one has no hope, this one is sure: a state that is like none of the other's.
    """

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self.sure: State = ("sure", walk.sure if isinstance(walk, OppositeWalk) else None)
        self.layers = walk.layers
        self.start = self._turned(-1, walk.start)

    def branch(self, layer: int, states: Collection[State]) -> Branches:
        known = [state for state in states if state != self.sure]
        left, taken = self._walk.branch(layer, known)
        return self._after(layer, states, left), self._after(layer, states, taken)

    def _after(
        self, layer: int, states: Collection[State], after: Mapping[State, State]
    ) -> dict[State, State]:
        return {
            state: self.sure if state == self.sure else self._turned(layer, after[state])
            for state in states
        }

    def _turned(self, layer: int, state: State) -> State:
        if state is HOPELESS:
            return self.sure
        is_over = not self.layers or layer >= self.layers[-1]
        return HOPELESS if is_over else state
