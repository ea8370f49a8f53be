"""Groups in groups: how rules call them, what they sum up to, and what is refused."""

from pathlib import Path

import pytest

from nvqplan.advice.proposal import totals_of
from nvqplan.linting.linter import lint
from nvqplan.rules.qualification import Qualification
from nvqplan.rules.sums import Sum
from tests.readers import book, places, read_book, told, unmark

FLAT = 'groups.A = ["101"]\ngroups.B = ["102", "201", "202"]\n'
NESTED = """\
groups.A = ["101"]
groups.B.B1 = ["102"]
groups.B.B2.deep = ["201"]
groups.B.B2.deeper = ["202"]
"""
TWINS = 'groups.A.X = ["101"]\ngroups.B.X = ["102"]\ngroups.X = ["201", "202"]\n'
ONLY_TWINS = 'groups.A.X = ["101"]\ngroups.B.X = ["102", "201", "202"]\n'


def text(groups: str, rule: str) -> str:
    whole = book(rule)
    assert FLAT in whole
    return whole.replace(FLAT, groups)


def qualification(folder: Path, groups: str, rule: str = 'mandatory = ["101"]') -> Qualification:
    rulebook, found = read_book(folder, text(groups, rule))
    assert told(found) == []
    assert rulebook is not None
    return rulebook.qualifications[0]


@pytest.mark.parametrize(
    ("groups", "named", "units"),
    [
        (NESTED, '"B"', "102 201 202"),
        (NESTED, '"B.B1"', "102"),
        (NESTED, '"B1"', "102"),
        (NESTED, '"B2"', "201 202"),
        (NESTED, '"B2.deep"', "201"),
        (NESTED, '"B.B2.deep"', "201"),
        (NESTED, '["A", "deeper"]', "101 202"),
        (NESTED, '["B", "B1"]', "102 201 202"),
        (TWINS, '"X"', "201 202"),
        (TWINS, '"A.X"', "101"),
        (TWINS, '["A", "B"]', "101 102"),
    ],
)
def test_a_group_is_called_by_its_way_or_for_short(
    groups: str, named: str, units: str, tmp_path: Path
) -> None:
    rule = f"credits = {{ of = {{ group = {named} }}, at_least = 1 }}"
    read = qualification(tmp_path, groups, rule)
    kind = read.rules[1].printed
    assert isinstance(kind, Sum)
    assert " ".join(kind.as_sum.of.select(read.offering)) == units


def test_a_unit_knows_its_innermost_group_and_a_group_sums_up_those_in_it(tmp_path: Path) -> None:
    read = qualification(tmp_path, NESTED)
    assert dict(read.offering.groups) == {
        "101": "A",
        "102": "B.B1",
        "201": "B.B2.deep",
        "202": "B.B2.deeper",
    }
    totals = totals_of(read, frozenset({"101", "102", "202"}))
    assert totals.by_group == {
        "A": 2,
        "B": 8,
        "B.B1": 3,
        "B.B2": 5,
        "B.B2.deep": 0,
        "B.B2.deeper": 5,
    }
    assert totals.credits == 10


def test_the_figures_of_a_rule_name_the_whole_way(tmp_path: Path) -> None:
    rule = 'credits = { of = { group = ["deep", "A"] }, at_least = 1 }'
    read = qualification(tmp_path, NESTED, rule)
    assert read.rules[1].printed.figures() == "at least 1 credits of Group B.B2.deep or A"


SUM = "credits = { of = { group = GROUP }, at_least = 1 }"


@pytest.mark.parametrize(
    ("groups", "rule", "message"),
    [
        (NESTED, SUM.replace("GROUP", '^"B3"'), "unknown group 'B3'; did you mean 'B'?"),
        (
            ONLY_TWINS,
            SUM.replace("GROUP", '^"X"'),
            "there are 2 groups called 'X'; write A.X or B.X",
        ),
        (NESTED.replace("B.B1", 'B.^"B.1"'), "", "'B.1': the name of a group must not hold '.'"),
        (FLAT.replace("groups.B", 'groups.^"B.1"'), "", "the name of a group must not hold '.'"),
        (NESTED.replace('["102"]', "^{}"), "", "group B.B1 lists no unit"),
        (NESTED.replace('["102"]', "^[]"), "", "group B.B1 lists no unit"),
        (NESTED.replace('["202"]', '["202", ^"102"]'), "", "unit '102' is already in group B.B1"),
        (NESTED.replace('["102"]', '[^"109"]'), "", "unit '109' of group B.B1 is not in the"),
    ],
)
def test_what_no_group_is_called_is_refused(
    groups: str, rule: str, message: str, tmp_path: Path
) -> None:
    marked, marks = unmark(text(groups, rule or "age = { at_least = 1 }"))
    rulebook, found = read_book(tmp_path, marked)
    assert rulebook is None
    assert message in told(found)[0]
    assert places(found) == marks


def test_a_group_must_list_units_or_hold_groups(tmp_path: Path) -> None:
    marked, marks = unmark(text(NESTED.replace('["102"]', '^"102"'), "age = { at_least = 1 }"))
    _, found = read_book(tmp_path, marked)
    assert told(found) == ["NVQ108 group B.B1 must be a list, this is text"]
    assert places(found) == marks


@pytest.mark.parametrize("groups", [FLAT, NESTED, TWINS, ONLY_TWINS])
def test_every_unit_stands_where_the_innermost_group_names_it(groups: str, tmp_path: Path) -> None:
    lines = text(groups, 'mandatory = ["101"]').splitlines()
    chosen = qualification(tmp_path, groups)
    assert chosen.places.keys() == chosen.offering.groups.keys()
    for number, node in chosen.places.items():
        _, line, column = node.location
        assert lines[line - 1][column - 1 :].startswith(f'"{number}"')


@pytest.mark.parametrize("groups", [FLAT, NESTED, TWINS, ONLY_TWINS])
def test_lint_tells_of_a_unit_there(groups: str, tmp_path: Path) -> None:
    """Unit 101 cannot be taken, so that the others must be."""
    rulebook, _ = read_book(tmp_path, text(groups, 'units = { of = ["101"], at_most = 0 }'))
    assert rulebook is not None
    found = [each for checked in lint(rulebook) for each in checked.all_findings]
    places = {each.subject: each.location for each in found if each.code in ("NVQ433", "NVQ434")}
    assert places == {
        f"award/{number}": node.location
        for number, node in rulebook.qualifications[0].places.items()
    }
