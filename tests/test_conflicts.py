"""Which rules and wishes collide: no more of them than it takes."""

from collections.abc import Iterable

import pytest
from hypothesis import assume, given

from nvqplan.advice.conflicts import _prove, find_conflict
from nvqplan.rules.learner import Learner
from nvqplan.rules.qualification import PRINTED, Demand
from nvqplan.solving import problem
from nvqplan.solving.layers import GIBIBYTE
from nvqplan.space.mixes import Space
from nvqplan.space.proof import DisagreementError
from nvqplan.space.wishes import Wishes
from tests.oracle import Mix, accepted
from tests.rulebooks import NEWEST, Asked, Book, wished
from tests.small_rulebooks import FOUR_RULES, FOUR_UNITS
from tests.tapes import cases


def conflict(wishes: Wishes, age: int | None = None) -> list[str]:
    space = Space(Book(FOUR_UNITS, FOUR_RULES).read(), Learner((NEWEST,), age), PRINTED, wishes)
    return [demand.id for demand in find_conflict(space.qualification, space.demands, GIBIBYTE)]


def met_by(demands: Iterable[Demand], units: Iterable[str]) -> set[Mix]:
    return accepted([machine for demand in demands for machine in demand.machines], units)


def test_a_wish_against_a_rule_names_both() -> None:
    assert conflict(Wishes(max_glh=59)) == ["--max-glh 59", "total"]


def test_wishes_that_collide_among_themselves_accuse_no_rule() -> None:
    assert conflict(Wishes(taken=("103",), max_glh=29)) == ["--with 103", "--max-glh 29"]


def test_two_wishes_against_a_rule_are_both_needed() -> None:
    assert conflict(Wishes(taken=("101", "102", "103"))) == ["--with 101", "--with 102", "barred"]


def test_wishes_that_have_no_part_in_it_are_not_named() -> None:
    wishes = Wishes(taken=("101",), left=("103", "104"), max_glh=200, surplus=9)
    assert conflict(wishes) == ["--without 103", "--without 104", "total"]


def test_a_learner_too_young_is_all_it_takes() -> None:
    assert conflict(Wishes(taken=("101",)), age=15) == ["age"]


def test_demands_that_some_mix_meets_are_no_conflict() -> None:
    with pytest.raises(DisagreementError, match="some mix meets"):
        conflict(Wishes())


def test_a_conflict_that_does_not_need_all_its_demands_is_none() -> None:
    space = Space(
        Book(FOUR_UNITS, FOUR_RULES).read(), Learner((NEWEST,)), PRINTED, Wishes(max_glh=59)
    )
    with pytest.raises(DisagreementError, match="does not need 'barred'"):
        _prove(space.qualification, space.demands, GIBIBYTE)


def test_no_conflict_leaves_unverified(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problem, "satisfies", lambda *_: False)
    with pytest.raises(DisagreementError, match="python-constraint refuses"):
        conflict(Wishes(max_glh=59))


@cases(150)
@given(wished())
def test_a_conflict_cannot_hold_and_needs_each_of_its_demands(case: tuple[Asked, Wishes]) -> None:
    asked, wishes = case
    qualification = asked.book.read()
    units = tuple(qualification.offering.units)
    space = Space(qualification, asked.learner(qualification), asked.reading, wishes)
    assume(not met_by(space.demands, units))
    found = find_conflict(qualification, space.demands, GIBIBYTE)
    assert set(map(id, found)) <= set(map(id, space.demands))
    assert not met_by(found, units)
    for demand in found:
        assert met_by([each for each in found if each is not demand], units)


@cases(80)
@given(wished())
def test_wishes_are_accused_only_where_the_rules_alone_could_be_met_and_the_other_way_round(
    case: tuple[Asked, Wishes],
) -> None:
    asked, wishes = case
    qualification = asked.book.read()
    units = tuple(qualification.offering.units)
    space = Space(qualification, asked.learner(qualification), asked.reading, wishes)
    assume(not met_by(space.demands, units))
    rules = met_by([demand for demand in space.demands if not demand.is_wish], units)
    alone = met_by(wishes.demands(qualification), units)
    found = find_conflict(qualification, space.demands, GIBIBYTE)
    assert any(demand.is_wish for demand in found) == bool(rules)
    assert any(not demand.is_wish for demand in found) == (not rules or bool(alone))
    assert [demand.is_wish for demand in found] == sorted(
        (demand.is_wish for demand in found), reverse=True
    )
