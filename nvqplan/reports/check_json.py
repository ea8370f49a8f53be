"""The document of `check`, written file by file: the same bytes as if it were written whole."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from nvqplan.advice.proposal import Totals
from nvqplan.core.codes import CODES
from nvqplan.core.curricula import Approval
from nvqplan.core.findings import Finding, Related, with_fingerprints
from nvqplan.core.sources import Sources
from nvqplan.reports.documents import (
    Document,
    ListReport,
    awards_document,
    files_report,
    judgement_document,
    terms_document,
)
from nvqplan.reports.places import say_path
from nvqplan.reports.report import Run
from nvqplan.reports.results import Case, Checked, in_order
from nvqplan.rules.qualification import Demand, Qualification

if TYPE_CHECKING:
    from nvqplan.advice.remedies import Conflict, Reach, Remedy, Temptation
    from nvqplan.advice.repairs import Repair


def json_report(run: Run) -> ListReport:
    """One object: what the run was, then one member of `files` a file."""
    reading = {} if run.command == "lint" else {"reading": run.reading}
    return files_report(run.command, reading, lambda checked: [_file(checked, run)])


class FindingDocuments:
    """The findings of one file as documents."""

    def __init__(self, checked: Checked, sources: Sources) -> None:
        self._checked = checked
        self._sources = sources
        named = with_fingerprints(checked.shown_and_settled)
        self._fingerprints = {id(finding): digits for finding, digits in named}

    def file(self, pathways: list[Document]) -> Document:
        """The file with its pathways; suppressed findings with the reason, and by what."""
        checked = self._checked
        return {
            "path": say_path(checked.path),
            "centre": checked.centre,
            "findings": self.of(checked.findings),
            "pathways": pathways,
            "unjudged": list(checked.unjudged),
            "suppressed": [
                {"by": each.by, "reason": each.reason, "finding": self._document(each.finding)}
                for each in checked.settled
            ],
            "ignored": checked.ignored,
        }

    def of(self, findings: Iterable[Finding]) -> list[Document]:
        """Some of the findings, in the order of the file."""
        return [self._document(finding) for finding in in_order(findings)]

    def _document(self, finding: Finding) -> Document:
        return {
            "code": finding.code,
            "severity": CODES[finding.code].severity,
            "message": finding.message,
            "help": finding.help,
            "subject": finding.subject,
            "pathway": finding.pathway,
            "path": say_path(finding.location.path),
            "line": finding.location.line,
            "column": finding.location.column,
            "end_column": self._sources.end_column(finding.location),
            "fingerprint": self._fingerprints[id(finding)],
            "related": [_related(each) for each in finding.related],
        }


def _related(related: Related) -> Document:
    path, line, column = related.location
    return {"says": related.says, "path": say_path(path), "line": line, "column": column}


def _file(checked: Checked, run: Run) -> Document:
    """What is found in a file; labelled mixes are known to those who prove a rulebook alone."""
    findings = FindingDocuments(checked, run.sources)
    if run.command == "lint":
        return {
            "path": say_path(checked.path),
            "findings": findings.of(checked.findings),
            "ignored": checked.ignored,
        }
    pathways = [_case(case, findings) for case in checked.cases]
    proofs = [
        {"name": each.name, "agrees": each.agrees, "findings": findings.of(each.findings)}
        for each in checked.proofs
    ]
    document = findings.file(pathways)
    return document if run.command == "check" else {**document, "proofs": proofs}


def _case(case: Case, findings: FindingDocuments) -> Document:
    proposal, verdict = case.proposal, case.verdict
    return {
        "name": case.pathway.name,
        "qualification": case.qualification.id,
        "status": case.pathway.status,
        **terms_document(proposal.terms),
        "passes": verdict.passes,
        "legal": verdict.judgement.legal,
        "statuses": dict(sorted(proposal.statuses.items())),
        "imported": [each.number for each in case.imported],
        "units": [number for number in case.qualification.offering.units if number in proposal.mix],
        "totals": _totals(verdict.totals),
        "rules": judgement_document(verdict.judgement),
        **_near(case),
        "exceptions": [_approval(each, case) for each in case.pathway.exceptions],
        "findings": findings.of(case.findings),
    }


def _approval(approval: Approval, case: Case) -> Document:
    """An exception; in force where its rule is broken and its last day not over."""
    return {
        "rule": approval.rule.text,
        "reason": approval.reason,
        "by": approval.by,
        "until": str(approval.until),
        "in_force": approval in case.approved,
    }


def _near(case: Case) -> Document:
    """What follows from the verdict, and what lies near the mix."""
    verdict, nearby = case.verdict, case.nearby
    completion, remedy, hanging = nearby.completion, nearby.remedy, nearby.hanging
    titles = verdict.judgement.titles if verdict.judgement.legal else ()
    return {
        "legal_without": [list(units) for units in nearby.without],
        "droppable": list(nearby.droppable),
        "droppable_together": nearby.together if nearby.droppable else None,
        **awards_document(titles, nearby.missed, nearby.sharings),
        "earns": [each.id for each in verdict.earns],
        "completions": verdict.completions if case.proposal.draft else None,
        "completion": [unit.number for unit in completion.units] if completion else None,
        "remedy": None if remedy is None else remedy_document(remedy, case.qualification),
        "other_reading": None
        if hanging is None
        else {
            "passes": hanging.passes,
            "rules": [rule.id for rule in hanging.rules],
            "together": hanging.together,
        },
    }


def _totals(totals: Totals) -> Document:
    return {
        "units": totals.units,
        "credits": totals.credits,
        "glh": totals.glh,
        "sums": dict(totals.sums),
        "measure": totals.measure,
        "by_level": {str(level): size for level, size in totals.by_level.items()},
        "by_group": dict(totals.by_group),
    }


def remedy_document(remedy: "Remedy", qualification: Qualification) -> Document:
    return {
        "rulebook_at_fault": remedy.is_rulebook,
        "needs_held": remedy.needs_held,
        "beyond_repair": list(remedy.beyond),
        "conflicts": [_conflict(each) for each in remedy.conflicts],
        "repairs": [_repair(each) for each in remedy.repairs],
        "more_repairs": remedy.more_repairs,
        "no_help": [_temptation(each) for each in remedy.temptations],
        "sources": {rule.id: rule.source for rule in remedy.rules_of(qualification)},
    }


def _conflict(conflict: "Conflict") -> Document:
    return {
        "demands": [_demand(each) for each in conflict.demands],
        "reaches": [_reach(each) for each in conflict.reaches],
        "repairs": [_repair(each) for each in conflict.repairs],
    }


def _reach(reach: "Reach") -> Document:
    return {
        "rule": reach.rule,
        "measure": reach.measure,
        "best": reach.best,
        "at_least": reach.at_least,
        "at_most": reach.at_most,
    }


def _demand(demand: Demand) -> Document:
    return {
        "id": demand.id,
        "says": demand.says,
        "kind": "choice" if demand.is_wish else "rule",
        "unit": demand.unit or None,
    }


def _repair(repair: "Repair") -> Document:
    """`units` is the legal mix that the edit leads to, of a draft its smallest completion."""
    return {
        "drop": list(repair.drop),
        "add": list(repair.add),
        "units": list(repair.units),
        "credits": repair.totals.credits,
        "glh": repair.totals.glh,
        "sums": dict(repair.totals.sums),
        "held_dropped": list(repair.lost),
        "not_on_offer": list(repair.outside),
    }


def _temptation(temptation: "Temptation") -> Document:
    return {
        "drop": list(temptation.drop),
        "add": list(temptation.add),
        "mends": [rule.id for rule in temptation.mended],
        "breaks": [judged.rule.id for judged in temptation.broken],
    }
