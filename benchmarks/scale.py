"""How counting and compiling grow with units and rules, for us and for Graphillion.

    python benchmarks/scale.py --write     # measure; write scale.json, scale.md and scale.svg
    python benchmarks/scale.py --redraw    # the last two from the first

Each measurement is a process of its own, one at a time, with a limit of time and of memory: what
outgrows them is told as such. Linux only. Programs that count by listing (clingo, OR-Tools CP-SAT,
python-constraint) are left out: even 30 units have more mixes than they list in the time.
"""

import argparse
import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from scale_child import COMPILE, COUNT, NO_MEMORY, PEER, PEER_WAYS
from scale_report import draw, table
from synthetic import Shape

HERE = Path(__file__).parent
CHILD = HERE / "scale_child.py"
SECONDS = 10
SEEDS = 3

UNITS = (30, 50, 75, 100, 150, 200)
RULES = tuple(range(3, 13))
AT_RULES, AT_UNITS = 6, 100
"""What stays the same while the other grows."""

OUTGROWN = {-signal.SIGALRM: "time", -signal.SIGABRT: "memory", NO_MEMORY: "memory"}
"""How a child ends that has outgrown a limit; C++ aborts where it gets no memory."""

Measured = dict[str, Any]


def shapes(seeds: int) -> Iterator[Shape]:
    """Every rulebook once: growing units, then growing rules, each loose, tight, with hours."""
    sizes = [(units, AT_RULES) for units in UNITS] + [(AT_UNITS, rules) for rules in RULES]
    for units, rules in dict.fromkeys(sizes):
        for hours in (False, True):
            for tight in (False, True):
                for seed in range(1, seeds + 1):
                    yield Shape(units, rules, seed, tight, hours)


def measure(shape: Shape, seconds: float) -> Iterator[Measured]:
    """Ours, and the best of the peer's ways; all must agree on the count."""
    ours = {program: _run(program, shape, seconds) for program in (COUNT, COMPILE)}
    ways = [_run(way, shape, seconds) for way in PEER_WAYS]
    counts = {run["mixes"] for run in (*ours.values(), *ways) if "mixes" in run}
    if len(counts) > 1:
        raise SystemExit(f"{shape}: the counts differ: {sorted(counts)}")
    best = min(ways, key=lambda run: run.get("seconds", seconds))
    for program, run in (*ours.items(), (PEER, best)):
        yield {"program": program, **shape._asdict(), **run}


def _run(program: str, shape: Shape, seconds: float) -> Measured:
    """What one child tells before it is done, or before a limit ends it."""
    told = (program, json.dumps(shape._asdict()), str(seconds))
    child = subprocess.run((sys.executable, str(CHILD), *told), capture_output=True, check=False)
    facts: Measured = {}
    for line in child.stdout.splitlines():
        facts |= json.loads(line)
    if "seconds" in facts:
        return facts
    if child.returncode not in OUTGROWN:
        raise SystemExit(f"{program} {shape}: {child.stderr.decode()}")
    return {"outgrown": OUTGROWN[child.returncode]}


def _measure_all(seeds: int, seconds: float) -> list[Measured]:
    rows = []
    for shape in shapes(seeds):
        for row in measure(shape, seconds):
            result = row.get("outgrown") or f"{row['seconds']:.3f} s"
            print(*shape, row["program"], result, file=sys.stderr, flush=True)
            rows.append(row)
    return rows


def _report(kept: Mapping[str, Any], *, write: bool) -> None:
    rows: Sequence[Measured] = kept["rows"]
    text = table(rows, kept["seconds"], AT_UNITS, AT_RULES)
    print(text, end="")
    if write:
        (HERE / "scale.md").write_text(text, "utf-8")
        draw(rows, kept["seconds"], AT_UNITS, AT_RULES, HERE / "scale.svg")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS, help="rulebooks of each shape")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="limit of each measurement")
    parser.add_argument("--write", action="store_true", help="keep the results")
    parser.add_argument("--redraw", action="store_true", help="table and plot without measuring")
    args = parser.parse_args()
    kept_in = HERE / "scale.json"
    if args.redraw:
        _report(json.loads(kept_in.read_text("utf-8")), write=True)
        return
    kept = {"seconds": args.seconds, "rows": _measure_all(args.seeds, args.seconds)}
    if args.write:
        lines = ",\n".join(json.dumps(row) for row in kept["rows"])
        head = f'{{"seconds": {json.dumps(args.seconds)}, "rows": [\n'
        kept_in.write_text(f"{head}{lines}\n]}}\n", "utf-8")
    _report(kept, write=args.write)


if __name__ == "__main__":
    main()
