"""The machine behind nearly every rule: a weighted sum of the taken units between two bounds."""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from itertools import repeat
from math import gcd
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nvqplan.solving.linear_walk import LinearWalk


class Linear:
    """`lower <= sum of the weights of the taken variables <= upper`; None is no bound.

    Weights are whole numbers and may be negative; variables of weight 0 are not read.
    """

    def __init__(
        self,
        name: str,
        weights: Mapping[str, int],
        lower: int | None = None,
        upper: int | None = None,
    ) -> None:
        self.name = name
        self.weights = weights
        self.lower = lower
        self.upper = upper

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Linear) and self._parts == other._parts

    def __hash__(self) -> int:
        return hash((self.name, self.lower, self.upper))

    def __repr__(self) -> str:
        """Published: the fingerprint of a space is made of it."""
        bounds = f"lower={self.lower!r}, upper={self.upper!r}"
        return f"Linear(name={self.name!r}, weights={self.weights!r}, {bounds})"

    @cached_property
    def variables(self) -> tuple[str, ...]:
        return tuple(variable for variable, weight in self.weights.items() if weight)

    @property
    def span(self) -> tuple[int, int]:
        """The least and the most that the weights can add up to."""
        weights = self.weights.values()
        least = sum([weight for weight in weights if weight < 0])
        return least, sum(weights) - least

    @property
    def walk_bytes(self) -> int:
        """What its walk along an order takes, about: after each variable a bit for every sum."""
        least, most = self.span
        return len(self.weights) * (most - least) // (gcd(*self.weights.values()) or 1) // 16

    def holds(self, taken: Collection[str]) -> bool:
        weights = self.weights
        if len(weights) < len(taken):
            total = sum([weight for variable, weight in weights.items() if variable in taken])
        else:
            total = sum(map(weights.get, taken, repeat(0)))
        return self._fits(total, total)

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
        from nvqplan.solving.linear_walk import LinearWalk

        return LinearWalk(self.weights, self.lower, self.upper, order)

    @property
    def _parts(self) -> tuple[str, Mapping[str, int], int | None, int | None]:
        return self.name, self.weights, self.lower, self.upper

    def _fits(self, least: int, most: int) -> bool:
        lower, upper = self.lower, self.upper
        return (lower is None or most >= lower) and (upper is None or least <= upper)
