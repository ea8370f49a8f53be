"""Rules and wishes that collide, as text."""

from collections.abc import Iterator, Sequence

from nvqplan.qualification import Demand, Qualification


def say_conflict(qualification: Qualification, conflict: Sequence[Demand]) -> Iterator[str]:
    """The demands that no mix meets together, and that any one left out makes room for a mix."""
    wishes = [demand for demand in conflict if demand.is_wish]
    rules = [demand for demand in conflict if not demand.is_wish]
    yield f"No mix of {qualification.id} fits. These cannot hold together:"
    for demand in wishes:
        yield f"  wish  {demand.id}: {demand.says}"
    for demand in rules:
        yield f"  rule  {demand.id}: {demand.says}"
    if wishes:
        yield "Proven: no mix meets all of them; leave out any one, and some mix meets the rest."
    else:
        yield "Proven: the rules alone admit no mix, so no wish is at fault."
