"""Whole numbers drawn at random, each as likely as any other, the same ones for the same seed."""

from collections.abc import Iterator
from random import Random


def draw(count: int, size: int, seed: int, *, replace: bool = False) -> Iterator[int]:
    """Draw `size` numbers below `count`, without `replace` each at most once.

    A larger draw with the same seed begins with the smaller one. Exact for counts of any size, and
    the same in every version of Python: only `getrandbits` is asked. Raises ValueError where there
    are not enough numbers to draw, or the seed is less than 0.
    """
    if size < 0 or (size > count and not (replace and count)):
        raise ValueError(f"{size} of {count} cannot be drawn")
    if seed < 0:
        raise ValueError(f"the seed {seed} is less than 0")
    random = Random(seed)  # noqa: S311 - has to be repeatable
    if replace:
        return (_below(count, random) for _ in range(size))
    return _without_replacement(count, size, random)


def _without_replacement(count: int, size: int, random: Random) -> Iterator[int]:
    """Shuffle only as far as numbers are drawn, and remember only what was moved."""
    moved: dict[int, int] = {}
    for drawn in range(size):
        place = drawn + _below(count - drawn, random)
        yield moved.get(place, place)
        moved[place] = moved.pop(drawn, drawn)


def _below(count: int, random: Random) -> int:
    """A number below `count`: as many bits as that takes, drawn anew while it is too great."""
    bits = (count - 1).bit_length()
    number = random.getrandbits(bits) if bits else 0
    while number >= count:
        number = random.getrandbits(bits)
    return number
