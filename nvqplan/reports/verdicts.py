"""The verdict on a pathway, and the sum of all, in a few words: the same in every format."""

from collections.abc import Iterator, Sequence

from nvqplan.core.codes import CODES
from nvqplan.core.curricula import Approval
from nvqplan.core.words import amount, printable, say_date
from nvqplan.reports.results import Case, Tally
from nvqplan.rules.wording import say_source, say_sources

UNJUDGED = "not judged"

_WORDS = {
    (False, True): "legal for",
    (False, False): "illegal for",
    (True, True): "draft, can be completed to",
    (True, False): "draft, cannot be completed to",
}


def verdict_words(case: Case) -> str:
    """`legal for`, to stand before the name of the qualification."""
    return _WORDS[case.proposal.draft, case.verdict.passes]


def say_verdict(case: Case) -> str:
    return f"{verdict_words(case)} {case.qualification.id}{say_reserve(case)}"


def say_reserve(case: Case) -> str:
    """Behind a verdict: exceptions to it, and errors in spite of it."""
    number = errors_of(case) if case.verdict.passes else 0
    errors = f", but with {amount(number, 'errors')}" if number else ""
    return f"{say_exceptions(case.approved)}{errors}"


def say_exceptions(approved: Sequence[Approval]) -> str:
    """Behind a verdict: to which rules there are exceptions, and until when."""
    rules = [f"to rule '{each.rule.text}' until {say_date(each.until)}" for each in approved]
    kind = "exception" if len(rules) == 1 else "exceptions"
    return printable(f", approved {kind} {', '.join(rules)}") if rules else ""


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
    remedy, excused = case.nearby.remedy, {each.rule.text for each in case.approved}
    named = [rule for rule in case.qualification.rules if rule.id in excused]
    if remedy is not None and not remedy.is_rulebook:
        named += remedy.rules_of(case.qualification)
    named_already = {line for finding in case.findings for line in finding.help.splitlines()}
    yield from say_sources(rule for rule in named if say_source(rule) not in named_already)


def say_tally(tally: Tally) -> str:
    """How many pathways meet the rules, and how many findings there are, in one line."""
    files = amount(tally.files, "files")
    if tally.qualifications:
        meet = f"{amount(tally.qualifications, 'qualifications')} in {files} looked at"
    else:
        pathways = amount(tally.pathways, "pathways")
        meet = f"{tally.passing:,} of {pathways} in {files} meet the rules"
    parts = (meet + say_approved(tally), *say_found(tally), say_settled(tally))
    return "; ".join(filter(None, parts))


def say_found(tally: Tally) -> list[str]:
    """How many findings of each severity, in one part of a sentence; none where none are."""
    severities = tally.findings.items()
    found = [amount(number, f"{severity}s") for severity, number in severities if number]
    return [", ".join(found)] if found else []


def say_approved(tally: Tally) -> str:
    """Behind the number of pathways that meet the rules: those that break them with leave."""
    have = "has" if tally.approved == 1 else "have"
    return f", {tally.approved:,} {have} an approved exception" if tally.approved else ""


def say_settled(tally: Tally) -> str:
    """How many findings are not shown, and why not."""
    settled = [f"{number:,} by {by}" for by, number in tally.settled.items() if number]
    suppressed = f"suppressed: {', '.join(settled)}" if settled else ""
    ignored = f"ignored: {tally.ignored:,}" if tally.ignored else ""
    return "; ".join(part for part in (suppressed, ignored) if part)
