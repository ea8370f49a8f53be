"""Configuration: found upward, the nearest counts, options count more, and every slip is told."""

import json
from pathlib import Path
from typing import Any

import pytest

from nvqplan.checking.configuration import look_up_configuration, read_configuration
from nvqplan.core.findings import Findings
from nvqplan.core.sources import Sources
from tests.filtered import check_text
from tests.readers import book, told, unmark
from tests.transcripts import ROOT, nvqplan, run_command

OLD = "qualification: l3-diploma\npathways:\n  a:\n    units: [101, 204]\n"
SHARED = '[project]\nname = "centre"\n\n[tool.nvqplan]\n'


def found_from(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str | None:
    """The path of the configuration that counts in a folder."""
    monkeypatch.chdir(folder)
    found = Findings()
    configuration = look_up_configuration(Sources(), found)
    assert list(found) == []
    return None if configuration is None else configuration.path


def in_force(folder: Path, *arguments: str) -> dict[str, tuple[Any, str]]:
    """Every setting with its value, and from where it comes."""
    output, code = run_command(["config", *arguments, "--format", "json"], folder)
    assert code == 0, output
    return {each["key"]: (each["value"], each["from"]) for each in json.loads(output)["settings"]}


# Where it is found


@pytest.fixture
def deep(tmp_path: Path) -> Path:
    deep = tmp_path / "centre" / "2026"
    deep.mkdir(parents=True)
    return deep


def test_no_configuration_is_none(deep: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found_from(deep, monkeypatch) is None


def test_it_is_found_upward_and_the_nearest_counts(
    deep: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (deep.parent.parent / "nvqplan.toml").write_text('fail-on = "never"\n')
    assert found_from(deep, monkeypatch) == "../../nvqplan.toml"
    (deep.parent / "pyproject.toml").write_text(SHARED)
    assert found_from(deep, monkeypatch) == "../pyproject.toml"
    (deep / "nvqplan.toml").write_text("")
    assert found_from(deep, monkeypatch) == "nvqplan.toml"
    assert in_force(deep)["fail-on"] == ("error", "default")  # the others are not mixed in


def test_own_file_beats_the_shared_one_beside_it(
    deep: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (deep / "pyproject.toml").write_text(SHARED)
    (deep / "nvqplan.toml").write_text("# nothing settled\n")
    assert found_from(deep, monkeypatch) == "nvqplan.toml"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[project]\nname = 'x'\n",
        "[project]\nname = 'nvqplan'\n",
        "[tool.ruff]\nsrc = ['nvqplan']\n",
        "tool = 'nvqplan'\n",
        "this is no TOML\n",
    ],
)
def test_shared_file_without_the_table_is_passed_over(
    text: str, deep: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (deep.parent / "nvqplan.toml").write_text("")
    (deep / "pyproject.toml").write_text(text)
    assert found_from(deep, monkeypatch) == "../nvqplan.toml"


def test_shared_file_that_may_hold_the_table_is_not_passed_over(deep: Path) -> None:
    (deep.parent / "nvqplan.toml").write_text("")
    (deep / "pyproject.toml").write_text("[tool.nvqplan]\nfail-on = \n")
    output, code = run_command(["config"], deep)
    assert code == 2
    assert output.startswith("pyproject.toml:2:11: error[NVQ104] not valid TOML")


def test_linked_folder_is_where_it_leads(deep: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (deep.parent / "nvqplan.toml").write_text("")
    elsewhere = deep.parent.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "nvqplan.toml").write_text("")
    (elsewhere / "link").symlink_to(deep)
    assert found_from(elsewhere / "link", monkeypatch) == "../nvqplan.toml"
    assert Path("..").resolve() == deep.parent
    (deep.parent / "nvqplan.toml").unlink()
    assert found_from(elsewhere / "link", monkeypatch) is None


@pytest.mark.parametrize("name", ["nvqplan.toml", "pyproject.toml"])
def test_unreadable_file_is_told(name: str, deep: Path) -> None:
    (deep / name).mkdir()
    assert run_command(["config"], deep) == (
        f"{name}:1:1: error[NVQ101] cannot be read: Is a directory\n",
        2,
    )
    (deep / name).rmdir()
    (deep / name).symlink_to("nowhere")
    assert run_command(["config"], deep)[1] == 2
    (deep / name).unlink()
    (deep / name).write_bytes(b"[tool.nvqplan] # \xff")
    assert "error[NVQ102] is not UTF-8" in run_command(["config"], deep)[0]


def test_folder_that_is_no_more_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> Path:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "cwd", fail)
    found = Findings()
    assert look_up_configuration(Sources(), found) is None
    assert list(found) == []


def test_file_is_named_or_none_is_read(deep: Path) -> None:
    (deep / "nvqplan.toml").write_text('fail-on = "never"\n')
    (deep / "other.toml").write_text('fail-on = "remark"\n')
    (deep / "pyproject.toml").write_text(f'{SHARED}fail-on = "warning"\n')
    for arguments, value in (
        ([], ("never", "file")),
        (["--config", "other.toml"], ("remark", "file")),
        (["--config", "pyproject.toml"], ("warning", "file")),
        (["--no-config"], ("error", "default")),
    ):
        assert in_force(deep, *arguments)["fail-on"] == value
    (deep / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    output, code = run_command(["config", "--config", "pyproject.toml"], deep)
    assert (code, "NVQ109] '[tool.nvqplan]' is missing" in output) == (2, True)


def test_help_needs_no_sound_configuration(deep: Path) -> None:
    (deep / "nvqplan.toml").write_text("no = ")
    assert run_command(["check", "--help"], deep)[1] == 0
    assert run_command(["--version"], deep)[1] == 0
    assert run_command(["count", "-q", "l1-award"], deep)[1] == 2
    assert run_command(["count", "-q", "l1-award", "--no-config"], deep)[1] == 0


# What it says


def test_options_count_before_it(deep: Path) -> None:
    text = 'reading = "intended"\nselect = ["NVQ3"]\nignore = ["NVQ301"]\nfail-on = "warning"\n'
    (deep / "nvqplan.toml").write_text(text + 'data = "d"\nbaseline = "b.json"\n')
    assert in_force(deep) == {
        "data": ("d", "file"),
        "reading": ("intended", "file"),
        "select": (["NVQ3"], "file"),
        "ignore": (["NVQ301"], "file"),
        "fail-on": ("warning", "file"),
        "baseline": ("b.json", "file"),
    }
    given = in_force(deep, "--select", "NVQ5", "--fail-on", "error", "--reading", "printed")
    assert [each for each, (_, source) in given.items() if source == "option"] == [
        "reading",
        "select",
        "fail-on",
    ]
    assert given["select"] == (["NVQ5"], "option")


def test_paths_are_meant_from_its_folder(deep: Path) -> None:
    (deep.parent / "nvqplan.toml").write_text('data = "book"\nbaseline = "/known.json"\n')
    settings = in_force(deep)
    assert settings["data"] == ("../book", "file")
    assert settings["baseline"] == ("/known.json", "file")


def test_check_obeys_it(deep: Path) -> None:
    (deep / "old.yaml").write_text(OLD)
    config = deep.parent / "nvqplan.toml"

    def check(*options: str) -> tuple[int, int]:
        output, code = run_command(["check", "old.yaml", *options], deep)
        return output.count("error["), code

    assert check() == (4, 1)
    config.write_text('ignore = ["NVQ3"]\n')
    assert check() == (0, 0)
    assert check("--ignore", "NVQ302") == (3, 1)
    config.write_text('fail-on = "never"\n')
    assert check() == (4, 0)
    assert check("--strict") == (4, 1)
    config.write_text('baseline = "known.json"\n')
    assert check() == (0, 2)
    assert check("--update-baseline") == (0, 0)
    assert (deep.parent / "known.json").exists()
    assert check() == (0, 0)
    assert run_command(["check", "-q", "l3-diploma", "--units", "101"], deep)[1] == 1


def test_data_and_reading_hold_for_every_command_that_has_them(deep: Path) -> None:
    book_folder = deep.parent / "book"
    book_folder.mkdir()
    (book_folder / "rules.toml").write_text(book())
    (book_folder / "units.csv").write_bytes(
        (ROOT / "tests" / "cases" / "rulebooks" / "bakery" / "units.csv").read_bytes()
    )
    (deep.parent / "nvqplan.toml").write_text('data = "book"\n')
    commands = ("count -q x", "suggest -q x", "units", "rules", "enumerate -q x", "check -")
    for command in (*commands, "rank -q x --units 101"):
        output = nvqplan(f"nvqplan {command}", deep, stdin=OLD.encode())
        assert "../book/rules.toml:" in output
        assert output.endswith("[exit 2]\n")
    (deep.parent / "nvqplan.toml").write_text('reading = "intended"\n')
    count = "nvqplan count --level 4 --registered 2026-09-01"
    assert nvqplan(count, deep) == nvqplan(f"{count} --reading intended")
    assert nvqplan(f"{count} --reading printed", deep) == nvqplan(count) != nvqplan(count, deep)
    assert nvqplan("nvqplan units complaint", deep) == nvqplan("nvqplan units complaint")
    assert "go with --share" in nvqplan("nvqplan units --reading intended", deep)


FAULTS = [
    ("^dta = 'x'", "NVQ107 unknown key 'dta' in the configuration; did you mean 'data'?"),
    ("data = ^1", "NVQ108 data must be text, this is a whole number"),
    ("data = ^''", "NVQ108 data must not be empty"),
    ("reading = ^'printd'", "NVQ108 reading must be printed or intended; did you mean 'printed'?"),
    ("select = ^'NVQ3'", "NVQ108 select must be a list, this is text"),
    ("select = ^[]", "NVQ108 select must name a code; leave it out to select all"),
    ("select = ['NVQ3', ^['NVQ5']]", "NVQ108 each of select must be one name or number"),
    ("ignore = ['NVQ3', ^'NVQ3O1']", "NVQ113 no code is or begins with 'NVQ3O1'; did you mean"),
    ("ignore = [\n  ^'NVQ104',\n]", "NVQ113 NVQ104 cannot be ignored"),
    ("fail-on = ^'warnings'", "NVQ108 fail-on must be error, warning, remark or never; did you"),
    ("fail-on = ^true", "NVQ108 fail-on must be text, this is true or false"),
    ("baseline = ^{}", "NVQ108 baseline must be text, this is a mapping"),
    ("data = 'a'\ndata ^= 'b'", "NVQ104 not valid TOML: Cannot overwrite a value"),
]


@pytest.mark.parametrize(("text", "message"), FAULTS)
def test_slip_is_told_where_it_stands(text: str, message: str, tmp_path: Path) -> None:
    text, marks = unmark(text)
    path = tmp_path / "nvqplan.toml"
    path.write_text(text)
    found = Findings()
    assert read_configuration(str(path), Sources(), found) is None
    (finding,) = found
    assert told(found)[0].startswith(message)
    if finding.code != "NVQ104":  # tomllib tells the end of what it could not take
        assert [(finding.location.line, finding.location.column)] == marks


def test_slip_in_the_shared_table_is_told_where_it_stands(deep: Path) -> None:
    (deep / "pyproject.toml").write_text(f"{SHARED}reading = 7\n")
    assert "pyproject.toml:5:11: error[NVQ108]" in run_command(["config"], deep)[0]
    (deep / "pyproject.toml").write_text("[tool]\nnvqplan = 3\n")
    output, code = run_command(["config"], deep)
    assert (code, "the configuration must be a mapping" in output) == (2, True)


def test_name_of_a_file_moves_no_cursor(deep: Path) -> None:
    (deep / "\x1b[31m.toml").write_text('data = "x"\n')
    output, code = run_command(["config", "--config", "\x1b[31m.toml"], deep)
    assert code == 0
    assert "\x1b" not in output


def test_a_centre_that_settled_nothing_gets_what_it_always_got(tmp_path: Path) -> None:
    checked = check_text(tmp_path, OLD)
    assert (checked.settled, checked.ignored) == ((), 0)
