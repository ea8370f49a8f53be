"""The nearest real name to a mistyped one."""

from collections.abc import Iterable


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """A question that offers the nearest known name, "" where none is near."""
    near = nearest(written, known)
    return f"did you mean '{near}'?" if near else ""


def nearest(written: str, known: Iterable[str]) -> str:
    """The known name that looks most like the one written, "" where none does."""
    from difflib import get_close_matches

    names = {_shape(name): name for name in known}
    if _shape(written) in names:
        return names[_shape(written)]
    near = get_close_matches(_shape(written), names, n=1, cutoff=0.6)
    return names[near[0]] if near else ""


def same_shape(written: str, known: Iterable[str]) -> str:
    """The one known name with nothing but lookalikes exchanged, "" where there is not just one."""
    shape = _shape(written.strip())
    same = [name for name in known if _shape(name) == shape]
    return same[0] if len(same) == 1 else ""


_LOOKALIKES = str.maketrans("oil", "011")


def _shape(name: str) -> str:
    """A name with letters that are typed for digits as those digits, in small letters."""
    return name.casefold().translate(_LOOKALIKES)
