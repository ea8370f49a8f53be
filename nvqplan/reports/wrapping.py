"""Long lines broken between words, for a terminal that would break them anywhere."""

import re
from collections.abc import Iterable, Iterator

from nvqplan.reports.findings_text import width_of

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_SOURCE = re.compile(r" *\d* \| ")
"""How a line begins that shows a file: it stays as it is, so that carets point right."""

HANGING = 4
NARROWEST = 40
"""Columns; a narrower terminal gets its lines as they are."""


def wrap(lines: Iterable[str], width: int) -> Iterator[str]:
    """The lines, each that is too long continued below with a deeper indent."""
    for line in lines:
        plain = _COLOUR.sub("", line)
        if width < NARROWEST or width_of(plain) <= width or _SOURCE.match(plain):
            yield line
        else:
            yield from _broken(line, plain, width)


def _broken(line: str, plain: str, width: int) -> Iterator[str]:
    """Colours take no room; a word that is wider than a line stands in one of its own."""
    depth = len(plain) - len(plain.lstrip())
    indent = " " * (depth + (2 if plain.lstrip().startswith("= ") else HANGING))
    told, used = " " * depth, depth
    for word in line.split():
        size = width_of(_COLOUR.sub("", word))
        is_first = not told.strip()
        if not is_first and used + 1 + size > width:
            yield told
            told, used, is_first = indent, len(indent), True
        told += word if is_first else f" {word}"
        used += size if is_first else size + 1
    yield told
