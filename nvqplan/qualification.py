"""Qualifications, and what their rules say of a mix under one reading."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Literal, NamedTuple

from nvqplan.findings import Located
from nvqplan.rules.age import Age
from nvqplan.rules.choose import TITLES
from nvqplan.rules.kind import Kind
from nvqplan.rules.learner import Learner, When
from nvqplan.rules.outcome import Outcome
from nvqplan.rules.rule import Reading, Rule
from nvqplan.solving.machine import Machine
from nvqplan.units import Catalogue, Offering, squeeze
from nvqplan.validity import UNKNOWN, Provenance

PRINTED: Reading = frozenset()


class Demand(NamedTuple):
    """Something that a mix must meet, a rule or a wish, as machines for the solvers."""

    id: str
    says: str
    machines: tuple[Machine, ...]
    is_wish: bool = False
    unit: str = ""
    """Of a wish for one unit, its number."""


def machines_of(demands: Iterable[Demand]) -> list[Machine]:
    return [machine for demand in demands for machine in demand.machines]


class Judged(NamedTuple):
    """One rule and what it says of a mix."""

    rule: Rule
    kind: Kind
    outcomes: tuple[Outcome, ...]

    @property
    def holds(self) -> bool:
        return False not in [outcome.holds for outcome in self.outcomes]

    @property
    def broken(self) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in self.outcomes if not outcome.holds)


class Judgement(NamedTuple):
    """What all rules say of a mix for learners registered on one date."""

    registered: date
    rules: tuple[Judged, ...]
    broken: tuple[Judged, ...]
    """Those of the rules that do not hold."""

    @property
    def legal(self) -> bool:
        return not self.broken

    @property
    def titles(self) -> tuple[str, ...]:
        """The endorsed titles that the mix earns, the best first."""
        outcomes = (outcome for judged in self.rules for outcome in judged.outcomes)
        options = (option for each in outcomes if each.measure == TITLES for option in each.options)
        return tuple([option.name for option in options if option.holds])


class Remark(NamedTuple):
    """Something the rulebook wants told about a mix that is legal: where `kind` holds, `when`."""

    id: str
    says: str
    when: When
    kind: Kind


class Correction(NamedTuple):
    """A slip in the print that is no rule: of which unit or qualification, in which field."""

    subject: str
    field: str
    printed: str
    intended: str
    why: str
    place: Located

    @property
    def texts(self) -> tuple[str, ...]:
        """All that it says, from its subject to why."""
        return self.subject, self.field, self.printed, self.intended, self.why


@dataclass(frozen=True, eq=False)
class Qualification:
    """One qualification; `credits` is its printed total, the size that surplus is counted from."""

    id: str
    title: str
    number: str
    qan: str
    level: int
    credits: int
    source: str
    offering: Offering
    rules: tuple[Rule, ...]
    remarks: tuple[Remark, ...]
    place: Located
    sums: Mapping[str, int] = field(default_factory=dict)
    """The credits of all units of a group, by its name, where the print declares them."""
    provenance: Provenance = UNKNOWN
    """That of every rule which has none of its own."""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """By what it can be called: id, number and QAN, those that it has."""
        return tuple(name for name in (self.id, self.number, self.qan) if name)

    @cached_property
    def intended(self) -> Reading:
        """The reading that reads every misprinted or open rule as it was likely meant."""
        return frozenset(rule.id for rule in self.readable)

    @cached_property
    def readable(self) -> tuple[Rule, ...]:
        """The rules that can be read in two ways."""
        return tuple(rule for rule in self.rules if rule.intended)

    @cached_property
    def windows(self) -> tuple[date, ...]:
        """The first day of each window of registration in which the same is said, old to new.

        The oldest window, which has no first day, is stood for by its last.
        """
        whens = (*(rule.when for rule in self.rules), *(remark.when for remark in self.remarks))
        cuts = sorted({cut for when in whens for cut in when.cuts()})
        return (cuts[0] - timedelta(days=1), *cuts) if cuts else (date.max,)

    @cached_property
    def ages(self) -> tuple[int, ...]:
        """The ages, in years and ascending, that some rule asks for in some reading."""
        kinds = [kind for rule in self.rules for kind in (rule.printed, rule.kind(self.intended))]
        return tuple(sorted({kind.at_least for kind in kinds if isinstance(kind, Age)}))

    def judge(self, mix: frozenset[str], learner: Learner, reading: Reading) -> Judgement:
        """Run every rule over the mix; of several dates the newest that breaks fewest rules."""
        if len(learner.dates) == 1:
            return self._judge_on(learner.dates[0], mix, learner, reading)
        judgements = (
            self._judge_on(each, mix, learner, reading) for each in reversed(learner.dates)
        )
        return min(judgements, key=lambda judgement: len(judgement.broken))

    def _judge_on(
        self, registered: date, mix: frozenset[str], learner: Learner, reading: Reading
    ) -> Judgement:
        judged = []
        for rule in self.rules:
            if rule.when.applies(registered):
                kind = rule.kind(reading)
                judged.append(Judged(rule, kind, kind.outcomes(self.offering, learner, mix)))
        broken = tuple([each for each in judged if not each.holds])
        return Judgement(registered, tuple(judged), broken)

    def is_legal(self, mix: frozenset[str], learner: Learner, reading: Reading) -> bool:
        """The verdict on exactly this mix; units of no group weigh nothing."""
        return self.judge(mix, learner, reading).legal

    def demands(self, learner: Learner, reading: Reading) -> tuple[Demand, ...]:
        """Every rule as a demand; those that an open date leaves open are one demand together."""
        shared, dated = [], []
        for rule in self.rules:
            applies = [rule.when.applies(registered) for registered in learner.dates]
            if all(applies):
                shared.append(self._demand(rule, learner, reading))
            elif any(applies):
                dated.append(rule)
        if not dated:
            return tuple(shared)
        from nvqplan.solving.either import Either

        alternatives = tuple(
            tuple(
                machine
                for rule in dated
                if rule.when.applies(registered)
                for machine in self._demand(rule, learner, reading).machines
            )
            for registered in learner.dates
        )
        says = "; or ".join(rule.sentence(reading) for rule in dated)
        return (*shared, Demand("registration", says, (Either("registration", alternatives),)))

    def _demand(self, rule: Rule, learner: Learner, reading: Reading) -> Demand:
        machines = rule.kind(reading).machines(rule.id, self.offering, learner)
        return Demand(rule.id, rule.sentence(reading), machines)

    def remarks_on(
        self, mix: frozenset[str], learner: Learner, registered: date
    ) -> Iterator[Remark]:
        """The rulebook's remarks that this mix meets."""
        for remark in self.remarks:
            if remark.when.applies(registered):
                outcomes = remark.kind.outcomes(self.offering, learner, mix)
                if outcomes and all(outcome.holds for outcome in outcomes):
                    yield remark


class Terms(NamedTuple):
    """On what terms a mix is judged, whatever the qualification; None is what nobody told.

    A date of registration that nobody told stands for one in the newest window.
    """

    registered: date | Literal["any"] | None = None
    age: int | None = None
    reading: Literal["printed", "intended"] = "printed"

    def learner(self, qualification: Qualification) -> Learner:
        if self.registered is None:
            return Learner(qualification.windows[-1:], self.age)
        dates = qualification.windows if self.registered == "any" else (self.registered,)
        return Learner(dates, self.age)

    def lowest_age(self, qualification: Qualification) -> int | None:
        """The age, in years, that the rules ask for on these terms; None where they ask none."""
        learner, reading = self.learner(qualification), self.rules_read_as_intended(qualification)
        newest = learner.dates[-1]
        kinds = [rule.kind(reading) for rule in qualification.rules if rule.when.applies(newest)]
        return max((kind.at_least for kind in kinds if isinstance(kind, Age)), default=None)

    def rules_read_as_intended(self, qualification: Qualification) -> Reading:
        return PRINTED if self.reading == "printed" else qualification.intended


class Rulebook(NamedTuple):
    """A catalogue and all qualifications whose rules it serves."""

    path: str
    catalogue: Catalogue
    qualifications: tuple[Qualification, ...]
    corrections: tuple[Correction, ...]

    def named(self, written: str) -> tuple[Qualification, ...]:
        """The qualifications that an id, a number or a QAN names."""
        name = squeeze(written)
        return tuple(each for each in self.qualifications if name in map(squeeze, each.names))
