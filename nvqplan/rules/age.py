"""The lowest age at registration: `age = { at_least = 16 }`."""

from typing import ClassVar, Self

from nvqplan.core.fields import as_mapping, as_whole, check_known
from nvqplan.core.findings import Findings, Located
from nvqplan.core.units import Mix, Offering
from nvqplan.rules.kind import Kind, never_met
from nvqplan.rules.learner import AGE, FigureBounds, Learner
from nvqplan.rules.outcome import Outcome
from nvqplan.solving.linear import Linear


class Age(Kind):
    """Learners must have this age, in years, at registration; an unknown age passes."""

    code: ClassVar[str] = "NVQ305"
    is_certifiable = True

    def __init__(self, at_least: int) -> None:
        self.at_least = at_least
        self.asks_of_learner = (FigureBounds(AGE, at_least),)

    @classmethod
    def parse(cls, key: str, node: Located, offering: Offering, found: Findings) -> Self:
        members = as_mapping(node, key, found)
        check_known(members, ("at_least",), key, "NVQ401", found)
        if "at_least" not in members:
            found.add(node, "NVQ401", "an age needs at_least")
            return cls(0)
        return cls(as_whole(members["at_least"], "at_least", found) or 0)

    def machines(self, name: str, offering: Offering, learner: Learner) -> tuple[Linear, ...]:
        return never_met(name, self.outcomes(offering, learner, frozenset()))

    def outcomes(self, offering: Offering, learner: Learner, mix: Mix) -> tuple[Outcome, ...]:
        if learner.age is None:
            return ()
        return (Outcome("years", learner.age, self.at_least, is_of_learner=True),)

    def figures(self) -> str:
        return f"{self.at_least} or older"
