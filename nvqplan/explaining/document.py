"""Codes, units and qualifications explained, as data for programs."""

from collections.abc import Iterable

from nvqplan.core.codes import CODES
from nvqplan.core.explanations import explanations
from nvqplan.core.glossary import GlossaryEntry
from nvqplan.explaining.overviews import (
    Explained,
    QualificationOverview,
    Role,
    Standing,
    UnitOverview,
)
from nvqplan.explaining.text import example_lines
from nvqplan.reports.documents import Document, rules_document, units_document


def explained_document(explained: Iterable[Explained]) -> Document:
    return {"explained": [explain_document(each) for each in explained]}


def explain_document(explained: Explained) -> Document:
    """A code by its name, a word of the glossary, a unit or a qualification as it was drawn."""
    if isinstance(explained, GlossaryEntry):
        return entry_document(explained)
    if isinstance(explained, UnitOverview):
        return unit_document(explained)
    if isinstance(explained, QualificationOverview):
        return qualification_document(explained)
    return code_document(explained)


def code_document(name: str) -> Document:
    """A code; the example's files as lines that can be shown, not as the very bytes."""
    code, explanation = CODES[name], explanations()[name]
    return {
        "kind": "code",
        "code": name,
        "title": code.title,
        "severity": code.severity,
        "stops": code.stops,
        "means": explanation.means,
        "remedy": explanation.remedy,
        "example": {
            "files": {file: example_lines(content) for file, content in explanation.files.items()},
            "command": explanation.command,
        },
    }


def entry_document(entry: GlossaryEntry) -> Document:
    return {
        "kind": "word",
        "name": entry.name,
        "aliases": list(entry.aliases),
        "means": entry.means,
        "see": list(entry.see),
    }


def unit_document(overview: UnitOverview) -> Document:
    (unit,) = units_document([overview.entry], {})["units"]
    return {"kind": "unit", **unit, "standings": [_standing(each) for each in overview.standings]}


def _standing(standing: Standing) -> Document:
    status = standing.status
    return {
        "qualification": standing.qualification.id,
        "group": standing.group,
        "status": status and status.kind,
        "mixes": status and status.mixes,
        "of": status and status.of,
        "rules": [_role(role) for role in standing.roles],
    }


def _role(role: Role) -> Document:
    return {
        "id": role.rule.id,
        "says": role.rule.says,
        "when": str(role.rule.when),
        "printed": role.printed,
        "intended": role.intended,
    }


def qualification_document(overview: QualificationOverview) -> Document:
    document = rules_document([overview.qualification], overview.corrections)
    smallest = overview.smallest
    return {
        "kind": "qualification",
        **document["qualifications"][0],
        "corrections": document["corrections"],
        "count": overview.mixes,
        "forced": list(overview.of_kind("forced")),
        "impossible": list(overview.of_kind("impossible")),
        "smallest": smallest and [unit.number for unit in smallest.units],
    }
