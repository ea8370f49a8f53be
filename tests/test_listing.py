"""The mixes from any one to any other, as sets and as text, held against a plain walk of all."""

from functools import cache
from itertools import pairwise
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nvqplan.solving import listing
from nvqplan.solving.diagram import Diagram, Layer, compile_diagram
from nvqplan.solving.layers import DEAD
from nvqplan.solving.linear import Linear
from nvqplan.solving.listing import lines, mixes
from tests.oracle import Mix, accepted, in_order, rows_of
from tests.puzzles import Puzzle, puzzles
from tests.tapes import cases

BIG = [f"v{index}" for index in range(15)]
ENDS = st.integers(-2, 260)
CUTS = [*range(-1, 3), 63, 64, 65, 4_095, 4_096, 4_097, 8_191, 8_192, 8_193, 12_345]


def written(diagram: Diagram, start: int, stop: int) -> tuple[bytes, int]:
    """All text of a range, and the number of rows told with it."""
    told = list(lines(diagram, start, stop))
    return b"".join(text for text, _ in told), sum(rows for _, rows in told)


def between(expected: list[Mix], start: int, stop: int) -> list[Mix]:
    return [mix for number, mix in enumerate(expected) if start <= number < stop]


def tangled(size: int, width: int) -> Diagram:
    """A diagram of many unlike nodes, some of its arcs dead."""
    layers, before = [], 1
    for depth in range(size):
        after = min(2 * before, width)
        taken, left = (
            [_arc(depth, node, side, after) for node in range(before)] for side in (False, True)
        )
        layers.append(Layer(f"v{depth}", taken, left))
        before = after
    return Diagram(layers, before)


def walked(diagram: Diagram) -> list[Mix]:
    """The mixes of every way through a diagram, those that take a layer first."""
    ways: list[tuple[int, list[str]]] = [(0, [])]
    for layer in diagram.layers:
        ways = [
            (arcs[node], [*mix, *taken])
            for node, mix in ways
            for arcs, taken in ((layer.taken, [layer.variable]), (layer.left, []))
            if arcs[node] != DEAD
        ]
    return [frozenset(mix) for _, mix in ways]


@cache
def tangle() -> tuple[Diagram, list[Mix]]:
    diagram = tangled(len(BIG), 400)
    return diagram, walked(diagram)


def _arc(depth: int, node: int, side: bool, after: int) -> int:
    number = (depth + 3) ** 2 * (2 * node + side + 1) ** 3 % 7_919
    return DEAD if number % 17 == 0 else number % after


@cases(100)
@given(puzzles(), st.lists(st.tuples(ENDS, ENDS), min_size=1, max_size=9))
def test_any_part_is_that_part_of_the_whole(puzzle: Puzzle, ranges: list[tuple[int, int]]) -> None:
    diagram = compile_diagram(puzzle.variables, puzzle.machines)
    expected = in_order(accepted(puzzle.machines, puzzle.variables), diagram.order)
    for start, stop in [(0, len(expected)), *((max(a, 0), b) for a, b in ranges)]:
        part = between(expected, start, stop)
        assert list(mixes(diagram, start, stop)) == part
        assert written(diagram, start, stop) == (rows_of(part, diagram.order), len(part))


@cases(60)
@given(puzzles(), st.integers(1, 40))
def test_parts_of_any_length_joined_are_everything(puzzle: Puzzle, step: int) -> None:
    diagram = compile_diagram(puzzle.variables, puzzle.machines)
    expected = in_order(accepted(puzzle.machines, puzzle.variables), diagram.order)
    starts = range(0, len(expected), step)
    assert [mix for start in starts for mix in mixes(diagram, start, start + step)] == expected
    told = b"".join(written(diagram, start, start + step)[0] for start in starts)
    assert told == rows_of(expected, diagram.order)


@cases(80)
@given(puzzles(), st.integers(2, 99), st.integers(0, 260))
def test_pieces_of_any_size_are_one_list(puzzle: Puzzle, size: int, start: int) -> None:
    diagram = compile_diagram(puzzle.variables, puzzle.machines)
    expected = in_order(accepted(puzzle.machines, puzzle.variables), diagram.order)[start:]
    with patch.object(listing, "SIZES", (size, 1)):
        assert list(mixes(diagram, start, 999)) == expected
        assert written(diagram, start, 999) == (rows_of(expected, diagram.order), len(expected))


def test_a_choice_that_leaves_dead_ends_is_listed_without_them() -> None:
    diagram = compile_diagram("abc", [Linear("two", dict.fromkeys("abc", 1), 2, 2)])
    for left, rows in (("a", b"\nb c"), ("b", b"\na c"), ("c", b"\na b"), ("ab", b"")):
        chosen = diagram.given((), left)
        assert written(chosen, 0, 9) == (rows, rows.count(b"\n"))
        assert written(chosen, 1, 9) == (b"", 0)
        assert len(list(mixes(chosen, 0, 9))) == rows.count(b"\n")


def test_the_mix_that_takes_nothing_is_two_quotation_marks() -> None:
    diagram = compile_diagram("ab", [])
    assert list(lines(diagram, 0, 4)) == [(b'\na b\na\nb\n""', 4)]
    assert list(lines(diagram, 3, 4)) == [(b'\n""', 1)]
    assert list(lines(diagram, 2, 3)) == [(b"\nb", 1)]
    assert list(lines(compile_diagram((), []), 0, 1)) == [(b'\n""', 1)]
    assert list(mixes(compile_diagram((), []), 0, 1)) == [frozenset()]


def test_of_no_mixes_nothing_is_told() -> None:
    for variables in ("", "ab"):
        nothing = compile_diagram(variables, [Linear("never", {}, 1)])
        assert written(nothing, 0, 9) == (b"", 0)
        assert list(mixes(nothing, 0, 9)) == []


@pytest.mark.parametrize(("start", "stop"), [(3, 3), (5, 3), (8, 8), (7, 0), (9, 8), (0, 0)])
def test_a_part_that_ends_before_it_starts_is_empty(start: int, stop: int) -> None:
    diagram = compile_diagram("abc", [])
    assert list(mixes(diagram, start, stop)) == []
    assert written(diagram, start, stop) == (b"", 0)


def test_many_pieces_are_one_list() -> None:
    diagram, expected = tangle()
    assert len(expected) > 2 * 4_096
    assert diagram.count() == len(expected)
    assert list(mixes(diagram, 0, len(expected))) == expected
    assert written(diagram, 0, len(expected)) == (rows_of(expected, BIG), len(expected))


def test_parts_that_cut_pieces_are_those_of_the_list() -> None:
    diagram, expected = tangle()
    cuts = [cut for cut in CUTS if cut < len(expected)]
    for start, stop in [*pairwise(cuts), (1, len(expected) - 1), (4_000, 4_200), (63, 99_999)]:
        part = between(expected, start, stop)
        assert list(mixes(diagram, start, stop)) == part
        assert written(diagram, start, stop) == (rows_of(part, BIG), len(part))


def test_pieces_are_as_large_as_they_may_be_and_no_larger() -> None:
    diagram = compile_diagram(BIG, [])
    told = [rows for _, rows in lines(diagram, 0, 2**15)]
    assert told == [4_096] * 8
    assert [rows for _, rows in lines(diagram, 4_095, 8_193)] == [1, 4_096, 1]


@pytest.mark.parametrize("kept", [0, 500, 5_000, 10**9])
def test_no_more_rows_are_kept_than_may_be(kept: int) -> None:
    diagram = tangled(12, 400)
    counts = [count for row in diagram.counts for count in row]
    most = listing._fitting(diagram, kept, asked=10**9)
    larger = [size for size in listing.SIZES if size > most]
    assert most == 1 or sum(count for count in counts if count <= most) <= kept
    assert all(sum(count for count in counts if count <= size) > kept for size in larger)


def test_whoever_asks_for_few_rows_pays_for_few() -> None:
    diagram = tangled(12, 400)
    counts = [count for row in diagram.counts for count in row]
    for asked in (-5, 0, 5, 100, 1_000, 10_000):
        most = listing._fitting(diagram, kept=10**9, asked=asked)
        rows = sum(count for count in counts if count <= most)
        assert most == 1 or (most <= asked and rows <= listing.COPIES * asked)
    assert most > 1
