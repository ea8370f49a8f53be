"""The formats of `check`, by name: each tells file after file, and keeps none of them.

No run imports a format that it does not write.
"""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import NamedTuple, Protocol

from nvqplan.core.codes import Severity
from nvqplan.core.findings import Finding
from nvqplan.core.names import did_you_mean
from nvqplan.core.sources import Sources
from nvqplan.core.words import printable
from nvqplan.reports.results import Checked, Tally, in_order
from nvqplan.reports.terminal import Painter, shorten, wrap, write_findings
from nvqplan.reports.verdicts import say_tally


class Run(NamedTuple):
    """What a format knows of the run that it tells of."""

    sources: Sources
    reading: str
    paint: Painter
    failing: tuple[Severity, ...] = ("error",)
    verbose: bool = False
    """Whether every rule is shown, and not only those that are broken."""
    width: int | None = None
    """The columns of the terminal; None where there is none."""
    summarised: bool = False
    """Whether a job summary, written beside it, holds every finding."""
    command: str = "check"
    """What was run, as documents name it."""
    say_sum: Callable[[Tally], str] = say_tally
    """How all of it comes out, in one line."""

    def fit(self, lines: Iterator[str]) -> Iterator[str]:
        """The lines, broken where they are too long for the terminal."""
        return lines if self.width is None else wrap(lines, self.width)

    def say_name(self, checked: Checked, name: str) -> str:
        """The name of a pathway behind the path of its file."""
        where = f"{printable(checked.path)}: " if checked.is_file else ""
        return f"{where}{self.paint(printable(shorten(name)), 'bold')}"

    def say_findings(self, findings: Iterable[Finding]) -> Iterator[str]:
        """Findings with their lines, in the order of the file."""
        return write_findings(in_order(findings), self.sources, self.paint)


class Report(Protocol):
    """One format; lines come without their ends, so that whoever writes them chooses those."""

    def head(self) -> Iterable[str]:
        """What stands before all files."""
        ...

    def file(self, checked: Checked) -> Iterable[str]: ...

    def tail(self, tally: Tally) -> Iterable[str]:
        """What stands behind all files, the tally of which is known by then."""
        ...


FORMATS = {
    "text": "check_text.TextReport",
    "json": "check_json.JsonReport",
    "sarif": "check_sarif.SarifReport",
    "github": "check_github.GithubReport",
    "gitlab": "check_gitlab.GitlabReport",
    "junit": "check_junit.JunitReport",
    "markdown": "check_markdown.MarkdownReport",
}
"""Where each is: a module of this package, and a class that is made with a `Run`."""


def new_report(format: str, run: Run) -> Report:
    """A format by its name in the table."""
    module, _, name = FORMATS[format].partition(".")
    report: Report = getattr(import_module(f"nvqplan.reports.{module}"), name)(run)
    return report


def refuse_format(written: str) -> str:
    """Why a name is no format, and the nearest that is; "" for one that is."""
    if written in FORMATS:
        return ""
    near = did_you_mean(written, FORMATS)
    refusal = f"'{written}' is none of {', '.join(FORMATS)}"
    return f"{refusal}; {near}" if near else refusal
