"""Start-up: whole commands against `import typer`, which every one of them has to pay for.

And against an older version, where one is installed beside: NVQPLAN_OLDER names its `bin` folder.
"""

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir
from pathlib import Path

from bounded import Missing
from timing import BYTECODE, Row, plain_environment, run_process, summarise

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

OLDER = "an older nvqplan"
OF_OLDER = 0.9
"""Commands take at most this part of what they took before."""


def rows() -> Iterator[Row | Missing]:
    """`check` of a legal file and `suggest`, each as installed and as a module."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "legal.yaml")
        file.write_text(CURRICULUM, "utf-8")
        env = plain_environment(folder)
        suggest = ("suggest", "--level", "3", "--prefer", "sales")
        works = {
            "check FILE": (("check", str(file)), 1.8),
            "suggest --level 3": (suggest, 3.0),
        }
        for work, (words, at_most) in works.items():
            for way, start in WAYS.items():
                pairs, peak = _time((*start, *words), BASE, env)
                name = f"{way} {work}"
                yield summarise(name, "import typer", pairs, at_most, peak, PEAK_MB)
        for work, (words, _) in works.items():
            yield _against_older(f"nvqplan {work}", words, env)


def _against_older(work: str, words: Sequence[str], env: Mapping[str, str]) -> Row | Missing:
    """The same command of both versions, as installed."""
    older = os.environ.get("NVQPLAN_OLDER")
    if older is None:
        return Missing(work, OLDER, "not run: no NVQPLAN_OLDER", is_peer=True)
    command = (str(Path(older, "nvqplan").absolute()), *words)
    pairs, _ = _time((*WAYS["nvqplan"], *words), command, env)
    return summarise(work, OLDER, pairs, OF_OLDER)


def _time(
    command: Sequence[str], other: Sequence[str], env: Mapping[str, str]
) -> tuple[list[tuple[float, float]], float]:
    """Milliseconds of both, in turn, and the peak of the first in MB.

    The first run of each writes the bytecode and is not timed. They run where users are: in a
    folder of their own, that no configuration lies above.
    """
    with chdir(env[BYTECODE]):
        run_process(command, env)
        run_process(other, env)
        runs = [(run_process(command, env), run_process(other, env)) for _ in range(PAIRS)]
    return [(ours[0], base[0]) for ours, base in runs], max(ours[1] for ours, _ in runs)
