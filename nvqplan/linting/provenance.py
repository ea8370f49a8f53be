"""How far rules and units can be relied on: known to count, and held against the print."""

from collections.abc import Iterator
from datetime import date, timedelta

from nvqplan.core.findings import Finding, Location
from nvqplan.core.units import Unit
from nvqplan.core.validity import Provenance
from nvqplan.core.words import amount, say_date
from nvqplan.rules.qualification import Qualification, Rulebook
from nvqplan.rules.rule import Rule
from nvqplan.rules.wording import say_validity, say_verified

LONGEST = timedelta(days=3 * 365)
"""After so long somebody should look again: handbooks have new versions by then."""


def check_provenance(rulebook: Rulebook, today: date) -> Iterator[Finding]:
    """What is missing or stale in what a rulebook says of itself, file by file."""
    yield from check_missing(rulebook)
    yield from check_missing_in_units(rulebook)
    yield from check_valid(rulebook, today)
    yield from check_verified(rulebook, today)


def check_missing(rulebook: Rulebook) -> Iterator[Finding]:
    """Rules that nobody has verified; one finding where that is so of a whole qualification."""
    for each in rulebook.qualifications:
        unverified = [rule for rule in each.rules if rule.provenance.verified is None]
        if len(unverified) == len(each.rules):
            message = f"nobody says when the rules of {each.id} were held against the print"
            yield Finding(each.place.location, "NVQ447", message, f"{_VERIFIED}\n{each.source}")
            continue
        for rule in unverified:
            message = f"nobody says when rule '{rule.id}' was held against the print"
            help = f"{_VERIFIED}\n{rule.source}"
            yield Finding(rule.place.location, "NVQ447", message, help, rule.id)


_VERIFIED = 'verified = { on = 2026-11-01, by = "A. Author" }'
_VERIFIED_COLUMNS = "fill verified_on and verified_by"


def check_missing_in_units(rulebook: Rulebook) -> Iterator[Finding]:
    """Units without a source, then units that nobody has verified; of all units one finding."""
    path, units = rulebook.catalogue.path, rulebook.catalogue.units.values()
    sourceless = [unit for unit in units if not unit.source]
    unverified = [unit for unit in units if unit.provenance.verified is None]
    for lacking, unsaid, help in (
        (sourceless, "nobody says where the print has {}", "fill the column source"),
        (unverified, "nobody says when {} was held against the print", _VERIFIED_COLUMNS),
    ):
        if lacking and len(lacking) == len(units):
            which = f"any of {amount(len(units), 'units')}"
            yield Finding(Location(path, 1, 1), "NVQ447", unsaid.format(which), help)
            continue
        for unit in lacking:
            place, which = _unit_place(rulebook, unit), f"unit {unit.number}"
            yield Finding(place, "NVQ447", unsaid.format(which), help, unit.number)


def _unit_place(rulebook: Rulebook, unit: Unit) -> Location:
    return rulebook.catalogue.rows[unit.number]["unit"].location


def check_valid(rulebook: Rulebook, today: date) -> Iterator[Finding]:
    """Rules and units that do not count yet, or no longer do."""
    for place, what, each in _all_vouched(rulebook):
        valid = each.provenance.valid
        if not valid.covers(today):
            still = "is not valid yet" if today < valid.first else "is no longer valid"
            yield Finding(place, "NVQ448", f"{what} {still}: {say_validity(valid)}", each.source)


def check_verified(rulebook: Rulebook, today: date) -> Iterator[Finding]:
    """Rules and units that were verified long ago, or before they counted, or not yet."""
    for place, what, each in _all_vouched(rulebook):
        if problem := _stale(each.provenance, today):
            help = f"{say_verified(each.provenance.verified)}\n{each.source}"
            yield Finding(place, "NVQ449", f"{what} {problem}", help)


def _stale(provenance: Provenance, today: date) -> str:
    """What is wrong with a date of verification; "" where nothing is."""
    if provenance.verified is None:
        return ""
    on, first = provenance.verified.on, provenance.valid.first
    if on > today:
        return "is verified on a day that is still to come"
    if on < first:
        return f"was verified before {say_date(first)}, from when on it is valid"
    return "was verified more than three years ago" if today - on > LONGEST else ""


def _all_vouched(rulebook: Rulebook) -> Iterator[tuple[Location, str, Qualification | Rule | Unit]]:
    """Yield all that has a provenance; a rule only where that of its qualification differs."""
    for each in rulebook.qualifications:
        yield each.place.location, f"qualification '{each.id}'", each
        for rule in each.rules:
            if rule.provenance != each.provenance:
                yield rule.place.location, f"rule '{rule.id}' of {each.id}", rule
    for unit in rulebook.catalogue.units.values():
        yield _unit_place(rulebook, unit), f"unit {unit.number}", unit
