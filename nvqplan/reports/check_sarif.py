"""The outcome of `check` as SARIF 2.1.0, for code scanning: one result a finding, none left out."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from nvqplan import __version__
from nvqplan.core.codes import CODES, Code, Severity
from nvqplan.core.explanations import explanations
from nvqplan.core.findings import Finding, Location, Related, with_fingerprints
from nvqplan.reports.documents import JsonList, to_json
from nvqplan.reports.places import BASES, artifact, unique
from nvqplan.reports.report import Run
from nvqplan.reports.results import Checked, Settled, Tally

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "remark": "note"}
INDEX = {code: index for index, code in enumerate(CODES)}
KINDS = {"comment": "inSource", "exception": "inSource", "baseline": "external"}
"""Where it stands that somebody has answered for a finding."""

Object = dict[str, Any]


class SarifReport:
    """A log with one run; whether that went well is known, and written, in the end."""

    def __init__(self, run: Run) -> None:
        self._sources = run.sources
        self._results = JsonList(8)

    def head(self) -> Iterator[str]:
        before, _ = _frame(successful=True)
        yield before

    def file(self, checked: Checked) -> Iterator[str]:
        settled = {id(each.finding): each for each in checked.settled}
        for finding, digits in with_fingerprints(checked.shown_and_settled):
            yield from self._results.add(
                self._result(finding, digits) | _suppressions(settled.get(id(finding)))
            )

    def tail(self, tally: Tally) -> Iterator[str]:
        yield from self._results.rest()
        _, behind = _frame(successful=not tally.stops)
        yield behind

    def _result(self, finding: Finding, digits: str) -> Object:
        return {
            "ruleId": finding.code,
            "ruleIndex": INDEX[finding.code],
            "level": LEVELS[CODES[finding.code].severity],
            "message": {"text": "\n".join(filter(None, (finding.message, finding.help)))},
            "locations": [{"physicalLocation": self._place(finding.location)}],
            **self._related(finding.related),
            "partialFingerprints": {"nvqplan/v1": unique(finding.location.path, digits)},
            "properties": {"pathway": finding.pathway, "subject": finding.subject},
        }

    def _related(self, related: Iterable[Related]) -> Object:
        places = [
            {
                "id": number,
                "message": {"text": each.says},
                "physicalLocation": self._place(each.location),
            }
            for number, each in enumerate(related, 1)
        ]
        return {"relatedLocations": places} if places else {}

    def _place(self, location: Location) -> Object:
        """Up to the end of the name that stands there; a mere point where none does."""
        region = {"startLine": location.line, "startColumn": location.column}
        end = self._sources.end_column(location)
        return {
            "artifactLocation": artifact(location.path),
            "region": {**region, "endColumn": max(end, location.column)},
        }


def _suppressions(settled: Settled | None) -> Object:
    if settled is None:
        return {}
    return {"suppressions": [{"kind": KINDS[settled.by], "justification": settled.reason}]}


def _frame(*, successful: bool) -> tuple[str, str]:
    """What stands before and behind the results."""
    run = {
        "tool": {"driver": _driver()},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": BASES,
        "results": [],
        "invocations": [{"executionSuccessful": successful}],
    }
    log = to_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})
    before, results, behind = log.partition('"results": [')
    return f"{before}{results}", f"      {behind}"


def _driver() -> Object:
    return {
        "name": "nvqplan",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(id, code) for id, code in CODES.items()],
    }


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
