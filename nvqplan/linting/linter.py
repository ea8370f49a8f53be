"""Lint: every question to a rulebook asked, before a learner is registered by it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from nvqplan.core.findings import Finding, Related
from nvqplan.linting import catalogue, mixes, printed
from nvqplan.linting.catalogue import Shelf
from nvqplan.linting.provenance import check_provenance
from nvqplan.linting.scopes import Scopes, Suspicion
from nvqplan.linting.thresholds import check_bounds
from nvqplan.reports.results import Checked
from nvqplan.rules.qualification import Correction, Qualification, Rulebook
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
        for each in (*mixes.QUESTIONS, check_bounds):
            yield from map(Suspicion, each(scopes))


def account(
    suspicions: Iterable[Suspicion], corrections: Sequence[Correction], rulebook: Rulebook
) -> Iterator[Finding]:
    """Yield every finding; all those that a correction accounts for become one remark."""
    all_known: list[Suspicion] = []
    for suspicion in suspicions:
        if any(map(suspicion.is_known, corrections)):
            all_known.append(suspicion)
        else:
            yield suspicion.finding
    for each in corrections:
        found = [suspicion.finding for suspicion in all_known if suspicion.is_known(each)]
        yield _known(each, found, rulebook)


def _known(correction: Correction, found: list[Finding], rulebook: Rulebook) -> Finding:
    """It stands in the cell that is corrected, else where lint found it, at the unit, on record."""
    subject, field, printed, intended, why, node = correction
    what = "unit " if subject in rulebook.catalogue.units else ""
    message = f"known slip, {field} of {what}{subject}: printed '{printed}', meant '{intended}'"
    help = "\n".join((why, *(f"found here: {each.message}" for each in found)))
    related = (Related(node, "on record here"), *(each for one in found for each in one.related))
    row = rulebook.catalogue.rows.get(subject, {})
    place = row.get(field, row.get("unit", node)).location
    if found and field not in row:
        place = found[0].location
    return Finding(place, "NVQ427", message, help, subject, related=related)
