"""Start-up: whole commands against `import typer`, which every one of them has to pay for."""

import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from timing import Row, plain_environment, run_process, summarise

PAIRS = 40
BASE = (sys.executable, "-c", "import typer")
CURRICULUM = """\
centre: Northfield Skills
qualification: l3-diploma
registered: 2026-09-01
youngest: 17
pathways:
  sales:
    units: [101, 301, 204, 303, 305, 405, 229, 328, 329, 330]
"""
WAYS = {
    "nvqplan": (str(Path(sys.executable).parent / "nvqplan"),),
    "python -m nvqplan": (sys.executable, "-m", "nvqplan"),
}
PEAK_MB = 80.0


def rows() -> Iterator[Row]:
    """`check` of a legal file and `suggest`, each as installed and as a module."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "legal.yaml")
        file.write_text(CURRICULUM, "utf-8")
        env = plain_environment(folder)
        for way, start in WAYS.items():
            check = (*start, "check", str(file))
            yield _compare(f"{way} check FILE", check, 1.8, env)
        for way, start in WAYS.items():
            suggest = (*start, "suggest", "--level", "3", "--prefer", "sales")
            yield _compare(f"{way} suggest --level 3", suggest, 3.0, env)


def _compare(work: str, command: Sequence[str], at_most: float, env: Mapping[str, str]) -> Row:
    """The first run of each writes the bytecode and is not timed."""
    run_process(command, env)
    run_process(BASE, env)
    runs = [(run_process(command, env), run_process(BASE, env)) for _ in range(PAIRS)]
    pairs = [(ours[0], base[0]) for ours, base in runs]
    peak = max(ours[1] for ours, _ in runs)
    return summarise(work, "import typer", pairs, at_most, peak, PEAK_MB)
