"""Files, folders and disks as they should not be: nothing is lost, and the exit code is right."""

import ctypes
import errno
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from nvqplan.checking.configuration import read_configuration
from nvqplan.cli import outputs
from nvqplan.cli.check import Checking
from nvqplan.cli.writers import new_report
from nvqplan.core.findings import Findings
from nvqplan.core.sources import Sources, gather
from nvqplan.reading.rulebook import read_rulebook
from nvqplan.reports.report import Run
from nvqplan.reports.results import Tally
from tests.hardness import PLAIN, check_printable, in_time, look
from tests.processes import needs_full_device
from tests.readers import FULL_RULES, UNITS
from tests.transcripts import ROOT, run_command

HEAD = "qualification: l1-award\nregistered: 2026-09-01\nyoungest: 17\npathways:\n"
LEGAL = f"{HEAD}  a:\n    units: [101, 201, 103, 104]\n"
TWICE = f"{HEAD}  a:\n    units: [101, 201, 103, 104, 101]  # keep\n"
MENDED = TWICE.replace(", 101]", "]")

EVIL = "\x1b[31m\u202e\u200b\n\x9b ::error::"
"""Colours, writing that runs backward, a line of its own, and a command to GitHub."""


def start(*arguments: str, cwd: Path, **options: Any) -> subprocess.Popen[bytes]:
    streams: dict[str, Any] = {"stdin": subprocess.DEVNULL}
    streams |= {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "GITHUB_STEP_SUMMARY": ""}
    command = [sys.executable, "-m", "nvqplan", *arguments]
    return subprocess.Popen(command, cwd=cwd, env=environment, **{**streams, **options})


def run(*arguments: str, cwd: Path, **options: Any) -> tuple[int, str, str]:
    """The exit code and both streams of a process, none of which may end in a traceback."""
    with start(*arguments, cwd=cwd, **options) as process:
        out, err = process.communicate(timeout=60)
    assert b"Traceback" not in err, err
    return process.returncode, os.fsdecode(out), os.fsdecode(err)


def write(folder: Path, text: str | bytes = TWICE, name: str = "c.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def without_privileges() -> None:
    """Even root is bound by the modes of files from here on."""
    if os.geteuid() == 0:
        drop_from_bounding_set = 24
        for capability in (1, 2):  # to write, and to read and search, against a mode
            if ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0):
                raise OSError(errno.EPERM, "no capability can be dropped")


def bound_by_modes(folder: Path) -> dict[str, Any]:
    """Options of a process that modes bind; a skip where there can be none."""
    locked = write(folder, "", "locked")
    locked.chmod(0)
    options: dict[str, Any] = {"preexec_fn": without_privileges}
    try:
        _, told, _ = run("verify", "locked", cwd=folder, **options)
    except subprocess.SubprocessError:
        pytest.skip("this user reads everything, and cannot be kept from it")
    if "Permission denied" not in told:
        pytest.skip("modes bind nobody on this file system")
    locked.unlink()
    return options


def small_disk(size: int = 40) -> Callable[[], None]:
    """What lets a process write files of so many bytes and no more."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


# Links, folders and modes


def test_links_that_lead_nowhere_are_told_and_those_in_a_circle_end(tmp_path: Path) -> None:
    write(tmp_path, LEGAL, "d/c.yaml")
    for name, target in (("self.yaml", "self.yaml"), ("gone.yaml", "nowhere")):
        (tmp_path / "d" / name).symlink_to(target)
    for name, target in (("up", ".."), ("here", "."), ("loop", "loop")):
        (tmp_path / "d" / name).symlink_to(target, target_is_directory=True)
    code, out, _ = run("check", ".", cwd=tmp_path)
    assert code == 2
    assert out.count("error[NVQ101]") == 2
    assert "d/self.yaml:1:1: error[NVQ101] cannot be read: Too many levels" in out
    assert "d/gone.yaml:1:1: error[NVQ101] cannot be read: No such file" in out
    assert out.count("d/c.yaml: a: legal") == 1
    for name in ("self.yaml", "loop"):
        code, out, _ = run("check", f"d/{name}", cwd=tmp_path)
        assert (code, out.count("Too many levels")) == (2, 1)
    code, out, _ = run("check", "d/up", "d/here", cwd=tmp_path)
    assert (code, out.count(": a: legal")) == (2, 2)


def test_what_may_not_be_read_is_told_beside_the_rest(tmp_path: Path) -> None:
    options = bound_by_modes(tmp_path)
    write(tmp_path, LEGAL, "open.yaml")
    write(tmp_path, LEGAL, "locked.yaml").chmod(0)
    write(tmp_path, LEGAL, "locked/c.yaml").parent.chmod(0)
    code, out, _ = run("check", ".", cwd=tmp_path, **options)
    (tmp_path / "locked").chmod(0o700)
    assert code == 2
    assert "locked.yaml:1:1: error[NVQ101] cannot be read: Permission denied" in out
    assert "locked:1:1: error[NVQ101] cannot be read: Permission denied" in out
    assert "open.yaml: a: legal" in out


def test_empty_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    code, out, _ = run("check", "empty", cwd=tmp_path)
    assert code == 2
    assert "empty:1:1: error[NVQ101] nothing to check" in out


# Bytes, names and what stands in them


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (LEGAL.encode().replace(b"a:", b"caf\xe9:"), "NVQ102"),
        (LEGAL.encode().replace(b"a:", b"a\x00:"), "NVQ104"),
        (LEGAL.encode("utf-16"), "NVQ102"),
        (b"\x00" * 100, "NVQ104"),
        (b"\x1f\x8b\x08\x00\xff", "NVQ102"),
    ],
)
def test_bytes_that_are_no_text_are_told(data: bytes, code: str, tmp_path: Path) -> None:
    path = write(tmp_path, data)
    for options in ([], ["--fix", "--unsafe"], ["--diff"], ["--format", "json"]):
        out, ended = run_command(["check", "c.yaml", *options], tmp_path)
        assert ended == 2
        assert code in out or "--diff" in options
        assert path.read_bytes() == data


NAMES = ["a b.yaml", "a\nb.yaml", "\x1b[31mred.yaml", "\u202edlog.yaml", "-", "--fix", "é.yaml"]


@pytest.mark.parametrize(
    "format", ["text", "json", "sarif", "github", "gitlab", "junit", "markdown"]
)
@pytest.mark.parametrize("name", [*map(os.fsencode, NAMES), b"caf\xe9.yaml"])
def test_any_file_name_is_read_and_told_harmlessly(
    name: bytes, format: str, tmp_path: Path
) -> None:
    path = write(tmp_path, TWICE, os.fsdecode(name))
    output, code = run_command(
        ["check", "--format", format, "--today", "2026-09-01", f"./{os.fsdecode(name)}"], tmp_path
    )
    assert code == 1
    check_printable(output.split("\n"))
    assert run_command(["check", "--fix", f"./{os.fsdecode(name)}"], tmp_path)[1] == 0
    assert path.read_text("utf-8") == MENDED
    assert list(tmp_path.iterdir()) == [path]


SPOILT = r"""
centre: "C\e[31m\u202e"
qualification: l1-award
registered: 2026-09-01
youngest: 17
pathways:
  "p\e[31m\u202e\u200b\n::error::x":
    units: [101, 201, 103, 104, 101, "x\e[1m\u202e"]
    exceptions: [{rule: "a\e\u202e", reason: "x\u202e", by: y, until: 2027-01-01}]
    "k\e\u202e": 1
  "q\e[31m\u202e\x9b": {units: [101, 201, 103, 104, 101]}  # nvqplan: ignore[BIDI] x
""".replace("BIDI", "\u202e")


def commands(folder: str) -> Iterator[list[str]]:
    """Whatever may repeat a name that somebody else has chosen."""
    path = f"{folder}/c.yaml"
    for options in (
        [],
        ["-v"],
        ["--format", "github"],
        ["--format", "markdown"],
        ["--diff", "--unsafe"],
        ["--format", folder],
        ["--output", f"{folder}=x"],
        ["--output", f"text={path}"],
        ["--output", f"text={folder}/no/x"],
        ["--certificate", path],
        ["--certificate", f"{folder}/no/c.json"],
        ["--baseline", f"{folder}/none.json"],
        ["--baseline", f"{folder}/known.json"],
        ["--baseline", f"{folder}/no/known.json", "--update-baseline"],
        ["--baseline", f"{folder}/new.json", "--update-baseline"],
        ["--config", f"{folder}/faulty.toml"],
        ["--data", folder],
        ["--select", folder],
        ["--today", folder],
        [f"--{folder}"],
        ["--fix"],
    ):
        yield ["check", path, *options]
    yield ["check", f"{folder}/none"]
    yield ["check", "-q", "l1-award", "--units", f"101,{folder}"]
    yield ["check", "-q", folder, "--units", "101"]
    for option in ("--select", "--data", "--baseline", "--config"):
        yield ["config", option, folder]
    yield from (["init", f"{folder}/new"], ["init", f"{folder}/new"], ["init", path])
    yield from (["verify", f"{folder}/none"], ["verify", f"{folder}/faulty.json"])
    yield from ([name, folder] for name in ("explain", "units", "schema", "rules"))
    for option in ("-q", "--with", "--credits", "--memory"):
        yield ["count", "--level", "1", option, folder]
    yield ["enumerate", "-q", "l1-award", "-o", f"{folder}/no/x"]
    yield ["suggest", "-q", "l1-award", "--prefer", folder]
    yield ["rank", "-q", "l1-award", folder]
    yield [folder]


def test_nothing_that_others_wrote_reaches_the_terminal_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / EVIL
    write(folder, SPOILT)
    write(folder, '"k\\u001b\\u202e" = 1\nselect = ["\\u001b"]\n', "faulty.toml")
    write(folder, '{"certificate": 1, "\\u001b\\u202e": 2}', "faulty.json")
    known = '{"code": "NVQ301", "pathway": "\\u001b", "subject": "\\u202e", "fingerprint": "x"}'
    write(folder, f'{{"version": 1, "files": {{"c.yaml": [{known}]}}}}', "known.json")
    codes = set()
    for command in commands(EVIL):
        output, code = run_command(command, tmp_path)
        check_printable(output.split("\n"))
        codes.add(code)
    assert codes == {0, 1, 2}


# Pipes, devices, and streams that are closed


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipe_is_checked_and_never_mended(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    for options, expected in (([], 1), (["--diff"], 1), (["--fix"], 2)):
        with start("check", "pipe.yaml", *options, cwd=tmp_path) as process:
            (tmp_path / "pipe.yaml").write_text(TWICE, "utf-8")
            out, _ = process.communicate(timeout=60)
        assert process.returncode == expected
        told = "cannot be mended, and is left as it was: only a file can be" in out.decode()
        assert told == (options == ["--fix"])
    assert run("check", ".", cwd=tmp_path)[0] == 2  # a folder with a pipe has nothing to read


@pytest.mark.parametrize(
    ("device", "code"), [("/dev/null", "NVQ105"), ("/dev/zero", "NVQ103"), ("/dev/full", "NVQ103")]
)
def test_device_ends(device: str, code: str, tmp_path: Path) -> None:
    if not Path(device).exists():
        pytest.skip("no such device")
    ended, out, _ = run("check", device, cwd=tmp_path)
    assert (ended, code in out) == (2, True)


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    "command",
    ["check -", "verify -", "check c.yaml --fix", "check c.yaml -o json=c.json", "units"],
)
def test_closed_streams_are_no_bug(command: str, closed: str, tmp_path: Path) -> None:
    path = write(tmp_path)
    shell = f"exec {sys.executable} -m nvqplan {command} {closed}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(  # noqa: S602 - closing a stream is what shells are for
        shell, shell=True, cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    assert ended.returncode in (0, 1, 2), ended.stderr
    no_input = "<&-" in closed and command.endswith(" -")
    no_output = ">&-" in closed.replace("2>&-", "")
    assert ended.returncode == 2 or not (no_input or no_output)
    assert b"Traceback" not in ended.stderr
    assert path.read_text("utf-8") in (TWICE, MENDED)
    assert not list(tmp_path.glob(".*"))


# Files that change while they are looked at


def meddle(monkeypatch: pytest.MonkeyPatch, what: Callable[[], object]) -> None:
    """Something happens to a file right after it has been looked at for the first time."""
    look = Checking._look

    def looking(self: Checking, path: str, sources: Sources) -> Any:
        found = look(self, path, sources)
        monkeypatch.setattr(Checking, "_look", look)
        what()
        return found

    monkeypatch.setattr(Checking, "_look", looking)


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff", b"{", b"a: 1\n", LEGAL.encode(), TWICE.encode() * 2, b"#\n" * 1_500_000],
    ids=["empty", "no text", "no YAML", "another", "legal", "doubled", "too large"],
)
def test_file_that_changes_before_it_is_mended(
    data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path)
    meddle(monkeypatch, lambda: path.write_bytes(data))
    output, code = run_command(["check", "c.yaml", "--fix", "--unsafe"], tmp_path)
    assert "bug" not in output
    assert (code, "is left as it was" in output) == (2, True)
    assert path.read_bytes() == data


def test_file_that_vanishes_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path)
    meddle(monkeypatch, path.unlink)
    output, code = run_command(["check", "c.yaml", "--fix"], tmp_path)
    assert (code, "cannot be read: No such file" in output) == (2, True)
    write(tmp_path)

    def listed(paths: Any) -> Iterator[Any]:
        for each in gather(paths):
            path.unlink()
            yield each

    monkeypatch.setattr(outputs, "gather", listed)
    output, code = run_command(["check", "."], tmp_path)
    assert (code, "c.yaml:1:1: error[NVQ101] cannot be read" in output) == (2, True)


def test_file_that_grows_without_end_is_read_to_an_end(tmp_path: Path) -> None:
    path = write(tmp_path, LEGAL)
    grow = f"while :; do head -c 100000 /dev/zero | tr '\\0' '#' >> {path.name}; done"
    with subprocess.Popen(grow, shell=True, cwd=tmp_path) as growing:  # noqa: S602 - the same
        try:
            while path.stat().st_size < 2_000_000:
                time.sleep(0.01)
            code, out, _ = run("check", path.name, cwd=tmp_path)
        finally:
            growing.kill()
    assert (code, "NVQ103" in out) == (2, True)


def test_write_of_another_during_mending_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path)
    monkeypatch.setattr(os, "fsync", lambda _: path.write_text(LEGAL, "utf-8"))
    output, code = run_command(["check", "c.yaml", "--fix"], tmp_path)
    assert (code, "changed while it was being mended" in output) == (2, True)
    assert path.read_text("utf-8") == LEGAL
    assert list(tmp_path.iterdir()) == [path]


# Mending what is linked, locked, or on a disk that is full


def test_hard_link_keeps_what_its_other_name_shows(tmp_path: Path) -> None:
    path = write(tmp_path)
    other = tmp_path / "other"
    other.hardlink_to(path)
    assert run("check", "c.yaml", "--fix", cwd=tmp_path)[0] == 0
    assert (path.read_text("utf-8"), other.read_text("utf-8")) == (MENDED, TWICE)


@pytest.mark.parametrize("locked", ["file", "folder"])
def test_what_may_not_be_written_is_left(locked: str, tmp_path: Path) -> None:
    options = bound_by_modes(tmp_path)
    path = write(tmp_path / "d")
    (path if locked == "file" else path.parent).chmod(0o555)
    code, out, _ = run("check", "d/c.yaml", "--fix", cwd=tmp_path, **options)
    path.parent.chmod(0o755)
    assert code == 2
    assert "error[NVQ101] cannot be mended, and is left as it was: Permission denied" in out
    assert path.read_text("utf-8") == TWICE
    assert list(path.parent.iterdir()) == [path]


def test_full_disk_loses_nothing(tmp_path: Path) -> None:
    path = write(tmp_path)
    known = write(tmp_path, '{"version": 1, "files": {}}', "known.json")
    legal = write(tmp_path, LEGAL, "legal.yaml")
    before = {each: each.read_bytes() for each in (path, known, legal)}
    options = {"preexec_fn": small_disk()}
    for arguments in (
        ["c.yaml", "--fix"],
        ["c.yaml", "--output", "json=new.json"],
        ["c.yaml", "--output", "json=known.json"],
        ["legal.yaml", "--certificate", "new.json"],
        ["c.yaml", "--baseline", "new.json", "--update-baseline"],
    ):
        code, out, err = run("check", *arguments, cwd=tmp_path, **options)
        assert code == 2, arguments
        assert "File too large" in out + err
        assert {each: each.read_bytes() for each in tmp_path.iterdir()} == before


@needs_full_device
def test_pipe_to_a_full_disk_is_told(tmp_path: Path) -> None:
    write(tmp_path)
    code, _, err = run("check", "c.yaml", "--output", "json=/dev/full", cwd=tmp_path)
    assert (code, "No space left on device" in err) == (2, True)


@needs_full_device
@pytest.mark.parametrize(
    "command", ["--help", "--version", "check c.yaml", "check --help", "explain"]
)
def test_standard_output_on_a_full_disk_is_told(command: str, tmp_path: Path) -> None:
    write(tmp_path)
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "nvqplan", *command.split()],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ended.returncode == 2
    assert ended.stderr.startswith("nvqplan: ")
    assert "No space left on device" in ended.stderr
    assert ended.stderr.count("\n") == 1


# Ends that nobody waits for


def parts(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.endswith(".part")]


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_whoever_ends_it_and_when_each_file_is_old_or_new(
    ending: signal.Signals, tmp_path: Path
) -> None:
    chance = random.Random(ending)  # noqa: S311 - has to be repeatable
    paths = [write(tmp_path, TWICE, f"{index:03}.yaml") for index in range(150)]
    seen = set()
    for index in range(6):
        for path in paths:
            path.write_text(TWICE, "utf-8")
        output = ["-o", "json=found.json"] * (index % 2)
        with start("check", ".", "--fix", *output, cwd=tmp_path) as process:
            while process.poll() is None and paths[0].read_text("utf-8") == TWICE:
                time.sleep(0.005)
            time.sleep(chance.uniform(0, 0.15))
            process.send_signal(ending)
            process.communicate(timeout=60)
        texts = [path.read_text("utf-8") for path in paths]
        assert set(texts) <= {TWICE, MENDED}
        seen |= set(texts)
        assert ending == signal.SIGKILL or not parts(tmp_path)
        for part in parts(tmp_path):
            part.unlink()
        assert process.returncode in {0, -ending, 128 + ending}
    assert MENDED in seen


SLOW_DISK = """
import os, sys, time
os.fsync = lambda _: time.sleep(60)
from nvqplan.cli.main import run
run()
"""


def test_whoever_is_told_to_end_while_writing_leaves_nothing(tmp_path: Path) -> None:
    path = write(tmp_path)
    command = [sys.executable, "-c", SLOW_DISK, "check", "c.yaml", "--fix"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=tmp_path, env=environment) as process:
        while not parts(tmp_path):
            assert process.poll() is None
            time.sleep(0.01)
        process.terminate()
        assert process.wait(timeout=60) == 128 + signal.SIGTERM
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_text("utf-8") == TWICE


def test_two_who_mend_one_file_at_once(tmp_path: Path) -> None:
    path = write(tmp_path)
    for _ in range(4):
        path.write_text(TWICE, "utf-8")
        both = [start("check", "c.yaml", "--fix", cwd=tmp_path) for _ in range(2)]
        told = [process.communicate(timeout=60) for process in both]
        assert {process.returncode for process in both} <= {0, 2}, told
        assert path.read_text("utf-8") == MENDED
        assert list(tmp_path.iterdir()) == [path]


# Large files


MANY = 20_000
SHAPES = {
    "comments with unknown codes": LEGAL
    + "".join(f"# nvqplan: ignore[N{index}] why\n" for index in range(MANY)),
    "comments in one line": LEGAL + "# nvqplan:ignore" * MANY,
    "codes in one comment": f"{LEGAL}# nvqplan: ignore[{','.join(map(str, range(MANY)))}] why\n",
    "unknown units": f"{HEAD}  a: {{units: [{','.join(f'x{index}' for index in range(MANY))}]}}\n",
    "one unit often": f"{HEAD}  a: {{units: [{'101,' * MANY}], held: [{'101,' * MANY}]}}\n",
    "unknown keys": LEGAL + "".join(f"k{index}: 1\n" for index in range(MANY)),
    "one key often": LEGAL + "offer: [101]\n" * MANY,
    "unknown rules": f"{LEGAL}    exceptions:\n"
    + "".join(f"    - {{rule: r{index}, by: y}}\n" for index in range(MANY // 4)),
    "deep": "[" * MANY,
    "deep pairs": "[{" * MANY,
    "deep blocks": "".join(" " * index + "a:\n" for index in range(1_000)),
    "a long name": f"{HEAD}  ? {'a' * 1_000_000}\n  : {{units: [101, {'1' * 900_000}]}}\n",
    "pathways": HEAD + "".join(f"  p{i}: {{units: [101, 201, 103, 104]}}\n" for i in range(2_000)),
    "pathways in one line": HEAD[:-1]
    + f" {{{', '.join(f'{index}: {{units: [x]}}' for index in range(300))}}}\n",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_no_shape_of_a_file_takes_long(shape: str) -> None:
    sources = Sources()
    sources.stage("c.yaml", SHAPES[shape].encode())
    with in_time():
        checked = look("c.yaml", sources)
        report = new_report("text", Run(sources, "printed", PLAIN))
        lines = list(chain(report.head(), report.file(checked), report.tail(Tally())))
    assert lines
    assert sum(map(len, lines)) < 2_000_000


KEYS = {
    "dotted": "a." * MANY * 20 + "b = 1\n",
    "quoted": '"a" . ' * MANY + "b = 1\n",
    "many": "".join(f"k{index} = 1\n" for index in range(MANY)),
    "codes": f"select = [{', '.join(repr(f'N{index}') for index in range(MANY))}]\n",
    "long": "a" * 1_000_000 + " = '" + "a" * 900_000 + "'\n",
    "deep": "a = " + "[" * 900_000,
    "dots": "a = '" + "." * 1_900_000 + "'\n",
}
HEADER = UNITS.splitlines()[0]
TABLES = {
    "rows": UNITS + "101,A/101,T,1,2,x,safety,CC1,3,14,p1\n" * MANY,
    "columns": f"{HEADER},{','.join(map(str, range(MANY)))}\n{UNITS}",
    "nameless columns": f"{HEADER}{',' * MANY}\n{UNITS}",
    "cells": f"{UNITS}101{',' * MANY * 10}\n",
}


@pytest.mark.parametrize("shape", KEYS)
def test_no_shape_of_a_configuration_takes_long(shape: str) -> None:
    sources, found = Sources(), Findings()
    sources.stage("nvqplan.toml", KEYS[shape].encode())
    with in_time():
        assert read_configuration("nvqplan.toml", sources, found) is None
    assert len(found)


@pytest.mark.parametrize("shape", TABLES)
def test_no_shape_of_a_catalogue_takes_long(shape: str) -> None:
    sources, found = Sources(), Findings()
    sources.stage("book/units.csv", TABLES[shape].encode())
    sources.stage("book/rules.toml", FULL_RULES.encode())
    with in_time():
        assert read_rulebook("book", sources, found) is None
    assert len(found)


@pytest.mark.parametrize("written", ["101, ", "1o1, ", "\n    - 101", "\n    - 1o1"])
def test_long_lists_are_mended_in_no_time(written: str, tmp_path: Path) -> None:
    units = written * 10_000 if "-" in written else f"[{written * 10_000}]"
    path = write(tmp_path, f"{HEAD}  a:\n    units: {units}\n    status: draft\n")
    with in_time():
        assert run_command(["check", "c.yaml", "--fix"], tmp_path)[1] == 0
    assert path.read_text("utf-8").count("101") == 1


def test_files_of_many_pathways_are_mended_whatever_their_line_ends(tmp_path: Path) -> None:
    before = HEAD + "".join(
        f"  p{index}:\n    units: [101, 201, 103, 104, 101]\n" for index in range(400)
    )
    path = write(tmp_path, before.replace("\n", "\r\n"))
    assert run_command(["check", "c.yaml", "--fix"], tmp_path)[1] == 0
    after = before.replace(", 101]", "]").replace("\n", "\r\n")
    assert path.read_bytes() == after.encode()


def test_what_is_not_shown_is_counted(tmp_path: Path) -> None:
    write(tmp_path, SHAPES["unknown keys"])
    output, code = run_command(["check", "c.yaml"], tmp_path)
    assert code == 1
    assert output.count("error[NVQ107]") == 1_000
    assert "\nand 19,000 findings more of the same file or pathway\n" in output
    assert output.endswith("20,000 errors\n")
