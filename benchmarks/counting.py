"""Compile and count: the decision diagram against Graphillion's, in one process."""

from collections.abc import Callable, Iterator

import ours
import peer_graphillion
from memory import Peaks
from models import find_qualification, model_of, space_of
from tasks import PEAK_MB, Task
from timing import Row, summarise, time_calls, time_prepared

from nvqplan.rules.qualification import Qualification

PAIRS = 101
AT_MOST = 1.0
KNOWN = {"l1-award": 126_924, "l3-diploma": 153_389_687_974_836}


LEAST_MS = 1.0
"""Nobody feels what takes less: such a row informs, and promises nothing."""


def rows(task: Task, peaks: Peaks) -> Iterator[Row]:
    """With the rules ready for both; with a new universe for the peer; all of ours."""
    qualification = find_qualification(task.id)
    model = model_of(space_of(qualification), task.id)

    def whole() -> int:
        return ours.count(space_of(qualification))

    route = peer_graphillion.fastest(model, new_universe=False)
    _agree(task, whole(), route.count_mixes())
    pairs = time_prepared(lambda: _prepare(qualification), lambda: route.count_mixes, PAIRS)
    row = summarise(f"count {task}", route.name, pairs)
    yield row if row.ours_ms < LEAST_MS else promise(row, peaks["count", task])
    pairs = time_calls(whole, route.count_mixes, PAIRS)
    yield summarise(f"count {task} from its rules", route.name, pairs)

    route = peer_graphillion.fastest(model, new_universe=True)
    call = route.count_in_new_universe
    _agree(task, whole(), call())
    pairs = time_prepared(lambda: _prepare(qualification), lambda: call, PAIRS)
    yield summarise(f"count {task}, new universe", route.name, pairs)


def promise(row: Row, peak: float) -> Row:
    return row._replace(at_most=AT_MOST, peak_mb=peak, peak_at_most=PEAK_MB)


def _prepare(qualification: Qualification) -> Callable[[], int]:
    """Our machines, made but not yet compiled, as the peer's constraints are made already."""
    space = space_of(qualification)
    return lambda: ours.count(space)


def _agree(task: Task, mine: int, theirs: int) -> None:
    """A fast wrong answer is worth nothing."""
    if {mine, theirs} != {KNOWN.get(task.id, mine)}:
        raise SystemExit(f"{task}: ours counts {mine:,}, the peer {theirs:,}")
