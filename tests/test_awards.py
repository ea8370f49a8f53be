"""What is told of a legal mix: for what its units are used, which titles it misses narrowly."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given

from nvqplan.advice.sharing import Sharing, share_out
from nvqplan.advice.titles import Missed, missed_titles
from nvqplan.proof import DisagreementError
from nvqplan.qualification import PRINTED, Judgement, Qualification
from nvqplan.rules.learner import Learner
from nvqplan.solving.allocation import Allocation
from tests.oracle import Handbook, Mix, applies, lets_through, subsets
from tests.rulebooks import NEWEST, Asked, Book, asked, cases

UNITS = """\
unit,uan,title,level,credits,glh,topics,nos,outcomes,criteria,source
1,,A,1,2,10,field,,,,
2,,B,1,3,10,field desk,,,,
3,,C,2,4,20,desk,,,,
4,,D,2,3,30,it,,,,
"""

HEAD = """\
figures = ["hours"]
[[qualification]]
id = "q"
title = "Q"
number = "1"
qan = ""
level = 1
credits = 0
source = "S"
groups.A = ["1", "2", "3", "4"]
[[qualification.rule]]
id = "r"
says = "R"
"""


def judged(rules: str, mix: str, learner: Learner | None = None) -> tuple[Any, ...]:
    qualification, units = Book(UNITS, HEAD + rules).read(), frozenset(mix.split())
    judgement = qualification.judge(units, learner or Learner((NEWEST,)), PRINTED)
    assert judgement.legal
    return qualification, judgement, units


SHARED = """\
[qualification.rule.components.credits]
Field = { of = { topic = "field" }, at_least = 2 }
Desk = { of = { topic = "desk" }, at_least = 3, at_most = 4 }
"""


def shared(rules: str, mix: str) -> list[tuple[str, dict[str, int]]]:
    return [
        (part.component, dict(part.units))
        for each in share_out(*judged(rules, mix))
        for part in each.parts
    ]


def test_each_unit_is_used_once_and_the_rest_is_left_over() -> None:
    assert shared(SHARED, "1 2") == [("Field", {"1": 2}), ("Desk", {"2": 3})]
    assert shared(SHARED, "2 3 4") == [("Field", {"2": 3}), ("Desk", {"3": 4})]
    (sharing,) = share_out(*judged(SHARED, "1 2 3 4"))
    used = [number for part in sharing.parts for number in part.units]
    assert sorted([*used, *sharing.left_over]) == ["1", "2", "3"]


def test_components_of_alternatives_are_told_where_those_hold() -> None:
    rules = """\
[qualification.rule.choose]
at_least = 1
of.One = { components = { units = { Field = { of = { topic = "field" }, at_least = 1 } } } }
of.Other = { components = { units = { It = { of = { topic = "it" }, at_least = 1 } } } }
"""
    assert shared(rules, "1") == [("Field", {"1": 1})]
    assert shared(rules, "4") == [("It", {"4": 1})]
    assert shared(rules, "1 4") == [("Field", {"1": 1}), ("It", {"4": 1})]


@pytest.mark.parametrize(
    ("used", "why"),
    [
        ((("2",), ("2",)), "'r' uses a unit twice"),
        ((("1",), ("1",)), "Desk of 'r' cannot use"),
        ((("4",), ("2",)), "Field of 'r' cannot use"),
        (((), ("2",)), "Field of 'r' has 0"),
        ((("1",), ("2", "3")), "Desk of 'r' has 7"),
    ],
)
def test_a_way_that_is_none_is_not_told(
    used: tuple[tuple[str, ...], ...], why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    qualification, judgement, mix = judged(SHARED, "1 2 3")
    monkeypatch.setattr(Allocation, "share", lambda *_: used)
    rule = judgement.rules[0]
    told = rule.kind.outcomes(qualification.offering, judgement.learner, mix)
    spoilt = judgement._replace(rules=(rule._replace(outcomes=told),))
    with pytest.raises(DisagreementError, match=why):
        share_out(qualification, spoilt, mix)


TITLES = """\
[qualification.rule.titles]
at_least = 0
of.Best = [{ mandatory = ["1", "2"] }, { learner = { hours = { at_least = 100 } } }]
of.Next = { credits = { of = { topic = "desk" }, at_least = 5 } }
of.Least = { units = { of = { topic = "it" }, exactly = 0 } }
"""


@pytest.mark.parametrize(
    ("mix", "hours", "missed"),
    [
        ("4", 100, [("Least", "4")]),
        ("1 4", 100, [("Best", "2"), ("Least", "4")]),
        ("1 4", 99, [("Least", "4")]),
        ("1 2 4", 99, [("Best", None), ("Next", "3"), ("Least", "4")]),
        ("3 4", 100, [("Next", "2"), ("Least", "4")]),
        ("1", 100, []),
    ],
)
def test_a_title_is_missed_by_one_thing(
    mix: str, hours: int, missed: list[tuple[str, str | None]]
) -> None:
    learner = Learner((NEWEST,), figures=(("hours", hours),))
    found = missed_titles(*judged(TITLES, mix, learner))
    assert [(each.title, each.unit) for each in found] == missed


def legal_mixes(one: Asked) -> Iterator[tuple[Qualification, Judgement, Mix]]:
    qualification = one.book.read()
    learner = one.learner(qualification)
    for mix in subsets(qualification.offering.units):
        judgement = qualification.judge(mix, learner, one.reading)
        if judgement.legal:
            yield qualification, judgement, mix


def rules_in_force(one: Asked, judgement: Judgement) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each rule that applies to the learner who was judged, as it is read, from the TOML."""
    learner, day = judgement.learner, judgement.registered
    for rule in one.book.handbook().rules:
        if applies(rule, day, learner.age, dict(learner.attributes)):
            meant = "intended" in rule and rule["id"] in one.reading
            yield rule["id"], rule["intended"] if meant else rule


def is_shared_out(sharing: Sharing, parts: Mapping[str, Any], book: Handbook, mix: Mix) -> bool:
    named = [number for part in sharing.parts for number in part.units]
    for part in sharing.parts:
        wanted = parts[part.component]
        total = book.sum_of(sharing.measure, frozenset(part.units), wanted.get("of"))
        least = wanted.get("at_least", wanted.get("exactly"))
        most = wanted.get("at_most", wanted.get("exactly", total))
        if not (least <= total == part.sum <= most):
            return False
        if not all(lets_through(wanted.get("of"), book.units[number]) for number in part.units):
            return False
    return (
        len({*named}) == len(named)
        and mix.issuperset(named)
        and [*parts] == [part.component for part in sharing.parts]
    )


@cases(150)
@given(asked())
def test_random_rulebooks_share_out_every_legal_mix(one: Asked) -> None:
    book = one.book.handbook()
    for qualification, judgement, mix in legal_mixes(one):
        rules = {
            id: rule["components"]
            for id, rule in rules_in_force(one, judgement)
            if "components" in rule
        }
        told = {each.rule: each for each in share_out(qualification, judgement, mix)}
        assert rules.keys() <= told.keys()
        for id, components in rules.items():
            ((measure, parts),) = components.items()
            assert told[id].measure == measure
            assert is_shared_out(told[id], parts, book, mix)


def near(rule: Mapping[str, Any], book: Handbook, mix: Mix, age: int | None) -> list[str]:
    """The titles of a rule that a mix misses, and one with a unit more or less earns."""
    titles = rule["titles"]["of"]
    if any(book._meets(each, mix, age) for each in titles.values()):
        return []
    others = [mix ^ {unit} for unit in book.units]
    return [
        title
        for title, wanted in titles.items()
        if any(book._meets(wanted, other, age) for other in others)
    ]


@cases(150)
@given(asked())
def test_random_rulebooks_tell_the_titles_that_are_missed(one: Asked) -> None:
    book = one.book.handbook()
    for qualification, judgement, mix in legal_mixes(one):
        expected = [
            title
            for _, rule in rules_in_force(one, judgement)
            if "titles" in rule
            for title in near(rule, book, mix, judgement.learner.age)
        ]
        found: tuple[Missed, ...] = missed_titles(qualification, judgement, mix)
        assert [each.title for each in found if each.unit is not None] == expected
