"""The numbers of assessment criteria in one cell: `1.1-1.4 2.1 2.3`."""

import re

Criterion = tuple[int, int]
"""The number of an outcome, and that of a criterion of it."""

_RANGE = r"(\d{1,2})\.(\d{1,2})(?:-(\d{1,2})\.(\d{1,2}))?"

MOST_RANGES = 1_000
"""More than any unit has; so many ranges of at most 99 criteria are soon counted."""


def parse_criteria(text: str) -> tuple[Criterion, ...] | None:
    """Every criterion in the order of the cell, None where it holds anything else."""
    words = text.split()
    if len(words) > MOST_RANGES:
        return None
    numbers: list[Criterion] = []
    for word in words:
        told = re.fullmatch(_RANGE, word, re.ASCII)
        if told is None:
            return None
        outcome, first = int(told[1]), int(told[2])
        last_outcome, last = int(told[3] or outcome), int(told[4] or first)
        if last_outcome != outcome or last < first:
            return None
        numbers += ((outcome, number) for number in range(first, last + 1))
    return tuple(numbers)
