"""TOML as located values, and its faults where they stand."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nvqplan.core.findings import Findings, Located
from nvqplan.reading.toml_tree import read_toml
from tests.readers import as_read, is_inside, places, told, unmark


def read(text: str) -> tuple[Located | None, Findings]:
    found = Findings()
    return read_toml("rules.toml", text, found), found


def read_tree(text: str) -> dict[str, Located]:
    root, found = read(text)
    assert list(found) == []
    assert root is not None
    assert isinstance(root.value, dict)
    return root.value


def at(node: Located, *path: str | int) -> Located:
    """The value below a node that keys and indexes lead to."""
    for step in path:
        members: Any = node.value
        node = members[step]
    return node


def test_values_keep_their_kind_and_say_what_is_written() -> None:
    members = read_tree('a = 7\nb = "0112"\nc = 2017-07-01\nd = true\ne = 1.5\n')
    values = [each.value for each in members.values()]
    assert values == [7, "0112", date(2017, 7, 1), True, 1.5]
    assert [each.text for each in members.values()][:3] == ["7", "0112", "2017-07-01"]


def test_lists_and_tables_have_no_text() -> None:
    members = read_tree("a = [1]\nb = { c = 1 }\n[d]\n")
    assert [each.text for each in members.values()] == ["", "", ""]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("^id = ^7", ("id",)),
        ("^[[^rule]]\nid = 7", ("rule", 0)),
        ("[[rule]]\n^[[^rule]]\nid = 7", ("rule", 1)),
        ("[[rule]]\n^[rule.^intended]\nwhy = 7", ("rule", 0, "intended")),
        ("[[rule]]\ncredits = {\t^of = ^{ level = 3 } }", ("rule", 0, "credits", "of")),
        ('groups.A = [\n  "é", # ]\n  ^^"204",\n]', ("groups", "A", 1)),
        ("^'é😀' = ^7", ("é😀",)),
        ("a = '''é\n😀''' # b\n  ^b = ^2017-07-01", ("b",)),
    ],
)
def test_key_and_value_know_line_and_column(text: str, path: tuple[str | int, ...]) -> None:
    text, marks = unmark(text)
    root, _ = read(text)
    assert root is not None
    node = at(root, *path)
    assert sorted([node.key[1:], node.location[1:]]) == marks


def test_places_are_those_of_the_path_that_was_read() -> None:
    assert read_tree("a = 7")["a"].location.path == "rules.toml"


@pytest.mark.parametrize(
    "text",
    [
        "a = 1\nb = ^",
        "a = 1\nb = ^\n",
        "a = 1\nb ^2\n",
        "a = 1 ^2\n",
        "a = [1, 2\n^",
        "a = [1, 2 ^3]\n",
        "a = [1,^,2]\n",
        'a = 1\nb = "never closed^\n',
        'a = """never closed\n\n^',
        'a = "é😀^\x07"\n',
        'a = "\\q^"\n',
        "a = 0^112\n",
        "a = ^2017-02-30\n",
        "a = { b = 1^\n}\n",
        "^é = 1\n",
        "[a]\nx = 1\n[^]\n",
        "[a^\n",
    ],
)
def test_syntax_error_is_told_where_it_stands(text: str) -> None:
    text, marks = unmark(text)
    root, found = read(text)
    assert root is None
    assert [each.code for each in found] == ["NVQ104"]
    assert [each.message[:16] for each in found] == ["not valid TOML: "]
    assert [is_inside(each, text) for each in found] == [True]
    assert places(found) == marks


@pytest.mark.parametrize(
    "text",
    ["id = 1\nid = 2\n", "[a]\n[a]\n", "a.b = 1\na.b = 2\n", "a = { b = 1, b = 2 }\n"],
)
def test_key_given_twice_is_told_in_the_line_of_the_second(text: str) -> None:
    root, found = read(text)
    assert root is None
    assert len(found) == 1
    assert [each.location.line for each in found] == [text.rstrip().count("\n") + 1]
    assert "\n" not in told(found)[0]


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, "a = " + "{ a = " * 5000])
def test_deep_nesting_is_told(text: str) -> None:
    root, found = read(text)
    assert root is None
    assert told(found) == ["NVQ104 not valid TOML: nested too deeply"]


@pytest.mark.parametrize("text", [".".join("a" * 3000) + " = 1", f"[{'.'.join('a' * 3000)}]"])
def test_long_dotted_key_is_told(text: str) -> None:
    root, found = read(text)
    assert root is None
    assert told(found) == ["NVQ104 not valid TOML: nested too deeply"]


@pytest.mark.parametrize("number", ["1" * 5000, "0x" + "1" * 5000])
def test_very_long_number_is_told_or_read(number: str) -> None:
    root, found = read(f"a = {number}\n")
    assert (root is None) == (len(found) == 1)
    assert {each.code for each in found} <= {"NVQ104"}


def test_carriage_return_that_a_careless_editor_left_moves_no_place(tmp_path: Path) -> None:
    text = as_read(tmp_path / "rules.toml", b"a = 1\r\r\nb = 2\r\r\n")
    _, line, column = read_tree(text)["b"].location
    assert text.split("\n")[line - 1][column - 1 :].strip() == "2"
