"""The outcome of `check` as text."""

from collections.abc import Iterator

from nvqplan.advice.assessment import Assessment
from nvqplan.advice.proposal import MENU
from nvqplan.advice.totals import Totals
from nvqplan.core.codes import CODES
from nvqplan.core.words import listing, name_measure, printable, say_sums
from nvqplan.reports.findings_text import shorten, write_findings
from nvqplan.reports.painter import Painter, Style
from nvqplan.reports.report import Run
from nvqplan.reports.results import Case, Checked, Tally, in_order
from nvqplan.reports.verdicts import UNJUDGED, errors_of, remedy_lines, say_reserve, verdict_words
from nvqplan.rules.wording import say_sources, say_titles


class TextReport:
    """File by file: what concerns the whole file, then each pathway; in the end a summary."""

    def __init__(self, run: Run) -> None:
        self._sources = run.sources
        self._ink = run.paint
        self._verbose = run.verbose
        self._width = run.width
        self._say_sum = run.say_sum

    def head(self) -> Iterator[str]:
        yield from ()

    def file(self, checked: Checked) -> Iterator[str]:
        lines = self._lines(checked)
        if self._width is None:
            return lines
        from nvqplan.reports.wrapping import wrap

        return wrap(lines, self._width)

    def _lines(self, checked: Checked) -> Iterator[str]:
        yield from write_findings(in_order(checked.findings), self._sources, self._ink)
        told = any(CODES[each.code].severity == "error" for each in checked.findings)
        why = "see the errors above" if told else "since errors of the file are not told"
        for name in checked.unjudged:
            yield f"{self._name(checked, name)}: {self._ink(UNJUDGED, 'red')}, {why}"
        if checked.unjudged:
            yield ""
        for proof in checked.proofs:
            yield from write_findings(in_order(proof.findings), self._sources, self._ink)
        for case in checked.cases:
            yield from self._case(checked, case)

    def tail(self, tally: Tally) -> Iterator[str]:
        if tally.files:
            yield self._ink(self._say_sum(tally), "bold")

    def _case(self, checked: Checked, case: Case) -> list[str]:
        near = (*_say_totals(case.assessment.totals), *_say_near(case.assessment))
        lines = [
            f"{self._name(checked, case.pathway.name)}: {_verdict(case, self._ink)}",
            *[f"  {line}" for line in near],
        ]
        if self._verbose:
            lines += self._judgement(case)
        if case.findings:
            lines += write_findings(in_order(case.findings), self._sources, self._ink)
        told = remedy_lines(case, with_sources=not self._verbose)
        return [*lines, *[f"  {line}" for line in told], ""]

    def _judgement(self, case: Case) -> Iterator[str]:
        from nvqplan.reports.judgement_text import say_judgement

        offering = case.qualification.offering
        is_draft = case.assessment.proposal.draft
        told = say_judgement(case.assessment.judgement, offering, self._ink, is_draft=is_draft)
        yield from (f"  {line}" for line in told)
        rules = (judged.rule for judged in case.assessment.judgement.rules)
        yield from (f"  {line}" for line in say_sources(rules))

    def _name(self, checked: Checked, name: str) -> str:
        where = f"{printable(checked.path)}: " if checked.is_file else ""
        return f"{where}{self._ink(printable(shorten(name)), 'bold')}"


def _verdict(case: Case, paint: Painter) -> str:
    style: Style = "red"
    if case.assessment.passes:
        style = "yellow" if errors_of(case) else "green"
    return f"{paint(verdict_words(case), style)} {case.qualification.id}{say_reserve(case)}"


def _say_totals(totals: Totals) -> Iterator[str]:
    yield say_sums(totals.sums)
    levels = ", ".join(f"level {level}: {size}" for level, size in totals.by_level.items())
    groups = ", ".join(f"Group {name}: {size}" for name, size in totals.by_group.items())
    measure = name_measure(totals.measure)
    yield f"{measure} at {levels}; {groups}" if levels else f"{measure} in {groups}"


def _say_near(assessment: Assessment) -> Iterator[str]:
    """What lies near the mix: a legal part of it, a completion, other qualifications earned."""
    if assessment.without and not (assessment.remedy and assessment.remedy.only_drops):
        ways = [f"without {listing(units)}" for units in assessment.without]
        more = ["in other ways"] if len(ways) > MENU else []
        yield f"legal {'; or '.join(ways[:MENU] + more)}"
    if assessment.completions and not assessment.completion:
        yield f"{assessment.completions:,} legal mixes contain it"
    if assessment.completion:
        mix = assessment.proposal.mix
        added = tuple(u.number for u in assessment.completion.units if u.number not in mix)
        smallest = f"the smallest adds {listing(added)}" if added else "it is one as it stands"
        figures = say_sums(assessment.completion.totals.sums_beside)
        yield f"{assessment.completions:,} legal mixes contain it; {smallest}: {figures}"
    if assessment.judgement.legal and assessment.proposal.qualification.tells_how:
        yield from _say_awards(assessment)
    if assessment.earns:
        earned = listing(tuple(each.id for each in assessment.earns))
        yield f"{'also earns' if assessment.passes else 'earns'} {earned}"


def _say_awards(assessment: Assessment) -> Iterator[str]:
    """For which components the units are used, and the titles that are earned or nearly so."""
    from nvqplan.reports.award_text import say_missed, say_sharings

    yield from say_sharings(assessment.sharings)
    if titles := assessment.judgement.titles:
        yield say_titles(titles)
    yield from say_missed(assessment.missed)
