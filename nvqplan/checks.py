"""What is found in the pathways of a curriculum: one plain function a question."""

from collections.abc import Callable, Iterator
from typing import Literal

from nvqplan.advice.assessment import assess
from nvqplan.advice.proposal import Proposal
from nvqplan.advice.workings import Workings
from nvqplan.curriculum import Curriculum, Pathway
from nvqplan.findings import Finding, Findings, Location, Related
from nvqplan.lookup import find_qualification, find_rules, find_units, offered
from nvqplan.qualification import Judged, Qualification, Terms
from nvqplan.results import ONE_MIX, Case, Checked
from nvqplan.rules.learner import say_date
from nvqplan.rules.outcome import Outcome
from nvqplan.units import sort_units
from nvqplan.wording import listing, say_counted, say_demand, say_outcome


def check_curriculum(
    curriculum: Curriculum,
    workings: Workings,
    reading: Literal["printed", "intended"],
    found: Findings,
) -> Checked:
    """Check every pathway; `found` holds what reading the file has found already."""
    rulebook = workings.rulebook
    qualification = find_qualification(curriculum.qualification, rulebook, found)
    if qualification is None:
        names = tuple(pathway.name for pathway in curriculum.pathways)
        return Checked(curriculum.path, curriculum.centre, tuple(found), unjudged=names)
    terms = Terms(curriculum.registered, curriculum.youngest, reading)
    offer = None
    if curriculum.offer is not None:
        named = find_units(curriculum.offer, rulebook.catalogue, found)
        offer = frozenset(each.number for each in named)
    cases = tuple(
        _check_pathway(pathway, qualification, workings, terms, offer)
        for pathway in curriculum.pathways
        if curriculum.sound and pathway.sound
    )
    unjudged = [each for each in curriculum.pathways if not (curriculum.sound and each.sound)]
    for pathway in unjudged:
        found.pathway = pathway.name
        named = find_units((*pathway.units, *pathway.held), rulebook.catalogue, found)
        offered(named, qualification, found)
        find_rules(pathway.exceptions, qualification, found)
    findings = (*found, *_check_terms(curriculum, qualification, terms))
    names = tuple(pathway.name for pathway in unjudged)
    return Checked(curriculum.path, curriculum.centre, findings, cases, names)


def _check_pathway(
    pathway: Pathway,
    qualification: Qualification,
    workings: Workings,
    terms: Terms,
    offer: frozenset[str] | None,
) -> Case:
    found = Findings()
    catalogue = workings.rulebook.catalogue
    units = find_units(pathway.units, catalogue, found)
    held = find_units(pathway.held, catalogue, found)
    mix = offered(units, qualification, found)
    find_rules(pathway.exceptions, qualification, found)
    proposal = Proposal(
        qualification,
        mix,
        terms,
        held=mix & {each.number for each in held},
        offer=offer,
        draft=pathway.status == "draft",
        named=frozenset(each.number for each in units),
    )
    case = Case(pathway, units, held, assess(proposal, workings))
    findings = (*found, *(finding for check in CHECKS for finding in check(case)))
    return case._replace(findings=tuple(each._replace(pathway=pathway.name) for each in findings))


def _check_terms(
    curriculum: Curriculum, qualification: Qualification, terms: Terms
) -> Iterator[Finding]:
    """What the file leaves open about the learners, told once."""
    place = curriculum.qualification.location
    one = curriculum.path == ONE_MIX
    if "registered" not in curriculum.told and len(qualification.windows) > 1:
        first = say_date(qualification.windows[-1])
        help = f"{'--registered' if one else 'registered:'} 2026-09-01"
        yield Finding(place, "NVQ503", f"no 'registered' date: taken to be {first} or later", help)
    lowest = terms.lowest_age(qualification)
    if "youngest" not in curriculum.told and lowest is not None:
        message = f"no 'youngest' age: that learners are {lowest} or older is not checked"
        yield Finding(place, "NVQ504", message, f"{'--age' if one else 'youngest:'} 17")


def check_duplicates(case: Case) -> Iterator[Finding]:
    """A unit counts once."""
    for named in (case.units, case.held):
        first: dict[str, Location] = {}
        for number, place in named:
            if number in first:
                where = first[number]
                help = f"first in line {where.line}, column {where.column}"
                related = (Related(where, f"unit {number} for the first time"),)
                message = f"unit {number} is given twice"
                yield Finding(place, "NVQ203", message, help, number, related=related)
            first.setdefault(number, place)


def check_held(case: Case) -> Iterator[Finding]:
    """What a learner holds is part of the mix."""
    for number, place in case.held:
        if number not in case.assessment.proposal.named:
            message = f"held unit {number} is not among the units of '{case.pathway.name}'"
            yield Finding(place, "NVQ206", message, f"add {number} to units", number)


def check_offer(case: Case) -> Iterator[Finding]:
    """The centre must deliver what the learner does not hold yet."""
    proposal = case.assessment.proposal
    if proposal.offer is None:
        return
    for number in sort_units(proposal.mix - proposal.offer - proposal.held):
        message = f"unit {number} is not in the centre's offer"
        yield Finding(case.place_of(number), "NVQ205", message, subject=number)


def check_rules(case: Case) -> Iterator[Finding]:
    """Every rule that a final mix breaks, one finding for each comparison that fails."""
    if case.assessment.proposal.draft:
        return
    for judged in case.assessment.judgement.broken:
        for outcome in judged.broken:
            yield _broken(case, judged, outcome)


def _broken(case: Case, judged: Judged, outcome: Outcome) -> Finding:
    """It stands at the unit that is too many, else at the pathway; the rule's own line is near."""
    rule = judged.rule
    place = case.place_of(
        outcome.counted[-1] if outcome.counted and outcome.over_by else outcome.about
    )
    message = f"{rule.sentence(case.assessment.proposal.reading)}: {say_outcome(outcome)}"
    counted = say_counted(outcome, case.qualification.offering)
    source = f"rule '{rule.id}', {rule.source}"
    help = "\n".join(part for part in (counted, source) if part)
    related = (
        Related(case.pathway.place, f"pathway '{case.pathway.name}'"),
        Related(rule.place, f"rule '{rule.id}' of {case.qualification.id}"),
    )
    return Finding(place, judged.kind.code, message, help, rule.id, related=related)


def check_draft(case: Case) -> Iterator[Finding]:
    """A draft must be part of some legal mix."""
    if case.assessment.proposal.draft and not case.assessment.passes:
        within = " within the offer" if case.assessment.proposal.offer is not None else ""
        message = f"no legal mix{within} contains the units of draft '{case.pathway.name}'"
        told = ("these cannot hold together:", *map(say_demand, case.assessment.conflict))
        yield Finding(case.pathway.place, "NVQ310", message, "\n".join(told))


def check_droppable(case: Case) -> Iterator[Finding]:
    """Units that a legal mix can do without cost the centre a registration each."""
    units = case.assessment.droppable
    if units:
        each = "it costs" if len(units) == 1 else "each costs"
        which = listing(units, "and" if case.assessment.together else "or")
        message = f"also legal without {which}; {each} a registration"
        yield Finding(case.place_of(units[0]), "NVQ501", message)


def check_reading(case: Case) -> Iterator[Finding]:
    """A verdict that hangs on how a misprinted rule is read."""
    hanging = case.assessment.hanging
    if hanging is None:
        return
    other = "would pass" if hanging.passes else "would not pass"
    reading = case.assessment.proposal.reading
    for rule in hanging.rules:
        assert rule.intended is not None
        flipped = rule.sentence(reading ^ {rule.id})
        rules = "with others, rule" if hanging.together else "rule"
        message = f"'{case.pathway.name}' {other} if {rules} '{rule.id}' is read as: {flipped}"
        help = f"{rule.intended.why}; ask your external quality assurer"
        yield Finding(case.pathway.place, "NVQ502", message, help, rule.id)


def check_remarks(case: Case) -> Iterator[Finding]:
    """What the rulebook wants told about such a mix."""
    for remark in case.assessment.remarks:
        yield Finding(case.pathway.place, "NVQ505", remark.says, subject=remark.id)


CHECKS: tuple[Callable[[Case], Iterator[Finding]], ...] = (
    check_duplicates,
    check_held,
    check_offer,
    check_rules,
    check_draft,
    check_droppable,
    check_reading,
    check_remarks,
)
"""Every question asked of a pathway; the order is that of findings in one place."""
