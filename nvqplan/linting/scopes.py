"""The scopes in which a question about rules is asked: every window of registration and reading."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise

from nvqplan.advice.conflicts import find_conflict
from nvqplan.core.findings import Finding, Located, Related
from nvqplan.core.units import Mix, sort_units
from nvqplan.core.values import NamedTuple
from nvqplan.core.words import listing
from nvqplan.rules.learner import DAY, Learner, When
from nvqplan.rules.qualification import PRINTED, Correction, Demand, Qualification, machines_of
from nvqplan.rules.rule import Reading, Rule
from nvqplan.rules.wording import say_demand
from nvqplan.solving.best import best
from nvqplan.solving.diagram import compile_diagram
from nvqplan.solving.either import opposite
from nvqplan.space.mixes import Frequency, Space
from nvqplan.space.proof import can_be_met, verify


class Field(NamedTuple):
    """A unit or a qualification, and which field of it, as a `[[correction]]` names them."""

    subject: str
    name: str
    written: str = ""
    """What is written there: a correction of something else does not account for it."""


class Suspicion(NamedTuple):
    """A finding, and the fields of which one is at fault: a correction of one accounts for it."""

    finding: Finding
    fields: tuple[Field, ...] = ()

    def is_known(self, correction: Correction) -> bool:
        """Whether a correction accounts for it."""
        return any(
            (correction.subject, correction.field) == (subject, name)
            and correction.printed.startswith(written)
            for subject, name, written in self.fields
        )


class Scope:
    """The rules of a qualification in one reading, for learners to whom the same rules apply."""

    def __init__(self, space: Space, window: When) -> None:
        """All legal mixes, and the learners for whom they are."""
        self.space = space
        self.window = window
        self.qualification = space.qualification
        self.learner, self.reading = space.learner, space.reading
        self.demands, self.memory = space.demands, space.memory

    @cached_property
    def status(self) -> Mapping[str, Frequency]:
        return self.space.status()

    @cached_property
    def is_met(self) -> bool:
        """Whether any mix is legal."""
        return self.space.diagram.count() > 0

    def demand(self, rule: Rule) -> Demand | None:
        """A rule as a demand; None where it does not apply, or asks nothing of units."""
        return next((each for each in self.demands if each.id == rule.id), None)

    def others(self, rule: str) -> list[Demand]:
        """All rules but one."""
        return [each for each in self.demands if each.id != rule]

    def can_meet(self, demands: Sequence[Demand]) -> bool:
        return can_be_met(self.qualification, demands, self.memory)

    def smallest(self, demands: Sequence[Demand]) -> tuple[int, Mix]:
        """Count the mixes that meet demands, of which some do; find one of the fewest units."""
        units = self.qualification.offering.units
        diagram = compile_diagram(tuple(units), machines_of(demands), self.memory)
        _, mix = next(best(diagram, dict.fromkeys(units, (-1,))))
        verify(self.qualification, demands, mix)
        return diagram.count(), mix

    def against(self, demands: Sequence[Demand], wish: Demand) -> tuple[Demand, ...]:
        """Find the fewest of some demands that leave no room for a wish; proven."""
        conflict = find_conflict(self.qualification, [*demands, wish], self.memory)
        return tuple(each for each in conflict if not each.is_wish)

    def bites(self, rule: Rule) -> bool:
        """Whether some mix meets all other rules and breaks this one."""
        demand = self.demand(rule)
        return demand is not None and self.can_meet([*self.others(rule.id), broken(demand)])


def broken(demand: Demand) -> Demand:
    """The wish that a rule be broken."""
    turned = opposite(demand.id, demand.machines)
    return Demand(f"not {demand.id}", f"rule '{demand.id}' is broken", (turned,), is_wish=True)


class Scopes:
    """All scopes of one qualification, by reading, those of the newest window last."""

    def __init__(self, qualification: Qualification, memory: int) -> None:
        self.qualification = qualification
        self.aside = tuple(each for each in qualification.rules if each.hangs_on_pathway)
        """Rules of which nothing is claimed, as no mix alone meets them: they ask for statuses,
        imports or learners.

        Without them more mixes are legal: what holds of all these holds of every pathway.
        """
        rules = tuple(each for each in qualification.rules if each not in self.aside)
        claimed = qualification.with_rules(rules)
        intended = [claimed.intended] if claimed.readable else []
        self.readings: tuple[Reading, ...] = (PRINTED, *intended)
        self.by_reading = {
            reading: [
                Scope(Space(claimed, learner, reading, memory=memory), window)
                for learner, window in _windows(claimed)
            ]
            for reading in self.readings
        }

    def met(self, reading: Reading, rule: Rule | None = None) -> list[Scope]:
        """The scopes of a reading in which some mix is legal, and in which a rule applies."""
        met = [each for each in self.by_reading[reading] if each.is_met]
        return met if rule is None else [each for each in met if each.demand(rule)]

    def say_reading(self, held: Sequence[Reading]) -> str:
        """Say in which reading a statement holds, "" where that makes no difference.

        Before that, where units may be imported, that it need not hold of mixes with such units.
        """
        takes_imports = self.qualification.offering.imports_to is not None
        alone = ", as long as no unit is imported" if takes_imports else ""
        if len(held) == len(self.readings):
            return alone
        return f"{alone}, read as {'printed' if held[0] == PRINTED else 'intended'}"

    def say_aside(self) -> tuple[str, ...]:
        """The line below statements about single mixes: which rules were left out of them."""
        if not self.aside:
            return ()
        ids = listing(tuple(f"'{rule.id}'" for rule in self.aside))
        return (f"left aside, as only a pathway can answer: {ids}",)

    def say_window(self, scope: Scope) -> str:
        """Say for whom a proof holds, "" where registration makes no difference."""
        return f" ({scope.window})" if len(self.by_reading[scope.reading]) > 1 else ""

    def place_of(self, rule: Rule, held: Sequence[Reading], bound: str = "") -> Located:
        """Where a rule is written, or the reading of it that is at fault, or a bound in that."""
        is_meant = rule.intended is not None and PRINTED not in held
        node = member(rule.place, "intended") if is_meant else rule.place
        members = node.value.values() if isinstance(node.value, dict) else ()
        for each in members:
            if bound and isinstance(each.value, dict) and bound in each.value:
                return each.value[bound]
        return member(node, "says" if is_meant else "id")

    def finding(
        self,
        place: Located,
        code: str,
        message: str,
        help: Sequence[str] = (),
        subject: str = "",
        rules: Sequence[Demand] = (),
    ) -> Finding:
        """A finding that names rules, each with the place where it stands."""
        id, ids = self.qualification.id, {each.id for each in rules}
        named = [rule for rule in self.qualification.rules if rule.id in ids]
        about_rule = [rule for rule in self.qualification.rules if rule.id == subject]
        sources = dict.fromkeys(rule.source for rule in (*about_rule, *named))
        source = [f"source: {'; '.join(sources)}"] if sources else []
        lines = "\n".join((*help, *map(say_demand, rules), *source))
        related = [Related(member(each.place, "id"), f"rule '{each.id}' of {id}") for each in named]
        about = f"{id}/{subject}" if subject else id
        return Finding(place.location, code, message, lines, about, related=tuple(related))


def _windows(qualification: Qualification) -> Iterator[tuple[Learner, When]]:
    """A learner for each set of rules that may apply, and all those for whom he stands.

    Of learners of whom the same is known, those registered in windows of the same rules are one,
    old to new. Windows that differ in remarks only are one. What is asked of learners alone, such
    as an age, is left aside.
    """
    days, questions = qualification.windows, qualification.questions
    ends = (*(day - DAY for day in days[1:]), date.max)
    for somebody in questions.alternatives(Learner(days[-1:], units_only=True)):
        learners = [somebody._replace(dates=(day,)) for day in days]
        applying = [
            frozenset(rule.id for rule in qualification.rules if rule.when.applies(learner))
            for learner in learners
        ]
        starts = [0, *(i for i, (a, b) in enumerate(pairwise(applying), 1) if a != b), len(days)]
        taken = questions.taken(somebody, questions.open(Learner(days[-1:])))
        attributes = tuple((name, (values,)) for name, values in taken)
        for start, stop in pairwise(starts):
            first = days[start] if start else date.min
            yield learners[stop - 1], When(first, ends[stop - 1], attributes=attributes)


def say_mix(mix: Mix) -> str:
    """A mix as it is written on the command line; an empty one is said to be."""
    return " ".join(sort_units(mix)) or "no unit at all"


def member(node: Located, key: str) -> Located:
    """A member of a mapping; the mapping itself where it has none of that name."""
    return node.value.get(key, node) if isinstance(node.value, dict) else node
