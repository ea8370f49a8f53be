"""Sums step by step: which of them so far can be told apart by what may come."""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from math import gcd
from typing import Any

from nvqplan.solving.machine import HOPELESS, Branches, State

Ends = tuple[int, int]
"""The least and the most of some sums; of sums of one rest, all between two of them are meant."""


class LinearWalk:
    """A weighted sum between two bounds, along one order of variables.

    Sums are counted from the least that there can be, so that no step is negative (leaving what
    weighs -3 adds 3), and in what divides them all. `_steps` are what a variable adds if it is left
    or taken, `_rests` the sums that those after it can add, as the bits of one whole number. A sum
    so far is known by those of them that would finish it legally: of all that the same ones finish,
    one stands for all.
    """

    def __init__(
        self, weights: Mapping[str, int], lower: int | None, upper: int | None, order: Sequence[str]
    ) -> None:
        steps = {layer: step for layer, step in enumerate(map(weights.get, order)) if step}
        unit = gcd(*steps.values()) or 1
        self.layers = list(steps)
        self._steps: dict[int, tuple[int, int]] = {}
        self._rests: dict[int, int] = {}
        floor, rest = 0, 1
        for layer in reversed(self.layers):
            step = steps[layer] // unit
            self._steps[layer] = (0, step) if step > 0 else (-step, 0)
            self._rests[layer] = rest
            floor += min(steps[layer], 0)
            rest |= rest << abs(step)
        self._lower = None if lower is None else -((floor - lower) // unit)
        self._upper = None if upper is None else (upper - floor) // unit
        self._whole = rest
        self.start: State = self._classify(rest, {0})[0]

    def branch(self, layer: int, states: Collection[State]) -> Branches:
        steps = self._steps[layer]
        sums: Collection[Any] = states
        after = {total + step for total in sums for step in steps}
        classes = self._classify(self._rests[layer], after)
        left, taken = ({total: classes[total + step] for total in sums} for step in steps)
        return left, taken

    @property
    def useful(self) -> int:
        """The sums of a rest that can finish anything, as bits: no sum so far is less than 0."""
        if self._upper is None or self._upper >= self._whole.bit_length():
            return self._whole
        return self._whole & (2 << max(self._upper, 0)) - 1

    @property
    def most_states(self) -> int:
        """No layer has more states than this."""
        bound = self._lower if self._upper is None else self._upper
        return min(self._whole.bit_count(), max(bound or 0, 0) + 1)

    def steps(self, layer: int) -> tuple[int, int]:
        """What a variable adds if it is left, and if it is taken."""
        return self._steps.get(layer, (0, 0))

    def rest(self, layer: int) -> int:
        """The sums that the variables after a layer can add, as bits."""
        read = bisect_right(self.layers, layer)
        return self._rests[self.layers[read - 1]] if read else self._whole

    def ends(self, total: int, rest: int) -> Ends | None:
        """Which sums of a rest, as bits, would finish a sum so far; None where none would."""
        least = 0 if self._lower is None else self._lower - total
        most = rest.bit_length() if self._upper is None else self._upper - total
        return _slice(least, most, rest)

    def _classify(self, rest: int, sums: Collection[int]) -> Mapping[int, State]:
        """From each sum to the one that stands for all which the rest finishes in the same ways."""
        lower, upper = self._lower, self._upper
        if upper is None:
            return _reaching(0 if lower is None else lower, rest, sums)
        if lower is None:
            return _keeping(upper, rest, sums)
        return _between(lower, upper, rest, sums)


def _reaching(lower: int, rest: int, sums: Collection[int]) -> Mapping[int, State]:
    """Sums that must reach a bound: all from which the same sum of the rest is the least enough."""
    return {
        total: lower
        if total >= lower
        else total + 1 - (enough & -enough).bit_length()
        if (enough := rest >> lower - total)
        else HOPELESS
        for total in sums
    }


def _keeping(upper: int, rest: int, sums: Collection[int]) -> Mapping[int, State]:
    """Sums that must keep under a bound: all for which the same sum of the rest is the most."""
    most = rest.bit_length() - 1
    return {
        total: HOPELESS
        if total > upper
        else upper - most
        if total <= upper - most
        else upper + 1 - (rest & (2 << upper - total) - 1).bit_length()
        for total in sums
    }


def _between(lower: int, upper: int, rest: int, sums: Collection[int]) -> Mapping[int, State]:
    """Sums that must end between two bounds: all for which the same slice of the rest does it."""
    first: dict[Ends, int] = {}
    ends = {total: _slice(lower - total, upper - total, rest) for total in sums}
    return {
        total: HOPELESS if each is None else first.setdefault(each, total)
        for total, each in ends.items()
    }


def _slice(least: int, most: int, rest: int) -> Ends | None:
    """The two ends of the sums of the rest from `least` to `most`; None where there are none."""
    if most < 0:
        return None
    need = max(least, 0)
    kept = rest >> need << need & (2 << min(most, rest.bit_length())) - 1
    return ((kept & -kept).bit_length(), kept.bit_length()) if kept else None
