"""The outcome of `check` as SARIF 2.1.0, for code scanning: one result a finding, none left out."""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from nvqplan import __version__
from nvqplan.core.codes import CODES, Code, Severity
from nvqplan.core.explanations import explanations
from nvqplan.core.findings import Finding, Location, Related, with_fingerprints
from nvqplan.core.sources import Sources
from nvqplan.reports.documents import ListReport, to_json
from nvqplan.reports.places import BASES, artifact, unique
from nvqplan.reports.report import Run
from nvqplan.reports.results import Checked

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "remark": "note"}
INDEX = {code: index for index, code in enumerate(CODES)}
KINDS = {"comment": "inSource", "exception": "inSource", "baseline": "external"}
"""Where it stands that somebody has answered for a finding."""

Object = dict[str, Any]


def sarif_report(run: Run) -> ListReport:
    """A log with one run; whether that went well is known, and written, in the end."""
    before, _ = _frame(successful=True)
    results = partial(_results, sources=run.sources)
    return ListReport(before, results, lambda tally: _frame(successful=not tally.stops)[1], 8)


def _results(checked: Checked, sources: Sources) -> Iterator[Object]:
    settled = {
        id(each.finding): {"suppressions": [{"kind": KINDS[each.by], "justification": each.reason}]}
        for each in checked.settled
    }
    for finding, digits in with_fingerprints(checked.shown_and_settled):
        yield _result(finding, digits, sources) | settled.get(id(finding), {})


def _result(finding: Finding, digits: str, sources: Sources) -> Object:
    return {
        "ruleId": finding.code,
        "ruleIndex": INDEX[finding.code],
        "level": LEVELS[CODES[finding.code].severity],
        "message": {"text": "\n".join(filter(None, (finding.message, finding.help)))},
        "locations": [{"physicalLocation": _place(finding.location, sources)}],
        **_related(finding.related, sources),
        "partialFingerprints": {"nvqplan/v1": unique(finding.location.path, digits)},
        "properties": {"pathway": finding.pathway, "subject": finding.subject},
    }


def _related(related: Iterable[Related], sources: Sources) -> Object:
    places = [
        {
            "id": number,
            "message": {"text": each.says},
            "physicalLocation": _place(each.location, sources),
        }
        for number, each in enumerate(related, 1)
    ]
    return {"relatedLocations": places} if places else {}


def _place(location: Location, sources: Sources) -> Object:
    """Up to the end of the name that stands there; a mere point where none does."""
    region = {"startLine": location.line, "startColumn": location.column}
    end = max(sources.end_column(location), location.column)
    return {"artifactLocation": artifact(location.path), "region": {**region, "endColumn": end}}


def _frame(*, successful: bool) -> tuple[str, str]:
    """What stands before and behind the results."""
    driver = {
        "name": "nvqplan",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(id, code) for id, code in CODES.items()],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": BASES,
        "results": [],
        "invocations": [{"executionSuccessful": successful}],
    }
    log = to_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})
    before, results, behind = log.partition('"results": [')
    return f"{before}{results}", f"      {behind}"


def _rule(id: str, code: Code) -> Object:
    explanation = explanations()[id]
    return {
        "id": id,
        "name": "".join(map(str.capitalize, re.findall(r"\w+", code.title))),
        "shortDescription": {"text": code.title},
        "fullDescription": {"text": explanation.means},
        "help": {"text": f"{explanation.means}\n\n{explanation.remedy}"},
        "defaultConfiguration": {"level": LEVELS[code.severity]},
    }
