"""What every kind of rule can do, and what its parser is given."""

from typing import ClassVar, Protocol, Self

from nvqplan.fields import as_names
from nvqplan.findings import Findings, Located
from nvqplan.names import did_you_mean
from nvqplan.rules.learner import Learner
from nvqplan.rules.outcome import Outcome
from nvqplan.solving.machine import Machine
from nvqplan.units import Offering


class Kind(Protocol):
    """The part of a rule that differs from kind to kind.

    `machines` and `outcomes` say the same of every mix, one for the solvers and one for people:
    all machines accept exactly where all outcomes hold.
    """

    code: ClassVar[str]
    """The finding code of a mix that breaks such a rule."""

    @classmethod
    def reads(cls, key: str, offering: Offering) -> bool:
        """Whether a rule written under this key is of this kind."""
        ...

    @classmethod
    def parse(cls, key: str, node: Located, offering: Offering, found: Findings) -> Self: ...

    def machines(self, name: str, offering: Offering, learner: Learner) -> tuple[Machine, ...]: ...

    def outcomes(
        self, offering: Offering, learner: Learner, mix: frozenset[str]
    ) -> tuple[Outcome, ...]: ...

    def figures(self) -> str:
        """The rule in figures, short enough for one cell of a table."""
        ...


def offered_units(node: Located, what: str, offering: Offering, found: Findings) -> tuple[str, ...]:
    """The numbers in a list of units, each of which the qualification must offer."""
    numbers = []
    for each in as_names(node, what, found):
        if each.text in offering.units:
            numbers.append(each.text)
        else:
            help = did_you_mean(each.text, offering.units)
            found.add(each, "NVQ401", f"unit '{each.text}' in {what} is in no group", help)
    return tuple(dict.fromkeys(numbers))
