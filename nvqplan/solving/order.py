"""The order in which the diagram decides the variables: few machines alive at once."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from nvqplan.solving.machine import Block, Machine

FEW = 4
"""A machine that reads no more variables than this is short."""


def blockwise(variables: Sequence[str], machines: Sequence[Machine]) -> list[str]:
    """Put together the variables that the same long machines read, the smallest blocks first.

    What a short machine decides alone comes before all. In a block what short machines read comes
    last, so that they are over soon after they began; before it the rarest weights come first,
    since sums merge the sooner, the more equal weights remain.
    """
    by_size = sorted(machines, key=lambda machine: len(machine.variables))
    short = [machine for machine in by_size if len(machine.variables) <= FEW]
    long = by_size[len(short) :]
    decided = {variable for machine in short for variable in _decided(machine)}
    brief = [frozenset(machine.variables) for machine in short]
    blocks = [frozenset(machine.variables) for machine in long]
    weights = {v: tuple(abs(m.weights.get(v, 0)) for m in reversed(long)) for v in variables}
    common = Counter(weights.values())
    place = {variable: index for index, variable in enumerate(variables)}

    def key(variable: str) -> tuple[object, ...]:
        own = weights[variable]
        return (
            variable not in decided,
            [variable not in read for read in blocks],
            [variable in read for read in brief],
            common[own],
            own,
            place[variable],
        )

    return sorted(variables, key=key)


def fold(order: Sequence[str], machines: Sequence[Machine]) -> list[Block]:
    """Neighbours in the order that are interchangeable for every machine, as one block."""
    read: dict[str, list[tuple[int, int]]] = {variable: [] for variable in order}
    for index, machine in enumerate(machines):
        for variable, weight in machine.weights.items():
            if weight and variable in read:
                read[variable].append((index, weight))
    return [tuple(alike) for _, alike in groupby(order, key=read.__getitem__)]


def _decided(machine: Machine) -> list[str]:
    """The variables that a machine can hold with in one way only."""
    return [
        variable
        for variable in machine.variables
        if not all(machine.can_hold({variable: taken}) for taken in (False, True))
    ]
