"""Rules of combination: what each kind says of a mix, for people and for the solvers alike."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nvqplan.rules.learner import Learner
from nvqplan.rules.outcome import Outcome
from nvqplan.rules.qualification import PRINTED
from nvqplan.rules.terms import Terms
from tests.oracle import DAY, Mix, subsets
from tests.puzzles import HUGE
from tests.readers import all_kinds
from tests.rulebooks import Asked, Book, asked, books
from tests.tapes import cases

UNITS = """\
unit,uan,title,level,credits,glh,topics,nos,outcomes,criteria,source,points
101,,Health and safety,1,2,9,safety,,,,,1
102,,Systems,1,3,12,it,,,,,0
204,,Direct sales,2,5,15,sales,,,,,4
205,,Selling by email,2,4,12,sales it,,,,,3
305,,Lead sales,3,4,8,sales management,,,,,2
404,,Manage service,4,6,10,management,,,,,7
999,,Of no group,3,9,9,sales,,,,,9
"""

HEAD = """\
[[qualification]]
id = "q"
title = "A qualification"
number = "1"
qan = ""
level = 2
credits = 0
source = "a handbook"
groups.A = ["101"]
groups.B = ["204", "205"]
groups.C = ["102", "305", "404"]
"""

ALL = frozenset({"101", "102", "204", "205", "305", "404"})
LONG_AGO, NEWEST = date(1999, 1, 1), date(2099, 1, 1)


def book(*rules: str) -> Book:
    named = (f'[[qualification.rule]]\nid = "r{i}"\nsays = "S"\n{r}' for i, r in enumerate(rules))
    return Book(UNITS, "\n".join([HEAD, *named]) + "\n")


def mix(units: str) -> Mix:
    return frozenset(units.split())


def outcome(rule: str, units: str, age: int | None = None) -> Outcome:
    """What the first comparison of a rule says of a mix."""
    learner = Learner((NEWEST,), age)
    return book(rule).read().judge(mix(units), learner, PRINTED).rules[0].outcomes[0]


def is_legal(rule: str, units: str, registered: date = NEWEST, age: int | None = None) -> bool:
    return book(rule).read().is_legal(mix(units), Learner((registered,), age), PRINTED)


@pytest.mark.parametrize(
    ("rule", "counted"),
    [
        ("credits = { at_least = 1 }", "101 102 204 205 305 404"),
        ("credits = { of = {}, at_least = 1 }", "101 102 204 205 305 404"),
        ("credits = { of = ['404', '101'], at_least = 1 }", "101 404"),
        ("credits = { of = { group = 'B' }, at_least = 1 }", "204 205"),
        ("credits = { of = { group = ['A', 'B'] }, at_least = 1 }", "101 204 205"),
        ("credits = { of = { level = 2 }, at_least = 1 }", "204 205"),
        ("credits = { of = { level = { at_least = 3 } }, at_least = 1 }", "305 404"),
        ("credits = { of = { level = { at_most = 1 } }, at_least = 1 }", "101 102"),
        (
            "credits = { of = { level = { at_least = 2, at_most = 3 } }, at_most = 9 }",
            "204 205 305",
        ),
        ("credits = { of = { topic = 'it' }, at_least = 1 }", "102 205"),
        ("credits = { of = { topic = ['it', 'safety'] }, at_least = 1 }", "101 102 205"),
        ("credits = { of = { units = ['204', '404'] }, at_least = 1 }", "204 404"),
        (
            "credits = { of = { group = 'C', topic = 'management', level = 4 }, at_least = 1 }",
            "404",
        ),
        ("credits = { of = { units = ['101'], level = 4 }, at_most = 1 }", ""),
        ("units = { of = ['101'], absent = ['116'], at_most = 1 }", "101"),
    ],
)
def test_a_sum_counts_the_units_its_filter_lets_through(rule: str, counted: str) -> None:
    assert " ".join(outcome(rule, " ".join(ALL)).counted) == counted


@pytest.mark.parametrize(
    ("measure", "have"), [("credits", 15), ("units", 3), ("glh", 33), ("points", 13)]
)
def test_a_sum_adds_up_its_measure(measure: str, have: int) -> None:
    told = outcome(f"{measure} = {{ at_least = 1 }}", "204 305 404")
    assert (told.measure, told.have) == (measure, have)


def test_a_sum_counts_anew_for_every_offering_it_is_asked_about() -> None:
    qualification, other = (
        book("credits = { at_least = 1 }").read(),
        Book(
            UNITS.replace("Direct sales,2,5", "Direct sales,2,9"),
            book("age = { at_least = 1 }").rules,
        ).read(),
    )
    kind, learner = qualification.rules[0].printed, Learner((NEWEST,))
    asked = (qualification.offering, other.offering, qualification.offering)
    have = [kind.outcomes(offering, learner, mix("101 204"))[0].have for offering in asked]
    assert have == [7, 11, 7]


@pytest.mark.parametrize(
    ("bounds", "legal"),
    [
        ("at_least = 9", ["204 305", "204 404"]),
        ("at_most = 9", ["204", "204 305"]),
        ("exactly = 9", ["204 305"]),
        ("at_least = 9, at_most = 10", ["204 305"]),
        ("at_least = 0", ["204", "204 305", "204 404"]),
        ("exactly = 0", []),
    ],
)
def test_a_sum_stays_within_its_bounds(bounds: str, legal: list[str]) -> None:
    rule = f"credits = {{ {bounds} }}"
    assert [units for units in ("204", "204 305", "204 404") if is_legal(rule, units)] == legal


def test_units_of_no_group_weigh_nothing() -> None:
    assert outcome("credits = { at_least = 9 }", "101 999 nowhere").have == 2
    assert is_legal("units = { at_most = 1 }", "101 999 nowhere")


def test_mandatory_units_must_all_be_there() -> None:
    rule = "mandatory = ['101', '204']"
    assert is_legal(rule, "101 204 305")
    assert not is_legal(rule, "101 305")
    told = outcome(rule, "101 305")
    assert (told.counted, told.missing, told.short_by) == (("101",), ("204",), 1)


def test_of_a_barred_set_at_most_one_may_be_there() -> None:
    rule = "barred = [['101', '204', '404'], ['205', '305']]"
    assert is_legal(rule, "404 305")
    assert not is_legal(rule, "101 404")
    assert not is_legal(rule, "205 305 101")
    assert (outcome(rule, "101 204 404").counted, outcome(rule, "101 204 404").over_by) == (
        ("101", "204", "404"),
        2,
    )


def test_a_unit_may_require_others() -> None:
    rule = "requires = { '305' = ['204', '205'], '404' = ['305'] }"
    assert is_legal(rule, "101")
    assert is_legal(rule, "204 205 305 404")
    assert not is_legal(rule, "204 305")
    assert not is_legal(rule, "404")
    told = outcome(rule, "204 305")
    assert (told.about, told.missing, told.short_by) == ("305", ("205",), 1)


def test_of_several_mandatory_units_one_is_enough_and_is_counted_once() -> None:
    rule = "mandatory = ['101', ['204', '205', '305']]"
    assert is_legal(rule, "101 205")
    assert not is_legal(rule, "101 102")
    told = outcome(rule, "101 204 205")
    assert (told.have, told.counted, told.slack) == (2, ("101", "204"), 0)
    told = outcome(rule, "102")
    assert (told.missing, told.choices) == (("101",), (("204", "205", "305"),))


def test_a_unit_may_require_one_of_several() -> None:
    rule = "requires = { '305' = ['101', ['204', '205']] }"
    assert [
        units for units in ("305", "101 305", "101 205 305", "204") if is_legal(rule, units)
    ] == [
        "101 205 305",
        "204",
    ]
    told = outcome(rule, "101 305")
    assert (told.choices, told.asked_by, told.short_by) == ((("204", "205"),), ("305",), 1)


def test_units_that_go_together_are_all_there_or_none() -> None:
    rule = "together = [['101', '204', '305'], ['205', '404']]"
    assert is_legal(rule, "")
    assert is_legal(rule, "205 404")
    assert not is_legal(rule, "101 305")
    told = outcome(rule, "101 305")
    assert (told.missing, told.asked_by, told.have) == (("204",), ("101", "305"), 2)


@pytest.mark.parametrize(
    ("rule", "broken"),
    [
        ("{ if = ['101', '204'], then = ['305'] }", ["101 204"]),
        ("{ if = ['101', '204'], then = [['305', '404']] }", ["101 204"]),
        ("{ if = [['101', '204']], then = ['305', '404'] }", ["101", "204", "101 204"]),
        (
            "{ if = [['101', '204']], then = ['305', '404'], at_least = 1 }",
            ["101", "204", "101 204"],
        ),
        ("{ if = ['102'], then = ['101', '204', '305'] }", []),
    ],
)
def test_units_together_may_imply_others(rule: str, broken: list[str]) -> None:
    mixes = ("101", "204", "101 204", "101 204 305 404", "")
    assert [units for units in mixes if not is_legal(f"implies = [{rule}]", units)] == broken


def test_an_implication_may_ask_for_so_many_of_several() -> None:
    rule = "implies = [{ if = ['101'], then = ['204', ['205', '305'], '404'], at_least = 2 }]"
    assert is_legal(rule, "204 205")
    assert not is_legal(rule, "101 205 305")
    assert is_legal(rule, "101 204 305")
    told = outcome(rule, "101 205 305")
    assert (told.have, told.at_least, told.counted, told.missing) == (1, 2, ("205",), ())


@pytest.mark.parametrize(
    ("bound", "legal"),
    [
        ("at_least = 50", ["", "101", "204 205 404"]),
        ("at_most = 50", ["", "101", "404", "204 404"]),
        ("at_least = '5/11'", ["", "101", "204 404", "204 205 404"]),
        ("at_least = '5/11', at_most = 50", ["", "101", "204 404"]),
        ("at_least = '6/11'", ["", "101", "204 205 404"]),
        ("at_most = 0", ["", "101", "404"]),
        ("at_least = 100", ["", "101"]),
    ],
)
def test_a_share_is_of_what_the_mix_has(bound: str, legal: list[str]) -> None:
    rule = f"share = {{ of = {{ level = 2 }}, in = {{ group = ['B', 'C'] }}, {bound} }}"
    have = {"": (0, 0), "101": (0, 0), "404": (0, 6), "204 404": (5, 11), "204 205 404": (9, 15)}
    assert [units for units in have if is_legal(rule, units)] == legal
    for units, figures in have.items():
        told = outcome(rule, units)
        assert (told.have, told.out_of) == figures


def test_what_a_share_needs_is_rounded_up_and_what_it_allows_down() -> None:
    rule = "share = { of = ['204'], in = ['204', '205', '305'], at_least = '1/3', at_most = 40 }"
    told = outcome(rule, "204 205 305")
    assert (told.have, told.at_least, told.at_most, told.out_of) == (5, 5, 5, 13)


def test_past_a_cap_nothing_counts_and_nothing_is_forbidden() -> None:
    rule = (
        "credits = { at_least = 12, counting = [{ of = { group = 'C' }, at_most = 5 }, "
        "{ of = ['204', '205'], at_most = 6 }] }"
    )
    assert is_legal(rule, "101 102 204 205 305")
    assert not is_legal(rule, "102 204 205 305 404")
    told = outcome(rule, "102 204 205 305 404")
    assert (told.have, told.counted, told.counted_as) == (
        11,
        ("102", "204", "205", "305"),
        (3, 5, 1, 2),
    )
    assert told.beyond == (("Group C", 8), ("204, 205", 3))


def test_numbers_of_one_unit_stand_for_each_other_where_the_unit_is_asked_for() -> None:
    same = "equivalent = [['204', '205']]"
    for rule, kept, broken in (
        ("mandatory = ['204']", ["205", "204"], ["101"]),
        ("requires = { '204' = ['101'] }", ["101 205"], ["205"]),
        ("requires = { '101' = ['204'] }", ["101 205"], ["101"]),
        ("barred = [['204', '305']]", ["205"], ["205 305"]),
        ("together = [['204', '305']]", ["205 305"], ["205"]),
        (
            "implies = [{ if = ['204', '101'], then = ['305'] }]",
            ["205", "101 205 305"],
            ["101 205"],
        ),
        ("units = { of = ['204'], at_least = 1 }", ["204"], ["205"]),
    ):
        qualification = book(same, rule).read()
        legal = {
            units: qualification.is_legal(mix(units), Learner((NEWEST,)), PRINTED)
            for units in (*kept, *broken, "204 205")
        }
        assert [units for units in legal if legal[units]] == kept, rule


def test_two_numbers_of_one_unit_break_only_the_rule_that_says_so() -> None:
    rules = ("equivalent = [['204', '205']]", "barred = [['204', '305']]", "mandatory = ['205']")
    judgement = book(*rules).read().judge(mix("204 205"), Learner((NEWEST,)), PRINTED)
    assert [each.rule.id for each in judgement.broken] == ["r0"]


def test_what_cannot_pass_its_cap_is_no_sum_of_its_own() -> None:
    rule = "credits = {{ at_least = 9, counting = [{{ of = ['204'], at_most = {} }}] }}"
    for cap, sums in ((4, 2), (5, 1)):
        qualification = book(rule.format(cap)).read()
        (demand,) = qualification.demands(Learner((NEWEST,)), PRINTED)
        assert len(demand.machines) == sums


@pytest.mark.parametrize(
    ("rule", "unit", "role"),
    [
        ("mandatory = ['101', ['204', '205']]", "101", "mandatory"),
        ("mandatory = ['101', ['204', '205']]", "204", "mandatory, or 205"),
        ("requires = { '305' = ['101', ['204', '205']] }", "305", "requires 101, one of 204, 205"),
        ("requires = { '305' = ['101', ['204', '205']] }", "204", "required by 305"),
        ("together = [['101', '204']]", "204", "only together with 101"),
        ("together = [['101', '204']]", "305", ""),
        ("equivalent = [['101', '204']]", "204", "the same unit as 101"),
        ("implies = [{ if = ['101'], then = ['204'] }]", "204", "if 101, then 204"),
        (
            "share = { of = ['204'], in = ['204', '305'], at_least = 9 }",
            "204",
            "counts to the part with 5 credits",
        ),
        (
            "share = { of = ['204'], in = ['204', '305'], at_least = 9 }",
            "305",
            "counts to the rest with 4 credits",
        ),
        ("share = { of = ['204'], measure = 'units', at_least = 9 }", "101", "counts to the rest"),
        ("share = { of = ['204'], in = ['204'], at_least = 9 }", "101", ""),
        (
            "credits = { at_least = 1, counting = [{ of = ['204'], at_most = 2 }] }",
            "204",
            "adds 5 credits, counting at most 2 of 204",
        ),
    ],
)
def test_a_unit_is_told_its_role(rule: str, unit: str, role: str) -> None:
    qualification = book(rule).read()
    assert qualification.rules[0].printed.role(unit, qualification.offering) == role


@pytest.mark.parametrize(
    ("age", "legal"), [(0, False), (15, False), (16, True), (17, True), (None, True)]
)
def test_learners_have_the_age_or_did_not_tell(age: int | None, legal: bool) -> None:
    assert is_legal("age = { at_least = 16 }", "101", age=age) == legal
    assert is_legal("age = { at_least = 16 }", "", age=age) == legal


@pytest.mark.parametrize(
    ("window", "forbidden_on"),
    [
        ("before = 2017-07-01", ["30 June"]),
        ("until = 2017-07-01", ["30 June", "1 July"]),
        ("on = 2017-07-01", ["1 July"]),
        ("from = 2017-07-01", ["1 July", "2 July"]),
        ("after = 2017-07-01", ["2 July"]),
        ("from = 2017-07-01, until = 2017-07-01", ["1 July"]),
        ("after = 2017-06-30, before = 2017-07-02", ["1 July"]),
        ("before = 2017-07-02, after = 2017-06-30", ["1 July"]),
        ("until = 2017-07-01, before = 2018-01-01", ["30 June", "1 July"]),
    ],
)
def test_a_rule_applies_within_its_window_of_registration(
    window: str, forbidden_on: list[str]
) -> None:
    rule = f"units = {{ of = ['204'], at_most = 0 }}\nwhen = {{ registered = {{ {window} }} }}"
    first = date(2017, 7, 1)
    days = {"30 June": first - DAY, "1 July": first, "2 July": first + DAY}
    assert [name for name, day in days.items() if not is_legal(rule, "204", day)] == forbidden_on


def test_an_open_date_is_legal_where_one_date_is() -> None:
    qualification = book(
        "units = { of = ['204'], at_most = 0 }\nwhen = { registered = { before = 2017-07-01 } }",
        "units = { of = ['205'], at_most = 0 }\nwhen = { registered = { after = 2017-07-01 } }",
    ).read()
    open_ = Terms("any").learner(qualification)
    assert open_.dates == (date(2017, 6, 30), date(2017, 7, 1), date(2017, 7, 2))
    assert qualification.is_legal(mix("204 205"), open_, PRINTED)


def test_of_an_open_date_the_newest_that_breaks_fewest_rules_is_judged() -> None:
    qualification = book(
        "units = { of = ['204'], at_most = 0 }\nwhen = { registered = { from = 2020-01-01 } }",
        "mandatory = ['101']",
        "credits = { at_least = 2 }\nwhen = { registered = { before = 2018-01-01 } }",
    ).read()
    open_ = Terms("any").learner(qualification)
    registered = [
        qualification.judge(mix(units), open_, PRINTED).registered for units in ("204", "102", "")
    ]
    assert registered == [date(2018, 1, 1), date(2020, 1, 1), date(2020, 1, 1)]


def test_a_date_nobody_told_is_one_in_the_newest_window() -> None:
    rule = "units = { of = ['204'], at_most = 0 }\nwhen = { registered = { from = 2020-01-01 } }"
    qualification = book(rule).read()
    assert not qualification.is_legal(mix("204"), Terms().learner(qualification), PRINTED)


def test_a_rule_can_be_read_as_it_was_meant() -> None:
    qualification = book(
        "credits = { of = { level = 2 }, at_least = 9 }\n"
        "[qualification.rule.intended]\nsays = 'M'\nwhy = 'W'\n"
        "credits = { of = { level = { at_least = 2 } }, at_least = 9 }",
        "mandatory = ['101']",
    ).read()
    learner = Terms().learner(qualification)
    verdicts = [
        qualification.is_legal(mix("101 204 305"), learner, reading)
        for reading in (PRINTED, qualification.intended)
    ]
    assert verdicts == [False, True]
    assert qualification.intended == {"r0"}


@pytest.mark.parametrize(
    ("rule", "figures"),
    [
        ("credits = { at_least = 12 }", "at least 12 credits of all units"),
        ("units = { of = ['101', '204'], at_most = 1 }", "at most 1 units of 101, 204"),
        ("glh = { of = { group = 'B' }, exactly = 27 }", "exactly 27 glh of Group B"),
        (
            "points = { of = { group = ['A', 'B'], level = 2 }, at_least = 1, at_most = 3 }",
            "at least 1 and at most 3 points of Group A or B, level 2",
        ),
        (
            "credits = { of = { level = { at_least = 3 }, topic = ['it', 'sales'] }, at_most = 9 }",
            "at most 9 credits of level 3 or above, topic it or sales",
        ),
        (
            "credits = { of = { level = { at_most = 2 } }, at_most = 9 }",
            "at most 9 credits of level 2 or below",
        ),
        (
            "credits = { of = { level = { at_least = 1, at_most = 2 } }, at_most = 9 }",
            "at most 9 credits of level 1 to 2",
        ),
        ("mandatory = ['101', '204']", "all of 101, 204"),
        ("barred = [['101', '204'], ['205', '305']]", "at most one of 101, 204; 205, 305"),
        ("requires = { '305' = ['204', '205'] }", "305 needs 204, 205"),
        ("age = { at_least = 16 }", "16 or older"),
        (
            "credits = { of = { group = 'C', level = [1, 3], except = ['305'] }, at_most = 9 }",
            "at most 9 credits of Group C, level 1 or 3, but not 305",
        ),
        (
            "share = { of = { level = 2 }, in = { group = ['B', 'C'] }, at_least = 50 }",
            "at least 50 % of the credits of Group B or C: level 2",
        ),
    ],
)
def test_a_rule_is_told_in_figures(rule: str, figures: str) -> None:
    assert book(rule).read().rules[0].printed.figures() == figures


@pytest.mark.parametrize(
    ("window", "told"),
    [
        ("before = 2017-07-01", "registered until 30 June 2017"),
        ("after = 2017-07-01", "registered from 2 July 2017"),
        (
            "from = 2017-07-01, until = 2018-01-31",
            "registered from 1 July 2017 until 31 January 2018",
        ),
    ],
)
def test_a_window_is_told_in_words(window: str, told: str) -> None:
    rule = f"mandatory = ['101']\nwhen = {{ registered = {{ {window} }} }}"
    assert str(book(rule).read().rules[0].when) == told


def test_every_kind_has_all_that_a_kind_needs() -> None:
    for kind in all_kinds():
        assert not kind.__abstractmethods__
        assert re.fullmatch(r"NVQ3\d\d", kind.code)


@given(st.integers(0, 9), st.none() | st.integers(0, 9), st.none() | st.integers(0, 9))
def test_an_outcome_knows_how_far_it_is_from_its_bounds(
    have: int, least: int | None, most: int | None
) -> None:
    assume(least is None or most is None or least <= most)
    told = Outcome("credits", have, least, most)
    short = 0 if least is None or have >= least else least - have
    over = 0 if most is None or have <= most else have - most
    assert (told.short_by, told.over_by) == (short, over)
    assert told.holds == (short == over == 0)
    if least is None and most is None:
        assert told.slack is None
    else:
        assert told.slack == min(
            HUGE if least is None else have - least, HUGE if most is None else most - have
        )


@cases(200)
@given(asked())
def test_rules_machines_and_the_written_text_agree_on_every_mix(asked: Asked) -> None:
    qualification, handbook = asked.book.read(), asked.book.handbook()
    learner, days = asked.learner(qualification), asked.days()
    demands = qualification.demands(learner, asked.reading)
    all_legal = handbook.legal(days, asked.age, asked.reading)
    for mix in subsets(qualification.offering.units):
        legal = handbook.is_legal(mix, days, asked.age, asked.reading)
        assert (mix in all_legal) == legal
        assert qualification.is_legal(mix, learner, asked.reading) == legal
        assert all(each.holds(mix) for demand in demands for each in demand.machines) == legal


@cases(100)
@given(asked())
def test_the_rules_that_are_told_as_broken_are_those_that_are(asked: Asked) -> None:
    qualification, handbook = asked.book.read(), asked.book.handbook()
    learner, reading = asked.learner(qualification), asked.reading
    ages = {rule["id"] for rule in handbook.rules if "age" in _read(rule, reading)}
    for mix in subsets(qualification.offering.units):
        judgement = qualification.judge(mix, learner, reading)
        judged = judgement.learner
        ids = list(
            handbook.broken(mix, judgement.registered, judged.age, reading, dict(judged.attributes))
        )
        assert [each.rule.id for each in judgement.broken] == ids
        assert judgement.legal == (not judgement.broken)
        costs: dict[date, tuple[bool, int]] = {}
        for day in learner.dates:
            for age, attributes in handbook.people(learner.age):
                others = list(handbook.broken(mix, day, age, reading, attributes))
                is_assumed = learner.age is None and age is not None
                young = is_assumed and not ages.isdisjoint(others)
                costs[day] = min(costs.get(day, (True, HUGE)), (young, len(others)))
        assert judgement.registered == max(d for d, c in costs.items() if c == min(costs.values()))
        assert len(ids) == min(costs.values())[1]


def _read(rule: dict[str, Any], reading: frozenset[str]) -> dict[str, Any]:
    meant: dict[str, Any] = rule.get("intended", rule)
    return meant if rule["id"] in reading else rule


@cases(100)
@given(asked())
def test_each_rule_alone_is_the_same_for_people_and_for_solvers(asked: Asked) -> None:
    qualification = asked.book.read()
    learner = asked.learner(qualification)
    for rule in qualification.rules:
        kind = rule.kind(asked.reading)
        machines = kind.machines(rule.id, qualification.offering, learner)
        for mix in subsets(qualification.offering.units):
            outcomes = kind.outcomes(qualification.offering, learner, mix)
            accepted = all(machine.holds(mix) for machine in machines)
            assert accepted == all(outcome.holds for outcome in outcomes)


def _plain(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """Outcomes that count units; of a choice those of its alternatives."""
    for outcome in outcomes:
        if outcome.options:
            assert outcome.have == sum(option.holds for option in outcome.options)
            for option in outcome.options:
                yield from _plain(option.outcomes)
        else:
            yield outcome


@cases(100)
@given(asked())
def test_outcomes_name_the_units_they_count_and_lack(asked: Asked) -> None:
    qualification = asked.book.read()
    offering, learner = qualification.offering, asked.learner(qualification)
    for mix in subsets(offering.units):
        for judged in qualification.judge(mix, learner, asked.reading).rules:
            for told in _plain(judged.outcomes):
                assert mix.issuperset(told.counted)
                assert mix.isdisjoint(told.missing)
                assert mix.issuperset(told.asked_by)
                for each in told.choices:
                    assert mix.isdisjoint(each)
                if not told.is_of_learner:
                    adds = told.adds(offering)
                    assert tuple(adds) == told.counted
                    assert told.have == sum(adds.values())
                    full = {n: offering.units[n].measure(told.measure) for n in told.counted}
                    assert adds == full or told.beyond
                if told.missing or told.choices:
                    assert told.short_by == len(told.missing) + len(told.choices)


@cases(200)
@given(asked())
def test_counting_caps_and_shares_have_the_figures_that_a_person_adds_up(asked: Asked) -> None:
    qualification, handbook = asked.book.read(), asked.book.handbook()
    offering, learner = qualification.offering, asked.learner(qualification)
    written = {rule["id"]: rule for rule in handbook.rules}
    for mix in subsets(offering.units):
        for judged in qualification.judge(mix, learner, PRINTED).rules:
            rule = written[judged.rule.id]
            for key, body in rule.items():
                if key in ("credits", "units", "glh", "points"):
                    (told,) = judged.outcomes
                    beyond = sum(amount for _, amount in told.beyond)
                    assert told.have == handbook.counted(key, body, mix)
                    assert told.have + beyond == handbook.sum_of(key, mix, body.get("of"))
                elif key == "share":
                    (told,) = judged.outcomes
                    assert (told.have, told.out_of) == handbook.part_and_whole(body, mix)


@cases(100)
@given(books(plain=True))
def test_windows_stand_for_every_day_on_which_a_learner_may_register(book: Book) -> None:
    qualification = book.read()
    applying = {
        day: [rule.id for rule in qualification.rules if rule.when.applies(Learner((day,)))]
        for day in (LONG_AGO, *book.handbook().days(), NEWEST)
    }
    by_window = [
        [rule.id for rule in qualification.rules if rule.when.applies(Learner((day,)))]
        for day in qualification.windows
    ]
    assert list(qualification.windows) == sorted(set(qualification.windows))
    assert by_window == [ids for ids, _ in groupby(applying.values())]
