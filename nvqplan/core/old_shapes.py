"""What `fields` reads, as JSON Schema: one shape for each reader there.

Patterns mean the same in Python and in JavaScript: `(?!\\n)` stands behind `$`, which in Python
would let a line end follow.
"""

import re
from collections.abc import Iterable
from typing import Any

from nvqplan.core.fields import LARGEST

Shape = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_UNSEEN = (
    "\\u0000-\\u001f\\u007f-\\u00a0\\u00ad\\u0600-\\u0605\\u061c\\u06dd\\u070f\\u0890-\\u0891\\u08e2"
    "\\u1680\\u180e\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u2064\\u2066-\\u206f\\u3000\\ue000-\\uf8ff"
    "\\ufeff\\ufff9-\\ufffb"
)
"""Controls, formats, private characters, and all spaces but the plain one."""

TEXT: Shape = {
    "type": "string",
    "pattern": "[^ ]",
    "patternErrorMessage": "must not be empty",
    "not": {"pattern": f"[{_UNSEEN}]"},
}
"""`as_text`: not blank, one line, nothing that cannot be seen."""

WHOLE: Shape = {"type": "integer", "minimum": 0, "maximum": LARGEST}
"""`as_whole`."""

_LEAP = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)-02-29"
_DAYS = (
    "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    "|02-(?:0[1-9]|1[0-9]|2[0-8])"
)
DATE: Shape = {
    "type": "string",
    "pattern": f"^(?:{_LEAP}|(?!0000)[0-9]{{4}}-(?:{_DAYS}))$(?!\\n)",
    "patternErrorMessage": "must be a date such as 2026-09-01",
}
"""`as_date`: a day that there is, from year 1 on."""

NAME: Shape = {"type": ["string", "number", "boolean"], "pattern": "\\S"}
"""`as_name`: any scalar that is not blank, for names that a schema cannot list."""


FLAG: Shape = {"type": "boolean"}
"""`as_flag`."""

SCALARS: Shape = {
    "type": "object",
    "propertyNames": {"not": {"const": "<<"}},
    "additionalProperties": NAME,
}
"""`read_learners`: names of which the rulebook says what they mean."""


def array(items: Shape, **more: Any) -> Shape:
    return {"type": "array", "items": items, **more}


def table(properties: dict[str, Shape], required: Iterable[str] = (), **more: Any) -> Shape:
    """`as_mapping` with `check_known`: these keys and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
        **more,
    }


def one_of_keys(keys: Iterable[str]) -> list[Shape]:
    """The alternatives of `oneOf` by which exactly one of these keys is there."""
    return [{"required": [key]} for key in keys]


def spelt_freely(code: str) -> str:
    """The pattern of a UAN, QAN or id with any slashes, spaces and letter case; see `squeeze`."""
    letters = (
        f"[{re.escape(c.upper())}{re.escape(c.lower())}]" if c.isalpha() else _literal(c)
        for c in code
        if c not in "/ "
    )
    return f"[/ ]*{'[/ ]*'.join(letters)}[/ ]*"


def spelt_exactly(name: str) -> str:
    return "".join(map(_literal, name))


def _literal(character: str) -> str:
    """A character that means itself; only those are escaped that must be, as JavaScript asks."""
    return f"\\{character}" if character in r"\^$.|?*+()[]{}/" else character


def named(definition: str, description: str) -> Shape:
    """A mapping from names that an author chooses, one at least, to what is defined elsewhere."""
    return {
        "description": description,
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"not": {"const": "<<"}},
        "additionalProperties": {"$ref": f"#/$defs/{definition}"},
    }
