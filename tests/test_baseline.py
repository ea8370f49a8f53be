"""Baselines: old findings are not told, new ones are, and what has gone never comes back."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from nvqplan.checking.baseline import Known, write_baseline
from tests.transcripts import ROOT, run_command

HEAD = "qualification: l3-diploma\nregistered: 2026-09-01\nyoungest: 17\npathways:\n"
LEGAL = "101, 301, 204, 303, 305, 405, 229, 328, 329, 330"
OLD = f"{HEAD}  old:\n    units: [101, 204]\n"
TYPED = f"{HEAD}  typed:\n    units: [{LEGAL}, 2o4, 999]\n"
KNOWN = "known.json"


def check(folder: Path, *arguments: str) -> tuple[str, int]:
    return run_command(["check", *arguments], folder)


def adopt(folder: Path, *paths: str, options: Sequence[str] = ()) -> bytes:
    """Record what is found now."""
    output, _ = check(folder, *paths, "--baseline", KNOWN, "--update-baseline", *options)
    assert "recorded" in output
    return (folder / KNOWN).read_bytes()


def entries(folder: Path) -> dict[str, list[tuple[str, str, str]]]:
    files = json.loads((folder / KNOWN).read_bytes())["files"]
    return {
        file: [(each["code"], each["pathway"], each["subject"]) for each in known]
        for file, known in files.items()
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "old.yaml").write_text(OLD)
    (tmp_path / "typed.yaml").write_text(TYPED)
    return tmp_path


def test_old_findings_are_recorded_and_not_told(folder: Path) -> None:
    adopt(folder, ".")
    assert entries(folder)["typed.yaml"] == [("NVQ201", "typed", "2o4"), ("NVQ201", "typed", "999")]
    output, code = check(folder, ".", "--baseline", KNOWN)
    assert code == 0
    assert "error" not in output
    assert "old: illegal for l3-diploma" in output
    assert output.endswith("1 of 2 pathways in 2 files meet the rules; suppressed: 6 by baseline\n")


def test_making_one_tells_nothing_and_exits_well(folder: Path) -> None:
    output, code = check(folder, ".", "--baseline", KNOWN, "--update-baseline")
    assert code == 0
    assert "error[" not in output
    assert "note: known.json: 6 findings recorded" in output


def test_new_finding_is_told_among_the_old(folder: Path) -> None:
    adopt(folder, ".")
    (folder / "typed.yaml").write_text(TYPED.replace("2o4", "2o4, 2o5"))
    output, code = check(folder, ".", "--baseline", KNOWN)
    assert code == 1
    assert output.count("error[") == 1
    assert "there is no unit '2o5'" in output


def test_one_more_of_the_same_is_new(folder: Path) -> None:
    adopt(folder, ".")
    (folder / "typed.yaml").write_text(TYPED.replace("999", "999, 999"))
    output, code = check(folder, ".", "--baseline", KNOWN)
    assert (output.count("error["), code) == (1, 1)


def test_moved_lines_and_pathways_stay_known(folder: Path) -> None:
    adopt(folder, ".")
    moved = TYPED.replace(HEAD, f"# note\n\n{HEAD}  legal:\n    units: [{LEGAL}]\n")
    (folder / "typed.yaml").write_text(moved.replace("\n", "\r\n"))
    assert check(folder, ".", "--baseline", KNOWN)[1] == 0


def test_what_is_gone_is_told_and_taken_out_only_when_asked(folder: Path) -> None:
    before = adopt(folder, ".")
    (folder / "typed.yaml").write_text(TYPED.replace(", 999", ""))
    output, code = check(folder, ".", "--baseline", KNOWN)
    assert (folder / KNOWN).read_bytes() == before
    assert code == 0
    assert "note: known.json: 1 finding no longer found, --update-baseline takes them out" in output
    assert "  typed.yaml: NVQ201 999 of 'typed'\n" in output
    output, code = check(folder, ".", "--baseline", KNOWN, "--update-baseline")
    assert (code, "1 finding no longer found, taken out" in output) == (0, True)
    assert entries(folder)["typed.yaml"] == [("NVQ201", "typed", "2o4")]
    assert len(entries(folder)["old.yaml"]) == 4
    (folder / "typed.yaml").write_text(TYPED)
    assert check(folder, ".", "--baseline", KNOWN, "--update-baseline")[1] == 1
    assert entries(folder)["typed.yaml"] == [("NVQ201", "typed", "2o4")]


def test_update_never_adds(folder: Path) -> None:
    before = adopt(folder, "old.yaml")
    output, code = check(folder, ".", "--baseline", KNOWN, "--update-baseline")
    assert (code, output.count("error[")) == (1, 2)
    assert (folder / KNOWN).read_bytes() == before


def test_file_is_not_touched_where_nothing_changed(folder: Path) -> None:
    before = adopt(folder, ".")
    os.utime(folder / KNOWN, (1, 1))
    check(folder, ".", "--baseline", KNOWN, "--update-baseline")
    assert (folder / KNOWN).read_bytes() == before
    assert (folder / KNOWN).stat().st_mtime == 1


def test_same_findings_make_the_same_bytes_in_any_order(folder: Path) -> None:
    before = adopt(folder, "old.yaml", "typed.yaml")
    (folder / KNOWN).unlink()
    assert adopt(folder, "typed.yaml", "old.yaml") == before
    assert before.endswith(b"\n")
    assert before.count(b"fingerprint") == 6
    assert len(before.splitlines()) == 6 + 9


def test_files_that_are_not_checked_keep_their_entries(folder: Path) -> None:
    before = adopt(folder, ".")
    output, _ = check(folder, "old.yaml", "--baseline", KNOWN, "--update-baseline")
    assert "no longer" not in output
    assert (folder / KNOWN).read_bytes() == before


def test_files_that_are_no_more_lose_theirs(folder: Path) -> None:
    adopt(folder, ".")
    (folder / "old.yaml").unlink()
    output, _ = check(folder, "typed.yaml", "--baseline", KNOWN, "--update-baseline")
    assert "4 findings no longer found, taken out" in output
    assert list(entries(folder)) == ["typed.yaml"]


@pytest.mark.parametrize("spoilt", ["a: [", TYPED.replace("units: [", "units: 1 # ["), "[]", ""])
def test_files_that_could_not_be_judged_keep_their_entries(spoilt: str, folder: Path) -> None:
    before = adopt(folder, ".")
    (folder / "typed.yaml").write_text(spoilt)
    output, code = check(folder, ".", "--baseline", KNOWN, "--update-baseline")
    assert code in (1, 2)
    assert "no longer" not in output
    assert (folder / KNOWN).read_bytes() == before


def test_codes_that_nobody_selects_keep_their_entries(folder: Path) -> None:
    before = adopt(folder, ".")
    check(folder, ".", "--baseline", KNOWN, "--update-baseline", "--select", "NVQ5")
    check(folder, ".", "--baseline", KNOWN, "--update-baseline", "--ignore", "NVQ2,NVQ3")
    assert (folder / KNOWN).read_bytes() == before


def test_only_what_is_told_is_recorded(folder: Path) -> None:
    comment = "# nvqplan: ignore[NVQ302] soon"
    (folder / "old.yaml").write_text(OLD.replace("old:", f"old: {comment}"))
    adopt(folder, ".", options=["--ignore", "NVQ2"])
    assert {code for known in entries(folder).values() for code, _, _ in known} == {"NVQ301"}


def test_what_stops_is_never_known(folder: Path) -> None:
    (folder / "typed.yaml").write_text("a: [")
    _, code = check(folder, ".", "--baseline", KNOWN, "--update-baseline")
    assert (code, list(entries(folder))) == (2, ["old.yaml"])
    assert check(folder, ".", "--baseline", KNOWN)[1] == 2


def test_paths_are_told_from_the_folder_of_the_baseline(folder: Path) -> None:
    deep = folder / "deep" / "er"
    deep.mkdir(parents=True)
    (folder / "old.yaml").rename(deep / "a b.yaml")
    check(folder, "deep", "--baseline", "deep/known.json", "--update-baseline")
    written = json.loads((folder / "deep" / KNOWN).read_bytes())
    assert list(written["files"]) == ["er/a b.yaml"]
    assert check(deep, "a b.yaml", "--baseline", "../known.json")[1] == 0
    assert check(folder, str(deep / "a b.yaml"), "--baseline", str(folder / "deep" / KNOWN))[1] == 0
    (folder / "link").symlink_to(deep)
    assert check(folder, "link/a b.yaml", "--baseline", "deep/known.json")[1] == 0


def test_standard_input_has_no_baseline(folder: Path) -> None:
    adopt(folder, ".")
    command = ["check", "-", "--baseline", KNOWN]
    output, code = run_command(command, folder, stdin=OLD.encode())
    assert (output.count("error["), code) == (4, 1)
    command = ["check", "-", "--baseline", "new.json", "--update-baseline"]
    output, code = run_command(command, folder, stdin=OLD.encode())
    assert (output.count("error["), code) == (4, 1)
    assert "new.json: 0 findings recorded" in output


def test_many_that_are_gone_are_not_all_told(folder: Path) -> None:
    known = {str(n): Known("a", "NVQ301", f"rule-{n:02}", str(n)) for n in range(30)}
    (folder / KNOWN).write_bytes(write_baseline({"typed.yaml": known}))
    output, _ = check(folder, "typed.yaml", "--baseline", KNOWN)
    assert "30 findings no longer found" in output
    assert output.count("rule-") == 10
    assert "  and 20 more" in output


def test_names_that_json_cannot_hold_plainly_come_back(folder: Path) -> None:
    name = '"\\e[31m \\"quoted\\" é 你好"'
    (folder / "old.yaml").write_text(OLD.replace("old:", f"{name}:"))
    adopt(folder, ".")
    output, code = check(folder, ".", "--baseline", KNOWN)
    assert (code, "suppressed: 6 by baseline" in output) == (0, True)
    assert "é 你好" in (folder / KNOWN).read_text("utf-8")


def test_half_a_surrogate_pair_is_written_as_json_spells_it() -> None:
    known = {"0": Known("\ud800", "NVQ301", "", "0")}
    written = write_baseline({"a.yaml": known})
    assert json.loads(written)["files"]["a.yaml"][0]["pathway"] == "\ud800"


def test_empty_baseline_is_one(folder: Path) -> None:
    (folder / "typed.yaml").write_text(TYPED.replace(", 2o4, 999", ""))
    assert adopt(folder, "typed.yaml") == b'{\n  "version": 1,\n  "files": {}\n}\n'
    assert check(folder, "typed.yaml", "--baseline", KNOWN)[1] == 0


def test_baseline_that_cannot_be_written_is_told(folder: Path) -> None:
    output, code = check(folder, ".", "--baseline", "no/known.json", "--update-baseline")
    assert code == 2
    assert "nvqplan: --baseline 'no/known.json' cannot be written: No such file" in output
    output, code = check(folder, ".", "--baseline", ".")
    assert code == 2
    assert "cannot be read: Is a directory" in output


ENTRY = '{"version": 1, "files": {"a": [{"code": "", "pathway": "", "subject": "", %s}]}}'


def test_full_disk_leaves_the_old_baseline_whole(folder: Path) -> None:
    known = {str(n): Known("typed", "NVQ301", "level", str(n)) for n in range(50)}
    rest = {"old.yaml": known, "typed.yaml": {"0": Known("typed", "NVQ301", "level", "0")}}
    before = write_baseline(rest)
    (folder / KNOWN).write_bytes(before)
    command = f"{sys.executable} -m nvqplan check typed.yaml --baseline {KNOWN} --update-baseline"
    shell = ["bash", "-c", f"ulimit -f 1; PYTHONPATH={ROOT} PYTHONDONTWRITEBYTECODE=1 {command}"]
    ended = subprocess.run(shell, cwd=folder, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "--baseline 'known.json' cannot be written: File too large" in ended.stderr
    assert (folder / KNOWN).read_bytes() == before
    assert sorted(each.name for each in folder.iterdir()) == [KNOWN, "old.yaml", "typed.yaml"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        "{'a'",
        '{"version": 1}',
        '{"version": 1.0, "files": {}}',
        '{"version": 1, "files": {"a": 1}}',
        ENTRY % '"fingerprint": 7',
        ENTRY % f'"fingerprint": {"9" * 20}',
        ENTRY % '"fingerprint": "7", "note": "x"',
        ENTRY % '"finger": "7"',
    ],
)
def test_malformed_baseline_is_refused_and_left_alone(text: str, folder: Path) -> None:
    (folder / KNOWN).write_text(text)
    output, code = check(folder, ".", "--baseline", KNOWN, "--update-baseline")
    assert code == 2
    assert output.startswith("known.json:1:")
    assert (folder / KNOWN).read_text() == text


def test_large_baseline_is_read(folder: Path) -> None:
    known = {str(n): Known("a", "NVQ301", "level", str(n)) for n in range(30_000)}
    (folder / KNOWN).write_bytes(write_baseline({"gone.yaml": known}))
    assert (folder / KNOWN).stat().st_size > 2_000_000
    assert check(folder, "typed.yaml", "--baseline", KNOWN, "--update-baseline")[1] == 1
    assert entries(folder) == {}
