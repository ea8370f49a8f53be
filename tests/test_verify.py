"""`check --certificate` and `verify` as a user meets them."""

import gc
import io
import json
import os
import shutil
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from nvqplan.advice.cache import RulebookCache
from nvqplan.certificates.document import digest_of, head, write_whole
from nvqplan.certificates.pack import Pack
from nvqplan.checking.checks import check_curriculum
from nvqplan.core.findings import Findings
from nvqplan.core.sources import Sources
from nvqplan.reading.curriculum import read_curriculum
from tests.certificates import BAKERY, SCRIPT, open_book
from tests.processes import needs_full_device, run
from tests.transcripts import ROOT, WRITE, nvqplan, run_command

CASES = ROOT / "tests" / "cases"
COMMITTED = CASES / "certificates" / "bakery.json"
BAKING = [
    "check",
    "certificates/bakery.yaml",
    "--data",
    "rulebooks/bakery",
    "--today",
    "2026-10-01",
]


def certificate(folder: Path, *arguments: str) -> Path:
    """A certificate of the arguments of `check`, written in a folder."""
    file = folder / "c.json"
    run_command([*arguments, "--certificate", str(file)], CASES)
    return file


def test_the_committed_certificate_is_what_check_writes(tmp_path: Path) -> None:
    written = certificate(tmp_path, *BAKING).read_text("utf-8")
    if WRITE:
        COMMITTED.write_text(written, "utf-8")
    assert written == COMMITTED.read_text("utf-8")


def test_check_says_the_same_and_ends_the_same_with_a_certificate(tmp_path: Path) -> None:
    said, code = run_command(BAKING, CASES)
    with_certificate, same = run_command([*BAKING, "--certificate", str(tmp_path / "c")], CASES)
    note = "note: 2 of 4 pathways certified; left out: 1 illegal, 1 draft\n"
    assert (with_certificate, same) == (said + note, code)
    assert code == 1


def test_all_examples_are_certified_and_hold_under_both(tmp_path: Path) -> None:
    file = certificate(tmp_path, "check", str(ROOT / "examples"), "--today", "2026-10-01")
    said, code = run_command(["verify", str(file)])
    assert code == 0, said
    text = file.read_text("utf-8")
    document = json.loads(text)
    assert len(document["pathways"]) == 5
    assert text == write_whole(document)  # written piece by piece, laid out as one
    assert digest_of(document) == document["digest"]
    alone = [sys.executable, "-I", str(SCRIPT), str(file), str(ROOT / "data")]
    done = subprocess.run(alone, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("OK\n", "", 0)


def test_the_lone_script_is_short_and_needs_nothing_but_python() -> None:
    lines = SCRIPT.read_text("utf-8").splitlines()
    imports = [line for line in lines if "import" in line]
    assert len(lines) <= 60
    assert imports == ["import csv, datetime, hashlib, json, re, sys, tomllib"]


def test_one_mix_is_certified_too(tmp_path: Path) -> None:
    mix = ["check", "-q", "l1-award", "--units", "101,103,104,201"]
    file = certificate(tmp_path, *mix, "--reading", "intended", "--today", "2026-10-01")
    (pathway,) = json.loads(file.read_text("utf-8"))["pathways"]
    assert (pathway["path"], pathway["pathway"]) == ("--units", "the mix")
    assert run_command(["verify", str(file)])[1] == 0


def test_where_nothing_is_legal_nothing_is_certified_and_that_holds_nothing(tmp_path: Path) -> None:
    file = certificate(tmp_path, "check", "-q", "l1-award", "--units", "101")
    text = file.read_text("utf-8")
    assert json.loads(text)["pathways"] == []
    assert text == write_whole(json.loads(text))
    said, code = run_command(["verify", str(file)])
    assert (said.splitlines()[0], code) == (f"{file}: no pathway is certified", 1)
    alone = [sys.executable, str(SCRIPT), str(file), str(ROOT / "data")]
    done = subprocess.run(alone, capture_output=True, text=True, check=False)
    assert (done.stderr, done.returncode) == ("no pathway is certified\n", 1)


def test_a_pathway_with_an_error_is_not_certified_though_its_known_units_are_legal(
    tmp_path: Path,
) -> None:
    mix = "101,103,104,201,2o4"
    file = tmp_path / "c.json"
    said, code = run_command(
        ["check", "-q", "l1-award", "--units", mix, "--certificate", str(file)]
    )
    assert code == 1
    assert said.endswith("note: 0 of 1 pathway certified; left out: 1 with errors\n")
    assert json.loads(file.read_text("utf-8"))["pathways"] == []


@pytest.mark.parametrize("name", ["-", "", "copy.yaml", "sales.txt", "./sales.txt"])
def test_no_curriculum_is_overwritten_and_no_report_mixed_with_json(
    name: str, tmp_path: Path
) -> None:
    curriculum = (ROOT / "examples" / "sales.yaml").read_text("utf-8")
    (tmp_path / "sales.txt").write_text(curriculum, "utf-8")
    said, code = run_command(["check", "sales.txt", "--certificate", name], tmp_path)
    assert code == 2
    assert "Invalid value for --certificate" in said
    assert (tmp_path / "sales.txt").read_text("utf-8") == curriculum
    assert [path.name for path in tmp_path.iterdir()] == ["sales.txt"]


@needs_full_device
def test_a_full_disk_is_told_and_costs_no_other_output(tmp_path: Path) -> None:
    told = run("check", "examples", "--certificate", "/dev/full", stdout=subprocess.DEVNULL)
    assert told.returncode == 2
    assert "--certificate '/dev/full' cannot be written: No space left on device" in told.stderr
    old = tmp_path / "c.json"
    old.write_text("old", "utf-8")
    with Path("/dev/full").open("w") as full:
        told = run("check", "examples", "--certificate", str(old), stdout=full)
    assert told.returncode == 2
    assert json.loads(old.read_text("utf-8"))["certificate"] == 1
    assert [path.name for path in tmp_path.iterdir()] == ["c.json"]


def test_a_folder_that_is_not_there_is_told_and_costs_no_report(tmp_path: Path) -> None:
    said, code = run_command([*BAKING, "--certificate", str(tmp_path / "none" / "c")], CASES)
    assert code == 2
    assert "cannot be written: No such file or directory\n" in said
    assert "sugar-without-cakes" in said or "meet the rules" in said


def test_a_reader_who_has_gone_away_gets_the_whole_certificate(tmp_path: Path) -> None:
    file = tmp_path / "c.json"
    check = f"{sys.executable} -m nvqplan check examples --certificate {file} | head -n 1"
    shell = ["bash", "-c", check]
    subprocess.run(shell, cwd=ROOT, capture_output=True, check=False)
    assert run_command(["verify", str(file)])[1] == 0


def test_today_must_be_a_day() -> None:
    said, code = run_command([*BAKING[:-1], "tomorrow"], CASES)
    assert code == 2
    assert "Invalid value for --today: 'tomorrow' is not a date such as 2026-09-01" in said


def test_a_rulebook_that_changes_while_it_is_read_is_not_certified(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("units.csv", "rules.toml"):
        (tmp_path / name).write_bytes(Path(BAKERY, name).read_bytes())
    read = Sources.read

    def read_and_change(self: Sources, path: str, found: Findings) -> str | None:
        text = read(self, path, found)
        if path.endswith("units.csv"):
            Path(path).write_bytes(Path(path).read_bytes().replace(b",4,30", b",5,30"))
        return text

    monkeypatch.setattr(Sources, "read", read_and_change)
    said = nvqplan(f"nvqplan verify {COMMITTED} --data {tmp_path}")
    changed = tmp_path / "units.csv"
    assert said == f"nvqplan: {changed} was changed while it was read; try again\n[exit 2]\n"


def test_memory_stays_flat_over_thousands_of_pathways() -> None:
    book = open_book(BAKERY)
    found = Findings()
    curriculum = read_curriculum(str(CASES / "certificates" / "bakery.yaml"), Sources(), found)
    assert curriculum is not None
    checked = check_curriculum(curriculum, RulebookCache(book.rulebook), "printed", found)
    pack = Pack(head("2026-10-01", "printed", book.hashes))
    gc.set_threshold(700)  # what goes round in circles is let go sooner than in a short run
    tracemalloc.start()
    written = sum(len(text) for _ in range(1_000) for text in pack.file(checked))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    gc.set_threshold(100_000)
    assert pack.certified == 2_000
    assert peak < 500_000 < written // 10


def forged(change: Callable[[Any], object]) -> bytes:
    document = json.loads(COMMITTED.read_text("utf-8"))
    change(document)
    return write_whole(document).encode()


TEXT = COMMITTED.read_text("utf-8") if COMMITTED.exists() else "{}"

NO_CERTIFICATES = {
    "nothing at all": (b"", "c.json:1:1: not valid JSON: Expecting value"),
    "no JSON": (b'{\n  "certificate": 1,\n}', "c.json:3:1: not valid JSON"),
    "not UTF-8": (b'{"certificate": "\xff"}', "c.json: is not UTF-8 (byte 0xff at 17)"),
    "a list": (b"[]", "c.json: is no certificate: it has no key 'certificate'"),
    "another document": (b'{"version": 1}', "c.json: is no certificate"),
    "of a later version": (
        forged(lambda document: document.update(certificate=2)),
        "c.json:certificate: version 2 of certificates is not known here, 1 is",
    ),
    "far too deep": (b'{"certificate": ' + b"[" * 100_000, "c.json: not valid JSON: nested too"),
    "as deep as JSON may be": (
        b'{"certificate": ' + b"[" * 700 + b"]" * 700 + b"}",
        "c.json: not valid JSON: nested too",
    ),
    "a number without end": (b'{"certificate": ' + b"9" * 5_000 + b"}", "c.json: not valid JSON"),
    "no number": (TEXT.replace('"have": 10', '"have": NaN').encode(), "NaN is no number"),
    "a key twice": (
        TEXT.replace('"have": 10,', '"have": 11,\n          "have": 10,', 1).encode(),
        "c.json: not valid JSON: the key 'have' stands twice in one object",
    ),
    "a text for a figure": (
        forged(lambda document: document["pathways"][0]["totals"].update(credits="10")),
        "c.json:pathways[0].totals.credits: must be a whole number, this is text",
    ),
    "a fraction": (
        forged(lambda document: document["pathways"][1]["rules"][0].update(have=12.0)),
        "c.json:pathways[1].rules[0].have: must be a whole number, this is a number with",
    ),
    "a list for an object": (
        forged(lambda document: document["pathways"][0].update(units=[])),
        "c.json:pathways[0].units: must be an object, this is a list",
    ),
    "an object for a list": (
        forged(lambda document: document.update(pathways={})),
        "c.json:pathways: must be a list, this is an object",
    ),
    "no such day": (
        forged(lambda document: document.update(date="2026-02-30")),
        "c.json:date: must be a date, there is no 2026-02-30",
    ),
    "no date": (
        forged(lambda document: document["pathways"][0].update(registered=2026)),
        "c.json:pathways[0].registered: must be a date such as 2026-09-01, this is a whole",
    ),
    "no such reading": (
        forged(lambda document: document.update(reading="mine")),
        "c.json:reading: must be printed or intended",
    ),
    "a missing key": (
        forged(lambda document: document["pathways"][0].pop("rules")),
        "c.json:pathways[0].rules: is missing",
    ),
    "an unknown key": (
        forged(lambda document: document["pathways"][0]["units"]["B1"].update(grade="A")),
        "c.json:pathways[0].units.B1.grade: is a key that no certificate has",
    ),
}


@pytest.mark.parametrize("name", NO_CERTIFICATES)
def test_what_is_no_certificate_is_told_with_its_place(name: str, tmp_path: Path) -> None:
    data, says = NO_CERTIFICATES[name]
    (tmp_path / "c.json").write_bytes(data)
    said, code = run_command(["verify", "c.json", "--data", BAKERY], tmp_path)
    assert code == 2
    assert says in said
    document, code = run_command(
        ["verify", "c.json", "--data", BAKERY, "--format", "json"], tmp_path
    )
    assert code == 2
    assert json.loads(document)["holds"] is False
    assert not json.loads(document)["pathways"]


def test_all_that_is_wrong_with_a_shape_is_told_not_the_first() -> None:
    document = json.loads(TEXT)
    del document["digest"]
    document["pathways"][0]["age"] = "old"
    document["pathways"][1]["units"]["B1"]["level"] = None
    text = write_whole(document).encode()
    said, _ = run_command(["verify", "-", "--data", BAKERY], stdin=text)
    assert said.splitlines() == [
        "-:digest: is missing",
        "-:pathways[0].age: must be a whole number, this is text",
        "-:pathways[1].units.B1.level: must be a whole number, this is null",
    ]


def test_another_layout_is_refused_and_windows_line_ends_are_not() -> None:
    for text, code in (
        (TEXT.replace("\n", "\r\n"), 0),
        (TEXT.rstrip(), 0),
        (TEXT.replace('"have": 10,', '"have":  10,', 1), 1),
        (json.dumps(json.loads(TEXT)), 1),
    ):
        assert run_command(["verify", "-", "--data", BAKERY], stdin=text.encode())[1] == code


@pytest.mark.parametrize("path", [".", "nowhere.json", "one/two.json"])
def test_what_cannot_be_read_is_told(path: str, tmp_path: Path) -> None:
    said, code = run_command(["verify", path], tmp_path)
    assert code == 2
    assert said.startswith(f"{path}: cannot be read: ")


def test_no_escape_code_of_a_certificate_reaches_the_terminal() -> None:
    def change(document: Any) -> None:
        document["pathways"][0]["pathway"] = "\x1b[31mred\x07"
        document["pathways"][0]["qualification"]["id"] = "\x1b]0;title\x07"
        document["nvqplan"] = "\x1b[2J"

    screen = io.StringIO()
    with redirect_stdout(screen):
        said, code = run_command(["verify", "-", "--data", BAKERY], stdin=forged(change))
    assert code == 1
    assert "\x1b" not in said
    assert "\x07" not in said


def test_colours_are_the_terminals() -> None:
    coloured = {**os.environ, "FORCE_COLOR": "1"}
    coloured.pop("NO_COLOR", None)
    told = run("verify", str(COMMITTED), "--data", BAKERY, env=coloured)
    assert "\x1b[1;32mholds\x1b[0m" in told.stdout


SIGNERS = "quality@northfield.example"


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="there is no ssh-keygen")
def test_a_certificate_can_be_signed_as_the_docs_say(tmp_path: Path) -> None:
    """The commands of docs/certificates.md, with a key and a list of signers of the test's own."""
    docs = (ROOT / "docs" / "certificates.md").read_text("utf-8")
    sign, verify = (line.strip() for line in docs.splitlines() if line.startswith("    ssh-keygen"))
    signed = tmp_path / "certificate.json"
    signed.write_bytes(COMMITTED.read_bytes())
    key = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "id_ed25519"]
    subprocess.run(key, cwd=tmp_path, check=True)
    public = (tmp_path / "id_ed25519.pub").read_text("utf-8")
    (tmp_path / "allowed_signers").write_text(f"{SIGNERS} {public}", "utf-8")

    def holds(command: str) -> bool:
        words, _, stdin = command.replace("~/.ssh/", "").partition(" < ")
        with Path(tmp_path, stdin or os.devnull).open("rb") as file:
            ran = subprocess.run(
                words.split(), cwd=tmp_path, stdin=file, capture_output=True, check=False
            )
        return ran.returncode == 0

    assert holds(sign)
    assert holds(verify)
    signed.write_bytes(forged(lambda document: document.update(date="2026-10-02")))
    assert not holds(verify)
