"""Every question to a space, answered by the words of its rulebook and brute force."""

from collections.abc import Iterable
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nvqplan.rules.learner import Learner
from nvqplan.rules.qualification import PRINTED
from nvqplan.solving.layers import NODE_BYTES, OutgrownError
from nvqplan.space.mixes import Frequency, Space
from nvqplan.space.wishes import Wishes
from tests.oracle import Handbook, Mix, in_order, minimal_of, rows_of
from tests.puzzles import HUGE
from tests.rulebooks import NEWEST, Asked, legal, wished
from tests.small_rulebooks import THREE, space_of_three
from tests.tapes import cases

ENDS = st.integers(0, 70)
PICKS = st.sets(st.integers(0, 8), max_size=3)


class Case(NamedTuple):
    """A space of random rules and wishes, and the mixes that brute force finds, in order."""

    space: Space
    handbook: Handbook
    mixes: list[Mix]
    wishes: Wishes

    def picked(self, places: set[int]) -> tuple[str, ...]:
        units = list(self.handbook.units)
        return tuple(units[place] for place in sorted(places) if place < len(units))

    def with_wishes(self, wishes: Wishes) -> Space:
        return Space(self.space.qualification, self.space.learner, self.space.reading, wishes)


def case_of(drawn: tuple[Asked, Wishes]) -> Case:
    asked, wishes = drawn
    qualification, handbook = asked.book.read(), asked.book.handbook()
    wanted = Space(qualification, asked.learner(qualification), asked.reading, wishes)
    fitting = [mix for mix in legal(asked) if handbook.fits(mix, wishes)]
    return Case(wanted, handbook, in_order(fitting, wanted.order), wishes)


CASES = wished().map(case_of)


def holds_exactly(asked: Space, expected: list[Mix]) -> None:
    """Whether all ways to ask for the mixes find the expected ones, in the expected order."""
    assert asked.count() == len(expected)
    assert list(asked.mixes()) == expected
    assert [asked.nth(number) for number in range(len(expected))] == expected
    assert [asked.rank(mix) for mix in expected] == list(range(len(expected)))
    shares = {u: sum(u in m for m in expected) for u in asked.qualification.offering.units}
    assert asked.status() == {u: Frequency(n, len(expected)) for u, n in shares.items()}
    assert asked.count_by("units") == tally(map(len, expected))
    assert [mix for _, mix in asked.best({}, 9)] == expected[:9]


def tally(sums: Iterable[int]) -> dict[int, int]:
    told = sorted(sums)
    return {each: told.count(each) for each in told}


@cases(30)
@given(CASES, ENDS, ENDS)
def test_the_mixes_of_a_space_are_in_one_order(case: Case, start: int, stop: int) -> None:
    holds_exactly(case.space, case.mixes)
    part = case.mixes[start:stop]
    assert list(case.space.slice(start, stop)) == part
    told = b"".join(text for text, _ in case.space.lines(start, stop))
    assert told == rows_of(part, case.space.order)


@cases(30)
@given(CASES)
def test_what_is_no_mix_of_the_space_has_no_number(case: Case) -> None:
    for mix in case.mixes[:3]:
        for other in ({*mix, "555"}, *(mix ^ {unit} for unit in case.handbook.units)):
            if other not in case.mixes:
                with pytest.raises(ValueError, match="not in the space"):
                    case.space.rank(other)
    with pytest.raises(IndexError):
        case.space.nth(len(case.mixes))


@cases(30)
@given(CASES)
def test_a_unit_is_forced_impossible_or_free(case: Case) -> None:
    for unit, status in case.space.status().items():
        in_all = all(unit in mix for mix in case.mixes)
        in_any = any(unit in mix for mix in case.mixes)
        assert status.mixes == sum(unit in mix for mix in case.mixes)
        assert status.of == len(case.mixes)
        assert status.kind == ("impossible" if not in_any else "forced" if in_all else "free")


def test_a_space_without_mixes_has_a_status_too() -> None:
    for impossible in (
        Wishes(credits=(0, 0)),
        Wishes(credits=(99, None)),
        Wishes(("101",), ("101",)),
    ):
        told = space_of_three(impossible).status()
        assert told == {unit: Frequency(0, 0) for unit in ("101", "102", "103")}
        assert {status.kind for status in told.values()} == {"impossible"}
        assert space_of_three(impossible).count_by("credits") == {}
        assert list(space_of_three(impossible).minimal().mixes()) == []
        assert list(space_of_three(impossible).nearest({"101"})) == []


@cases(30)
@given(CASES)
def test_mixes_are_counted_by_every_measure(case: Case) -> None:
    for measure in ("credits", "glh", "units", *case.space.qualification.offering.measures):
        expected = tally(case.handbook.sum_of(measure, mix) for mix in case.mixes)
        assert case.space.count_by(measure) == expected
        assert list(case.space.count_by(measure)) == sorted(expected)
    for level in {unit["level"] for unit in case.handbook.units.values()}:
        of = {"level": int(level)}
        expected = tally(case.handbook.sum_of("credits", mix, of) for mix in case.mixes)
        assert case.space.count_by(f"level {level}") == expected
    weights = {unit: HUGE * (place - 2) for place, unit in enumerate(case.handbook.units)}
    expected = tally(sum(weights[unit] for unit in mix) for mix in case.mixes)
    assert case.space.count_by(weights) == expected


@pytest.mark.parametrize("name", ["", "credit", "level 3", "level", "2", "points", "title", "uan"])
def test_an_unknown_measure_is_a_key_error(name: str) -> None:
    with pytest.raises(KeyError):
        space_of_three(Wishes()).count_by(name)


def test_a_measure_is_any_whole_number_a_unit() -> None:
    assert space_of_three(Wishes()).count_by({"101": -1, "103": 5}) == {-1: 1, 4: 2, 5: 1}
    assert space_of_three(Wishes()).count_by({}) == {0: 4}


@cases(30)
@given(CASES, PICKS, PICKS)
def test_choices_are_as_good_as_wishes(case: Case, taking: set[int], leaving: set[int]) -> None:
    taken, left = case.picked(taking), case.picked(leaving)
    fitting = [mix for mix in case.mixes if {*taken} <= mix and not mix & {*left}]
    holds_exactly(case.space.given(taken, left), fitting)
    holds_exactly(case.space.given(taken).given((), left), fitting)
    holds_exactly(case.space.given(left=left).given(taken=taken), fitting)
    wishes = case.wishes._replace(taken=case.wishes.taken + taken, left=case.wishes.left + left)
    fresh = case.with_wishes(wishes)
    assert set(fresh.mixes()) == set(fitting)
    assert fresh.status() == case.space.given(taken, left).status()
    holds_exactly(case.space, case.mixes)


def test_a_choice_of_a_unit_that_is_not_offered_is_a_key_error() -> None:
    for taken, left in ((["555"], []), ([], ["999"]), (["101", ""], ["102"])):
        with pytest.raises(KeyError):
            space_of_three(Wishes()).given(taken, left)


@cases(30)
@given(CASES, PICKS, PICKS)
def test_minimal_mixes_hold_no_other_and_choices_before_and_after_differ(
    case: Case, taking: set[int], leaving: set[int]
) -> None:
    def fits(mix: Mix) -> bool:
        return {*taken} <= mix and not mix & {*left}

    taken, left = case.picked(taking), case.picked(leaving)
    smallest = minimal_of(case.mixes)
    order = case.space.order
    holds_exactly(case.space.minimal(), in_order(smallest, order))
    holds_exactly(
        case.space.minimal().given(taken, left), [m for m in in_order(smallest, order) if fits(m)]
    )
    rest = minimal_of(filter(fits, case.mixes))
    holds_exactly(case.space.given(taken, left).minimal(), in_order(rest, order))


@cases(30)
@given(CASES, st.integers(1, 90))
def test_shards_are_everything_once_and_equal_but_for_a_mix(case: Case, shards: int) -> None:
    for asked in (case.space, case.space.minimal()):
        parts = [list(asked.shard(index, shards)) for index in range(shards)]
        bounds = [asked.shard_bounds(index, shards) for index in range(shards)]
        assert [mix for part in parts for mix in part] == list(asked.mixes())
        assert [stop - start for start, stop in bounds] == list(map(len, parts))
        assert max(map(len, parts)) - min(map(len, parts)) <= 1


@pytest.mark.parametrize(("index", "shards"), [(-1, 3), (3, 3), (4, 3), (0, 0), (0, -1)])
def test_a_shard_that_there_is_not_is_an_index_error(index: int, shards: int) -> None:
    with pytest.raises(IndexError):
        space_of_three(Wishes()).shard(index, shards)


@cases(30)
@given(CASES, st.integers(0, 99))
def test_samples_are_mixes_of_the_space(case: Case, seed: int) -> None:
    everything = list(case.space.sample(len(case.mixes), seed))
    assert in_order(everything, case.space.order) == case.mixes
    assert list(case.space.sample(len(case.mixes) // 2, seed)) == everything[: len(everything) // 2]
    with pytest.raises(ValueError, match="cannot be drawn"):
        list(case.space.sample(len(case.mixes) + 1, seed))
    if case.mixes:
        assert set(case.space.sample(50, seed, replace=True)) <= set(case.mixes)


@cases(30)
@given(CASES, st.data(), st.integers(0, 12))
def test_the_best_mixes_are_those_of_the_sorted_list(
    case: Case, data: st.DataObject, k: int
) -> None:
    pairs = st.tuples(st.integers(-2, 2), st.integers(-2, 2))
    weights = {unit: data.draw(pairs) for unit in case.handbook.units}
    scores = [tuple(sum(weights[u][i] for u in mix) for i in (0, 1)) for mix in case.mixes]
    ranked = sorted(zip(scores, case.mixes, strict=True), key=lambda one: [-n for n in one[0]])
    assert list(case.space.best(weights, k)) == ranked[:k]
    assert list(case.space.best(weights)) == ranked


@cases(30)
@given(CASES)
def test_python_constraint_finds_the_mixes_of_the_space(case: Case) -> None:
    found = list(case.space.search())
    assert len(found) == len(case.mixes)
    assert set(found) == set(case.mixes)


def test_memory_that_will_not_do_is_told_by_the_question_that_needs_it() -> None:
    learner = Learner((NEWEST,))
    small = Space(THREE.read(), learner, PRINTED, None, 0)
    assert small.count() == 4
    for ask in (small.status, small.mixes, small.minimal, lambda: small.nth(0)):
        with pytest.raises(OutgrownError):
            ask()
    enough = Space(THREE.read(), learner, PRINTED, None, 10_000)
    assert enough.count() == len(list(enough.mixes())) == 4
    with pytest.raises(OutgrownError):
        enough.count_by({"101": 1, "102": 10_007})
    narrow = Space(THREE.read(), learner, PRINTED, None, 6 * NODE_BYTES)
    assert narrow.status()["101"] == Frequency(3, 4)
    with pytest.raises(OutgrownError):
        narrow.minimal()
