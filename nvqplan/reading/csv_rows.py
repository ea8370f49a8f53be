"""CSV as rows of located cells; columns of a line are computed only when somebody asks."""

import csv
import io
import re
from functools import lru_cache, partial

from nvqplan.core.findings import Findings, Located, Location

CsvRow = dict[str, Located]

_CELL = re.compile(r'"(?:[^"]|"")*"|[^,\n]*')


def read_rows(path: str, text: str, found: Findings) -> tuple[Located, list[CsvRow]]:
    """The header as a located list of names, and each row by those names.

    A row with more or fewer cells than the header is a finding and is left out.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines = text.split("\n")
    header: list[Located] = []
    rows: list[CsvRow] = []
    before = 0
    try:
        for cells in reader:
            record = "\n".join(lines[before : reader.line_num])
            first, before = before + 1, reader.line_num
            places = [partial(_place, path, first, record, index) for index in range(len(cells))]
            located = [
                Located(cell, place, cell) for cell, place in zip(cells, places, strict=True)
            ]
            if not cells:
                continue
            if not header:
                header = located
            elif len(cells) == len(header):
                rows.append({name.text: cell for name, cell in zip(header, located, strict=True)})
            else:
                message = f"{len(cells)} cells in a table of {len(header)} columns"
                found.add(Location(path, first, 1), "NVQ402", message)
    except csv.Error as error:
        found.add(Location(path, before + 1, 1), "NVQ104", f"not valid CSV: {error}")
    return Located(header, Location(path, 1, 1)), rows


def as_cells(header: Located) -> list[Located]:
    """The cells of a header."""
    return header.value if isinstance(header.value, list) else []


def _place(path: str, line: int, record: str, index: int) -> Location:
    """Where the cell of this index begins in a record, which may span lines."""
    before, column = _starts(record)[index]
    return Location(path, line + before, column)


@lru_cache(8)
def _starts(record: str) -> list[tuple[int, int]]:
    """How many line ends stand before each cell of a record, and its column."""
    starts = [(0, 1)]
    offset = ends = line = 0
    while (match := _CELL.match(record, offset)) is not None and match.end() < len(record):
        inside = match[0].count("\n")
        if inside:
            ends, line = ends + inside, match.start() + match[0].rfind("\n") + 1
        offset = match.end() + 1
        starts.append((ends, offset - line + 1))
    return starts
