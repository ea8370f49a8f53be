"""Results as documents for programs: plain data, versioned, the same bytes every time."""

import json
from collections.abc import Iterable, Iterator, Mapping
from textwrap import indent
from typing import Any

from nvqplan import __version__
from nvqplan.advice.assessment import Assessment, Totals
from nvqplan.advice.suggestions import Answer, Suggestion
from nvqplan.codes import CODES
from nvqplan.curriculum import Approval
from nvqplan.findings import Finding, Related
from nvqplan.lookup import Entry
from nvqplan.qualification import Correction, Demand, Judgement, Qualification, Remark, Terms
from nvqplan.results import Case, Checked, Tally, in_order
from nvqplan.rules.outcome import Outcome
from nvqplan.rules.rule import Rule
from nvqplan.space import Space, Status
from nvqplan.units import Unit

VERSION = 1
"""Of the documents: it rises when a key changes its meaning or goes."""

Document = dict[str, Any]


def write_document(command: str, body: Document) -> str:
    """A document with its version, as indented JSON in plain ASCII."""
    return json.dumps({**_head(command), **body}, indent=2)


def _head(command: str) -> Document:
    return {"version": VERSION, "nvqplan": __version__, "command": command}


class JsonReport:
    """The document of `check`, written file by file: the same bytes as if it were written whole."""

    def __init__(self, reading: str) -> None:
        self._reading = reading
        self._before = ""

    def head(self) -> Iterator[str]:
        head = json.dumps({**_head("check"), "reading": self._reading}, indent=2)
        yield head.removesuffix("\n}") + ","
        yield '  "files": ['

    def file(self, checked: Checked) -> Iterator[str]:
        if self._before:
            yield self._before + ","
        self._before = indent(json.dumps(_file(checked), indent=2), "    ")

    def tail(self, tally: Tally) -> Iterator[str]:
        yield self._before
        yield "  ]"
        yield "}"


def count_document(
    space: Space, terms: Terms, spreads: Mapping[str, Mapping[int, int]]
) -> Document:
    """The count, and for each measure how many mixes have which sum."""
    by = {
        measure: [{"sum": total, "mixes": mixes} for total, mixes in spread.items()]
        for measure, spread in spreads.items()
    }
    return {
        "qualification": space.qualification.id,
        **_terms(terms),
        "count": space.count(),
        "by": by,
    }


def rank_document(space: Space, terms: Terms, number: int | None) -> Document:
    """Which mix it is, the first being number 1; null for one that is none of them."""
    return {
        "qualification": space.qualification.id,
        **_terms(terms),
        "number": number,
        "count": space.count(),
        "hash": space.fingerprint,
    }


def suggest_document(answer: Answer, terms: Terms) -> Document:
    """The suggestions, proven best, or the conflict that leaves none."""
    suggestions = [_suggestion(each, answer.qualification) for each in answer.suggestions]
    conflict = [_demand(demand) for demand in answer.conflict]
    return {
        "qualification": answer.qualification.id,
        **_terms(terms),
        "proven": True,
        "count": answer.space.count(),
        "suggestions": suggestions,
        "conflict": conflict,
    }


def units_document(entries: Iterable[Entry], status: Mapping[str, Status]) -> Document:
    return {
        "units": [
            {
                **_unit(entry.unit),
                "groups": dict(entry.groups),
                "successors": list(entry.successors),
                "corrections": [slip._asdict() for slip in entry.corrections],
                **_share(status.get(entry.unit.number)),
            }
            for entry in entries
        ]
    }


def _share(status: Status | None) -> Document:
    if status is None:
        return {}
    return {"status": status.kind, "mixes": status.mixes, "of": status.of}


def rules_document(
    qualifications: Iterable[Qualification], corrections: Iterable[Correction]
) -> Document:
    return {
        "qualifications": [_qualification(each) for each in qualifications],
        "corrections": [correction._asdict() for correction in corrections],
    }


def _unit(unit: Unit) -> Document:
    columns = dict(unit.columns or {})
    return {**unit._asdict(), "columns": columns}


def _file(file: Checked) -> Document:
    return {
        "path": file.path,
        "centre": file.centre,
        "findings": [_finding(each) for each in in_order(file.findings)],
        "pathways": [_case(case) for case in file.cases],
        "unjudged": list(file.unjudged),
        "suppressed": [
            {"by": each.by, "reason": each.reason, "finding": _finding(each.finding)}
            for each in file.settled
        ],
        "ignored": file.ignored,
    }


def _finding(finding: Finding) -> Document:
    code = CODES[finding.code]
    return {
        "code": finding.code,
        "severity": code.severity,
        "message": finding.message,
        "help": finding.help,
        "subject": finding.subject,
        **finding.location._asdict(),
        "related": [_related(each) for each in finding.related],
    }


def _related(related: Related) -> Document:
    return {"says": related.says, **related.location._asdict()}


def _case(case: Case) -> Document:
    assessment, proposal = case.assessment, case.assessment.proposal
    return {
        "name": case.pathway.name,
        "qualification": case.qualification.id,
        "status": case.pathway.status,
        **_terms(proposal.terms),
        "age": proposal.terms.age,
        "passes": assessment.passes,
        "legal": assessment.judgement.legal,
        "units": [number for number in case.qualification.offering.units if number in proposal.mix],
        "totals": _totals(assessment.totals),
        "rules": _judgement(assessment.judgement),
        **_near(assessment),
        "exceptions": [_approval(each, case) for each in case.pathway.exceptions],
        "findings": [_finding(each) for each in in_order(case.findings)],
    }


def _approval(approval: Approval, case: Case) -> Document:
    """An exception; in force where its rule is broken and its last day not over."""
    told = {"rule": approval.rule.text, "reason": approval.reason, "by": approval.by}
    return {**told, "until": str(approval.until), "in_force": approval in case.approved}


def _near(assessment: Assessment) -> Document:
    hanging, completion = assessment.hanging, assessment.completion
    return {
        "legal_without": [list(units) for units in assessment.without],
        "droppable": list(assessment.droppable),
        "droppable_together": assessment.together if assessment.droppable else None,
        "earns": [each.id for each in assessment.earns],
        "completions": assessment.completions if assessment.proposal.draft else None,
        "completion": [unit.number for unit in completion.units] if completion else None,
        "conflict": [_demand(demand) for demand in assessment.conflict],
        "other_reading": None
        if hanging is None
        else {
            "passes": hanging.passes,
            "rules": [rule.id for rule in hanging.rules],
            "together": hanging.together,
        },
    }


def _terms(terms: Terms) -> Document:
    """A registration of null stands for the newest window."""
    registered = None if terms.registered is None else str(terms.registered)
    return {"reading": terms.reading, "registered": registered}


def _demand(demand: Demand) -> Document:
    return {"id": demand.id, "says": demand.says, "wish": demand.is_wish}


def _totals(totals: Totals) -> Document:
    by_level = {str(level): credits for level, credits in totals.by_level.items()}
    return {**totals._asdict(), "by_level": by_level, "by_group": dict(totals.by_group)}


def _judgement(judgement: Judgement) -> list[Document]:
    """Each rule; where nobody told what it asks about, such as an age, `holds` is null."""
    return [
        {
            "id": judged.rule.id,
            "holds": judged.holds if judged.outcomes else None,
            "outcomes": [_outcome(outcome) for outcome in judged.outcomes],
        }
        for judged in judgement.rules
    ]


def _outcome(outcome: Outcome) -> Document:
    figures = {"holds": outcome.holds, "short_by": outcome.short_by, "over_by": outcome.over_by}
    return {**outcome._asdict(), **figures}


def _suggestion(suggestion: Suggestion, qualification: Qualification) -> Document:
    groups = qualification.offering.groups
    return {
        "units": [{**_unit(u), "group": groups[u.number]} for u in suggestion.units],
        "credits": suggestion.credits,
        "surplus": suggestion.surplus,
        "preferred_credits": suggestion.preferred_credits,
        "avoided_credits": suggestion.avoided_credits,
        "glh": suggestion.glh,
        "rules": _judgement(suggestion.judgement),
    }


def _qualification(qualification: Qualification) -> Document:
    groups: dict[str, list[str]] = {}
    for number, group in qualification.offering.groups.items():
        groups.setdefault(group, []).append(number)
    names = ("id", "title", "number", "qan", "level", "credits", "source")
    return {
        **{name: getattr(qualification, name) for name in names},
        "groups": dict(sorted(groups.items())),
        "rules": [_rule(rule) for rule in qualification.rules],
        "remarks": [_remark(each) for each in qualification.remarks],
    }


def _remark(remark: Remark) -> Document:
    figures = remark.kind.figures()
    return {
        "id": remark.id,
        "says": remark.says,
        "figures": figures,
        "when": str(remark.when) or None,
    }


def _rule(rule: Rule) -> Document:
    intended = rule.intended
    return {
        "id": rule.id,
        "says": rule.says,
        "figures": rule.printed.figures(),
        "when": str(rule.when) or None,
        "source": rule.source,
        "intended": None
        if intended is None
        else {"says": intended.says, "figures": intended.kind.figures(), "why": intended.why},
    }
