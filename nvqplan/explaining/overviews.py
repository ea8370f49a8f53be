"""A unit or a qualification as the rulebook sees it, and how it stands in all legal mixes."""

from collections.abc import Iterable, Mapping

from nvqplan.advice.suggestions import Preferences, Suggestion, suggest
from nvqplan.core.glossary import GlossaryEntry
from nvqplan.core.units import Offering, Unit
from nvqplan.core.values import NamedTuple
from nvqplan.rules.lookup import UnitListing, list_unit
from nvqplan.rules.qualification import Correction, Qualification, Rulebook
from nvqplan.rules.rule import Rule
from nvqplan.rules.terms import Terms
from nvqplan.solving.layers import OutgrownError
from nvqplan.space.mixes import Frequency, Space


class Role(NamedTuple):
    """What a unit is to one rule as printed and as intended; "" where that does not speak of it."""

    rule: Rule
    printed: str
    intended: str


class Standing(NamedTuple):
    """A unit in one qualification; `status` is None where counting would take too much memory."""

    qualification: Qualification
    group: str
    roles: tuple[Role, ...]
    status: Frequency | None


class UnitOverview(NamedTuple):
    """A unit, and how it stands in each qualification that offers it."""

    entry: UnitListing
    standings: tuple[Standing, ...]


class QualificationOverview(NamedTuple):
    """A qualification, its slips of the print, and its legal mixes as far as they can be counted.

    `status` is by unit; empty, as `smallest` is None, where counting would take too much memory
    or no mix is legal.
    """

    qualification: Qualification
    corrections: tuple[Correction, ...]
    mixes: int | None
    status: Mapping[str, Frequency]
    smallest: Suggestion | None

    def of_kind(self, kind: str) -> tuple[str, ...]:
        """The units that are `forced`, `impossible` or `free`."""
        return tuple(unit for unit, status in self.status.items() if status.kind == kind)


Explained = str | GlossaryEntry | UnitOverview | QualificationOverview
"""What can be explained: a code by its name, a word of the glossary, a unit or a qualification."""


def unit_overview(
    unit: Unit, rulebook: Rulebook, terms: Terms, successors: Mapping[str, str]
) -> UnitOverview:
    offered_by = [each for each in rulebook.qualifications if unit.number in each.offering.units]
    entry = list_unit(unit, offered_by, rulebook.corrections, successors)
    return UnitOverview(entry, tuple(_standing(unit.number, each, terms) for each in offered_by))


def qualification_overview(
    qualification: Qualification, corrections: Iterable[Correction], terms: Terms
) -> QualificationOverview:
    space = _space(qualification, terms)
    slips = tuple(each for each in corrections if each.subject == qualification.id)
    try:
        status = space.status()
        smallest = suggest(space, Preferences(), 1, rank_surplus=True)
    except OutgrownError:
        return QualificationOverview(qualification, slips, None, {}, None)
    best = smallest[0] if smallest else None
    return QualificationOverview(qualification, slips, space.count(), status if best else {}, best)


def _standing(unit: str, qualification: Qualification, terms: Terms) -> Standing:
    offering = qualification.offering
    roles = (_role(unit, rule, offering) for rule in qualification.rules)
    speaking = tuple(role for role in roles if role.printed or role.intended)
    try:
        status = _space(qualification, terms).status()[unit]
    except OutgrownError:
        status = None
    return Standing(qualification, offering.groups[unit], speaking, status)


def _role(unit: str, rule: Rule, offering: Offering) -> Role:
    printed = rule.printed.role(unit, offering)
    intended = rule.intended.kind.role(unit, offering) if rule.intended else printed
    return Role(rule, printed, intended)


def _space(qualification: Qualification, terms: Terms) -> Space:
    reading = terms.rules_read_as_intended(qualification)
    return Space(qualification, terms.learner(qualification), reading)
