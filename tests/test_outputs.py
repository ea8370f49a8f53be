"""`check --output FORMAT=FILE`: several formats at once, each for itself, whole or not there."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nvqplan.cli import check
from nvqplan.cli.writers import FORMATS
from tests.processes import needs_full_device
from tests.published import read_github, read_markdown, read_sarif
from tests.transcripts import ROOT, run_command

MIXED = str(ROOT / "examples" / "mixed.yaml")
LEGAL = str(ROOT / "examples" / "sales.yaml")


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in sorted(folder.iterdir())}


def run(*arguments: str, folder: Path, **options: Any) -> subprocess.CompletedProcess[str]:
    defaults: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.run(
        [sys.executable, "-m", "nvqplan", "check", *arguments],
        cwd=folder,
        text=True,
        check=False,
        **{**defaults, **options},
    )


def test_every_format_at_once_is_what_each_would_be_alone(tmp_path: Path) -> None:
    wanted = [f"--output={format}=found.{format}" for format in FORMATS]
    told, code = run_command(["check", MIXED, *wanted], tmp_path)
    alone = {
        f"found.{format}": run_command(["check", MIXED, "--format", format], tmp_path)[0]
        for format in FORMATS
    }
    assert code == 1
    assert files(tmp_path) == alone
    assert told == alone["found.text"]


def test_files_have_no_colours_and_keep_their_rights(tmp_path: Path) -> None:
    (tmp_path / "found.txt").write_text("before", "utf-8")
    (tmp_path / "found.txt").chmod(0o600)
    run("-o", "text=found.txt", MIXED, folder=tmp_path, env={**os.environ, "FORCE_COLOR": "1"})
    assert "\x1b" not in (tmp_path / "found.txt").read_text("utf-8")
    assert (tmp_path / "found.txt").stat().st_mode & 0o777 == 0o600


@needs_full_device
def test_full_disk_under_one_output_loses_no_other_and_is_no_verdict(tmp_path: Path) -> None:
    wanted = ["-o", "sarif=/dev/full", "-o", "json=found.json", "-o", "junit=nowhere/found.xml"]
    ended = run(LEGAL, *wanted, folder=tmp_path)
    assert ended.returncode == 2
    assert ended.stdout == run(LEGAL, folder=tmp_path).stdout
    assert set(ended.stderr.splitlines()) == {
        "nvqplan: --output 'sarif=/dev/full' cannot be written: No space left on device",
        "nvqplan: --output 'junit=nowhere/found.xml' cannot be written: No such file or directory",
    }
    assert list(files(tmp_path)) == ["found.json"]


@needs_full_device
@pytest.mark.parametrize("stream", ["> /dev/full", ">&-"])
def test_lost_standard_output_loses_no_file_and_is_no_verdict(stream: str, tmp_path: Path) -> None:
    command = f"{sys.executable} -m nvqplan check {LEGAL} -o sarif=found.sarif {stream}"
    shell = ["bash", "-c", command]
    ended = subprocess.run(shell, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert ended.stderr.startswith("nvqplan: the results cannot be written: ")
    assert ended.stderr.count("\n") == 1
    read_sarif((tmp_path / "found.sarif").read_text("utf-8"))


@pytest.mark.parametrize(("path", "code"), [(LEGAL, 0), (MIXED, 1)], ids=["legal", "mixed"])
def test_reader_who_has_gone_away_loses_no_file(path: str, code: int, tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = run(path, "-o", "sarif=found.sarif", folder=tmp_path, stdout=writing)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (code, "")
    read_sarif((tmp_path / "found.sarif").read_text("utf-8"))


def test_a_bug_leaves_no_output_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "found.json").write_text("before", "utf-8")

    def fail(*_: object) -> None:
        raise ZeroDivisionError("a slip of ours")

    monkeypatch.setattr(check, "check_curriculum", fail)
    wanted = ["-o", "json=found.json", "-o", "sarif=found.sarif"]
    _, code = run_command(["check", LEGAL, *wanted], tmp_path)
    assert code == 3
    assert files(tmp_path) == {"found.json": "before"}


def test_a_file_to_check_is_never_written_over(tmp_path: Path) -> None:
    text = Path(LEGAL).read_text("utf-8")
    (tmp_path / "sales.yaml").write_text(text, "utf-8")
    (tmp_path / "link.txt").symlink_to("sales.yaml")
    wanted = ["-o", "json=link.txt", "-o", "gitlab=found.json"]
    output, code = run_command(["check", ".", *wanted], tmp_path)
    assert code == 2
    assert "--output 'json=link.txt' cannot be written: it is one of the files to check" in output
    assert (tmp_path / "sales.yaml").read_text("utf-8") == text
    assert (tmp_path / "found.json").read_text("utf-8") == "[\n]\n"


def test_a_folder_cannot_be_written(tmp_path: Path) -> None:
    output, code = run_command(["check", LEGAL, "-o", f"json={tmp_path}"], tmp_path)
    assert code == 2
    assert output.startswith(f"nvqplan: --output 'json={tmp_path}' cannot be written: Is a dir")


MANY = """
qualification: l4-diploma
pathways:
""" + "".join(f"  p{number}: {{units: [101, 401, 999]}}\n" for number in range(4))


def many(folder: Path) -> None:
    (folder / "many.yaml").write_text(MANY, "utf-8")


def test_github_shows_ten_of_each_level_and_the_summary_all(tmp_path: Path) -> None:
    many(tmp_path)
    summary = tmp_path / "summary.md"
    summary.write_text("Said before.\n\n", "utf-8")
    env = {**os.environ, "GITHUB_STEP_SUMMARY": str(summary)}
    ended = run("many.yaml", "--format", "github", folder=tmp_path, env=env)
    commands, others = read_github(ended.stdout)
    assert ended.returncode == 1
    assert [command.level for command in commands].count("error") == 10
    assert [command.level for command in commands].count("notice") == 1
    assert others[-2:] == [
        "6 findings more, see the job summary",
        "0 of 4 pathways in 1 file meet the rules; 16 errors, 1 remark",
    ]
    verdicts = [line for line in others if not line.startswith("  ")]
    assert verdicts[:4] == [f"illegal for l4-diploma: many.yaml: p{number}" for number in range(4)]
    said, _, page = summary.read_text("utf-8").partition("\n\n")
    assert said == "Said before."
    markdown, _ = run_command(["check", "many.yaml", "--format", "markdown"], tmp_path)
    assert page == markdown


def test_github_shows_all_where_there_is_no_job_summary(tmp_path: Path) -> None:
    many(tmp_path)
    commands, others = read_github(
        run_command(["check", "many.yaml", "--format", "github"], tmp_path)[0]
    )
    assert len(commands) == 17
    assert len([line for line in others if not line.startswith("  ")]) == 5


def test_other_formats_leave_the_job_summary_alone(tmp_path: Path) -> None:
    many(tmp_path)
    env = {**os.environ, "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}
    run("many.yaml", "--format", "sarif", folder=tmp_path, env=env)
    assert not (tmp_path / "summary.md").exists()


def test_a_job_summary_that_cannot_be_written_takes_no_annotation_away(tmp_path: Path) -> None:
    many(tmp_path)
    env = {**os.environ, "GITHUB_STEP_SUMMARY": str(tmp_path / "nowhere" / "summary.md")}
    ended = run("many.yaml", "--format", "github", folder=tmp_path, env=env)
    assert ended.returncode == 2
    assert "the job summary" in ended.stderr
    assert len(read_github(ended.stdout)[0]) == 17


def test_a_job_summary_is_cut_where_github_would_drop_it_and_says_so(tmp_path: Path) -> None:
    many(tmp_path)
    for number in range(40):
        (tmp_path / f"{number}.yaml").write_text(MANY, "utf-8")
    summary = tmp_path / "summary.md"
    summary.write_text("x" * (2**20 - 20_000) + "\n\n", "utf-8")
    env = {**os.environ, "GITHUB_STEP_SUMMARY": str(summary)}
    run(".", "--format", "github", folder=tmp_path, env=env)
    assert 2**20 - 3_000 < summary.stat().st_size < 2**20
    page = read_markdown(summary.read_text("utf-8").partition("\n\n")[2])
    assert page.items[-2].startswith("Cut here: a job summary holds 1 MiB.")
    assert page.items[-1].startswith("0 of 164 pathways in 41 files meet the rules")


def test_what_is_wrong_with_a_rulebook_is_told_in_every_format(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text("[[qualifications]]\n", "utf-8")
    units = (ROOT / "data" / "units.csv").read_text("utf-8")
    (tmp_path / "units.csv").write_text(units, "utf-8")
    ended = run(LEGAL, "--data", ".", "-o", "sarif=found.sarif", folder=tmp_path)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "rules.toml:1:3: error[NVQ401]" in ended.stderr
    log = read_sarif((tmp_path / "found.sarif").read_text("utf-8"))
    assert {result["ruleId"] for result in log["results"]} == {"NVQ401"}
    assert log["invocations"] == [{"executionSuccessful": False}]
    ended = run(LEGAL, "--data", ".", "--format", "github", folder=tmp_path)
    commands, _ = read_github(ended.stdout)
    assert commands[0].properties["file"] == "rules.toml"
