"""The machine behind nearly every rule: a weighted sum of the taken units between two bounds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from nvqplan.solving.machine import Branches, State


@dataclass(frozen=True)
class Linear:
    """`lower <= sum of the weights of the taken variables <= upper`; None is no bound.

    Weights are whole numbers and may be negative; variables of weight 0 are not read.
    """

    name: str
    weights: Mapping[str, int]
    lower: int | None = None
    upper: int | None = None

    @cached_property
    def variables(self) -> tuple[str, ...]:
        return tuple(variable for variable, weight in self.weights.items() if weight)

    def start(self) -> int:
        return 0

    def step(self, state: State, variable: str, taken: bool) -> State:
        assert isinstance(state, int)
        return state + self.weights.get(variable, 0) if taken else state

    def accepts(self, state: State) -> bool:
        assert isinstance(state, int)
        return self._fits(state, state)

    def can_hold(self, assigned: Mapping[str, bool]) -> bool:
        """Compare the bounds with the least and the most that the undecided variables leave."""
        least = most = 0
        for variable, weight in self.weights.items():
            taken = assigned.get(variable)
            if taken is None:
                least += min(weight, 0)
                most += max(weight, 0)
            elif taken:
                least += weight
                most += weight
        return self._fits(least, most)

    def along(self, order: Sequence[str]) -> "LinearWalk":
        return LinearWalk(self, order)

    def _fits(self, least: int, most: int) -> bool:
        return (self.lower is None or most >= self.lower) and (
            self.upper is None or least <= self.upper
        )


class LinearWalk:
    """A `Linear` along one order.

    `rests[i]` is the set of sums that the variables from layer i on can still add, as the bits
    of one whole number whose bit 0 stands for `floors[i]`. A sum so far is known by the part of
    that set which would finish it legally: equal parts are one state, the empty part is no hope,
    the whole set is a rule that can no longer fail.
    """

    def __init__(self, machine: Linear, order: Sequence[str]) -> None:
        self._weights = [machine.weights.get(variable, 0) for variable in order]
        self._lower, self._upper = machine.lower, machine.upper
        self._floors, self._rests = _sums_of_rests(self._weights)
        self.start: State | None = self._classify(0)(0)

    def branches(self, layer: int) -> Branches | None:
        weight = self._weights[layer]
        if not weight:
            return None
        classify = self._classify(layer + 1)
        known: dict[int, int | None] = {}

        def branch(state: State) -> tuple[State | None, State | None]:
            assert isinstance(state, int)
            total = state + weight
            if state not in known:
                known[state] = classify(state)
            if total not in known:
                known[total] = classify(total)
            return known[state], known[total]

        return branch

    def _classify(self, layer: int) -> Callable[[int], int | None]:
        """From a sum so far to the first met that the rest finishes in the same ways."""
        floor, rest = self._floors[layer], self._rests[layer]
        lower = None if self._lower is None else self._lower - floor
        upper = None if self._upper is None else self._upper - floor
        first: dict[tuple[int, int], int] = {}  # a slice of the rest is known by its two ends

        def classify(total: int) -> int | None:
            finishing = rest
            if lower is not None and total < lower:
                finishing = finishing >> lower - total << lower - total
            if upper is not None:
                room = max(upper - total + 1, 0)
                finishing &= (1 << min(room, rest.bit_length())) - 1
            if not finishing:
                return None
            ends = (finishing & -finishing).bit_length(), finishing.bit_length()
            return first.setdefault(ends, total)

        return classify


def _sums_of_rests(weights: Sequence[int]) -> tuple[list[int], list[int]]:
    """For each layer, the least sum of the weights from there on, and all their sums as bits."""
    floors, rests = [0], [1]
    for weight in reversed(weights):
        floors.append(floors[-1] + min(weight, 0))
        rest = rests[-1]
        rests.append(rest | rest << abs(weight) if weight else rest)
    return floors[::-1], rests[::-1]
