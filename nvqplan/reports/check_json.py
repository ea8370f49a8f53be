"""The document of `check`, written file by file: the same bytes as if it were written whole."""

from collections.abc import Iterator

from nvqplan.advice.proposal import Totals
from nvqplan.core.codes import CODES
from nvqplan.core.curricula import Approval
from nvqplan.core.findings import Finding, Related
from nvqplan.core.fingerprints import with_fingerprints
from nvqplan.core.sources import Sources
from nvqplan.reports.as_json import JsonList, to_json
from nvqplan.reports.documents import (
    Document,
    awards_document,
    document_head,
    judgement_document,
    terms_document,
)
from nvqplan.reports.places import say_path
from nvqplan.reports.remedy_document import remedy_document
from nvqplan.reports.report import Run
from nvqplan.reports.results import Case, Checked, Tally, in_order


class JsonReport:
    """One object: what the run was, then one member of `files` a file."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._files = JsonList(4)

    def head(self) -> Iterator[str]:
        reading = {} if self._run.command == "lint" else {"reading": self._run.reading}
        head = to_json({**document_head(self._run.command), **reading})
        yield head.removesuffix("\n}") + ","
        yield '  "files": ['

    def file(self, checked: Checked) -> Iterator[str]:
        document = _file(checked, self._run)
        if self._run.command == "lint":
            document = {key: document[key] for key in ("path", "findings", "ignored")}
        yield from self._files.add(document)

    def tail(self, tally: Tally) -> Iterator[str]:
        yield from self._files.rest()
        yield "  ]"
        yield "}"


class FindingDocuments:
    """The findings of one file as documents."""

    def __init__(self, checked: Checked, sources: Sources) -> None:
        self._sources = sources
        self._settled = checked.settled
        told = with_fingerprints(checked.told_and_settled)
        self._fingerprints = {id(finding): digits for finding, digits in told}

    def __call__(self, findings: tuple[Finding, ...]) -> list[Document]:
        return [self.document(finding) for finding in in_order(findings)]

    def suppressed(self) -> list[Document]:
        """Those that are not told, by what that was settled, and why."""
        return [
            {"by": each.by, "reason": each.reason, "finding": self.document(each.finding)}
            for each in self._settled
        ]

    def document(self, finding: Finding) -> Document:
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


def _file(file: Checked, run: Run) -> Document:
    told = FindingDocuments(file, run.sources)
    return {
        "path": say_path(file.path),
        "centre": file.centre,
        "findings": told(file.findings),
        "pathways": [_case(case, told) for case in file.cases],
        "unjudged": list(file.unjudged),
        "suppressed": told.suppressed(),
        "ignored": file.ignored,
        **(_proofs(file, told) if run.command != "check" else {}),
    }


def _proofs(file: Checked, told: FindingDocuments) -> Document:
    """The labelled mixes, of which `check` knows nothing."""
    proofs = [
        {"name": each.name, "agrees": each.agrees, "findings": told(each.findings)}
        for each in file.proofs
    ]
    return {"proofs": proofs}


def _case(case: Case, told: FindingDocuments) -> Document:
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
        "findings": told(case.findings),
    }


def _approval(approval: Approval, case: Case) -> Document:
    """An exception; in force where its rule is broken and its last day not over."""
    told = {"rule": approval.rule.text, "reason": approval.reason, "by": approval.by}
    return {**told, "until": str(approval.until), "in_force": approval in case.approved}


def _near(case: Case) -> Document:
    """What follows from the verdict, and what lies near the mix."""
    verdict, nearby = case.verdict, case.nearby
    completion, remedy, hanging = nearby.completion, nearby.remedy, nearby.hanging
    return {
        "legal_without": [list(units) for units in nearby.without],
        "droppable": list(nearby.droppable),
        "droppable_together": nearby.together if nearby.droppable else None,
        **awards_document(
            verdict.judgement.titles if verdict.judgement.legal else (),
            nearby.missed,
            nearby.sharings,
        ),
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
