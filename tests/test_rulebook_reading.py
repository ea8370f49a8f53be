"""rules.toml and units.csv together: every fault is told where it stands, and none is passed over.

Each text holds one fault; a `^` stands where it is told.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from nvqplan.core.findings import Findings
from nvqplan.core.sources import Sources
from nvqplan.reading.rulebook import find_data, read_rulebook
from nvqplan.reading.toml_places import find_places
from nvqplan.rules.filters import Filter, Levels
from nvqplan.rules.learner import When
from nvqplan.rules.rule import Rule
from nvqplan.rules.sums import Sum
from tests.readers import (
    FULL_RULES,
    RULES,
    SOUND,
    UNITS,
    book,
    is_inside,
    places,
    read_book,
    told,
    unmark,
    write,
)

OTHER = '[[qualification.rule]]\nid = "other"'
"""Where the second rule of the small rulebook begins."""


def rule_of(folder: Path, text: str) -> Rule:
    """The one rule whose lines these are."""
    rulebook, found = read_book(folder, book(text))
    assert list(found) == []
    assert rulebook is not None
    return rulebook.qualifications[0].rules[1]


def check_told(folder: Path, text: str, code: str, message: str) -> None:
    """Read a marked rulebook: one finding of this code at the mark, and nothing else."""
    text, marks = unmark(text)
    rulebook, found = read_book(folder, text)
    assert rulebook is None
    assert [each.code for each in found] == [code]
    assert places(found) == marks
    assert message in told(found)[0]


# What is read


def test_full_rulebook_is_read(tmp_path: Path) -> None:
    rulebook, found = read_book(tmp_path, FULL_RULES)
    assert list(found) == []
    assert rulebook is not None
    (award,) = rulebook.qualifications
    assert (award.id, award.title, award.number) == ("award", "Award in Tests", "9999-01")
    assert (award.qan, award.level, award.credits) == ("600/0001/X", 2, 10)
    assert [rule.id for rule in award.rules] == [
        *("total", "other", "bars", "needs", "age", "hours", "status", "must"),
        *("half", "capped", "either", "if", "pair", "same"),
    ]
    assert [remark.id for remark in award.remarks] == ["remark"]
    assert [each.subject for each in rulebook.corrections] == ["102", "award"]
    assert rulebook.path == str(tmp_path / "rules.toml")


def test_groups_are_read_in_the_order_of_the_units(tmp_path: Path) -> None:
    turned = book().replace('["102", "201", "202"]', '["202", "102", "201"]')
    rulebook, _ = read_book(tmp_path, turned)
    assert rulebook is not None
    offering = rulebook.qualifications[0].offering
    assert dict(offering.groups) == {"101": "A", "102": "B", "201": "B", "202": "B"}
    assert list(offering.units) == list(offering.groups) == ["101", "102", "201", "202"]


def test_rule_knows_its_source_and_else_that_of_its_qualification(tmp_path: Path) -> None:
    rulebook, _ = read_book(tmp_path, FULL_RULES)
    assert rulebook is not None
    assert [rule.source for rule in rulebook.qualifications[0].rules[:2]] == [
        "Handbook",
        "Footnote",
    ]


def test_rule_knows_its_place(tmp_path: Path) -> None:
    text, (mark,) = unmark(book().replace(OTHER, f"^{OTHER}"))
    rulebook, _ = read_book(tmp_path, text)
    assert rulebook is not None
    _, line, column = rulebook.qualifications[0].rules[1].place.location
    assert (line, column) == mark


@pytest.mark.parametrize(
    ("bounds", "least", "most"),
    [
        ("at_least = 3", 3, None),
        ("at_most = 3", None, 3),
        ("at_least = 3, at_most = 4", 3, 4),
        ("at_least = 3, at_most = 3", 3, 3),
        ("exactly = 3", 3, 3),
        ("at_least = 0", 0, None),
    ],
)
def test_bounds_are_read(bounds: str, least: int | None, most: int | None, tmp_path: Path) -> None:
    kind = rule_of(tmp_path, f"credits = {{ {bounds} }}").printed
    assert isinstance(kind, Sum)
    assert (kind.as_sum.at_least, kind.as_sum.at_most) == (least, most)


@pytest.mark.parametrize(
    ("of", "meant"),
    [
        ('["102", "101"]', Filter(units=("102", "101"))),
        ("[102]", Filter(units=("102",))),
        ('{ units = ["102"] }', Filter(units=("102",))),
        ('{ group = "B" }', Filter(groups=("B",))),
        ('{ group = ["A", "B"] }', Filter(groups=("A", "B"))),
        ("{ level = 2 }", Filter(levels=Levels(2, 2))),
        ("{ level = { at_least = 2 } }", Filter(levels=Levels(2))),
        ("{ level = [2, 4] }", Filter(levels=Levels(some=(2, 4)))),
        ('{ except = ["101"] }', Filter(but=Filter(units=("101",)))),
        (
            '{ level = 1, except = { group = "B" } }',
            Filter(levels=Levels(1, 1), but=Filter(("B",))),
        ),
        (
            '{ any = [{ group = "B" }, ["101"]] }',
            Filter(ways=(Filter(groups=("B",)), Filter(units=("101",)))),
        ),
        (
            '{ topic = "sales", except = { any = [["101"], { level = 1 }] } }',
            Filter(
                topics=("sales",),
                but=Filter(ways=(Filter(units=("101",)), Filter(levels=Levels(1, 1)))),
            ),
        ),
        ("{ level = { at_most = 2 } }", Filter(levels=Levels(highest=2))),
        ("{ level = { at_least = 1, at_most = 2 } }", Filter(levels=Levels(1, 2))),
        ('{ topic = "sales", group = "B" }', Filter(groups=("B",), topics=("sales",))),
    ],
)
def test_filters_are_read(of: str, meant: Filter, tmp_path: Path) -> None:
    kind = rule_of(tmp_path, f"credits = {{ of = {of}, at_least = 1 }}").printed
    assert isinstance(kind, Sum)
    assert kind.as_sum.of == meant


@pytest.mark.parametrize(
    ("bounds", "window"),
    [
        ("before = 2017-07-01", When(last=date(2017, 6, 30))),
        ("until = 2017-07-01", When(last=date(2017, 7, 1))),
        ("on = 2017-07-01", When(date(2017, 7, 1), date(2017, 7, 1))),
        ("from = 2017-07-01", When(date(2017, 7, 1))),
        ("after = 2017-07-01", When(date(2017, 7, 2))),
        ("from = 2017-07-01, until = 2018-07-01", When(date(2017, 7, 1), date(2018, 7, 1))),
        ("until = 9999-12-31", When()),
    ],
)
def test_windows_of_registration_are_read(bounds: str, window: When, tmp_path: Path) -> None:
    assert (
        rule_of(
            tmp_path, f"when = {{ registered = {{ {bounds} }} }}\nage = {{ at_least = 1 }}"
        ).when
        == window
    )


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ('mandatory = ["101", 201]', "all of 101, 201"),
        ('barred = [["101", "102"], ["201", "202"]]', "at most one of 101, 102; 201, 202"),
        ('requires = { "202" = ["101", "102"], 201 = [101] }', "202 needs 101, 102; 201 needs 101"),
        ("age = { at_least = 16 }", "16 or older"),
        ('mandatory = ["101", ["102", 201]]', "all of 101, one of 102, 201"),
        ('requires = { "202" = ["101", ["102", "201"]] }', "202 needs 101, one of 102, 201"),
        ('together = [["101", "102"], ["201", "202"]]', "all or none of 101, 102; 201, 202"),
        ('equivalent = [["101", "102"]]', "one unit: 101, 102"),
        (
            'implies = [{ if = ["101", "102"], then = ["201", "202"] }]',
            "if 101 and 102, then 201, 202",
        ),
        (
            'implies = [{ if = [["101", "102"]], then = ["201", "202"], at_least = 1 }]',
            "if one of 101, 102, then at least 1 of 201, 202",
        ),
        (
            'share = { of = { level = 2 }, in = { group = "B" }, at_least = 50 }',
            "at least 50 % of the credits of Group B: level 2",
        ),
        (
            'share = { of = ["101"], measure = "units", at_least = "1/3", at_most = "2/3" }',
            "at least 1/3 and at most 2/3 of the units of all units: 101",
        ),
        (
            'credits = { at_least = 9, counting = [{ of = { group = "B" }, at_most = 7 }] }',
            "at least 9 credits of all units, counting at most 7 of Group B",
        ),
        (
            'credits = { of = { level = [1, 2], except = ["101"] }, at_least = 9 }',
            "at least 9 credits of level 1 or 2, but not 101",
        ),
        (
            'glh = { of = { level = 1, any = [["101", "102"], { group = "B" }] }, exactly = 9 }',
            "exactly 9 glh of level 1, either (101, 102) or Group B",
        ),
        ('units = { of = ["101"], absent = ["116"], at_most = 1 }', "at most 1 units of 101"),
        ("glh = { exactly = 7 }", "exactly 7 glh of all units"),
    ],
)
def test_every_kind_of_rule_is_read(text: str, figures: str, tmp_path: Path) -> None:
    assert rule_of(tmp_path, text).printed.figures() == figures


def test_intended_reading_may_be_of_another_kind(tmp_path: Path) -> None:
    rule = rule_of(
        tmp_path,
        'mandatory = ["101"]\nintended = { says = "s", why = "w", age = { at_least = 9 } }',
    )
    assert rule.intended is not None
    assert (rule.intended.says, rule.intended.why) == ("s", "w")
    assert rule.intended.kind.figures() == "9 or older"


def test_our_own_rulebook_has_no_fault() -> None:
    found = Findings()
    rulebook = read_rulebook(find_data(), Sources(), found)
    assert list(found) == []
    assert rulebook is not None
    ids = [each.id for each in rulebook.qualifications]
    assert ids == ["l1-award", "l1-certificate", "l2-certificate", "l3-diploma", "l4-diploma"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_rulebook_may_come_from_windows(mark: bytes, tmp_path: Path) -> None:
    rulebook, found = read_book(tmp_path, mark + FULL_RULES.encode().replace(b"\n", b"\r\n"))
    assert list(found) == []
    assert rulebook is not None


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_places_are_the_same_from_windows(mark: bytes, tmp_path: Path) -> None:
    text, marks = unmark(book("^credit = { at_least = 1 }"))
    _, found = read_book(tmp_path, mark + text.encode().replace(b"\n", b"\r\n"))
    assert places(found) == marks


# One fault in a rule

FAULTY_RULES = [
    # what the rule is
    (
        "^credit = { at_least = 1 }",
        "unknown rule kind or measure 'credit'; did you mean 'credits'?",
    ),
    ('^mandatry = ["101"]', "unknown rule kind or measure 'mandatry'; did you mean 'mandatory'?"),
    ("^points = { at_least = 1 }", "unknown rule kind or measure 'points'; "),
    (
        "^zzz = 1",
        "unknown rule kind or measure 'zzz'; known: credits, units, glh, mandatory, barred, ",
    ),
    ('mandatory = ["101"]\n^not = 1', "unknown rule kind or measure 'not'"),
    ('mandatory = ["101"]\n^soruce = "p"', "'soruce'; did you mean 'source'?"),
    # units
    ('mandatory = ["101", ^"999"]', "unit '999' in mandatory is in no group"),
    ('mandatory = [^"2o1"]', "unit '2o1' in mandatory is in no group; did you mean '201'?"),
    ('mandatory = [^"301"]', "unit '301' in mandatory is in no group"),
    ("mandatory = [^999]", "unit '999' in mandatory is in no group"),
    ('barred = [["101", ^"999"]]', "unit '999' in a barred set is in no group"),
    ('barred = [^["101"]]', "a barred set names at least two units"),
    ('barred = [["101", "102"], ^[]]', "a barred set names no unit"),
    ('mandatory = ["101", ["102", ^"999"]]', "unit '999' in mandatory is in no group"),
    ('mandatory = ["101", ^["102"]]', "'one of' in mandatory names at least two units"),
    ('mandatory = ["101", ["102", ^"101"]]', "unit '101' stands twice in mandatory"),
    ('requires = { "202" = ["101", ^[]] }', "'one of' in what 202 requires names at least two"),
    ('together = [^["101"]]', "a set of units that go together names at least two units"),
    ('equivalent = [["101", "102"], ^["201"]]', "a set of equivalent units names at least two"),
    ('equivalent = ^[["101", "102"], ["102", "201"]]', "'102' is in another equivalent set alr"),
    (
        'equivalent = [["101", "102"]]\n^when = { registered = { on = 2017-07-01 } }',
        "no 'when' here",
    ),
    (
        'equivalent = [["101", "102"]]\n^intended = { says = "s", why = "w", mandatory = ["101"] }',
        "no 'intended' here",
    ),
    (
        'mandatory = ["101"]\nintended = { says = "s", why = "w", ^equivalent = [["101", "102"]] }',
        "unknown rule kind or measure 'equivalent'",
    ),
    # shares, implications and counting caps
    ("share = ^{ at_least = 50 }", "share needs 'of'"),
    ('share = ^{ of = ["101"] }', "share needs at_least, at_most or both, in per cent"),
    ('share = { of = ["101"], ^exactly = 50 }', "unknown key 'exactly' in share"),
    ('share = { of = ["101"], at_least = ^101 }', "at_least must not be over 100 per cent"),
    ('share = { of = ["101"], at_least = ^"3/2" }', "at_least is more than the whole: 3/2"),
    ('share = ^{ of = ["101"], at_least = "2/3", at_most = 66 }', "2/3 is more than at_most 66 %"),
    ('share = { of = ["101"], measure = ^"credit", at_least = 5 }', "did you mean 'credits'?"),
    ('share = { of = ["101"], in = { ^grup = "B" }, at_least = 5 }', "unknown key 'grup' in in"),
    ('implies = [^{ if = ["101"] }]', "an implication needs 'then'"),
    ('implies = [{ if = ["101"], ^them = 1, then = ["102"] }]', "did you mean 'then'?"),
    ('implies = [{ if = ["101"], then = ^["102", "101"] }]', "unit '101' stands on both sides"),
    (
        'implies = [{ if = ["101"], then = ["102"], at_least = ^2 }]',
        "at_least 2 is more than the 1",
    ),
    ('implies = [{ if = ["101"], then = ["102"], at_least = ^0 }]', "at_least must be 1 or more"),
    ("implies = ^[]", "implies names no unit"),
    (
        'credits = { at_most = 9, counting = ^[{ of = ["101"], at_most = 1 }] }',
        "counting goes with at_least alone; what counts at most is the least of",
    ),
    ('credits = { exactly = 9, counting = ^[{ of = ["101"], at_most = 1 }] }', "at_least alone"),
    ("credits = { at_least = 9, counting = ^[] }", "counting names no cap"),
    (
        'credits = { at_least = 9, counting = [^{ of = ["101"] }] }',
        "a counting cap needs 'at_most'",
    ),
    ("credits = { at_least = 9, counting = [^{ at_most = 1 }] }", "a counting cap needs 'of'"),
    (
        """credits = { at_least = 9, counting = [
            { of = { level = 1 }, at_most = 1 }, ^{ of = ["101"], at_most = 1 }] }""",
        "unit '101' falls under two caps of one sum",
    ),
    (
        'credits = { of = [^"999"], at_least = 9, counting = [{ of = ["102"], at_most = 1 }] }',
        "unit '999' in of is in no group",
    ),
    (
        'credits = { of = ["101"], at_least = 9, counting = [^{ of = ["102"], at_most = 1 }] }',
        "this cap is of no unit that the sum counts",
    ),
    (
        "credits = { of = { except = ^{} }, at_least = 9 }",
        "except without a condition would leave out every unit",
    ),
    ('credits = { of = { except = { ^except = ["101"] } }, at_least = 9 }', "unknown key 'except'"),
    ("credits = { of = { any = ^[] }, at_least = 9 }", "any needs at least two filters"),
    (
        "credits = { of = { any = ^[{ level = 1 }] }, at_least = 9 }",
        "any needs at least two filters",
    ),
    (
        "credits = { of = { any = [{ level = 1 }, ^{}] }, at_least = 9 }",
        "any without a condition would let through every unit",
    ),
    (
        'credits = { of = { any = [["101"], { ^any = [["101"], ["102"]] }] }, at_least = 9 }',
        "unknown key 'any' in any",
    ),
    (
        'credits = { of = { any = [["101"], [^"999"]] }, at_least = 9 }',
        "unit '999' in any is in no",
    ),
    ("credits = { of = { level = ^[] }, at_least = 9 }", "level names no level"),
    ("credits = { of = { level = [2, ^2] }, at_least = 9 }", "level 2 stands twice"),
    ("credits = { of = { level = { ^in = [2] } }, at_least = 9 }", "unknown key 'in' in level"),
    ('requires = { ^"999" = ["101"] }', "unit '999' in requires is in no group"),
    ('requires = { "101" = ["102", ^"999"] }', "unit '999' in what 101 requires is in no group"),
    ('units = { of = [^"999"], at_most = 1 }', "unit '999' in of is in no group"),
    ('units = { of = { units = [^"999"] }, at_most = 1 }', "unit '999' in units is in no group"),
    ('units = { of = ["101"], absent = [^"102"], at_most = 1 }', "unit '102' is said to be absent"),
    # filters
    (
        'credits = { ^off = ["101"], at_least = 1 }',
        "unknown key 'off' in credits; did you mean 'of'?",
    ),
    ('credits = { of = { ^grup = "B" }, at_least = 1 }', "'grup' in of; did you mean 'group'?"),
    ('credits = { of = { ^sort = "open" }, at_least = 1 }', "unknown key 'sort' in of"),
    ('credits = { of = { group = ^"D" }, at_least = 1 }', "unknown group 'D'; known: A, B"),
    (
        'credits = { of = { group = ["A", ^"b"] }, at_least = 1 }',
        "unknown group 'b'; did you mean 'B'?",
    ),
    ('credits = { of = { topic = ^"sale" }, at_least = 1 }', "topic 'sale'; did you mean 'sales'?"),
    ('credits = { of = { topic = ["sales", ^"x"] }, at_least = 1 }', "unknown topic 'x'; known: "),
    (
        "credits = { of = { level = ^{} }, at_least = 1 }",
        "a level needs a number, at_least or at_most",
    ),
    ("credits = { of = { level = { ^at_lest = 1 } }, at_least = 1 }", "did you mean 'at_least'?"),
    (
        "credits = { of = { level = { ^exactly = 1 } }, at_least = 1 }",
        "unknown key 'exactly' in level",
    ),
    # bounds
    ("credits = ^{}", "credits needs at_least, at_most or both, or exactly alone"),
    (
        'credits = ^{ of = { group = "B" } }',
        "credits needs at_least, at_most or both, or exactly alone",
    ),
    ("credits = ^{ at_least = 1, exactly = 1 }", "or exactly alone"),
    ("credits = ^{ at_most = 1, exactly = 1 }", "or exactly alone"),
    ("credits = ^{ at_least = 3, at_most = 2 }", "at_least 3 is more than at_most 2"),
    ("age = ^{}", "an age needs at_least"),
    # when
    (
        'mandatory = ["101"]\nwhen = { ^registerd = { on = 2017-07-01 } }',
        "did you mean 'registered'?",
    ),
    (
        'mandatory = ["101"]\nwhen = { registered = { ^befor = 2017-07-01 } }',
        "did you mean 'before'?",
    ),
    ('mandatory = ["101"]\nwhen = { registered = { on = 2017-07-01, ^x = 1 } }', "unknown key 'x'"),
    (
        'mandatory = ["101"]\nwhen = ^{ registered = { before = 2017-01-01, after = 2018-01-01 } }',
        "no registration date fits this 'when'",
    ),
    (
        'mandatory = ["101"]\nwhen = ^{ registered = { before = 2017-01-01, from = 2017-01-01 } }',
        "no registration date fits this 'when'",
    ),
    # intended
    ('mandatory = ["101"]\nintended = ^{ why = "w", age = { at_least = 1 } }', "needs 'says'"),
    ('mandatory = ["101"]\nintended = ^{ says = "s", age = { at_least = 1 } }', "needs 'why'"),
    (
        'mandatory = ["101"]\nintended = ^{ says = "s", why = "w" }',
        "a rule needs one of credits, units",
    ),
    ('mandatory = ["101"]\nintended = { says = "s", why = "w", ^aeg = 1 }', "did you mean 'age'?"),
    (
        'mandatory = ["101"]\nintended = { ^id = 1, says = "s", why = "w", mandatory = ["101"] }',
        "'id'",
    ),
    ('mandatory = ["101"]\nintended = { says = "s", why = "w", mandatory = [^"9"] }', "unit '9'"),
]


@pytest.mark.parametrize(("rule", "message"), FAULTY_RULES)
def test_fault_in_a_rule_is_told_where_it_stands(rule: str, message: str, tmp_path: Path) -> None:
    check_told(tmp_path, book(rule), "NVQ401", message)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("", "a rule needs one of credits, units, glh, mandatory, barred, requires, age"),
        ('mandatory = ["101"]\nage = { at_least = 1 }', "a rule says one thing, this says 2"),
    ],
)
def test_rule_of_no_kind_or_of_two_is_told(rule: str, message: str, tmp_path: Path) -> None:
    text = book(rule).replace(OTHER, f"^{OTHER}")
    check_told(tmp_path, text, "NVQ401", message)


@pytest.mark.parametrize("key", ["id", "says"])
def test_rule_without_id_or_sentence_is_told(key: str, tmp_path: Path) -> None:
    head, tail = book().split(OTHER)
    lines = [line for line in (OTHER + tail).splitlines() if not line.startswith(f"{key} ")]
    check_told(tmp_path, head + "^" + "\n".join(lines), "NVQ401", f"a rule needs '{key}'")


FAULTY_KINDS = [
    ('mandatory = ["101"]\nsource = ^7', "source must be text, this is a whole number"),
    ('mandatory = ^"101"', "mandatory must be a list, this is text"),
    ('mandatory = [["101", ^["102"]]]', "mandatory must be one name or number, this is a list"),
    ('together = [["101", ^["102"]]]', "must be one name or number, this is a list"),
    ('mandatory = [^{ unit = "101" }]', "mandatory must be one name or number, this is a mapping"),
    ('barred = ^"101"', "barred must be a list, this is text"),
    ('barred = [^"101"]', "a barred set must be a list, this is text"),
    ("requires = ^7", "requires must be a mapping, this is a whole number"),
    ('requires = { "101" = ^"102" }', "what 101 requires must be a list, this is text"),
    ('credits = { of = ^"B", at_least = 1 }', "this is text"),
    ("credits = { of = { group = ^{} }, at_least = 1 }", "group must be one name or number"),
    (
        'credits = { of = { level = ^"3" }, at_least = 1 }',
        "level must be a whole number, this is text",
    ),
    ("credits = { of = { level = ^3.0 }, at_least = 1 }", "this is a number with a fraction"),
    ("credits = { of = { level = ^true }, at_least = 1 }", "this is true or false"),
    ('credits = { of = { level = ^"3+" }, at_least = 1 }', "{ at_least = 3 } is level 3 or above"),
    ("credits = { of = { level = ^3.0 }, at_least = 1 }", "level = 3 is level 3 alone"),
    ("credits = { of = { level = [^3.0] }, at_least = 1 }", "each level must be a whole number"),
    ("credits = { at_least = 1, counting = ^7 }", "counting must be a list"),
    ("credits = { at_least = 1, counting = [^7] }", "a counting cap must be a mapping"),
    ('credits = { of = { except = ^"101" }, at_least = 1 }', "except must be a list of units or"),
    ('share = { of = ["101"], at_least = ^"half" }', 'or a fraction such as "2/3", this is text'),
    ('share = { of = ["101"], at_least = ^"1/0" }', 'or a fraction such as "2/3", this is text'),
    ('share = { of = ["101"], at_least = ^0.5 }', "at_least must be a whole number"),
    ('share = { of = ["101"], in = ^"B", at_least = 5 }', "in must be a list of units or"),
    ('implies = ^{ if = ["101"], then = ["102"] }', "implies must be a list"),
    ('implies = [^["101"]]', "an implication must be a mapping"),
    ('implies = [{ if = ^"101", then = ["102"] }]', "'if' must be a list"),
    ("equivalent = [^7]", "a set of equivalent units must be a list"),
    ("credits = { of = { level = { at_least = ^true } }, at_least = 1 }", "this is true or false"),
    ('credits = { at_least = ^"12" }', "at_least must be a whole number, this is text"),
    ("credits = { at_least = ^-1 }", "at_least must not be negative"),
    (
        "credits = { at_most = ^1.0 }",
        "at_most must be a whole number, this is a number with a fraction",
    ),
    ("credits = { exactly = ^2017-01-01 }", "exactly must be a whole number, this is a date"),
    ("credits = { exactly = ^07:30:00 }", "exactly must be a whole number, this is a time"),
    ('credits = { of = ["101"], absent = ^3, at_most = 1 }', "absent must be a list"),
    ("age = { at_least = ^'x' }", "at_least must be a whole number, this is text"),
    ('mandatory = ["101"]\nwhen = ^7', "when must be a mapping, this is a whole number"),
    (
        'mandatory = ["101"]\nwhen = { registered = { on = ^"2017-01-01" } }',
        "on must be a date such as",
    ),
    (
        'mandatory = ["101"]\nwhen = { registered = { on = ^2017-01-01T10:00:00 } }',
        "this is a date with a time",
    ),
    (
        'mandatory = ["101"]\nwhen = { registered = { on = ^07:30:00 } }',
        "on must be a date such as",
    ),
]


@pytest.mark.parametrize(("rule", "message"), FAULTY_KINDS)
def test_value_of_the_wrong_kind_is_told_where_it_stands(
    rule: str, message: str, tmp_path: Path
) -> None:
    check_told(tmp_path, book(rule), "NVQ108", message)


FOLLOWED = [
    ("credits = ^12", "NVQ108 credits must be a mapping, this is a whole number"),
    (
        "credits = { ^at_lest = 12 }",
        "NVQ401 unknown key 'at_lest' in credits; did you mean 'at_least'?",
    ),
    ("age = ^16", "NVQ108 age must be a mapping, this is a whole number"),
    ("age = { ^at_lest = 16 }", "NVQ401 unknown key 'at_lest' in age; did you mean 'at_least'?"),
    ('mandatory = ["101"]\nintended = ^7', "NVQ108 intended must be a mapping"),
    ('mandatory = ["101"]\nwhen = { registered = ^7 }', "NVQ108 registered must be a mapping"),
]


@pytest.mark.parametrize(("rule", "message"), FOLLOWED)
def test_fault_that_others_follow_from_is_told_in_its_line(
    rule: str, message: str, tmp_path: Path
) -> None:
    text, marks = unmark(book(rule))
    rulebook, found = read_book(tmp_path, text)
    assert rulebook is None
    assert message in "\n".join(told(found))
    assert marks[0] in places(found)
    assert {line for line, _ in places(found)} == {marks[0][0]}


# What would weigh nothing, or the wrong thing, if it were passed over

SILENT = [
    'mandatory = ["101"]\nwhen = {}',
    'mandatory = ["101"]\nwhen = { registered = {} }',
    "credits = { of = { level = { at_least = 3, at_most = 2 } }, at_least = 1 }",
    'units = { of = ["101", "102", "102"], at_most = 1 }',
    'mandatory = ["101", "101"]',
    'barred = [["101", "102", "102"]]',
]


@pytest.mark.parametrize("rule", SILENT)
def test_contradiction_or_repetition_is_never_passed_over(rule: str, tmp_path: Path) -> None:
    text = book(rule)
    rulebook, found = read_book(tmp_path, text)
    assert rulebook is None
    assert {each.location.line for each in found} == {text.count("\n")}


@pytest.mark.parametrize("bound", ["after = 9999-12-31", "before = 0001-01-01"])
def test_window_beyond_the_calendar_is_told(bound: str, tmp_path: Path) -> None:
    text = book(f"when = {{ registered = {{ {bound} }} }}\nage = {{ at_least = 1 }}")
    rulebook, found = read_book(tmp_path, text)
    assert rulebook is None
    assert [each.code for each in found] == ["NVQ401"]


# One fault elsewhere

CORRECTION = """
^[[correction]]
unit = "102"
field = "nos"
printed = "CC2"
intended = "CC3"
why = "Evidence"
"""

FAULTS_ELSEWHERE = [
    (book() + "[[^qualifcation]]\n", "'qualifcation' in a rulebook; did you mean 'qualification'?"),
    ("^version = 1\n" + book(), "'version' in a rulebook; known here: qualification, correction"),
    (book().replace("title =", '^titel = "x"\ntitle ='), "did you mean 'title'?"),
    (
        book().replace('["101"]\n', '["101", ^"999"]\n', 1),
        "'999' of group A is not in the catalogue",
    ),
    (book().replace('["101"]\n', '["101", ^"30l"]\n', 1), "did you mean '301'?"),
    (book().replace('"201", "202"]', '"201", ^"101", "202"]'), "'101' is already in group A"),
    (book().replace('"201", "202"]', '"201", ^"201", "202"]'), "'201' is already in group B"),
    (book() + "\n^" + OTHER + '\nsays = "s"\n' + SOUND + "\n", "the rule 'other' stands twice"),
    (book() + "^" + book(), "the qualification 'award' stands twice"),
    (CORRECTION.replace('unit = "102"\n', "") + book(), "a correction is of one unit or of one"),
    (
        CORRECTION.replace("field", 'qualification = "award"\nfield') + book(),
        "of one unit or of one",
    ),
    (
        CORRECTION.replace("^", "") + "^wy = 1\n" + book(),
        "'wy' in a correction; did you mean 'why'?",
    ),
    (CORRECTION.replace('why = "Evidence"', "") + book(), "a correction needs 'why'"),
    (CORRECTION.replace("^", "").replace('"102"', '^"999"') + book(), "999"),
    (
        CORRECTION.replace("^", "").replace('unit = "102"', 'qualification = ^"awrd"') + book(),
        "did you mean 'award'?",
    ),
    (
        FULL_RULES.replace("glh = {", "^gl = {"),
        "unknown rule kind or measure 'gl'; did you mean 'glh'?",
    ),
    (FULL_RULES.replace('says = "Remark"', 'says = "Remark"\n^source = "p"'), "'source'"),
    (FULL_RULES.replace("on = 2017", "^onn = 2017"), "did you mean 'on'?"),
]


@pytest.mark.parametrize(("text", "message"), FAULTS_ELSEWHERE)
def test_fault_elsewhere_is_told_where_it_stands(text: str, message: str, tmp_path: Path) -> None:
    check_told(tmp_path, text, "NVQ401", message)


@pytest.mark.parametrize("key", ["id", "title", "number", "qan", "level", "credits", "source"])
def test_qualification_without_one_of_its_keys_is_told(key: str, tmp_path: Path) -> None:
    text = re.sub(rf"(?m)^{key} = .*\n", "", book(), count=1)
    check_told(tmp_path, "^" + text, "NVQ401", f"a qualification needs '{key}'")


def test_qualification_without_groups_is_told(tmp_path: Path) -> None:
    text = re.sub(r"(?m)^groups.*\n", "", book("age = { at_least = 1 }"))
    check_told(tmp_path, "^" + text, "NVQ401", "a qualification needs groups")


def test_qualification_without_a_rule_is_told(tmp_path: Path) -> None:
    check_told(tmp_path, "^" + RULES.split("\n[[")[0], "NVQ401", "'award' has no rule")


@pytest.mark.parametrize("text", ["# nothing\n", CORRECTION])
def test_rulebook_without_a_qualification_is_told(text: str, tmp_path: Path) -> None:
    check_told(
        tmp_path, "^" + text.replace("^", ""), "NVQ401", "needs at least one [[qualification]]"
    )


def test_qualification_in_single_brackets_is_told(tmp_path: Path) -> None:
    text = (
        book()
        .replace("[[qualification]]", "[qualification]")
        .replace("[[qualification.rule]]", "#")
    )
    text = re.sub(r"(?s)\n#.*", "", text)
    rulebook, found = read_book(tmp_path, text)
    assert rulebook is None
    assert "write it as [[qualification]]" in told(found)[0]
    assert {line for line, _ in places(found)} == {1}


def test_duplicated_remark_is_told(tmp_path: Path) -> None:
    remark = FULL_RULES[
        FULL_RULES.index("[[qualification.remark]]") : FULL_RULES.index("[[correction]]")
    ]
    check_told(
        tmp_path, FULL_RULES.replace(remark, remark + "^" + remark), "NVQ401", "stands twice"
    )


# Every value of the wrong kind

WRONG = {
    "text": '"x"',
    "number": "7",
    "fraction": "1.5",
    "truth": "true",
    "date": "2017-07-01",
    "moment": "2017-07-01T10:00:00",
    "time": "07:30:00",
    "list": "[[]]",
    "table": "{ x = 1 }",
}

PAIR = re.compile(r"(?m)^(?P<key>[\w.]+) = (?P<value>.*)$")


def wrong_values() -> Iterator[tuple[str, int]]:
    """The full rulebook with one value of another kind, and the line of that value."""
    for pair in PAIR.finditer(FULL_RULES):
        kind = {'"': "text", "[": "list", "{": "table"}.get(pair["value"][0], "number")
        for name, wrong in WRONG.items():
            if name != kind and not (pair["key"] == "unit" and name not in {"list", "table"}):
                text = FULL_RULES[: pair.start("value")] + wrong + FULL_RULES[pair.end("value") :]
                yield text, FULL_RULES.count("\n", 0, pair.start()) + 1


def test_every_value_of_the_wrong_kind_is_told_in_its_line(tmp_path: Path) -> None:
    changed = list(wrong_values())
    assert len(changed) > 300
    for text, line in changed:
        rulebook, found = read_book(tmp_path, text)
        assert rulebook is None
        assert line in {each.location.line for each in found}, text.splitlines()[line - 1]
        assert all(is_inside(each, text) for each in found)


# Nothing in our own rulebook can be misspelt unnoticed

OWN = (Path(find_data()) / "rules.toml").read_text(encoding="utf-8")
OWN_UNITS = (Path(find_data()) / "units.csv").read_text(encoding="utf-8")
LINE_STARTS = [0, *(found.end() for found in re.finditer(r"\n", OWN))]


def line_and_column(offset: int) -> tuple[int, int]:
    line = OWN.count("\n", 0, offset) + 1
    return line, offset - LINE_STARTS[line - 1] + 1


SECTIONS = [
    found.start()
    for found in re.finditer(r"^\[\[(?:qualification|correction)\]\]", OWN, re.MULTILINE)
]


def part_around(start: int) -> tuple[int, int]:
    """Where the qualification, or the list of all corrections, begins and ends that holds this."""
    corrections = OWN.index("[[correction]]")
    if start < SECTIONS[0] or start >= corrections:
        return 0, len(OWN)
    begin = max(place for place in SECTIONS if place <= start)
    return begin, min(place for place in SECTIONS if place > start)


def without_others(begin: int, end: int) -> tuple[str, str]:
    """Our own rulebook before and behind a part, its other qualifications and slips left blank."""
    head, before, behind = OWN[: SECTIONS[0]], OWN[SECTIONS[0] : begin], OWN[end:]
    return head[:begin] + "\n" * before.count("\n"), "\n" * behind.count("\n")


def read_changed(folder: Path, start: int, end: int, change: str) -> set[tuple[int, int]]:
    """Read the part of our own rulebook where a name is changed; where something is told."""
    begin, stop = part_around(start)
    before, behind = without_others(begin, stop)
    write(folder / "rules.toml", before + OWN[begin:start] + change + OWN[end:stop] + behind)
    found = Findings()
    assert read_rulebook(str(folder), Sources(), found) is None
    return set(places(found))


def keys_of_pairs() -> Iterator[re.Match[str]]:
    """Every key that stands before a `=`; those of groups are names that their author chooses."""
    for path, place in find_places(OWN).items():
        key = re.compile(r"\w+(?= = )").match(OWN, place.key)
        if key and path[-2:-1] != ("groups",):
            yield key


def test_each_part_of_our_own_rulebook_is_sound_by_itself(tmp_path: Path) -> None:
    write(tmp_path / "units.csv", OWN_UNITS)
    for begin, stop in {part_around(place) for place in SECTIONS}:
        before, behind = without_others(begin, stop)
        write(tmp_path / "rules.toml", before + OWN[begin:stop] + behind)
        found = Findings()
        assert read_rulebook(str(tmp_path), Sources(), found) is not None
        assert list(found) == []


def test_no_key_of_our_own_rulebook_can_be_misspelt_unnoticed(tmp_path: Path) -> None:
    write(tmp_path / "units.csv", OWN_UNITS)
    keys = list(keys_of_pairs())
    assert len(keys) > 250
    for key in keys:
        assert line_and_column(key.start()) in read_changed(tmp_path, key.end(), key.end(), "x"), (
            key
        )


def test_no_unit_of_our_own_rulebook_can_be_mistyped_unnoticed(tmp_path: Path) -> None:
    write(tmp_path / "units.csv", OWN_UNITS)
    units = [each for each in re.finditer(r'"(\d{3})"', OWN) if each[1] != "116"]
    assert len(units) > 200
    for unit in units:
        told_at = read_changed(tmp_path, unit.start(1) + 1, unit.end(1), "xx")
        assert line_and_column(unit.start()) in told_at, unit


@pytest.mark.parametrize("name", [r'group = "(.)"', r'group = \["(.)"'])
def test_no_group_of_our_own_rulebook_can_be_mistyped_unnoticed(name: str, tmp_path: Path) -> None:
    write(tmp_path / "units.csv", OWN_UNITS)
    groups = list(re.finditer(name, OWN))
    assert len(groups) > 0
    for group in groups:
        told_at = read_changed(tmp_path, group.start(1), group.end(1), "D")
        assert told_at == {line_and_column(group.start(1) - 1)}


# Several faults, and several files


def test_faults_all_over_are_all_told(tmp_path: Path) -> None:
    text, marks = unmark(
        book('^mandatry = ["101"]')
        .replace("level = 2", 'level = ^"2"')
        .replace('"102", "201"', '"102", ^"999", "201"')
        .replace("credits = { at_least", "credits = { ^atleast = 1, at_least")
        + CORRECTION
    )
    rulebook, found = read_book(tmp_path, text.replace('why = "Evidence"\n', ""))
    assert rulebook is None
    assert places(found) == marks


def test_faults_of_both_files_are_told(tmp_path: Path) -> None:
    units = UNITS.replace("Sell more,2,4", "Sell more,2,four")
    _, found = read_book(tmp_path, book("credit = { at_least = 1 }"), units)
    assert sorted((each.code, Path(each.location.path).name) for each in found) == [
        ("NVQ401", "rules.toml"),
        ("NVQ402", "units.csv"),
    ]


@pytest.mark.parametrize("units", [b"caf\xe9", b"", b'unit,uan\n"', b"x" * 2_000_001])
def test_unusable_catalogue_hides_no_syntax_error_in_the_rules(
    units: bytes, tmp_path: Path
) -> None:
    _, found = read_book(tmp_path, "id = [", units)
    assert {Path(each.location.path).name for each in found} == {"rules.toml", "units.csv"}


def test_missing_files_are_both_told(tmp_path: Path) -> None:
    found = Findings()
    assert read_rulebook(str(tmp_path / "nowhere"), Sources(), found) is None
    assert [(each.code, Path(each.location.path).name) for each in found] == [
        ("NVQ101", "units.csv"),
        ("NVQ101", "rules.toml"),
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff"])
def test_empty_rules_are_told(text: str, tmp_path: Path) -> None:
    rulebook, found = read_book(tmp_path, text)
    assert rulebook is None
    assert told(found) == ["NVQ105 the file is empty"]


def test_syntax_error_is_told_where_it_stands(tmp_path: Path) -> None:
    check_told(tmp_path, book("credits = { at_least ^12 }"), "NVQ104", "not valid TOML: ")


def test_row_that_cannot_be_used_is_told_beside_the_rules_that_name_its_unit(
    tmp_path: Path,
) -> None:
    rulebook, found = read_book(tmp_path, units=UNITS.replace("102,A/102,", "102,"))
    assert rulebook is None
    assert "NVQ402 10 cells in a table of 11 columns" in told(found)


def test_total_that_no_rule_asks_for_is_told(tmp_path: Path) -> None:
    text = book().replace("credits = 10", "credits = ^12", 1)
    check_told(tmp_path, text, "NVQ401", "no rule of 'award' asks for its 12 credits in all")


def test_qualification_may_have_no_total(tmp_path: Path) -> None:
    rulebook, found = read_book(tmp_path, book().replace("credits = 10", "credits = 0", 1))
    assert list(found) == []
    assert rulebook is not None


@pytest.mark.parametrize("text", ['"one\\u001b[31m"', '"one\\ntwo"', '"""one\ntwo"""'])
def test_text_that_would_disturb_the_terminal_is_told(text: str, tmp_path: Path) -> None:
    rule = f'says = ^{text}\nmandatory = ["101"]'
    told_at = book("RULE").replace('says = "Another rule"\nRULE', rule)
    check_told(tmp_path, told_at, "NVQ108", "one line without control characters")


def test_declared_sums_are_read(tmp_path: Path) -> None:
    rulebook, found = read_book(tmp_path, book().replace("groups.A", "sums.B = 12\ngroups.A"))
    assert list(found) == []
    assert rulebook is not None
    assert rulebook.qualifications[0].sums == {"B": {"credits": 12}}


def test_declared_sums_may_be_of_any_measure(tmp_path: Path) -> None:
    sums = "sums.B = { units = 2, glh = 60 }\ngroups.A"
    rulebook, found = read_book(tmp_path, book().replace("groups.A", sums))
    assert list(found) == []
    assert rulebook is not None
    assert rulebook.qualifications[0].sums == {"B": {"units": 2, "glh": 60}}


@pytest.mark.parametrize(
    ("sums", "code", "message"),
    [
        ("sums.^C = 12", "NVQ401", "unknown group 'C' in sums"),
        ("sums = ^12", "NVQ108", "sums must be a mapping"),
        ('sums.B = ^"12"', "NVQ108", "the sum of group B must be a whole number"),
        ("sums.B = ^-1", "NVQ108", "the sum of group B must not be negative"),
        ("sums.B = ^{}", "NVQ401", "the sum of group B names no measure"),
        ("sums.B = { ^unit = 2 }", "NVQ401", "unknown key 'unit' in the sum of group B"),
        ('sums.B = { units = ^"2" }', "NVQ108", "the sum of group B must be a whole number"),
    ],
)
def test_fault_in_declared_sums_is_told(sums: str, code: str, message: str, tmp_path: Path) -> None:
    check_told(tmp_path, book().replace("groups.A", f"{sums}\ngroups.A"), code, message)
