"""The outcome of `check` as Markdown, for a comment on a pull request or a job summary."""

import re
from collections.abc import Iterable, Iterator
from math import inf

from nvqplan.core.codes import CODES
from nvqplan.core.findings import Finding
from nvqplan.core.words import markdown, name_measure, printable
from nvqplan.reports.places import say_path
from nvqplan.reports.report import UNJUDGED, Run, remedy_lines, say_reserve, verdict_words
from nvqplan.reports.results import Case, Checked, Tally
from nvqplan.reports.terminal import shorten

LARGEST = 2**20
"""Bytes of a job summary; GitHub drops one that is larger, all of it."""

KEPT_BACK = 1_000
"""Bytes for the last lines."""

_TILDES = re.compile("~*")


class MarkdownReport:
    """For each file a table of verdicts, and its findings; the sum of all in the last line.

    What there is no `room` for, in bytes, is left out, and the report says so.
    """

    def __init__(self, run: Run, room: float = inf) -> None:
        self._say_sum = run.say_sum
        self._left = room
        self._is_cut = False

    def head(self) -> Iterator[str]:
        return self._within(["## nvqplan"])

    def file(self, checked: Checked) -> Iterator[str]:
        return self._within(_lines(checked))

    def tail(self, tally: Tally) -> Iterator[str]:
        if self._is_cut:
            yield ""
            yield "**Cut here: a job summary holds 1 MiB. `--output markdown=FILE` writes it all.**"
        yield ""
        yield f"**{self._say_sum(tally)}**"

    def _within(self, lines: Iterable[str]) -> Iterator[str]:
        for line in lines:
            self._left -= len(line.encode()) + 1
            self._is_cut |= self._left < 0
            if self._is_cut:
                return
            yield line


def job_summary(run: Run, written: int) -> MarkdownReport:
    """The report as the rest of a job summary, of which so many bytes are written already."""
    return MarkdownReport(run, LARGEST - KEPT_BACK - written)


def _lines(checked: Checked) -> Iterator[str]:
    yield ""
    yield f"### {_plain(say_path(checked.path))}"
    if checked.proofs:
        yield from ("", "| Mix | As labelled |", "|:--|:--|")
        yield from (f"| {_plain(name)} | **{UNJUDGED}** |" for name in checked.unjudged)
        for proof in checked.proofs:
            yield f"| {_plain(proof.name)} | {'yes' if proof.agrees else '**no**'} |"
    elif checked.cases or checked.unjudged:
        yield ""
        yield from _table(checked)
    if checked.all_findings:
        yield ""
        for finding in checked.all_findings:
            yield from _item(finding)
    for case in checked.cases:
        yield from _advice(case)


def _table(checked: Checked) -> Iterator[str]:
    """The verdicts, and of each mix the sums that are worth telling."""
    found = dict.fromkeys(each for case in checked.cases for each in case.verdict.totals.sums)
    measures = tuple(found) or ("units", "credits", "glh")
    names = (_plain(name_measure(each)) for each in measures)
    yield f"| Pathway | Verdict | {' | '.join(name[0].upper() + name[1:] for name in names)} |"
    yield f"|:--|:--|{'--:|' * len(measures)}"
    for name in checked.unjudged:
        yield f"| {_plain(name)} | **{UNJUDGED}** |{' |' * len(measures)}"
    for case in checked.cases:
        verdict = f"**{verdict_words(case)}** {_plain(case.qualification.id + say_reserve(case))}"
        sums = " | ".join(str(case.verdict.totals.sums.get(each, 0)) for each in measures)
        yield f"| {_plain(case.pathway.name)} | {verdict} | {sums} |"


def _advice(case: Case) -> Iterator[str]:
    lines = [printable(shorten(line)) for line in remedy_lines(case)]
    if lines:
        fence = "~" * max(3, 1 + max(len(run) for line in lines for run in _TILDES.findall(line)))
        yield from ("", f"How to mend {_plain(case.pathway.name)}:", "", fence, *lines, fence)


def _item(finding: Finding) -> Iterator[str]:
    about = f", {_plain(finding.pathway)}" if finding.pathway else ""
    head = f"**{CODES[finding.code].severity}** `{finding.code}` line {finding.location.line}"
    yield f"- {head}{about}: {_plain(finding.message)}"
    for line in finding.help.splitlines():
        yield f"  - {_plain(line)}"


def _plain(text: str) -> str:
    return markdown(shorten(text))
