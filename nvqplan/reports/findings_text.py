"""Findings as text: place, code, message, the line itself with a caret, and help."""

from collections.abc import Iterable, Iterator
from itertools import islice
from unicodedata import category, east_asian_width

from nvqplan.core.codes import CODES, Severity
from nvqplan.core.findings import Finding
from nvqplan.core.sources import Sources
from nvqplan.core.words import amount, printable
from nvqplan.reports.painter import Painter, Style

STYLES: dict[Severity, Style] = {"error": "red", "warning": "yellow", "remark": "cyan"}
WIDEST = 200
"""Characters of a source line that are shown."""

LONGEST = 500
"""Characters of a message that are shown."""

SHOWN = 1_000
"""Findings of one file or pathway that are shown: nobody reads on, and programs read JSON."""


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
    if category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1
