"""Approved exceptions: what they turn into a remark, until when, and never more than that."""

import json
from datetime import date
from pathlib import Path

import pytest

from nvqplan.checking.filters import FindingFilters
from nvqplan.reports.results import Case, Checked, Tally
from tests.filtered import check_text, said, settled
from tests.readers import PATHWAYS, read_paths, told
from tests.transcripts import run_command

LEVEL = "{rule: level, reason: Transfer, by: J. Smith, until: 2027-03-31}"
HEAD = "qualification: l3-diploma\nregistered: 2026-09-01\nyoungest: 17\npathways:\n  a:\n"
SHORT_OF_LEVEL = "    units: [101, 301, 204, 304, 305, 404, 405, 406, 408]\n"


def approve(
    folder: Path, *exceptions: str, units: str = SHORT_OF_LEVEL, on: date = date(2026, 9, 1)
) -> Checked:
    text = f"{HEAD}{units}    exceptions: [{', '.join(exceptions)}]\n"
    return check_text(folder, text, FindingFilters(on))


def case_of(checked: Checked) -> Case:
    (case,) = checked.cases
    return case


def codes(checked: Checked) -> list[str]:
    return [code for _, code in said(checked.all_findings)]


@pytest.mark.parametrize(
    ("today", "left"),
    [
        (date(2027, 3, 31), ["NVQ502", "NVQ506"]),
        (date(2027, 4, 1), ["NVQ301", "NVQ502", "NVQ507"]),
    ],
)
def test_exception_counts_to_its_last_day(today: date, left: list[str], tmp_path: Path) -> None:
    checked = approve(tmp_path, LEVEL, on=today)
    assert codes(checked) == left
    in_force = "NVQ506" in left
    assert settled(checked) == [("NVQ301", "exception")] * in_force
    assert len(case_of(checked).approved) == in_force
    tally = Tally()
    tally.add(checked)
    assert (tally.passing, tally.approved, tally.exit_code()) == (0, in_force, int(not in_force))


def test_verdict_stays_illegal(tmp_path: Path) -> None:
    case = case_of(approve(tmp_path, LEVEL))
    assert not case.verdict.passes
    assert not case.verdict.judgement.legal


def test_remark_names_who_why_and_until_when_and_keeps_the_figures(tmp_path: Path) -> None:
    checked = approve(tmp_path, LEVEL)
    (remark,) = (each for each in checked.all_findings if each.code == "NVQ506")
    assert remark.message == (
        "exception to rule 'level' approved by J. Smith until 31 March 2027: Transfer"
    )
    figures, source = remark.help.split("\n")
    assert figures.endswith("have 12 credits, need 23, short by 11")
    assert source.startswith("rule 'level', 3412 handbook")
    assert checked.settled[0].reason == "approved by J. Smith until 31 March 2027: Transfer"


def test_exception_hides_no_other_rule(tmp_path: Path) -> None:
    checked = approve(tmp_path, LEVEL, units="    units: [101, 204]\n")
    left = {each.subject for each in checked.all_findings if each.code in ("NVQ301", "NVQ302")}
    assert left == {"total", "group-b", "mandatory"}
    assert [each.finding.subject for each in checked.settled] == ["level"]


def test_every_comparison_of_its_rule_is_settled(tmp_path: Path) -> None:
    bars = LEVEL.replace("level", "barred")
    units = "    units: [101, 301, 204, 303, 305, 405, 229, 328, 329, 330, 212, 318, 320, 322]\n"
    checked = approve(tmp_path, bars, units=units)
    assert "NVQ303" not in codes(checked)
    assert settled(checked).count(("NVQ303", "exception")) == len(checked.settled) >= 1


@pytest.mark.parametrize(
    ("exceptions", "units", "message"),
    [
        ([LEVEL.replace("level", "total")], SHORT_OF_LEVEL, "rule 'total' holds"),
        ([LEVEL, LEVEL], SHORT_OF_LEVEL, "rule 'level' has one in line 7 already"),
        (
            [LEVEL],
            "    units: [101]\n    status: draft\n",
            "'a' is a draft, and exceptions are for final pathways",
        ),
    ],
)
def test_exception_that_changes_nothing_is_told(
    exceptions: list[str], units: str, message: str, tmp_path: Path
) -> None:
    checked = approve(tmp_path, *exceptions, units=units)
    (told,) = (each for each in checked.all_findings if each.code == "NVQ508")
    assert told.message == f"this exception has no effect: {message}"


def test_rule_of_other_learners_needs_no_exception(tmp_path: Path) -> None:
    rule = LEVEL.replace("level", "unit-319")
    text = f"{HEAD}{SHORT_OF_LEVEL}    exceptions: [{rule}]\n".replace("2026-09-01", "2017-01-01")
    told = [each.message for each in check_text(tmp_path, text).all_findings]
    why = "rule 'unit-319' is not for learners registered on that date"
    assert f"this exception has no effect: {why}" in told


def test_rule_that_nobody_could_judge_makes_no_exception_idle(tmp_path: Path) -> None:
    rule = LEVEL.replace("level", "age")
    text = f"{HEAD}{SHORT_OF_LEVEL}    exceptions: [{rule}]\n".replace("youngest: 17\n", "")
    checked = check_text(tmp_path, text)
    assert codes(checked) == ["NVQ504", "NVQ301", "NVQ502"]
    assert case_of(checked).approved == ()


def test_renewed_exception_counts_beside_the_one_that_expired(tmp_path: Path) -> None:
    checked = approve(tmp_path, LEVEL.replace("2027", "2026"), LEVEL)
    assert codes(checked) == ["NVQ502", "NVQ507", "NVQ506"]


FAULTS = [
    ("[^level]", "NVQ108 an exception of pathway 'sales' must be a mapping, this is text"),
    ("^level", "NVQ108 exceptions must be a list, this is text"),
    ("[^{rule: a, by: b, until: 2027-03-31}]", "NVQ109 'reason' is missing in an exception"),
    ("[^{rule: a, by: b, reason: c}]", "NVQ109 'until' is missing in an exception"),
    ("[{rule: ^[a], by: b, reason: c, until: 2027-03-31}]", "NVQ108 rule must be one name"),
    ("[{rule: a, by: ^7, reason: c, until: 2027-03-31}]", "NVQ108 by must be text"),
    ("[{rule: a, by: b, reason: ^'', until: 2027-03-31}]", "NVQ108 reason must not be empty"),
    ("[{rule: a, by: b, reason: c, until: ^2027-02-30}]", "NVQ108 until must be a date"),
    ("[{rule: a, by: b, reason: c, until: 2027-03-31, ^bye: x}]", "NVQ107 unknown key 'bye'"),
    ("[{rule: a, by: b, reason: c, until: 2027-03-31, ^by: x}]", "NVQ106 the key 'by' is given"),
]


@pytest.mark.parametrize(("exceptions", "message"), FAULTS)
def test_slip_is_told_where_it_stands_and_the_pathway_is_judged(
    exceptions: str, message: str, tmp_path: Path
) -> None:
    before, _, behind = exceptions.partition("^")
    text = f"{PATHWAYS}    exceptions: {before}{behind}\n"
    curriculum, found = read_paths(tmp_path, text)
    assert curriculum is not None
    (pathway,) = curriculum.pathways
    assert pathway.sound
    assert len(pathway.exceptions) == ("bye" in exceptions)
    (finding,) = found
    assert told(found)[0].startswith(message)
    assert finding.location[1:] == (5, len("    exceptions: ") + len(before) + 1)
    assert finding.pathway == ("" if finding.code == "NVQ106" else "sales")


def test_document_holds_exceptions_and_what_they_settle(tmp_path: Path) -> None:
    expired = LEVEL.replace("2027", "2025")
    (tmp_path / "a.yaml").write_text(
        f"{HEAD}{SHORT_OF_LEVEL}    exceptions: [{LEVEL}, {expired}]\n"
    )
    output, code = run_command(
        ["check", "a.yaml", "--today", "2026-09-01", "--format", "json"], tmp_path
    )
    (file,) = json.loads(output)["files"]
    (pathway,) = file["pathways"]
    told = {"rule": "level", "reason": "Transfer", "by": "J. Smith"}
    assert pathway["exceptions"] == [
        {**told, "until": "2027-03-31", "in_force": True},
        {**told, "until": "2025-03-31", "in_force": False},
    ]
    assert (code, pathway["passes"], pathway["legal"]) == (0, False, False)
    assert [(each["by"], each["finding"]["code"]) for each in file["suppressed"]] == [
        ("exception", "NVQ301")
    ]
    assert file["ignored"] == 0
