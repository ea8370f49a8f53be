"""`nvqplan rules new`: what it writes reads cleanly, some mix meets it, and it replaces nothing."""

import re
import tomllib
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from nvqplan.api import open_rulebook, open_space
from nvqplan.reading.catalogue import KNOWN
from nvqplan.reading.rulebook import rulebook_schema
from tests.readers import UNITS
from tests.tapes import cases
from tests.transcripts import ROOT, run_command

BAKERY = ROOT / "tests" / "cases" / "rulebooks" / "bakery" / "units.csv"
WRITTEN = ["proofs/first.yaml", "rules.toml", "units.csv"]


def files(folder: Path) -> list[str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in found)


def new(folder: Path, units: str = UNITS) -> str:
    """The rules that are written for a catalogue, in a folder of their own."""
    (folder / "units.csv").write_text(units, "utf-8")
    output, code = run_command(["rules", "new", "units.csv"], folder)
    assert code == 0, output
    return (folder / "rules.toml").read_text("utf-8")


def without_marks(rules: str) -> str:
    """The same rules with every example that stands there as a comment."""
    return re.sub(r"^# (?=\[|[a-z_.]+ = )", "", rules, flags=re.MULTILINE)


def is_sound(folder: Path) -> None:
    """What is there reads cleanly, fits the schema, is met by some mix and by its own proofs."""
    (first,) = open_rulebook(str(folder)).qualifications
    schema = Draft202012Validator(rulebook_schema(first.offering.measures))
    tree = tomllib.loads((folder / "rules.toml").read_text("utf-8"))
    assert schema.is_valid(tree)
    output, code = run_command(["count", "--data", ".", "-q", "first"], folder)
    assert (code, int(output.splitlines()[-1].replace(",", "")) > 0) == (0, True)
    output, code = run_command(["rules", "test", "."], folder)
    assert code == 0, output
    assert "error" not in output


@pytest.mark.parametrize("path", [ROOT / "data" / "units.csv", BAKERY], ids=["3412", "bakery"])
def test_rules_for_real_catalogues_are_sound(path: Path, tmp_path: Path) -> None:
    output, code = run_command(["rules", "new", str(path), "-o", "book"], tmp_path)
    assert (code, output.count(": written")) == (0, 3)
    assert files(tmp_path / "book") == WRITTEN
    is_sound(tmp_path / "book")
    output, _ = run_command(["rules", "test", "book"], tmp_path)
    assert "remark" not in output


def test_groups_levels_and_credits_are_those_of_the_catalogue(tmp_path: Path) -> None:
    tree = tomllib.loads(new(tmp_path))["qualification"][0]
    assert tree["groups"] == {
        "level-1": ["101", "102"],
        "level-2": ["201", "202"],
        "level-3": ["301"],
    }
    assert (tree["level"], tree["credits"]) == (2, 10)
    asked = {rule["id"]: rule["credits"]["at_least"] for rule in tree["rule"]}
    assert asked == {
        "total": 10,
        "level": 5,
        "group-level-1": 2,
        "group-level-2": 4,
        "group-level-3": 6,
    }


def test_a_column_names_the_groups(tmp_path: Path) -> None:
    head, *rows = UNITS.splitlines()
    named = zip(rows, ("core", "Hand work", "Hand work", "hand_work", ""), strict=True)
    units = "\n".join((f"{head},group", *(f"{row},{name}" for row, name in named)))
    rules = new(tmp_path, f"{units}\n")
    tree = tomllib.loads(rules)["qualification"][0]
    assert tree["groups"] == {"core": ["101"], "Hand work": ["102", "201"], "hand_work": ["202"]}
    ids = [rule["id"] for rule in tree["rule"]]
    assert ids == ["total", "level", "group-hand-work", "group-core", "group-hand-work-2"]
    assert "# in no group, since units.csv names none: 301" in rules
    is_sound(tmp_path)


def test_units_without_credits_are_counted(tmp_path: Path) -> None:
    rows = (re.sub(r"(,\d),\d,(\d+,)", r"\1,0,\2", row) for row in UNITS.splitlines())
    tree = tomllib.loads(new(tmp_path, "\n".join(rows) + "\n"))["qualification"][0]
    assert tree["credits"] == 0
    assert {key for rule in tree["rule"] for key in rule} == {"id", "says", "units"}
    is_sound(tmp_path)


def test_every_example_that_stands_there_as_a_comment_holds(tmp_path: Path) -> None:
    rules = new(tmp_path)
    shown = without_marks(rules)
    kinds = ("mandatory", "barred", "requires", "age", "when", "intended", "absent", "valid")
    assert not re.search(rf"^(?:{'|'.join(kinds)}) = ", rules, re.MULTILINE)
    (tmp_path / "rules.toml").write_text(shown, "utf-8")
    book = open_rulebook(str(tmp_path))
    (first,) = book.qualifications
    ids = [rule.id for rule in first.rules]
    assert ids[-6:] == ["mandatory", "barred", "builds-on", "no-more-than", "window", "age"]
    assert len(book.corrections) == 1
    assert first.provenance.verified is not None
    assert [rule.id for rule in first.readable] == [ids[-7]]
    readings: tuple[Literal["printed", "intended"], ...] = ("printed", "intended")
    for reading in readings:
        assert open_space("first", reading=reading, rulebook=book).count() > 0


NAMES = st.text("abcXYZ019-_.äß\\<&'", min_size=1, max_size=6)
ROWS = st.tuples(
    st.text("abc ä<&\\|", max_size=8),
    st.integers(0, 9),
    st.integers(0, 40),
    st.sampled_from(["", "A", "B b", 'say "b"', "b.c", "[x]", "ß", "B  b"]),
)
CATALOGUES = st.dictionaries(NAMES, ROWS, min_size=1, max_size=8)


@cases(15)
@given(CATALOGUES, st.booleans())
def test_rules_for_any_catalogue_are_sound(
    tmp_path_factory: pytest.TempPathFactory,
    rows: dict[str, tuple[str, int, int, str]],
    with_group: bool,
) -> None:
    folder = tmp_path_factory.mktemp("book")
    lines = [",".join((*KNOWN, *(["group"] * with_group)))]
    for number, (title, level, credits, group) in rows.items():
        row = [number, "", title, "", "", "book", str(level), str(credits), "7", "", ""]
        quoted = '"{}"'.format(group.replace('"', '""'))
        lines.append(",".join([*row, *([quoted] * with_group)]))
    rules = new(folder, "\n".join(lines) + "\n")
    is_sound(folder)
    (folder / "rules.toml").write_text(without_marks(rules), "utf-8")
    open_rulebook(str(folder))


# What is there already


def test_nothing_is_overwritten_and_twice_is_as_once(tmp_path: Path) -> None:
    new(tmp_path)
    (tmp_path / "rules.toml").write_text("# my own\n", "utf-8")
    output, code = run_command(["rules", "new", "units.csv"], tmp_path)
    assert (code, "rules.toml: there already, left as it is" in output) == (1, True)
    assert "proofs/first.yaml: there already, the same" in output
    assert (tmp_path / "rules.toml").read_text("utf-8") == "# my own\n"


def test_no_rules_are_written_beside_another_catalogue(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "units.csv").write_text(UNITS, "utf-8")
    output, code = run_command(["rules", "new", str(BAKERY), "-o", "book"], tmp_path)
    assert (code, output) == (1, "book/units.csv: there already, left as it is\n")
    assert files(tmp_path / "book") == ["units.csv"]


def test_a_place_that_is_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    output, code = run_command(["rules", "new", str(BAKERY), "-o", "file"], tmp_path)
    assert (code, output) == (
        2,
        "nvqplan: 'file/units.csv' cannot be written: Not a directory\n",
    )


def test_line_ends_and_marks_of_an_export_change_nothing(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + UNITS.replace("\n", "\r\n").encode()
    (tmp_path / "units.csv").write_bytes(data)
    output, code = run_command(["rules", "new", "units.csv"], tmp_path)
    assert (code, output.count(": written")) == (0, 2)
    assert (tmp_path / "units.csv").read_bytes() == data
    is_sound(tmp_path)


@pytest.mark.parametrize(
    ("units", "code"),
    [
        (UNITS.replace(",2,9,", ",two,9,"), "units.csv:2:"),
        ("unit,title\n1,One\n", "units.csv:1:1: error[NVQ402]"),
        ("", "units.csv:1:1: error[NVQ105]"),
        ("unit,uan,title,level,credits,glh,topics,nos,outcomes,criteria,source\n", "no unit"),
    ],
)
def test_faults_of_the_catalogue_come_first(units: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text(units, "utf-8")
    output, exit_code = run_command(["rules", "new", "units.csv"], tmp_path)
    assert (exit_code, code in output) == (2, True)
    assert files(tmp_path) == ["units.csv"]


def test_a_catalogue_that_is_not_there_is_told(tmp_path: Path) -> None:
    output, code = run_command(["rules", "new", "nowhere.csv"], tmp_path)
    assert (code, "nowhere.csv:1:1: error[NVQ101]" in output) == (2, True)
    assert run_command(["rules", "new", "-"], tmp_path)[1] == 2
