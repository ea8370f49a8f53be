"""Two solvers that share no code find the same mixes."""

from hypothesis import given

from nvqplan.solving.diagram import Diagram
from nvqplan.solving.machine import holds
from nvqplan.solving.problem import mixes
from nvqplan.space import compile_demands
from tests.oracle import accepted, subsets
from tests.rulebooks import Asked, Puzzle, asked, cases, puzzles


@cases(400)
@given(puzzles())
def test_diagram_search_and_brute_force_find_the_same_mixes(puzzle: Puzzle) -> None:
    expected = accepted(puzzle.machines, puzzle.variables)
    assert {mix for _, mix in Diagram(puzzle.variables, puzzle.machines).best({})} == expected
    assert set(mixes(puzzle.machines, puzzle.variables)) == expected


@cases(120)
@given(asked())
def test_they_find_the_same_legal_mixes_of_a_rulebook(asked: Asked) -> None:
    qualification = asked.book.read()
    units = tuple(qualification.offering.units)
    demands = qualification.demands(asked.learner(qualification), asked.reading)
    machines = [machine for demand in demands for machine in demand.machines]
    expected = {mix for mix in subsets(units) if all(holds(each, mix) for each in machines)}
    assert {mix for _, mix in compile_demands(qualification, demands).best({})} == expected
    assert set(mixes(machines, units)) == expected
