"""The outcome of `check` as text."""

from collections.abc import Iterator

from nvqplan.advice.proposal import MENU, Totals
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
        near = (*_say_totals(case.verdict.totals), *_say_near(case))
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
        is_draft = case.proposal.draft
        told = say_judgement(case.verdict.judgement, offering, self._ink, is_draft=is_draft)
        yield from (f"  {line}" for line in told)
        rules = (judged.rule for judged in case.verdict.judgement.rules)
        yield from (f"  {line}" for line in say_sources(rules))

    def _name(self, checked: Checked, name: str) -> str:
        where = f"{printable(checked.path)}: " if checked.is_file else ""
        return f"{where}{self._ink(printable(shorten(name)), 'bold')}"


def _verdict(case: Case, paint: Painter) -> str:
    style: Style = "red"
    if case.verdict.passes:
        style = "yellow" if errors_of(case) else "green"
    return f"{paint(verdict_words(case), style)} {case.qualification.id}{say_reserve(case)}"


def _say_totals(totals: Totals) -> Iterator[str]:
    yield say_sums(totals.sums)
    levels = ", ".join(f"level {level}: {size}" for level, size in totals.by_level.items())
    groups = ", ".join(f"Group {name}: {size}" for name, size in totals.by_group.items())
    measure = name_measure(totals.measure)
    yield f"{measure} at {levels}; {groups}" if levels else f"{measure} in {groups}"


def _say_near(case: Case) -> Iterator[str]:
    """What lies near the mix: a legal part of it, a completion, other qualifications earned."""
    verdict, nearby = case.verdict, case.nearby
    if nearby.without and not (nearby.remedy and nearby.remedy.only_drops):
        ways = [f"without {listing(units)}" for units in nearby.without]
        more = ["in other ways"] if len(ways) > MENU else []
        yield f"legal {'; or '.join(ways[:MENU] + more)}"
    if verdict.completions:
        yield f"{verdict.completions:,} legal mixes contain it{_say_smallest(case)}"
    if verdict.judgement.legal and case.qualification.tells_how:
        yield from _say_awards(case)
    if verdict.earns:
        earned = listing(tuple(each.id for each in verdict.earns))
        yield f"{'also earns' if verdict.passes else 'earns'} {earned}"


def _say_smallest(case: Case) -> str:
    """What the smallest completion of a draft adds, "" where it was not looked for."""
    completion = case.nearby.completion
    if completion is None:
        return ""
    added = tuple(u.number for u in completion.units if u.number not in case.proposal.mix)
    smallest = f"the smallest adds {listing(added)}" if added else "it is one as it stands"
    return f"; {smallest}: {say_sums(completion.totals.sums_beside)}"


def _say_awards(case: Case) -> Iterator[str]:
    """For which components the units are used, and the titles that are earned or nearly so."""
    from nvqplan.reports.award_text import say_missed, say_sharings

    yield from say_sharings(case.nearby.sharings)
    if titles := case.verdict.judgement.titles:
        yield say_titles(titles)
    yield from say_missed(case.nearby.missed)
