"""OR-Tools CP-SAT (C++): one truth value a unit, one linear constraint a rule."""

from collections.abc import Callable, Mapping
from itertools import compress
from typing import Any, BinaryIO

from models import Chooser, Model, Weights, gaps
from ortools.sat.python import cp_model

NAME = "CP-SAT"
PLAIN = {
    "num_workers": 1,
    "linearization_level": 0,
    "symmetry_level": 0,
    "cp_model_presolve": False,
    "cp_model_probing_level": 0,
}
"""On models this small, linear relaxations, symmetries and presolving cost more than they save."""
LISTING = {"enumerate_all_solutions": True, "search_branching": cp_model.FIXED_SEARCH}
CHOOSING = {"enumerate_all_solutions": True}


class _Found(cp_model.CpSolverSolutionCallback):  # type: ignore[misc]  # - comes without types
    """Calls `keep` with every mix found, until it says that it has enough."""

    def __init__(self, keep: Callable[[Any], bool]) -> None:
        super().__init__()
        self._keep = keep

    def on_solution_callback(self) -> None:
        if not self._keep(self):
            self.stop_search()


def lister(model: Model) -> Callable[[BinaryIO, int], int]:
    """A call that builds the model and writes the first mixes found, and says how many."""
    names = [unit.encode() for unit in model.orders["group, heaviest"]]

    def write(stream: BinaryIO, limit: int) -> int:
        program, variables = _build(model)
        rows = 0

        def keep(found: Any) -> bool:
            nonlocal rows
            stream.write(b" ".join(compress(names, found.response_proto.solution)) + b"\n")
            rows += 1
            return rows < limit

        taken_first = cp_model.CHOOSE_FIRST, cp_model.SELECT_MAX_VALUE
        program.add_decision_strategy(list(variables.values()), *taken_first)
        _solver(PLAIN | LISTING).solve(program, _Found(keep))
        return rows

    return write


def chooser(model: Model) -> Chooser:
    """A call that builds the model, finds the best mix, and then all that come near enough."""

    def choose(weights: Weights, wanted: int) -> list[int]:
        program, variables = _build(model)
        program.maximize(_score(variables, weights))
        solver = _solver(PLAIN)
        solver.solve(program)
        top = round(solver.objective_value)
        for gap in gaps(weights, wanted):
            found = _above(model, weights, top - gap)
            if len(found) >= wanted:
                break
        return sorted(found, reverse=True)[:wanted]

    return choose


def _above(model: Model, weights: Weights, least: int) -> list[int]:
    """The sums of all mixes that reach so much."""
    program, variables = _build(model)
    score = _score(variables, weights)
    program.add(score >= least)
    sums: list[int] = []

    def keep(found: Any) -> bool:
        sums.append(found.value(score))
        return True

    _solver(PLAIN | CHOOSING).solve(program, _Found(keep))
    return sums


def _build(model: Model) -> tuple[Any, dict[str, Any]]:
    program = cp_model.CpModel()
    variables = {unit: program.new_bool_var(unit) for unit in model.orders["group, heaviest"]}
    for each in model.sums:
        weighted = cp_model.LinearExpr.weighted_sum(
            [variables[unit] for unit in each.units], each.factors
        )
        program.add_linear_constraint(weighted, each.lower, each.upper)
    return program, variables


def _score(variables: Mapping[str, Any], weights: Weights) -> Any:
    factors = [weights[unit] for unit in variables]
    return cp_model.LinearExpr.weighted_sum(list(variables.values()), factors)


def _solver(parameters: Mapping[str, Any]) -> Any:
    solver = cp_model.CpSolver()
    for name, value in parameters.items():
        setattr(solver.parameters, name, value)
    return solver
