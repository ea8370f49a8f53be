"""One measurement in a process of its own, told as lines of JSON.

    python benchmarks/scale_child.py PROGRAM SHAPE SECONDS

PROGRAM is `nvqplan` or `Graphillion ORDER`. What is known is printed at once, and so is kept when a
limit ends the process: SIGALRM that of time, exit 3 or SIGABRT that of memory.
"""

import json
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from time import perf_counter

from synthetic import Shape, qualification

from nvqplan.qualification import Terms
from nvqplan.solving.linear import Linear
from nvqplan.solving.machine import Machine
from nvqplan.solving.order import arrange
from nvqplan.space import Space

MEMORY = 2 * 2**30
"""Bytes that a measurement may take, the interpreter included."""

NO_MEMORY = 3
OURS = "nvqplan"
PEER = "Graphillion"
ORDERS = ("ours", "printed")
"""The peer gets both orders of the units and keeps the better one."""

Facts = dict[str, str | float | None]


def facts(program: str, shape: Shape, limit: float) -> Iterator[Facts]:
    """Seconds, mixes and peak memory of compiling and counting; ours tells its nodes as well.

    `limit` is in seconds, once for the count and once again for the nodes.
    """
    made = qualification(shape)
    space = Space(made, Terms("any").learner(made), memory=MEMORY)
    call = space.count if program == OURS else _peer(space, program.removeprefix(f"{PEER} "))
    signal.setitimer(signal.ITIMER_REAL, limit)
    yield _measure(call)
    if program == OURS:
        signal.setitimer(signal.ITIMER_REAL, limit)
        yield {"nodes": _nodes(space)}


def _measure(call: Callable[[], int]) -> Facts:
    start = perf_counter()
    mixes = call()
    seconds = perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": round(seconds, 4), "mixes": str(mixes), "mb": round(peak, 1)}


def _nodes(space: Space) -> int:
    """How many nodes the diagram has that answers all questions but the count."""
    return sum(len(layer.left) for layer in space.diagram.layers)


def _peer(space: Space, order: str) -> Callable[[], int]:
    """A unit is an edge of a path, of which any set is a graph; each rule is one constraint."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    from graphillion import GraphSet

    machines = [machine for demand in space.demands for machine in demand.machines]
    edges = {unit: (index, index + 1) for index, unit in enumerate(_order(space, machines, order))}
    constraints = [
        ([(*edges[unit], each.weights[unit]) for unit in each.variables], _bounds(each))
        for each in machines
        if isinstance(each, Linear) and each.variables
    ]
    GraphSet.set_universe(list(edges.values()), traversal="as-is")
    return lambda: int(GraphSet.graphs(linear_constraints=constraints).len())


def _order(space: Space, machines: Sequence[Machine], name: str) -> list[str]:
    printed = list(space.qualification.offering.units)
    if name == "printed":
        return printed
    return arrange(printed, machines)


def _bounds(machine: Linear) -> tuple[int, int]:
    """Both bounds; where the rule has none, the least or the most that the units can add up to."""
    weights = [machine.weights[unit] for unit in machine.variables]
    least = sum(min(weight, 0) for weight in weights)
    most = sum(max(weight, 0) for weight in weights)
    lower = least if machine.lower is None else machine.lower
    return lower, most if machine.upper is None else machine.upper


def main() -> None:
    program, told, seconds = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        for each in facts(program, Shape(**json.loads(told)), float(seconds)):
            print(json.dumps(each), flush=True)
    except MemoryError:
        sys.exit(NO_MEMORY)


if __name__ == "__main__":
    main()
