"""Qualifications, and what their rules say of a mix under one reading."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache

from nvqplan.core.findings import Located
from nvqplan.core.units import MEASURES, Catalogue, Offering, Unit, squeeze
from nvqplan.core.validity import Provenance
from nvqplan.core.values import NamedTuple
from nvqplan.rules.kind import Kind
from nvqplan.rules.learner import AGE, ALWAYS, Learner, When
from nvqplan.rules.outcome import TITLES, Outcome
from nvqplan.rules.questions import Questions
from nvqplan.rules.rule import Reading, Rule, Size, kinds_of, size_of
from nvqplan.solving.machine import Machine

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
    """What all rules say of a mix for one learner, of whom all is known or taken to be so."""

    learner: Learner
    rules: tuple[Judged, ...]
    broken: tuple[Judged, ...]
    """Those of the rules that do not hold."""

    @property
    def registered(self) -> date:
        return self.learner.dates[0]

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
    """What the rulebook remarks about a legal mix: where `kind` holds, of learners as in `when`."""

    id: str
    says: str
    when: When
    kind: Kind
    place: Located


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


class Particulars(NamedTuple):
    """What a rulebook says of a qualification, whatever units and rules it has."""

    id: str
    title: str
    number: str
    qan: str
    level: int
    credits: int
    """Its printed total, the size that surplus is counted from."""
    source: str
    remarks: tuple[Remark, ...]
    place: Located
    sums: Mapping[str, Mapping[str, int]]
    """What all units of a group add, by name and measure, where the print declares it."""
    provenance: Provenance
    """That of every rule which has none of its own."""


class Qualification:
    """One qualification: its particulars, what it offers, and its rules."""

    def __init__(self, own: Particulars, offering: Offering, rules: tuple[Rule, ...]) -> None:
        self._own = own
        self.id = own.id
        self.title = own.title
        self.number = own.number
        self.qan = own.qan
        self.level = own.level
        self.credits = own.credits
        self.source = own.source
        self.remarks = own.remarks
        self.place = own.place
        self.sums = own.sums
        self.provenance = own.provenance
        self.offering = offering
        self.rules = rules

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names by which it can be called: its id, number and QAN, where it has them."""
        return tuple(name for name in (self.id, self.number, self.qan) if name)

    @cached_property
    def intended(self) -> Reading:
        """The reading in which every misprinted or open rule says what was likely meant."""
        return frozenset(rule.id for rule in self.readable)

    @cached_property
    def readable(self) -> tuple[Rule, ...]:
        """The rules that can be read in two ways."""
        return tuple(rule for rule in self.rules if rule.intended)

    @cached_property
    def mandatory(self) -> frozenset[str]:
        """The units that every legal mix has, since rules ask everybody for just them."""
        plain = (rule.printed for rule in self.rules if rule.when == ALWAYS and not rule.intended)
        asked = (entry for kind in plain for entry in kind.mandatory)
        return frozenset([entry.numbers[0] for entry in asked if entry.is_by_hand])

    @cached_property
    def places(self) -> Mapping[str, Located]:
        """Where each unit stands in the groups, in those within groups too."""
        waiting, places = [next(self.place.under("groups"))], dict[str, Located]()
        while waiting:
            node = waiting.pop()
            waiting += node.value.values() if isinstance(node.value, dict) else ()
            places.update((each.text, each) for each in node.members)
        return places

    @cached_property
    def questions(self) -> Questions:
        """What its rules and remarks ask about learners."""
        whens = (*(rule.when for rule in self.rules), *(remark.when for remark in self.remarks))
        kinds = [kind for rule in self.rules for kind in rule.kinds]
        asks_status = self.place.mentions("status")
        asks_imported = any(rule.place.mentions("imported") for rule in self.rules)
        declared = self.offering.declared
        return Questions.of(whens, kinds, declared, asks_status, asks_imported)

    @cached_property
    def size(self) -> Size:
        """The measure by which its mixes are large or small, such as credits, and the total."""
        return size_of(self.credits, self.rules, self.offering)

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """What each unit adds to the size of a mix."""
        return self.offering.weigh(self.size.measure)

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """What reports show of a mix: its units, and all that rules read and units have.

        They show hours wherever units have some: centres plan with them.
        """
        read = {kind.measure for kind in kinds_of(self.rules)}
        read |= {"glh", self.size.measure}
        units = self.offering.units.values()
        others = ("credits", *self.offering.measures[len(MEASURES) :], "glh")
        shown = (each for each in others if each in read and any(u.measure(each) for u in units))
        return ("units", *shown)

    @cached_property
    def tells_how(self) -> bool:
        """Whether reports show how a legal mix is shared out, or the titles that it earns."""
        return any(kind.parts or kind.measure == TITLES for kind in kinds_of(self.rules))

    @property
    def windows(self) -> tuple[date, ...]:
        """The first day of each window of registration, old to new, as `Questions` has them."""
        return self.questions.windows

    def importing(self, units: tuple[Unit, ...]) -> "Qualification":
        """The same with units that a pathway imports; ValueError where it takes none."""
        return Qualification(self._own, self.offering.importing(units), self.rules)

    def with_rules(self, rules: tuple[Rule, ...]) -> "Qualification":
        """The same with these rules only."""
        return Qualification(self._own, self.offering, rules)

    def judge(self, mix: frozenset[str], learner: Learner, reading: Reading) -> Judgement:
        """Run every rule over the mix; of several alternatives the newest that breaks fewest.

        An unknown age is never taken to be so low that the learner breaks a rule by it, where
        another age would not.
        """
        alternatives = self.questions.alternatives(learner)
        if len(alternatives) == 1:
            return self._judge_one(alternatives[0], mix, reading)
        judgements = (self._judge_one(each, mix, reading) for each in reversed(alternatives))
        if learner.age is not None or not self.questions.asks_age:
            return min(judgements, key=lambda judgement: len(judgement.broken))
        return min(judgements, key=lambda each: (_too_young(each), len(each.broken)))

    def _judge_one(self, learner: Learner, mix: frozenset[str], reading: Reading) -> Judgement:
        offering = self.offering
        judged = [
            Judged(rule, kind, kind.outcomes(offering, learner, mix))
            for rule, kind in _concerning(self, learner, reading)
        ]
        broken = tuple([each for each in judged if not each.holds])
        return Judgement(learner, tuple(judged), broken)

    def is_legal(self, mix: frozenset[str], learner: Learner, reading: Reading) -> bool:
        """The verdict on exactly this mix; units of no group weigh nothing."""
        return self.judge(mix, learner, reading).legal

    def demands(self, learner: Learner, reading: Reading) -> tuple[Demand, ...]:
        """Every rule as a demand; those that hang on what is unknown are one demand together."""
        alternatives = self.questions.alternatives(learner)
        shared, hanging = [], []
        for rule in self.rules:
            machines = [self._machines(rule, each, reading) for each in alternatives]
            if machines[0] is not None and machines.count(machines[0]) == len(machines):
                shared.append(Demand(rule.id, rule.sentence(reading), machines[0]))
            elif any(machines):
                hanging.append((rule, machines))
        if not hanging:
            return tuple(shared)
        from nvqplan.solving.either import Either

        name = "learner" if self.questions.open(learner) else "registration"
        says = "; or ".join(rule.sentence(reading) for rule, _ in hanging)
        either = Either(name, tuple(_distinct([machines for _, machines in hanging])))
        return (*shared, Demand(name, says, (either,)))

    def _machines(
        self, rule: Rule, learner: Learner, reading: Reading
    ) -> tuple[Machine, ...] | None:
        """The machines of a rule for one alternative; None where it does not apply."""
        kind = rule.kind(reading)
        is_concerned = _concerns(rule, kind, learner)
        return kind.machines(rule.id, self.offering, learner) if is_concerned else None

    def remarks_on(self, mix: frozenset[str], learner: Learner) -> Iterator[Remark]:
        """The rulebook's remarks that this mix meets for a learner of whom all is known."""
        for remark in self.remarks:
            if remark.when.applies(learner):
                outcomes = remark.kind.outcomes(self.offering, learner, mix)
                if outcomes and all(outcome.holds for outcome in outcomes):
                    yield remark


@lru_cache(maxsize=256)
def _concerning(
    qualification: Qualification, learner: Learner, reading: Reading
) -> tuple[tuple[Rule, Kind], ...]:
    """The rules that apply to a learner of whom all is known, as they are read."""
    kinds = [(rule, rule.kind(reading)) for rule in qualification.rules]
    return tuple([(rule, kind) for rule, kind in kinds if _concerns(rule, kind, learner)])


def _concerns(rule: Rule, kind: Kind, learner: Learner) -> bool:
    """Whether a rule of this kind applies, and is not left aside."""
    if learner.units_only and kind.asks_of_learner:
        return False
    return rule.when is ALWAYS or rule.when.applies(learner)


def _too_young(judgement: Judgement) -> bool:
    asked = (bounds for each in judgement.broken for bounds in each.kind.asks_of_learner)
    return any(bounds.name == AGE for bounds in asked)


Machines = tuple[Machine, ...]


def _distinct(by_rule: Sequence[Sequence[Machines | None]]) -> Iterator[Machines]:
    """Yield the machines of each alternative; alternatives with the same machines are one."""
    seen: set[tuple[int, ...]] = set()
    for alternative in zip(*by_rule, strict=True):
        alike = zip(by_rule, alternative, strict=True)
        key = tuple([machines.index(each) for machines, each in alike])
        if key not in seen:
            seen.add(key)
            yield tuple(machine for each in alternative for machine in each or ())


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
