"""What is left of weighted sums once every variable is decided that they leave no choice about."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from nvqplan.solving.linear import Linear


class BoundedSum(NamedTuple):
    """A sum of undecided variables between two bounds, counted from the least that it can be.

    `lower` 0 and `upper` None are no bounds; `most` is the greatest that it can be. What weighs
    less than 0 adds to it when it is left. `weights` may name decided variables as well.
    """

    weights: Mapping[str, int]
    lower: int
    upper: int | None
    most: int
    falls: bool
    """Whether some weight is less than 0."""

    def holds(self, amount: int) -> bool:
        return amount >= self.lower and (self.upper is None or amount <= self.upper)


NO_SUM = BoundedSum({}, 0, None, 0, falls=False)


def settle_sums(
    machines: Iterable[Linear], variables: Collection[str]
) -> tuple[list[BoundedSum], dict[str, bool]] | None:
    """The sums that still ask for something, and what is decided; None if they cannot be met."""
    read = _decide_all(machines, variables)
    if read is None:
        return None
    decided, others = read
    sums = []
    for machine, least, most in others:
        start, end = _rest(machine.weights, least, most, decided) if decided else (least, most)
        lower, upper = machine.lower, machine.upper
        if (lower is not None and lower > end) or (upper is not None and upper < start):
            return None
        enough = 0 if lower is None or lower < start else lower - start
        limit = None if upper is None or upper >= end else upper - start
        if enough or limit is not None:
            sums.append(BoundedSum(machine.weights, enough, limit, end - start, least < 0))
    return sums, decided


def _decide_all(
    machines: Iterable[Linear], variables: Collection[str]
) -> tuple[dict[str, bool], list[tuple[Linear, int, int]]] | None:
    """Decide what sums leave no choice about; None if they contradict each other.

    All other sums come with the least and the most that they can be. What is not among the
    variables is left.
    """
    decided: dict[str, bool] = {}
    others: list[tuple[Linear, int, int]] = []
    known = frozenset(variables)
    for machine in machines:
        if not known.issuperset(machine.weights):
            decided.update(dict.fromkeys(machine.weights.keys() - known, False))
        least, most = machine.span
        if (machine.lower is None or machine.lower < most) and (
            machine.upper is None or machine.upper > least
        ):
            others.append((machine, least, most))
        elif not _decide(machine, least, most, decided):
            return None
    return decided, others


def _decide(machine: Linear, least: int, most: int, decided: dict[str, bool]) -> bool:
    """Decide what a sum that must be its most, or its least, reads; False where that cannot be."""
    if not _fits(machine, least, most):
        return False
    at_most = machine.lower == most
    return least == most or all(
        decided.setdefault(variable, at_most is (weight > 0)) is (at_most is (weight > 0))
        for variable, weight in machine.weights.items()
        if weight
    )


def _fits(machine: Linear, least: int, most: int) -> bool:
    """Whether some amount lies within the bounds."""
    lower = least if machine.lower is None else max(machine.lower, least)
    upper = most if machine.upper is None else min(machine.upper, most)
    return lower <= upper


def _rest(
    weights: Mapping[str, int], least: int, most: int, decided: Mapping[str, bool]
) -> tuple[int, int]:
    """The least and the most that a sum can still be."""
    for variable, taken in decided.items():
        if weight := weights.get(variable):
            if taken is (weight > 0):
                least += abs(weight)
            else:
                most -= abs(weight)
    return least, most
