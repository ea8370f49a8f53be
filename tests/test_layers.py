"""Counting with interchangeable variables folded, and saying in time that memory will not do."""

from itertools import combinations
from math import comb
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from nvqplan.solving import settling
from nvqplan.solving.diagram import compile_diagram, count_accepted
from nvqplan.solving.either import Either
from nvqplan.solving.folding import Alike, fold
from nvqplan.solving.layers import NODE_BYTES, OutgrownError, compile_layers
from nvqplan.solving.linear import Linear
from nvqplan.solving.listing import mixes
from nvqplan.solving.machine import Machine
from nvqplan.solving.order import arrange
from tests.oracle import accepted
from tests.rulebooks import VARIABLES, Puzzle, cases, machines, puzzles

MANY = [f"u{index}" for index in range(300)]
WIDE = [f"w{index}" for index in range(16)]


def wide() -> list[Machine]:
    """Two sums of which hardly any two mixes agree: nodes double from layer to layer."""
    weights = [
        {name: (place + 5) ** power % 9_973 for place, name in enumerate(WIDE)} for power in (7, 11)
    ]
    return [Linear("half", each, sum(each.values()) // 2) for each in weights]


@st.composite
def alike(draw: DrawFn) -> Puzzle:
    """Eight variables of at most three kinds, and machines that tell only the kinds apart."""
    kinds = draw(st.lists(st.sampled_from("abc"), min_size=8, max_size=8))
    of_kinds = draw(st.lists(machines("abc"), min_size=1, max_size=3))
    return Puzzle(tuple(VARIABLES), tuple(_spread(each, kinds) for each in of_kinds))


def _spread(machine: Machine, kinds: list[str]) -> Machine:
    """The machine with every variable of a kind weighing what the kind weighed."""
    if isinstance(machine, Either):
        alternatives = [tuple(_spread(m, kinds) for m in each) for each in machine.alternatives]
        return Either(machine.name, tuple(alternatives))
    assert isinstance(machine, Linear)
    weights = {v: machine.weights.get(kind, 0) for v, kind in zip(VARIABLES, kinds, strict=True)}
    return Linear(machine.name, weights, machine.lower, machine.upper)


@cases(120)
@given(puzzles())
def test_the_folded_count_is_the_number_of_mixes(puzzle: Puzzle) -> None:
    expected = len(accepted(puzzle.machines, puzzle.variables))
    assert count_accepted(puzzle.variables, puzzle.machines) == expected


@cases(120)
@given(alike())
def test_variables_of_one_kind_are_counted_together(puzzle: Puzzle) -> None:
    expected = len(accepted(puzzle.machines, puzzle.variables))
    assert count_accepted(puzzle.variables, puzzle.machines) == expected
    assert compile_diagram(puzzle.variables, puzzle.machines).count() == expected


@cases(60)
@given(alike())
def test_every_variable_is_decided_in_one_block(puzzle: Puzzle) -> None:
    blocks, _ = fold(arrange(puzzle.variables, puzzle.machines), puzzle.machines)
    assert sorted(v for block in blocks for v in block.variables) == sorted(VARIABLES)


@cases(60)
@given(alike())
def test_neighbours_are_alike_where_every_machine_holds_them_equal(puzzle: Puzzle) -> None:
    blocks = arrange(puzzle.variables, puzzle.machines)
    told = [[[m.weights.get(v, 0) for m in puzzle.machines] for v in block] for block in blocks]
    assert all(each == block[0] for block in told for each in block)
    assert all(one[0] != other[0] for one, other in combinations(told, 2))


def test_a_barred_pair_is_met_by_the_choices_that_are_left() -> None:
    barred, total = Linear("barred", {"a": 1, "b": 1}, upper=1), Linear("t", {"a": 3, "b": 3}, 3)
    blocks, unmet = fold(arrange("abc", [barred, total]), [barred, total])
    assert (len(blocks), unmet) == (2, [])
    blocks, unmet = fold(
        arrange("abcd", [barred]), [barred, Linear("t", dict.fromkeys("abcd", 3), 6)]
    )
    assert [list(block.ways) for block in blocks] == [[1, 2, 1], [1, 2]]
    assert [each.name for each in unmet] == ["t"]


@cases(150)
@given(puzzles() | alike())
def test_settling_sums_together_changes_no_answer(puzzle: Puzzle) -> None:
    expected = accepted(puzzle.machines, puzzle.variables)
    with patch.multiple(settling, WIDE=1, EVERY=1, LONG=1):
        diagram = compile_diagram(puzzle.variables, puzzle.machines)
        assert count_accepted(puzzle.variables, puzzle.machines) == len(expected)
    assert set(mixes(diagram, 0, diagram.count())) == expected
    assert diagram.size <= compile_diagram(puzzle.variables, puzzle.machines).size


def test_what_is_not_decided_is_left() -> None:
    either = Linear("a or z", {"a": 1, "z": 1}, 1)
    assert compile_diagram("ab", [either]).count() == count_accepted("ab", [either]) == 2


def test_so_many_of_many_alike_are_a_binomial_coefficient() -> None:
    machine = Linear("exactly 7", dict.fromkeys(MANY, 3), 21, 21)
    assert count_accepted(MANY, [machine]) == comb(300, 7)
    assert [len(block) for block in arrange(MANY, [machine])] == [300]


def test_alike_with_negative_weights_are_counted_too() -> None:
    halves = {name: 1 if place < 150 else -1 for place, name in enumerate(MANY)}
    balanced = Linear("as many of either half", halves, 0, 0)
    assert count_accepted(MANY, [balanced]) == comb(300, 150)


def test_alike_under_a_choice_are_counted_once_however_many_alternatives_hold() -> None:
    few, many = Linear("few", dict.fromkeys(MANY, 1), upper=2), Linear("", {}, upper=0)
    one = Linear("no more than one", dict.fromkeys(MANY, 1), upper=1)
    assert count_accepted(MANY, [Either("few or fewer", ((few,), (one,)))]) == 1 + 300 + 44_850
    assert count_accepted(MANY, [Either("few or anything", ((few,), (many,)))]) == 2**300


def test_what_no_machine_reads_doubles_the_count() -> None:
    assert count_accepted(MANY, []) == 2**300
    assert count_accepted(MANY, [Linear("one", {"u7": 1}, 1)]) == 2**299
    assert count_accepted((), []) == 1
    assert count_accepted((), [Linear("never", {}, 1)]) == 0
    assert count_accepted("ab", [Linear("never", {}, 1)]) == 0


@cases(60)
@given(puzzles())
def test_just_enough_memory_will_do_and_a_byte_less_will_not(puzzle: Puzzle) -> None:
    blocks = [Alike((v,)) for each in arrange(puzzle.variables, puzzle.machines) for v in each]
    whole = compile_layers(blocks, puzzle.machines)
    after = sum(len(arcs[0]) for arcs in whole[0][1:]) + whole[1]
    enough = NODE_BYTES * after if blocks else 0
    assert compile_layers(blocks, puzzle.machines, enough) == whole
    if enough:
        with pytest.raises(OutgrownError):
            compile_layers(blocks, puzzle.machines, enough - 1)


def test_a_diagram_that_would_outgrow_its_memory_says_so_with_an_estimate() -> None:
    for ask in (compile_diagram, count_accepted):
        with pytest.raises(OutgrownError, match=r"needed after \d+ of 16 steps"):
            ask(WIDE, wide(), 100_000)


def test_the_estimate_is_more_than_what_is_allowed_and_is_told_in_time() -> None:
    with pytest.raises(OutgrownError) as told:
        compile_diagram(WIDE, wide(), 100_000)
    assert told.value.allowed == 100_000
    assert told.value.needed > 100_000
    assert isinstance(told.value, MemoryError)
    assert compile_diagram(WIDE, wide()).size * NODE_BYTES > 100_000


def test_a_count_that_folds_needs_less_memory_than_the_diagram() -> None:
    machine = Linear("exactly 150", dict.fromkeys(MANY, 1), 150, 150)
    assert count_accepted(MANY, [machine], 100_000) == comb(300, 150)
    with pytest.raises(OutgrownError):
        compile_diagram(MANY, [machine], 100_000)
