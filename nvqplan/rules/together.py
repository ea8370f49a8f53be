"""Units that go together: `together = [["301", "302"]]`, all of a set or none of it."""

from typing import ClassVar

from nvqplan.core.shapes import Shape
from nvqplan.core.units import Mix, Offering
from nvqplan.rules.barred import others_beside, say_set
from nvqplan.rules.entries import Entry, ask, implications, sets_in
from nvqplan.rules.kind import Kind
from nvqplan.rules.learner import Learner
from nvqplan.rules.outcome import Outcome
from nvqplan.solving.linear import Linear


class Together(Kind):
    """Of each set of units all are in the mix, or none."""

    code: ClassVar[str] = "NVQ308"
    described: ClassVar[str] = "Sets of units of which a mix holds all or none."

    def __init__(self, sets: tuple[tuple[Entry, ...], ...]) -> None:
        self.entries = sets

    @classmethod
    def shape(cls, key: str, offering: Offering) -> Shape["Together"]:
        return sets_in(offering, "a set of units that go together").into(cls)

    def machines(self, name: str, offering: Offering, learner: Learner) -> tuple[Linear, ...]:
        """Each unit of a set implies the next one, and the last one the first: all or none."""
        return tuple(
            machine
            for entries in self.entries
            for one, following in zip(entries, (*entries[1:], *entries[:1]), strict=True)
            for machine in implications(name, [one], following.numbers)
        )

    def outcomes(self, offering: Offering, learner: Learner, mix: Mix) -> tuple[Outcome, ...]:
        return tuple([self._outcome(entries, mix) for entries in self.entries])

    @staticmethod
    def _outcome(entries: tuple[Entry, ...], mix: Mix) -> Outcome:
        all_of = ask(entries, mix, say_set(entries))
        if not all_of.counted:
            return Outcome("units", 0, 0, about=all_of.about)
        return all_of._replace(asked_by=all_of.counted)

    def figures(self) -> str:
        return "all or none of " + "; ".join(map(say_set, self.entries))

    def role(self, unit: str, offering: Offering) -> str:
        others = others_beside(unit, self.entries)
        return f"only together with {', '.join(others)}" if others else ""
