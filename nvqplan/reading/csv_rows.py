"""CSV as rows of cells, which are located only when somebody asks where they stand."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache, partial

from nvqplan.core.findings import Findings, Located, Location

_CELL = r'"(?:[^"]|"")*"|[^,\n]*'


class CsvRow(Mapping[str, Located]):
    """The cells of one row, by the names of their columns.

    `record` is the row as it is written, from its first `line` on.
    """

    __slots__ = ("_cells", "_columns", "_line", "_path", "_record", "is_printable")

    def __init__(
        self, columns: Mapping[str, int], cells: list[str], path: str, line: int, record: str
    ) -> None:
        self._columns = columns
        self._cells = cells
        self._path = path
        self._line = line
        self._record = record
        self.is_printable = record.isprintable()

    def text(self, column: str) -> str:
        """What a cell holds; most readers need to know no more of it."""
        return self._cells[self._columns[column]]

    def __getitem__(self, column: str) -> Located:
        place = partial(_place, self._path, self._line, self._record, self._columns[column])
        return Located(self.text(column), place, self.text(column))

    def __contains__(self, column: object) -> bool:
        return column in self._columns

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


def read_rows(path: str, text: str, found: Findings) -> tuple[Located, list[CsvRow]]:
    """The header as a located list of names, and each row by those names.

    A row with more or fewer cells than the header is a finding and is left out.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines = text.split("\n")
    header: list[Located] = []
    columns: dict[str, int] = {}
    rows: list[CsvRow] = []
    before = 0
    try:
        for cells in reader:
            record = "\n".join(lines[before : reader.line_num])
            first, before = before + 1, reader.line_num
            if not cells:
                continue
            if not header:
                columns = {name: index for index, name in enumerate(cells)}
                header = [
                    Located(name, partial(_place, path, first, record, index), name)
                    for index, name in enumerate(cells)
                ]
            elif len(cells) == len(header):
                rows.append(CsvRow(columns, cells, path, first, record))
            else:
                message = f"{len(cells)} cells in a table of {len(header)} columns"
                found.add(Location(path, first, 1), "NVQ402", message)
    except csv.Error as error:
        found.add(Location(path, before + 1, 1), "NVQ104", f"not valid CSV: {error}")
    return Located(header, Location(path, 1, 1)), rows


def _place(path: str, line: int, record: str, index: int, _: object) -> Location:
    """Where the cell of this index begins in a record, which may span lines."""
    before, column = _starts(record)[index]
    return Location(path, line + before, column)


@lru_cache(8)
def _starts(record: str) -> list[tuple[int, int]]:
    """How many line ends stand before each cell of a record, and its column."""
    starts = [(0, 1)]
    offset = ends = line = 0
    cell = re.compile(_CELL)
    while (match := cell.match(record, offset)) is not None and match.end() < len(record):
        inside = match[0].count("\n")
        if inside:
            ends, line = ends + inside, match.start() + match[0].rfind("\n") + 1
        offset = match.end() + 1
        starts.append((ends, offset - line + 1))
    return starts
