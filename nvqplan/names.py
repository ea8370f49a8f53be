"""The nearest real name to a mistyped one."""

from collections.abc import Iterable


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """A question that offers the nearest known name, "" where none is near."""
    from difflib import get_close_matches

    names = {name.casefold(): name for name in known}
    near = get_close_matches(written.casefold(), names, n=1, cutoff=0.6)
    return f"did you mean '{names[near[0]]}'?" if near else ""
