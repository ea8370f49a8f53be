"""units.csv: what is read, and every fault where it stands."""

from pathlib import Path

import pytest

from nvqplan.core.findings import Findings
from nvqplan.core.units import Catalogue, Unit
from nvqplan.reading.catalogue import read_catalogue
from nvqplan.reading.rulebook import find_data
from tests.readers import UNITS, as_read, places, read_book, told, unmark

HEADER, FIRST, SECOND, *_ = UNITS.splitlines()


def read(text: str) -> tuple[Catalogue, Findings]:
    found = Findings()
    return read_catalogue("units.csv", text, found), found


def read_marked(text: str) -> tuple[Catalogue, Findings, list[tuple[int, int]]]:
    text, marks = unmark(text)
    return (*read(text), marks)


def with_unit(row: str) -> str:
    return f"{HEADER}\n{FIRST}\n{row}\n"


def test_units_are_read_in_the_order_of_their_numbers() -> None:
    rows = ["101,A,One,1,2,9,,,,,p", "0112,B,Two,1,2,9,,,,,p", "99,C,Three,1,2,9,,,,,p"]
    catalogue, found = read("\n".join([HEADER, *rows]))
    assert list(found) == []
    assert list(catalogue.units) == ["99", "101", "0112"]


def test_unit_has_all_that_its_row_says() -> None:
    catalogue, _ = read(UNITS)
    assert catalogue.units["202"] == Unit(
        number="202",
        uan="A/202",
        title="Support customers",
        level=2,
        credits=5,
        glh=20,
        topics=("support", "team"),
        nos=("CC4", "CC5"),
        outcomes=4,
        criteria=20,
        source="p4",
        columns={},
    )


def test_counts_may_be_left_out() -> None:
    unit = read(UNITS)[0].units["201"]
    assert (unit.outcomes, unit.criteria) == (None, None)


def test_our_own_catalogue_has_no_fault() -> None:
    text = (Path(find_data()) / "units.csv").read_text(encoding="utf-8")
    catalogue, found = read(text)
    assert list(found) == []
    assert len(catalogue.units) == len(text.splitlines()) - 1 == 106


def test_columns_may_stand_in_any_order() -> None:
    turned = "\n".join(",".join(reversed(line.split(","))) for line in UNITS.splitlines())
    assert read(turned)[0].units == read(UNITS)[0].units


def test_further_column_of_numbers_is_a_measure() -> None:
    rows = [HEADER + ",points,days", FIRST + ",7,1", SECOND + ",0,2"]
    catalogue, found = read("\n".join(rows))
    assert list(found) == []
    assert catalogue.measures == ("credits", "units", "glh", "points", "days")
    assert [unit.measure("points") for unit in catalogue.units.values()] == [7, 0]


def test_measure_of_a_further_column_can_be_ruled_on(tmp_path: Path) -> None:
    units = "\n".join(line + (",points" if line == HEADER else ",3") for line in UNITS.splitlines())
    rules = (
        "[[qualification]]\nid = 'q'\ntitle = 'Q'\nnumber = ''\nqan = ''\nlevel = 1\ncredits = 0\n"
        "source = 's'\ngroups.A = ['101']\n[[qualification.rule]]\nid = 'r'\nsays = 's'\n"
        "points = { at_least = 3 }\n"
    )
    rulebook, found = read_book(tmp_path, rules, units)
    assert list(found) == []
    assert rulebook is not None
    assert rulebook.qualifications[0].rules[0].printed.figures() == "at least 3 points of all units"


def test_further_column_of_text_is_told_in_every_row() -> None:
    rows = [HEADER + ",note", FIRST + ",^new", SECOND + ",^"]
    _, found, marks = read_marked("\n".join(rows))
    assert told(found) == [
        "NVQ402 note must be a whole number, this is 'new'",
        "NVQ402 note must be a whole number, this is ''",
    ]
    assert places(found) == marks


@pytest.mark.parametrize(
    "figure", ["-2", "4.5", "four", "", " ", "+4", "1e3", "0x4", "²", "٤", "4 4"]
)
def test_figure_that_is_no_whole_number_is_told(figure: str) -> None:
    _, found, marks = read_marked(with_unit(f"102,A/102,Sell,1,^{figure},12,sales,CC2,,,p2"))
    assert told(found) == [f"NVQ402 credits must be a whole number, this is '{figure}'"]
    assert places(found) == marks


@pytest.mark.parametrize("figure", ["100001", "999999", "9" * 5000])
def test_huge_figure_is_told(figure: str) -> None:
    _, found, marks = read_marked(with_unit(f"102,A/102,Sell,1,3,^{figure},sales,CC2,,,p2"))
    assert told(found) == [f"NVQ402 glh {figure} is over 100000"]
    assert places(found) == marks


@pytest.mark.parametrize("figure", ["0", "7", " 7 ", "007", "100000"])
def test_whole_number_is_read(figure: str) -> None:
    catalogue, found = read(with_unit(f"102,A/102,Sell,1,{figure},12,sales,CC2,,,p2"))
    assert list(found) == []
    assert catalogue.units["102"].credits == int(figure)


def test_every_figure_of_a_row_is_checked() -> None:
    _, found, marks = read_marked(with_unit("102,A/102,Sell,^a,^b,^c,sales,CC2,^d,^e,p2"))
    names = ("level", "credits", "glh", "outcomes", "criteria")
    told_names = [text.split()[1] for text in told(found)]
    assert told_names == list(names)
    assert places(found) == marks


def test_figure_behind_a_quoted_cell_has_its_true_column() -> None:
    row = '102,"A/102","Sell, ""a""\nlittle",1,^x,12,sales,"CC2\n",^y,,p2'
    _, found, marks = read_marked(with_unit(row))
    assert [each.code for each in found] == ["NVQ402", "NVQ402"]
    assert places(found) == marks


def test_unit_that_stands_twice_is_told_and_the_first_counts() -> None:
    _, found, marks = read_marked(with_unit("^101,A/999,Again,2,3,12,sales,CC2,,,p2"))
    assert told(found) == ["NVQ402 unit 101 stands twice"]
    assert places(found) == marks


@pytest.mark.parametrize("number", ["", " "])
def test_unit_without_a_number_is_told(number: str) -> None:
    _, found, marks = read_marked(with_unit(f"^{number},A/102,Sell,1,3,12,sales,CC2,,,p2"))
    assert told(found) == ["NVQ402 a unit needs a number"]
    assert places(found) == marks


@pytest.mark.parametrize(("row", "count"), [("^102,A/102,Sell", 3), (f"^{SECOND},more", 12)])
def test_row_with_too_few_or_too_many_cells_is_told(row: str, count: int) -> None:
    _, found, marks = read_marked(with_unit(row))
    assert told(found) == [f"NVQ402 {count} cells in a table of 11 columns"]
    assert places(found) == marks


@pytest.mark.parametrize("column", HEADER.split(","))
def test_missing_column_is_told(column: str) -> None:
    catalogue, found = read(UNITS.replace(column, f"x{column}", 1))
    assert "NVQ402" in {each.code for each in found}
    assert f"'{column}'" in told(found)[0]
    assert catalogue.units == {}


def test_every_missing_column_is_told() -> None:
    _, found = read("unit,uan,title,level\n101,A,One,1\n")
    text = " ".join(told(found))
    missing = ("credits", "glh", "topics", "nos", "outcomes", "criteria", "source")
    assert [name for name in missing if name not in text] == []


def test_misspelt_column_is_named_beside_the_missing_one() -> None:
    _, found = read(UNITS.replace("credits", "credit", 1))
    assert "'credits'" in told(found)[0]
    assert "'credit'" in told(found)[0]


def test_column_given_twice_is_told() -> None:
    rows = [HEADER + ",credits", FIRST + ",7"]
    _, found = read("\n".join(rows))
    assert len(found) == 1
    assert "credits" in told(found)[0]


def test_column_without_a_name_is_told_once() -> None:
    rows = [
        HEADER + ",",
        FIRST + ",",
        SECOND + ",",
    ]  # as a spreadsheet with an empty column saves it
    _, found = read("\n".join(rows))
    assert [each.location.line for each in found] == [1]


@pytest.mark.parametrize(
    "name", ["units", "mandatory", "barred", "requires", "age", "says", "when"]
)
def test_column_called_like_a_key_of_a_rule_is_told(name: str) -> None:
    rows = [f"{HEADER},{name}", f"{FIRST},300"]  # a rule on it would read something else
    _, found = read("\n".join(rows))
    assert [(each.code, each.location.line) for each in found] == [("NVQ402", 1)]
    assert f"'{name}'" in told(found)[0]


def test_catalogue_without_a_unit_is_told(tmp_path: Path) -> None:
    rulebook, found = read_book(tmp_path, units=HEADER + "\n")
    assert rulebook is None
    assert len(found) >= 1
    assert {each.location.path for each in found} >= {str(tmp_path / "units.csv")}


def test_empty_catalogue_is_told(tmp_path: Path) -> None:
    rulebook, found = read_book(tmp_path, units="\n")
    assert rulebook is None
    assert told(found) == ["NVQ105 the file is empty"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_spreadsheets_may_save_it_their_way(mark: bytes, end: bytes, tmp_path: Path) -> None:
    rulebook, found = read_book(tmp_path, units=mark + UNITS.encode().replace(b"\n", end))
    assert list(found) == []
    assert rulebook is not None
    assert list(rulebook.catalogue.units) == ["101", "102", "201", "202", "301"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_places_are_the_same_however_it_is_saved(mark: bytes, end: bytes, tmp_path: Path) -> None:
    text, marks = unmark(with_unit('^,A/102,"Sell\n",^x,3,12,sales,CC2,,,p2'))
    _, found = read_book(tmp_path, units=mark + text.encode().replace(b"\n", end))
    assert places(each for each in found if each.code == "NVQ402") == marks


@pytest.mark.parametrize("end", ["\r", "\r\r\n"])
def test_odd_line_ends_move_no_place(end: str, tmp_path: Path) -> None:
    saved = with_unit("102,A/102,Sell,1,?,12,sales,CC2,,?,p2").replace("\n", end).encode()
    text = as_read(tmp_path / "units.csv", saved)
    _, found = read(text)
    assert len(found) == 2
    lines = text.split("\n")
    assert [lines[line - 1][column - 1] for line, column in places(found)] == ["?", "?"]


def test_unclosed_quote_is_told_in_its_row() -> None:
    _, found, marks = read_marked(with_unit('^102,A/102,"Sell,1,3,12,sales,CC2,,,p2'))
    assert told(found) == ["NVQ104 not valid CSV: unexpected end of data"]
    assert places(found) == marks


def test_several_faults_are_all_told() -> None:
    rows = [
        HEADER,
        FIRST,
        "^101,A/101,Twice,1,2,9,,,,,p",
        "102,A/102,Figures,^one,2,^nine,,,,,p",
        "^103,A/103",
        "104,A/104,Negative,1,^-1,9,,,,,p",
    ]
    _, found, marks = read_marked("\n".join(rows))
    assert {each.code for each in found} == {"NVQ402"}
    assert places(found) == marks


@pytest.mark.parametrize(
    ("cell", "count"),
    [("1.1", 1), ("1.1-1.4 2.1", 5), (" 1.1  1.3 ", 2), ("1.1-1.1", 1), ("2.1 1.1", 2), ("7", 7)],
)
def test_criteria_may_be_numbered(cell: str, count: int) -> None:
    catalogue, found = read(with_unit(f"102,A/102,Sell,1,3,12,sales,CC2,3,{cell},p2"))
    assert list(found) == []
    assert catalogue.units["102"].criteria == count
    assert catalogue.rows["102"]["criteria"].text == cell


@pytest.mark.parametrize(
    "cell", ["1.", "1.1-", "1.4-1.1", "1.1-2.4", "1.1;1.2", "1.1-4", "1.1.1", "1.1 x", "1.1" * 1000]
)
def test_criteria_that_are_neither_count_nor_numbers_are_told(cell: str) -> None:
    _, found, marks = read_marked(with_unit(f"102,A/102,Sell,1,3,12,sales,CC2,3,^{cell},p2"))
    assert [each.code for each in found] == ["NVQ402"]
    assert places(found) == marks
    assert "write numbers as 1.1-1.4" in next(iter(found)).help


def test_every_unit_knows_its_cells() -> None:
    catalogue, _ = read(UNITS)
    assert list(catalogue.rows) == list(catalogue.units)
    for number, row in catalogue.rows.items():
        place = row["title"].location
        line = UNITS.split("\n")[place.line - 1]
        assert line.startswith(f"{number},")
        assert line[place.column - 1 :].startswith(catalogue.units[number].title)
