"""The outcome of `check` as a log for GitHub Actions: verdicts, and findings as annotations.

GitHub shows ten annotations of each level a step, and drops the rest. Where a job summary holds
every finding, only those ten are written; else all are, since the log at least keeps them.
"""

from collections import Counter
from collections.abc import Iterator

from nvqplan.core.codes import CODES, Severity
from nvqplan.core.findings import Finding
from nvqplan.core.words import amount, printable
from nvqplan.reports.places import is_file, relative, say_path
from nvqplan.reports.report import UNJUDGED, Run, remedy_lines, say_verdict
from nvqplan.reports.results import Checked, Tally
from nvqplan.reports.terminal import shorten

LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "remark": "notice"}
SHOWN = 10
"""Annotations of one level that GitHub shows."""


class GithubReport:
    def __init__(self, run: Run) -> None:
        self._run = run
        self._found: Counter[str] = Counter()

    def head(self) -> Iterator[str]:
        yield from ()

    def file(self, checked: Checked) -> Iterator[str]:
        for name in checked.unjudged:
            yield _log(UNJUDGED, checked.path, name)
        for case in checked.cases:
            yield _log(say_verdict(case), checked.path, case.pathway.name)
            yield from map(_log_line, remedy_lines(case))
        for finding in checked.all_findings:
            level = LEVELS[CODES[finding.code].severity]
            self._found[level] += 1
            if self._found[level] <= SHOWN or not self._run.summarised:
                yield self._annotation(level, finding)

    def tail(self, tally: Tally) -> Iterator[str]:
        more = sum(max(number - SHOWN, 0) for number in self._found.values())
        if more and self._run.summarised:
            yield f"{amount(more, 'findings')} more, see the job summary"
        yield self._run.say_sum(tally)

    def _annotation(self, level: str, finding: Finding) -> str:
        lines = (finding.message, *finding.help.splitlines())
        message = "%0A".join(_data(shorten(line)) for line in lines)
        about = f": {finding.pathway}" if finding.pathway else ""
        title = f"{finding.code} {CODES[finding.code].title}{about}"
        properties = {**self._place(finding), "title": shorten(title)}
        written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
        return f"::{level} {written}::{message}"

    def _place(self, finding: Finding) -> dict[str, str]:
        """Nothing where no file can be shown."""
        path, line, column = finding.location
        if not is_file(path):
            return {}
        end = self._run.sources.end_column(finding.location)
        place = {"line": line, "col": column, "endColumn": max(end, column)}
        return {"file": relative(path), **{name: str(figure) for name, figure in place.items()}}


def _log(verdict: str, path: str, name: str) -> str:
    """A line that begins with words of ours, and holds nothing that GitHub takes for a command."""
    return _log_line(f"{verdict}: {say_path(path)}: {name}").lstrip()


def _log_line(line: str) -> str:
    return f"  {printable(line)}".replace("##[", "## [")


def _data(text: str) -> str:
    """A message as a workflow command writes it, and nothing that moves a cursor."""
    return printable(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
