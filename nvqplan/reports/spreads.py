"""How many mixes there are of what size, drawn with plain characters."""

from collections.abc import Iterator, Mapping
from itertools import count
from typing import NamedTuple

ROWS = 30
"""More sums than this are put together in ranges."""

BLOCKS: tuple[str, ...] = ("", *"▏▎▍▌▋▊▉█")
"""Eighths of a character, from none to all."""


class Range(NamedTuple):
    """Sums from `least` to `most`, and how many mixes have one of them."""

    least: int
    most: int
    mixes: int

    def __str__(self) -> str:
        return f"{self.least}" if self.least == self.most else f"{self.least}..{self.most}"


def ranges(spread: Mapping[int, int]) -> list[Range]:
    """The sums one by one, or where they are many in ranges of 2, 5, 10, 20, 50 and so on."""
    if len(spread) <= ROWS:
        return [Range(total, total, mixes) for total, mixes in spread.items()]
    least, most = min(spread), max(spread)
    width = next(width for width in _widths() if most - least < ROWS * width)
    together: dict[int, int] = {}
    for total, mixes in spread.items():
        start = total // width * width
        together[start] = together.get(start, 0) + mixes
    return [
        Range(max(start, least), min(start + width - 1, most), mixes)
        for start, mixes in together.items()
    ]


def _widths() -> Iterator[int]:
    """1, 2, 5, 10, 20, 50 and so on."""
    return (step * 10**zeros for zeros in count() for step in (1, 2, 5))


def bar(part: int, whole: int, width: int, *, blocks: bool) -> str:
    """A bar of up to `width` characters; what is not nothing is seen."""
    if not blocks:
        return "#" * -(-part * width // whole)
    eighths = max(8 * width * part // whole, bool(part))
    full, rest = divmod(eighths, 8)
    return BLOCKS[8] * full + BLOCKS[rest]


def percent(part: int, whole: int) -> str:
    """A share to a tenth of a percent; only nothing is 0 % and only everything 100 %."""
    if not whole:
        return "-"
    if part in (0, whole):
        return "100 %" if part else "0 %"
    tenths = (2000 * part + whole) // (2 * whole)
    if tenths in (0, 1000):
        return ">99.9 %" if tenths else "<0.1 %"
    return f"{tenths // 10}.{tenths % 10} %"
