"""`nvqplan init`: what it writes is legal, fits the schemas, and replaces nothing."""

import os
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from nvqplan.api import open_rulebook
from nvqplan.authoring.first_files import scalar, write_ci
from nvqplan.core.findings import Findings
from nvqplan.reading.names_schema import curriculum_schema
from nvqplan.reading.yaml_tree import read_yaml
from tests.readers import as_json, read_book
from tests.rulebook_3412 import RULEBOOK
from tests.small_rulebooks import ODD_BOOK, ODD_UNITS
from tests.transcripts import ROOT, WRITE, run_command

(GITLAB,) = write_ci("gitlab").values()
CLEAR_BOOK = ODD_BOOK.replace("o/d d", "88-02")
BAKERY = ROOT / "tests" / "cases" / "rulebooks" / "bakery"
WRITTEN = ["curricula/curriculum.schema.json", "nvqplan.toml"]


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.mark.parametrize("qualification", RULEBOOK.qualifications, ids=lambda each: each.id)
def test_what_is_written_passes_check_and_schema(qualification: Any, tmp_path: Path) -> None:
    output, code = run_command(["init", "-q", qualification.names[-1]], tmp_path)
    assert (code, output.count(": written")) == (0, 4)
    name = f"curricula/{qualification.id}.yaml"
    assert set(files(tmp_path)) == {*WRITTEN, name, ".github/workflows/nvqplan.yml"}
    output, code = run_command(["check", "."], tmp_path)
    assert code == 0
    assert f"example: legal for {qualification.id}" in output
    assert "draft: draft, can be completed" in output
    assert "2 of 2 pathways in 1 file meet the rules" in output
    assert not any(code in output for code in ("NVQ501", "NVQ503", "NVQ504"))
    tree = read_yaml(name, (tmp_path / name).read_text("utf-8"), Findings())
    assert tree is not None
    schema = Draft202012Validator(yaml.safe_load((tmp_path / WRITTEN[0]).read_text("utf-8")))
    assert schema.is_valid(as_json(tree))


@pytest.mark.parametrize(
    ("book", "id", "learners"),
    [
        ("workshop", "joinery", {"role": "joiner", "practice_hours": 100}),
        ("workshop", "drawing", None),
        ("desk", "", None),
        ("garage", "", None),
    ],
)
def test_what_rules_ask_of_learners_is_told(
    book: str, id: str, learners: dict[str, Any] | None, tmp_path: Path
) -> None:
    """Whatever a rulebook asks, the first check has nothing to say."""
    data = str(ROOT / "tests" / "cases" / "rulebooks" / book)
    for each in open_rulebook(data).qualifications:
        if id in ("", each.id):
            folder = tmp_path / each.id
            output, code = run_command(["init", each.id, "-q", each.id, "--data", data], tmp_path)
            assert code == 0, output
            output, code = run_command(["check", str(folder), "--data", data], tmp_path)
            assert (code, "NVQ" in output) == (0, False), output
            (path,) = (folder / "curricula").glob("*.yaml")
            whole = yaml.safe_load(path.read_text("utf-8"))
            assert whole.get("learners") == learners


ASKS = """\
attributes.role = ["joiner", "foreman"]
figures = ["hours"]

[[qualification]]
id = "odd"
title = "Odd"
number = ""
qan = ""
level = 1
credits = 0
source = "Handbook"
groups.A = ["101", "102"]

[[qualification.rule]]
id = "never"
says = "Joiners take none"
when = {{ role = "joiner" }}
units = {{ exactly = 0 }}

[[qualification.rule]]
id = "one"
says = "One unit"
units = {{ exactly = 1 }}

[[qualification.rule]]
id = "hours"
says = "Hours"
learner = {{ hours = {{ {bounds} }} }}
"""


@pytest.mark.parametrize(
    ("bounds", "hours"), [("at_least = 5", 5), ("at_most = 5", 0), ("at_least = 2, at_most = 5", 2)]
)
def test_told_is_somebody_for_whom_some_mix_is_legal(
    bounds: str, hours: int, tmp_path: Path
) -> None:
    rulebook, found = read_book(tmp_path, ASKS.format(bounds=bounds))
    assert rulebook is not None, list(found)
    output, code = run_command(["init", "c", "-q", "odd", "--data", "."], tmp_path)
    assert code == 0, output
    whole = yaml.safe_load((tmp_path / "c" / "curricula" / "odd.yaml").read_text("utf-8"))
    assert whole["learners"] == {"role": "foreman", "hours": hours}
    output, code = run_command(["check", "c", "--data", "."], tmp_path)
    assert (code, "NVQ5" in output) == (0, False)


def test_shown_lines_of_the_curriculum_hold_what_they_say(tmp_path: Path) -> None:
    run_command(["init", "-q", "l2-certificate", "--ci", "none"], tmp_path)
    path = tmp_path / "curricula" / "l2-certificate.yaml"
    shown = [line.replace("# ", "", 1) for line in path.read_text("utf-8").splitlines()]
    keys = ("offer:", "held:", "registered:", "youngest:")
    text = "\n".join(
        plain if plain.strip().startswith(keys) else line
        for line, plain in zip(path.read_text("utf-8").splitlines(), shown, strict=True)
    )
    path.write_text(text, "utf-8")
    output, code = run_command(["check", "."], tmp_path)
    assert code == 0, output
    assert {"offer", "registered", "youngest"} < set(yaml.safe_load(text))
    assert "held" in yaml.safe_load(text)["pathways"]["example"]


def test_configuration_settles_nothing_but_a_rulebook_of_ones_own(tmp_path: Path) -> None:
    run_command(["init", "-q", "l1-award"], tmp_path)
    text = (tmp_path / "nvqplan.toml").read_text("utf-8")
    assert tomllib.loads(text) == {}
    keys = [line[2:] for line in text.splitlines() if line.startswith("# ") and " = " in line]
    shown = tomllib.loads("\n".join(keys))
    assert list(shown) == ["data", "reading", "select", "ignore", "fail-on", "baseline"]


def test_rulebook_of_ones_own_is_named_from_the_folder_that_is_written(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    for name in ("units.csv", "rules.toml"):
        (tmp_path / "book" / name).write_bytes((BAKERY / name).read_bytes())
    output, code = run_command(["init", "north", "-q", "baker", "--data", "book"], tmp_path)
    assert code == 0, output
    settled = tomllib.loads((tmp_path / "north" / "nvqplan.toml").read_text("utf-8"))
    assert settled == {"data": "../book"}
    output, code = run_command(["check", "north", "--data", "book"], tmp_path)
    assert (code, "2 of 2 pathways" in output) == (0, True)


def test_odd_names_are_written_so_that_they_are_read_as_they_are(tmp_path: Path) -> None:
    rulebook, _ = read_book(tmp_path, CLEAR_BOOK.replace("at_least = 1", "at_least = 7"), ODD_UNITS)
    assert rulebook is not None
    output, code = run_command(["init", "centre", "-q", "ODD", "--data", "."], tmp_path)
    assert code == 0, output
    output, code = run_command(["check", "centre", "--data", "."], tmp_path)
    assert (code, "2 of 2 pathways" in output) == (0, True)
    text = (tmp_path / "centre" / "curricula" / "ODD.yaml").read_text("utf-8")
    assert Draft202012Validator(curriculum_schema(rulebook)).is_valid(yaml.safe_load(text))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("204", "204"),
        ("l3-diploma", "l3-diploma"),
        ("L/503/0394", "L/503/0394"),
        ("0112", '"0112"'),
        ("NO", '"NO"'),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("[a", '"[a"'),
        ("2026-09-01", '"2026-09-01"'),
        ("~", '"~"'),
        ('say "b"', '"say \\"b\\""'),
    ],
)
def test_names_stand_in_quotation_marks_where_they_need_them(name: str, written: str) -> None:
    assert scalar(name) == written
    assert str(yaml.safe_load(scalar(name))) == name


def test_nothing_is_overwritten_and_twice_is_as_once(tmp_path: Path) -> None:
    run_command(["init", "-q", "l1-award"], tmp_path)
    before = files(tmp_path)
    output, code = run_command(["init", "-q", "l1-award"], tmp_path)
    assert (code, output.count("there already, the same")) == (0, 4)
    assert "Next" not in output
    (tmp_path / "nvqplan.toml").write_text("reading = 'intended'\n", "utf-8")
    output, code = run_command(["init", "-q", "l1-award", "--ci", "gitlab"], tmp_path)
    assert code == 1
    assert "nvqplan.toml: there already, left as it is\n" in output
    after = files(tmp_path)
    assert after.pop(".gitlab-ci.yml") == GITLAB.encode()
    assert after == {**before, "nvqplan.toml": b"reading = 'intended'\n"}


def test_link_is_a_file_that_is_there(tmp_path: Path) -> None:
    (tmp_path / ".gitlab-ci.yml").symlink_to(tmp_path / "elsewhere.yml")
    output, code = run_command(["init", "-q", "l1-award", "--ci", "gitlab"], tmp_path)
    assert (code, ".gitlab-ci.yml: there already, left as it is" in output) == (1, True)
    assert not (tmp_path / "elsewhere.yml").exists()


def test_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    output, code = run_command(["init", "file", "-q", "l1-award"], tmp_path)
    assert code == 2
    assert "nvqplan: 'file/curricula/l1-award.yaml' cannot be written: Not a directory" in output


def test_full_disk_leaves_no_half_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, os.strerror(28))

    before = Path.open

    def opened(self: Path, mode: str = "r", **options: Any) -> Any:
        file = before(self, mode, **options)
        if mode == "x" and self.name == "nvqplan.toml":
            file.write("half")
            monkeypatch.setattr(file, "write", full)
        return file

    monkeypatch.setattr(Path, "open", opened)
    output, code = run_command(["init", "-q", "l1-award"], tmp_path)
    assert (code, "No space left on device" in output) == (2, True)
    assert not (tmp_path / "nvqplan.toml").exists()
    assert (tmp_path / "curricula" / "l1-award.yaml").exists()


def test_qualification_without_a_legal_mix_is_refused(tmp_path: Path) -> None:
    read_book(tmp_path, CLEAR_BOOK.replace("at_least = 1", "at_least = 9"), ODD_UNITS)
    output, code = run_command(["init", "new", "-q", "ODD", "--data", "."], tmp_path)
    assert (code, "no mix of ODD is legal" in output) == (2, True)
    assert not (tmp_path / "new").exists()


def test_template_for_gitlab_is_what_init_writes() -> None:
    path = ROOT / "ci" / "nvqplan.gitlab-ci.yml"
    if WRITE:
        path.write_text(GITLAB, "utf-8")
    assert path.read_text("utf-8") == GITLAB
