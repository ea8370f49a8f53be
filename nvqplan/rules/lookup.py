"""Names that people write, looked up in a rulebook: units, topics, qualifications."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from nvqplan.core.atoms import WHOLE
from nvqplan.core.findings import Findings, Located, Location
from nvqplan.core.units import Catalogue, Unit
from nvqplan.core.values import NamedTuple
from nvqplan.core.words import did_you_mean
from nvqplan.rules.qualification import Correction, Qualification, Rulebook


class Named(NamedTuple):
    """A unit number and the place where somebody wrote it."""

    number: str
    place: Location


Lists = Mapping[str, tuple[Named, ...]]
"""The lists of units of a pathway, looked up, by their keys."""


class UnitListing(NamedTuple):
    """A unit as a listing shows it, with what is known of it elsewhere.

    `groups` are its groups by qualification id; `successors` the standards that replace its NOS.
    """

    unit: Unit
    groups: Mapping[str, str]
    successors: tuple[str, ...]
    corrections: tuple[Correction, ...]


def list_unit(
    unit: Unit,
    qualifications: Iterable[Qualification],
    corrections: Iterable[Correction],
    successors: Mapping[str, str],
) -> UnitListing:
    groups = {
        each.id: each.offering.groups[unit.number]
        for each in qualifications
        if unit.number in each.offering.groups
    }
    urns = (successors[nos] for nos in unit.nos if nos in successors)
    slips = (each for each in corrections if each.subject == unit.number)
    return UnitListing(unit, groups, tuple(dict.fromkeys(urns)), tuple(slips))


def find_units(
    written: Iterable[Located], catalogue: Catalogue, found: Findings
) -> tuple[Named, ...]:
    """The units that are meant; a name that fits none or two is reported and left out."""
    known, named = catalogue.units, []
    for each in written:
        number = each.text if each.text in known else _find_unit(each, catalogue, found)
        if number is not None:
            named.append(Named(number, each.location))
    return tuple(named)


def find_topics(
    written: Iterable[Located], catalogue: Catalogue, found: Findings
) -> frozenset[str]:
    """The units meant by topics or by units of their own."""
    topics = {topic.casefold(): topic for topic in catalogue.topics}
    units: set[str] = set()
    for each in written:
        topic = topics.get(each.text.strip().casefold())
        if topic is not None:
            units.update(n for n, unit in catalogue.units.items() if topic in unit.topics)
        else:
            number = _find_unit(each, catalogue, found, catalogue.topics)
            units.update(() if number is None else (number,))
    return frozenset(units)


def _find_unit(
    written: Located, catalogue: Catalogue, found: Findings, topics: Sequence[str] = ()
) -> str | None:
    """The one unit meant; `topics` are what else it could have been, for the message."""
    numbers = catalogue.named(written.text)
    if len(numbers) == 1:
        return numbers[0]
    if numbers:
        message = f"'{written.text}' is the UAN of {' and '.join(numbers)}"
        found.add(written, "NVQ201", message, "write the unit number", written.text)
        return None
    what = "topic or unit" if topics else "unit"
    listed = f"topics: {', '.join(topics)}" if topics else ""
    help = did_you_mean(written.text, chain(topics, catalogue.names), len(found)) or listed
    message = f"there is no {what} '{written.text}'"
    found.add(written, "NVQ201", message, help, written.text)
    return None


def offered(
    named: Sequence[Named], qualification: Qualification, found: Findings
) -> frozenset[str]:
    """The units that the qualification offers; the others are reported and weigh nothing."""
    units = qualification.offering.units
    for each in named:
        if each.number not in units:
            message = f"unit {each.number} is in no group of {qualification.id}"
            help = f"it counts for nothing here\n{qualification.source}"
            found.add(each.place, "NVQ202", message, help, each.number)
    return frozenset([each.number for each in named if each.number in units])


def find_rules(
    written: Iterable[Located], qualification: Qualification, found: Findings
) -> tuple[Located, ...]:
    """The names that are ids of its rules; the others are reported."""
    known = []
    for each in written:
        ids = tuple(rule.id for rule in qualification.rules)
        if each.text in ids:
            known.append(each)
        else:
            help = did_you_mean(each.text, ids, len(found)) or f"known: {', '.join(ids)}"
            message = f"{qualification.id} has no rule '{each.text}'"
            found.add(each, "NVQ207", message, help, each.text)
    return tuple(known)


def find_qualification(
    written: Located, rulebook: Rulebook, found: Findings
) -> Qualification | None:
    """The qualification meant by an id, a number or a QAN."""
    named = rulebook.named(written.text)
    if len(named) == 1:
        return named[0]
    if named:
        found.add(written, "NVQ204", f"'{written.text}' names {_ids(named)}", "write the id")
        return None
    names = [name for each in rulebook.qualifications for name in each.names]
    help = did_you_mean(written.text, names) or f"known: {_ids(rulebook.qualifications)}"
    found.add(written, "NVQ204", f"there is no qualification '{written.text}'", help)
    return None


def find_at_level(written: Located, rulebook: Rulebook, found: Findings) -> Qualification | None:
    """The one qualification at a level."""
    level = int(written.text)
    at_level = [each for each in rulebook.qualifications if each.level == level]
    if len(at_level) == 1:
        return at_level[0]
    if at_level:
        message = f"level {level} has {len(at_level)} qualifications: {_ids(at_level)}"
        help = "choose one with -q"
    else:
        message = f"there is no qualification at level {level}"
        known = sorted({each.level for each in rulebook.qualifications})
        help = f"known: {', '.join(map(str, known))}"
    found.add(written, "NVQ204", message, help)
    return None


def _ids(qualifications: Iterable[Qualification]) -> str:
    return ", ".join(each.id for each in qualifications)


class LearnerFacts(NamedTuple):
    """What is known of learners, looked up: attributes with their values, figures."""

    attributes: tuple[tuple[str, str], ...] = ()
    figures: tuple[tuple[str, int], ...] = ()


def find_facts(
    written: Mapping[str, Located], qualification: Qualification, found: Findings
) -> LearnerFacts | None:
    """What a file says of learners, by name; None where a name is unknown or a figure no number."""
    if not written:
        return LearnerFacts()
    problems, declared = len(found), qualification.offering.declared
    attributes, figures = [], []
    for name, value in sorted(written.items()):
        if name in declared.attributes:
            known = declared.attributes[name]
            if value.text not in known:
                help = did_you_mean(value.text, known, len(found)) or f"known: {', '.join(known)}"
                message = f"{qualification.id} knows no {name} '{value.text}'"
                found.add(value, "NVQ209", message, help, name)
            attributes.append((name, value.text))
        elif name in declared.figures:
            figure = WHOLE.read(value, name, found)
            figures += [] if figure is None else [(name, figure)]
        else:
            names = (*declared.attributes, *declared.figures)
            help = did_you_mean(name, names, len(found))
            help = help or (f"known: {', '.join(names)}" if names else "it asks nothing else")
            message = f"{qualification.id} asks for no '{name}' of learners"
            found.add(value.key, "NVQ208", message, help, name)
    return LearnerFacts(tuple(attributes), tuple(figures)) if len(found) == problems else None


def find_facts_of_any(
    written: Mapping[str, Located], qualifications: Sequence[Qualification], found: Findings
) -> LearnerFacts:
    """What a file says of learners that some qualification asks for; what none does is reported."""
    attributes, figures = dict[str, str](), dict[str, int]()
    for name, value in written.items():
        faults = Findings()
        all_facts = [find_facts({name: value}, each, faults) for each in qualifications]
        for facts in filter(None, all_facts):
            attributes |= facts.attributes
            figures |= facts.figures
        if not any(all_facts):
            by_name = sorted(faults, key=lambda each: each.code == "NVQ208")
            found.take(by_name[0])
    return LearnerFacts(tuple(attributes.items()), tuple(figures.items()))
