"""`nvqplan check` of a thousand curriculum files in one process, against `yamllint` of the same."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from timing import Row, plain_environment, run_process, summarise

FILES = 1_000
FEWER = 100
PAIRS = 5
AT_MOST = {0: 1 / 3, 10: None}
"""Of the peer's time, by how many pathways in a hundred are wrong; to explain those takes time."""

GROWTH_MB = 6.0
"""What ten times as many files may add to the peak."""

RELAXED = "{extends: default, rules: {line-length: disable, document-start: disable}}"
"""The default configuration without the two rules that files like these break in every line."""


def rows() -> Iterator[Row]:
    """Files in which all is well, as once CI is green, and files with faults in one of ten."""
    for faulty in AT_MOST:
        yield _row(faulty)


def _row(faulty: int) -> Row:
    """The time against the peer's, and the peak against that of fewer files."""
    programs = Path(sys.executable).parent
    writer = (sys.executable, str(Path(__file__).with_name("curricula.py")))
    ends = 1 if faulty else 0
    with tempfile.TemporaryDirectory() as folder:
        env = plain_environment(folder)
        many, few = str(Path(folder, "many")), str(Path(folder, "few"))
        for where, files in ((many, FILES), (few, FEWER)):
            subprocess.run([*writer, where, str(files), str(faulty)], env=env, check=True)
        check = (str(programs / "nvqplan"), "check")
        lint = (str(programs / "yamllint"), "-d", RELAXED, many)
        run_process(lint, env)
        few_mb = max(run_process((*check, few), env, ends=ends)[1] for _ in range(3))
        runs = [
            (run_process((*check, many), env, ends=ends), run_process(lint, env))
            for _ in range(PAIRS)
        ]
        pairs = [(ours[0], peer[0]) for ours, peer in runs]
        peak = max(ours[1] for ours, _ in runs)
        work = f"check {FILES:,} files, {faulty} % wrong"
        return summarise(work, "yamllint", pairs, AT_MOST[faulty], peak, few_mb + GROWTH_MB)
