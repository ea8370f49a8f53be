"""The best mixes: the same ones, whether they are hoped for or all nodes are weighed."""

from itertools import islice
from typing import Any, Literal
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nvqplan.api import open_rulebook, open_space
from nvqplan.solving import best as best_module
from nvqplan.solving.best import best
from nvqplan.solving.diagram import compile_diagram
from nvqplan.solving.linear import Linear
from tests.oracle import accepted
from tests.puzzles import VARIABLES, Puzzle, alike, credited, puzzles
from tests.tapes import cases

PUZZLES = puzzles() | credited() | alike()
WEIGHTS = st.dictionaries(
    st.sampled_from(VARIABLES), st.tuples(st.integers(-5, 5), st.integers(-9, 9))
)
BOOK = open_rulebook()
QUALIFICATIONS = [qualification.id for qualification in BOOK.qualifications]


def without_hope() -> Any:
    """No hopeful step may be taken."""
    return patch.multiple(best_module, SHARE=10**9, WALKS=0)


@cases(400)
@given(PUZZLES, st.permutations(range(8)))
def test_mixes_come_by_their_weight(puzzle: Puzzle, exponents: list[int]) -> None:
    weights = {
        variable: ((-1) ** exponent * 3**exponent,)
        for variable, exponent in zip(VARIABLES, exponents, strict=True)
        if variable in puzzle.variables
    }
    diagram = compile_diagram(puzzle.variables, puzzle.machines)
    found = list(best(diagram, weights))
    expected = accepted(puzzle.machines, puzzle.variables)
    assert {mix for _, mix in found} == expected
    assert len(found) == len(expected)
    sums = [sum(weights[variable][0] for variable in mix) for _, mix in found]
    assert sums == sorted(sums, reverse=True)


@cases(400)
@given(PUZZLES, WEIGHTS, st.sampled_from([1, 2, 8, 32]), st.integers(0, 2))
def test_the_best_are_the_same_wherever_hope_is_given_up(
    puzzle: Puzzle, weights: dict[str, tuple[int, int]], share: int, walks: int
) -> None:
    diagram = compile_diagram(puzzle.variables, puzzle.machines)
    with without_hope():
        expected = list(best(diagram, weights))
    with patch.multiple(best_module, SHARE=share, WALKS=walks):
        assert list(best(diagram, weights)) == expected


def test_where_a_long_rule_forbids_nearly_all_hope_is_given_up() -> None:
    many = [f"u{number}" for number in range(40)]
    diagram = compile_diagram(many, [Linear("at least 30", dict.fromkeys(many, 1), 30)])
    weights = dict.fromkeys(many, (-1,))
    assert next(best(diagram, weights)) == ((-30,), frozenset(diagram.order[:30]))
    with patch.object(best_module, "_most_below", None), pytest.raises(TypeError):
        next(best(diagram, weights))


@cases(25)
@given(st.sampled_from(QUALIFICATIONS), st.sampled_from(["printed", "intended"]), st.data())
def test_the_best_of_the_real_rulebook_are_those_of_all_nodes(
    id: str, reading: Literal["printed", "intended"], data: st.DataObject
) -> None:
    """Wanted and unwanted units alike, many that weigh nothing, only unwanted ones, only ones."""
    numbers = data.draw(st.sampled_from([(-1000, 1000), (-1, 1), (-9, -1), (1, 1)]))
    space = open_space(id, registered="any", reading=reading, rulebook=BOOK)
    units = space.qualification.offering.units
    weights = {unit: (data.draw(st.integers(*numbers)),) for unit in units}
    found = list(islice(space.best(weights), 12))
    with without_hope():
        assert found == list(islice(best(space.diagram, weights), 12))


def test_weights_that_fit_the_rules_need_no_look_at_all_nodes() -> None:
    space = open_space("l3-diploma", registered="any")
    proposal = space.nth(space.count() // 3) ^ {"101"}
    units = space.qualification.offering.units
    weights = {unit: (1,) if unit in proposal else (-1,) for unit in units}
    with patch.object(best_module, "_most_below", None):
        found = list(islice(best(space.diagram, weights), 10))
    assert found == list(islice(best(space.diagram, weights), 10))
