"""Layers: their order, settled sums, and saying in time that memory will not do."""

import tracemalloc
from collections.abc import Sequence
from itertools import groupby
from unittest.mock import patch

import pytest
from hypothesis import given

from nvqplan.solving import layers, settling
from nvqplan.solving.diagram import Diagram, Layer, arrange, compile_diagram
from nvqplan.solving.layers import GIBIBYTE, NODE_BYTES, Arcs, OutgrownError, compile_layers
from nvqplan.solving.linear import Linear
from nvqplan.solving.listing import mixes
from nvqplan.solving.machine import Machine
from tests.oracle import accepted
from tests.puzzles import Puzzle, alike, puzzles
from tests.tapes import cases

WIDE = [f"w{index}" for index in range(16)]


def wide(names: Sequence[str] = WIDE) -> list[Machine]:
    """Two sums of which hardly any two mixes agree: nodes double from layer to layer."""
    weights = [
        {name: (place + 5) ** power % 9_973 for place, name in enumerate(names)}
        for power in (7, 11)
    ]
    return [Linear("half", each, sum(each.values()) // 2) for each in weights]


@cases(60)
@given(alike())
def test_variables_that_every_machine_holds_equal_stand_side_by_side(puzzle: Puzzle) -> None:
    order = arrange(puzzle.variables, puzzle.machines)
    told = [[machine.weights.get(v, 0) for machine in puzzle.machines] for v in order]
    assert sorted(order) == sorted(puzzle.variables)
    assert len(list(groupby(told))) == len(set(map(tuple, told)))


@cases(150)
@given(puzzles() | alike())
def test_settling_sums_together_changes_no_answer(puzzle: Puzzle) -> None:
    expected = compile_diagram(puzzle.variables, puzzle.machines)
    order, machines = expected.order, puzzle.machines
    with patch.multiple(settling, WIDE=1, EVERY=1, LONG=1):
        settled, ends = settled_layers(order, machines)
    pairs = zip(order, settled, strict=True)
    diagram = Diagram([Layer(variable, taken, left) for variable, (left, taken) in pairs], ends)
    count = expected.count()
    assert list(mixes(diagram, 0, diagram.count())) == list(mixes(expected, 0, count))
    assert set(mixes(diagram, 0, count)) == accepted(machines, puzzle.variables)
    assert diagram.size <= expected.size


def settled_layers(order: list[str], machines: Sequence[Machine]) -> tuple[list[Arcs], int]:
    """As they are compiled where memory would not do otherwise."""
    walks = [machine.along(order) for machine in machines]
    return layers.compile_walks(order, walks, GIBIBYTE, settling.Settler(walks, len(order)))


def tight() -> list[Machine]:
    """Two sums which hardly any mix meets together: merged in pairs they need far fewer nodes."""
    columns = ([(place * 7) ** power % 61 + 1 for place in range(16)] for power in (2, 3))
    halves = [(dict(zip(WIDE, column, strict=True)), sum(column) // 2) for column in columns]
    return [Linear("", weights, half, half + 1) for weights, half in halves]


def test_nodes_are_merged_in_pairs_only_where_a_plain_compile_outgrew_its_memory() -> None:
    plain = compile_diagram(WIDE, tight())
    with patch.object(settling, "Settler", side_effect=AssertionError):
        assert compile_diagram(WIDE, tight(), NODE_BYTES * plain.size).size == plain.size
    with patch.multiple(settling, WIDE=1, EVERY=1):
        settled = compile_diagram(WIDE, tight(), NODE_BYTES * plain.size * 3 // 4)
    assert settled.size < plain.size * 3 // 4
    assert settled.order == plain.order
    assert list(mixes(settled, 0, settled.count())) == list(mixes(plain, 0, plain.count()))


@cases(60)
@given(puzzles())
def test_just_enough_memory_will_do_and_a_byte_less_will_not(puzzle: Puzzle) -> None:
    order = arrange(puzzle.variables, puzzle.machines)
    whole = compile_layers(order, puzzle.machines)
    after = sum(len(arcs[0]) for arcs in whole[0][1:]) + whole[1]
    enough = NODE_BYTES * after if order else 0
    assert compile_layers(order, puzzle.machines, enough) == whole
    if enough:
        with pytest.raises(OutgrownError):
            compile_layers(order, puzzle.machines, enough - 1)


def test_a_diagram_that_would_outgrow_its_memory_says_so_with_an_estimate() -> None:
    with pytest.raises(OutgrownError, match=r"needed after \d+ of 16 steps"):
        compile_diagram(WIDE, wide(), 100_000)


def test_the_estimate_is_more_than_what_is_allowed_and_is_told_in_time() -> None:
    with pytest.raises(OutgrownError) as told:
        compile_diagram(WIDE, wide(), 100_000)
    assert told.value.allowed == 100_000
    assert told.value.needed > 100_000
    assert isinstance(told.value, MemoryError)
    assert compile_diagram(WIDE, wide()).size * NODE_BYTES > 100_000


def test_sums_of_too_many_amounts_are_refused_before_they_are_told_apart() -> None:
    fees = {name: 10**9 + place**5 for place, name in enumerate(WIDE)}
    with pytest.raises(OutgrownError, match="to tell sums apart"):
        compile_diagram(WIDE, [Linear("fees", fees, upper=8 * 10**9)], 2**26)


def test_no_more_memory_is_taken_than_a_quarter_over_what_is_allowed() -> None:
    names, allowed = [f"w{index}" for index in range(22)], 2**22
    tracemalloc.start()
    with pytest.raises(OutgrownError):
        compile_diagram(names, wide(names), allowed)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < allowed * 5 // 4
