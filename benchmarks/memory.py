"""The peak memory of our processes, each doing one piece of work; the parent must be small."""

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tasks import COUNTED, DIPLOMA, LISTED, Task
from timing import plain_environment, run_process

RUNS = 3
WORKS = (
    *(("count", task) for task in COUNTED),
    *(("list", task) for task in LISTED),
    ("best", DIPLOMA),
    ("sample", DIPLOMA),
)

Peaks = Mapping[tuple[str, Task], float]
"""MB by what is done and with which task."""


def peaks() -> Peaks:
    with tempfile.TemporaryDirectory() as folder:
        env = plain_environment(folder)
        return {work: _peak(*work, env) for work in WORKS}


def _peak(work: str, task: Task, env: Mapping[str, str]) -> float:
    """The highest of a few runs."""
    credits = () if task.credits is None else ("--credits", str(task.credits))
    command = (sys.executable, str(Path(__file__).with_name("ours.py")), work, task.id, *credits)
    return max(run_process(command, env)[1] for _ in range(RUNS))
