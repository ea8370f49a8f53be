"""Shapes of single values: text, whole numbers, days, names.

Patterns mean the same in Python and in JavaScript: `(?!\\n)` stands behind `$`, which in Python
would let a line end follow.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from nvqplan.core.findings import Findings, Located
from nvqplan.core.shapes import WORDS, Shape, described, wrong
from nvqplan.core.words import did_you_mean, listing

T = TypeVar("T")
Name = TypeVar("Name", bound=str)

TYPES = {str: "string", int: "integer", bool: "boolean"}
"""What JSON Schema calls the types of single values."""

LARGEST = 1_000_000
"""No number of credits, hours, units or years comes near it."""


def _read_text(node: Located, what: str, found: Findings) -> str | None:
    if not isinstance(node.value, str):
        wrong(node, what, "text", found)
    elif not node.value.strip():
        found.add(node, "NVQ108", f"{what} must not be empty")
    elif not node.value.isprintable():
        found.add(node, "NVQ108", f"{what} must be one line without control characters")
    else:
        return node.value
    return None


_UNSEEN = (
    "\\u0000-\\u001f\\u007f-\\u00a0\\u00ad\\u0600-\\u0605\\u061c\\u06dd\\u070f\\u0890-\\u0891\\u08e2"
    "\\u1680\\u180e\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u2064\\u2066-\\u206f\\u3000\\ue000-\\uf8ff"
    "\\ufeff\\ufff9-\\ufffb"
)
"""Controls, formats, private characters, and all spaces but the plain one."""

TEXT = Shape(
    _read_text,
    described(
        {
            "type": "string",
            "pattern": "[^ ]",
            "patternErrorMessage": "must not be empty",
            "not": {"pattern": f"[{_UNSEEN}]"},
        }
    ),
)
"""Text for people: one line, and nothing that moves the cursor or colours the terminal."""


def _read_whole(node: Located, what: str, found: Findings) -> int | None:
    if type(node.value) is not int:
        wrong(node, what, WORDS[int], found)
    elif node.value < 0:
        found.add(node, "NVQ108", f"{what} must not be negative")
    elif node.value > LARGEST:
        found.add(node, "NVQ108", f"{what} must not be over {LARGEST:,}")
    else:
        return node.value
    return None


WHOLE = Shape(_read_whole, described({"type": "integer", "minimum": 0, "maximum": LARGEST}))
"""A whole number of at least 0."""


def _read_date(node: Located, what: str, found: Findings) -> date | None:
    if type(node.value) is date:
        return node.value
    wanted = "a date such as 2026-09-01"
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", node.text):
        wrong(node, what, wanted, found)
    elif is_day(node.text):
        wrong(node, what, wanted, found, "write it without quotes")
    else:
        found.add(node, "NVQ108", f"{what} must be {wanted}, there is no {node.text}")
    return None


def is_day(text: str) -> bool:
    """Whether there is such a day, in the form that text has already."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


_LEAP = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)-02-29"
_DAYS = (
    "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    "|02-(?:0[1-9]|1[0-9]|2[0-8])"
)
DATE = Shape(
    _read_date,
    described(
        {
            "type": "string",
            "pattern": f"^(?:{_LEAP}|(?!0000)[0-9]{{4}}-(?:{_DAYS}))$(?!\\n)",
            "patternErrorMessage": "must be a date such as 2026-09-01",
        }
    ),
)
"""A day that there is, from year 1 on."""


def _read_name(node: Located, what: str, found: Findings) -> Located | None:
    if not node.text.strip() or node.value is None:  # lists and mappings have no text
        wrong(node, what, "one name or number", found)
        return None
    return node


NAME = Shape(_read_name, described({"type": ["string", "number", "boolean"], "pattern": "\\S"}))
"""A unit number, topic or id, of which the text counts as it is written, never a number's value."""


def typed(kind: type[T]) -> Shape[T]:
    """A value of just this type, whatever it says."""

    def read(node: Located, what: str, found: Findings) -> T | None:
        if type(node.value) is kind:
            return node.value
        wrong(node, what, WORDS[kind], found)
        return None

    return Shape(read, described({"type": TYPES[kind]}))


FLAG = typed(bool)
"""True or false."""


NODE: Shape[Located] = Shape(lambda node, *_: node, described({}))
"""Anything, which is read further on by whoever knows how."""


def one_of(
    *names: Name, explained: Sequence[str] = (), within: Shape[str] | None = None
) -> Shape[Name]:
    """One of these words; `explained` says to editors what each of them means.

    Of what is none of them, nothing more is told where it is not even `within` that shape.
    """

    def read(node: Located, what: str, found: Findings) -> Name | None:
        for name in names:
            if node.value == name:
                return name
        if within is None or within.read(node, what, found) is not None:
            message = f"{what} must be {listing(names, 'or')}"
            found.add(node, "NVQ108", message, did_you_mean(node.text, names))
        return None

    more = {"markdownEnumDescriptions": list(explained)} if explained else {}
    return Shape(read, described({"enum": list(names), **more}))
