"""Words that every message is made of: amounts, lists, dates, text that is safe to show.

And the nearest real name to a mistyped one.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

_REGULAR = """credits units years pathways qualifications files alternatives titles outcomes
differences findings errors warnings remarks"""

SINGULAR = {"criteria": "criterion", "mixes": "mix"}
SINGULAR |= {several: several.removesuffix("s") for several in _REGULAR.split()}


def amount(number: int, measure: str) -> str:
    """`1 credit`, `3 credits`, `100 GLH`, `5 points`."""
    if number == 1 and measure in SINGULAR:
        return f"1 {SINGULAR[measure]}"
    return f"{number:,} {name_measure(measure)}"


def say_sums(sums: Mapping[str, int]) -> str:
    """`3 units, 15 credits, 105 GLH`, the sums of a mix by measure."""
    return ", ".join([amount(sum, measure) for measure, sum in sums.items()])


def listing(names: tuple[str, ...], last: str = "and") -> str:
    """`101`, `101 and 204`, `101, 204 and 301`."""
    head, tail = names[:-1], names[-1:]
    return f" {last} ".join(part for part in (", ".join(head), *tail) if part)


def name_measure(measure: str) -> str:
    """A measure in words: `credits`, `GLH`, `unit value`."""
    return "GLH" if measure == "glh" else measure.replace("_", " ")


def say_date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def printable(text: str) -> str:
    """Text that cannot move the cursor or colour the terminal: filters become `?`."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\t" else "?" for c in text)


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


def markdown(text: str) -> str:
    """Text of which Markdown makes nothing: no table cell, tag, link, list, name to be called."""
    shown = printable(text).replace("\t", " ").strip()
    marked = re.match(r"(\d*)([-+.)])", shown)  # what makes a line the beginning of a list
    if marked is None:
        return _inline(shown)
    return f"{marked[1]}\\{marked[2]}{_inline(shown[marked.end() :])}"


def _inline(text: str) -> str:
    escaped = re.sub(r"[\\`*_\[\]|~$>#]", r"\\\g<0>", text.replace("&", "&amp;"))
    return escaped.replace("<", "&lt;").replace("@", "@<!-- -->")


PATIENCE = 500
"""So many findings are there help for; behind as many nobody reads on, and searching costs."""

LONGEST = 200
"""Characters; what is longer is no slip of a name."""


def did_you_mean(written: str, known: Iterable[str], found: int = 0) -> str:
    """A question that offers the nearest known name, "" where none is near.

    Nor is there one where so many findings have been `found` that the search would take long.
    """
    near = nearest(written, known) if found < PATIENCE else ""
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
