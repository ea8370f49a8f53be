"""What nvqplan does in the comparisons, each piece of work in one function.

    python benchmarks/ours.py WORK QUALIFICATION [--credits N]

does one of them in a process of its own, so that its memory can be measured.
"""

import argparse
import os
from itertools import islice
from pathlib import Path
from random import Random
from typing import BinaryIO

from models import Weights, open_task
from tasks import Task

from nvqplan.space.mixes import Space

ROWS = 20_000_000
BEST = 10
SAMPLES = 1000
HEAVIEST = 1000
WORKS = ("count", "list", "best", "sample")


def count(space: Space) -> int:
    return space.count()


def compile_diagram(space: Space) -> Space:
    """The space, ready for any question: compiled, and the mixes below each node counted."""
    space.diagram.count()
    return space


def write_rows(space: Space, stream: BinaryIO, limit: int) -> int:
    """Write the first mixes, a row each, and say how many."""
    written = 0
    for text, rows in space.lines(0, min(limit, space.count())):
        stream.write(text)
        written += rows
    stream.write(b"\n")
    return written


def best(space: Space, weights: Weights, wanted: int) -> list[int]:
    """The sums of the best mixes, greatest first, as they are found."""
    tuples = {unit: (weight,) for unit, weight in weights.items()}
    return [score for (score,), _ in islice(space.ranked(tuples), wanted)]


def best_verified(space: Space, weights: Weights, wanted: int) -> list[int]:
    """The same, each mix verified by python-constraint and by the rules before it is told."""
    tuples = {unit: (weight,) for unit, weight in weights.items()}
    return [score for (score,), _ in space.best(tuples, wanted)]


def sample(space: Space, size: int, seed: int = 1) -> list[frozenset[str]]:
    """So many different mixes drawn at random."""
    return list(space.sample(size, seed))


def status_after(space: Space, unit: str) -> int:
    """Take one unit and tell the status of all: how many are free then."""
    status = space.given([unit]).status()
    return sum(each.kind == "free" for each in status.values())


def weigh(space: Space, seed: int) -> dict[str, int]:
    """Units wanted and unwanted at random."""
    dice = Random(seed)  # noqa: S311 - has to be repeatable
    return {unit: dice.randint(-HEAVIEST, HEAVIEST) for unit in space.qualification.offering.units}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", choices=WORKS)
    parser.add_argument("qualification")
    parser.add_argument("--credits", type=int)
    args = parser.parse_args()
    space = open_task(Task(args.qualification, args.credits))
    if args.work == "count":
        count(space)
    elif args.work == "list":
        with Path(os.devnull).open("wb") as stream:
            write_rows(space, stream, ROWS)
    elif args.work == "best":
        best(space, weigh(space, seed=1), BEST)
    else:
        sample(space, SAMPLES)


if __name__ == "__main__":
    main()
