"""Mixes as rows of text: the decision diagram against every peer that can list.

What a program takes to its first row is its start; the other rows are timed without it.
"""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple

import ours
import peer_clingo
import peer_constraint
import peer_cpsat
import peer_cpsolver
import peer_graphillion
from bounded import Budget, Missing, run_within
from memory import Peaks
from models import Model, model_of, open_task, read_rows
from tasks import PEAK_MB, Task
from timing import Row, calibrate, clock, summarise

from nvqplan.space.mixes import Space

PAIRS = 3
AT_MOST = 1 / 40
PEER_SECONDS = 60.0
"""What all listings of a peer may take before it is killed, for each task."""

CHECKED_WHOLE = 150_000
CHECKED = 5000
MILLION = 1_000_000

Lister = Callable[[BinaryIO, int], int]
"""Compiles, writes so many rows and says how many it wrote."""

PEERS: Mapping[str, Callable[[Model], Lister]] = {
    peer_graphillion.NAME: peer_graphillion.lister,
    peer_clingo.NAME: peer_clingo.lister,
    peer_cpsat.NAME: peer_cpsat.lister,
    peer_cpsolver.NAME: peer_cpsolver.lister,
    peer_constraint.NAME: peer_constraint.lister,
}


class Speed(NamedTuple):
    """Milliseconds to the first row, and for a million rows after it."""

    start: float
    million: float


Told = tuple[set[frozenset[str]], list[tuple[Speed, Speed]]]
"""The first mixes that a peer lists, and the pairs of our speed and its."""


def rows(task: Task, peaks: Peaks, budget: Budget) -> Iterator[Row | Missing]:
    """The speeds, the fastest peer first and ours held against it; then the starts."""
    space = open_task(task)
    model, total = model_of(space, str(task)), space.count()
    if peer_graphillion.count(model) != total:
        raise SystemExit(f"{task}: ours counts {total:,}, {peer_graphillion.NAME} does not")
    rows = min(total, ours.ROWS)
    listed = _check(_ours(space), model, "ours", total)
    runs: dict[str, list[tuple[Speed, Speed]]] = {}
    for name in PEERS:
        seconds = budget.left(PEER_SECONDS)
        try:
            ((found, runs[name]),) = run_within(
                seconds, partial(_time, name, task, model, total, rows)
            )
        except TimeoutError:
            why = f"killed after {seconds:.0f} s"
            yield Missing(f"list {task}", name, why, is_peer=seconds == PEER_SECONDS)
            continue
        if found != listed and total <= CHECKED_WHOLE:
            raise SystemExit(f"{task}: {name} lists other mixes than ours")
    if not runs:
        return
    yield from _speeds(task, runs, peaks["list", task])
    for name, pairs in runs.items():
        starts = [(mine.start, theirs.start) for mine, theirs in pairs]
        yield summarise(f"start {task}", name, starts)


def _time(name: str, task: Task, model: Model, total: int, rows: int) -> Iterator[Told]:
    """One peer, in a process of its own, and ours beside it."""
    write = PEERS[name](model)
    found = _check(write, model, name, total)
    limit = calibrate(partial(_clock, write), total)
    yield found, [(_our_speed(task, rows), _speed(write, limit)) for _ in range(PAIRS)]


def _speeds(
    task: Task, runs: Mapping[str, list[tuple[Speed, Speed]]], peak: float
) -> Iterator[Row]:
    found = [
        summarise(f"list {task}", name, [(mine.million, theirs.million) for mine, theirs in pairs])
        for name, pairs in runs.items()
    ]
    best, *others = sorted(found, key=lambda row: row.peer_ms)
    yield best._replace(at_most=AT_MOST, peak_mb=peak, peak_at_most=PEAK_MB)
    yield from others


def _ours(space: Space) -> Lister:
    return lambda stream, limit: ours.write_rows(space, stream, limit)


def _check(write: Lister, model: Model, name: str, total: int) -> set[frozenset[str]]:
    """The first rows, which must all be different legal mixes: of a small space, all rows."""
    limit = total if total <= CHECKED_WHOLE else CHECKED
    with tempfile.TemporaryFile() as file:
        write(file, limit)
        file.seek(0)
        mixes = read_rows(file.read())
    if len(set(mixes)) != limit or len(mixes) != limit:
        raise SystemExit(f"{model.name}: {name} lists {len(set(mixes)):,} of {limit:,} mixes")
    if not all(map(model.allows, mixes[:CHECKED])):
        raise SystemExit(f"{model.name}: {name} lists a mix that breaks a rule")
    return set(mixes)


def _our_speed(task: Task, rows: int) -> Speed:
    """So many rows by a space that has written its first one: nothing has to be taken off."""
    write = _ours(open_task(task))
    start, whole = _clock(write, 1), _clock(write, rows)
    return Speed(start, whole / rows * MILLION)


def _speed(write: Lister, limit: int) -> Speed:
    """So many rows, less what the first one takes."""
    start, whole = _clock(write, 1), _clock(write, limit)
    return Speed(start, (whole - start) / (limit - 1) * MILLION)


def _clock(write: Lister, limit: int) -> float:
    with Path(os.devnull).open("wb") as stream:
        return clock(lambda: write(stream, limit))
