"""The document of `diff`: what differs, what that does to the mixes, then file by file."""

from collections.abc import Iterator, Sequence

from nvqplan.reports.check_json import FindingDocuments, remedy_document
from nvqplan.reports.documents import (
    Document,
    ListReport,
    files_report,
    outcome_document,
    terms_document,
)
from nvqplan.reports.places import say_path
from nvqplan.reports.report import Run
from nvqplan.reports.results import Case, Checked
from nvqplan.rules.qualification import Judged
from nvqplan.versions.changes import Change, say_change
from nvqplan.versions.comparing import Comparison, DiffResults
from nvqplan.versions.impact import Impact, Sample
from nvqplan.versions.moves import move_of


def diff_document(run: Run, results: DiffResults | None) -> ListReport:
    """One object; where the rulebooks are at fault there are no results, and its files say why.

    What is found in the rulebooks' own files stands in `comparison`.
    """
    comparison = None if results is None else results.comparison
    rulebooks = frozenset[str]() if comparison is None else comparison.paths

    def files(checked: Checked) -> Iterator[Document]:
        if checked.path not in rulebooks:
            findings = FindingDocuments(checked, run.sources)
            yield findings.file([_pathway(case, findings) for case in checked.cases])

    body = {"comparison": None if comparison is None else _comparison(comparison)}
    return files_report("diff", body, files)


def _comparison(comparison: Comparison) -> Document:
    return {
        "old": comparison.old.name,
        "new": comparison.new.name,
        **terms_document(comparison.terms),
        "same": comparison.says_the_same,
        "changes": [_change(each) for each in comparison.changes],
        "qualifications": [_impact(each) for each in comparison.impacts],
    }


def _change(change: Change) -> Document:
    path, line, column = change.place
    return {
        "what": change.what,
        "how": change.how,
        "qualification": change.qualification or None,
        "name": change.name,
        "field": change.field or None,
        "old": change.old,
        "new": change.new,
        "says": say_change(change),
        "source": change.source or None,
        "path": say_path(path),
        "line": line,
        "column": column,
    }


def _impact(impact: Impact) -> Document:
    return {
        "id": impact.id,
        "old_id": None if impact.old is None else impact.old.id,
        "in_old": impact.old is not None,
        "in_new": impact.new is not None,
        "before": impact.before,
        "after": impact.after,
        "both": impact.both,
        "lost": impact.lost,
        "gained": impact.gained,
        "lost_samples": [_sample(each) for each in impact.lost_samples],
        "gained_samples": [_sample(each) for each in impact.gained_samples],
    }


def _sample(sample: Sample) -> Document:
    return {
        "units": list(sample.units),
        "credits": sample.credits,
        "glh": sample.glh,
        "not_offered": list(sample.not_offered),
        "broken": _broken(sample.broken),
    }


def _broken(broken: Sequence[Judged]) -> list[Document]:
    return [
        {"rule": each.rule.id, "outcomes": [outcome_document(outcome) for outcome in each.broken]}
        for each in broken
    ]


def _pathway(case: Case, findings: FindingDocuments) -> Document:
    move, before, remedy = move_of(case), case.before, case.nearby.remedy
    return {
        "name": case.pathway.name,
        "qualification": case.qualification.id,
        "status": case.pathway.status,
        "turn": move.turn,
        "passed": None if before is None else before.verdict.passes,
        "passes": case.verdict.passes,
        "gone": list(move.gone),
        "come": list(move.come),
        "broken": _broken(move.broken),
        "tightened": [
            {"rule": each.rule, "about": each.about, "measure": each.measure, "before": each.before}
            for each in move.tightened
        ],
        "was_droppable": list(move.was_droppable),
        "completions_before": None if before is None else _completions(before),
        "completions": _completions(case),
        "remedy": None if remedy is None else remedy_document(remedy, case.qualification),
        "findings": findings.of(case.findings),
    }


def _completions(case: Case) -> int | None:
    """In how many legal mixes a draft is contained."""
    return case.verdict.completions if case.proposal.draft else None
