"""Counting by products of polynomials: whatever is carried, in step, reduced or put in step."""

import doctest
from math import comb
from typing import Literal
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nvqplan.api import open_space
from nvqplan.solving import counting, tallies
from nvqplan.solving.counting import count_accepted, settle_sums
from nvqplan.solving.diagram import Diagram, compile_diagram
from nvqplan.solving.either import Either
from nvqplan.solving.layers import OutgrownError
from nvqplan.solving.linear import Linear
from nvqplan.solving.machine import Machine
from nvqplan.space.wishes import Wishes
from tests.oracle import accepted
from tests.puzzles import VARIABLES, Puzzle, alike, credited, puzzles
from tests.rulebook_3412 import RULEBOOK
from tests.tapes import cases

QUALIFICATIONS = [qualification.id for qualification in RULEBOOK.qualifications]

MANY = [f"u{index}" for index in range(300)]
WIDE = [f"w{index}" for index in range(24)]


def counted_in_any_memory(
    variables: tuple[str, ...], machines: tuple[Machine, ...], _: int
) -> Diagram:
    return compile_diagram(variables, machines)


@cases(150)
@given(puzzles())
def test_the_count_is_the_number_of_mixes(puzzle: Puzzle) -> None:
    expected = len(accepted(puzzle.machines, puzzle.variables))
    assert count_accepted(puzzle.variables, puzzle.machines) == expected


@cases(150)
@given(alike())
def test_variables_of_one_kind_are_counted_together(puzzle: Puzzle) -> None:
    expected = len(accepted(puzzle.machines, puzzle.variables))
    assert count_accepted(puzzle.variables, puzzle.machines) == expected
    assert compile_diagram(puzzle.variables, puzzle.machines).count() == expected


@cases(300)
@given(credited())
def test_sums_in_step_with_each_other_are_counted_by_digits(puzzle: Puzzle) -> None:
    expected = len(accepted(puzzle.machines, puzzle.variables))
    assert count_accepted(puzzle.variables, puzzle.machines) == expected


@cases(150)
@given(puzzles() | alike() | credited(), st.sampled_from([0, 10**9]), st.sampled_from([0, 9]))
def test_no_short_cut_changes_the_count(puzzle: Puzzle, fewer: int, longest: int) -> None:
    """Everything reduced at once; always put in step, or never; nothing carried, or little."""
    expected = len(accepted(puzzle.machines, puzzle.variables))
    short_cuts = patch.multiple(tallies, FEW=0, LONG=0, FEWER=fewer)
    with short_cuts, patch.object(counting, "LONGEST", longest * 100):
        assert count_accepted(puzzle.variables, puzzle.machines) == expected


@cases(150)
@given(puzzles() | credited(), st.sampled_from([0, 20]), st.sampled_from([300, 10**6]))
def test_where_products_are_too_many_a_diagram_counts(
    puzzle: Puzzle, products: int, memory: int
) -> None:
    expected = len(accepted(puzzle.machines, puzzle.variables))
    limits = patch.object(counting, "TRIED", 1), patch.object(tallies, "PRODUCTS", products)
    with limits[0], limits[1], patch.object(counting, "compile_diagram", counted_in_any_memory):
        assert count_accepted(puzzle.variables, puzzle.machines, memory) == expected


@cases(150)
@given(puzzles(), st.integers(0, 4))
def test_what_is_not_among_the_variables_is_left(puzzle: Puzzle, known: int) -> None:
    variables = puzzle.variables[:known]
    expected = len(accepted(puzzle.machines, variables))
    assert count_accepted(variables, puzzle.machines) == expected
    assert compile_diagram(variables, puzzle.machines).count() == expected


@cases(200)
@given(puzzles() | credited())
def test_what_is_decided_holds_in_every_mix(puzzle: Puzzle) -> None:
    sums = [machine for machine in puzzle.machines if isinstance(machine, Linear)]
    mixes = accepted(sums, puzzle.variables)
    settled = settle_sums(sums, puzzle.variables)
    if settled is None:
        assert not mixes
    else:
        decided = settled[1].items()
        assert all((variable in mix) == taken for variable, taken in decided for mix in mixes)


@cases(60)
@given(st.sampled_from(QUALIFICATIONS), st.sampled_from(["printed", "intended"]), st.data())
def test_counts_of_the_real_rulebook_are_those_of_the_diagram(
    id: str, reading: Literal["printed", "intended"], data: st.DataObject
) -> None:
    qualification = next(each for each in RULEBOOK.qualifications if each.id == id)
    some = st.lists(st.sampled_from(list(qualification.offering.units)), max_size=3)
    more = st.integers(0, 9).map(lambda more: qualification.credits + more)
    wishes = Wishes(
        taken=tuple(data.draw(some)),
        left=tuple(data.draw(some)),
        credits=(data.draw(st.none() | more), data.draw(st.none() | more)),
        max_glh=data.draw(st.none() | st.integers(30, 400)),
    )
    registered: Literal["any"] | None = data.draw(st.sampled_from(["any", None]))
    space = open_space(id, registered=registered, reading=reading, wishes=wishes, rulebook=RULEBOOK)
    assert space.count() == space.diagram.count()


def test_mandatory_units_and_those_not_on_offer_are_decided_at_once() -> None:
    both = Linear("mandatory", {"a": 1, "b": 1}, 2)
    none = Linear("offer", {"c": 1, "d": 1}, upper=0)
    needs = Linear("e needs a", {"a": 1, "e": -1}, 0)
    total = Linear("total", dict.fromkeys("abcdef", 3), 9)
    settled = settle_sums([both, none, needs, total], "abcdef")
    assert settled is not None
    sums, decided = settled
    assert decided == {"a": True, "b": True, "c": False, "d": False}
    assert [(each.lower, each.upper, each.most) for each in sums] == [(3, None, 6)]


def test_sums_that_contradict_each_other_or_themselves_allow_nothing() -> None:
    assert settle_sums([Linear("a", {"a": 1}, 1), Linear("no a", {"a": 1}, upper=0)], "a") is None
    assert settle_sums([Linear("more than all", {"a": 1}, 2)], "a") is None
    assert settle_sums([Linear("all, but fewer", {"a": 2}, 2, 1)], "a") is None
    assert count_accepted("ab", [Linear("neither", {"a": 2, "b": 2}, 1, 1)]) == 0


def test_so_many_of_many_alike_are_a_binomial_coefficient() -> None:
    assert count_accepted(MANY, [Linear("7", dict.fromkeys(MANY, 3), 21, 21)]) == comb(300, 7)


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


def test_weights_too_great_to_be_carried_are_told_apart_by_keys() -> None:
    fees = {name: 10**9 + place for place, name in enumerate(VARIABLES)}
    half = sum(fees.values()) // 2
    under, over = Linear("under", fees, upper=half), Linear("over", fees, half + 1)
    counts = [count_accepted(VARIABLES, [each]) for each in (under, over)]
    assert counts == [len(accepted([each], VARIABLES)) for each in (under, over)]
    assert sum(counts) == 2 ** len(VARIABLES)


@pytest.mark.parametrize("huge", [10**9, 10**30])
def test_a_bound_far_past_all_digits_takes_no_memory(huge: int) -> None:
    credits = Linear("carried", {"a": 1, "b": 1, "c": 1}, 2)
    fees = Linear("in step with b", {"d": 1, "b": 1, "a": huge, "c": huge}, upper=huge + 1)
    assert count_accepted("abcde", [credits, fees]) == len(accepted([credits, fees], "abcde")) == 4


def wide() -> list[Machine]:
    """Two sums of which hardly any two mixes agree: keys double from variable to variable."""
    weights = [
        {name: (place + 5) ** power % 9_973 for place, name in enumerate(WIDE)} for power in (7, 11)
    ]
    return [Linear("half", each, sum(each.values()) // 2) for each in weights]


def test_a_count_that_would_outgrow_its_memory_says_so_with_an_estimate() -> None:
    with pytest.raises(OutgrownError, match=r"needed after \d+ of 24 steps, 98 KiB") as told:
        count_accepted(WIDE, wide(), 100_000)
    assert told.value.needed > told.value.allowed == 100_000


def test_a_count_needs_less_memory_than_the_diagram() -> None:
    machine = Linear("exactly 150", dict.fromkeys(MANY, 1), 150, 150)
    assert count_accepted(MANY, [machine], 100_000) == comb(300, 150)
    with pytest.raises(OutgrownError):
        compile_diagram(MANY, [machine], 100_000)


def test_the_worked_example_is_right() -> None:
    assert doctest.testmod(tallies) == (0, 10)
