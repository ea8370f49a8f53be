"""What need not be told, in words: behind a verdict, and in the summary."""

from collections.abc import Sequence

from nvqplan.core.curricula import Approval
from nvqplan.core.words import printable, say_date
from nvqplan.reports.results import Tally


def say_exceptions(approved: Sequence[Approval]) -> str:
    """Behind a verdict: to which rules there are exceptions, and until when."""
    told = [f"to rule '{each.rule.text}' until {say_date(each.until)}" for each in approved]
    kind = "exception" if len(told) == 1 else "exceptions"
    return printable(f", approved {kind} {', '.join(told)}") if told else ""


def say_approved(tally: Tally) -> str:
    """Behind the number of pathways that meet the rules: those that break them with leave."""
    have = "has" if tally.approved == 1 else "have"
    return f", {tally.approved:,} {have} an approved exception" if tally.approved else ""


def say_settled(tally: Tally) -> str:
    """How many findings are not told, and why not."""
    told = [f"{number:,} by {by}" for by, number in tally.settled.items() if number]
    suppressed = f"suppressed: {', '.join(told)}" if told else ""
    ignored = f"ignored: {tally.ignored:,}" if tally.ignored else ""
    return "; ".join(part for part in (suppressed, ignored) if part)
