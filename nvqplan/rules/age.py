"""The lowest age at registration: `age = { at_least = 16 }`."""

from typing import ClassVar

from nvqplan.core.records import RULES, Record
from nvqplan.core.shapes import Shape
from nvqplan.core.units import Mix, Offering
from nvqplan.rules.kind import Kind, never_met
from nvqplan.rules.learner import AGE, AT_LEAST, FigureBounds, Learner
from nvqplan.rules.outcome import Outcome
from nvqplan.solving.linear import Linear


class Age(Kind):
    """Learners must have this age, in years, at registration; an unknown age passes."""

    code: ClassVar[str] = "NVQ305"
    described: ClassVar[str] = "The lowest age at registration."
    is_certifiable = True

    def __init__(self, at_least: int) -> None:
        self.at_least = at_least
        self.asks_of_learner = (FigureBounds(AGE, at_least),)

    @classmethod
    def shape(cls, key: str, offering: Offering) -> Shape["Age"]:
        at_least = AT_LEAST._replace(needed=True, missing="an age needs at_least")
        record = Record((at_least,), RULES).shape
        return record.into(lambda members: cls(members.get(at_least, 0)))

    def machines(self, name: str, offering: Offering, learner: Learner) -> tuple[Linear, ...]:
        return never_met(name, self.outcomes(offering, learner, frozenset()))

    def outcomes(self, offering: Offering, learner: Learner, mix: Mix) -> tuple[Outcome, ...]:
        if learner.age is None:
            return ()
        return (Outcome("years", learner.age, self.at_least, is_of_learner=True),)

    def figures(self) -> str:
        return f"{self.at_least} or older"
