"""units.csv, the catalogue of units."""

import re
from datetime import date

from nvqplan.core.findings import Findings, Located
from nvqplan.core.units import MEASURES, Catalogue, Unit, by_number
from nvqplan.core.validity import UNKNOWN, Provenance, Validity, Verified
from nvqplan.core.words import nearest
from nvqplan.reading.csv_rows import CsvRow, read_rows
from nvqplan.rules.kinds import KINDS
from nvqplan.rules.rule import COMMON

TEXTS = ("unit", "uan", "title", "topics", "nos", "source")
FIGURES = ("level", "credits", "glh")
OUTCOMES, CRITERIA = "outcomes", "criteria"
KNOWN = (*TEXTS, *FIGURES, OUTCOMES, CRITERIA)
OPTIONAL = ("group", "valid_from", "valid_until", "verified_on", "verified_by")
"""Columns that may be left out; of `group` only `nvqplan rules new` makes anything."""
RESERVED = {*COMMON, *MEASURES, *KINDS} - set(KNOWN)
"""What a column cannot be called, since a rule could not say that it sums it."""

LARGEST = 100_000
"""No unit has more credits, hours or criteria; a larger number is a slip of the keyboard."""


def read_catalogue(path: str, text: str, found: Findings) -> Catalogue:
    """All units that can be used; what cannot is a finding. Further columns are measures."""
    header, rows = read_rows(path, text, found)
    if not _check_header(header, found):
        return Catalogue({})
    named = (*KNOWN, *OPTIONAL)
    columns = tuple(name.text for name in header.members if name.text not in named)
    units: dict[str, Unit] = {}
    places: dict[str, CsvRow] = {}
    for row in rows:
        unit = _read_unit(row, columns, found)
        if unit.number in units:
            found.add(row["unit"], "NVQ402", f"unit {unit.number} stands twice")
        elif set(unit.number) & set(' ,"'):
            message = "a unit number must not hold spaces, commas or quotation marks"
            found.add(row["unit"], "NVQ402", message)
        elif unit.number:
            units[unit.number] = unit
            places[unit.number] = row
        else:
            found.add(row["unit"], "NVQ402", "a unit needs a number")
    if not rows:
        found.add(header, "NVQ402", "the catalogue lists no unit")
    numbered = {number: units[number] for number in sorted(units, key=by_number)}
    return Catalogue(numbered, columns, rows=places, path=path)


def _check_header(header: Located, found: Findings) -> bool:
    """Every known column is there, and every column has a name of its own."""
    problems = len(found)
    cells = header.members
    names = [cell.text for cell in cells]
    if len(cells) == 1:
        found.add(header, "NVQ402", "the cells are not separated by commas")
        return False
    for name in KNOWN:
        if name not in names:
            near = nearest(name, [each for each in names if each not in KNOWN])
            help = f"'{near}' stands there" if near else ""
            found.add(header, "NVQ402", f"the column '{name}' is missing", help)
    seen: set[str] = set()
    for cell in cells:
        if not cell.text.strip():
            found.add(cell, "NVQ402", "a column has no name")
        elif cell.text in seen:
            found.add(cell, "NVQ402", f"the column '{cell.text}' stands twice")
        elif cell.text in RESERVED:
            message = f"the column '{cell.text}' has a name that rules use for something else"
            found.add(cell, "NVQ402", message)
        seen.add(cell.text)
    return len(found) == problems


def _read_unit(row: CsvRow, columns: tuple[str, ...], found: Findings) -> Unit:
    level, credits, glh = [_figure(row, name, found) for name in FIGURES]
    outcomes = _figure(row, OUTCOMES, found) if row.text(OUTCOMES) else None
    number, uan, title, topics, nos, source = [_words(row, name, found) for name in TEXTS]
    if "group" in row:
        _words(row, "group", found)
    return Unit(
        " ".join(number),
        " ".join(uan),
        " ".join(title),
        level,
        credits,
        glh,
        topics,
        nos,
        outcomes,
        _criteria(row, found),
        " ".join(source),
        {name: _figure(row, name, found) for name in columns},
        _read_provenance(row, found),
    )


def _read_provenance(row: CsvRow, found: Findings) -> Provenance:
    """From the optional columns; an empty cell says nothing."""
    filled = [name for name in OPTIONAL[1:] if name in row and row.text(name).strip()]
    if not filled:
        return UNKNOWN
    days = {name: _day(row, name, found) for name in filled if name != "verified_by"}
    valid = Validity(
        days.get("valid_from") or Validity().first, days.get("valid_until") or Validity().last
    )
    if valid.first > valid.last:
        message = f"valid_from {valid.first} is after valid_until {valid.last}"
        found.add(row["valid_from"], "NVQ402", message)
    if ("verified_on" in filled) != ("verified_by" in filled):
        there, missing = ("verified_on", "verified_by")[:: 1 if "verified_on" in filled else -1]
        found.add(row[there], "NVQ402", f"{there} needs {missing} beside it")
    on = days.get("verified_on")
    if on is None or "verified_by" not in filled:
        return Provenance(valid)
    return Provenance(valid, Verified(on, " ".join(_words(row, "verified_by", found))))


def _day(row: CsvRow, name: str, found: Findings) -> date | None:
    written = row.text(name)
    text = written.strip()
    try:
        if len(text) == len("2026-09-01"):
            return date.fromisoformat(text)
    except ValueError:
        pass
    message = f"{name} must be a date such as 2026-09-01, this is '{written}'"
    found.add(row[name], "NVQ402", message)
    return None


def _words(row: CsvRow, name: str, found: Findings) -> tuple[str, ...]:
    words = tuple(row.text(name).split())
    if not row.is_printable and not "".join(words).isprintable():
        found.add(row[name], "NVQ402", f"{name} must not hold control characters")
    return words


def _criteria(row: CsvRow, found: Findings) -> int | None:
    """How many criteria there are; the cell may hold their numbers, too."""
    text = row.text(CRITERIA)
    if "." not in text:
        return _figure(row, CRITERIA, found) if text else None
    numbers = parse_criteria(text)
    if numbers is None:
        message = f"criteria must be a whole number or their numbers, this is '{text}'"
        found.add(row[CRITERIA], "NVQ402", message, "write numbers as 1.1-1.4 2.1 2.3")
        return None
    return len(numbers)


def _figure(row: CsvRow, name: str, found: Findings) -> int:
    written = row.text(name)
    text = written.strip()
    if not (text.isascii() and text.isdigit()):
        found.add(row[name], "NVQ402", f"{name} must be a whole number, this is '{written}'")
    elif len(text) > len(str(LARGEST)) or int(text) > LARGEST:
        found.add(row[name], "NVQ402", f"{name} {text} is over {LARGEST}")
    else:
        return int(text)
    return 0


Criterion = tuple[int, int]
"""The number of an outcome, and that of a criterion of it."""

_RANGE = r"(\d{1,2})\.(\d{1,2})(?:-(\d{1,2})\.(\d{1,2}))?"

MOST_RANGES = 1_000
"""More than any unit has; so many ranges of at most 99 criteria are soon counted."""


def parse_criteria(text: str) -> tuple[Criterion, ...] | None:
    """Every criterion in the order of the cell, None where it holds anything else."""
    words = text.split()
    if len(words) > MOST_RANGES:
        return None
    numbers: list[Criterion] = []
    for word in words:
        ends = re.fullmatch(_RANGE, word, re.ASCII)
        if ends is None:
            return None
        outcome, first = int(ends[1]), int(ends[2])
        last_outcome, last = int(ends[3] or outcome), int(ends[4] or first)
        if last_outcome != outcome or last < first:
            return None
        numbers += ((outcome, number) for number in range(first, last + 1))
    return tuple(numbers)
