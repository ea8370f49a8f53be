"""Any machine the other way round: for both solvers just the mixes that it refuses."""

from hypothesis import given

from nvqplan.solving.counting import count_accepted
from nvqplan.solving.diagram import compile_diagram
from nvqplan.solving.either import Either, opposite, turned_round
from nvqplan.solving.linear import Linear
from nvqplan.solving.listing import mixes as listed
from nvqplan.solving.problem import mixes as searched
from nvqplan.solving.problem import satisfies
from tests.oracle import accepted, subsets
from tests.puzzles import Puzzle, puzzles
from tests.tapes import cases

A = Linear("a", {"a": 1}, lower=1)
PAIR = Linear("pair", {"a": 1, "b": 1}, 1, 1)


def test_a_sum_with_one_bound_is_one_sum_the_other_way_round() -> None:
    assert opposite("not a", [A]) == Linear("not a", {"a": 1}, upper=0)


def test_a_sum_with_two_bounds_is_broken_in_two_ways() -> None:
    machine = opposite("no pair", [PAIR])
    assert [mix for mix in subsets("ab") if machine.holds(mix)] == [frozenset(), frozenset("ab")]


def test_one_broken_machine_is_enough_and_none_is_never_broken() -> None:
    assert compile_diagram("ab", [opposite("not both", [A, PAIR])]).count() == 3
    assert compile_diagram("ab", [opposite("not nothing", [])]).count() == 0


@cases(300)
@given(puzzles())
def test_what_machines_refuse_is_all_that_their_opposite_accepts(puzzle: Puzzle) -> None:
    refused = set(subsets(puzzle.variables)) - accepted(puzzle.machines, puzzle.variables)
    wrapped = Either("wrapped", tuple((turned_round("not", m),) for m in puzzle.machines))
    for machine in (opposite("opposite", puzzle.machines), wrapped):
        diagram = compile_diagram(puzzle.variables, [machine])
        assert set(listed(diagram, 0, diagram.count())) == refused
        assert count_accepted(puzzle.variables, [machine]) == len(refused)
        assert set(searched([machine], puzzle.variables)) == refused
        for mix in subsets(puzzle.variables):
            assert machine.holds(mix) == (mix in refused)
            assert satisfies([machine], puzzle.variables, mix) == (mix in refused)


@cases(150)
@given(puzzles())
def test_a_machine_turned_round_twice_says_what_it_said(puzzle: Puzzle) -> None:
    twice = [turned_round("twice", turned_round("once", machine)) for machine in puzzle.machines]
    diagram = compile_diagram(puzzle.variables, twice)
    expected = accepted(puzzle.machines, puzzle.variables)
    assert set(listed(diagram, 0, diagram.count())) == expected


@cases(150)
@given(puzzles())
def test_beside_other_machines_it_leaves_what_only_one_refuses(puzzle: Puzzle) -> None:
    for index, machine in enumerate(puzzle.machines):
        others = [*puzzle.machines[:index], *puzzle.machines[index + 1 :]]
        diagram = compile_diagram(puzzle.variables, [*others, turned_round("not", machine)])
        expected = accepted(others, puzzle.variables) - accepted([machine], puzzle.variables)
        assert set(listed(diagram, 0, diagram.count())) == expected
        for number, mix in enumerate(listed(diagram, 0, diagram.count())):
            assert diagram.nth(number) == mix
