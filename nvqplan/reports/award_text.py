"""How a legal mix is shared out over components, and which titles it earns or misses, in words."""

from collections.abc import Iterator, Sequence

from nvqplan.advice.awards import Missed, Sharing
from nvqplan.core.words import amount
from nvqplan.rules.wording import say_outcome


def say_sharings(sharings: Sequence[Sharing]) -> Iterator[str]:
    """`Field: 204, 305 (12 credits)`, a line for each component; then what none of them needs."""
    for sharing in sharings:
        rule = f"'{sharing.rule}', " if len(sharings) > 1 else ""
        for part in sharing.parts:
            units = ", ".join(part.units) or "no unit"
            yield f"{rule}{part.component}: {units} ({amount(part.sum, sharing.measure)})"
        if sharing.left_over:
            yield f"{rule}left over: {', '.join(sharing.left_over)}"


def say_missed(missed: Sequence[Missed]) -> Iterator[str]:
    """The titles that a mix misses by one thing, the best first, in one line."""
    told = [(each.title, ", and ".join(map(say_outcome, each.lacks))) for each in missed]
    if told:
        title, lacks = told[0]
        also = "".join(f"; also {title}: {lacks}" for title, lacks in told[1:])
        yield f"misses the title {title} by one thing: {lacks}{also}"
