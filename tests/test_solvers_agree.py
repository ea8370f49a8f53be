"""Two solvers that share no code find the same mixes."""

from hypothesis import given

from nvqplan.solving.best import best
from nvqplan.solving.diagram import compile_diagram
from nvqplan.solving.problem import mixes
from tests.oracle import accepted, subsets
from tests.puzzles import Puzzle, puzzles
from tests.rulebooks import Asked, asked
from tests.tapes import cases


@cases(400)
@given(puzzles())
def test_diagram_search_and_brute_force_find_the_same_mixes(puzzle: Puzzle) -> None:
    expected = accepted(puzzle.machines, puzzle.variables)
    diagram = compile_diagram(puzzle.variables, puzzle.machines)
    assert {mix for _, mix in best(diagram, {})} == expected
    assert set(mixes(puzzle.machines, puzzle.variables)) == expected


@cases(120)
@given(asked())
def test_they_find_the_same_legal_mixes_of_a_rulebook(asked: Asked) -> None:
    qualification = asked.book.read()
    units = tuple(qualification.offering.units)
    demands = qualification.demands(asked.learner(qualification), asked.reading)
    machines = [machine for demand in demands for machine in demand.machines]
    expected = {mix for mix in subsets(units) if all(each.holds(mix) for each in machines)}
    assert {mix for _, mix in best(compile_diagram(units, machines), {})} == expected
    assert set(mixes(machines, units)) == expected
