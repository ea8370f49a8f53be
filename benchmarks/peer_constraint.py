"""python-constraint2 by its own constraints and its own backtracking; it cannot count or rank."""

import importlib
from collections.abc import Callable, Iterator
from itertools import compress, islice
from math import gcd, lcm
from typing import Any, BinaryIO

from models import Model, Sum

# The stub in typings holds only what nvqplan itself uses.
constraint: Any = importlib.import_module("constraint")

NAME = "python-constraint"


def lister(model: Model) -> Callable[[BinaryIO, int], int]:
    """A call that writes the first mixes found, and says how many.

    A unit's value is 0 or what it weighs in the longest sum, so that few sums need factors.
    """
    values = {
        unit: weight
        for each in sorted(model.sums, key=lambda each: len(each.weights))
        for unit, weight in each.weights
    }

    def write(stream: BinaryIO, limit: int) -> int:
        rows = 0
        for mix in islice(_problem(model, values).getSolutionIter(), limit):
            stream.write(f"{' '.join(compress(mix, mix.values()))}\n".encode())
            rows += 1
        return rows

    return write


def _problem(model: Model, values: dict[str, int]) -> Any:
    problem = constraint.Problem(constraint.OptimizedBacktrackingSolver(forwardcheck=False))
    for unit in model.orders["group, heaviest"]:
        problem.addVariable(unit, [0, values.get(unit, 1)])
    for each in model.sums:
        for rule in _rules(each, values):
            problem.addConstraint(rule, each.units)
    return problem


def _rules(each: Sum, values: dict[str, int]) -> Iterator[Any]:
    """The sum in terms of the values, multiplied until all factors are whole."""
    scale = lcm(*(values[unit] // gcd(values[unit], weight) for unit, weight in each.weights))
    factors = [weight * scale // values[unit] for unit, weight in each.weights]
    given = None if set(factors) == {1} else factors
    if each.lower == each.upper:
        yield constraint.ExactSumConstraint(each.lower * scale, given)
        return
    if each.has_lower:
        yield constraint.MinSumConstraint(each.lower * scale, given)
    if each.has_upper:
        yield constraint.MaxSumConstraint(each.upper * scale, given)
