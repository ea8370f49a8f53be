"""What is proposed is proven: the machines of demands, put to both solvers."""

from collections.abc import Mapping, Sequence

from nvqplan.core.units import Mix
from nvqplan.rules.qualification import Demand, Qualification, machines_of
from nvqplan.solving.diagram import compile_diagram


class DisagreementError(RuntimeError):
    """The two solvers, or a solver and the rules, differ on a mix: never the user's mistake."""


def can_be_met(qualification: Qualification, demands: Sequence[Demand], memory: int) -> bool:
    """Whether some mix meets the demands; raises OutgrownError as `find_mix` does."""
    from nvqplan.solving.counting import count_accepted

    return count_accepted(tuple(qualification.offering.units), machines_of(demands), memory) > 0


def find_mix(qualification: Qualification, demands: Sequence[Demand], memory: int) -> Mix | None:
    """Some mix that meets the demands, which may be fewer than all rules; None where none does.

    Raises OutgrownError where that would take more than `memory` bytes.
    """
    units = tuple(qualification.offering.units)
    diagram = compile_diagram(units, machines_of(demands), memory)
    return diagram.nth(0) if diagram.count() else None


def best_sum(
    qualification: Qualification, demands: Sequence[Demand], weights: Mapping[str, int], memory: int
) -> int:
    """The greatest sum of weights among the mixes that meet the demands, of which there are some.

    Raises OutgrownError as `find_mix` does.
    """
    from nvqplan.solving.best import best

    units = tuple(qualification.offering.units)
    diagram = compile_diagram(units, machines_of(demands), memory)
    (total,), _ = next(best(diagram, {unit: (weights.get(unit, 0),) for unit in units}))
    return total


def verify(qualification: Qualification, demands: Sequence[Demand], mix: Mix) -> None:
    """Raise DisagreementError where python-constraint refuses the mix."""
    from nvqplan.solving.problem import satisfies

    if not satisfies(machines_of(demands), tuple(qualification.offering.units), mix):
        says = f"python-constraint refuses {sorted(mix)}, which the diagram proposes"
        raise DisagreementError(says)


def verify_tight(demands: Sequence[Demand], mix: Mix) -> None:
    """Raise DisagreementError where the mix meets the demands without one of its units, too."""
    machines = machines_of(demands)
    for unit in sorted(mix):
        if all(machine.holds(mix - {unit}) for machine in machines):
            raise DisagreementError(f"{sorted(mix)} holds another mix, without {unit}")
