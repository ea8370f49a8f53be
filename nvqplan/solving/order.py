"""The order in which the diagram decides the variables: few machines alive at once."""

from collections.abc import Sequence
from itertools import repeat
from operator import not_

from nvqplan.solving.machine import Machine

FEW = 4
"""A machine that reads no more variables than this is short."""

_Weights = tuple[int, ...]
"""What a variable weighs in each machine: those of equal weights are interchangeable."""


def arrange(variables: Sequence[str], machines: Sequence[Machine]) -> list[str]:
    """Interchangeable variables side by side, and so those that the same long machines read.

    The smallest of these come first; what a short machine decides alone comes before all. Within
    one, what short machines read comes last, so that they are over soon after they began; before
    it the rarest weights come first, since sums merge the sooner, the more equal weights remain.
    """
    by_size = sorted(machines, key=lambda machine: len(machine.variables))
    short = sum([len(machine.variables) <= FEW for machine in by_size])
    decided = {variable for machine in by_size[:short] for variable in _decided(machine)}
    alike = _interchangeable(variables, by_size)
    common: dict[_Weights, int] = {}
    for weights, each in alike.items():
        own = weights[short:]
        common[own] = common.get(own, 0) + len(each)

    def key(weights: _Weights) -> tuple[object, ...]:
        own = weights[short:]
        return (
            alike[weights][0] not in decided,
            tuple(map(not_, own)),
            tuple(map(bool, weights[:short])),
            common[own],
            [abs(weight) for weight in reversed(own)],
        )

    return [variable for weights in sorted(alike, key=key) for variable in alike[weights]]


def _interchangeable(
    variables: Sequence[str], machines: Sequence[Machine]
) -> dict[_Weights, list[str]]:
    """The variables by what they weigh, in the order in which they are named."""
    columns = [map(machine.weights.get, variables, repeat(0)) for machine in machines]
    weighed = zip(*columns, strict=True) if machines else repeat(())
    alike: dict[_Weights, list[str]] = {}
    for variable, weights in zip(variables, weighed, strict=False):
        if weights in alike:
            alike[weights].append(variable)
        else:
            alike[weights] = [variable]
    return alike


def _decided(machine: Machine) -> list[str]:
    """The variables that a machine can hold with in one way only."""
    return [
        variable
        for variable in machine.variables
        if not all(machine.can_hold({variable: taken}) for taken in (False, True))
    ]
