"""CSV as rows of located cells; columns of a line are computed only when somebody asks."""

import csv
import io
import re
from functools import partial

from nvqplan.findings import Findings, Located, Location

Row = dict[str, Located]

_CELL = re.compile(r'"(?:[^"]|"")*"|[^,\n]*')


def read_rows(path: str, text: str, found: Findings) -> tuple[Located, list[Row]]:
    """The header as a located list of names, and each row by those names.

    A row with more or fewer cells than the header is a finding and is left out.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines = text.split("\n")
    header: list[Located] = []
    rows: list[Row] = []
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
    offset = 0
    for _ in range(index):
        match = _CELL.match(record, offset)
        assert match is not None
        offset = match.end() + 1
    before = record[:offset]
    return Location(path, line + before.count("\n"), offset - before.rfind("\n"))
