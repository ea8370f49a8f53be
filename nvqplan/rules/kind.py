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
    def keys(cls, offering: Offering) -> tuple[str, ...]:
        """The keys under which a rule of this kind is written."""
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

    def role(self, unit: str, offering: Offering) -> str:
        """What a unit is to the rule, in a few words; "" where the rule does not speak of it."""
        ...


def offered_units(node: Located, what: str, offering: Offering, found: Findings) -> tuple[str, ...]:
    """The numbers in a list of units, each once, and each of them one that is offered."""
    numbers: list[str] = []
    if node.value == []:
        found.add(node, "NVQ401", f"{what} names no unit")
    for each in as_names(node, what, found):
        if each.text not in offering.units:
            help = did_you_mean(each.text, offering.units, len(found))
            found.add(each, "NVQ401", f"unit '{each.text}' in {what} is in no group", help)
        elif each.text in numbers:
            found.add(each, "NVQ401", f"unit '{each.text}' stands twice in {what}")
        else:
            numbers.append(each.text)
    return tuple(numbers)
