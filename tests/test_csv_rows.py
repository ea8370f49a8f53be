"""CSV as rows of located cells."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nvqplan.core.findings import Findings, Located
from nvqplan.reading.csv_rows import CsvRow, read_rows
from tests.readers import as_read, is_inside, places, told, unmark
from tests.tapes import cases


def read(text: str) -> tuple[list[str], list[CsvRow], Findings]:
    found = Findings()
    header, rows = read_rows("units.csv", text, found)
    assert isinstance(header.value, list)
    return [each.text for each in header.value], rows, found


def cells(rows: list[CsvRow]) -> list[list[str]]:
    return [[cell.text for cell in row.values()] for row in rows]


def place(cell: Located) -> tuple[int, int]:
    return cell.location.line, cell.location.column


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("1,2", ["1", "2"]),
        (",", ["", ""]),
        ('"a, b",c', ["a, b", "c"]),
        ('"say ""x""",c', ['say "x"', "c"]),
        ('"",""', ["", ""]),
        ('"two\nlines",\'', ["two\nlines", "'"]),
        ('a "b" c, d ', ['a "b" c', " d "]),
        ('"a", "b"', ["a", ' "b"']),
        ("0112,1e3", ["0112", "1e3"]),
    ],
)
def test_cells_are_text_as_written(line: str, written: list[str]) -> None:
    header, rows, found = read(f"one,two\n{line}\n")
    assert header == ["one", "two"]
    assert cells(rows) == [written]
    assert list(found) == []


@pytest.mark.parametrize(
    "text",
    [
        "one,two,three\n^1,^22,^333\n^4,^5,^6\n",
        "one,two,three\n^,^,^\n",
        'one,two,three\n^"a, ""b""",^"",^c\n',
        'one,two,three\n^"a\nb, c\n",^d,^"e\nf"\n^1,^2,^3',
        "one,two,three\n\n\n^1,^2,^3\n",
        'one,two,three\n^é😀,^"ü,",^x\n',
        'one,two,three\n^\ta,^ b ,^ "c\n',
        'one,"t\nwo",three\n^1,^2,^3\n',
    ],
)
def test_cells_know_line_and_column(text: str) -> None:
    text, marks = unmark(text)
    _, rows, found = read(text)
    assert list(found) == []
    assert [place(cell) for row in rows for cell in row.values()] == marks


def test_header_names_know_line_and_column() -> None:
    header, _ = read_rows("units.csv", 'one,"two, too",three\n', Findings())
    assert isinstance(header.value, list)
    assert [place(each) for each in header.value] == [(1, 1), (1, 5), (1, 16)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("one,two\n1,2\n^1\n3,4\n", 1),
        ("one,two\n^1,2,3\n3,4\n", 3),
        ('one,two\n"a\nb",2\n^"c\nd"\n', 1),
        ("one,two\n^1,2,\n", 3),
    ],
)
def test_row_of_another_length_is_told_and_left_out(text: str, count: int) -> None:
    text, marks = unmark(text)
    _, rows, found = read(text)
    assert told(found) == [f"NVQ402 {count} cells in a table of 2 columns"]
    assert places(found) == marks
    assert all(len(row) == 2 for row in rows)


def test_every_row_of_another_length_is_told() -> None:
    text, marks = unmark("one,two\n^1\n1,2\n^1,2,3\n^x\n")
    assert places(read(text)[2]) == marks


@pytest.mark.parametrize(
    "text",
    [
        'one,two\n1,2\n^3,"never closed\n5,6\n',
        'one,two\n^"a"b,2\n',
        '^"one,two\n1,2\n',
        'one,two\n^1,"' + "x" * 140_000 + '"\n',
    ],
)
def test_syntax_error_is_told_in_its_row(text: str) -> None:
    text, marks = unmark(text)
    _, _, found = read(text)
    assert [each.code for each in found] == ["NVQ104"]
    assert [each.message[:15] for each in found] == ["not valid CSV: "]
    assert places(found) == marks


@pytest.mark.parametrize(
    "data", [b"a,b\r1,2\r3\r", b"a,b\n1\r,2\n3\n", b'a,b\n"1\r",2\n3\n', b"a,b\r\r\n1,2\r\r\n3"]
)
def test_lone_carriage_return_moves_no_place(data: bytes, tmp_path: Path) -> None:
    text = as_read(tmp_path / "units.csv", data)
    _, rows, found = read(text)
    assert len(found) > 0
    assert all(is_inside(each, text) for each in found)
    lines = text.split("\n")
    for cell in (cell for row in rows for cell in row.values()):
        line, column = place(cell)
        assert lines[line - 1][column - 1 :].lstrip('"').startswith(cell.text.strip())


TABLES = st.lists(
    st.lists(st.text(st.sampled_from('ab", \né😀'), max_size=5), min_size=3, max_size=3),
    min_size=1,
    max_size=6,
)


@cases(150)
@given(TABLES, st.booleans())
def test_every_cell_of_a_table_at_random_stands_at_its_place(
    table: list[list[str]], quoted: bool
) -> None:
    file = io.StringIO()
    dialect: type[csv.Dialect] = csv.unix_dialect if quoted else csv.excel
    csv.writer(file, dialect, lineterminator="\n").writerows([["a", "b", "c"], *table])
    text = file.getvalue()
    _, rows, found = read(text)
    assert list(found) == []
    assert cells(rows) == table
    lines = text.split("\n")
    for cell in (cell for row in rows for cell in row.values()):
        line, column = place(cell)
        behind = "\n".join([lines[line - 1][column - 1 :], *lines[line:]])
        first = next(csv.reader(io.StringIO(behind, newline="")), [])
        assert (first or [""])[0] == cell.text
