"""The rulebook that comes with nvqplan, line by line against figures that were taken separately.

`structure.csv` holds every row of the handbook's tables, `unit_pages.csv` and `summary.csv` the
unit pages and their list, `rules.csv` the figures of the rules, `nos.csv` the standards.
"""

import csv
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nvqplan.api import open_rulebook
from nvqplan.reading.rulebook import find_data

DATA = Path(find_data())
FIGURES = Path(__file__).parent / "data"
Row = dict[str, str]


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


UNITS = {row["unit"]: row for row in rows(DATA / "units.csv")}
TABLES = rows(FIGURES / "structure.csv")
PAGES = {row["unit"]: row for row in rows(FIGURES / "unit_pages.csv")}
SUMMARY = {row["unit"]: row for row in rows(FIGURES / "summary.csv")}
RULES = rows(FIGURES / "rules.csv")
RULEBOOK = tomllib.loads((DATA / "rules.toml").read_text("utf-8"))
QUALIFICATIONS = {each["id"]: each for each in RULEBOOK["qualification"]}
IDS = list(QUALIFICATIONS)
NUMBERED = {"407": "1.1-1.3 2.1-2.3 3.1 3.3-3.5 4.1-4.4"}
SPELT_TWO_WAYS = {"113": "Using the Internet", "115": "IT Communication Fundamentals"}
FIRST_OF_JULY = date(2017, 7, 1)


def figure(id: str, rule: str) -> int:
    (row,) = (row for row in RULES if (row["qualification"], row["rule"]) == (id, rule))
    return int(row["figure"])


def units_of(id: str, rule: str) -> list[list[str]]:
    return [
        row["units"].split() for row in RULES if (row["qualification"], row["rule"]) == (id, rule)
    ]


def rules(id: str) -> dict[str, Any]:
    """What each rule of a qualification asks, without its words."""
    words = ("id", "says", "source", "why", "intended")
    return {
        rule["id"]: {key: value for key, value in rule.items() if key not in words}
        for rule in QUALIFICATIONS[id]["rule"]
    }


def intended(id: str) -> dict[str, Any]:
    return {
        rule["id"]: {k: v for k, v in rule["intended"].items() if k not in ("says", "why")}
        for rule in QUALIFICATIONS[id]["rule"]
        if "intended" in rule
    }


def test_the_units_are_those_of_the_tables_each_once() -> None:
    assert list(UNITS) == sorted({row["unit"] for row in TABLES})
    assert len(rows(DATA / "units.csv")) == len(UNITS) == 106


@pytest.mark.parametrize("row", TABLES, ids=lambda row: f"{row['qualification']}-{row['unit']}")
def test_every_row_of_the_tables(row: Row) -> None:
    unit = UNITS[row["unit"]]
    columns = ("uan", "level", "credits", "glh")
    assert [unit[column] for column in columns] == [row[column] for column in columns]
    assert unit["title"] == SPELT_TWO_WAYS.get(row["unit"], row["title"])


def test_two_titles_are_spelt_two_ways_in_print() -> None:
    spelt: dict[str, set[str]] = {}
    for row in TABLES:
        spelt.setdefault(row["unit"], set()).add(row["title"])
    assert {unit for unit, titles in spelt.items() if len(titles) > 1} == {*SPELT_TWO_WAYS}
    assert all(title in spelt[unit] for unit, title in SPELT_TWO_WAYS.items())


@pytest.mark.parametrize("row", PAGES.values(), ids=PAGES)
def test_every_unit_page(row: Row) -> None:
    told = {**row, "criteria": NUMBERED.get(row["unit"], row["criteria"])}
    assert {column: UNITS[row["unit"]][column] for column in row} == told


def test_criteria_are_counted_alike_where_their_numbers_are_given() -> None:
    units = open_rulebook().catalogue.units
    for unit, row in PAGES.items():
        assert units[unit].criteria == int(row["criteria"])


@pytest.mark.parametrize("row", SUMMARY.values(), ids=SUMMARY)
def test_every_line_of_the_list_of_unit_pages(row: Row) -> None:
    assert {column: UNITS[row["unit"]][column] for column in row} == row


def test_units_without_a_page_have_no_standard_and_no_counts() -> None:
    bare = {
        unit for unit, row in UNITS.items() if not row["nos"] + row["outcomes"] + row["criteria"]
    }
    assert bare == UNITS.keys() - PAGES.keys()


TOPICS = {
    "personal-effectiveness": range(1, 4),
    "health-and-safety": range(4, 8),
    "systems-and-technology": range(8, 13),
    "customer-service": range(13, 18),
    "sales": range(18, 23),
    "communication": range(23, 27),
    "performance-management": range(27, 30),
    "customer-support": range(30, 35),
    "resource-planning": range(35, 38),
    "incident-management": range(38, 42),
}


def test_the_standards_are_cited_once_each_but_one_and_give_the_topics() -> None:
    cited = {unit: int(row["nos"][2:]) for unit, row in UNITS.items() if row["nos"][:2] == "CC"}
    assert sorted(cited.values()) == sorted([*({*range(1, 42)} - {25}), 23])
    for unit, number in cited.items():
        assert number in TOPICS[UNITS[unit]["topics"].split()[0]], unit


def test_every_unit_has_a_known_topic() -> None:
    topics = {topic for row in UNITS.values() for topic in row["topics"].split()}
    assert topics == TOPICS.keys() | {"it", "management"}
    assert all(row["topics"] for row in UNITS.values())


@pytest.mark.parametrize("id", IDS)
def test_groups_are_those_of_the_tables(id: str) -> None:
    printed: dict[str, list[str]] = {}
    for row in TABLES:
        if row["qualification"] == id:
            printed.setdefault(row["group"], []).append(row["unit"])
    groups = QUALIFICATIONS[id]["groups"]
    assert groups == {group: sorted(units) for group, units in printed.items()}


def test_qualifications_are_those_of_the_tables() -> None:
    assert list(dict.fromkeys(row["qualification"] for row in TABLES)) == IDS
    assert set(IDS) == {row["qualification"] for row in RULES}


QANS = {
    "l1-award": ("600/1244/4", "", 1),
    "l1-certificate": ("600/1286/9", "", 1),
    "l2-certificate": ("600/1135/X", "3412-03", 2),
    "l3-diploma": ("600/1136/1", "3412-04", 3),
    "l4-diploma": ("600/1288/2", "", 4),
}


def test_numbers_and_levels_of_the_qualifications() -> None:
    named = {id: (q["qan"], q["number"], q["level"]) for id, q in QUALIFICATIONS.items()}
    assert named == QANS


LEVELS = {"l1-award": 1, "l1-certificate": 1, "l2-certificate": 2, "l3-diploma": 3, "l4-diploma": 3}


def common_rules(id: str) -> dict[str, Any]:
    """The four rules that every qualification has."""
    level = LEVELS[id]
    (mandatory,) = units_of(id, "group-a")
    at_level = {"of": {"level": level}, "at_least": figure(id, f"at-level-{level}")}
    return {
        "total": {"credits": {"at_least": figure(id, "total")}},
        "level": {"credits": at_level},
        "mandatory": {"mandatory": mandatory},
        "group-b": {"credits": {"of": {"group": "B"}, "at_least": figure(id, "group-b")}},
    }


def test_rules_of_the_level_1_award() -> None:
    assert rules("l1-award") == common_rules("l1-award")


def test_rules_of_the_level_1_certificate() -> None:
    id = "l1-certificate"
    (capped,) = units_of(id, "at-most-two-of")
    most = {"of": {"group": ["B", "C"], "level": 2}, "at_most": figure(id, "level-2-maximum")}
    assert rules(id) == {
        **common_rules(id),
        "level-2-maximum": {"credits": most},
        "it-units": {"units": {"of": capped, "at_most": figure(id, "at-most-two-of")}},
    }


def test_rules_of_the_level_2_certificate() -> None:
    id = "l2-certificate"
    (capped,) = units_of(id, "at-most-two-of")
    of, absent = [unit for unit in capped if unit in UNITS], ["116"]
    assert rules(id) == {
        **common_rules(id),
        "it-units": {
            "units": {"of": of, "absent": absent, "at_most": figure(id, "at-most-two-of")}
        },
        "barred": {"barred": units_of(id, "barred")},
    }
    assert sorted(of + absent) == capped


def test_rules_of_the_level_3_diploma() -> None:
    id = "l3-diploma"
    (before,), (after,) = (
        units_of(id, f"registered-{side}-{FIRST_OF_JULY}") for side in ("before", "after")
    )
    assert rules(id) == {
        **common_rules(id),
        "barred": {"barred": units_of(id, "barred")},
        "unit-319": {
            "when": {"registered": {"after": FIRST_OF_JULY}},
            "units": {"of": before, "at_most": 0},
        },
        "unit-619": {
            "when": {"registered": {"before": FIRST_OF_JULY}},
            "units": {"of": after, "at_most": 0},
        },
        "one-unit-two-numbers": {"barred": [[*before, *after]]},
        "age": {"age": {"at_least": figure(id, "youngest")}},
    }


def test_rules_of_the_level_4_diploma() -> None:
    id = "l4-diploma"
    youngest = {"age": {"age": {"at_least": figure(id, "youngest")}}}
    assert rules(id) == {**common_rules(id), **youngest}


@pytest.mark.parametrize(
    ("id", "lowest"), [("l1-award", 1), ("l1-certificate", 1), ("l3-diploma", 3), ("l4-diploma", 4)]
)
def test_the_level_is_meant_as_that_level_or_above(id: str, lowest: int) -> None:
    least = figure(id, f"at-level-{LEVELS[id]}")
    meant = {"credits": {"of": {"level": {"at_least": lowest}}, "at_least": least}}
    assert intended(id) == {"level": meant}


def test_at_level_2_the_cap_is_meant_to_name_115() -> None:
    (capped,) = units_of("l2-certificate", "at-most-two-of")
    meant = sorted({*capped, "115"} - {"116"})
    at_level = {"of": {"level": {"at_least": 2}}, "at_least": 15}
    assert intended("l2-certificate") == {
        "level": {"credits": at_level},
        "it-units": {"units": {"of": meant, "at_most": 2}},
    }


@pytest.mark.parametrize("id", IDS)
def test_totals_and_the_parts_that_make_them(id: str) -> None:
    parts = [figure(id, part) for part in ("group-a", "group-b", "remaining")]
    assert QUALIFICATIONS[id]["credits"] == figure(id, "total") == sum(parts)


@pytest.mark.parametrize("id", IDS)
def test_mandatory_units_are_group_a_and_make_its_credits_but_at_level_4(id: str) -> None:
    (mandatory,) = units_of(id, "group-a")
    assert QUALIFICATIONS[id]["groups"]["A"] == mandatory
    credits = sum(int(UNITS[unit]["credits"]) for unit in mandatory)
    assert credits - figure(id, "group-a") == (1 if id == "l4-diploma" else 0)


@pytest.mark.parametrize("id", IDS)
def test_barred_pairs_are_those_that_the_tables_mark(id: str) -> None:
    marked = {
        frozenset({row["unit"], partner})
        for row in TABLES
        if row["qualification"] == id
        for partner in row["barred"].split()
    }
    assert {frozenset(pair) for pair in units_of(id, "barred")} == marked


def test_the_standards() -> None:
    printed = rows(FIGURES / "nos.csv")
    named = [
        {"replaces" if k == "original_urns" else k: v for k, v in row.items()} for row in printed
    ]
    assert rows(DATA / "nos.csv") == named
    assert len(named) == 11


def check_sum(code: str) -> int:
    """`(8 d1 + 7 d2 + 6 d3 + 5 d4 + 4 d5 + 3 d6 + 2 d7) mod 11`."""
    digits = [int(sign) for sign in code if sign.isdigit()][:7]
    return sum((8 - place) * digit for place, digit in enumerate(digits)) % 11


@pytest.mark.parametrize("unit", UNITS)
def test_the_check_letter_of_every_uan(unit: str) -> None:
    uan = UNITS[unit]["uan"]
    assert len(uan) == len("L/503/0394")
    assert uan[0] == "ADFHJKLMRTY"[check_sum(uan)]


@pytest.mark.parametrize("id", IDS)
def test_the_check_character_of_every_qan(id: str) -> None:
    qan = QUALIFICATIONS[id]["qan"]
    assert qan[-1] == "0123456789X"[check_sum(qan)]


def test_only_203_and_204_share_a_uan() -> None:
    units: dict[str, list[str]] = {}
    for unit, row in UNITS.items():
        units.setdefault(row["uan"], []).append(unit)
    assert [shared for shared in units.values() if len(shared) > 1] == [["203", "204"]]


def test_the_slips_of_the_print_are_told() -> None:
    told = {(c.get("unit", c.get("qualification")), c["field"]) for c in RULEBOOK["correction"]}
    assert {
        ("203", "uan"),
        ("306", "nos"),
        ("407", "criteria"),
        ("113", "title"),
        ("115", "title"),
    } <= told
