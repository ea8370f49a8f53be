"""`nvqplan lint`: formats, exit codes, and which findings are asked for."""

import json
import re
from pathlib import Path

import pytest

from nvqplan.cli.writers import FORMATS
from nvqplan.core.codes import CODES
from nvqplan.reading.rulebook import find_data
from tests.published import READERS, own_schema, read_json
from tests.transcripts import ROOT, nvqplan, run_command

RULEBOOKS = ROOT / "tests" / "cases" / "rulebooks"
EXITS = {0: "bakery", 1: "slips", 2: "faulty"}


def document(*arguments: str) -> tuple[list[dict[str, str]], int]:
    """The findings of all files, and the exit code."""
    output, code = run_command(["lint", *arguments, "--format", "json"])
    read = read_json(output)
    own_schema("lint").validate(read)
    return [finding for file in read["files"] for finding in file["findings"]], code


def codes(*arguments: str) -> set[str]:
    return {finding["code"] for finding in document(*arguments)[0]}


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("code", EXITS)
def test_every_format_is_valid_and_obeys_the_exit_code(
    format: str, code: int, tmp_path: Path
) -> None:
    data = str(RULEBOOKS / EXITS[code])
    path = tmp_path / "told"
    _, ended = run_command(["lint", "--data", data, "--output", f"{format}={path}"])
    assert ended == code
    written = path.read_text("utf-8")
    assert written
    if format == "json":
        own_schema("lint").validate(json.loads(written))
    else:
        READERS[format](written)
    shown, ended = run_command(["lint", "--data", data, "--format", format])
    assert ended == code
    assert shown.startswith(written) or format == "text"


def test_a_run_is_the_same_every_time() -> None:
    assert nvqplan("nvqplan lint") == nvqplan("nvqplan lint")


def test_the_rulebook_that_comes_with_nvqplan_goes_by_its_bare_names() -> None:
    printed = nvqplan("nvqplan lint")
    assert find_data() not in printed
    assert printed.startswith("units.csv:14:16: remark[NVQ427]")


def test_it_fails_by_errors_or_by_what_is_asked() -> None:
    assert run_command(["lint"])[1] == 0
    assert run_command(["lint", "--strict"])[1] == 1
    assert run_command(["lint", "--fail-on", "warning"])[1] == 1
    assert run_command(["lint", "--strict", "--select", "NVQ42"])[1] == 0
    assert run_command(["lint", "--fail-on", "remark", "--select", "NVQ42"])[1] == 1
    data = str(RULEBOOKS / "slips")
    assert run_command(["lint", "--data", data, "--fail-on", "never"])[1] == 0


def test_findings_are_selected_as_by_check() -> None:
    slips = ("--data", str(RULEBOOKS / "slips"))
    all_codes = codes(*slips)
    of_mixes = {code for code in CODES if "NVQ420" <= code <= "NVQ439"}
    assert all_codes == of_mixes | {"NVQ450"}
    assert codes(*slips, "--select", "NVQ42") == {each for each in all_codes if each < "NVQ430"}
    of_the_catalogue = {each for each in all_codes if each < "NVQ430"}
    assert codes(*slips, "--ignore", "NVQ43,NVQ45") == of_the_catalogue
    assert codes(*slips, "--ignore", "NVQ4", "--select", "NVQ432") == {"NVQ432"}
    printed = nvqplan(f"nvqplan lint --data {RULEBOOKS / 'slips'} --ignore NVQ4")
    assert re.search(r"2 qualifications in 2 files looked at; ignored: \d+$", printed, re.MULTILINE)


def test_one_qualification_is_asked_alone_with_the_units_that_it_offers() -> None:
    findings, _ = document("-q", "l4-diploma")
    subjects = {finding["subject"] for finding in findings}
    assert {subject.split("/")[0] for subject in subjects} == {"l4-diploma", "407"}
    turner = {f["code"] for f in document("--data", str(RULEBOOKS / "slips"), "-q", "turner")[0]}
    assert {"NVQ420", "NVQ421", "NVQ431", "NVQ432"} <= turner
    assert "NVQ422" not in turner


def test_an_unknown_qualification_is_refused_with_the_nearest() -> None:
    printed = nvqplan("nvqplan lint -q l4-diplom")
    assert "did you mean 'l4-diploma'?" in printed
    assert printed.endswith("[exit 2]\n")


def test_units_that_no_catalogue_or_group_has_are_told_before_anything_is_asked(
    tmp_path: Path,
) -> None:
    data = Path(find_data())
    (tmp_path / "units.csv").write_bytes((data / "units.csv").read_bytes())
    rules = (data / "rules.toml").read_text("utf-8")
    rules = rules.replace('"226", "227"]', '"226", "277"]', 1)
    (tmp_path / "rules.toml").write_text(rules.replace('"212", "318"', '"212", "418"'), "utf-8")
    findings, code = [], 0
    output, code = run_command(["lint", "--data", str(tmp_path), "--format", "json"])
    told = json.loads(output[: output.index("\n}") + 2])
    findings = [each["message"] for file in told["files"] for each in file["findings"]]
    assert code == 2
    assert findings == [
        "unit '277' of group C is not in the catalogue",
        "unit '418' in a barred set is in no group",
    ]


def test_what_would_take_too_much_memory_is_given_up() -> None:
    printed = nvqplan("nvqplan lint --memory 1KiB")
    assert "nvqplan: out of memory" in printed
    assert printed.endswith("[exit 2]\n")


def test_fingerprints_stay_when_lines_move(tmp_path: Path) -> None:
    data = Path(find_data())
    for name in ("units.csv", "rules.toml"):
        (tmp_path / name).write_bytes((data / name).read_bytes())
    before = {each["fingerprint"] for each in document("--data", str(tmp_path))[0]}
    rules = (data / "rules.toml").read_text("utf-8")
    (tmp_path / "rules.toml").write_text(f"\n\n# moved\n{rules}", "utf-8")
    assert {each["fingerprint"] for each in document("--data", str(tmp_path))[0]} == before


@pytest.mark.parametrize("name", ["units.csv", "rules.toml"])
@pytest.mark.parametrize("rulebook", ["slips", "faulty"])
def test_results_never_take_the_place_of_the_rulebook(
    name: str, rulebook: str, tmp_path: Path
) -> None:
    for each in ("units.csv", "rules.toml"):
        (tmp_path / each).write_bytes((RULEBOOKS / rulebook / each).read_bytes())
    output = f"json={tmp_path}/../{tmp_path.name}/{name}"
    printed, code = run_command(["lint", "--data", str(tmp_path), "--output", output])
    assert code == 2
    assert "is a file of the rulebook" in printed
    assert (tmp_path / name).read_bytes() == (RULEBOOKS / rulebook / name).read_bytes()


def test_strict_asks_who_has_verified_the_rules() -> None:
    """The day decides what is stale; without --strict nobody asks, and the clock is not read."""
    asked = ["lint", "-q", "l1-award", "--select", "NVQ44", "--today", "2026-11-24"]
    output, code = run_command(asked)
    assert (output.count("NVQ447"), code) == (0, 0)
    output, code = run_command([*asked, "--strict"])
    assert "remark[NVQ447]" in output
    assert "l1-award" in output
    assert "l3-diploma" not in output
    assert code == 0
