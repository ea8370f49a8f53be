"""Print how long nvqplan takes against other programs.

Exit 1 where a promise is not kept, 2 where something did not fit into the time for the whole run.
"""

import argparse
import json
import os
import platform
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import checking
import memory
import repairing
import startup
import streaming
from bounded import NO_TIME, Budget, Missing, run_within
from tasks import COUNTED, LISTED
from timing import Row

SECONDS = 15 * 60
"""What a whole run may take."""

PIECE = 240
"""What one piece of the work may take before it is killed, peers and all."""

HEAD = ("work", "peer", "ours ms", "peer ms", "ratio", "at most", "peak MB", "met")
RULE = ("---", "---", *["---:"] * 6)


Line = Row | Missing


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", metavar="FILE", help="write the rows here as well")
    args = parser.parse_args()
    print(
        f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores\n"
    )
    _print(HEAD)
    _print(RULE)
    lines: list[Line] = []
    for line in _lines(Budget(SECONDS)):
        _print(_cells(line))
        lines.append(line)
    if args.json:
        Path(args.json).write_text(json.dumps([*map(_written, lines)], indent=2) + "\n", "utf-8")
    return exit_code(lines)


def exit_code(lines: Sequence[Line]) -> int:
    """A piece that was not run is worse than a promise that was not kept."""
    if any(isinstance(line, Missing) and not line.is_peer for line in lines):
        return 2
    return 1 if any(isinstance(line, Row) and line.met is False for line in lines) else 0


def _lines(budget: Budget) -> Iterator[Line]:
    """Processes first, while this one is small: a child's memory is counted from its parent's."""
    for name, rows in (
        ("start", startup.rows),
        ("check 1,000 files", checking.rows),
        ("enumerate", streaming.rows),
        ("repair", repairing.rows),
    ):
        yield from piece(name, rows, budget)
    peaks = memory.peaks()

    import choosing
    import counting
    import listing

    for task in COUNTED:
        yield from piece(f"count {task}", partial(counting.rows, task, peaks), budget)
    for task in LISTED:
        yield from listing.rows(task, peaks, budget)
    yield from piece("10 best", partial(choosing.best_rows, peaks), budget)
    yield from piece("1,000 samples", partial(choosing.sample_rows, peaks), budget)


def piece(name: str, rows: Callable[[], Iterator[Line]], budget: Budget) -> Iterator[Line]:
    """The rows of one piece of work, as soon as each is known, as long as there is time."""
    seconds = budget.left(PIECE)
    if not seconds:
        yield Missing(name, "", NO_TIME)
        return
    try:
        yield from run_within(seconds, rows)
    except TimeoutError:
        yield Missing(name, "", f"killed after {seconds:.0f} s")


def _written(line: Line) -> dict[str, object]:
    return {**line._asdict(), "met": line.met} if isinstance(line, Row) else line._asdict()


def _cells(row: Line) -> tuple[str, ...]:
    if isinstance(row, Missing):
        return row.work, row.peer, *[""] * 5, row.why
    met = {True: "yes", False: "NO", None: ""}[row.met]
    at_most = "" if row.at_most is None else f"{row.at_most:.3g}"
    peak = "" if row.peak_mb is None else f"{row.peak_mb:.0f} of {row.peak_at_most:.0f}"
    times = f"{row.ours_ms:.2f}", f"{row.peer_ms:.2f}", f"{row.ratio:.3g}"
    return row.work, row.peer, *times, at_most, peak, met


def _print(cells: Sequence[str]) -> None:
    """A line of a Markdown table, so that a run can be kept."""
    work, peer, *rest = cells
    print(
        f"| {work:48} | {peer:34} | " + " | ".join(f"{cell:>8}" for cell in rest) + " |", flush=True
    )


if __name__ == "__main__":
    raise SystemExit(main())
