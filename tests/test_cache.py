"""What is worked out once for many curricula, and that it stays small however many there are."""

from collections.abc import Iterable, Sized
from datetime import date, timedelta
from pathlib import Path

import pytest

from nvqplan.advice import cache as worked_out
from nvqplan.advice.cache import KEPT, RulebookCache
from nvqplan.checking.checks import check_curriculum
from nvqplan.core.findings import Findings
from nvqplan.core.sources import Sources
from nvqplan.reading.curriculum import read_curriculum
from nvqplan.rules.terms import Terms
from tests.small_rulebooks import AT_MOST, write_rulebook

FIRST = date(2017, 1, 1)
DATED = AT_MOST.replace('id = "cap"', 'id = "cap"\nwhen = { registered = { from = 2017-07-01 } }')
AGED = '[[qualification.rule]]\nid = "age"\nsays = "18 or older"\nage = { at_least = 18 }\n\n'

FEW = 20
"""So many learners are noted here, and no more."""


def check_each(cache: RulebookCache, heads: Iterable[str]) -> None:
    """Check curricula that differ in their heads: an illegal mix, a legal one and a draft each."""
    mixes = "{a: {units: [2, 3, 4]}, b: {units: [3]}, c: {units: [1], status: draft}}"
    for head in heads:
        sources, found = Sources(), Findings()
        sources.stage("a.yaml", f"qualification: q0\n{head}\npathways: {mixes}\n".encode())
        curriculum = read_curriculum("a.yaml", sources, found)
        assert curriculum is not None
        checked = check_curriculum(curriculum, cache, "printed", found)
        assert len(checked.cases) == 3


def days(count: int) -> list[str]:
    return [f"registered: {FIRST + timedelta(day)}" for day in range(count)]


def size(cache: RulebookCache) -> int:
    """How many things are kept, all told."""
    return sum(len(each) for each in vars(cache).values() if isinstance(each, Sized))


def test_days_on_which_the_same_rules_apply_share_what_is_worked_out(tmp_path: Path) -> None:
    cache = RulebookCache(write_rulebook(tmp_path, DATED))
    (qualification,) = cache.rulebook.qualifications
    learners = [Terms(FIRST + timedelta(day)).learner(qualification) for day in range(400)]
    spaces = [cache.space(qualification, each, frozenset()) for each in learners]
    machines = [cache.evaluator(qualification, each, frozenset()) for each in learners]
    assert len(set(map(id, spaces))) == len(set(map(id, machines))) == 2


def test_what_is_kept_does_not_grow_with_days_of_registration_nor_with_ages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worked_out, "NOTED", FEW)
    cache = RulebookCache(write_rulebook(tmp_path, DATED + AGED))
    ages = [f"registered: {FIRST}\nyoungest: {age}" for age in range(99)]
    check_each(cache, (*days(FEW), *ages[:FEW]))
    before = size(cache)
    check_each(cache, (*days(400), *ages))
    assert size(cache) <= before + FEW


def test_of_too_many_spaces_the_one_asked_for_longest_ago_is_forgotten(tmp_path: Path) -> None:
    cache = RulebookCache(write_rulebook(tmp_path, *[AT_MOST] * (KEPT + 1)))
    first, second, *others = cache.rulebook.qualifications
    learner = Terms(FIRST).learner(first)
    spaces = [cache.space(each, learner, frozenset()) for each in (first, second)]
    assert cache.space(first, learner, frozenset()) is spaces[0]
    for each in others:
        cache.space(each, learner, frozenset())
    assert cache.space(first, learner, frozenset()) is spaces[0]
    assert cache.space(second, learner, frozenset()) is not spaces[1]
