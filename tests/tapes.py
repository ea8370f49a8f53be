"""Random cases: how many there are, and random choices read off a tape of bytes.

Hypothesis makes five of six cases out of parts of the one before. What is drawn in one piece has no
parts, so that every case is a new one; and it is drawn many times as fast.
"""

import os
from collections.abc import Sequence
from typing import TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

Drawn = TypeVar("Drawn")

FUZZ = float(os.environ.get("NVQPLAN_FUZZ", "1"))
"""How many times as many random cases: with more, other ones at every run; with less, a part."""


def cases(count: int) -> settings:
    return settings(max_examples=max(int(count * FUZZ), 5))


class Tape:
    """Reads two bytes for each choice; past its end it is the first option every time."""

    def __init__(self, drawn: bytes) -> None:
        self._drawn = drawn
        self._place = 0

    def whole(self, least: int, most: int) -> int:
        """A number between two, either of them included."""
        two = self._drawn[self._place : self._place + 2]
        self._place += 2
        return least + int.from_bytes(two, "big") % (most - least + 1)

    def one_in(self, number: int) -> bool:
        """Whether it is the last of so many options."""
        return self.whole(1, number) == number

    def pick(self, options: Sequence[Drawn]) -> Drawn:
        return options[self.whole(0, len(options) - 1)]

    def some(self, options: Sequence[Drawn], number: int) -> list[Drawn]:
        """So many different ones of the options, in any order, or all that there are."""
        left = list(options)
        return [left.pop(self.whole(0, len(left) - 1)) for _ in range(min(number, len(left)))]


def tapes(size: int) -> SearchStrategy[Tape]:
    """Tapes of so many bytes."""
    return st.binary(min_size=size, max_size=size).map(Tape)
