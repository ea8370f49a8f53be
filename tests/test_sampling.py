"""Random numbers and random mixes: each as likely as any other, and the same for a seed."""

import operator
from collections import Counter
from collections.abc import Hashable, Iterable
from itertools import pairwise, permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nvqplan.solving.diagram import Diagram, compile_diagram
from nvqplan.solving.linear import Linear
from nvqplan.solving.listing import draw
from tests.oracle import Mix, accepted
from tests.puzzles import Puzzle, puzzles
from tests.tapes import cases

HUGE = 10**30
SEEDS = st.integers(0, 2**70)
SKEWED = Linear("a alone, or anything without", {"a": 5, **dict.fromkeys("bcdef", 1)}, upper=5)


def chi_square(seen: Iterable[Hashable], cells: int) -> float:
    """How far the numbers of sightings are from equal; of `cells` - 1 on average if they are."""
    counts = Counter(seen)
    expected = counts.total() / cells
    unseen = (cells - len(counts)) * expected
    return sum((count - expected) ** 2 / expected for count in counts.values()) + unseen


def by_arcs(diagram: Diagram, random: Random) -> Mix:
    """What a wrong sampler would do: toss a fair coin wherever both ways lead to some mix."""
    taken, node = [], 0
    for layer, below in zip(diagram.layers, diagram.counts[1:], strict=True):
        ways = [arcs[node] for arcs in (layer.taken, layer.left)]
        alive = [way for way in (0, 1) if below[ways[way]]]
        way = alive[random.getrandbits(1)] if len(alive) == 2 else alive[0]
        if way == 0:
            taken.append(layer.variable)
        node = ways[way]
    return frozenset(taken)


@cases(100)
@given(st.integers(1, 60), st.data(), SEEDS)
def test_without_replacement_no_number_comes_twice(
    count: int, data: st.DataObject, seed: int
) -> None:
    size = data.draw(st.integers(0, count))
    drawn = list(draw(count, size, seed))
    assert len(set(drawn)) == len(drawn) == size
    assert all(0 <= number < count for number in drawn)
    assert sorted(draw(count, count, seed)) == list(range(count))


@cases(100)
@given(st.integers(1, 40), st.integers(0, 40), SEEDS, st.booleans())
def test_a_larger_draw_begins_with_the_smaller_one(
    count: int, size: int, seed: int, replace: bool
) -> None:
    whole = list(draw(count, 40 if replace else count, seed, replace=replace))
    size = min(size, len(whole))
    assert list(draw(count, size, seed, replace=replace)) == whole[:size]


@cases(70)
@given(st.integers(1, 20), st.integers(0, 60), SEEDS)
def test_with_replacement_there_may_be_more_draws_than_numbers(
    count: int, size: int, seed: int
) -> None:
    drawn = list(draw(count, size, seed, replace=True))
    assert len(drawn) == size
    assert all(0 <= number < count for number in drawn)


@pytest.mark.parametrize(
    ("count", "size", "replace"), [(3, 4, False), (0, 1, False), (0, 1, True), (HUGE, HUGE + 1, 0)]
)
def test_more_than_there_are_cannot_be_drawn(count: int, size: int, replace: bool) -> None:
    with pytest.raises(ValueError, match="cannot be drawn"):
        next(draw(count, size, 0, replace=replace))


@pytest.mark.parametrize("replace", [False, True])
def test_nothing_can_be_drawn_from_nothing(replace: bool) -> None:
    assert list(draw(0, 0, 0, replace=replace)) == []
    assert list(draw(1, 1, 7, replace=replace)) == [0]


@pytest.mark.parametrize(
    ("count", "seed", "replace", "expected"),
    [
        (10, 0, False, [6, 7, 2, 5, 8, 4, 1, 3, 9, 0]),
        (10, 0, True, [6, 6, 0, 4, 8, 7, 6, 4, 7, 5]),
        (126_924, 1, False, [17_611, 74_607, 111_076, 105_157, 100_113]),
        (126_924, 1, True, [17_611, 74_606, 111_074, 105_154, 100_109]),
        (HUGE, 2, False, [402865065120196900326479636127, 341325735705463546680947471248]),
    ],
)
def test_a_seed_draws_the_same_numbers_for_ever(
    count: int, seed: int, replace: bool, expected: list[int]
) -> None:
    assert list(draw(count, len(expected), seed, replace=replace)) == expected


def test_seeds_draw_different_numbers() -> None:
    assert len({tuple(draw(HUGE, 3, seed)) for seed in range(500)}) == 500


@pytest.mark.parametrize("replace", [False, True])
def test_huge_counts_are_drawn_from_as_evenly(replace: bool) -> None:
    count = 3 * 2**100  # a number of bits too many would be seen in the quarters
    drawn = list(draw(count, 6_000, 3, replace=replace))
    assert max(drawn) < count
    assert len(set(drawn)) == 6_000
    assert chi_square((12 * number // count for number in drawn), 12) < 40
    assert chi_square((number % 16 for number in drawn), 16) < 45


@pytest.mark.parametrize("replace", [False, True])
def test_every_ordered_pair_is_as_likely(replace: bool) -> None:
    pairs = [tuple(draw(6, 2, seed, replace=replace)) for seed in range(6_000)]
    assert chi_square(pairs, 36 if replace else 30) < 90


def test_every_permutation_is_as_likely() -> None:
    drawn = [tuple(draw(4, 4, seed)) for seed in range(4_800)]
    assert set(drawn) == set(permutations(range(4)))
    assert chi_square(drawn, 24) < 70


@pytest.mark.parametrize("replace", [False, True])
def test_draws_that_follow_one_another_do_not_hang_together(replace: bool) -> None:
    drawn = list(draw(10**6, 20_000, 11, replace=replace))
    tenths = [number // 10**5 for number in drawn]
    assert chi_square(pairwise(tenths), 100) < 190
    rises = sum(map(operator.lt, drawn, drawn[1:]))
    assert abs(rises - 10_000) < 300


def test_mixes_are_drawn_evenly_where_arcs_would_not_be() -> None:
    diagram = compile_diagram("abcdef", [SKEWED])
    assert diagram.count() == len(accepted([SKEWED], "abcdef")) == 33
    drawn = [diagram.nth(number) for number in draw(33, 3_300, 4, replace=True)]
    assert chi_square(drawn, 33) < 90  # 32 on average; over 90 once in millions
    random = Random(4)  # noqa: S311 - has to be repeatable
    assert chi_square((by_arcs(diagram, random) for _ in range(3_300)), 33) > 9_000


@cases(30)
@given(puzzles(), st.integers(0, 999))
def test_the_mixes_of_any_puzzle_are_drawn_evenly(puzzle: Puzzle, seed: int) -> None:
    diagram = compile_diagram(puzzle.variables, puzzle.machines)
    expected = accepted(puzzle.machines, puzzle.variables)
    if expected:
        size = 40 * len(expected)
        drawn = [diagram.nth(n) for n in draw(diagram.count(), size, seed, replace=True)]
        freedom = len(expected) - 1
        assert set(drawn) <= expected
        # Laurent and Massart (2000), lemma 1: over this once in e**20
        assert chi_square(drawn, len(expected)) <= freedom + 2 * (freedom * 20) ** 0.5 + 40
