"""What is to change in the lists of a pathway: fixes that are safe, or its cheapest repair."""

from collections.abc import Iterator
from typing import NamedTuple

from nvqplan.core.findings import Location
from nvqplan.core.units import Catalogue, sort_units
from nvqplan.core.words import listing, same_shape
from nvqplan.reports.advice_text import say_edit
from nvqplan.reports.results import Case
from nvqplan.rules.lookup import Named


class ListChange(NamedTuple):
    """Entries to take out of one list, names to put in, and entries to write otherwise."""

    pathway: str
    key: str
    list: Location
    drop: tuple[Named, ...] = ()
    add: tuple[str, ...] = ()
    respell: tuple[Named, ...] = ()
    """The right names, at the places of the wrong ones."""


def say_change(change: ListChange) -> str:
    """One change of a list in words: `inbound: units: drop 220, add 310`."""
    respelt = tuple(each.number for each in change.respell)
    spell = f"write {listing(respelt)}" if respelt else ""
    edits = spell, say_edit([each.number for each in change.drop], change.add)
    return f"{change.pathway}: {change.key}: {', '.join(filter(None, edits))}"


def safe_changes(case: Case, catalogue: Catalogue) -> Iterator[ListChange]:
    """Change what the author meant otherwise beyond doubt: slips, units twice, mandatory units."""
    pathway = case.pathway
    for key, place in pathway.lists.items():
        named = case.lists[key]
        found = {each.place for each in named}
        respelt = tuple(
            Named(number, each.location)
            for each in pathway.listed(key)
            if not (each.location in found or catalogue.named(each.text))
            and (number := same_shape(each.text, catalogue.units))
        )
        known = sorted((*named, *respelt), key=lambda each: each.place)
        twice = tuple(_twice(known))
        add = _missing(case, known) if key == "units" else ()
        slips = tuple(sorted({*respelt}.difference(twice), key=lambda each: each.place))
        change = ListChange(pathway.name, key, place, twice, add, slips)
        if change.drop or change.add or change.respell:
            yield change


def _twice(named: list[Named]) -> Iterator[Named]:
    """All entries but the first of each unit."""
    seen: set[str] = set()
    for each in named:
        if each.number in seen:
            yield each
        seen.add(each.number)


def _missing(case: Case, known: list[Named]) -> tuple[str, ...]:
    """Held units, and mandatory ones of a final mix but for those that are not on offer."""
    proposal = case.proposal
    held = proposal.held_beside & proposal.qualification.offering.units.keys()
    if proposal.draft or case.is_rulebooks_fault:
        return sort_units(held - {each.number for each in known})
    approved = {each.rule.text for each in case.approved}
    missing = {
        unit
        for judged in case.verdict.judgement.broken
        if judged.kind.mandatory and judged.rule.id not in approved
        for outcome in judged.broken
        for unit in outcome.missing
    }
    needed = held | (missing - proposal.outside(missing))
    return sort_units(needed - {each.number for each in known})


def repair_changes(case: Case) -> Iterator[ListChange]:
    """The cheapest repair of a pathway that fails; what it drops is no longer held either.

    None that needs units which the centre does not deliver or drops imported ones, nor where an
    exception is approved: that is for people to decide.
    """
    remedy, proposal = case.nearby.remedy, case.proposal
    if remedy is None or not remedy.all_repairs or case.approved:
        return
    repair, lists = remedy.all_repairs[0], case.pathway.lists
    beyond_offer = repair.outside if proposal.draft else proposal.outside(repair.add)
    if beyond_offer or any(each.number in repair.drop for each in case.imported):
        return
    for key, named in case.lists.items():
        drop = tuple(each for each in named if each.number in repair.drop)
        add = repair.add if key == "units" else ()
        if (drop or add) and key in lists:
            yield ListChange(case.pathway.name, key, lists[key], drop, add)
