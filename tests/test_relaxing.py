"""The best mixes without a diagram: the same ones, or it gives up and a diagram goes on."""

from collections.abc import Callable
from itertools import islice
from typing import Literal
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nvqplan.api import open_rulebook, open_space
from nvqplan.rules.qualification import machines_of
from nvqplan.solving import best as best_module
from nvqplan.solving import relaxing
from nvqplan.solving.best import best, best_accepted
from nvqplan.solving.diagram import Diagram, compile_diagram
from nvqplan.solving.either import Either
from nvqplan.solving.layers import GaveUpError
from nvqplan.solving.linear import Linear
from nvqplan.solving.order import arrange
from nvqplan.solving.relaxing import Relaxation
from tests.oracle import accepted
from tests.rulebooks import VARIABLES, Puzzle, cases, puzzles
from tests.test_counting import alike, credited

PUZZLES = puzzles() | credited() | alike()
WEIGHTS = st.dictionaries(
    st.sampled_from(VARIABLES), st.tuples(st.integers(-5, 5), st.integers(-9, 9))
)


BOOK = open_rulebook()
QUALIFICATIONS = [qualification.id for qualification in BOOK.qualifications]


def never() -> Diagram:
    raise AssertionError("nothing has to be compiled")


def compiling(puzzle: Puzzle) -> Callable[[], Diagram]:
    return lambda: compile_diagram(puzzle.variables, puzzle.machines)


@cases(400)
@given(PUZZLES, st.permutations(range(8)))
def test_mixes_come_by_their_weight(puzzle: Puzzle, exponents: list[int]) -> None:
    weights = {
        variable: (-1) ** exponent * 3**exponent
        for variable, exponent in zip(VARIABLES, exponents, strict=True)
    }
    with patch.object(relaxing, "PATIENCE", 2**8):
        found = list(Relaxation(puzzle.variables, puzzle.machines).descend(weights))
    expected = accepted(puzzle.machines, puzzle.variables)
    assert set(found) == expected
    assert len(found) == len(expected)
    sums = [sum(map(weights.__getitem__, mix)) for mix in found]
    assert sums == sorted(sums, reverse=True)


@cases(400)
@given(PUZZLES, WEIGHTS, st.sampled_from([0, 1, 5, 200]), st.sampled_from([0, 3]))
def test_the_best_are_the_same_whenever_a_diagram_has_to_go_on(
    puzzle: Puzzle, weights: dict[str, tuple[int, int]], patience: int, each: int
) -> None:
    named = {v: weight for v, weight in weights.items() if v in puzzle.variables}
    diagram = compiling(puzzle)()
    with patch.multiple(relaxing, PATIENCE=patience, PATIENCE_EACH=each):
        found = best_accepted(
            Relaxation(puzzle.variables, puzzle.machines),
            named,
            lambda: diagram.order,
            compiling(puzzle),
        )
        assert list(found) == list(best(diagram, named))


@cases(150)
@given(PUZZLES, WEIGHTS, st.sampled_from([0, 8]), st.sampled_from([1, 2, 8]))
def test_it_makes_no_difference_which_rules_are_short(
    puzzle: Puzzle, weights: dict[str, tuple[int, int]], short: int, together: int
) -> None:
    named = {v: weight for v, weight in weights.items() if v in puzzle.variables}
    diagram = compiling(puzzle)()
    with (
        patch.multiple(relaxing, SHORT=short, TOGETHER=together, PATIENCE=2**8),
        patch.object(best_module, "EQUAL", 2**8),
    ):
        found = best_accepted(
            Relaxation(puzzle.variables, puzzle.machines), named, lambda: diagram.order, never
        )
        assert list(found) == list(best(diagram, named))


def test_what_weighs_nothing_in_a_short_rule_does_not_hide_it() -> None:
    hours = Linear("at most 0", {"a": 1, "b": 1, "c": 0}, upper=0)
    credits = Linear("at least 1", {"a": 1, "b": 1, "c": 0}, 1)
    with pytest.raises(GaveUpError), patch.multiple(relaxing, PATIENCE=0, PATIENCE_EACH=0):
        list(Relaxation("abc", [hours, credits]).descend({"a": 1, "b": 2, "c": 4}))
    assert not list(Relaxation("abc", [hours, credits]).descend({"a": 1, "b": 2, "c": 4}))


def test_a_choice_that_reads_what_is_not_there_has_it_left() -> None:
    either = Either("no x, or a", ((Linear("", {"x": 1}, upper=0),), (Linear("", {"a": 1}, 1),)))
    assert list(Relaxation("a", [either]).descend({"a": 1})) == [frozenset("a"), frozenset()]


def test_where_a_long_rule_forbids_nearly_all_it_gives_up() -> None:
    many = [f"u{number}" for number in range(40)]
    machine = Linear("at least 30", dict.fromkeys(many, 1), 30)
    weights = {variable: -(2**place) for place, variable in enumerate(many)}
    with pytest.raises(GaveUpError):
        next(Relaxation(many, [machine]).descend(weights))
    told = dict.fromkeys(many, (-1,))
    order = arrange(many, [machine])
    diagram = compile_diagram(many, [machine])
    found = best_accepted(Relaxation(many, [machine]), told, lambda: order, lambda: diagram)
    assert next(found) == ((-30,), frozenset(order[:30]))


@cases(25)
@given(st.sampled_from(QUALIFICATIONS), st.sampled_from(["printed", "intended"]), st.data())
def test_the_best_of_the_real_rulebook_are_those_of_the_diagram(
    id: str, reading: Literal["printed", "intended"], data: st.DataObject
) -> None:
    """Wanted and unwanted units alike, many that weigh nothing, only unwanted ones, only ones."""
    numbers = data.draw(st.sampled_from([(-1000, 1000), (-1, 1), (-9, -1), (1, 1)]))
    space = open_space(id, registered="any", reading=reading, rulebook=BOOK)
    units = space.qualification.offering.units
    weights = {unit: (data.draw(st.integers(*numbers)),) for unit in units}
    found = list(islice(space.best(weights), 12))
    assert found == list(islice(best(space.diagram, weights), 12))


def test_weights_that_fit_the_rules_need_no_diagram() -> None:
    space = open_space("l3-diploma", registered="any")
    weights = {unit: ((37 * int(unit)) % 101 - 40,) for unit in space.qualification.offering.units}
    units, machines = tuple(space.qualification.offering.units), machines_of(space.demands)
    ranked = best_accepted(Relaxation(units, machines), weights, lambda: space.order, never)
    found = list(islice(ranked, 50))
    assert found == list(islice(best(space.diagram, weights), 50))
