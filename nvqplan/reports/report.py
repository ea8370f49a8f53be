"""What all formats of findings share: verdicts in words, the run, and three methods.

Each format writes file after file, and keeps none of them.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from nvqplan.core.codes import CODES, Severity
from nvqplan.core.findings import Finding
from nvqplan.core.sources import Sources
from nvqplan.core.values import NamedTuple
from nvqplan.core.words import amount, printable, say_date
from nvqplan.reports.results import Case, Checked, Tally, in_order
from nvqplan.reports.terminal import Painter, shorten, wrap, write_findings

UNJUDGED = "not judged"


def verdict_words(case: Case) -> str:
    """`legal for`, to stand before the name of the qualification."""
    if case.proposal.draft:
        return f"draft, {'can' if case.verdict.passes else 'cannot'} be completed to"
    return "legal for" if case.verdict.passes else "illegal for"


def say_verdict(case: Case) -> str:
    return f"{verdict_words(case)} {case.qualification.id}{say_reserve(case)}"


def say_reserve(case: Case) -> str:
    """Behind a verdict: to which rules there are exceptions until when, and errors in spite."""
    rules = [f"to rule '{each.rule.text}' until {say_date(each.until)}" for each in case.approved]
    kind = "exception" if len(rules) == 1 else "exceptions"
    exceptions = printable(f", approved {kind} {', '.join(rules)}") if rules else ""
    number = errors_of(case) if case.verdict.passes else 0
    return exceptions + (f", but with {amount(number, 'errors')}" if number else "")


def errors_of(case: Case) -> int:
    """How many errors a pathway has."""
    return sum(CODES[finding.code].severity == "error" for finding in case.findings)


def remedy_lines(case: Case, *, with_sources: bool = True) -> Iterator[str]:
    """Why a pathway cannot be as it stands, and how it can be mended; nothing where it can.

    Sources are named of those rules of which no finding has named it.
    """
    remedy = case.nearby.remedy
    if remedy is not None:
        from nvqplan.reports.advice_text import say_remedy

        yield from say_remedy(remedy, case.proposal)
    if with_sources and (remedy is not None or case.approved):
        yield from _sources(case)


def _sources(case: Case) -> Iterator[str]:
    """Where the print has the rules that verdict and remedy name."""
    from nvqplan.rules.wording import say_sources

    remedy, excused = case.nearby.remedy, {each.rule.text for each in case.approved}
    named = [rule for rule in case.qualification.rules if rule.id in excused]
    if remedy is not None and not remedy.is_rulebook:
        named += remedy.rules_of(case.qualification)
    named_already = {line for finding in case.findings for line in finding.help.splitlines()}
    yield from say_sources(rule for rule in named if rule.cited not in named_already)


def say_tally(tally: Tally) -> str:
    """How many pathways meet the rules, and how many findings there are, in one line."""
    files = amount(tally.files, "files")
    if tally.qualifications:
        meet = f"{amount(tally.qualifications, 'qualifications')} in {files} looked at"
    else:
        pathways = amount(tally.pathways, "pathways")
        meet = f"{tally.passing:,} of {pathways} in {files} meet the rules"
    have = "has" if tally.approved == 1 else "have"
    leave = f", {tally.approved:,} {have} an approved exception" if tally.approved else ""
    return "; ".join(filter(None, (meet + leave, *say_found(tally), say_settled(tally))))


def say_found(tally: Tally) -> list[str]:
    """How many findings of each severity, in one part of a sentence; none where none are."""
    severities = tally.findings.items()
    found = [amount(number, f"{severity}s") for severity, number in severities if number]
    return [", ".join(found)] if found else []


def say_settled(tally: Tally) -> str:
    """How many findings are not shown, and why not."""
    settled = [f"{number:,} by {by}" for by, number in tally.settled.items() if number]
    suppressed = f"suppressed: {', '.join(settled)}" if settled else ""
    ignored = f"ignored: {tally.ignored:,}" if tally.ignored else ""
    return "; ".join(part for part in (suppressed, ignored) if part)


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
    """One format of findings, made with the `Run`, and with its results where a command has some.

    Lines come without their ends, so that whoever writes them chooses those. What a file or its
    author wrote can hold anything: it passes through `printable`, or is escaped as the format asks.
    """

    def head(self) -> Iterable[str]:
        """What stands before all files."""
        ...

    def file(self, checked: Checked) -> Iterable[str]: ...

    def tail(self, tally: Tally) -> Iterable[str]:
        """What stands behind all files, the tally of which is known by then."""
        ...
