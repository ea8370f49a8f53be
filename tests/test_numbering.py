"""What is read off a diagram without listing it: numbers, shares, sums, the rest of choices."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nvqplan.solving.best import best
from nvqplan.solving.derived import minimal
from nvqplan.solving.diagram import Diagram, compile_diagram
from nvqplan.solving.layers import OutgrownError
from nvqplan.solving.linear import Linear
from nvqplan.solving.listing import mixes
from tests.oracle import Mix, accepted, in_order, minimal_of, subsets
from tests.puzzles import HUGE, VARIABLES, Puzzle, puzzles
from tests.tapes import cases

CHOICES = st.sets(st.sampled_from(VARIABLES), max_size=3)
SUMMANDS = st.sampled_from([*range(-9, 10), *[0] * 9, HUGE, -HUGE, 7 * HUGE])
WEIGHTS = st.dictionaries(st.sampled_from([*VARIABLES, "stranger"]), SUMMANDS, max_size=9)


def solved(puzzle: Puzzle) -> tuple[Diagram, list[Mix]]:
    """The diagram, and what brute force finds in the order that is promised."""
    diagram = compile_diagram(puzzle.variables, puzzle.machines)
    return diagram, in_order(accepted(puzzle.machines, puzzle.variables), diagram.order)


def totals(mixes: list[Mix], weights: dict[str, int]) -> dict[int, int]:
    """How many mixes there are of each sum, the least first."""
    sums = [sum(weights.get(variable, 0) for variable in mix) for mix in mixes]
    return {total: sums.count(total) for total in sorted(set(sums))}


@cases(100)
@given(puzzles())
def test_each_number_is_one_mix_and_each_mix_one_number(puzzle: Puzzle) -> None:
    diagram, expected = solved(puzzle)
    assert sorted(diagram.order) == sorted(puzzle.variables)
    assert [diagram.nth(number) for number in range(diagram.count())] == expected
    numbers = {mix: number for number, mix in enumerate(expected)}
    for mix in subsets(puzzle.variables):
        assert diagram.rank(mix) == numbers.get(mix)
        assert diagram.rank(mix | {"stranger"}) is None


@cases(40)
@given(puzzles(), st.integers(0, 300))
def test_there_is_no_mix_beyond_the_last_or_before_the_first(puzzle: Puzzle, far: int) -> None:
    diagram, expected = solved(puzzle)
    for number in (-1 - far, -1, len(expected), len(expected) + far, HUGE):
        with pytest.raises(IndexError):
            diagram.nth(number)


def test_a_mix_may_be_any_collection() -> None:
    diagram = compile_diagram("ab", [Linear("some", dict.fromkeys("ab", 1), 1)])
    assert [diagram.rank(mix) for mix in (["b", "a"], "a", {"b": 1}, [])] == [0, 1, 2, None]


def test_the_mix_that_takes_the_first_variable_comes_first() -> None:
    diagram = compile_diagram("abc", [Linear("a or b", {"a": 1, "b": 1}, 1)])
    assert diagram.order == ["c", "a", "b"]
    told = ["".join(sorted(diagram.nth(number))) for number in range(6)]
    assert told == ["abc", "ac", "bc", "ab", "a", "b"]


@cases(100)
@given(puzzles())
def test_a_share_is_in_how_many_mixes_a_variable_is_taken(puzzle: Puzzle) -> None:
    diagram, expected = solved(puzzle)
    shares = {v: sum(v in mix for mix in expected) for v in puzzle.variables}
    assert diagram.shares() == shares


@cases(100)
@given(puzzles(), CHOICES, CHOICES, CHOICES)
def test_choices_leave_the_mixes_that_fit_them(
    puzzle: Puzzle, taken: set[str], left: set[str], later: set[str]
) -> None:
    diagram, every = solved(puzzle)
    taken, later = taken & {*puzzle.variables}, later & {*puzzle.variables}
    fitting = [mix for mix in every if taken <= mix and not left & mix]
    chosen = diagram.given(taken, left)
    _answers_as(chosen, fitting, every)
    _answers_as(chosen.given(later, ()), [mix for mix in fitting if later <= mix], every)
    _answers_as(diagram.given((), ()), every, every)
    _answers_as(diagram, every, every)


def _answers_as(diagram: Diagram, expected: list[Mix], every: list[Mix]) -> None:
    assert diagram.count() == len(expected)
    assert [diagram.nth(number) for number in range(len(expected))] == expected
    assert list(mixes(diagram, 0, len(expected))) == expected
    assert [mix for _, mix in best(diagram, {})] == expected
    assert [mix for mix in every if diagram.rank(mix) is not None] == expected
    shares = {v: sum(v in mix for mix in expected) for v in diagram.order}
    assert diagram.shares() == shares
    assert diagram.spread(dict.fromkeys(VARIABLES, 1)) == totals(
        expected, dict.fromkeys(VARIABLES, 1)
    )


def test_contradictory_choices_leave_no_mix() -> None:
    diagram = compile_diagram("abc", [])
    assert [diagram.given(v, v).count() for v in "abc"] == [0, 0, 0]
    assert [diagram.given(v, "abc").count() for v in ("", "a")] == [1, 0]
    assert diagram.given("abc", ()).nth(0) == frozenset("abc")


@cases(100)
@given(puzzles(), WEIGHTS)
def test_mixes_are_counted_by_any_sum(puzzle: Puzzle, weights: dict[str, int]) -> None:
    diagram, expected = solved(puzzle)
    of = [weights.get(variable, 0) for variable in puzzle.variables]
    huge = any(abs(weight) >= HUGE for weight in of)
    if huge and any(weight % HUGE for weight in of):
        weights = {v: weight - weight % HUGE for v, weight in weights.items()}
    spread = diagram.spread(weights)
    assert spread == totals(expected, weights)
    assert list(spread) == sorted(spread)


def test_sums_that_would_not_fit_into_memory_are_refused() -> None:
    diagram = compile_diagram("abc", [])
    with pytest.raises(OutgrownError, match="sums"):
        diagram.spread({"a": 1, "b": HUGE})
    with pytest.raises(OutgrownError, match="for 7 sums") as told:
        diagram.spread({"a": 1, "b": 2, "c": 3}, 10)
    enough = told.value.needed
    assert diagram.spread({"a": 1, "b": 2, "c": 3}, enough) == {
        0: 1, 1: 1, 2: 1, 3: 2, 4: 1, 5: 1, 6: 1
    }  # fmt: skip
    with pytest.raises(OutgrownError):
        diagram.spread({"a": 1, "b": 2, "c": 3}, enough - 1)


def test_weights_with_a_common_factor_need_no_more_memory() -> None:
    diagram = compile_diagram("abc", [])
    assert diagram.spread({"a": HUGE, "b": -HUGE}, 100) == {-HUGE: 2, 0: 4, HUGE: 2}


def test_counts_as_wide_as_a_digit_do_not_run_over() -> None:
    for size in (7, 8, 9, 15, 16, 17, 64):
        names = [f"u{index}" for index in range(size)]
        nothing = compile_diagram(names, [])
        assert nothing.spread({}) == {0: 2**size}
        assert nothing.spread({"u0": 5, "u1": -5}) == {
            -5: 2**size // 4,
            0: 2**size // 2,
            5: 2**size // 4,
        }
        all_but_none = compile_diagram(names, [Linear("some", dict.fromkeys(names, 1), 1)])
        assert all_but_none.spread({"u0": 1}) == {0: 2 ** (size - 1) - 1, 1: 2 ** (size - 1)}


@cases(100)
@given(puzzles(), st.data(), st.integers(1, 3), CHOICES)
def test_best_is_the_list_sorted_by_sums_and_then_by_the_order(
    puzzle: Puzzle, data: st.DataObject, length: int, left: set[str]
) -> None:
    numbers = st.integers(-1, 1) | st.sampled_from([-3, 2, 2**64, -(2**64)])
    drawn = st.dictionaries(st.sampled_from(VARIABLES), st.tuples(*[numbers] * length), min_size=1)
    weights = data.draw(drawn)
    diagram, every = solved(puzzle)
    for asked, expected in (
        (diagram, every),
        (diagram.given((), left), [mix for mix in every if not left & mix]),
        (minimal(diagram), in_order(minimal_of(every), diagram.order)),
    ):
        score = partial(_score, weights, length)
        ranked = sorted(expected, key=lambda mix: [-number for number in score(mix)])
        assert list(best(asked, weights)) == [(score(mix), mix) for mix in ranked]


def _score(weights: dict[str, tuple[int, ...]], length: int, mix: Mix) -> tuple[int, ...]:
    return tuple(sum(weights[v][place] for v in mix if v in weights) for place in range(length))


def test_without_weights_the_best_come_in_order() -> None:
    diagram = compile_diagram("abcd", [Linear("two", dict.fromkeys("abcd", 1), 2, 3)])
    expected = list(mixes(diagram, 0, diagram.count()))
    for weights in ({}, {"a": ()}, {"a": (0, 0)}, {"x": (9,)}):
        assert [mix for _, mix in best(diagram, weights)] == expected
