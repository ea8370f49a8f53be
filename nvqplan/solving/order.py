"""The order in which the diagram decides the variables: few machines alive at once."""

from collections.abc import Sequence

from nvqplan.solving.machine import Machine


def blockwise(variables: Sequence[str], machines: Sequence[Machine]) -> list[str]:
    """Put together the variables that the same machines read, the smallest machines first.

    A machine that reads few variables is over before a larger one has grown. Within a block the
    heaviest variables come first, since the sums that remain decide how many states merge.
    """
    by_size = sorted(machines, key=lambda machine: len(machine.variables))
    readers = [frozenset(machine.variables) for machine in by_size]
    place = {variable: index for index, variable in enumerate(variables)}

    def key(variable: str) -> tuple[list[bool], list[int], int]:
        unread = [variable not in read for read in readers]
        lightness = [-abs(machine.weights.get(variable, 0)) for machine in reversed(by_size)]
        return unread, lightness, place[variable]

    return sorted(variables, key=key)
