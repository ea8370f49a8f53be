"""Since when rules and units count and who verified them: read, refused, remarked on, warned of."""

from datetime import date
from pathlib import Path

import pytest

from nvqplan.core.findings import Finding
from nvqplan.core.validity import UNKNOWN, Provenance, Validity, Verified
from nvqplan.linting.provenance import check_provenance
from nvqplan.rules.qualification import Rulebook
from tests.readers import SOUND, UNITS, book, read_book, told, unmark
from tests.transcripts import run_command

TODAY = date(2026, 12, 1)
VERIFIED = 'verified = { on = 2026-11-01, by = "A. Author" }\n'
COLUMNS = ("valid_from", "valid_until", "verified_on", "verified_by")


def with_columns(*cells: str, columns: tuple[str, ...] = COLUMNS) -> str:
    """The small catalogue with more columns: these cells in the row of 101, empty in all others."""
    head, first, *rest = UNITS.splitlines()
    blank = "," * len(columns)
    lines = (
        f"{head},{','.join(columns)}",
        f"{first},{','.join(cells)}",
        *(r + blank for r in rest),
    )
    return "".join(f"{line}\n" for line in lines)


def read(folder: Path, rules: str | None = None, units: str = UNITS) -> Rulebook:
    rulebook, found = read_book(folder, rules, units)
    assert told(found) == []
    assert rulebook is not None
    return rulebook


def of_whole(provenance: str) -> str:
    """The small rulebook whose one qualification says this of itself."""
    return book().replace('qan = "600/0001/X"\n', f'qan = "600/0001/X"\n{provenance}')


# Reading


def test_a_rule_says_it_of_itself_and_else_its_qualification(tmp_path: Path) -> None:
    rule = f"valid = {{ until = 2027-08-31 }}\n{SOUND}"
    whole = of_whole(f"valid = {{ from = 2017-10-01 }}\n{VERIFIED}").replace(SOUND, rule)
    (award,) = read(tmp_path, whole).qualifications
    verified = Verified(date(2026, 11, 1), "A. Author")
    shared = Provenance(Validity(first=date(2017, 10, 1)), verified)
    own = Provenance(Validity(last=date(2027, 8, 31)), verified)
    assert (award.provenance, [rule.provenance for rule in award.rules]) == (shared, [shared, own])


def test_nothing_is_said_where_nothing_is_written(tmp_path: Path) -> None:
    rulebook = read(tmp_path)
    (award,) = rulebook.qualifications
    assert {award.provenance, *(rule.provenance for rule in award.rules)} == {UNKNOWN}
    assert {unit.provenance for unit in rulebook.catalogue.units.values()} == {UNKNOWN}
    assert award.offering.limited == ()


def test_a_unit_says_it_in_columns_of_which_none_is_a_measure(tmp_path: Path) -> None:
    units = with_columns("2017-10-01", "2027-08-31", "2026-11-01", "A.  Author")
    rulebook = read(tmp_path, units=units)
    assert rulebook.catalogue.units["101"].provenance == Provenance(
        Validity(date(2017, 10, 1), date(2027, 8, 31)), Verified(date(2026, 11, 1), "A. Author")
    )
    assert rulebook.catalogue.units["102"].provenance == UNKNOWN
    assert rulebook.catalogue.measures == ("credits", "units", "glh")
    assert rulebook.qualifications[0].offering.limited == ("101",)


def test_some_of_the_columns_are_enough(tmp_path: Path) -> None:
    units = with_columns("2027-08-31", "core", columns=("valid_until", "group"))
    unit = read(tmp_path, units=units).catalogue.units["101"]
    assert unit.provenance == Provenance(Validity(last=date(2027, 8, 31)))


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("valid = ^{}", "NVQ401 'valid' needs 'from', 'until' or both"),
        ("valid = ^2026-01-01", "NVQ108 valid must be a mapping, this is a date"),
        ('valid = { from = ^"2026-01-01" }', "NVQ108 from must be a date such as 2026-09-01"),
        (
            "valid = { ^form = 2026-01-01 }",
            "NVQ401 unknown key 'form' in valid; did you mean 'from'?",
        ),
        (
            "valid = ^{ from = 2026-01-02, until = 2026-01-01 }",
            "NVQ401 'valid' begins on 2026-01-02, after its end on 2026-01-01",
        ),
        ("verified = ^{ on = 2026-01-01 }", "NVQ401 'verified' needs 'by'"),
        ('verified = ^{ by = "A. Author" }', "NVQ401 'verified' needs 'on'"),
        ("verified = { on = 2026-01-01, by = ^7 }", "NVQ108 by must be text"),
        (
            'verified = { on = 2026-01-01, by = "A", ^at = 1 }',
            "NVQ401 unknown key 'at' in verified",
        ),
        (
            "^veryfied = {}",
            "NVQ401 unknown rule kind or measure 'veryfied'; did you mean 'verified'?",
        ),
    ],
)
def test_slips_in_a_rule_are_told_where_they_stand(written: str, says: str, tmp_path: Path) -> None:
    rules, marks = unmark(book(f"{written}\n{SOUND}"))
    _, found = read_book(tmp_path, rules)
    (each,) = found
    assert told(found)[0].startswith(says)
    assert [(each.location.line, each.location.column)] == marks


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        (("soon", "", "", ""), "valid_from must be a date such as 2026-09-01, this is 'soon'"),
        (("20260901", "", "", ""), "valid_from must be a date such as 2026-09-01"),
        (("2026-09-02", "2026-09-01", "", ""), "valid_from 2026-09-02 is after valid_until"),
        (("", "", "2026-02-30", "A. Author"), "verified_on must be a date such as 2026-09-01"),
        (("", "", "2026-09-01", ""), "verified_on needs verified_by beside it"),
        (("", "", "", "A. Author"), "verified_by needs verified_on beside it"),
    ],
)
def test_slips_in_a_row_are_told_at_their_cell(
    cells: tuple[str, ...], says: str, tmp_path: Path
) -> None:
    _, found = read_book(tmp_path, units=with_columns(*cells))
    (each,) = found
    assert told(found)[0].startswith(f"NVQ402 {says}")
    written = next(cell for cell in cells if cell)
    row = with_columns(*cells).splitlines()[1]
    assert (each.location.line, each.location.column) == (2, row.rindex(f",{written}") + 2)


# What is missing or stale


def asked(rulebook: Rulebook, today: date = TODAY) -> list[tuple[str, int, str]]:
    """Code, line and subject or message of each remark."""
    return [_brief(each) for each in check_provenance(rulebook, today)]


def _brief(finding: Finding) -> tuple[str, int, str]:
    return finding.code, finding.location.line, finding.subject or finding.message


def test_what_is_missing_everywhere_is_told_once(tmp_path: Path) -> None:
    assert asked(read(tmp_path)) == [
        ("NVQ447", 1, "nobody says when the rules of award were held against the print"),
        ("NVQ447", 1, "nobody says when any of 5 units was held against the print"),
    ]


def test_what_is_missing_here_and_there_is_told_there(tmp_path: Path) -> None:
    rules = book(f"{VERIFIED}{SOUND}")
    units = with_columns("", "", "2026-11-01", "A. Author").replace(",p4,", ",,")
    assert asked(read(tmp_path, rules, units)) == [
        ("NVQ447", 12, "total"),
        ("NVQ447", 5, "202"),
        ("NVQ447", 3, "102"),
        ("NVQ447", 4, "201"),
        ("NVQ447", 5, "202"),
        ("NVQ447", 6, "301"),
    ]


def all_verified(on: str = "2026-11-01", cells: tuple[str, str] = ("", "")) -> str:
    head, *rows = UNITS.splitlines()
    lines = [f"{head},{','.join(COLUMNS)}", *(f"{row},,,{on},A. Author" for row in rows)]
    lines[1] = f"{rows[0]},{','.join(cells)},{on},A. Author"
    return "".join(f"{line}\n" for line in lines)


def test_all_is_well_on_the_clean_book(tmp_path: Path) -> None:
    assert asked(read(tmp_path, of_whole(VERIFIED), all_verified())) == []


@pytest.mark.parametrize(
    ("valid", "today", "stale"),
    [
        ("from = 2026-12-01", TODAY, False),
        ("from = 2026-12-02", TODAY, True),
        ("until = 2026-12-01", TODAY, False),
        ("until = 2026-11-30", TODAY, True),
    ],
)
def test_what_is_not_valid_today_is_told_once_for_all_its_rules(
    valid: str, today: date, stale: bool, tmp_path: Path
) -> None:
    verified = 'verified = { on = 2026-12-01, by = "A. Author" }\n'
    whole = of_whole(f"valid = {{ {valid} }}\n{verified}")
    name, _, day = valid.partition(" = ")
    cells = (day, "") if name == "from" else ("", day)
    rulebook = read(tmp_path, whole, all_verified("2026-12-01", cells=cells))
    told_of = [(code, line) for code, line, _ in asked(rulebook, today)]
    late = [("NVQ449", 1), ("NVQ449", 2)] if valid == "from = 2026-12-02" else []
    assert told_of == ([("NVQ448", 1), ("NVQ448", 2)] if stale else []) + late


@pytest.mark.parametrize(
    ("on", "problem"),
    [
        ("2026-12-01", ""),
        ("2026-12-02", "is verified on a day that is still to come"),
        ("2023-12-02", ""),
        ("2023-12-01", "was verified more than three years ago"),
    ],
)
def test_a_date_of_verification_grows_old(on: str, problem: str, tmp_path: Path) -> None:
    rule = f'verified = {{ on = {on}, by = "B. Author" }}\n{SOUND}'
    whole = of_whole(VERIFIED).replace(SOUND, rule)
    found = list(check_provenance(read(tmp_path, whole, all_verified()), TODAY))
    assert [each.message for each in found] == (
        [f"rule 'other' of award {problem}"] if problem else []
    )
    assert all("by B. Author" in each.help and "Handbook" in each.help for each in found)


# What check warns of


def check(folder: Path, registered: str, *options: str) -> tuple[str, int]:
    line = ["check", "--data", ".", "-q", "award", "--units", "101,102,202", *options]
    return run_command([*line, *([f"--registered={registered}"] if registered else [])], folder)


@pytest.mark.parametrize("by", ["unit", "rule"])
@pytest.mark.parametrize(
    ("registered", "warned"),
    [
        ("2026-08-31", True),
        ("2026-09-01", False),
        ("2027-08-31", False),
        ("2027-09-01", True),
        ("", False),
    ],
)
def test_registration_outside_validity_is_a_warning_and_no_other_verdict(
    by: str, registered: str, warned: bool, tmp_path: Path
) -> None:
    if by == "unit":
        read(tmp_path, units=with_columns("2026-09-01", "2027-08-31", "", ""))
    else:
        valid = "valid = { from = 2026-09-01, until = 2027-08-31 }\n"
        read(tmp_path, book(f"{valid}{SOUND}"))
    output, code = check(tmp_path, registered)
    assert (code, "the mix: legal for award" in output) == (0, True)
    assert ("warning[NVQ446]" in output) == warned
    assert check(tmp_path, registered, "--strict")[1] == int(warned)
    if warned:
        says = "unit 101 is valid from 1 September 2026 until 31 August 2027, and learners are"
        rule = "rule 'other' is valid from 1 September 2026 until 31 August 2027, and learners are"
        assert (says if by == "unit" else rule) in output
        assert ("= p1" if by == "unit" else "= rule 'other', Handbook") in output


def test_a_held_unit_is_achieved_and_a_rule_of_another_window_does_not_apply(
    tmp_path: Path,
) -> None:
    gone = "valid = { until = 2019-12-31 }\nwhen = { registered = { before = 2020-01-01 } }\n"
    read(tmp_path, book(gone + SOUND), with_columns("", "2020-12-31", "", ""))
    (tmp_path / "a.yaml").write_text(
        "qualification: award\nregistered: 2026-09-01\npathways:\n"
        "  held: {units: [101, 102, 202], held: [101]}\n"
        "  new: {units: [101, 102, 202]}\n",
        "utf-8",
    )
    output, code = run_command(["check", "--data", ".", "a.yaml"], tmp_path)
    assert (code, output.count("NVQ446")) == (0, 1)
    assert "a.yaml:5:17: warning[NVQ446] unit 101" in output


# Comparators of levels are always written


@pytest.mark.parametrize(
    "level", ['"3+"', '"3 or above"', "{}", "3.0", "true", '"3"', "-1", '{ at_least = "3" }']
)
def test_an_ambiguous_level_is_refused_at_its_place(level: str, tmp_path: Path) -> None:
    rule = f"credits = {{ of = {{ level = ^{level} }}, at_least = 1 }}"
    rules, ((line, column),) = unmark(book(rule))
    rulebook, found = read_book(tmp_path, rules)
    (each,) = found
    assert rulebook is None
    assert each.code in ("NVQ108", "NVQ401")
    assert (each.location.line, each.location.column >= column) == (line, True)
    assert "level" in each.message or "at_least" in each.message


def test_a_comparator_without_a_name_is_no_toml(tmp_path: Path) -> None:
    rulebook, found = read_book(
        tmp_path, book("credits = { of = { level = { = 3 } }, at_least = 1 }")
    )
    assert (rulebook, [each.code for each in found]) == (None, ["NVQ104"])


@pytest.mark.parametrize(
    ("level", "units"),
    [
        ("2", {"201", "202"}),
        ("{ at_least = 2 }", {"201", "202"}),
        ("{ at_most = 1 }", {"101", "102"}),
    ],
)
def test_a_level_with_its_comparator_is_what_it_says(
    level: str, units: set[str], tmp_path: Path
) -> None:
    rule = f"units = {{ of = {{ level = {level} }}, at_least = 1 }}"
    (award,) = read(tmp_path, book(rule)).qualifications
    offering = award.offering
    assert {n for n in offering.units if award.rules[1].printed.role(n, offering)} == units
