"""What is told of a legal mix: for what its units are used, which titles it misses narrowly."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nvqplan.advice.awards import missed_titles, share_out
from nvqplan.rules.learner import Learner
from nvqplan.rules.qualification import PRINTED, Judgement, Qualification
from nvqplan.solving.allocation import Allocation
from nvqplan.space.proof import DisagreementError
from tests.oracle import Handbook, Mix, lets_through, subsets
from tests.rulebooks import NEWEST, Book, as_toml
from tests.small_rulebooks import CONDITION, TITLED_HEAD, TITLED_UNITS, sums
from tests.tapes import cases


def judged(rules: str, mix: str, learner: Learner | None = None) -> tuple[Any, ...]:
    qualification, units = Book(TITLED_UNITS, TITLED_HEAD + rules).read(), frozenset(mix.split())
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


@st.composite
def components(draw: st.DrawFn) -> dict[str, Any]:
    """Of one measure up to three components, some of which have a most."""
    parts = {name: draw(sums()) for name in "abc"[: draw(st.integers(1, 3))]}
    for part in parts.values():
        if draw(st.booleans()):
            part["at_most"] = part["at_least"] + draw(st.integers(0, 3))
    return {draw(st.sampled_from(["credits", "units"])): parts}


def every_mix(key: str, wanted: Any) -> Iterator[tuple[Qualification, Judgement, Handbook, Mix]]:
    """A rulebook of one rule, and all mixes that are legal."""
    book = Book(TITLED_UNITS, f"{TITLED_HEAD}{key} = {as_toml(wanted)}\n")
    qualification, handbook = book.read(), book.handbook()
    for mix in subsets(qualification.offering.units):
        judgement = qualification.judge(mix, Learner((NEWEST,)), PRINTED)
        assert judgement.legal == handbook.is_legal(mix, [NEWEST], None, frozenset())
        if judgement.legal:
            yield qualification, judgement, handbook, mix


@cases(150)
@given(components())
def test_every_legal_mix_is_shared_out(wanted: dict[str, Any]) -> None:
    ((measure, parts),) = wanted.items()
    for qualification, judgement, book, mix in every_mix("components", wanted):
        (sharing,) = share_out(qualification, judgement, mix)
        assert (sharing.rule, sharing.measure) == ("r", measure)
        assert [part.component for part in sharing.parts] == [*parts]
        named = [number for part in sharing.parts for number in part.units]
        assert len({*named}) == len(named)
        could_use = frozenset[str]()
        for part in sharing.parts:
            of, least = parts[part.component].get("of"), parts[part.component]["at_least"]
            fits = frozenset(n for n in mix if lets_through(of, book.units[n]))
            assert fits.issuperset(part.units)
            assert part.sum == book.sum_of(measure, frozenset(part.units)) >= least
            assert part.sum <= parts[part.component].get("at_most", part.sum)
            could_use |= fits
        assert {*sharing.left_over} == could_use - {*named}


@cases(150)
@given(st.lists(CONDITION | st.lists(CONDITION, min_size=1, max_size=3), min_size=1, max_size=3))
def test_the_titles_that_are_missed_are_those_of_a_unit_more_or_less(wanted: list[Any]) -> None:
    titles = {f"Title{index}": each for index, each in enumerate(wanted)}
    rule = {"at_least": 0, "of": titles}
    for qualification, judgement, book, mix in every_mix("titles", rule):
        earned = [title for title, each in titles.items() if book._meets(each, mix, None)]
        assert [*judgement.titles] == earned
        near = [
            title
            for title, each in titles.items()
            if not earned and any(book._meets(each, mix ^ {unit}, None) for unit in book.units)
        ]
        found = missed_titles(qualification, judgement, mix)
        assert [each.title for each in found] == near
        for each in found:
            assert each.unit is not None
            assert book._meets(titles[each.title], mix ^ {each.unit}, None)
            assert each.lacks
            assert not any(outcome.holds for outcome in each.lacks)
