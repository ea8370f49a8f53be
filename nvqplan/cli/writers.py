"""Which formats each command has, and what writes them: one row each, imported when it is used."""

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from nvqplan.cli.streams import new_canvas, write_results
from nvqplan.core.words import did_you_mean

if TYPE_CHECKING:
    from nvqplan.reports.report import Report, Run

FINDINGS = "findings"
"""What check, lint, diff and rules test have in common: they report findings file by file."""

TABLES = "reports.tables."

WRITERS: Mapping[tuple[str, str], str] = {
    (FINDINGS, "text"): "reports.check_text.TextReport",
    (FINDINGS, "json"): "reports.check_json.json_report",
    (FINDINGS, "sarif"): "reports.check_sarif.sarif_report",
    (FINDINGS, "github"): "reports.check_github.GithubReport",
    (FINDINGS, "gitlab"): "reports.check_gitlab.gitlab_report",
    (FINDINGS, "junit"): "reports.check_junit.JunitReport",
    (FINDINGS, "markdown"): "reports.check_markdown.MarkdownReport",
    ("diff", "text"): "versions.text.diff_text",
    ("diff", "json"): "versions.document.diff_document",
    ("suggest", "table"): "reports.tables.draw_answer",
    ("suggest", "json"): "reports.documents.suggest_document",
    ("suggest", "csv"): "reports.as_csv.suggestions_csv",
    ("count", "text"): "cli.count.count_text",
    ("count", "json"): "reports.documents.count_document",
    ("count", "csv"): "reports.as_csv.count_csv",
    ("enumerate", "table"): "reports.mix_rows.in_columns",
    ("enumerate", "csv"): "reports.mix_rows.in_cells",
    ("enumerate", "jsonl"): "reports.mix_rows.in_objects",
    ("rank", "text"): "cli.rank.rank_text",
    ("rank", "json"): "reports.documents.rank_document",
    ("units", "table"): "reports.tables.draw_units",
    ("units", "json"): "reports.documents.units_document",
    ("units", "csv"): "reports.as_csv.units_csv",
    ("rules", "table"): "reports.tables.draw_rules",
    ("rules", "json"): "reports.documents.rules_document",
    ("rules", "csv"): "reports.as_csv.rules_csv",
    ("rules print", "markdown"): "authoring.page_formats.page_markdown",
    ("rules print", "html"): "authoring.page_formats.page_html",
    ("explain", "text"): "cli.explain.explain_text",
    ("explain", "json"): "explaining.document.explained_document",
    ("verify", "text"): "cli.verify.verify_text",
    ("verify", "json"): "certificates.text.verify_document",
    ("config", "table"): "checking.settings.settings_text",
    ("config", "json"): "checking.settings.settings_document",
}
"""By command and format, a function or class by its module in this package.

The formats of a command are offered in this order. A writer is given the answer of its command,
one that draws tables also what it draws on; it returns the text, the lines, or a document.
"""


def formats_of(command: str) -> tuple[str, ...]:
    """The formats that a command has, in the order of the table."""
    return tuple(format for name, format in WRITERS if name == command)


FORMATS = formats_of(FINDINGS)


def find_writer(command: str, format: str) -> Callable[..., Any]:
    module, _, name = WRITERS[command, format].rpartition(".")
    writer: Callable[..., Any] = getattr(import_module(f"nvqplan.{module}"), name)
    return writer


def write_answer(command: str, format: str, *answer: object, **terms: object) -> None:
    """Write the answer of a command to standard output; only documents repeat its terms."""
    write_results(written(command, format, *answer, **terms))


def written(command: str, format: str, *answer: object, **terms: object) -> Iterable[str]:
    """The lines of an answer."""
    writer = find_writer(command, format)
    if format == "json":
        from nvqplan.reports.documents import write_document

        return [write_document(command, writer(*answer, **terms))]
    if WRITERS[command, format].startswith(TABLES):
        answer = (*answer, new_canvas())
    text = writer(*answer)
    return [text] if isinstance(text, str) else text


def new_report(format: str, run: "Run", results: object = None) -> "Report":
    """What reports findings in a format: the command's own where it has one, given its results."""
    is_own = (run.command, format) in WRITERS
    writer: Callable[..., Report] = find_writer(run.command if is_own else FINDINGS, format)
    return writer(run, results) if is_own else writer(run)


def refuse_format(name: str) -> str:
    """Why a name is no format of findings, and the nearest that is; "" for one that is."""
    if name in FORMATS:
        return ""
    near = did_you_mean(name, FORMATS)
    message = f"'{name}' is none of {', '.join(FORMATS)}"
    return f"{message}; {near}" if near else message
