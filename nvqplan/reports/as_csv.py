"""Listings as CSV for programs and spreadsheets."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from nvqplan.core.units import Unit
from nvqplan.rules.kind import Kind
from nvqplan.rules.lookup import UnitListing
from nvqplan.rules.qualification import Correction, Qualification
from nvqplan.rules.rule import Rule

if TYPE_CHECKING:
    from nvqplan.advice.suggestions import Answer
    from nvqplan.space.mixes import Frequency, Space

UNIT = ("unit", "uan", "title", "level", "credits", "glh", "topics")
SHARE = ("status", "mixes", "of")


def units_csv(entries: Iterable[UnitListing], status: "Mapping[str, Frequency]") -> str:
    """One row a unit, with every qualification and group that it stands in, and its status."""
    rows = []
    for entry in entries:
        groups = " ".join(f"{id}:{group}" for id, group in entry.groups.items())
        known = status.get(entry.unit.number)
        share = (known.kind, known.mixes, known.of) if known else ()
        rows.append((*_cells(entry.unit), groups, *share))
    return _write((*UNIT, "groups", *(SHARE if status else ())), rows)


def count_csv(space: "Space", spreads: Mapping[str, Mapping[int, int]]) -> str:
    """One row a measure and sum, or only the count where there is no measure."""
    rows = [
        (measure, total, mixes)
        for measure, spread in spreads.items()
        for total, mixes in spread.items()
    ]
    if not spreads:
        return _write(("mixes",), [(space.count(),)])
    return _write(("measure", "sum", "mixes"), rows)


def suggestions_csv(answer: "Answer") -> str:
    """One row a unit of each suggestion, the rank first."""
    groups = answer.qualification.offering.groups
    rows = (
        (rank, groups[unit.number], *_cells(unit))
        for rank, suggestion in enumerate(answer.suggestions, 1)
        for unit in suggestion.units
    )
    return _write(("rank", "group", *UNIT), rows)


def rules_csv(qualifications: Iterable[Qualification], _corrections: Sequence[Correction]) -> str:
    """One row a rule and reading."""
    rows = (
        (each.id, rule.id, reading, says, kind.figures(), str(rule.when), rule.source)
        for each in qualifications
        for rule in each.rules
        for reading, says, kind in _readings(rule)
    )
    return _write(("qualification", "rule", "reading", "says", "figures", "when", "source"), rows)


def _readings(rule: Rule) -> Iterator[tuple[str, str, Kind]]:
    yield "printed", rule.says, rule.printed
    if rule.intended:
        yield "intended", rule.intended.says, rule.intended.kind


def _cells(unit: Unit) -> tuple[object, ...]:
    figures = (unit.level, unit.credits, unit.glh)
    return (unit.number, unit.uan, unit.title, *figures, " ".join(unit.topics))


def _write(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A header and rows, cells quoted where they must be, no line end after the last row."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return file.getvalue().rstrip("\n")
