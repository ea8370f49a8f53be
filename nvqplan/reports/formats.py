"""The formats of `check`, by name; no run imports one that it does not write."""

from importlib import import_module

from nvqplan.core.names import did_you_mean
from nvqplan.reports.report import Report, Run

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
    told = f"'{written}' is none of {', '.join(FORMATS)}"
    return f"{told}; {near}" if near else told
