"""What is found about learners: facts that nobody gave, days that do not fit."""

from collections.abc import Iterator, Sequence
from datetime import date

from nvqplan.core.curricula import Curriculum
from nvqplan.core.findings import Finding, Related
from nvqplan.core.validity import Validity
from nvqplan.core.words import listing, say_date
from nvqplan.reports.results import ONE_MIX, Case
from nvqplan.rules.learner import AGE
from nvqplan.rules.qualification import Qualification
from nvqplan.rules.questions import Assumptions
from nvqplan.rules.rule import Rule
from nvqplan.rules.terms import Terms

MENU = 3
"""So many kinds of learners are named of those who pass, and of those who do not."""

ASK = "ask the awarding body before you rely on it"


def check_terms(
    curriculum: Curriculum, qualification: Qualification, terms: Terms
) -> Iterator[Finding]:
    """Dates and ages that the file does not give, each once."""
    place = curriculum.qualification.location
    is_file = curriculum.path != ONE_MIX
    if "registered" not in curriculum.given and len(qualification.windows) > 1:
        first = say_date(qualification.windows[-1])
        help = f"{'registered:' if is_file else '--registered'} 2026-09-01"
        yield Finding(place, "NVQ503", f"no 'registered' date: taken to be {first} or later", help)
    if "youngest" not in curriculum.given:
        lowest = terms.lowest_age(qualification, in_choices=True)
        if lowest is not None:
            message = f"no 'youngest' age: that learners are {lowest} or older is not checked"
            yield Finding(place, "NVQ504", message, f"{'youngest:' if is_file else '--age'} 17")


def check_figures(curriculum: Curriculum, cases: Sequence[Case]) -> Iterator[Finding]:
    """Figures of learners that rules ask for and nobody gave, each once for the whole file."""
    pathways_of: dict[tuple[str, str], list[str]] = {}
    for case in cases:
        for each in case.proposal.terms.unchecked(case.qualification, in_choices=True):
            pathways_of.setdefault(each, []).append(case.pathway.name)
    for (name, bounds), pathways in pathways_of.items():
        some = len(pathways) < len(cases)
        whose = f" of {listing(tuple(map(repr, pathways)))}" if some else ""
        message = f"no '{name}' is told{whose}: whether it is {bounds} is not checked"
        is_file = curriculum.path != ONE_MIX
        help = f"learners: {{{name}: 120}}" if is_file else f"--learner {name}=120"
        yield Finding(curriculum.qualification.location, "NVQ515", message, help, name)


def check_openness(case: Case) -> Iterator[Finding]:
    """For whom a verdict is, where rules ask for facts that nobody gave."""
    openness, place = case.nearby.openness, case.pathway.place
    if openness is None:
        return
    help = _say_how_to_tell(openness.judged)
    verdict = "passes" if case.verdict.passes else "fails"
    missing = openness.hangs or openness.names
    names = listing(tuple("age" if name == AGE else f"'{name}'" for name in missing), "or")
    subject = " ".join(missing)
    if not openness.hangs:
        message = f"no {names} is told: it {verdict} whatever that is; told here is"
        yield Finding(place, "NVQ516", f"{message} {_say(openness.judged)}", help, subject)
        return
    message = (
        f"no {names} is told: '{case.pathway.name}' passes for ({_say_all(openness.passing)}),"
        f" it fails for ({_say_all(openness.failing)})"
    )
    yield Finding(place, "NVQ517", message, help, subject)


def _say(assumptions: Assumptions) -> str:
    return ", ".join(f"{name} {value}" for name, value in assumptions)


def _say_all(learners: tuple[Assumptions, ...]) -> str:
    more = len(learners) - MENU
    others = (f"{more} others",) if more > 0 else ()
    return "; ".join((*map(_say, learners[:MENU]), *others))


def _say_how_to_tell(assumptions: Assumptions) -> str:
    """The keys of a curriculum by which it tells all that is assumed here."""
    values = [f"{name}: {value.partition(' or ')[0]}" for name, value in assumptions if name != AGE]
    age = ["youngest: 17"] if len(values) < len(assumptions) else []
    return "; ".join([*age, *([f"learners: {{{', '.join(values)}}}"] if values else [])])


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
            message = _say_outside(f"unit {number} is", unit.provenance.valid, day)
            help = "\n".join(filter(None, (unit.source, ASK)))
            yield Finding(case.place_of(number), "NVQ446", message, help, number)


def check_rules_valid(
    curriculum: Curriculum, qualification: Qualification, terms: Terms
) -> Iterator[Finding]:
    """Rules that are not known to count for learners registered on that day, once a file."""
    day = terms.registered
    if not isinstance(day, date):
        return
    outside = dict[Validity, list[Rule]]()
    learners = qualification.questions.alternatives(terms.learner(qualification))
    for rule in qualification.rules:
        concerned = any(map(rule.when.applies, learners))
        if concerned and not rule.provenance.valid.covers(day):
            outside.setdefault(rule.provenance.valid, []).append(rule)
    for valid, rules in outside.items():
        named = listing(tuple(f"'{rule.id}'" for rule in rules))
        name = f"rule {named} is" if len(rules) == 1 else f"rules {named} are"
        message = _say_outside(name, valid, day)
        help = "\n".join((*dict.fromkeys(rule.cited for rule in rules), ASK))
        related = tuple(Related(rule.place, f"rule '{rule.id}'") for rule in rules)
        place, id = curriculum.qualification.location, qualification.id
        yield Finding(place, "NVQ446", message, help, id, related=related)


def _say_outside(name: str, valid: Validity, day: date) -> str:
    from nvqplan.rules.wording import say_validity

    return f"{name} {say_validity(valid)}, and learners are registered on {say_date(day)}"
