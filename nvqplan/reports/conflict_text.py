"""Rules and wishes that collide, as text."""

from collections.abc import Iterator

from nvqplan.advice.suggestions import Answer
from nvqplan.rules.wording import say_sources


def say_conflict(answer: Answer) -> Iterator[str]:
    """The demands that no mix meets together, and that any one left out makes room for a mix."""
    wishes = [demand for demand in answer.conflict if demand.is_wish]
    rules = [demand for demand in answer.conflict if not demand.is_wish]
    yield f"No mix of {answer.qualification.id} fits. These cannot hold together:"
    for demand in wishes:
        yield f"  wish  {demand.id}: {demand.says}"
    for demand in rules:
        yield f"  rule  {demand.id}: {demand.says}"
    yield from (f"  {line}" for line in say_sources(answer.rules))
    if wishes:
        yield "Proven: no mix meets all of them; leave out any one, and some mix meets the rest."
    else:
        yield "Proven: the rules alone admit no mix, so no wish is at fault."
