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
from nvqplan.rules.barred import at_most_one, count_present, others_beside, say_set
from nvqplan.rules.entries import Entry, sets_in
from nvqplan.rules.kind import Kind
from nvqplan.rules.learner import Learner
from nvqplan.rules.outcome import Outcome
from nvqplan.solving.linear import Linear


class Equivalent(Kind):
    """Of all numbers of a unit at most one may be in the mix."""

    code: ClassVar[str] = "NVQ309"
    described: ClassVar[str] = "All numbers of one unit, of which a mix holds one."

    def __init__(self, sets: tuple[tuple[Entry, ...], ...]) -> None:
        self.entries = sets

    @classmethod
    def shape(cls, key: str, offering: Offering) -> Shape["Equivalent"]:
        """How sets are written of which `read_alike` has told; no set knows of others here."""
        plain = Offering(offering.units, offering.groups, offering.measures)
        return sets_in(plain, "a set of equivalent units").into(cls)

    def machines(self, name: str, offering: Offering, learner: Learner) -> tuple[Linear, ...]:
        return tuple(each for entries in self.entries for each in at_most_one(name, entries))

    def outcomes(self, offering: Offering, learner: Learner, mix: Mix) -> tuple[Outcome, ...]:
        return tuple([count_present(entries, mix, say_set(entries)) for entries in self.entries])

    def figures(self) -> str:
        return "one unit: " + "; ".join(map(say_set, self.entries))

    def role(self, unit: str, offering: Offering) -> str:
        others = others_beside(unit, self.entries)
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
        for entries in read.entries if read else ():
            numbers = tuple(each.units[0] for each in entries)
            twice = [number for number in numbers if number in alike]
            if twice:
                first = ", ".join(alike[twice[0]])
                message = f"unit '{twice[0]}' is in another equivalent set already: {first}"
                found.add(node, "NVQ401", message, "write all numbers of a unit as one set")
            else:
                alike.update(dict.fromkeys(numbers, numbers))
    return alike
