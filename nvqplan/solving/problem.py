"""The second opinion: the same machines searched by python-constraint, which knows no diagram."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any

from constraint import Constraint, OptimizedBacktrackingSolver, Problem

from nvqplan.solving.machine import Machine

NO_END: Iterator[int] = repeat(0)
"""Steps without a limit."""


class UnfinishedError(RuntimeError):
    """A search that took more steps than it was allowed."""


class MachineConstraint(Constraint):
    """Any machine as a constraint over its own variables.

    A search is cut short by what can no longer hold; where each variable has one value that would
    be asked in vain until all of the machine's are assigned.
    """

    def __init__(
        self, machine: Machine, *, fixed: bool = False, steps: Iterator[int] = NO_END
    ) -> None:
        self._machine = machine
        self._steps = steps
        self._needed = frozenset(machine.variables) if fixed else frozenset()

    def __call__(
        self,
        variables: Sequence[str],
        domains: Mapping[str, Any],
        assignments: Mapping[str, bool],
        forwardcheck: bool = False,
    ) -> bool:
        if next(self._steps, None) is None:
            raise UnfinishedError
        if len(assignments) < len(self._needed) or not self._needed <= assignments.keys():
            return True
        return self._machine.can_hold(assignments)

    def preProcess(self, *_: object) -> None:
        """Do nothing: the library's own would edit the domains that the Problem keeps."""


def satisfies(machines: Sequence[Machine], variables: Sequence[str], mix: frozenset[str]) -> bool:
    """Whether every machine accepts the mix, asked of a fresh problem with each variable fixed.

    A mix with a variable that is not among `variables` is never accepted.
    """
    domains = {variable: [variable in mix] for variable in variables}
    return mix <= domains.keys() and next(_search(machines, domains, fixed=True), None) is not None


def mixes(
    machines: Sequence[Machine], variables: Sequence[str], steps: int | None = None
) -> Iterator[frozenset[str]]:
    """Every mix that all machines accept, each once, in no promised order.

    Raises UnfinishedError once machines have been asked more than `steps` times.
    """
    domains = {variable: [True, False] for variable in variables}
    allowed = NO_END if steps is None else iter(range(steps))
    for assignment in _search(machines, domains, fixed=False, steps=allowed):
        yield frozenset(variable for variable, taken in assignment.items() if taken)


def _search(
    machines: Sequence[Machine],
    domains: Mapping[str, list[bool]],
    *,
    fixed: bool,
    steps: Iterator[int] = NO_END,
) -> Iterator[dict[str, bool]]:
    """Backtrack over the domains; machines that read nothing are asked before the search.

    To the library a constraint without variables is one over all of them, and a problem without
    variables has no answer at all. Machines narrow no domains, so forward checks would be in vain.
    """
    if not all(machine.can_hold({}) for machine in machines if not machine.variables):
        return
    if not domains:
        yield {}
        return
    problem = Problem(OptimizedBacktrackingSolver(forwardcheck=False))
    for variable, domain in domains.items():
        problem.addVariable(variable, domain)
    for machine in machines:
        if machine.variables:
            constraint = MachineConstraint(machine, fixed=fixed, steps=steps)
            problem.addConstraint(constraint, machine.variables)
    yield from problem.getSolutionIter()
