"""Words that every message is made of: amounts, lists, dates, and text that is safe to show."""

import re
from collections.abc import Mapping
from datetime import date

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
