"""The document of `diff`: what differs, what that does to the mixes, then file by file."""

from collections.abc import Iterator, Sequence

from nvqplan.reports.as_json import JsonList, to_json
from nvqplan.reports.check_json import FindingDocuments
from nvqplan.reports.documents import Document, document_head, outcome_document, terms_document
from nvqplan.reports.places import say_path
from nvqplan.reports.remedy_document import remedy_document
from nvqplan.reports.report import Run
from nvqplan.reports.results import Case, Checked, Tally
from nvqplan.rules.qualification import Judged
from nvqplan.versions.changes import Change
from nvqplan.versions.comparing import Comparison
from nvqplan.versions.impact import Impact, Sample
from nvqplan.versions.moves import Tightened, move_of
from nvqplan.versions.report import rulebook_paths
from nvqplan.versions.telling import say_change


class DiffJson:
    """One object; where the rulebooks are at fault, `comparison` is None and its files say why."""

    def __init__(self, run: Run, comparison: Comparison | None) -> None:
        self._run = run
        self._comparison = comparison
        self._files = JsonList(4)
        self._rulebooks = frozenset() if comparison is None else rulebook_paths(comparison)

    def head(self) -> Iterator[str]:
        body = {"comparison": None if self._comparison is None else _comparison(self._comparison)}
        head = to_json({**document_head("diff"), **body})
        yield head.removesuffix("\n}") + ","
        yield '  "files": ['

    def file(self, checked: Checked) -> Iterator[str]:
        if checked.path not in self._rulebooks:
            yield from self._files.add(_file(checked, FindingDocuments(checked, self._run.sources)))

    def tail(self, tally: Tally) -> Iterator[str]:
        yield from self._files.rest()
        yield "  ]"
        yield "}"


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


def _file(checked: Checked, told: FindingDocuments) -> Document:
    return {
        "path": say_path(checked.path),
        "centre": checked.centre,
        "findings": told(checked.findings),
        "pathways": [_pathway(case, told) for case in checked.cases],
        "unjudged": list(checked.unjudged),
        "suppressed": told.suppressed(),
        "ignored": checked.ignored,
    }


def _pathway(case: Case, told: FindingDocuments) -> Document:
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
        "tightened": [_tightened(each) for each in move.tightened],
        "was_droppable": list(move.was_droppable),
        "completions_before": None if before is None else _completions(before),
        "completions": _completions(case),
        "remedy": None if remedy is None else remedy_document(remedy, case.qualification),
        "findings": told(case.findings),
    }


def _tightened(tightened: Tightened) -> Document:
    return {
        "rule": tightened.rule,
        "about": tightened.about,
        "measure": tightened.measure,
        "before": tightened.before,
    }


def _completions(case: Case) -> int | None:
    """In how many legal mixes a draft is contained."""
    return case.verdict.completions if case.proposal.draft else None
