"""Spoilt files by the hundred thousand: `make fuzz`, or `python -m tests.fuzz --help`.

Each input has a number, and seed and number alone make it; so whatever failed can be had again.
"""

import argparse
import os
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.hardness import CHECKS, NotHardError
from tests.spoiling import spoil

SHARES = {
    "curriculum": 44,
    "proofs": 6,
    "rules": 14,
    "units": 9,
    "configuration": 9,
    "baseline": 9,
    "certificate": 9,
}
"""How many of a hundred inputs are of a kind."""

CHUNK = 100
FAILURES = Path("fuzz-failures")
TRIES = 2_000
"""So often a failing input is made smaller, at most."""


class Failure(NamedTuple):
    """An input that should not have done what it did."""

    number: int
    kind: str
    data: bytes
    why: str
    trace: str


def make_input(seed: int, number: int, only: str = "") -> tuple[str, bytes]:
    """The kind and the bytes of one input."""
    random = Random(f"{seed}/{number}")  # noqa: S311 - has to be repeatable
    kind = random.choices(list(SHARES), list(SHARES.values()))[0]
    return only or kind, spoil(only or kind, random)


def try_input(number: int, kind: str, data: bytes) -> Failure | None:
    """What is wrong about how an input is dealt with."""
    try:
        CHECKS[kind](data)
    except (Exception, NotHardError) as error:  # noqa: BLE001 - that any may come is the question
        frames = traceback.extract_tb(error.__traceback__)
        why = f"{type(error).__name__} at {Path(frames[-1].filename).name}:{frames[-1].lineno}"
        return Failure(number, kind, data, why, traceback.format_exc())
    return None


def try_inputs(seed: int, only: str, numbers: range) -> tuple[Counter[str], list[Failure]]:
    counts: Counter[str] = Counter()
    failures = []
    for number in numbers:
        kind, data = make_input(seed, number, only)
        counts[kind] += 1
        failure = try_input(number, kind, data)
        failures += [failure] if failure else []
    return counts, failures


def smallest(failure: Failure) -> Failure:
    """The same failure of an input from which no piece can be taken out any more."""
    tries = TRIES
    size = len(failure.data) // 2
    while size and tries > 0:
        start = 0
        while start < len(failure.data) and tries > 0:
            data = failure.data[:start] + failure.data[start + size :]
            again = try_input(failure.number, failure.kind, data)
            tries -= 1
            if again is not None and again.why == failure.why:
                failure = again
            else:
                start += size
        size //= 2
    return failure


def chunks(first: int, inputs: int) -> Iterator[range]:
    for start in range(first, first + inputs, CHUNK):
        yield range(start, min(start + CHUNK, first + inputs))


def run(
    inputs: int, seed: int, jobs: int, only: str, first: int, tell: Callable[[str], object]
) -> int:
    """Try inputs, tell how it goes, keep the smallest input of each failure; how many failed."""
    counts: Counter[str] = Counter()
    failures: dict[str, list[Failure]] = {}
    start = told = time.monotonic()
    with Pool(jobs) as pool:
        work = partial(try_inputs, seed, only)
        for done, failed in pool.imap(work, chunks(first, inputs)):
            counts += done
            for each in failed:
                failures.setdefault(f"{each.kind}: {each.why}", []).append(each)
            if time.monotonic() - told > 10:
                told = time.monotonic()
                tell(f"{counts.total():,} of {inputs:,}, {len(failures)} ways to fail\n")
    for alike in failures.values():
        tell(_keep(smallest(alike[0]), len(alike), seed))
    kinds = ", ".join(f"{counts[kind]:,} {kind}" for kind in SHARES if counts[kind])
    seconds = time.monotonic() - start
    failed_inputs = sum(map(len, failures.values()))
    tell(f"{counts.total():,} inputs in {seconds:.0f} s, seed {seed}: {kinds}\n")
    tell(f"{failed_inputs:,} failed, in {len(failures)} ways\n")
    return failed_inputs


def _keep(failure: Failure, times: int, seed: int) -> str:
    FAILURES.mkdir(exist_ok=True)
    path = FAILURES / f"{failure.kind}-{seed}-{failure.number}"
    path.write_bytes(failure.data)
    told = f"\n{failure.kind}, input {failure.number}, {times:,} times: {failure.why}\n"
    return f"{told}{failure.trace}{failure.data[:300]!r}\nkept in {path}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description="Try spoilt files on the readers and on check.")
    parser.add_argument("--inputs", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the number of the first input")
    parser.add_argument("--only", choices=SHARES, default="", help="inputs of one kind")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = vars(parser.parse_args())
    sys.exit(1 if run(**asked, tell=partial(print, end="", flush=True)) else 0)


if __name__ == "__main__":
    main()
