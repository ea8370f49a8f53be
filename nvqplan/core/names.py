"""The nearest real name to a mistyped one."""

from collections.abc import Iterable
from functools import lru_cache

PATIENCE = 500
"""So many findings are there help for; behind as many nobody reads on, and searching costs."""

LONGEST = 200
"""Characters; what is longer is no slip of a name."""


def did_you_mean(written: str, known: Iterable[str], told: int = 0) -> str:
    """A question that offers the nearest known name, "" where none is near.

    Nor is there one where so many findings are `told` already that the search would take long.
    """
    near = nearest(written, known) if told < PATIENCE else ""
    return f"did you mean '{near}'?" if near else ""


def nearest(written: str, known: Iterable[str]) -> str:
    """The known name that looks most like the one written, "" where none does."""
    return "" if len(written) > LONGEST else _nearest(written, tuple(known))


@lru_cache(1_000)
def _nearest(written: str, known: tuple[str, ...]) -> str:
    """Kept, since what one pathway gets wrong the next ones often do too."""
    from difflib import get_close_matches

    names = _by_shape(known)
    if _shape(written) in names:
        return names[_shape(written)][-1]
    near = get_close_matches(_shape(written), names, n=1, cutoff=0.6)
    return names[near[0]][-1] if near else ""


def same_shape(written: str, known: Iterable[str]) -> str:
    """The one known name with nothing but lookalikes exchanged, "" where there is not just one."""
    same = _by_shape(tuple(known)).get(_shape(written.strip()), ())
    return same[0] if len(same) == 1 else ""


@lru_cache(8)
def _by_shape(known: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {}
    for name in known:
        names[_shape(name)] = (*names.get(_shape(name), ()), name)
    return names


_LOOKALIKES = str.maketrans("oil", "011")


def _shape(name: str) -> str:
    """A name with letters that are typed for digits as those digits, in small letters."""
    return name.casefold().translate(_LOOKALIKES)
