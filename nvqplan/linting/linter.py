"""Lint: every question to a rulebook asked, before a learner is registered by it."""

from collections.abc import Iterator, Sequence
from datetime import date

from nvqplan.linting import catalogue, mixes, printed, thresholds
from nvqplan.linting.catalogue import Shelf
from nvqplan.linting.provenance import check_provenance
from nvqplan.linting.scopes import Scopes
from nvqplan.linting.slips import Suspicion, account
from nvqplan.reports.results import Checked
from nvqplan.rules.qualification import Qualification, Rulebook
from nvqplan.solving.layers import GIBIBYTE


def lint(
    rulebook: Rulebook,
    chosen: Sequence[Qualification] | None = None,
    memory: int = GIBIBYTE,
    today: date | None = None,
) -> tuple[Checked, ...]:
    """What is found in the catalogue and in the rules, file by file.

    With chosen qualifications of these alone, and of the units that they offer. With a day also
    what is missing or stale then in what the rulebook says of its own provenance. Raises
    OutgrownError where a question would take more than `memory` bytes.
    """
    qualifications = rulebook.qualifications if chosen is None else tuple(chosen)
    units = rulebook.catalogue.units
    if chosen is not None:
        offered = {number for each in chosen for number in each.offering.units}
        units = {number: unit for number, unit in units.items() if number in offered}
    shelf = Shelf(rulebook, qualifications, tuple(units.values()))
    subjects = {*units, *(each.id for each in qualifications)}
    corrections = [each for each in rulebook.corrections if each.subject in subjects]
    findings = list(account(_suspicions(shelf, memory), corrections, rulebook))
    if today is not None:
        findings += check_provenance(rulebook._replace(qualifications=qualifications), today)
    return tuple(
        Checked(path, findings=tuple(each for each in findings if each.location.path == path))
        for path in (rulebook.catalogue.path, rulebook.path)
    )


def _suspicions(shelf: Shelf, memory: int) -> Iterator[Suspicion]:
    for question in catalogue.QUESTIONS:
        yield from question(shelf)
    for qualification in shelf.qualifications:
        scopes = Scopes(qualification, memory)
        for ask in printed.QUESTIONS:
            yield from ask(scopes)
        for each in (*mixes.QUESTIONS, *thresholds.QUESTIONS):
            yield from map(Suspicion, each(scopes))
