"""What a terminal is shown: colours, findings under their lines, long lines broken.

A finding is shown by place, code and message, the line itself with a caret, and help.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Literal

from nvqplan.core.codes import CODES, Severity
from nvqplan.core.findings import Finding
from nvqplan.core.sources import Sources
from nvqplan.core.words import amount, printable

Style = Literal["bold", "dim", "red", "green", "yellow", "cyan"]

_CODES: dict[Style, str] = {
    "bold": "1",
    "dim": "2",
    "red": "1;31",
    "green": "1;32",
    "yellow": "1;33",
    "cyan": "36",
}

STYLES: dict[Severity, Style] = {"error": "red", "warning": "yellow", "remark": "cyan"}
WIDEST = 200
"""Characters of a source line that are shown."""

LONGEST = 500
"""Characters of a message that are shown."""

SHOWN = 1_000
"""Findings of one file or pathway that are shown: nobody reads on, and programs read JSON."""

_COLOUR = r"\x1b\[[0-9;]*m"
_SOURCE = r" *\d* \| "
"""How a line begins that shows a file: it stays as it is, so that carets point right."""

HANGING = 4
NARROWEST = 40
"""Columns; a narrower terminal gets its lines as they are."""


class Painter:
    """Wraps words in terminal colours, or leaves them as they are."""

    def __init__(self, *, coloured: bool) -> None:
        self._coloured = coloured

    def __call__(self, words: str, style: Style) -> str:
        return f"\x1b[{_CODES[style]}m{words}\x1b[0m" if self._coloured and words else words


def write_findings(
    findings: Iterable[Finding], sources: Sources, paint: Painter, *, with_source: bool = True
) -> Iterator[str]:
    """The lines that tell each finding, and how many more there are where they are too many.

    The line of the file that it is about stands below each, `with_source`.
    """
    rest = iter(findings)
    for finding in islice(rest, SHOWN):
        severity = CODES[finding.code].severity
        head = paint(f"{severity}[{finding.code}]", STYLES[severity])
        place = paint(printable(sources.say_place(finding.location)), "bold")
        yield f"{place}: {head} {printable(shorten(finding.message))}"
        if with_source:
            yield from _snippet(finding, sources, paint)
        for line in finding.help.splitlines():
            yield f"     {paint('=', 'dim')} {printable(shorten(line))}"
    if more := sum(1 for _ in rest):
        yield f"and {amount(more, 'findings')} more of the same file or pathway"


def shorten(text: str) -> str:
    """Text without the tail that nobody would read, such as that of a name of 5,000 letters."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


def _snippet(finding: Finding, sources: Sources, paint: Painter) -> Iterator[str]:
    """The source line and a caret under the column, tabs and wide characters minded."""
    line = sources.line(finding.location)[:WIDEST]
    if not line.strip() or finding.location.column > len(line) + 1:
        return
    number = str(finding.location.line)
    before = line[: finding.location.column - 1]
    blank = "\t".join(" " * width_of(part) for part in before.split("\t"))
    named = line[len(before) : sources.end_column(finding.location) - 1]
    caret = "^" * max(width_of(named), 1)
    bar = paint("|", "dim")
    yield f"{paint(number.rjust(4), 'dim')} {bar} {printable(line)}"
    yield f"     {bar} {blank}{paint(caret, 'yellow')}"


def width_of(text: str) -> int:
    """How many columns a text fills, wide characters and those that fill none minded."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    from unicodedata import category, east_asian_width

    if category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def wrap(lines: Iterable[str], width: int) -> Iterator[str]:
    """The lines, each that is too long continued below with a deeper indent."""
    for line in lines:
        plain = re.sub(_COLOUR, "", line)
        if width < NARROWEST or width_of(plain) <= width or re.match(_SOURCE, plain):
            yield line
        else:
            yield from _broken(line, plain, width)


def _broken(line: str, plain: str, width: int) -> Iterator[str]:
    """Colours take no room; a word that is wider than a line stands in one of its own."""
    depth = len(plain) - len(plain.lstrip())
    indent = " " * (depth + (2 if plain.lstrip().startswith("= ") else HANGING))
    row, used = " " * depth, depth
    for word in line.split():
        size = width_of(re.sub(_COLOUR, "", word))
        is_first = not row.strip()
        if not is_first and used + 1 + size > width:
            yield row
            row, used, is_first = indent, len(indent), True
        row += word if is_first else f" {word}"
        used += size if is_first else size + 1
    yield row
