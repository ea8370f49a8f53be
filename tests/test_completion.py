"""The shells ask what can follow, and are told: driven by their protocol, and by the shells."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest

from nvqplan.cli.main import COMMANDS, EVERY, SUBCOMMANDS
from nvqplan.core.codes import CODES
from tests.transcripts import ROOT, run_command

BAKERY = str(ROOT / "tests" / "cases" / "rulebooks" / "bakery")
FAULTY = str(ROOT / "tests" / "cases" / "rulebooks" / "faulty")


def completed(*words: str) -> list[str]:
    """What bash is offered for the last of these words."""
    asked = {
        "_NVQPLAN_COMPLETE": "complete_bash",
        "COMP_WORDS": "\n".join(("nvqplan", *words)),
        "COMP_CWORD": str(len(words)),
    }
    with patch.dict(os.environ, asked):
        output, code = run_command([])
    assert code == 0
    return output.split()


def test_commands_are_completed() -> None:
    assert completed("") == list(COMMANDS)
    assert completed("ex") == ["explain"]
    assert completed("nothing") == []


def test_subcommands_are_completed_where_nothing_else_is_begun() -> None:
    assert completed("rules", "") == list(SUBCOMMANDS["rules"])
    assert completed("rules", "pr") == ["print"]
    assert completed("rules", "-q", "l1-award", "") == []
    assert completed("rules", "print", "-q", "l3") == ["l3-diploma"]
    assert completed("rules", "print", "--format", "") == ["markdown", "html"]
    assert completed("rules", "tset", "") == []
    assert completed("count", "ne") == []


@pytest.mark.parametrize("command", EVERY)
def test_options_are_completed(command: str) -> None:
    offered = completed(*command.split(), "--")
    assert offered
    listed, _ = run_command([*command.split(), "--help"])
    assert all(option in listed for option in offered)


def test_units_are_completed_one_after_another() -> None:
    nine = [f"30{digit}" for digit in range(1, 10)]
    assert completed("suggest", "--with", "30") == nine
    assert completed("suggest", "--with", "204,30") == [f"204,{unit}" for unit in nine]
    assert completed("suggest", "--with", "302,204,30") == [
        f"302,204,{unit}" for unit in nine if unit != "302"
    ]
    assert completed("rank", "--units", "3412-506") == ["3412-506"]
    assert completed("check", "--units", "H/503/0398") == ["H/503/0398"]
    assert "H/503/0398" not in completed("suggest", "--with", "")


def test_sign_between_option_and_value_changes_nothing() -> None:
    assert completed("suggest", "--with", "=", "204,30") == completed("suggest", "--with", "204,30")
    assert completed("suggest", "--with", "=") == completed("suggest", "--with", "")
    assert completed("count", "-q", "l1-award", "--with", "=", "10", "--without", "=", "40") == []


def test_only_units_of_the_qualification_that_is_chosen_are_offered() -> None:
    assert "401" in completed("count", "--with", "")
    assert "401" not in completed("count", "-q", "l1-award", "--with", "")
    assert "401" in completed("count", "--level", "4", "--with", "")
    assert "102" not in completed("count", "--level", "4", "--with", "")
    assert "102" in completed("count", "--level", "1", "--with", "")


def test_topics_qualifications_levels_and_codes_are_completed() -> None:
    assert completed("units", "--topic", "sa") == ["sales"]
    assert completed("units", "sa") == ["sales"]
    assert completed("suggest", "--prefer", "sales,it") == ["sales,it"]
    assert completed("suggest", "--avoid", "sales,506") == ["sales,506"]
    assert completed("rules", "-q", "l3") == ["l3-diploma"]
    assert completed("rules", "-q", "600/1136") == ["600/1136/1"]
    assert len(completed("rules", "-q", "")) == 5
    assert completed("rules", "--level", "") == ["1", "2", "3", "4"]
    assert completed("explain", "NVQ") == list(CODES)
    assert completed("explain", "NVQ301", "l4") == ["l4-diploma"]
    assert completed("explain", "NVQ301,NVQ30")[0] == "NVQ301,NVQ302"
    assert completed("explain", "gl") == ["glh"]
    assert completed("explain", "NVQ301,UA") == ["NVQ301,UAN"]
    assert "barred" in completed("explain", "")
    assert completed("count", "--by", "c") == ["credits"]
    assert completed("schema", "") == ["curriculum", "rulebook", "proofs", "check"]
    assert completed("check", "--reading", "") == ["printed", "intended"]


def test_files_are_left_to_the_shell() -> None:
    for words in (("check", "ex"), ("suggest", "--offer", ""), ("units", "--data", "")):
        assert completed(*words) == []


def test_names_are_those_of_the_rulebook_in_force() -> None:
    assert completed("rules", "--data", BAKERY, "-q", "") == ["baker"]
    assert completed("suggest", "--data", BAKERY, "--with", "B1,") == [
        f"B1,B{digit}" for digit in range(2, 6)
    ]
    assert completed("rules", "--data", FAULTY, "-q", "") == []
    assert completed("rules", "--data", "nowhere", "-q", "") == []


def test_no_rulebook_is_read_for_what_is_not_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a rulebook was read")

    monkeypatch.setattr("nvqplan.reading.rulebook.read_rulebook", refuse)
    assert completed("sug") == ["suggest"]
    assert "--with" in completed("suggest", "--")
    assert completed("explain", "NVQ10")
    assert completed("units", "--format", "") == ["table", "json", "csv"]


def ask(shell: str, script: str, tmp_path: Path) -> list[str]:
    """What a real shell answers to a script, with nvqplan on its path and a home of its own."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed here")
    runner = tmp_path / "bin" / "nvqplan"
    runner.parent.mkdir()
    runner.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m nvqplan "$@"\n', "utf-8")
    runner.chmod(0o755)
    env = dict(os.environ, PATH=f"{runner.parent}:{os.environ['PATH']}", HOME=str(tmp_path))
    env["XDG_CONFIG_HOME"] = env["XDG_DATA_HOME"] = str(tmp_path)
    done = subprocess.run(
        [shell, "-c", script], env=env, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_bash_completes(tmp_path: Path) -> None:
    script = """
    eval "$(_NVQPLAN_COMPLETE=source_bash nvqplan)"
    complete -p nvqplan
    COMP_WORDS=(nvqplan suggest --with = 204,30); COMP_CWORD=4
    _nvqplan_completion nvqplan
    printf '%s\\n' "${COMPREPLY[@]}"
    """
    first, *offered = ask("bash", script, tmp_path)
    assert first == "complete -o default -F _nvqplan_completion nvqplan"
    assert offered == [f"204,30{digit}" for digit in range(1, 10)]


def test_fish_completes_with_titles(tmp_path: Path) -> None:
    script = (
        "_NVQPLAN_COMPLETE=source_fish nvqplan | source; complete -C 'nvqplan count --with 204,40'"
    )
    offered = dict(line.split("\t") for line in ask("fish", script, tmp_path))
    assert offered["204,405"] == "Manage direct sales activities in a contact centre"


def test_zsh_is_told_titles(tmp_path: Path) -> None:
    script = """
    autoload -Uz compinit; compinit -D
    eval "$(_NVQPLAN_COMPLETE=source_zsh nvqplan)"
    _arguments() { print -r -- "$1" }
    words=(nvqplan count --with 204,40); CURRENT=4
    _nvqplan_completion
    """
    (offered,) = ask("zsh", script, tmp_path)
    assert '"204,405":"Manage direct sales activities in a contact centre"' in offered


def test_script_for_the_shell_is_shown() -> None:
    for shell in ("bash", "zsh", "fish"):
        with patch.dict(os.environ, {"_NVQPLAN_COMPLETE": f"source_{shell}"}):
            output, code = run_command([])
        assert code == 0
        assert f"complete_{shell}" in output
