"""What turns one mix into another, and what that costs."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from nvqplan.core.units import Mix, sort_units

Cost = tuple[int, ...]
"""Compared as tuples are, the first number first."""


class Edit(NamedTuple):
    """What to drop from a mix and to add to it, in ascending order, the mix then, and the cost."""

    cost: Cost
    drop: tuple[str, ...]
    add: tuple[str, ...]
    mix: Mix


class Prices(NamedTuple):
    """What each unit costs when it is dropped or added."""

    of: Mapping[str, Cost]
    nothing: Cost

    @classmethod
    def of_units(cls, units: Iterable[str], chosen: Mapping[str, Cost]) -> "Prices":
        """The chosen costs, else (1, 0, …); ValueError for costs below 0 or of unequal length."""
        lengths = {len(cost) for cost in chosen.values()} or {1}
        if len(lengths) > 1 or min(map(min, chosen.values()), default=0) < 0:
            raise ValueError("costs must be of one length, and none less than 0")
        nothing = (0,) * lengths.pop()
        return cls({unit: chosen.get(unit, (1, *nothing[1:])) for unit in units}, nothing)

    def weights(self, mix: Mix) -> dict[str, Cost]:
        """Weights by which the mixes that are the cheapest to reach are the best."""
        return {
            unit: cost if unit in mix else tuple([-number for number in cost])
            for unit, cost in self.of.items()
        }

    def edit(self, mix: Mix, found: Mix) -> Edit:
        """From the one mix to the other; what has no price is dropped for nothing."""
        changed = [cost for unit, cost in self.of.items() if (unit in mix) != (unit in found)]
        total = tuple(map(sum, zip(self.nothing, *changed, strict=True)))
        return Edit(total, sort_units(mix - found), sort_units(found - mix), found)


def check_locked(locked: Collection[str], mix: Collection[str], units: Collection[str]) -> None:
    """Raise ValueError for a locked unit that is not in the proposal or not on offer."""
    if not set(locked) <= set(mix) & set(units):
        raise ValueError("a locked unit is not in the proposal, or not in the qualification")
