"""The order in which the diagram decides the variables: few machines alive at once."""

from collections import Counter
from collections.abc import Sequence

from nvqplan.solving.machine import Machine

FEW = 4
"""A machine that reads no more variables than this is short."""

_Read = tuple[tuple[int, int], ...]
"""Which machines read a variable, and with what weight: equal ones are interchangeable."""


def arrange(variables: Sequence[str], machines: Sequence[Machine]) -> list[str]:
    """Interchangeable variables side by side, and so those that the same long machines read.

    The smallest of these come first; what a short machine decides alone comes before all. Within
    one, what short machines read comes last, so that they are over soon after they began; before
    it the rarest weights come first, since sums merge the sooner, the more equal weights remain.
    """
    by_size = sorted(machines, key=lambda machine: len(machine.variables))
    short = sum(len(machine.variables) <= FEW for machine in by_size)
    decided = {variable for machine in by_size[:short] for variable in _decided(machine)}
    alike = _interchangeable(variables, by_size)
    weights = {read: _weights(read, short, len(by_size)) for read in alike}
    common = Counter(weights[read] for read, each in alike.items() for _ in each)

    def key(read: _Read) -> tuple[object, ...]:
        own = weights[read]
        indices = {index for index, _ in read}
        return (
            alike[read][0] not in decided,
            [index not in indices for index in range(short, len(by_size))],
            [index in indices for index in range(short)],
            common[own],
            own,
        )

    return [variable for read in sorted(alike, key=key) for variable in alike[read]]


def _interchangeable(
    variables: Sequence[str], machines: Sequence[Machine]
) -> dict[_Read, list[str]]:
    """The variables by what reads them, in the order in which they are named."""
    reads: dict[str, list[tuple[int, int]]] = {variable: [] for variable in variables}
    for index, machine in enumerate(machines):
        for variable, weight in machine.weights.items():
            if weight and variable in reads:
                reads[variable].append((index, weight))
    alike: dict[_Read, list[str]] = {}
    for variable, read in reads.items():
        alike.setdefault(tuple(read), []).append(variable)
    return alike


def _weights(read: _Read, short: int, machines: int) -> tuple[int, ...]:
    """The weights in the long machines, the longest first; 0 in those that do not read it."""
    found = {index: abs(weight) for index, weight in read}
    return tuple(found.get(index, 0) for index in range(machines - 1, short - 1, -1))


def _decided(machine: Machine) -> list[str]:
    """The variables that a machine can hold with in one way only."""
    return [
        variable
        for variable in machine.variables
        if not all(machine.can_hold({variable: taken}) for taken in (False, True))
    ]
