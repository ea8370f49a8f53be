"""A pathway looked up: the proposal that it makes, and where each unit of it is named."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from nvqplan.advice.cache import RulebookCache
from nvqplan.advice.proposal import Proposal
from nvqplan.core.curricula import ACHIEVED, Pathway
from nvqplan.core.findings import Finding, Findings, Location, Related
from nvqplan.rules.lookup import (
    LearnerFacts,
    Lists,
    Named,
    find_facts,
    find_rules,
    find_units,
    offered,
)
from nvqplan.rules.terms import Terms

if TYPE_CHECKING:
    from nvqplan.rules.imports import Imported


def resolve(
    pathway: Pathway, shared: Proposal, cache: RulebookCache, found: Findings
) -> tuple[Proposal | None, Lists, tuple[Named, ...]]:
    """Look up all that a pathway names: its lists, what it imports, and so what it proposes.

    There is no proposal where that cannot be known, as findings say. What is the same for all of a
    file is in `shared`.
    """
    catalogue, chosen = cache.rulebook.catalogue, shared.qualification
    imports: tuple[Imported, ...] | None = ()
    if pathway.imported:
        from nvqplan.rules.imports import find_imports

        imports = find_imports(pathway.imported, chosen, catalogue, found)
    imported = tuple([Named(each.unit.number, each.place) for each in imports or ()])
    known = catalogue
    if imports:
        units = tuple(each.unit for each in imports)
        chosen = cache.importing(chosen, units)
        known = catalogue.adding(units)
    lists = {"units": find_units(pathway.units, catalogue, found)}
    for key in ACHIEVED:
        written = pathway.listed(key)
        lists[key] = find_units(written, known, found) if written else ()
    own = offered(lists["units"], shared.qualification, found)
    find_rules([each.rule for each in pathway.exceptions], chosen, found)
    statuses = _find_statuses(lists, found)
    facts = find_facts(pathway.learners, chosen, found)
    if imports is None or statuses is None or facts is None:
        return None, lists, imported
    elsewhere = frozenset([each.number for each in imported])
    mix, kept = own | elsewhere, elsewhere.union(statuses)
    proposal = Proposal(
        qualification=chosen,
        mix=mix,
        terms=_terms(shared.terms, facts, statuses if cache.asks_status else {}),
        held=mix & kept,
        offer=shared.offer,
        may_drop_held=shared.may_drop_held,
        held_beside=kept - mix,
        draft=pathway.status == "draft",
        named=mix.union([each.number for each in lists["units"]]),
        statuses=statuses,
    )
    return proposal, lists, imported


def _terms(terms: Terms, facts: LearnerFacts, statuses: Mapping[str, str]) -> Terms:
    """What a pathway tells of its learners comes before what the file tells of all."""
    if not (facts.attributes or facts.figures or statuses):
        return terms
    return terms._replace(
        attributes=tuple({**dict(terms.attributes), **dict(facts.attributes)}.items()),
        figures=tuple({**dict(terms.figures), **dict(facts.figures)}.items()),
        statuses=tuple(sorted(statuses.items())),
    )


def _find_statuses(lists: Lists, found: Findings) -> Mapping[str, str] | None:
    """How each unit that need not be taught is achieved; None where one is so in two ways."""
    statuses, is_clear = dict[str, str](), True
    for status in ACHIEVED:
        for each in lists[status]:
            before = statuses.setdefault(each.number, status)
            if before != status:
                message = f"unit {each.number} stands under {before} and under {status}"
                help = "a unit is achieved in one way: take it out of one of them"
                found.add(each.place, "NVQ210", message, help, each.number)
                is_clear = False
    return statuses if is_clear else None


def find_twice(lists: Lists) -> Iterator[Finding]:
    """Units that stand twice in one list: a unit counts once."""
    for named in lists.values():
        if not named or len({number for number, _ in named}) == len(named):
            continue
        first: dict[str, Location] = {}
        for number, place in named:
            if number in first:
                where = first[number]
                help = f"first in line {where.line}, column {where.column}"
                related = (Related(where, f"unit {number} for the first time"),)
                message = f"unit {number} is given twice"
                yield Finding(place, "NVQ203", message, help, number, related=related)
            first.setdefault(number, place)


def find_strays(name: str, lists: Lists, proposal: Proposal) -> Iterator[Finding]:
    """Units that a learner has achieved and that are no part of the mix of this name."""
    words = {"held": "held", "apl": "accredited", "exempt": "exempt"}
    for status in ACHIEVED:
        for number, place in lists[status]:
            if number not in proposal.named:
                message = f"{words[status]} unit {number} is not among the units of '{name}'"
                yield Finding(place, "NVQ206", message, f"add {number} to units", number)
