"""`nvqplan enumerate` as a whole process, against `cat` of a file with the same bytes."""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tasks import DIPLOMA, LISTED, PEAK_MB, Task
from timing import Row, plain_environment, summarise

AT_MOST = 5.0
ROWS = 20_000_000
BLOCK = 2**20
WAYS = ("", ", piped")
"""Straight to nothing, and through a pipe into another `cat`."""

Command = Sequence[str]


class Work(NamedTuple):
    """What is listed, and how often it is timed."""

    task: Task
    rows: int
    pairs: int


class Took(NamedTuple):
    """Milliseconds and peak MB of a listing, and the milliseconds of its first row alone."""

    whole: float
    peak: float
    start: float

    @property
    def rest(self) -> float:
        return self.whole - self.start


def rows() -> Iterator[Row]:
    """Twenty million rows; and a listing so short that it is also told without its start."""
    with tempfile.TemporaryDirectory() as folder:
        env = plain_environment(folder)
        yield from _compare(Work(LISTED[-1], ROWS, 9), Path(folder), env)
        yield from _compare(Work(DIPLOMA, ROWS, 3), Path(folder), env)


def _compare(work: Work, folder: Path, env: Mapping[str, str]) -> Iterator[Row]:
    cat = shutil.which("cat") or "/bin/cat"
    nvqplan = str(Path(sys.executable).with_name("nvqplan"))
    asked = (nvqplan, "enumerate", *work.task.options, "--format", "csv", "--limit")
    ours = (*asked, str(work.rows)), (*asked, "1")
    files = folder / "all.csv", folder / "first.csv"
    for command, file in zip(ours, files, strict=True):
        _run([command], env, str(file))
    listed = _lines(files[0]) - 1
    theirs = tuple((cat, str(file)) for file in files)
    for way in WAYS:
        pipe = [(cat,)] if way else []
        runs = [(_time(ours, pipe, env), _time(theirs, pipe, env)) for _ in range(work.pairs)]
        yield from _summarise(f"{work.task}{way}", f"cat FILE{way}", runs, long=listed == work.rows)


def _summarise(
    name: str, peer: str, runs: Sequence[tuple[Took, Took]], *, long: bool
) -> Iterator[Row]:
    """A promise is made of all that a long listing takes, and of a short one after its start."""
    peak = max(mine.peak for mine, _ in runs)
    promise = (AT_MOST, peak, PEAK_MB)
    whole = [(mine.whole, other.whole) for mine, other in runs]
    if long:
        yield summarise(f"enumerate {name}, {ROWS // 1_000_000}m rows", peer, whole, *promise)
        return
    yield summarise(f"enumerate {name}", peer, whole)
    rest = [(mine.rest, other.rest) for mine, other in runs]
    yield summarise(f"enumerate {name}, started", peer, rest, *promise)


def _time(commands: Sequence[Command], pipe: Sequence[Command], env: Mapping[str, str]) -> Took:
    """The command that lists all, and the one that lists the first row."""
    whole, peak = _run([commands[0], *pipe], env)
    start, _ = _run([commands[1], *pipe], env)
    return Took(whole, peak, start)


def _run(
    commands: Sequence[Command], env: Mapping[str, str], output: str = os.devnull
) -> tuple[float, float]:
    """Milliseconds of a pipeline from start to exit, and the peak memory of its first in MB."""
    begun = time.perf_counter()
    children, source = [], os.open(os.devnull, os.O_RDONLY)
    for command in commands[:-1]:
        ready, sink = os.pipe()
        children.append(_spawn(command, env, source, sink))
        source = ready
    sink = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    children.append(_spawn(commands[-1], env, source, sink))
    waited = [os.wait4(child, 0) for child in children]
    took = 1000 * (time.perf_counter() - begun)
    if any(status for _, status, _ in waited):
        raise SystemExit(f"failed: {' | '.join(map(' '.join, commands))}")
    return took, waited[0][2].ru_maxrss / 1024


def _spawn(command: Command, env: Mapping[str, str], source: int, sink: int) -> int:
    """Start a child between two ends, which the child has from then on and we no longer."""
    actions = [
        (os.POSIX_SPAWN_DUP2, source, 0),
        (os.POSIX_SPAWN_DUP2, sink, 1),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
    ]
    child = os.posix_spawn(command[0], list(command), env, file_actions=actions)
    os.close(source)
    os.close(sink)
    return child


def _lines(file: Path) -> int:
    with file.open("rb") as stream:
        return sum(block.count(b"\n") for block in iter(lambda: stream.read(BLOCK), b""))
