"""Lists that are too long for anything but streaming, and the files they are written to."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path
from unittest.mock import patch

import pytest

from nvqplan.cli import enumerate as listing
from tests.transcripts import ROOT, run_command

NVQPLAN = [sys.executable, "-m", "nvqplan", "enumerate"]
ENDLESS = [*NVQPLAN, "-q", "l3-diploma", "--registered", "any"]
AWARD = ["enumerate", "-q", "l1-award"]


def rows(*options: str) -> list[str]:
    """The rows of the Level 1 Award as CSV, without the header."""
    done = subprocess.run(
        [sys.executable, "-m", "nvqplan", *AWARD, "--format", "csv", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    head, *written = done.stdout.splitlines()
    assert head == "units"
    return written


def wait_for(path: Path) -> None:
    for _ in range(500):
        if list(path.parent.glob(f".{path.name}.*.part")):
            return
        time.sleep(0.01)
    raise AssertionError("nothing was written in five seconds")


@pytest.mark.parametrize("format", ["table", "csv", "jsonl"])
def test_a_reader_who_has_seen_enough_ends_it_in_silence(format: str) -> None:
    shell = f"{' '.join(ENDLESS)} --format {format} | head -3; echo ${{PIPESTATUS[0]}}"
    command = ["bash", "-c", shell]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert len(done.stdout.splitlines()) == 4
    assert done.stdout.splitlines()[-1] == "0"
    assert len(done.stderr.splitlines()) == 1
    assert "153,389,687,974,836 mixes" in done.stderr


@pytest.mark.parametrize(("format", "count"), [("csv", 1_000_000), ("jsonl", 30_000)])
def test_memory_does_not_grow_with_the_rows(format: str, count: int) -> None:
    shell = f"ulimit -v 300000; exec {' '.join(ENDLESS)} --limit {count} --format {format}"
    limited = ["bash", "-c", shell]
    done = subprocess.run(limited, cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.count(b"\n") == count + (format == "csv")


def test_shards_are_the_whole_one_after_another() -> None:
    assert [row for part in "123" for row in rows("--shard", f"{part}/3")] == rows()


def test_every_format_lists_the_same_mixes() -> None:
    plain = rows("--from", "5000", "--limit", "300")
    sums, _ = run_command([*AWARD, "--from", "5000", "--limit", "300", "--format", "csv", "--sums"])
    objects, _ = run_command([*AWARD, "--from", "5000", "--limit", "300", "--format", "jsonl"])
    assert [row.split(",")[1] for row in sums.splitlines()[2:]] == plain
    read = [json.loads(line) for line in objects.splitlines()[1:]]
    assert [each["number"] for each in read] == list(range(5000, 5300))
    assert [sorted(each["units"]) for each in read] == [sorted(row.split()) for row in plain]


def test_both_solvers_list_the_same_mixes() -> None:
    options = ("--credits", "..18", "--with", "226")
    searched = rows(*options, "--solver", "backtracking")
    assert len(searched) == len(set(searched)) > 100
    assert sorted(searched) == sorted(rows(*options))


def test_a_file_holds_what_standard_output_would(tmp_path: Path) -> None:
    path = tmp_path / "a name with spaces.csv"
    run_command([*AWARD, "--limit", "9", "--format", "csv", "-o", str(path)])
    assert path.read_text("utf-8").splitlines()[1:] == rows("--limit", "9")
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_search_that_does_not_come_to_an_end_is_given_up() -> None:
    with patch.object(listing, "STEPS", 20_000):
        output, code = run_command([*AWARD, "--solver", "backtracking", "--format", "csv"])
    assert code == 2
    assert output.endswith("there are 126,924 such mixes, the diagram lists them at once\n")


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_killed_run_leaves_the_file_as_it_was(ending: signal.Signals, tmp_path: Path) -> None:
    path = tmp_path / "mixes.csv"
    path.write_text("of yesterday", "utf-8")
    with subprocess.Popen(
        [*ENDLESS, "--format", "jsonl", "-o", str(path)], cwd=ROOT, stderr=subprocess.DEVNULL
    ) as run:
        wait_for(path)
        run.send_signal(ending)
        assert run.wait(20) != 0
    assert path.read_text("utf-8") == "of yesterday"


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_an_interrupted_run_leaves_nothing_behind(ending: signal.Signals, tmp_path: Path) -> None:
    path = tmp_path / "mixes.csv"
    with subprocess.Popen(
        [*ENDLESS, "-o", str(path)], cwd=ROOT, stderr=subprocess.PIPE, text=True
    ) as run:
        wait_for(path)
        run.send_signal(ending)
        _, told = run.communicate(timeout=20)
    assert "Traceback" not in told
    assert list(tmp_path.iterdir()) == []


def test_a_file_keeps_its_mode_and_a_link_its_target(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("of yesterday", "utf-8")
    real.chmod(0o640)
    link.symlink_to(real)
    run_command([*AWARD, "--limit", "1", "--format", "csv", "-o", str(link)])
    assert link.is_symlink()
    assert real.read_text("utf-8").startswith("units\n")
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_pipe_is_written_as_it_is() -> None:
    shell = f"{' '.join(NVQPLAN)} -q l1-award --limit 2 --format csv -o /dev/stdout | tail -n 1"
    command = ["bash", "-c", shell]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == rows("--limit", "2")[-1]
    assert run_command([*AWARD, "--limit", "2", "-o", "-"])[0].count("\n") == 6


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_devices_are_written_as_they_are() -> None:
    assert run_command([*AWARD, "--limit", "1", "-o", "/dev/null"])[1] == 0
    assert Path("/dev/null").is_char_device()
    output, code = run_command([*AWARD, "-o", "/dev/full"])
    assert code == 2
    assert "'/dev/full' cannot be written: No space left on device" in output


def test_whoever_watches_sees_how_far_it_is(tmp_path: Path) -> None:
    leader, follower = pty.openpty()
    command = [*NVQPLAN, "-q", "l1-award", "--format", "csv", "-o", str(tmp_path / "all.csv")]
    with subprocess.Popen(command, cwd=ROOT, stderr=follower) as run:
        os.close(follower)
        seen = b""
        try:
            while block := os.read(leader, 4096):
                seen += block
        except OSError:  # the other end is closed: Linux's way to say so
            pass
        assert run.wait(20) == 0
    os.close(leader)
    assert b"126,924 mixes" in seen
    assert b"126924/126924" in seen
