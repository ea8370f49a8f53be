"""Curriculum files: what is read, and every fault where it stands.

Each text holds one fault unless it says so; a `^` stands where it is told.
"""

from datetime import date
from pathlib import Path

import pytest

from nvqplan.core.curricula import Curriculum
from nvqplan.core.findings import Findings
from nvqplan.core.sources import Sources
from nvqplan.reading.curriculum import read_curriculum
from tests.readers import (
    FULL_PATHWAYS,
    PATHWAYS,
    as_read,
    is_inside,
    places,
    read_paths,
    told,
    unmark,
)


def read(folder: Path, text: str) -> Curriculum:
    curriculum, found = read_paths(folder, text)
    assert list(found) == []
    assert curriculum is not None
    return curriculum


def check_told(folder: Path, text: str, code: str, message: str) -> None:
    """Read a marked curriculum: one finding of this code at the mark, and nothing else."""
    text, marks = unmark(text)
    _, found = read_paths(folder, text)
    assert [each.code for each in found] == [code]
    assert places(found) == marks
    assert message in told(found)[0]


# What is read


def test_full_curriculum_is_read(tmp_path: Path) -> None:
    curriculum = read(tmp_path, FULL_PATHWAYS)
    assert curriculum.centre == "Northfield Skills"
    assert curriculum.qualification.text == "3412-04"
    assert curriculum.registered == date(2026, 9, 1)
    assert curriculum.youngest == 17
    assert curriculum.path == str(tmp_path / "curriculum.yaml")


def test_units_are_text_as_written(tmp_path: Path) -> None:
    curriculum = read(tmp_path, FULL_PATHWAYS)
    assert curriculum.offer is not None
    assert [each.text for each in curriculum.offer] == ["101", "0112", "3412-204", "L/503/0394"]


def test_pathways_are_read_in_order_with_names_as_written(tmp_path: Path) -> None:
    pathways = read(tmp_path, FULL_PATHWAYS).pathways
    assert [each.name for each in pathways] == ["inbound sales", "no", "2024"]
    assert [[unit.text for unit in each.units] for each in pathways] == [
        ["101", "204"],
        [],
        ["0112"],
    ]
    assert [each.status for each in pathways] == ["draft", "final", "final"]
    assert [[unit.text for unit in each.held] for each in pathways] == [["101"], [], []]


def test_what_may_be_left_out_is_not_made_up(tmp_path: Path) -> None:
    curriculum = read(tmp_path, PATHWAYS)
    assert (curriculum.centre, curriculum.registered, curriculum.youngest) == ("", None, None)
    assert curriculum.offer is None


def test_empty_offer_is_not_one_left_out(tmp_path: Path) -> None:
    assert read(tmp_path, "offer: []\n" + PATHWAYS).offer == ()


@pytest.mark.parametrize(
    "name", ["no", "2024", "0112", "true", "~", "1.5", "2026-09-01", "a: b", "é😀"]
)
def test_name_of_a_pathway_is_text_as_written(name: str, tmp_path: Path) -> None:
    written = f"'{name}'" if ":" in name else name
    curriculum = read(tmp_path, PATHWAYS.replace("sales", written))
    assert [each.name for each in curriculum.pathways] == [name]


def test_pathways_and_units_know_their_places(tmp_path: Path) -> None:
    text, marks = unmark(PATHWAYS.replace("  sales", "  ^sales").replace("101, 102", "^101, ^102"))
    (pathway,) = read(tmp_path, text).pathways
    nodes = [pathway.place, *(each.location for each in pathway.units)]
    assert [(each.line, each.column) for each in nodes] == marks


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_editors_may_save_it_their_way(mark: bytes, end: bytes, tmp_path: Path) -> None:
    curriculum, found = read_paths(tmp_path, mark + FULL_PATHWAYS.encode().replace(b"\n", end))
    assert list(found) == []
    assert curriculum is not None
    assert [each.name for each in curriculum.pathways] == ["inbound sales", "no", "2024"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_places_are_the_same_however_it_is_saved(mark: bytes, end: bytes, tmp_path: Path) -> None:
    text, marks = unmark("^center: é\n" + PATHWAYS + "    ^hold: []\n")
    _, found = read_paths(tmp_path, mark + text.encode().replace(b"\n", end))
    assert places(found) == marks


def test_second_byte_order_mark_moves_no_place(tmp_path: Path) -> None:
    text, marks = unmark(PATHWAYS + "^note: x\nyoungest: ^x\n")
    _, found = read_paths(tmp_path, "\ufeff\ufeff" + text)  # as two tools in a row leave it
    assert places(found) == marks


@pytest.mark.parametrize("end", ["\r", "\r\r\n", "\x85", "\u2028", "\u2029"])
def test_whatever_ends_a_line_the_place_lies_inside_the_file(end: str, tmp_path: Path) -> None:
    saved = ("a: 1\n" + PATHWAYS + "youngest: x\n").replace("\n", end).encode()
    _, found = read_paths(tmp_path, saved)
    text = as_read(tmp_path / "curriculum.yaml", saved)
    assert len(found) > 0
    assert all(is_inside(each, text) for each in found)


# One fault

FAULTS = [
    # keys
    (
        "^pathway: 1\n" + PATHWAYS,
        "NVQ107 unknown key 'pathway' in a curriculum; did you mean 'pathways'?",
    ),
    (
        "^center: x\n" + PATHWAYS,
        "NVQ107 unknown key 'center' in a curriculum; did you mean 'centre'?",
    ),
    (
        "^note: x\n" + PATHWAYS,
        "NVQ107 unknown key 'note' in a curriculum; known here: centre, qualification, ",
    ),
    (
        "^1: x\n" + PATHWAYS,
        "NVQ107 unknown key '1' in a curriculum; known here: centre, qualification, ",
    ),
    (
        PATHWAYS + "    ^unit: [101]\n",
        "NVQ107 unknown key 'unit' in pathway 'sales'; did you mean 'units'?",
    ),
    (
        PATHWAYS + "    ^holds: [101]\n",
        "NVQ107 unknown key 'holds' in pathway 'sales'; did you mean 'held'?",
    ),
    ("? ^[a]\n: b\n" + PATHWAYS, "NVQ108 a key must be a name, this is a list or a mapping"),
    (
        "centre: a\n^centre: b\n" + PATHWAYS,
        "NVQ106 the key 'centre' is given twice; first in line 1",
    ),
    (PATHWAYS + "    ^units: [1]\n", "NVQ106 the key 'units' is given twice; first in line 4"),
    (
        PATHWAYS + "  ^sales: {units: [1]}\n",
        "NVQ106 the key 'sales' is given twice; first in line 3",
    ),
    # what must be there
    ("^pathways: {a: {units: [1]}}\n", "NVQ109 'qualification' is missing"),
    ("^qualification: award\n", "NVQ109 'pathways' is missing"),
    ("qualification: award\npathways: ^{}\n", "NVQ109 there is no pathway to check"),
    ("qualification: award\npathways:\n  ^a: {}\n", "NVQ109 'units' is missing in pathway 'a'"),
    (
        "qualification: award\npathways:\n  ^a: {held: [1]}\n",
        "NVQ109 'units' is missing in pathway 'a'",
    ),
    # what kind it must be
    ("centre: ^[a]\n" + PATHWAYS, "NVQ108 centre must be text, this is a list"),
    ("centre: ^7\n" + PATHWAYS, "NVQ108 centre must be text, this is a whole number"),
    ('youngest: ^"17"\n' + PATHWAYS, "NVQ108 youngest must be a whole number, this is text"),
    ("youngest: ^seventeen\n" + PATHWAYS, "NVQ108 youngest must be a whole number, this is text"),
    ("youngest: ^017\n" + PATHWAYS, "NVQ108 youngest must be a whole number, this is text"),
    (
        "youngest: ^17.5\n" + PATHWAYS,
        "NVQ108 youngest must be a whole number, this is a number with a fraction",
    ),
    (
        "youngest: ^yes\n" + PATHWAYS,
        "NVQ108 youngest must be a whole number, this is true or false",
    ),
    ("youngest: ^-17\n" + PATHWAYS, "NVQ108 youngest must not be negative"),
    ("offer: ^101\n" + PATHWAYS, "NVQ108 offer must be a list, this is a whole number"),
    (
        "offer: [101, ^{a: 1}]\n" + PATHWAYS,
        "NVQ108 offer must be one name or number, this is a mapping",
    ),
    (
        "qualification: award\npathways: ^[sales]\n",
        "NVQ108 pathways must be a mapping, this is a list",
    ),
    ("qualification: award\npathways: ^none\n", "NVQ108 pathways must be a mapping, this is text"),
    (
        "qualification: award\npathways: {a: ^[101]}\n",
        "NVQ108 pathway 'a' must be a mapping, this is a list",
    ),
    (
        "qualification: award\npathways: {a: ^~}\n",
        "NVQ108 pathway 'a' must be a mapping, this is nothing",
    ),
    (
        "qualification: ^[a]\npathways: {a: {units: [1]}}\n",
        "NVQ108 qualification must be one name or number, this is a list",
    ),
    (
        "qualification: ^~\npathways: {a: {units: [1]}}\n",
        "NVQ108 qualification must be one name or number, this is nothing",
    ),
    (PATHWAYS.replace("[101, 102]", "^101"), "NVQ108 units must be a list, this is a whole number"),
    (PATHWAYS.replace("[101, 102]", "^101 102"), "NVQ108 units must be a list, this is text"),
    (
        PATHWAYS.replace("[101, 102]", "^{101: 102}"),
        "NVQ108 units must be a list, this is a mapping",
    ),
    (
        PATHWAYS.replace("102", "^{102: a}"),
        "NVQ108 units must be one name or number, this is a mapping",
    ),
    (PATHWAYS.replace("102", "^~"), "NVQ108 units must be one name or number, this is nothing"),
    (PATHWAYS.replace("102", "^[102]"), "NVQ108 units must be one name or number, this is a list"),
    (PATHWAYS + "    held: ^101\n", "NVQ108 held must be a list, this is a whole number"),
    (PATHWAYS + "    held: [^null]\n", "NVQ108 held must be one name or number, this is nothing"),
    (
        PATHWAYS + "    status: ^drfat\n",
        "NVQ108 status must be final or draft; did you mean 'draft'?",
    ),
    (PATHWAYS + "    status: ^no\n", "NVQ108 status must be final or draft"),
    (PATHWAYS + "    status: ^[draft]\n", "NVQ108 status must be final or draft"),
    ("^- a\n", "NVQ108 a curriculum must be a mapping, this is a list"),
    ("^101, 204\n", "NVQ108 a curriculum must be a mapping, this is text"),
    ("^17\n", "NVQ108 a curriculum must be a mapping, this is a whole number"),
    # what the file is
    ("^# nothing\n", "NVQ105 the file holds no value"),
    ("^\n\n", "NVQ105 the file is empty"),
    (PATHWAYS + "^---\n" + PATHWAYS, "NVQ104 a second document begins here, a file holds one"),
]


@pytest.mark.parametrize(("text", "message"), FAULTS)
def test_fault_is_told_where_it_stands(text: str, message: str, tmp_path: Path) -> None:
    code, _, words = message.partition(" ")
    check_told(tmp_path, text, code, words)


@pytest.mark.parametrize(
    "written",
    [
        "next autumn",
        "2026-13-01",
        "2026-02-30",
        "01/09/2026",
        "2026",
        "'2026-09-01'",
        "[2026-09-01]",
        "2026-09-01 10:00:00",
        "2026-09-01T10:00:00Z",
        "20260901",
        "~",
    ],
)
def test_registration_that_is_no_date_is_told(written: str, tmp_path: Path) -> None:
    text, marks = unmark(f"registered: ^{written}\n" + PATHWAYS)
    curriculum, found = read_paths(tmp_path, text)
    assert curriculum is not None
    assert curriculum.registered is None
    assert [each.code for each in found] == ["NVQ108"]
    assert places(found) == marks
    assert "2026-09-01" in told(found)[0]


@pytest.mark.parametrize(
    "text",
    [
        "youngest: ^*age\n" + PATHWAYS,
        "youngest: ^&age 17\n" + PATHWAYS,
        "youngest: ^!!int 17\n" + PATHWAYS,
        PATHWAYS.replace("[101, 102]", "^&units [101, 102]"),
        PATHWAYS.replace("[101, 102]", "^*units"),
        PATHWAYS.replace("[101, 102]", "^!!seq [101, 102]"),
        PATHWAYS.replace("102", "^!!str 0112"),
        PATHWAYS.replace("    units", "    ^<<: {held: []}\n    units"),
        PATHWAYS + "  support: ^*sales\n",
    ],
)
def test_aliases_tags_and_merges_are_refused(text: str, tmp_path: Path) -> None:
    text, marks = unmark(text)
    _, found = read_paths(tmp_path, text)
    refused = [each for each in found if each.code == "NVQ110"]
    assert places(refused) == marks
    assert set(places(found)) == set(marks)
    assert refused[0].help == "write the value itself"


@pytest.mark.parametrize(
    "text",
    [
        "centre: ^\x07\n" + PATHWAYS,
        "centre: ^\x1b[31mred\n" + PATHWAYS,
        PATHWAYS.replace("    units", "^\tunits"),
        PATHWAYS.replace("[101, 102]\n", "[101, 102\n^"),
        PATHWAYS + "    held [101]\n    ^status: draft\n",
        "centre: 'Northfield\n" + PATHWAYS + "^",
        "centre: North^: field\n" + PATHWAYS,
    ],
)
def test_syntax_error_is_told_where_it_stands(text: str, tmp_path: Path) -> None:
    text, marks = unmark(text)
    curriculum, found = read_paths(tmp_path, text)
    assert curriculum is None
    assert [each.code for each in found] == ["NVQ104"]
    assert places(found) == marks


@pytest.mark.parametrize("nested", ["[" * 5000, "{a: " * 5000, "- " * 5000])
def test_deep_nesting_is_told(nested: str, tmp_path: Path) -> None:
    curriculum, found = read_paths(tmp_path, nested)
    assert curriculum is None
    assert [each.code for each in found] == ["NVQ104"]


def test_deep_nesting_that_can_be_read_is_a_wrong_kind(tmp_path: Path) -> None:
    check_told(
        tmp_path,
        PATHWAYS.replace("102", "^" + "[" * 100 + "]" * 100),
        "NVQ108",
        "units must be one name or number, this is a list",
    )


@pytest.mark.parametrize("written", ["''", "' '", '"\\t"'])
@pytest.mark.parametrize("text", ["centre: ^X\n" + PATHWAYS, PATHWAYS.replace("102", "^X")])
def test_empty_text_is_told_as_empty(text: str, written: str, tmp_path: Path) -> None:
    text, marks = unmark(text.replace("X", written))
    _, found = read_paths(tmp_path, text)
    assert places(found) == marks
    assert [each.code for each in found] == ["NVQ108"]
    assert "must be text, this is text" not in told(found)[0]


# What other faults must not hide


def test_faults_all_over_are_all_told(tmp_path: Path) -> None:
    text, marks = unmark(
        """\
^center: x
qualification: award
registered: ^soon
youngest: ^old
offer: [101, ^~, ^{}]
youngest: 3
pathways:
  sales:
    units: [101, ^[102]]
    status: ^darft
    ^hold: []
  ^support: {status: ^finale}
  ^sales: {}
  it: ^[101]
""".replace("youngest: 3", "^youngest: 3")
    )
    curriculum, found = read_paths(tmp_path, text)
    assert curriculum is not None
    assert places(found) == marks


@pytest.mark.parametrize("qualification", ["", "qualification: []\n", "qualification:\n"])
def test_missing_qualification_hides_no_other_fault(qualification: str, tmp_path: Path) -> None:
    text = qualification + "registered: soon\nyoungest: old\npathways: {a: {unts: [101]}}\n"
    _, found = read_paths(tmp_path, text)
    spoken = "\n".join(told(found))
    words = ("qualification", "registered", "youngest", "'unts'")
    assert [word for word in words if word not in spoken] == []


@pytest.mark.parametrize(
    "members",
    ["units: 101", "held: [101]", "units: [101], status: done", "units: [101, [102]]"],
)
def test_pathway_with_a_value_that_cannot_be_read_is_not_sound(
    members: str, tmp_path: Path
) -> None:
    curriculum, _ = read_paths(tmp_path, PATHWAYS + f"  broken: {{{members}}}\n")
    assert curriculum is not None
    assert [(each.name, each.sound) for each in curriculum.pathways] == [
        ("sales", True),
        ("broken", False),
    ]


@pytest.mark.parametrize("told", ["registered: soon", 'youngest: "17"', "offer: all", "offer: ~"])
def test_curriculum_with_a_value_that_cannot_be_read_is_not_sound(
    told: str, tmp_path: Path
) -> None:
    curriculum, _ = read_paths(tmp_path, PATHWAYS + told + "\n")
    assert curriculum is not None
    assert not curriculum.sound


def test_first_of_two_pathways_of_one_name_counts(tmp_path: Path) -> None:
    curriculum, _ = read_paths(tmp_path, PATHWAYS + "  sales: {units: [999]}\n")
    assert curriculum is not None
    assert [[unit.text for unit in each.units] for each in curriculum.pathways] == [["101", "102"]]


def test_very_long_number_is_no_crash(tmp_path: Path) -> None:
    _, found = read_paths(tmp_path, f"youngest: {'1' * 5000}\n" + PATHWAYS)
    assert {each.code for each in found} <= {"NVQ108"}


def test_missing_file_is_told(tmp_path: Path) -> None:
    found = Findings()
    assert read_curriculum(str(tmp_path / "nowhere.yaml"), Sources(), found) is None
    assert [each.code for each in found] == ["NVQ101"]


def test_file_that_is_no_utf8_is_told(tmp_path: Path) -> None:
    curriculum, found = read_paths(tmp_path, PATHWAYS.encode("utf-16"))
    assert curriculum is None
    assert [each.code for each in found] == ["NVQ102"]


def test_file_over_two_megabytes_is_told(tmp_path: Path) -> None:
    curriculum, found = read_paths(tmp_path, PATHWAYS + "# long\n" * 300_000)
    assert curriculum is None
    assert [each.code for each in found] == ["NVQ103"]


@pytest.mark.parametrize(
    "text",
    [
        "registered: 2026-09-01\nregistered: 2016-09-01\n" + PATHWAYS,
        "qualification: other\n" + PATHWAYS,
        PATHWAYS + "    units: [101]\n",
        PATHWAYS + "  sales: {units: [101]}\n",
    ],
)
def test_there_is_no_verdict_on_what_is_told_twice(text: str, tmp_path: Path) -> None:
    curriculum, found = read_paths(tmp_path, text)
    assert [each.code for each in found] == ["NVQ106"]
    assert curriculum is not None
    assert not (curriculum.sound and all(each.sound for each in curriculum.pathways))
