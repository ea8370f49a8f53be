"""Mending a curriculum file in its text, checked again before it is believed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby
from typing import Any

from nvqplan.core.codes import CODES
from nvqplan.core.curricula import LISTS, Curriculum
from nvqplan.core.findings import Findings, Located, Location
from nvqplan.core.sources import Lines, Sources
from nvqplan.core.units import Catalogue, sort_units
from nvqplan.core.values import NamedTuple
from nvqplan.core.words import listing, same_shape
from nvqplan.fixing.edits import TextEdit, YamlList, edit_bytes, edit_list, find_lists, respell
from nvqplan.reading.curriculum import read_curriculum
from nvqplan.reports.advice_text import say_edit
from nvqplan.reports.results import Case, Checked
from nvqplan.rules.lookup import Named

Check = Callable[[str, Sources], Checked]
"""Reads a path from sources and checks it."""


class ListChange(NamedTuple):
    """Entries to take out of one list, names to put in, and entries to write otherwise."""

    pathway: str
    key: str
    list: Location
    drop: tuple[Named, ...] = ()
    add: tuple[str, ...] = ()
    respell: tuple[Named, ...] = ()
    """The right names, at the places of the wrong ones."""


Plan = Callable[[Case], Iterable[ListChange]]
"""What is to change in the lists of a pathway: fixes that are safe, or its cheapest repair."""


class UnsoundFixError(RuntimeError):
    """A fix would have done something else than it says: never the user's mistake."""


class Fixed(NamedTuple):
    """The bytes of a file before and after, what was changed, and what is found now."""

    before: bytes
    after: bytes
    changes: tuple[ListChange, ...]
    checked: Checked


class Fixer:
    """Mends one file after another; `unsafe` also makes the cheapest repairs.

    Safe fixes are made twice: a number that is spelt right at last may be of a unit that is held.
    """

    def __init__(self, catalogue: Catalogue, check: Check, *, unsafe: bool) -> None:
        self._sources = Sources()
        self._check = check
        safe: Plan = partial(safe_changes, catalogue=catalogue)
        self._plans = [safe, safe, *([repair_changes] if unsafe else [])]

    def fix(self, path: str, before: bytes) -> Fixed:
        """The file as it would be mended; nothing is written.

        Raises UnsoundFixError where the mended text does not say just what it should.
        """
        data, done = before, list[ListChange]()
        checked = self._look(path, data)
        if any(CODES[finding.code].stops for finding in checked.findings):
            return Fixed(before, before, (), checked)
        for plan in self._plans:
            planned = [change for case in checked.cases for change in plan(case)]
            edits, made = self._edits(path, planned) if planned else ([], [])
            if not made:
                continue
            expected = _expected(self._read(path), made)
            data = edit_bytes(data, edits)
            checked = self._look(path, data)
            if _content(self._read(path)) != expected:
                raise UnsoundFixError(f"{path}: the fix would change more than it should")
            if plan is repair_changes:
                _check_repairs(checked, made)
            done += made
        self._sources.forget(path)
        return Fixed(before, data, tuple(done), checked)

    def _look(self, path: str, data: bytes) -> Checked:
        self._sources.stage(path, data)
        return self._check(path, self._sources)

    def _read(self, path: str) -> Curriculum:
        curriculum = read_curriculum(path, self._sources, Findings())
        if curriculum is None:
            raise UnsoundFixError(f"{path}: the mended text cannot be read")
        return curriculum

    def _edits(
        self, path: str, changes: Iterable[ListChange]
    ) -> tuple[list[TextEdit], list[ListChange]]:
        """The edits of a text and the changes that they make: of one pathway all or none."""
        text = self._sources.text(path)
        lines, lists = Lines(path, text), find_lists(text)
        edits, made = list[TextEdit](), list[ListChange]()
        for _, together in groupby(changes, key=lambda change: change.pathway):
            of_pathway = list(together)
            found = [_edits_of(change, text, lines, lists) for change in of_pathway]
            if None not in found:
                edits += [edit for each in found if each is not None for edit in each]
                made += of_pathway
        return edits, made


def _edits_of(
    change: ListChange, text: str, lines: Lines, lists: Mapping[int, YamlList]
) -> list[TextEdit] | None:
    """The edits of one list; None where it cannot be changed so."""
    listed = lists.get(lines.offset(change.list))
    if listed is None:
        return None
    index = {item.start: index for index, item in enumerate(listed.items)}
    drop = [index[lines.offset(each.place)] for each in change.drop]
    edits = edit_list(text, listed, drop, change.add)
    if edits is None:
        return None
    spelt = ((listed.items[index[lines.offset(each.place)]], each) for each in change.respell)
    return [*edits, *(respell(text, item, each.number) for item, each in spelt)]


def _check_repairs(checked: Checked, made: Iterable[ListChange]) -> None:
    """Every pathway that was repaired passes, but for a learner who is too young."""
    repaired = {change.pathway for change in made}
    for case in checked.cases:
        remedy = case.nearby.remedy
        is_left = remedy is None or remedy.conflicts or remedy.all_repairs or not remedy.beyond
        if case.pathway.name in repaired and is_left and not case.verdict.passes:
            raise UnsoundFixError(f"{checked.path}: the repair of {case.pathway.name} fails")


def _content(value: object) -> object:
    """What a curriculum says, or a part of it, wherever its parts stand."""
    if isinstance(value, Located):
        return value.text
    if isinstance(value, Location):
        return None
    if isinstance(value, Mapping):
        return {name: _content(each) for name, each in value.items()}
    return tuple(map(_content, value)) if isinstance(value, tuple) else value


def _expected(curriculum: Curriculum, changes: Iterable[ListChange]) -> object:
    """What a curriculum says once the changes are made."""
    by_list = {(change.pathway, change.key): change for change in changes}
    pathways = []
    for each in curriculum.pathways:
        lists: dict[str, Any] = {
            key: _changed(each.listed(key), by_list.get((each.name, key))) for key in LISTS
        }
        pathways.append(each._replace(**lists))
    return _content(curriculum._replace(pathways=tuple(pathways)))


def _changed(listed: tuple[Located, ...], change: ListChange | None) -> tuple[Located, ...]:
    if change is None:
        return listed
    dropped = {each.place for each in change.drop}
    names = {each.place: each.number for each in change.respell}
    kept = [
        Located(None, each.location, names.get(each.location, each.text))
        for each in listed
        if each.location not in dropped
    ]
    return (*kept, *(Located(None, change.list, name) for name in change.add))


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
        first = {each.number: each for each in reversed(known)}
        twice = tuple(each for each in known if each != first[each.number])
        add = _missing(case, known) if key == "units" else ()
        slips = tuple(sorted({*respelt}.difference(twice), key=lambda each: each.place))
        change = ListChange(pathway.name, key, place, twice, add, slips)
        if change.drop or change.add or change.respell:
            yield change


def _missing(case: Case, known: list[Named]) -> tuple[str, ...]:
    """Held units, and mandatory ones of a final mix but for those that are not on offer."""
    proposal = case.proposal
    needed = proposal.held_beside & proposal.qualification.offering.units.keys()
    if not (proposal.draft or case.is_rulebooks_fault):
        approved = {each.rule.text for each in case.approved}
        missing = {
            unit
            for judged in case.verdict.judgement.broken
            if judged.kind.mandatory and judged.rule.id not in approved
            for outcome in judged.broken
            for unit in outcome.missing
        }
        needed |= missing - proposal.outside(missing)
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
