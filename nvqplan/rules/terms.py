"""On what terms mixes are judged: what is told of a learner, and which reading is asked for."""

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from nvqplan.rules.age import Age
from nvqplan.rules.figures import Figure
from nvqplan.rules.kind import Kind, conditions
from nvqplan.rules.learner import Learner
from nvqplan.rules.qualification import PRINTED, Qualification
from nvqplan.rules.rule import Reading


class Terms(NamedTuple):
    """On what terms a mix is judged, whatever the qualification; None is what nobody told.

    A date of registration that nobody told stands for one in the newest window. Attributes,
    figures and statuses are as a `Learner` has them.
    """

    registered: date | Literal["any"] | None = None
    age: int | None = None
    reading: Literal["printed", "intended"] = "printed"
    attributes: tuple[tuple[str, str], ...] = ()
    figures: tuple[tuple[str, int], ...] = ()
    statuses: tuple[tuple[str, str], ...] = ()
    units_only: bool = False

    def learner(self, qualification: Qualification) -> Learner:
        """The learner as the rules of one qualification see him: what none declares is left out."""
        dates: tuple[date, ...]
        if self.registered is None:
            dates = qualification.windows[-1:]
        else:
            dates = qualification.windows if self.registered == "any" else (self.registered,)
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
        kinds = self._may_apply(qualification, in_choices)
        return max((kind.at_least for kind in kinds if isinstance(kind, Age)), default=None)

    def unchecked(
        self, qualification: Qualification, *, in_choices: bool = False
    ) -> tuple[tuple[str, str], ...]:
        """The figures of the learner that rules ask for and nobody told, each with its bounds."""
        if not qualification.questions.figures:
            return ()
        told = dict(self.figures)
        bounds = [
            (each.name, str(each))
            for kind in self._may_apply(qualification, in_choices)
            if isinstance(kind, Figure)
            for each in kind.bounds
            if each.name not in told
        ]
        return tuple(dict.fromkeys(bounds))

    def _may_apply(self, qualification: Qualification, in_choices: bool) -> Iterator[Kind]:
        """The rules, as they are read, that apply to the learner of the newest date."""
        learner, reading = self.learner(qualification), self.rules_read_as_intended(qualification)
        newest = learner._replace(dates=learner.dates[-1:])
        alternatives = qualification.questions.alternatives(newest)
        for rule in qualification.rules:
            if any(rule.when.applies(each) for each in alternatives):
                kind = rule.kind(reading)
                yield kind
                if in_choices:
                    yield from conditions(kind)

    def rules_read_as_intended(self, qualification: Qualification) -> Reading:
        return PRINTED if self.reading == "printed" else qualification.intended
