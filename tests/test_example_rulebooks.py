"""The rulebooks under examples/rulebooks: without slips, proven, and what they tell of mixes."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from nvqplan.api import open_rulebook
from tests.oracle import NOBODY, Handbook, Said
from tests.readers import all_kinds
from tests.transcripts import ROOT, check_transcript, nvqplan, run_command

FOLDERS = sorted(path.parent for path in (ROOT / "examples" / "rulebooks").glob("*/rules.toml"))
NARROWED = {
    "hospitality": "-q hospitality-diploma --registered 2026-09-01 --credits 45..46"
    " --without H31,H32,H33,H34,H35,H45,H46,H51,H52",
    "rangers": "-q ranger-certificate --without R203,R301,R305,R504",
}
NEVER_ALONE = {"hospitality": ["title"], "rangers": ["stream"]}
"""Titles that are only told."""

each_rulebook = pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)


def labelled(folder: Path) -> list[dict[str, Any]]:
    """Every labelled mix with what its file says for all, read by another YAML reader."""
    mixes: list[dict[str, Any]] = []
    for path in sorted(folder.glob("proofs/*.yaml")):
        whole = yaml.safe_load(path.read_text("utf-8"))
        shared = {key: value for key, value in whole.items() if key != "mixes"}
        mixes += [{**shared, **mix} for mix in whole["mixes"].values()]
    return mixes


def handbook(folder: Path, said: Said = NOBODY) -> Handbook:
    units, rules = ((folder / name).read_text("utf-8") for name in ("units.csv", "rules.toml"))
    return Handbook(units, rules, said=said)


def test_there_are_two_of_about_thirty_units_each_said_to_be_invented() -> None:
    assert [folder.name for folder in FOLDERS] == ["hospitality", "rangers"]
    for folder in FOLDERS:
        book = open_rulebook(str(folder))
        (qualification,) = book.qualifications
        assert qualification.title.endswith("(invented)")
        assert len(qualification.offering.units) == len(book.catalogue.units) in range(25, 35)


def test_they_show_what_rules_can_be() -> None:
    books = [open_rulebook(str(folder)) for folder in FOLDERS]
    kinds = [{type(rule.printed) for rule in book.qualifications[0].rules} for book in books]
    shown = {kind.__name__ for kind in set.union(*kinds)}
    assert shown == {
        *("Sum", "Mandatory", "Barred", "Requires", "Implies", "Equivalent", "Share", "Age"),
        *("Choose", "Components"),
    }
    assert shown <= {kind.__name__ for kind in all_kinds()}


@each_rulebook
def test_lint_finds_nothing(folder: Path) -> None:
    command = ["lint", "--fail-on", "remark", "--data", str(folder)]
    output, code = run_command(command)
    assert (output, code) == ("1 qualification in 2 files looked at\n", 0)


@each_rulebook
def test_all_proofs_hold_and_every_rule_is_broken_alone(folder: Path) -> None:
    output, code = run_command(["rules", "test", str(folder)])
    number = len(labelled(folder))
    (qualification,) = open_rulebook(str(folder)).qualifications
    never = [f"'{id}' of {qualification.id}" for id in NEVER_ALONE[folder.name]]
    files = len(list(folder.glob("proofs/*.yaml")))
    told = f"{number} of {number} mixes in {files} files are as labelled; "
    told += f"proven that no mix breaks alone: {', '.join(never)}\n"
    assert (output, code) == (told, 0)
    alone = {mix["illegal"][0] for mix in labelled(folder) if len(mix.get("illegal", ())) == 1}
    assert number > 20
    assert {rule.id for rule in qualification.rules} - alone == {*NEVER_ALONE[folder.name]}


@each_rulebook
def test_the_oracle_agrees_with_every_label(folder: Path) -> None:
    for mix in labelled(folder):
        imported = mix.get("imported", ())
        rows = (
            dict.fromkeys(("topics", "title"), "") | {k: str(row[k]) for k in row}
            for row in imported
        )
        judge = handbook(folder, Said(imported=tuple(tuple(row.items()) for row in rows)))
        units = frozenset([*mix["units"], *(row["unit"] for row in imported)])
        assert units <= set(judge.units)
        day = mix.get("registered", judge.days()[-1])
        broken = judge.broken(units, day, mix["age"], frozenset())
        assert sorted(broken) == sorted(mix.get("illegal", [])), mix
        assert ("legal" in mix) != ("illegal" in mix)


@each_rulebook
def test_everything_in_them_has_been_verified(folder: Path) -> None:
    command = ["rules", "test", str(folder), "--strict", "--today", "2026-11-01"]
    command += ["--format", "json"]
    output, _ = run_command(command)
    told = [code for code in ("NVQ447", "NVQ448", "NVQ449") if code in output]
    assert told == (["NVQ448"] if folder.name == "hospitality" else [])


@each_rulebook
def test_both_solvers_and_the_oracle_agree_on_a_narrowed_question(folder: Path) -> None:
    wishes = f"{NARROWED[folder.name]} --data {folder}"
    listed = [
        set(nvqplan(f"nvqplan enumerate {wishes} --solver {solver} --format jsonl").splitlines())
        for solver in ("diagram", "backtracking")
    ]
    mixes = [
        {frozenset(json.loads(line)["units"]) for line in lines if line.startswith("{")}
        for lines in listed
    ]
    assert mixes[0] == mixes[1]
    assert len(mixes[0]) > 10
    assert nvqplan(f"nvqplan count {wishes}").splitlines()[-1] == f"{len(mixes[0]):,}"
    judge = handbook(folder)
    assert all(judge.is_legal(mix, [date(2026, 9, 1)], 18, frozenset()) for mix in mixes[0])


STORIES = {
    **{
        f"{book}-{path.stem}": f"check --data {book} {book}/curricula/{path.name}"
        for book in NARROWED
        for path in sorted((ROOT / "examples" / "rulebooks" / book).glob("curricula/*.yaml"))
    },
    "hospitality-suggest": "suggest --data hospitality -q hospitality-diploma"
    " --registered 2026-09-01 --prefer events --top 2",
    "rangers-count": "count --data rangers -q ranger-certificate --by points",
    "rangers-enumerate": "enumerate --data rangers -q ranger-certificate --limit 3",
    "rangers-surplus": "suggest --data rangers -q ranger-certificate --prefer track --avoid fire"
    " --surplus 0 --top 1",
    "rangers-suggest": "suggest --data rangers -q ranger-certificate --with R305 --top 2",
}
GOLDENS = ROOT / "tests" / "cases" / "examples" / "rulebooks"


@pytest.mark.parametrize("story", STORIES)
def test_its_story_is_told(story: str) -> None:
    golden = GOLDENS / f"{story}.out"
    assert golden.read_text("utf-8").startswith(f"$ nvqplan {STORIES[story]}\n")
    check_transcript(golden, ROOT / "examples" / "rulebooks")


def test_no_golden_file_without_a_story() -> None:
    assert {path.stem for path in GOLDENS.glob("*.out")} == set(STORIES)


@each_rulebook
def test_in_its_folder_a_rulebook_is_the_one_in_force(folder: Path) -> None:
    output, code = run_command(["check", "curricula"], folder)
    assert code == 1
    assert "not judged" not in output
    assert "meet the rules" in output.splitlines()[-1]
    assert run_command(["rules", "test"], folder)[1] == 0


def test_a_wrong_label_is_told_with_the_component_that_lacks_units(tmp_path: Path) -> None:
    folder = ROOT / "examples" / "rulebooks" / "rangers"
    book = shutil.copytree(folder, tmp_path / "book")
    path = book / "proofs" / "components.yaml"
    text = path.read_text("utf-8").replace("illegal: [components]", "legal: true", 1)
    path.write_text(text, "utf-8")
    output, code = run_command(["rules", "test", str(book)])
    assert code == 1
    assert output.count("each used once: Plant: have 0 units, need 1, short by 1") == 1
