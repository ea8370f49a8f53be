"""The second opinion: python-constraint with the same machines."""

from itertools import islice

import pytest
from hypothesis import given

from nvqplan.solving.linear import Linear
from nvqplan.solving.problem import MachineConstraint, mixes, satisfies
from tests.oracle import accepted, subsets
from tests.puzzles import Puzzle, puzzles
from tests.tapes import cases

NEVER = Linear("too young", {}, lower=1)


@cases(300)
@given(puzzles())
def test_mixes_are_found_each_once(puzzle: Puzzle) -> None:
    found = list(mixes(puzzle.machines, puzzle.variables))
    assert len(found) == len(set(found))
    assert set(found) == accepted(puzzle.machines, puzzle.variables)


@cases(100)
@given(puzzles())
def test_satisfies_says_of_every_mix_whether_it_is_accepted(puzzle: Puzzle) -> None:
    expected = accepted(puzzle.machines, puzzle.variables)
    for mix in subsets(puzzle.variables):
        assert satisfies(puzzle.machines, puzzle.variables, mix) == (mix in expected)


def test_no_variables_leave_the_empty_mix() -> None:
    assert list(mixes([], ())) == [frozenset()]
    assert satisfies([], (), frozenset())


def test_no_machines_leave_every_mix() -> None:
    assert set(mixes([], "abc")) == set(subsets("abc"))


@pytest.mark.parametrize("variables", ["", "ab"])
def test_a_machine_that_reads_nothing_is_asked_too(variables: str) -> None:
    assert list(mixes([NEVER], variables)) == []
    assert not satisfies([NEVER], variables, frozenset())


def test_a_machine_that_reads_nothing_does_not_read_everything() -> None:
    weighs_nothing = Linear("weighs nothing", {"a": 0}, upper=0)
    assert len(list(mixes([weighs_nothing], "ab"))) == 4


def test_a_rule_for_one_variable_is_kept() -> None:
    only_without_a = Linear("no a", {"a": 1}, upper=0)
    assert set(mixes([only_without_a], "ab")) == set(subsets("b"))
    assert not satisfies([only_without_a], "ab", frozenset("a"))


def test_a_variable_that_is_not_decided_is_never_accepted() -> None:
    assert not satisfies([], "ab", frozenset("ax"))


def test_mixes_come_one_by_one() -> None:
    many = [f"u{index}" for index in range(40)]
    half = Linear("half of them", dict.fromkeys(many, 1), 20, 20)
    assert len(set(islice(mixes([half], many), 50))) == 50


def test_a_constraint_leaves_the_domains_of_its_problem_alone() -> None:
    constraint = MachineConstraint(Linear("no a", {"a": 1}, upper=0))
    domains, asked = {"a": [True, False]}, [(constraint, ["a"])]
    constraint.preProcess(["a"], domains, asked, {"a": [*asked]})
    assert (domains, asked) == ({"a": [True, False]}, [(constraint, ["a"])])
