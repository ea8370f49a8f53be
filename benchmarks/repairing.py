"""`check` of pathways that all fail: the best mixes hoped for first, against all nodes weighed.

python benchmarks/repairing.py write FOLDER PATHWAYS [DATA]
python benchmarks/repairing.py check WAY [OPTION…] FOLDER
"""

import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import NamedTuple

from timing import Row, plain_environment, run_process, summarise

HOPING, WEIGHING = "hoping", "weighing"
MOST_EDITS = 4
HOSPITALITY = str(Path(__file__).parents[1] / "examples/rulebooks/hospitality")


class Work(NamedTuple):
    """So many pathways of a rulebook, and how often they are checked."""

    name: str
    pathways: int
    pairs: int
    data: tuple[str, ...] = ()


WORKS = (Work("3412", 1000, 5), Work("hospitality", 60, 3, (HOSPITALITY,)))


def rows() -> Iterator[Row]:
    for work in WORKS:
        with tempfile.TemporaryDirectory() as folder:
            yield _compare(work, str(Path(folder, "files")), plain_environment(folder))


def _compare(work: Work, folder: str, env: Mapping[str, str]) -> Row:
    this = (sys.executable, __file__)
    run_process((*this, "write", folder, str(work.pathways), *work.data), env)
    options = [option for data in work.data for option in ("--data", data)]
    ours, other = ((*this, "check", way, *options, folder) for way in (HOPING, WEIGHING))
    run_process(ours, env, ends=1)
    runs = [
        (run_process(ours, env, ends=1), run_process(other, env, ends=1)) for _ in range(work.pairs)
    ]
    pairs = [(mine[0], theirs[0]) for mine, theirs in runs]
    return summarise(f"repair {work.pathways:,} of {work.name}", "ours, all nodes weighed", pairs)


def write(folder: Path, pathways: int, data: str | None = None) -> None:
    """Write a file for each qualification: legal mixes with a few units dropped or added."""
    from nvqplan.api import open_rulebook, open_space
    from nvqplan.core.units import sort_units

    folder.mkdir()
    rulebook = open_rulebook(data) if data else open_rulebook()
    each = pathways // len(rulebook.qualifications)
    for number, qualification in enumerate(rulebook.qualifications):
        space = open_space(qualification.id, registered="any", rulebook=rulebook)
        dice = Random(number)  # noqa: S311 - has to be repeatable
        lines = [f"qualification: {qualification.id}", "registered: 2026-09-01", "youngest: 20"]
        lines.append("pathways:")
        failing = len(lines) + each
        for mix in space.sample(20 * each, number, replace=True):
            edits = dice.sample([*qualification.offering.units], dice.randint(1, MOST_EDITS))
            proposal = mix.symmetric_difference(edits)
            if len(lines) < failing and not all(m.holds(proposal) for m in space.machines):
                lines.append(f"  p{len(lines)}: {{ units: [{', '.join(sort_units(proposal))}] }}")
        (folder / f"{qualification.id}.yaml").write_text("\n".join(lines) + "\n", "utf-8")


def check(way: str, arguments: list[str]) -> None:
    from nvqplan.cli.main import run
    from nvqplan.solving import best

    if way == WEIGHING:
        best.SHARE, best.WALKS = sys.maxsize, 0
    sys.argv = ["nvqplan", "check", *arguments]
    run()


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(Path(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:])
    else:
        check(sys.argv[2], sys.argv[3:])
