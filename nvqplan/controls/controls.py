"""What stands between finding and telling: exceptions, comments, the selection, the baseline."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from nvqplan.controls.baseline import Baseline
from nvqplan.controls.exceptions import approve
from nvqplan.controls.selection import Selection, select
from nvqplan.controls.suppressions import suppress
from nvqplan.reading.comments import Comment
from nvqplan.results import Checked


class Controls(NamedTuple):
    """What a run asks for."""

    today: date
    selection: Selection = Selection()
    baseline: Baseline | None = None


def settle(
    checked: Checked, comments: Sequence[Comment], lines_of: Mapping[str, int], controls: Controls
) -> Checked:
    """Take out of what was found in a file whatever need not be told; no verdict changes.

    Comments are asked before the selection, so that none seems idle for want of being asked for.
    """
    checked = approve(checked, controls.today)
    checked = suppress(checked, comments, lines_of, controls.today)
    checked = select(checked, controls.selection)
    if controls.baseline is not None:
        checked = controls.baseline.settle(checked, controls.selection)
    return checked
