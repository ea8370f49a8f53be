"""The mixes that hold no other one, held against comparing every two."""

import sys
from collections.abc import Iterator
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nvqplan.solving.derived import minimal
from nvqplan.solving.diagram import Diagram, compile_diagram
from nvqplan.solving.either import Either
from nvqplan.solving.layers import NODE_BYTES, OutgrownError
from nvqplan.solving.linear import Linear
from nvqplan.solving.listing import mixes
from tests.oracle import Mix, accepted, minimal_of
from tests.puzzles import VARIABLES, Puzzle, puzzles
from tests.tapes import cases

MANY = [f"u{index}" for index in range(1_200)]
CHOICES = st.sets(st.sampled_from(VARIABLES), max_size=2)


def listed(diagram: Diagram) -> set[Mix]:
    found = list(mixes(diagram, 0, diagram.count()))
    assert len(set(found)) == len(found)
    return set(found)


@pytest.fixture
def limit() -> Iterator[int]:
    """The recursion limit before, which is to be the one after."""
    before = sys.getrecursionlimit()
    yield before
    assert sys.getrecursionlimit() == before


@cases(150)
@given(puzzles())
def test_no_mix_holds_another_one(puzzle: Puzzle) -> None:
    diagram = compile_diagram(puzzle.variables, puzzle.machines)
    smallest = minimal(diagram)
    assert listed(smallest) == minimal_of(accepted(puzzle.machines, puzzle.variables))
    assert smallest.order == diagram.order


@cases(80)
@given(puzzles(), CHOICES, CHOICES)
def test_after_choices_those_of_the_rest_are_found(
    puzzle: Puzzle, taken: set[str], left: set[str]
) -> None:
    taken &= set(puzzle.variables)
    diagram = compile_diagram(puzzle.variables, puzzle.machines)
    every = accepted(puzzle.machines, puzzle.variables)
    chosen = {mix for mix in every if taken <= mix and not left & mix}
    assert listed(minimal(diagram.given(taken, left))) == minimal_of(chosen)
    before = {mix for mix in minimal_of(every) if taken <= mix and not left & mix}
    assert listed(minimal(diagram).given(taken, left)) == before
    assert listed(minimal(minimal(diagram))) == minimal_of(every)


@cases(60)
@given(puzzles())
def test_no_two_nodes_mean_the_same(puzzle: Puzzle) -> None:
    smallest = minimal(compile_diagram(puzzle.variables, puzzle.machines))
    for layer in smallest.layers:
        arcs = list(zip(layer.taken, layer.left, strict=True))
        assert len(set(arcs)) == len(arcs)
        assert (-1, -1) not in arcs


def test_a_unit_that_needs_another_can_be_in_no_minimal_mix_without_it() -> None:
    requires = Linear("a only with b", {"a": -1, "b": 1}, 0)
    some = Linear("a or c", {"a": 1, "c": 1}, 1)
    diagram = compile_diagram("abc", [requires, some])
    assert listed(minimal(diagram)) == {frozenset("ab"), frozenset("c")}


def test_a_gap_between_legal_sums_is_jumped() -> None:
    """Of 0, 3 or 4 taken variables: what holds the empty mix is not minimal, however far below."""
    none, three = Linear("none", dict.fromkeys("abcd", 1), 0, 0), dict.fromkeys("abcd", 1)
    gap = Either("none, or three and more", ((none,), (Linear("three", three, 3),)))
    assert listed(minimal(compile_diagram("abcd", [gap]))) == {frozenset()}
    not_none = Linear("a", {"a": 1}, 1)
    assert listed(minimal(compile_diagram("abcd", [gap, not_none]))) == {
        frozenset("abc"),
        frozenset("abd"),
        frozenset("acd"),
    }


def test_of_no_mixes_none_is_minimal() -> None:
    for variables in ("", "ab"):
        nothing = minimal(compile_diagram(variables, [Linear("never", {}, 1)]))
        assert (nothing.count(), nothing.order) == (0, list(variables))
        assert listed(nothing) == set()
        assert nothing.rank(frozenset()) is None
        assert nothing.shares() == dict.fromkeys(variables, 0)
        assert nothing.spread(dict.fromkeys(variables, 1)) == {}
    every_way_barred = compile_diagram("ab", []).given("a", "a")
    assert minimal(every_way_barred).count() == 0


def test_the_mix_that_takes_nothing_is_the_only_minimal_one() -> None:
    assert listed(minimal(compile_diagram("ab", []))) == {frozenset()}
    assert listed(minimal(compile_diagram((), []))) == {frozenset()}


def test_many_variables_are_no_obstacle(limit: int) -> None:
    diagram = compile_diagram(MANY, [Linear("three", dict.fromkeys(MANY, 1), 3)])
    assert limit < len(MANY)
    assert minimal(diagram).count() == comb(1_200, 3)


def test_families_that_only_the_first_variable_compares_are_no_obstacle(limit: int) -> None:
    """With `a` one of the first half is needed, without it one of the second."""
    one, other = ([f"{half}{index}" for index in range(1_200)] for half in "xy")
    with_a = Linear("with a", {"a": -1, **dict.fromkeys(one, 1)}, 0)
    without = Linear("without a", {"a": 1, **dict.fromkeys(other, 1)}, 1)
    diagram = compile_diagram(["a", *one, *other], [with_a, without])
    assert diagram.order[0] == "a"
    assert limit < len(one)
    pairs = {frozenset(("a", unit)) for unit in one}
    assert listed(minimal(diagram)) == pairs | {frozenset((unit,)) for unit in other}


def test_memory_that_will_not_do_is_told(limit: int) -> None:
    diagram = compile_diagram(MANY[:60], [Linear("half", dict.fromkeys(MANY[:60], 1), 30)])
    with pytest.raises(OutgrownError, match="for mixes that hold no other") as told:
        minimal(diagram, 50_000)
    assert sys.getrecursionlimit() == limit
    assert told.value.needed >= told.value.allowed == 50_000
    assert minimal(diagram, 32_000_000).count() == comb(60, 30)


@cases(60)
@given(puzzles())
def test_memory_for_every_pair_that_can_be_asked_will_always_do(puzzle: Puzzle) -> None:
    diagram = compile_diagram(puzzle.variables, puzzle.machines)
    smallest = minimal(diagram)
    with pytest.raises(OutgrownError) if smallest.size else pytest.MonkeyPatch.context():
        minimal(diagram, NODE_BYTES * max(smallest.size - 1, 0))
