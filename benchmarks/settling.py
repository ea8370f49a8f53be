"""Rulebooks compiled plainly, and with nodes merged in pairs from the start, in turn.

python benchmarks/settling.py                      # a table
python benchmarks/settling.py WAY PLACE [MIB]      # one diagram, in a process of its own
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from synthetic import Shape, qualification

from nvqplan.api import open_rulebook
from nvqplan.rules.terms import Terms
from nvqplan.solving.layers import OutgrownError, collector_paused, compile_layers, compile_walks
from nvqplan.solving.settling import Settler
from nvqplan.space.mixes import Space

PAIRS = 3
PLAIN, SETTLED = "plain", "settled"
HOSPITALITY = Path(__file__).parents[1] / "examples/rulebooks/hospitality"
SHAPES = (
    Shape(100, 6, 1, tight=True),
    Shape(100, 12, 3, tight=True),
    Shape(100, 6, 1, hours=True),
    Shape(100, 9, 2, tight=True, hours=True),
    Shape(200, 6, 8, tight=True, hours=True),
)


def main() -> None:
    print("| rulebook | plain ms | nodes | MB | settled ms | nodes | MB | settled / plain |")
    for place in range(len(SHAPES) + 1):
        runs = [(_run(PLAIN, place), _run(SETTLED, place)) for _ in range(PAIRS)]
        cells = [
            f"{median(pair[side][0] for pair in runs):.0f} | {runs[0][side][1]} | "
            f"{max(pair[side][2] for pair in runs):.0f}"
            for side in (0, 1)
        ]
        ratio = median(settled[0] / plain[0] for plain, settled in runs)
        name = tuple(SHAPES[place - 1]) if place else "hospitality"
        print(f"| {name} | {' | '.join(cells)} | {ratio:.2f} |", flush=True)


def _run(way: str, place: int) -> tuple[float, int, float]:
    command = (sys.executable, __file__, way, str(place))
    child = subprocess.run(command, capture_output=True, check=True)
    milliseconds, nodes, peak = json.loads(child.stdout)
    return milliseconds, nodes, peak


def measure(way: str, place: int, mebibytes: int) -> tuple[float, int | str, float]:
    """Milliseconds, nodes and the peak in MB; what is told in place of nodes where it outgrew."""
    space = _space(place)
    units, machines, memory = space.order, space.machines, mebibytes * 2**20
    begun = time.perf_counter()
    try:
        with collector_paused():
            if way == PLAIN:
                layers, _ = compile_layers(units, machines, memory)
            else:
                walks = [machine.along(units) for machine in machines]
                layers, _ = compile_walks(units, walks, memory, Settler(walks, len(units)))
        nodes: int | str = sum(len(left) for left, _ in layers)
    except OutgrownError as outgrown:
        nodes = str(outgrown)
    took = 1000 * (time.perf_counter() - begun)
    return took, nodes, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _space(place: int) -> Space:
    if place:
        made = qualification(SHAPES[place - 1])
    else:
        made = open_rulebook(str(HOSPITALITY)).qualifications[0]
    return Space(made, Terms("any").learner(made))


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        way, place, *allowed = sys.argv[1:]
        print(json.dumps(measure(way, int(place), int(allowed[0]) if allowed else 4096)))
