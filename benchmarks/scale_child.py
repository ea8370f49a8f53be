"""One measurement in a process of its own, told as lines of JSON.

    python benchmarks/scale_child.py PROGRAM SHAPE SECONDS

PROGRAM is `COUNT`, `COMPILE` or one of `PEER_WAYS`. What is known is printed at once, and so is
kept when a limit ends the process: SIGALRM that of time, exit 3 or SIGABRT that of memory.
"""

import json
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from functools import partial
from time import perf_counter

from models import model_of
from synthetic import Shape, qualification

from nvqplan.rules.terms import Terms
from nvqplan.space.mixes import Space

MEMORY = 2 * 2**30
"""Bytes that a measurement may take, the interpreter included."""

NO_MEMORY = 3
COUNT = "nvqplan, count"
COMPILE = "nvqplan, diagram"
PEER = "Graphillion"
PEER_WAYS = tuple(
    f"{PEER} {way} ({order})" for way in ("cost_le", "graphs") for order in ("ours", "printed")
)
"""Of these the peer gets the one that is the fastest for each rulebook."""

Facts = dict[str, str | float | None]


def facts(program: str, shape: Shape, limit: float) -> Iterator[Facts]:
    """Seconds, mixes and peak memory of counting, or of compiling, with nodes; limit in seconds."""
    made = qualification(shape)
    space = Space(made, Terms("any").learner(made), memory=MEMORY)
    ours = {COUNT: Space.count, COMPILE: _compile}
    call = partial(ours[program], space) if program in ours else _peer(space, program)
    signal.setitimer(signal.ITIMER_REAL, limit)
    yield _measure(call)
    if program == COMPILE:
        yield {"nodes": space.diagram.size}


def _measure(call: Callable[[], int]) -> Facts:
    start = perf_counter()
    mixes = call()
    seconds = perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": round(seconds, 4), "mixes": str(mixes), "mb": round(peak, 1)}


def _compile(space: Space) -> int:
    return space.diagram.count()


def _peer(space: Space, name: str) -> Callable[[], int]:
    """The universe and the constraints are ready before the clock starts."""
    from peer_graphillion import routes_of

    routes = routes_of(model_of(space, "synthetic"), ("ours", "printed"))
    route = next(each for each in routes if each.name == name)
    route.set_universe()
    return route.count_mixes


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
