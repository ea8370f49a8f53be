"""Variables decided together: the interchangeable ones, and those that some machine alone reads."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import product
from math import comb
from typing import NamedTuple

from nvqplan.solving.machine import Block, Machine, holds

SMALL = 3
"""Of so many variables every choice is tried."""


class Alike:
    """Variables that are interchangeable for every machine: only how many are taken matters."""

    def __init__(self, variables: Sequence[str]) -> None:
        self.variables = variables

    @cached_property
    def ways(self) -> Sequence[int]:
        size = len(self.variables)
        return [comb(size, taken) for taken in range(size + 1)]

    def sums(self, weights: Mapping[str, int]) -> Sequence[int]:
        weight = weights.get(self.variables[0], 0)
        return [weight * taken for taken in range(len(self.variables) + 1)] if weight else ()


class Tried(NamedTuple):
    """Few variables, and those choices among them that the machines accept which read no others."""

    variables: Sequence[str]
    options: Sequence[tuple[str, ...]]
    ways: Sequence[int]

    def sums(self, weights: Mapping[str, int]) -> Sequence[int]:
        if weights.keys().isdisjoint(self.variables):
            return ()
        return [sum(weights.get(variable, 0) for variable in option) for option in self.options]


def fold(
    arranged: Sequence[Sequence[str]], machines: Sequence[Machine]
) -> tuple[list[Block], list[Machine]]:
    """Blocks in about the order in which variables are arranged, and the machines still to be met.

    Interchangeable variables stand side by side in `arranged`. Variables that a machine of few
    reads are one block, which has only options that the machine accepts: so it is met already.
    """
    decided = {variable for alike in arranged for variable in alike}
    together = _read_together([m for m in machines if decided.issuperset(m.variables)])
    met: dict[Sequence[str], list[Machine]] = {each: [] for each in together.values()}
    unmet: list[Machine] = []
    for machine in machines:
        home = together.get(machine.variables[0], ()) if machine.variables else ()
        (met[home] if home and set(machine.variables) <= set(home) else unmet).append(machine)
    blocks: list[Block] = []
    for alike in arranged:
        if alike[0] not in together:
            blocks.append(Alike(alike))
        for variable in alike:
            home = together.get(variable, ())
            if home in met:
                blocks.append(_try(home, met.pop(home), unmet))
    return blocks, unmet


def _read_together(machines: Sequence[Machine]) -> dict[str, tuple[str, ...]]:
    """From each variable that machines of few read to those with which they read it."""
    together: dict[str, tuple[str, ...]] = {}
    for machine in machines:
        if len(machine.variables) <= SMALL:
            homes = [together.get(variable, (variable,)) for variable in machine.variables]
            merged = tuple(dict.fromkeys(variable for home in homes for variable in home))
            if len(merged) <= SMALL:
                together.update(dict.fromkeys(merged, merged))
    return together


def _try(variables: Sequence[str], met: Sequence[Machine], unmet: Sequence[Machine]) -> Tried:
    """Try every choice; those are one option that the other machines see the same weights of."""
    seen = [m.weights for m in unmet if not m.weights.keys().isdisjoint(variables)]
    options: dict[object, tuple[str, ...]] = {}
    ways: dict[object, int] = {}
    for choice in product((False, True), repeat=len(variables)):
        option = tuple(v for v, taken in zip(variables, choice, strict=True) if taken)
        if all(holds(machine, frozenset(option)) for machine in met):
            told = tuple(tuple(sorted(w[v] for v in option if w.get(v))) for w in seen)
            options.setdefault(told, option)
            ways[told] = ways.get(told, 0) + 1
    return Tried(variables, tuple(options.values()), tuple(ways.values()))
