"""The same models for other programs, each set up as it is fastest."""

import os
from collections.abc import Callable, Mapping, Sequence

# On models this small Graphillion's threads wait for each other; it reads this when it is loaded.
os.environ.setdefault("OMP_NUM_THREADS", "1")

from graphillion import GraphSet
from timing import clock

from nvqplan.qualification import Qualification
from nvqplan.solving.linear import Linear
from nvqplan.solving.machine import Machine
from nvqplan.solving.order import blockwise

TRIALS = 9
PAIR = 2

Edge = tuple[int, int]
Constraint = tuple[list[tuple[int, int, int]], Edge]
"""Weighted edges and the bounds of their sum."""


def graphillion(
    qualification: Qualification, machines: Sequence[Machine]
) -> tuple[str, Callable[[], int]]:
    """A call that compiles the machines and counts, in the order of variables that it likes best.

    A variable is an edge of a path, of which any set is a graph. Universe and constraints are
    ready before the call. Only `Linear` machines are handed over: the one that is none says what
    a barred pair says already, and the counts are compared.
    """
    linear = [machine for machine in machines if isinstance(machine, Linear)]
    orders = _orders(qualification, machines)
    medians = {name: _median(_counter(order, linear)) for name, order in orders.items()}
    best = min(medians, key=lambda name: medians[name])
    return best, _counter(orders[best], linear)


def _orders(
    qualification: Qualification, machines: Sequence[Machine]
) -> Mapping[str, Sequence[str]]:
    """Orders worth a trial: ours, the print's, blocks of one group and level with pairs last."""
    offering = qualification.offering
    printed = list(offering.units)
    paired = {unit for m in machines if len(m.variables) <= PAIR for unit in m.variables}

    def block(number: str, *, level_last: bool) -> tuple[str, bool, bool, int]:
        unit = offering.units[number]
        at_level = unit.level == qualification.level
        return offering.groups[number], at_level == level_last, number in paired, -unit.credits

    ours = blockwise(printed, machines)
    return {
        "ours": ours,
        "ours reversed": ours[::-1],
        "printed": printed,
        "group, level": sorted(printed, key=lambda number: block(number, level_last=False)),
        "group, level last": sorted(printed, key=lambda number: block(number, level_last=True)),
    }


def _counter(order: Sequence[str], machines: Sequence[Linear]) -> Callable[[], int]:
    """The call for one order; Graphillion has one universe, so only the newest call may be made."""
    edges = {variable: (index, index + 1) for index, variable in enumerate(order)}
    constraints = [_constraint(machine, edges) for machine in machines if machine.variables]
    GraphSet.set_universe(list(edges.values()), traversal="as-is")
    return lambda: int(GraphSet.graphs(linear_constraints=constraints).len())


def _constraint(machine: Linear, edges: Mapping[str, Edge]) -> Constraint:
    weights = [machine.weights[variable] for variable in machine.variables]
    least = sum(weight for weight in weights if weight < 0)
    most = sum(weight for weight in weights if weight > 0)
    weighted = [(*edges[variable], machine.weights[variable]) for variable in machine.variables]
    lower = least if machine.lower is None else machine.lower
    return weighted, (lower, most if machine.upper is None else machine.upper)


def _median(call: Callable[[], int]) -> float:
    return sorted(clock(call) for _ in range(TRIALS))[TRIALS // 2]
