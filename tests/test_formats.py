"""Every format of `check` is what is published of it, whatever the names in it."""

import gc
import json
import re
import tracemalloc
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import example, given

from nvqplan.cli.writers import FORMATS, new_report
from nvqplan.core.codes import CODES, FAILING
from nvqplan.core.findings import Finding, Location
from nvqplan.core.sources import Sources
from nvqplan.core.words import printable
from nvqplan.reports.report import Run
from nvqplan.reports.results import Checked, Settled, Tally
from nvqplan.reports.terminal import Painter, shorten
from tests.curricula import Drawn, check_file, drawn_curricula
from tests.published import (
    READERS,
    Command,
    read_check,
    read_gitlab,
    read_junit,
    read_sarif,
)
from tests.small_rulebooks import write_rulebook
from tests.tapes import cases
from tests.transcripts import ROOT, run_command

EXITS = {0: "examples/sales.yaml", 1: "examples/support.yaml", 2: "nowhere.yaml"}
CURRICULA = sorted((ROOT / "tests" / "cases").rglob("*.yaml"))


def render(format: str, *files: Checked, run: Run | None = None) -> str:
    report = new_report(format, run or Run(Sources(), "printed", Painter(coloured=False)))
    tally = Tally()
    lines = [*report.head()]
    for file in files:
        tally.add(file)
        lines += report.file(file)
    return "".join(f"{line}\n" for line in [*lines, *report.tail(tally)])


MORE = "and other repairs as cheap as the first"
MENUS = """\
qualification: q{}
pathways:
  a: {{units: [{}]}}
  b: {{units: [{}], status: draft}}
"""
AT_MOST = '[[qualification.rule]]\nid = "few"\nsays = "Few units"\nunits = {{ at_most = {} }}\n\n'


@pytest.mark.parametrize("units", ["1, 2, 3", "1, 2, 3, 4"])
def test_a_menu_of_repairs_that_was_cut_says_so_and_no_other(tmp_path: Path, units: str) -> None:
    """Of four units that are one too many any can go, and three ways are told; of three all are."""
    write_rulebook(tmp_path, AT_MOST.format(2), AT_MOST.format(3))
    is_cut = units.endswith("4")
    (tmp_path / "a.yaml").write_text(MENUS.format(int(is_cut), units, units), "utf-8")
    checked = ["check", "a.yaml", "--data", ".", "--format"]
    said = {each: run_command([*checked, each], tmp_path)[0] for each in FORMATS}
    pathways = read_check(said["json"])["files"][0]["pathways"]
    assert [each["remedy"]["more_repairs"] for each in pathways] == [is_cut, is_cut]
    for each in ("text", "markdown"):
        assert said[each].count("or: ") == 4
        assert said[each].count(MORE) == 2 * is_cut
    last, more = re.findall(rf"or: .*\n( *{MORE}\n)?", said["text"])[1::2]
    assert bool(last) == bool(more) == is_cut


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("code", EXITS)
def test_every_format_is_valid_and_obeys_the_exit_code(format: str, code: int) -> None:
    output, ended = run_command(["check", EXITS[code], "--format", format])
    assert ended == code
    assert output
    READERS[format](output)


@pytest.mark.parametrize("format", FORMATS)
def test_warnings_fail_in_every_format_when_asked_to(format: str) -> None:
    mix = ["--level", "4", "--units", "101,401,309,316,304,307,403,404", "--age", "18"]
    assert run_command(["check", *mix, "--format", format])[1] == 0
    output, code = run_command(["check", *mix, "--format", format, "--strict"])
    assert code == 1
    assert output
    READERS[format](output)


@pytest.mark.parametrize("format", FORMATS)
def test_every_curriculum_here_is_valid_in_every_format(format: str) -> None:
    output, code = run_command(["check", "tests/cases", "examples", "--format", format])
    assert code == 2
    assert output
    READERS[format](output)


@cases(150)
@given(drawn_curricula())
@example(Drawn("-.yaml", "qualification: l1-award\npathways:\n  -: {units: [101]}\n", ("-",)))
@example(Drawn("%41 #?:.yaml", "", ()))
@example(Drawn("caf\udce9.yaml", "pathways: 1", ()))
def test_nasty_names_leave_every_format_valid_and_are_told_whole(drawn: Drawn) -> None:
    with TemporaryDirectory() as folder, chdir(folder):
        Path(drawn.path).write_text(drawn.text, "utf-8")
        sources = Sources()
        checked = check_file(drawn.path, sources)
        run = Run(sources, "printed", Painter(coloured=False))
        texts = {format: render(format, checked, run=run) for format in FORMATS}
    read = {format: READERS[format](texts[format]) for format in FORMATS}
    for text in texts.values():
        assert all(printable(line) == line for line in text.split("\n"))
    findings = checked.all_findings
    codes = [finding.code for finding in findings]
    judged = {case.pathway.name for case in checked.cases}
    assert judged | set(checked.unjudged) <= set(drawn.names)
    _check_json(read["json"], checked)
    _check_sarif(read["sarif"], checked)
    assert [issue["check_name"] for issue in read["gitlab"]] == codes
    assert [issue["location"]["lines"]["begin"] for issue in read["gitlab"]] == [
        finding.location.line for finding in findings
    ]
    _check_github(read["github"], checked)
    _check_junit(read["junit"], checked)
    _check_markdown(read["markdown"], checked)


def _names(checked: Checked) -> list[str]:
    return [*checked.unjudged, *(case.pathway.name for case in checked.cases)]


def _check_json(document: Any, checked: Checked) -> None:
    (file,) = document["files"]
    told = [*file["unjudged"], *(pathway["name"] for pathway in file["pathways"])]
    assert told == _names(checked)
    prints = [each["fingerprint"] for each in file["findings"]]
    for pathway in file["pathways"]:
        prints += [each["fingerprint"] for each in pathway["findings"]]
        assert {each["pathway"] for each in pathway["findings"]} <= {pathway["name"]}
    assert len(set(prints)) == len(prints) == len(checked.all_findings)


def _check_sarif(run: Any, checked: Checked) -> None:
    rules = run["tool"]["driver"]["rules"]
    assert run["invocations"] == [
        {"executionSuccessful": not any(CODES[each.code].stops for each in checked.findings)}
    ]
    for result, finding in zip(run["results"], checked.all_findings, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding.code
        assert rules[result["ruleIndex"]]["defaultConfiguration"]["level"] == result["level"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        uri = place["artifactLocation"]["uri"]
        assert re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})*", uri)
        assert unquote_to_bytes(uri) == checked.path.encode("utf-8", "surrogateescape")
        region = place["region"]
        assert (region["startLine"], region["startColumn"]) == finding.location[1:]
        assert region["endColumn"] >= region["startColumn"]


def _check_github(log: tuple[list[Command], list[str]], checked: Checked) -> None:
    commands, others = log
    assert len(commands) == len(checked.all_findings)
    verdicts = [line for line in others if not line.startswith("  ")]
    assert len(verdicts) == len(_names(checked)) + 1
    for command, finding in zip(commands, checked.all_findings, strict=True):
        if all(printable(part) == part for part in re.split("[\r\n]", checked.path)):
            assert command.properties["file"] == checked.path
        assert command.properties["line"] == str(finding.location.line)
        assert command.properties["title"].startswith(finding.code)
        told = "".join(c if c in "\r\n" else printable(c) for c in shorten(finding.message))
        assert command.message.startswith(told)


def _check_junit(root: Any, checked: Checked) -> None:
    names = [case.get("name") for case in root.iter("testcase")]
    whole = ["the file as a whole"] if checked.findings else []
    assert names == whole + [printable(shorten(name)) for name in _names(checked)]
    failing = {case.get("name") for case in root.iter("testcase") if len(case.findall("failure"))}
    for case in checked.cases:
        if not case.verdict.passes:
            assert printable(shorten(case.pathway.name)) in failing


def _check_markdown(page: Any, checked: Checked) -> None:
    shown = [_seen(name) for name in _names(checked)]
    assert page.headings == ["nvqplan", _seen(checked.path)]
    assert [row[0] for row in page.cells[1:]] == shown
    assert all(len(row) == 5 for row in page.cells)
    helps = sum(len(finding.help.splitlines()) for finding in checked.all_findings)
    told = [item for item in page.items if not item.startswith("How to mend ")]
    assert len(told) == len(checked.all_findings) + helps + 1


def _seen(text: str) -> str:
    return printable(shorten(text)).replace("\t", " ").strip()


def test_rulebook_that_comes_with_nvqplan_is_named_without_the_machine() -> None:
    for format in FORMATS:
        output, _ = run_command(["check", "examples/support.yaml", "--format", format])
        assert str(ROOT) not in output
    log = read_sarif(run_command(["check", "examples/support.yaml", "--format", "sarif"])[0])
    _, rule = log["results"][0]["relatedLocations"]
    place = rule["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "rules.toml", "uriBaseId": "RULEBOOK"}
    line = (
        (ROOT / "data" / "rules.toml")
        .read_text("utf-8")
        .split("\n")[place["region"]["startLine"] - 1]
    )
    assert line == "[[qualification.rule]]"
    assert set(log["originalUriBaseIds"]) == {"%SRCROOT%", "RULEBOOK"}


def test_a_rulebook_of_ones_own_is_named_by_its_path() -> None:
    arguments = ["check", "examples/support.yaml", "--data", "data/../data", "--format", "sarif"]
    log = read_sarif(run_command(arguments)[0])
    place = log["results"][0]["relatedLocations"][1]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "data/../data/rules.toml", "uriBaseId": "%SRCROOT%"}


def test_paths_are_relative_where_they_can_be(tmp_path: Path) -> None:
    """One file under two names is checked once, so that no fingerprint is there twice."""
    (tmp_path / "in").mkdir()
    (tmp_path / "out.yaml").write_text("", "utf-8")
    (tmp_path / "in" / "a b.yaml").write_text("", "utf-8")
    paths = ["./a b.yaml", str(tmp_path / "in" / "a b.yaml"), str(tmp_path / "out.yaml")]
    folder = tmp_path / "in"
    output, _ = run_command(["check", *paths, "--format", "gitlab"], folder)
    told = [issue["location"]["path"] for issue in json.loads(output)]
    assert told == ["a b.yaml", str(tmp_path / "out.yaml")]
    results = read_sarif(run_command(["check", *paths, "--format", "sarif"], folder)[0])["results"]
    places = [each["locations"][0]["physicalLocation"]["artifactLocation"] for each in results]
    inside = {"uri": "a%20b.yaml", "uriBaseId": "%SRCROOT%"}
    assert places == [inside, {"uri": (tmp_path / "out.yaml").as_uri()}]


def test_a_file_may_be_called_as_standard_input_is(tmp_path: Path) -> None:
    text = (ROOT / "examples" / "support.yaml").read_bytes()
    (tmp_path / "-").write_bytes(text)
    arguments = ["check", "-", "./-", "--format", "gitlab"]
    issues = read_gitlab(run_command(arguments, tmp_path, stdin=text)[0])
    assert [issue["location"]["path"] for issue in issues] == ["-", "-"]


def test_standard_input_and_a_mix_are_places_too() -> None:
    text = (ROOT / "examples" / "support.yaml").read_bytes()
    for arguments, name in ((["-"], "-"), (["-q", "l1-award", "--units", "101"], "--units")):
        for format in ("sarif", "github", "gitlab", "junit", "markdown"):
            output, code = run_command(["check", *arguments, "--format", format], stdin=text)
            assert code == 1
            read = READERS[format](output)
            if format == "sarif":
                (location,) = read["results"][0]["locations"]
                assert location["physicalLocation"]["artifactLocation"] == {"uri": name}
            elif format == "gitlab":
                assert read[0]["location"]["path"] == name
            elif format == "junit":
                assert read[0].get("name") == name
            elif format == "github":
                assert all(set(command.properties) == {"title"} for command in read[0])


def test_what_somebody_has_answered_for_is_a_suppressed_result() -> None:
    places = [Location("a.yaml", line, 1) for line in (1, 2, 3)]
    answered = [Finding(place, "NVQ203", "unit 101 is given twice", "", "101") for place in places]
    settled = (
        Settled(answered[0], "comment", "agreed"),
        Settled(answered[2], "baseline", "as it was"),
    )
    run = read_sarif(render("sarif", Checked("a.yaml", findings=(answered[1],), settled=settled)))
    assert [result.get("suppressions") for result in run["results"]] == [
        [{"kind": "inSource", "justification": "agreed"}],
        None,
        [{"kind": "external", "justification": "as it was"}],
    ]
    prints = {result["partialFingerprints"]["nvqplan/v1"] for result in run["results"]}
    assert len(prints) == 3


def test_a_warning_fails_a_test_case_where_warnings_fail() -> None:
    finding = Finding(Location("a.yaml", 1, 1), "NVQ502", "a warning")
    checked = Checked("a.yaml", findings=(finding,))
    run = Run(Sources(), "printed", Painter(coloured=False))
    assert read_junit(render("junit", checked, run=run))[0].get("failures") == "0"
    strict = run._replace(failing=FAILING["warning"])
    assert read_junit(render("junit", checked, run=strict))[0].get("failures") == "1"


@pytest.mark.parametrize("format", FORMATS)
def test_no_format_keeps_what_it_has_told(format: str) -> None:
    sources = Sources()
    checked = check_file(str(ROOT / "examples" / "typing-mistakes.yaml"), sources)
    report = new_report(format, Run(sources, "printed", Painter(coloured=False)))
    for _ in report.head():
        pass

    def tell(times: int) -> int:
        for _ in range(times):
            for _ in report.file(checked):
                pass
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        before = tell(20)
        assert tell(200) - before < 20_000
    finally:
        tracemalloc.stop()
