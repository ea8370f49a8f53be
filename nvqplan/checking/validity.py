"""Findings on rules and units that are not known to count on the day of registration."""

from collections.abc import Iterable, Iterator
from datetime import date

from nvqplan.core.curricula import Curriculum
from nvqplan.core.findings import Finding, Located, Related
from nvqplan.core.validity import Validity
from nvqplan.core.words import listing, say_date
from nvqplan.reports.results import Case
from nvqplan.rules.qualification import Qualification
from nvqplan.rules.terms import Terms
from nvqplan.rules.wording import say_source, say_validity


def check_units_valid(case: Case) -> Iterator[Finding]:
    """Units that do not count for learners registered on that day; held ones are achieved."""
    proposal = case.proposal
    day = proposal.terms.registered
    if not isinstance(day, date):
        return
    units = case.qualification.offering.units
    for number in case.qualification.offering.limited:
        unit = units[number]
        if number in proposal.mix - proposal.held and not unit.provenance.valid.covers(day):
            valid = say_validity(unit.provenance.valid)
            message = f"unit {number} is {valid}, and learners are registered on {say_date(day)}"
            help = "\n".join(filter(None, (unit.source, _ASK)))
            yield Finding(case.place_of(number), "NVQ446", message, help, number)


_ASK = "ask the awarding body before you rely on it"


def check_rules_valid(
    curriculum: Curriculum, qualification: Qualification, terms: Terms
) -> Iterator[Finding]:
    """Rules that are not known to count for learners registered on that day, told once a file."""
    day = terms.registered
    if not isinstance(day, date):
        return
    outside: dict[Validity, list[str]] = {}
    learners = qualification.questions.alternatives(terms.learner(qualification))
    for rule in qualification.rules:
        concerned = any(map(rule.when.applies, learners))
        if concerned and not rule.provenance.valid.covers(day):
            outside.setdefault(rule.provenance.valid, []).append(rule.id)
    for valid, ids in outside.items():
        yield _outside(curriculum.qualification, qualification, valid, ids, day)


def _outside(
    place: Located, qualification: Qualification, valid: Validity, ids: Iterable[str], day: date
) -> Finding:
    rules = [rule for rule in qualification.rules if rule.id in set(ids)]
    named = listing(tuple(f"'{rule.id}'" for rule in rules))
    are = "rule {} is" if len(rules) == 1 else "rules {} are"
    message = (
        f"{are.format(named)} {say_validity(valid)}, and learners are registered on {say_date(day)}"
    )
    help = "\n".join((*dict.fromkeys(map(say_source, rules)), _ASK))
    related = tuple(Related(rule.place, f"rule '{rule.id}'") for rule in rules)
    return Finding(place.location, "NVQ446", message, help, qualification.id, related=related)
