"""The command as a process: streams, exit codes, colours, and failures that are no verdict."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nvqplan.cli import main
from nvqplan.cli.streams import is_coloured
from tests.processes import needs_full_device, run
from tests.transcripts import ROOT, nvqplan, run_command

LEGAL = "101,301,204,303,305,405,229,328,329,330"
SHORT = "101,301,204"


def document(*arguments: str) -> Any:
    output, _ = run_command([*arguments, "--format", "json"])
    return json.loads(output)


def test_results_go_to_one_stream_and_refusals_to_the_other() -> None:
    legal = run("check", "examples/sales.yaml")
    assert (legal.returncode, legal.stderr) == (0, "")
    refused = run("count", "-q", "l5-diploma")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "did you mean" in refused.stderr


def test_reader_who_has_seen_enough_changes_no_exit_code() -> None:
    for example, code in (("sales", 0), ("typing-mistakes", 1)):
        check = f"{sys.executable} -m nvqplan check examples/{example}.yaml"
        shell = ["bash", "-c", check + " | head -n 1; exit ${PIPESTATUS[0]}"]
        ended = subprocess.run(shell, cwd=ROOT, capture_output=True, text=True, check=False)
        assert (ended.returncode, ended.stderr) == (code, "")


@needs_full_device
def test_full_disk_is_told_and_is_no_verdict() -> None:
    with Path("/dev/full").open("w") as full:
        ended = run("check", "examples/sales.yaml", stdout=full)
    assert ended.returncode == 2
    assert ended.stderr == "nvqplan: the results cannot be written: No space left on device\n"


def test_bug_is_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise ZeroDivisionError("a slip of ours")

    monkeypatch.setattr(main, "app", fail)
    output, code = run_command(["check", "examples/sales.yaml"])
    assert code == 3
    assert output.endswith("nvqplan: this is a bug, not a verdict; please report it\n")


def test_names_that_the_terminal_cannot_write_are_spelt_out() -> None:
    ended = run(
        "check",
        "tests/cases/files/escape-codes.yaml",
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert ended.returncode == 1
    assert "\\u4f60\\u597d: illegal" in ended.stdout
    assert "\x1b" not in ended.stdout


def test_same_bytes_under_any_hash_seed() -> None:
    commands = (
        ("check", "examples", "--format", "json"),
        ("suggest", "-q", "l2-certificate", "--prefer", "it,sales", "--top", "5"),
        ("suggest", "-q", "l4-diploma", "--max-glh", "161"),
    )
    for command in commands:
        seeds = (dict(os.environ, PYTHONHASHSEED=seed) for seed in ("0", "1", "2"))
        assert len({run(*command, env=seed).stdout for seed in seeds}) == 1


class Terminal:
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "dumb"}, False),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_is_the_terminals_choice(
    environment: dict[str, str], coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TERM", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert is_coloured(Terminal()) is coloured


def test_nothing_is_told_by_colour_alone() -> None:
    for command in (
        ("check", "examples/mixed.yaml"),
        ("suggest", "-q", "l1-award", "--prefer", "sales"),
    ):
        plain, coloured = (
            run(*command, env={**os.environ, **colour}).stdout
            for colour in ({"NO_COLOR": "1"}, {"NO_COLOR": "", "FORCE_COLOR": "1"})
        )
        assert "\x1b[" in coloured
        stripped = "".join(part.partition("m")[2] for part in ("\x1b[m" + coloured).split("\x1b["))
        assert [line.rstrip() for line in stripped.split("\n")] == plain.split("\n")


def test_folder_is_searched_in_order_each_file_once_and_hidden_ones_never(tmp_path: Path) -> None:
    text = (ROOT / "examples" / "sales.yaml").read_text("utf-8")
    for name in ("b.yml", "a.yaml", "deep/er/c.yaml", ".github/workflow.yaml", "notes.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "deep" / "loop").symlink_to(tmp_path)
    output, code = run_command(["check", ".", "./a.yaml"], tmp_path)
    files = [line.partition(":")[0] for line in output.splitlines() if "legal" in line]
    assert [Path(file).as_posix() for file in files] == ["a.yaml", "b.yml", "deep/er/c.yaml"]
    assert code == 0


def test_standard_input_is_checked() -> None:
    text = (ROOT / "examples" / "support.yaml").read_bytes()
    assert nvqplan("nvqplan check -", stdin=text) == nvqplan(
        "nvqplan check examples/support.yaml"
    ).replace("examples/support.yaml", "-")


def test_unreadable_file_outweighs_a_finding_and_hides_none() -> None:
    output, code = run_command(["check", "examples/support.yaml", "nowhere.yaml"])
    assert code == 2
    assert "short by 1" in output
    assert "nowhere.yaml:1:1: error[NVQ101]" in output


def test_warnings_fail_when_asked_to() -> None:
    mix = ("check", "--level", "4", "--units", "101,401,309,316,304,307,403,404", "--age", "18")
    assert run_command(list(mix))[1] == 0
    assert run_command([*mix, "--strict"])[1] == 1


def test_check_document_holds_verdict_figures_and_findings() -> None:
    checked = document("check", "-q", "l3-diploma", "--units", SHORT, "--age", "16")
    (pathway,) = checked["files"][0]["pathways"]
    assert (checked["version"], checked["reading"]) == (1, "printed")
    assert (pathway["passes"], pathway["legal"], pathway["units"]) == (
        False,
        False,
        ["101", "204", "301"],
    )
    assert pathway["totals"]["by_group"] == {"A": 6, "B": 5, "C": 0}
    total = next(rule for rule in pathway["rules"] if rule["id"] == "total")
    assert total["outcomes"][0]["short_by"] == 31
    assert {finding["code"] for finding in pathway["findings"]} == {"NVQ301"}
    assert checked["files"][0]["findings"][0]["code"] == "NVQ503"


def test_check_document_tells_what_lies_near() -> None:
    (pathway,) = document(
        "check", "--units", f"{LEGAL},212,318", "-q", "l3-diploma", "--registered", "2026-09-01"
    )["files"][0]["pathways"]
    assert pathway["legal_without"] == [["318"], ["212"]]
    drafts = document("check", "examples/mixed.yaml")["files"][0]["pathways"]
    assert (drafts[1]["completions"], drafts[1]["completion"][:2]) == (
        8_210_344_873,
        ["101", "201"],
    )
    assert drafts[0]["completions"] is None


def test_check_document_tells_the_other_reading() -> None:
    pathways = document("check", "examples/level-4.yaml")["files"][0]["pathways"]
    assert [pathway["other_reading"] for pathway in pathways] == [
        {"passes": True, "rules": ["level"], "together": False},
        {"passes": False, "rules": ["level"], "together": False},
    ]


@needs_full_device
def test_closed_output_is_told_and_is_no_verdict() -> None:
    for stream in (">&-", "> /dev/full"):
        shell = ["bash", "-c", f"{sys.executable} -m nvqplan count -q l1-award {stream}"]
        ended = subprocess.run(shell, cwd=ROOT, capture_output=True, text=True, check=False)
        assert ended.returncode == 2
        assert "cannot be written" in ended.stderr
        assert "Traceback" not in ended.stderr


@needs_full_device
def test_help_that_cannot_be_written_is_no_bug() -> None:
    with Path("/dev/full").open("w") as full:
        ended = run("--help", stdout=full)
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr


def test_tables_need_no_unicode() -> None:
    ended = run(
        "units", "complaint", env={**os.environ, "PYTHONIOENCODING": "ascii", "COLUMNS": "80"}
    )
    assert ended.stdout.splitlines()[1] == "-" * len(ended.stdout.splitlines()[1])


def test_what_is_assumed_of_the_learner_is_noted() -> None:
    told = run("suggest", "-q", "l3-diploma", "--top", "1").stderr
    assert "taken to be 2 July 2017 or later" in told
    assert "must be 16 or older" in told
    assert run("count", "-q", "l3-diploma", "--registered", "any").stderr == ""


def test_conflict_is_no_row_of_csv() -> None:
    ended = run("suggest", "-q", "l1-award", "--max-glh", "34", "--format", "csv")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "--max-glh 34" in ended.stderr


@pytest.mark.parametrize("command", main.EVERY)
def test_every_command_helps_with_examples(command: str) -> None:
    output, code = run_command([*command.split(), "--help"])
    assert code == 0
    assert f"Examples:\n    nvqplan {command}" in output


def test_command_with_subcommands_names_them_and_is_one_itself() -> None:
    output, code = run_command(["rules", "--help"])
    assert code == 0
    listed = output.partition("Commands:\n")[2]
    assert [line.split()[0] for line in listed.splitlines()] == list(main.SUBCOMMANDS["rules"])
    assert run_command(["rules", "-q", "l1-award"])[1] == 0
    for slip, near in (("tset", "did you mean 'test'?"), ("x", "known: new, test, print")):
        output, code = run_command(["rules", slip])
        assert (code, f"No such command 'rules {slip}': {near}" in output) == (2, True)
    output, code = run_command(["rules", "-q", "l1-award", "test"])
    assert (code, "unexpected extra argument" in output) == (2, True)
    output, code = run_command(["count", "new"])
    assert (code, "unexpected extra argument" in output) == (2, True)


def test_subcommand_takes_what_is_configured(tmp_path: Path) -> None:
    bakery = ROOT / "tests" / "cases" / "rulebooks" / "proven"
    (tmp_path / "nvqplan.toml").write_text(f"data = '{bakery}'\n", "utf-8")
    output, code = run_command(["rules", "test"], tmp_path)
    assert (code, "4 of 18 mixes" in output) == (1, True)
    output, code = run_command(["rules", "test", "--no-config"], tmp_path)
    assert (code, "mixes in 5 files are as labelled" in output) == (0, True)
    output, code = run_command(["rules", "test", str(ROOT / "data")], tmp_path)
    assert (code, "mixes in 5 files are as labelled" in output) == (0, True)
    output, code = run_command(["rules", "print", "-q", "baker"], tmp_path)
    assert (code, output.startswith("# Certificate in Baking")) == (0, True)
    (tmp_path / "nvqplan.toml").write_text("dta = 'x'\n", "utf-8")
    assert run_command(["rules", "print", "-q", "l1-award"], tmp_path)[1] == 2
    assert run_command(["rules", "print", "-q", "l1-award", "--no-config"], tmp_path)[1] == 0


def test_age_of_nothing_is_an_age() -> None:
    mix = ["check", "-q", "l3-diploma", "--units", LEGAL, "--registered", "2026-09-01"]
    output, code = run_command([*mix, "--age", "0"])
    assert code == 1
    assert "the youngest is 0" in output
    assert "NVQ504" not in output


def test_standards_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "data" / "nos.csv").write_text("urn,title\nINSCC001,One\n", "utf-8")
    output, code = run_command(["units", "306", "--data", "data"], tmp_path)
    assert code == 2
    assert "nos.csv:1:1: error[NVQ402] missing columns: replaces" in output


def test_failure_without_any_stream_still_has_its_exit_code() -> None:
    shell = ["bash", "-c", f"{sys.executable} -m nvqplan count -q l1-award >&- 2>&-"]
    assert subprocess.run(shell, cwd=ROOT, check=False).returncode == 2
