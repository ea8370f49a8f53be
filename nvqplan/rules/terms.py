"""On what terms mixes are judged: what is known of a learner, and which reading is in force."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from nvqplan.core.values import NamedTuple
from nvqplan.rules.learner import AGE, FigureBounds, Learner
from nvqplan.rules.qualification import PRINTED, Qualification
from nvqplan.rules.rule import Reading

ReadingName = Literal["printed", "intended"]
"""How misprinted or open rules are read, all of them."""


class Terms(NamedTuple):
    """On what terms a mix is judged, whatever the qualification; None is what is unknown.

    An unknown date of registration stands for one in the newest window. Attributes,
    figures and statuses are as a `Learner` has them.
    """

    registered: date | Literal["any"] | None = None
    age: int | None = None
    reading: ReadingName = "printed"
    attributes: tuple[tuple[str, str], ...] = ()
    figures: tuple[tuple[str, int], ...] = ()
    statuses: tuple[tuple[str, str], ...] = ()
    units_only: bool = False

    def learner(self, qualification: Qualification) -> Learner:
        """The learner as the rules of one qualification see him: what none declares is left out."""
        dates, registered = qualification.windows, self.registered
        if registered != "any":
            dates = dates[-1:] if registered is None else (registered,)
        if not (self.attributes or self.figures or self.statuses or self.units_only):
            return Learner(dates, self.age)
        declared = qualification.offering.declared
        values = declared.attributes
        attributes = [each for each in self.attributes if each[1] in values.get(each[0], ())]
        figures = [each for each in self.figures if each[0] in declared.figures]
        return Learner(
            dates, self.age, tuple(attributes), tuple(figures), self.statuses, self.units_only
        )

    def lowest_age(self, qualification: Qualification, *, in_choices: bool = False) -> int | None:
        """The age, in years, that the rules ask for on these terms; None where they ask none.

        They ask for more `in_choices`, of learners who choose so.
        """
        asked = self._asked_of_learner(qualification, in_choices)
        return max((each.at_least or 0 for each in asked if each.name == AGE), default=None)

    def unchecked(
        self, qualification: Qualification, *, in_choices: bool = False
    ) -> tuple[tuple[str, str], ...]:
        """The unknown figures of the learner that rules ask for, each with its bounds."""
        if not qualification.questions.figures:
            return ()
        known = {AGE, *dict(self.figures)}
        asked = self._asked_of_learner(qualification, in_choices)
        return tuple(dict.fromkeys([(b.name, str(b)) for b in asked if b.name not in known]))

    def _asked_of_learner(
        self, qualification: Qualification, in_choices: bool
    ) -> Iterator[FigureBounds]:
        """What the rules ask of the learner alone, of alternatives if need be.

        Those rules that apply to the learner of the newest date, as they are read.
        """
        learner, reading = self.learner(qualification), self.rules_read_as_intended(qualification)
        newest = learner._replace(dates=learner.dates[-1:])
        alternatives = qualification.questions.alternatives(newest)
        for rule in qualification.rules:
            if any(rule.when.applies(each) for each in alternatives):
                kind = rule.kind(reading)
                for each in (kind, *(kind.conditions() if in_choices else ())):
                    yield from each.asks_of_learner

    def rules_read_as_intended(self, qualification: Qualification) -> Reading:
        return PRINTED if self.reading == "printed" else qualification.intended
