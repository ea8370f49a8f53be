"""Units that are one under several numbers: `equivalent = [["319", "619"]]`.

A replaced unit and its successor, or one unit that two schemes number: at most one counts, and
every other rule that asks for the unit by one of its numbers, or bars it, means all of them. Sums
count the numbers that their filters let through, so that a rule can be about one number alone.
"""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from nvqplan.core.findings import Findings, Located
from nvqplan.core.shapes import Shape
from nvqplan.core.units import Mix, Offering
from nvqplan.rules.entries import Entry, sets_in
from nvqplan.rules.kind import Kind
from nvqplan.rules.learner import Learner
from nvqplan.rules.outcome import Outcome
from nvqplan.solving.linear import Linear


class Equivalent(Kind):
    """Of all numbers of a unit at most one may be in the mix."""

    code: ClassVar[str] = "NVQ309"
    described: ClassVar[str] = "All numbers of one unit, of which a mix holds one."

    def __init__(self, sets: tuple[tuple[str, ...], ...]) -> None:
        self.sets = sets

    @classmethod
    def shape(cls, key: str, offering: Offering) -> Shape["Equivalent"]:
        """How sets are written of which `read_alike` has told; no set knows of others here."""

        def make(sets: tuple[tuple[Entry, ...], ...]) -> Equivalent:
            return cls(tuple(tuple(each.units[0] for each in entries) for entries in sets))

        plain = Offering(offering.units, offering.groups, offering.measures)
        return sets_in(plain, "a set of equivalent units").into(make)

    def machines(self, name: str, offering: Offering, learner: Learner) -> tuple[Linear, ...]:
        return tuple([Linear(name, dict.fromkeys(numbers, 1), upper=1) for numbers in self.sets])

    def outcomes(self, offering: Offering, learner: Learner, mix: Mix) -> tuple[Outcome, ...]:
        return tuple([self._outcome(numbers, mix) for numbers in self.sets])

    @staticmethod
    def _outcome(numbers: tuple[str, ...], mix: Mix) -> Outcome:
        present = tuple([number for number in numbers if number in mix])
        return Outcome("units", len(present), None, 1, present, about=", ".join(numbers))

    def figures(self) -> str:
        return "one unit: " + "; ".join(", ".join(numbers) for numbers in self.sets)

    def role(self, unit: str, offering: Offering) -> str:
        others = [n for numbers in self.sets if unit in numbers for n in numbers if n != unit]
        return f"the same unit as {', '.join(others)}" if others else ""


def find_alike(
    named: Iterable[Located], offering: Offering, found: Findings
) -> Mapping[str, tuple[str, ...]]:
    """Map each number of a unit that has several to all of them, as such rules say.

    Faults within a set are reported where the rule is read; here only a unit that stands in two
    sets is.
    """
    alike: dict[str, tuple[str, ...]] = {}
    shape = Equivalent.shape("", offering)
    for node in named:
        read = shape.read(node, "", Findings())
        for numbers in read.sets if read else ():
            twice = [number for number in numbers if number in alike]
            if twice:
                first = ", ".join(alike[twice[0]])
                message = f"unit '{twice[0]}' is in another equivalent set already: {first}"
                found.add(node, "NVQ401", message, "write all numbers of a unit as one set")
            else:
                alike.update(dict.fromkeys(numbers, numbers))
    return alike
