"""YAML as located values, with both parsers that PyYAML may bring."""

from datetime import date
from typing import Any

import pytest
import yaml

from nvqplan.core.findings import Findings, Located, Location, Scalar
from nvqplan.reading import yaml_tree
from nvqplan.reading.yaml_tree import read_yaml
from tests.readers import is_inside, places, told, unmark

LOADERS = {
    "C": getattr(yaml, "CSafeLoader", yaml.SafeLoader),
    "Python": yaml.SafeLoader,
}


@pytest.fixture(params=LOADERS, autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_tree, "Loader", LOADERS[request.param])


def read(text: str) -> tuple[Any, Findings]:
    """The plain value of a YAML text, and what was found."""
    found = Findings()
    root = read_yaml("file.yaml", text, found)
    return None if root is None else plain(root), found


def plain(node: Located) -> Any:
    if isinstance(node.value, dict):
        return {key: plain(each) for key, each in node.value.items()}
    if isinstance(node.value, list):
        return [plain(each) for each in node.value]
    return node.value


def read_tree(text: str) -> dict[str, Located]:
    found = Findings()
    root = read_yaml("file.yaml", text, found)
    assert root is not None
    assert list(found) == []
    assert isinstance(root.value, dict)
    return root.value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("17", 17),
        ("0", 0),
        ("-3", -3),
        ("+3", 3),
        ("0112", "0112"),
        ("0o17", "0o17"),
        ("0x1F", "0x1F"),
        ("0b11", "0b11"),
        ("1_000", "1_000"),
        ("1:30", "1:30"),
        ("4.5", 4.5),
        ("1:30.5", "1:30.5"),
        ("seventeen", "seventeen"),
        ("'17'", "17"),
        ('"17"', "17"),
        ("yes", True),
        ("on", True),
        ("Off", False),
        ("'no'", "no"),
        ("~", None),
        ("", None),
        ("null", None),
        ("'null'", "null"),
        ("2026-09-01", date(2026, 9, 1)),
        ("'2026-09-01'", "2026-09-01"),
        ("2026-02-30", "2026-02-30"),
        ("2026-09-01 10:00:00", "2026-09-01 10:00:00"),
        ("3412-04", "3412-04"),
        ("600/1135/X", "600/1135/X"),
        ("|\n  two\n  lines", "two\nlines"),
        (">\n  one\n  line", "one line"),
        ("[1, '1', 01]", [1, "1", "01"]),
        ("{a: 1}", {"a": 1}),
    ],
)
def test_scalar_is_read_as_people_write_it(written: str, value: Scalar) -> None:
    node = read_tree(f"key: {written}")["key"]
    assert plain(node) == value
    assert type(plain(node)) is type(value)


@pytest.mark.parametrize("written", ["0112", "101", "1e3", "yes", "2026-09-01", "1:30", "4.0"])
def test_text_of_a_scalar_stays_as_written(written: str) -> None:
    assert read_tree(f"key: {written}")["key"].text == written


@pytest.mark.parametrize("key", ["no", "2024", "0112", "1.5", "true", "2026-09-01", "~", "a b"])
def test_key_is_text_as_written(key: str) -> None:
    assert read(f"{key}: 1")[0] == {key: 1}


def test_value_and_key_know_line_and_column() -> None:
    text, marks = unmark("a: 1\n^pathways:\n  ^sales:\n    ^units: ^[^101,\n      ^'204']\n")
    pathways = read_tree(text)["pathways"]
    assert isinstance(pathways.value, dict)
    sales = pathways.value["sales"]
    assert isinstance(sales.value, dict)
    units = sales.value["units"]
    assert isinstance(units.value, list)
    nodes = [pathways.key, sales.key, units.key, units.location]
    nodes += [each.location for each in units.value]
    assert [(each.line, each.column) for each in nodes] == marks


def test_columns_count_characters() -> None:
    text, marks = unmark("é😀𐍈: [^101, 'ü', ^204]\n")
    (units,) = read_tree(text).values()
    assert isinstance(units.value, list)
    first, _, last = (each.location for each in units.value)
    assert [(first.line, first.column), (last.line, last.column)] == marks


@pytest.mark.parametrize(
    "text",
    ["# nothing but a comment\n", "---\n", "--- ~\n", "~\n", "null\n", "---\n# none\n...\n"],
)
def test_file_without_a_value_is_told(text: str) -> None:
    value, found = read(text)
    assert value is None
    assert told(found) == ["NVQ105 the file holds no value"]
    assert all(is_inside(each, text) for each in found)


@pytest.mark.parametrize(
    "text",
    [
        "a: b^: c\n",
        "a: 1\nunits: [101, 204\n^",
        "a: {b: 1\n^",
        "a: 1\n^]\n",
        "a:\n^\t- 1\n",
        "^\ta: 1\n",
        "a: ^@b\n",
        "a: ^`b\n",
        "a: 'never closed\n^",
        "a: 1\n b^: 2\n",
        "a: 1\né😀: [^\x07]\n",
        "a: ^\x00\n",
        "a: ^%b\n",
        "a: ^!x!y z\n",
        "- a\n^b: 1\n",
        "^: a\nb: 1\n",
    ],
)
def test_syntax_error_is_told_where_it_stands(text: str) -> None:
    text, marks = unmark(text)
    value, found = read(text)
    assert value is None
    assert [each.code for each in found] == ["NVQ104"]
    assert [each.message[:16] for each in found] == ["not valid YAML: "]
    assert places(found) == marks


def test_byte_order_mark_amid_the_text_is_told_near_its_place() -> None:
    _, found = read("a: 1\nb: 2\n\ufeffc: 3\nd: [\n")
    assert {each.code for each in found} == {"NVQ104"}
    assert all(each.location.line >= 3 for each in found)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_told(opening: str) -> None:
    value, found = read(opening * 5000)
    assert value is None
    assert [each.code for each in found] == ["NVQ104"]
    assert "nested too deeply" in told(found)[0]


def test_moderate_nesting_is_read() -> None:
    value, found = read("[" * 50 + "]" * 50)
    assert list(found) == []
    assert value is not None


def test_very_long_number_is_no_crash() -> None:
    node = read_tree(f"youngest: {'1' * 5000}")["youngest"]
    assert node.text == "1" * 5000


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a: ^&x 1\n", "the anchor &x"),
        ("a: ^&x [1]\n", "the anchor &x"),
        ("a: ^&x {b: 1}\n", "the anchor &x"),
        ("a: ^*x\n", "the alias *x"),
        ("a: [1, ^*x]\n", "the alias *x"),
        ("a: ^!unit 101\n", "the tag !unit"),
        ("a: ^!unit [101]\n", "the tag !unit"),
        ("a: ^!unit {b: 1}\n", "the tag !unit"),
        ("a: ^!!str 0112\n", "the tag !!str"),
        ("a: ^!!int '17'\n", "the tag !!int"),
        ("a: ^!!python/object:os.system x\n", "the tag !!python/object:os.system"),
        ("a: ^!!seq [101]\n", "the tag !!seq"),
        ("a: ^!!map {b: 1}\n", "the tag !!map"),
        ("a: ^!!set {b, c}\n", "the tag !!set"),
        ("a: ^!!omap [b: 1]\n", "the tag !!omap"),
        ("b: {^<<: {c: 1}}\n", "the merge key <<"),
    ],
)
def test_what_stands_for_something_elsewhere_is_refused(text: str, what: str) -> None:
    text, marks = unmark(text)
    _, found = read(text)
    message = f"NVQ110 {what} is refused: values stand where they count; write the value itself"
    assert told(found) == [message]
    assert places(found) == marks


def test_every_alias_of_a_file_is_told() -> None:
    text, marks = unmark("a: ^&x [1]\nb: ^*x\nc:\n  ^<<: ^*x\n")
    _, found = read(text)
    assert {each.code for each in found} == {"NVQ110"}
    assert places(found) == marks


def test_bomb_of_aliases_is_refused_without_unfolding() -> None:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 20)]
    _, found = read("\n".join(lines))
    assert {each.code for each in found} == {"NVQ110"}
    assert len(found) == 20 + 19 * 9


def test_key_given_twice_is_told_and_the_first_counts() -> None:
    text, marks = unmark("a: 1\nb: 2\n^a: 3\nc: {d: 1, ^d: 2}\n^a: 4\n")
    value, found = read(text)
    assert value == {"a": 1, "b": 2, "c": {"d": 1}}
    assert told(found) == [
        "NVQ106 the key 'a' is given twice; first in line 1",
        "NVQ106 the key 'd' is given twice; first in line 4",
        "NVQ106 the key 'a' is given twice; first in line 1",
    ]
    assert places(found) == marks


def test_keys_that_differ_in_quotes_only_are_one_key() -> None:
    assert [each.code for each in read("204: 1\n'204': 2\n")[1]] == ["NVQ106"]


def test_keys_that_yaml_takes_for_one_value_stay_apart() -> None:
    assert read("no: 1\nfalse: 2\n010: 3\n8: 4\n")[0] == {"no": 1, "false": 2, "010": 3, "8": 4}


@pytest.mark.parametrize("key", ["[a]", "{a: 1}"])
def test_key_that_is_no_name_is_told(key: str) -> None:
    text, marks = unmark(f"? ^{key}\n: 1\nb: 2\n")
    value, found = read(text)
    assert value == {"b": 2}
    assert told(found) == ["NVQ108 a key must be a name, this is a list or a mapping"]
    assert places(found) == marks


def test_second_document_is_told() -> None:
    text, marks = unmark("a: 1\n^---\nb: 2\n")
    value, found = read(text)
    assert value == {"a": 1}
    assert told(found) == ["NVQ104 a second document begins here, a file holds one"]
    assert places(found) == marks


def test_marks_of_one_document_are_accepted() -> None:
    assert read("%YAML 1.1\n---\na: 1\n...\n")[0] == {"a": 1}


@pytest.mark.parametrize(
    "text",
    ["a: ^\nb: 1\n", "{a: ^, b: 1}\n", "- ^\n- 1\n", "a: ^   # nothing\nb: 1\n"],
)
def test_missing_value_stands_behind_its_key(text: str) -> None:
    plain_text, (mark,) = unmark(text)
    root = read_yaml("file.yaml", plain_text, Findings())
    assert root is not None
    members = root.value
    assert isinstance(members, dict | list)
    node = members["a"] if isinstance(members, dict) else members[0]
    assert node.value is None
    assert node.location.line == mark[0]
    assert abs(node.location.column - mark[1]) <= 1  # the two parsers differ by the blank


@pytest.mark.parametrize("text", ["a:\n ?", "a:\n  - ?", "a:\n ? b\n :", "a:\n\n -"])
def test_what_is_left_out_at_the_end_stands_behind_the_last_line(text: str) -> None:
    root = read_yaml("file.yaml", text, Findings())
    assert root is not None
    places, nodes = list[Location](), [root]
    for node in nodes:
        places += [node.location, node.key]
        value = node.value
        nodes += value.values() if isinstance(value, dict) else []
        nodes += value if isinstance(value, list) else []
    last = text.split("\n")
    assert max(place.line for place in places) == len(last)
    assert all(place.column <= len(last[-1]) + 1 for place in places if place.line == len(last))
