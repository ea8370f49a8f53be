"""The outcome of `check` as text."""

from collections.abc import Iterator

from nvqplan.advice.proposal import MENU, Totals
from nvqplan.core.codes import CODES
from nvqplan.core.words import listing, name_measure, say_sums
from nvqplan.reports.report import (
    UNJUDGED,
    Run,
    errors_of,
    remedy_lines,
    say_reserve,
    verdict_words,
)
from nvqplan.reports.results import Case, Checked, Tally
from nvqplan.reports.terminal import Painter, Style
from nvqplan.rules.outcome import Outcome


class TextReport:
    """File by file: what concerns the whole file, then each pathway; in the end a summary."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def head(self) -> Iterator[str]:
        yield from ()

    def file(self, checked: Checked) -> Iterator[str]:
        return self._run.fit(self._lines(checked))

    def tail(self, tally: Tally) -> Iterator[str]:
        if tally.files:
            yield self._run.paint(self._run.say_sum(tally), "bold")

    def _lines(self, checked: Checked) -> Iterator[str]:
        run = self._run
        yield from run.say_findings(checked.findings)
        has_errors = any(CODES[each.code].severity == "error" for each in checked.findings)
        why = "see the errors above" if has_errors else "since errors of the file are not told"
        for name in checked.unjudged:
            yield f"{run.say_name(checked, name)}: {run.paint(UNJUDGED, 'red')}, {why}"
        if checked.unjudged:
            yield ""
        for proof in checked.proofs:
            yield from run.say_findings(proof.findings)
        for case in checked.cases:
            yield from self._case(checked, case)

    def _case(self, checked: Checked, case: Case) -> Iterator[str]:
        run = self._run
        yield f"{run.say_name(checked, case.pathway.name)}: {_verdict(case, run.paint)}"
        yield from _indent(_say_totals(case.verdict.totals))
        yield from _indent(_say_near(case))
        if run.verbose:
            yield from _indent(_say_judgement(case, run.paint))
        yield from run.say_findings(case.findings)
        yield from _indent(remedy_lines(case, with_sources=not run.verbose))
        yield ""


def _indent(lines: Iterator[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


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
        from nvqplan.reports.advice_text import say_awards

        yield from say_awards(nearby.sharings, verdict.judgement.titles, nearby.missed)
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


def _say_judgement(case: Case, paint: Painter) -> Iterator[str]:
    """Each comparison of each rule: what the mix has and needs, its slack, and what counts."""
    from nvqplan.rules.wording import say_counted, say_outcome, say_sources

    judgement, offering = case.verdict.judgement, case.qualification.offering
    for judged in judgement.rules:
        if not judged.outcomes:
            yield f"{paint('open  ', 'yellow')} {judged.rule.id}: nobody told what it asks"
        for outcome in judged.outcomes:
            standing = _say_standing(outcome, paint, is_draft=case.proposal.draft)
            about = f" of {outcome.about}" if outcome.about and not outcome.is_of_learner else ""
            has_slack = outcome.holds and outcome.slack is not None
            slack = f", slack {outcome.slack}" if has_slack else ""
            yield f"{standing} {judged.rule.id}{about}: {say_outcome(outcome)}{slack}"
            for line in say_counted(outcome, offering).splitlines():
                yield f"         {line}"
    yield from say_sources(judged.rule for judged in judgement.rules)


def _say_standing(outcome: Outcome, paint: Painter, *, is_draft: bool) -> str:
    """Whether a comparison holds; what a draft does not have yet is open."""
    if is_draft and outcome.short_by:
        return paint("open  ", "yellow")
    return paint("holds ", "green") if outcome.holds else paint("breaks", "red")
