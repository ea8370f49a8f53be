"""What is found in the pathways of a curriculum: one plain function a question."""

from collections.abc import Callable, Iterable, Iterator

from nvqplan.advice.assessment import assess
from nvqplan.advice.cache import RulebookCache
from nvqplan.advice.proposal import Proposal
from nvqplan.checking.learners import (
    check_figures,
    check_openness,
    check_rules_valid,
    check_terms,
    check_units_valid,
)
from nvqplan.checking.resolving import find_strays, find_twice, resolve
from nvqplan.core.curricula import Curriculum, Pathway
from nvqplan.core.findings import Finding, Findings, Related
from nvqplan.core.units import Mix, sort_units
from nvqplan.core.words import listing
from nvqplan.reports.results import Case, Checked
from nvqplan.rules.lookup import LearnerFacts, find_facts, find_qualification, find_units
from nvqplan.rules.outcome import Outcome
from nvqplan.rules.qualification import Judged
from nvqplan.rules.terms import ReadingName, Terms


def check_curriculum(
    curriculum: Curriculum,
    cache: RulebookCache,
    reading: ReadingName,
    found: Findings,
    *,
    may_drop_held: bool = False,
) -> Checked:
    """Check every pathway; `found` holds what reading the file has found already.

    Repairs drop what a learner holds only where they `may_drop_held`.
    """
    path, centre = curriculum.path, curriculum.centre
    qualification = find_qualification(curriculum.qualification, cache.rulebook, found)
    if qualification is None:
        for each in curriculum.pathways:
            found.pathway = each.name
            find_units(each.all_listed, cache.rulebook.catalogue, found)
        names = tuple(each.name for each in curriculum.pathways)
        return Checked(path, centre, tuple(found), unjudged=names)
    facts = find_facts(curriculum.learners, qualification, found)
    terms = Terms(curriculum.registered, curriculum.youngest, reading, *(facts or LearnerFacts()))
    offer: Mix | None = None
    if curriculum.offer is not None:
        named = find_units(curriculum.offer, cache.rulebook.catalogue, found)
        offer = frozenset(each.number for each in named)
    shared = Proposal(qualification, frozenset(), terms, offer=offer, may_drop_held=may_drop_held)
    is_sound = curriculum.sound and facts is not None
    looked_at = [_check_pathway(each, shared, cache, is_sound) for each in curriculum.pathways]
    cases = tuple(each for each in looked_at if isinstance(each, Case))
    unjudged = [each for each in looked_at if isinstance(each, Findings)]
    findings = (
        *found,
        *(finding for each in unjudged for finding in each),
        *check_terms(curriculum, qualification, terms),
        *check_figures(curriculum, cases),
        *_check_rulebook(curriculum, cases),
        *check_rules_valid(curriculum, qualification, terms),
    )
    return Checked(path, centre, findings, cases, tuple(each.pathway for each in unjudged))


def _check_pathway(
    pathway: Pathway, shared: Proposal, cache: RulebookCache, is_sound: bool
) -> Case | Findings:
    """Check what a pathway proposes; unless it and its file are sound there is no verdict.

    Then what was found about the names in it is all there is.
    """
    found = Findings()
    found.pathway = pathway.name
    proposal, lists, imported = resolve(pathway, shared, cache, found)
    if proposal is None or not (is_sound and pathway.sound):
        return found
    case = Case(pathway, lists, imported, *assess(proposal, cache))
    for check in CHECKS:
        for finding in check(case):
            found.take(finding)
    return case._replace(findings=tuple(found)) if found else case


def _check_rulebook(curriculum: Curriculum, cases: Iterable[Case]) -> Iterator[Finding]:
    """Rules that no mix meets, once, at the rulebook's own line."""
    case = next((each for each in cases if each.is_rulebooks_fault), None)
    if case is None or case.nearby.remedy is None:
        return
    from nvqplan.rules.wording import say_demand

    qualification = case.qualification
    message = f"no mix of units meets the rules of {qualification.id}"
    sources = {rule.id: f", {rule.source}" for rule in qualification.rules}
    demands = [
        f"{say_demand(each)}{'' if each.is_wish else sources.get(each.id, '')}"
        for conflict in case.nearby.remedy.conflicts
        for each in conflict.demands
    ]
    help = "\n".join(("these cannot hold together:", *demands))
    related = (Related(curriculum.qualification, "asked for here"),)
    place = qualification.place.location
    yield Finding(place, "NVQ403", message, help, qualification.id, related=related)


def check_duplicates(case: Case) -> Iterator[Finding]:
    """A unit counts once."""
    return find_twice(case.lists)


def check_held(case: Case) -> Iterator[Finding]:
    """What a learner has achieved is part of the mix."""
    return find_strays(case.pathway.name, case.lists, case.proposal)


def check_offer(case: Case) -> Iterator[Finding]:
    """The centre must deliver what the learner does not hold yet."""
    for number in sort_units(case.proposal.outside(case.proposal.mix)):
        message = f"unit {number} is not in the centre's offer"
        yield Finding(case.place_of(number), "NVQ205", message, subject=number)


def check_rules(case: Case) -> Iterator[Finding]:
    """Every rule that a final mix breaks, one finding for each comparison that fails.

    A draft may still grow, but no unit makes a learner older or better practised. Where the
    rulebook is to blame, no pathway is.
    """
    if case.is_rulebooks_fault:
        return
    is_draft = case.proposal.draft
    for judged in case.verdict.judgement.broken:
        if is_draft and not judged.kind.asks_of_learner:
            continue
        for outcome in judged.broken:
            yield _broken(case, judged, outcome)


def _broken(case: Case, judged: Judged, outcome: Outcome) -> Finding:
    """It stands at the unit that is too many, else at the pathway; the rule's own line is near."""
    from nvqplan.rules.wording import say_against, say_counted

    rule = judged.rule
    too_many = outcome.counted[-1:] if outcome.over_by else ()
    place = case.place_of((outcome.about, *outcome.asked_by, *too_many)[-1])
    message = say_against(rule.sentence(case.proposal.reading), outcome)
    counted = say_counted(outcome, case.qualification.offering)
    help = "\n".join(part for part in (counted, rule.cited) if part)
    related = (
        Related(case.pathway.place, f"pathway '{case.pathway.name}'"),
        Related(rule.place, f"rule '{rule.id}' of {case.qualification.id}"),
    )
    return Finding(place, judged.kind.code, message, help, rule.id, related=related)


def check_draft(case: Case) -> Iterator[Finding]:
    """A draft must be part of some legal mix; the remedy says what keeps it from that."""
    proposal, remedy = case.proposal, case.nearby.remedy
    if not proposal.draft or case.verdict.passes or case.is_rulebooks_fault:
        return
    is_beyond = remedy is not None and (remedy.beyond or proposal.outside(proposal.mix))
    if remedy is None or remedy.conflicts or not is_beyond:
        within = " within the offer" if proposal.offer is not None else ""
        message = f"no legal mix{within} contains the units of draft '{case.pathway.name}'"
        yield Finding(case.pathway.place, "NVQ310", message)


def check_droppable(case: Case) -> Iterator[Finding]:
    """Units that a legal mix can do without cost the centre a registration each."""
    units = case.nearby.droppable
    if units:
        each = "it costs" if len(units) == 1 else "each costs"
        any_one = "" if len(units) == 1 or case.nearby.together else "any one of "
        which = any_one + listing(units, "and" if case.nearby.together else "or")
        message = f"also legal without {which}; {each} a registration"
        yield Finding(case.place_of(units[0]), "NVQ501", message)


def check_reading(case: Case) -> Iterator[Finding]:
    """A verdict that hangs on how a misprinted rule is read."""
    hanging = case.nearby.hanging
    if hanging is None:
        return
    other = "would pass" if hanging.passes else "would not pass"
    reading = case.proposal.reading
    for rule in hanging.rules:
        assert rule.intended is not None
        flipped = rule.sentence(reading ^ {rule.id})
        rules = "with others, rule" if hanging.together else "rule"
        message = f"'{case.pathway.name}' {other} if {rules} '{rule.id}' is read as: {flipped}"
        help = f"{rule.intended.why}; ask your external quality assurer\n{rule.cited}"
        yield Finding(case.pathway.place, "NVQ502", message, help, rule.id)


def check_remarks(case: Case) -> Iterator[Finding]:
    """The rulebook's own remarks on such a mix."""
    place, source = case.pathway.place, case.qualification.source
    for remark in case.verdict.remarks:
        yield Finding(place, "NVQ505", remark.says, source, remark.id)


def check_given_up(case: Case) -> Iterator[Finding]:
    """What lies near a mix and was not looked for, since that takes too much memory."""
    given_up = case.nearby.given_up
    if given_up:
        message = f"not all that is near '{case.pathway.name}' was looked for: {given_up}"
        help = "the verdict stands; --memory 4GiB allows more"
        yield Finding(case.pathway.place, "NVQ518", message, help)


CHECKS: tuple[Callable[[Case], Iterator[Finding]], ...] = (
    check_duplicates,
    check_held,
    check_offer,
    check_rules,
    check_draft,
    check_droppable,
    check_reading,
    check_remarks,
    check_units_valid,
    check_openness,
    check_given_up,
)
"""Every check of a pathway; their order is that of findings in one place."""
