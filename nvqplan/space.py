"""The legal mixes of one qualification, compiled once, and the questions one can ask of them."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from nvqplan.qualification import PRINTED, Demand, Qualification
from nvqplan.rules.learner import Learner
from nvqplan.rules.rule import Reading
from nvqplan.solving.diagram import Diagram
from nvqplan.solving.machine import Machine
from nvqplan.units import Mix
from nvqplan.wishes import Wishes


class DisagreementError(RuntimeError):
    """The two solvers, or a solver and the rules, differ on a mix: never the user's mistake."""


class Space:
    """Every mix that meets all demands: the rules for a learner in a reading, and the wishes."""

    def __init__(
        self,
        qualification: Qualification,
        learner: Learner,
        reading: Reading = PRINTED,
        wishes: Wishes | None = None,
    ) -> None:
        self.qualification = qualification
        self.learner = learner
        self.reading = reading
        self.wishes = wishes or Wishes()
        rules = qualification.demands(learner, reading)
        self.demands: tuple[Demand, ...] = (*rules, *self.wishes.demands(qualification))

    @cached_property
    def _diagram(self) -> Diagram:
        return compile_demands(self.qualification, self.demands)

    def count(self) -> int:
        """How many mixes there are, exactly."""
        return self._diagram.count()

    def best(self, weights: Mapping[str, tuple[int, ...]]) -> Iterator[tuple[tuple[int, ...], Mix]]:
        """Mixes by the sum of their units' weights, greatest first, each verified.

        Raises DisagreementError where python-constraint or the rules themselves refuse a mix.
        """
        for score, mix in self._diagram.best(weights):
            self.verify(mix)
            yield score, mix

    def verify(self, mix: Mix) -> None:
        """Ask for a second opinion on a mix: a fresh python-constraint problem, and the rules."""
        verify(self.qualification, self.demands, mix)
        if not self.qualification.is_legal(mix, self.learner, self.reading):
            raise DisagreementError(
                f"the rules refuse {sorted(mix)}, which the diagram holds legal"
            )


def compile_demands(qualification: Qualification, demands: Sequence[Demand]) -> Diagram:
    """The diagram of the mixes that meet the demands, which may be fewer than all rules."""
    return Diagram(tuple(qualification.offering.units), _machines(demands))


def verify(qualification: Qualification, demands: Sequence[Demand], mix: Mix) -> None:
    """Raise DisagreementError where python-constraint refuses the mix."""
    from nvqplan.solving.problem import satisfies

    if not satisfies(_machines(demands), tuple(qualification.offering.units), mix):
        raise DisagreementError(
            f"python-constraint refuses {sorted(mix)}, which the diagram proposes"
        )


def _machines(demands: Sequence[Demand]) -> list[Machine]:
    return [machine for demand in demands for machine in demand.machines]
