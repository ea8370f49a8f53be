"""The outcome of `check` as GitLab's code quality report: a list with one object a finding."""

from collections.abc import Iterator
from typing import Any

from nvqplan.core.codes import CODES, Severity
from nvqplan.core.findings import with_fingerprints
from nvqplan.reports.documents import ListReport
from nvqplan.reports.places import relative, unique
from nvqplan.reports.report import Run
from nvqplan.reports.results import Checked

SEVERITIES: dict[Severity, str] = {"error": "major", "warning": "minor", "remark": "info"}
STOPS = "critical"
"""What is worse than an error: nothing is known of the pathways."""


def gitlab_report(_: Run) -> ListReport:
    """One list over all files, of what is found and not settled."""
    return ListReport("[", _issues, lambda _: "]", 2)


def _issues(checked: Checked) -> Iterator[dict[str, Any]]:
    settled = {id(each.finding) for each in checked.settled}
    for finding, digits in with_fingerprints(checked.shown_and_settled):
        if id(finding) in settled:
            continue
        code, (path, line, _) = CODES[finding.code], finding.location
        about = f"{finding.pathway}: " if finding.pathway else ""
        yield {
            "description": f"{about}{finding.message}",
            "check_name": finding.code,
            "fingerprint": unique(path, digits),
            "severity": STOPS if code.stops else SEVERITIES[code.severity],
            "location": {"path": relative(path), "lines": {"begin": line}},
        }
