"""Two programs timed in turn, so that a machine whose speed drifts slows both alike."""

import gc
import os
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

Pair = tuple[float, float]
"""What ours took and what the peer took just after it, in milliseconds."""

FIRST = 1000
LONG_MS = 1000.0
"""Work that takes so long can be timed; of what takes longer a part is done."""


class Row(NamedTuple):
    """One line of the results: medians in milliseconds, the ratio the median of the pairs'."""

    work: str
    peer: str
    ours_ms: float
    peer_ms: float
    ratio: float
    at_most: float | None = None
    """The ratio that is promised; None where the row only informs."""
    peak_mb: float | None = None
    peak_at_most: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether all that is promised holds, None where nothing is."""
        promises = [
            (self.ratio, self.at_most),
            (self.peak_mb or 0.0, self.peak_at_most),
        ]
        kept = [have <= most for have, most in promises if most is not None]
        return all(kept) if kept else None


def summarise(
    work: str,
    peer: str,
    pairs: Sequence[Pair],
    at_most: float | None = None,
    peak_mb: float | None = None,
    peak_at_most: float | None = None,
) -> Row:
    ours, others = zip(*pairs, strict=True)
    ratio = statistics.median(mine / theirs for mine, theirs in pairs)
    medians = statistics.median(ours), statistics.median(others)
    return Row(work, peer, *medians, ratio, at_most, peak_mb, peak_at_most)


def time_calls(ours: Callable[[], object], peer: Callable[[], object], pairs: int) -> list[Pair]:
    """Call both in turn, ours first; a first call of each warms up and is not timed.

    The garbage collector stays on, as it is for whoever uses either.
    """
    ours()
    peer()
    gc.collect()
    return [(clock(ours), clock(peer)) for _ in range(pairs)]


def time_prepared(
    ours: Callable[[], Callable[[], object]], peer: Callable[[], Callable[[], object]], pairs: int
) -> list[Pair]:
    """The same for calls that work once: each is made anew before the clock starts."""
    ours()()
    peer()()
    gc.collect()
    return [(clock(ours()), clock(peer())) for _ in range(pairs)]


def clock(call: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    start = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - start)


BYTECODE = "PYTHONPYCACHEPREFIX"
"""The variable that names the folder where Python keeps its bytecode."""


def plain_environment(folder: str) -> dict[str, str]:
    """The environment of an ordinary installation, whatever ours says.

    Output is buffered, which clingo takes over from Python. Bytecode is kept, but in a folder of
    its own, so that nothing is written beside the sources.
    """
    switches = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")
    kept = {name: value for name, value in os.environ.items() if name not in switches}
    return {**kept, BYTECODE: folder}


def run_process(
    command: Sequence[str], env: Mapping[str, str], ends: int = 0
) -> tuple[float, float]:
    """Milliseconds from start to exit of a whole process, and its peak memory in MB.

    `ends` is the exit code that it must have: 1 where there are findings to tell.
    Linux counts a child's memory from its parent's at the start: the parent must be small.
    """
    quiet = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
    start = time.perf_counter()
    child = os.posix_spawn(command[0], list(command), env, file_actions=quiet)
    _, status, used = os.wait4(child, 0)
    took = 1000 * (time.perf_counter() - start)
    code = os.waitstatus_to_exitcode(status)
    if code != ends:
        raise SystemExit(f"exit {code}: {' '.join(command)}")
    return took, used.ru_maxrss / 1024


def calibrate(took: Callable[[int], float], total: int) -> int:
    """How many rows take long enough: doubled until they did, and never guessed from a few.

    `took` lists so many rows and tells the milliseconds.
    """
    rows = min(FIRST, total)
    while rows < total and took(rows) < LONG_MS:
        rows = min(2 * rows, total)
    return rows
