"""All mixes at once: how many, which, and the best of them first."""

import tracemalloc
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nvqplan.solving.best import best
from nvqplan.solving.diagram import compile_diagram
from nvqplan.solving.linear import Linear
from tests.oracle import Mix, accepted
from tests.puzzles import HUGE, VARIABLES, Puzzle, puzzles
from tests.tapes import cases

MANY = [f"u{index}" for index in range(60)]

Weights = dict[str, tuple[int, ...]]


def weights(length: int) -> st.SearchStrategy[Weights]:
    numbers = st.integers(-3, 3) | st.sampled_from([-HUGE, HUGE])
    return st.dictionaries(st.sampled_from(VARIABLES), st.tuples(*[numbers] * length))


def score(mix: Mix, weights: Weights, length: int) -> tuple[int, ...]:
    weighed = [weights[variable] for variable in mix if variable in weights]
    return tuple(sum(each[place] for each in weighed) for place in range(length))


@cases(450)
@given(puzzles(), st.data())
def test_count_is_the_number_of_mixes_and_best_finds_each_once_in_order_of_its_sums(
    puzzle: Puzzle, data: st.DataObject
) -> None:
    length = data.draw(st.integers(1, 3))
    chosen = data.draw(weights(length))
    legal = accepted(puzzle.machines, puzzle.variables)
    diagram = compile_diagram(puzzle.variables, puzzle.machines)
    assert diagram.count() == len(legal)
    mixes = [mix for _, mix in best(diagram, {})]
    assert len(mixes) == len(set(mixes))
    assert set(mixes) == legal
    ranked = list(best(diagram, chosen))
    expected = {mix: score(mix, chosen, length if chosen else 0) for mix in legal}
    assert {mix: found for found, mix in ranked} == expected
    assert [found for found, _ in ranked] == sorted(expected.values(), reverse=True)


@cases(200)
@given(puzzles(), st.permutations(VARIABLES))
def test_the_order_in_which_variables_are_named_changes_no_answer(
    puzzle: Puzzle, order: list[str]
) -> None:
    shuffled = [variable for variable in order if variable in puzzle.variables]
    one, other = (compile_diagram(each, puzzle.machines) for each in (puzzle.variables, shuffled))
    assert one.count() == other.count()
    assert {mix for _, mix in best(one, {})} == {mix for _, mix in best(other, {})}


def test_the_first_number_of_a_weight_decides_before_the_second() -> None:
    machine = Linear("exactly one", dict.fromkeys("abc", 1), 1, 1)
    ranked = best(compile_diagram("abc", [machine]), {"a": (1, -HUGE), "b": (0, HUGE), "c": (1, 0)})
    assert ["".join(mix) for _, mix in ranked] == ["c", "a", "b"]


def test_negative_weights_put_the_least_first() -> None:
    ranked = best(compile_diagram("ab", []), {"a": (-1,), "b": (-3,)})
    assert list(ranked) == [
        ((0,), frozenset()),
        ((-1,), frozenset("a")),
        ((-3,), frozenset("b")),
        ((-4,), frozenset("ab")),
    ]


def test_weights_of_variables_that_are_not_decided_weigh_nothing() -> None:
    assert list(best(compile_diagram("a", []), {"x": (5,)})) == [
        ((0,), frozenset("a")),
        ((0,), frozenset()),
    ]


def test_no_variables_and_no_machines_leave_the_empty_mix() -> None:
    diagram = compile_diagram((), [])
    assert (diagram.count(), diagram.size) == (1, 0)
    assert list(best(diagram, {})) == [((), frozenset())]


def test_no_variables_but_weights_give_sums_of_nothing() -> None:
    assert list(best(compile_diagram((), []), {"a": (1, 2)})) == [((0, 0), frozenset())]


def test_no_machines_leave_every_mix() -> None:
    assert compile_diagram(MANY, []).count() == 2**60


@pytest.mark.parametrize("variables", ["", "ab"])
def test_a_machine_that_reads_nothing_and_never_holds_leaves_no_mix(variables: str) -> None:
    diagram = compile_diagram(variables, [Linear("too young", {}, lower=1)])
    assert diagram.count() == 0
    assert list(best(diagram, {"a": (1,)})) == []


def test_machines_that_collide_leave_no_mix() -> None:
    machines = [Linear("most", {"a": 1, "b": 1}, upper=1), Linear("least", {"a": 1, "b": 1}, 2)]
    assert compile_diagram("ab", machines).count() == 0
    assert list(best(compile_diagram("ab", machines), {})) == []


def test_best_is_found_one_by_one() -> None:
    half = Linear("half of them", dict.fromkeys(MANY, 1), 30, 30)
    ranked = best(
        compile_diagram(MANY, [half]), {name: (1 << place,) for place, name in enumerate(MANY)}
    )
    first = [sums[0] for sums, _ in islice(ranked, 500)]
    assert first[0] == sum(1 << place for place in range(30, 60))
    assert all(before > after for before, after in pairwise(first))


def test_two_readers_of_one_diagram_do_not_disturb_each_other() -> None:
    diagram = compile_diagram("abcd", [Linear("two", dict.fromkeys("abcd", 1), 2, 2)])
    one, other = best(diagram, {"a": (1,)}), best(diagram, {"d": (1,)})
    alternating = [next(each)[1] for _ in range(6) for each in (one, other)]
    assert alternating[::2] == [mix for _, mix in best(diagram, {"a": (1,)})]
    assert alternating[1::2] == [mix for _, mix in best(diagram, {"d": (1,)})]


@pytest.mark.parametrize("bounds", [(-HUGE, HUGE), (None, HUGE), (-HUGE, None)])
def test_huge_bounds_that_never_bind_cost_one_node_a_layer(bounds: tuple[int, int]) -> None:
    tracemalloc.start()
    diagram = compile_diagram(MANY, [Linear("wide", dict.fromkeys(MANY, 7), *bounds)])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (diagram.count(), diagram.size) == (2**60, 60)
    assert peak < 1_000_000


@pytest.mark.parametrize("bounds", [(HUGE, None), (None, -HUGE), (HUGE, HUGE)])
def test_huge_bounds_out_of_reach_cost_nothing(bounds: tuple[int, int]) -> None:
    tracemalloc.start()
    diagram = compile_diagram(MANY, [Linear("out of reach", dict.fromkeys(MANY, 7), *bounds)])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (diagram.count(), diagram.size) == (0, 0)
    assert peak < 1_000_000


def test_large_weights_cost_no_more_nodes_than_small_ones() -> None:
    small = compile_diagram(MANY, [Linear("3 of 60", dict.fromkeys(MANY, 1), 3, 3)])
    large = compile_diagram(MANY, [Linear("3 of 60", dict.fromkeys(MANY, 10_000), 30_000, 30_000)])
    assert (large.count(), large.size) == (small.count(), small.size) == (34_220, small.size)


def test_equal_states_are_one_node() -> None:
    at_most_one = Linear("barred", dict.fromkeys(MANY, 1), upper=1)
    assert compile_diagram(MANY, [at_most_one]).size == 2 * 60 - 1


def test_variables_that_share_machines_are_decided_side_by_side() -> None:
    pairs = [Linear("barred", {f"u{i}": 1, f"u{i + 10}": 1}, upper=1) for i in range(10)]
    diagram = compile_diagram(MANY[:20], pairs)
    assert (diagram.count(), diagram.size) == (3**10, 30)
