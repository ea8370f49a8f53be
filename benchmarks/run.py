"""Print how long nvqplan takes against other programs; exit 1 where a promise is not kept."""

import argparse
import json
import os
import platform
from collections.abc import Iterator, Sequence
from pathlib import Path

import checking
import memory
import startup
import streaming
from timing import Row

HEAD = ("work", "peer", "ours ms", "peer ms", "ratio", "at most", "peak MB", "met")
RULE = ("---", "---", *["---:"] * 6)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", metavar="FILE", help="write the rows here as well")
    args = parser.parse_args()
    rows = list(_rows())
    if args.json:
        written = [{**row._asdict(), "met": row.met} for row in rows]
        Path(args.json).write_text(json.dumps(written, indent=2) + "\n", "utf-8")
    return 1 if any(row.met is False for row in rows) else 0


def _rows() -> Iterator[Row]:
    """Every row, printed as soon as it is known."""
    print(
        f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores\n"
    )
    _print(HEAD)
    _print(RULE)
    for row in _all_rows():
        _print(_cells(row))
        yield row


def _all_rows() -> Iterator[Row]:
    """Processes first, while this one is small: a child's memory is counted from its parent's."""
    yield from startup.rows()
    yield from checking.rows()
    yield from streaming.rows()
    peaks = memory.peaks()

    import choosing
    import counting
    import listing

    yield from counting.rows(peaks)
    yield from listing.rows(peaks)
    yield from choosing.rows(peaks)


def _cells(row: Row) -> tuple[str, ...]:
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
