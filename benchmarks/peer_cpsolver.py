"""The older solver of OR-Tools (C++): a plain search without learning, which lists well.

The units taken are read as the bits of one number, in one call of the library a mix; their text is
looked up a few bits at a time.
"""

from collections.abc import Callable, Sequence
from typing import Any, BinaryIO

from models import Model
from ortools.constraint_solver import pywrapcp

NAME = "OR-Tools CP solver"
BITS = 10
MOST_UNITS = 62
"""A sum of the library is a whole number of 64 bits."""


def lister(model: Model) -> Callable[[BinaryIO, int], int]:
    """A call that builds the model and writes the first mixes found, and says how many."""
    units = model.orders["group, heaviest"]
    tables = [_texts(units[start : start + BITS]) for start in range(0, len(units), BITS)]
    mask = 2**BITS - 1

    def write(stream: BinaryIO, limit: int) -> int:
        solver, mix = _build(model, units)
        rows = 0
        while rows < limit and solver.NextSolution():
            bits = mix.Value()
            row = b""
            for texts in tables:
                row += texts[bits & mask]
                bits >>= BITS
            stream.write(row[1:] + b"\n")
            rows += 1
        solver.EndSearch()
        return rows

    return write


def _texts(units: Sequence[str]) -> list[bytes]:
    """The text of every set of some units, a space before each, by the bits that are set."""
    texts = [b""]
    for unit in units:
        texts += [text + b" " + unit.encode() for text in texts]
    return texts


def _build(model: Model, units: Sequence[str]) -> tuple[Any, Any]:
    """A solver whose search has begun, and the number whose bits are the units taken."""
    solver = pywrapcp.Solver(model.name)
    variables = {unit: solver.BoolVar(unit) for unit in units}
    for each in model.sums:
        terms = [variables[unit] for unit in each.units], each.factors
        if each.lower == each.upper:
            solver.Add(solver.ScalProdEquality(*terms, each.lower))
            continue
        if each.has_lower:
            solver.Add(solver.ScalProdGreaterOrEqual(*terms, each.lower))
        if each.has_upper:
            solver.Add(solver.ScalProdLessOrEqual(*terms, each.upper))
    taken = list(variables.values())
    powers = [2**index for index in range(len(taken))]
    first_left = solver.CHOOSE_FIRST_UNBOUND, solver.ASSIGN_MIN_VALUE
    mix = solver.ScalProd(taken, powers).Var()
    solver.NewSearch(solver.Phase(taken, *first_left))
    return solver, mix
