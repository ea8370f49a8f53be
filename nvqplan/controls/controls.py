"""What stands between finding and telling: exceptions, comments, the selection, the baseline."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from nvqplan.codes import OF_VERSIONS
from nvqplan.controls.baseline import Baseline
from nvqplan.controls.exceptions import approve
from nvqplan.controls.selection import Selection, select
from nvqplan.controls.suppressions import suppress
from nvqplan.curriculum import Curriculum
from nvqplan.reading.comments import Comment
from nvqplan.results import Checked


class Controls(NamedTuple):
    """What a run asks for."""

    today: date
    selection: Selection = Selection()
    baseline: Baseline | None = None
    sought: Selection = Selection(ignored=OF_VERSIONS)
    """What the command looks for: that nothing else was found says nothing."""


def settle(
    checked: Checked,
    comments: Sequence[Comment],
    curriculum: Curriculum | None,
    controls: Controls,
) -> Checked:
    """Take out of what was found in a file whatever need not be told; no verdict changes."""
    return withhold(approve(checked, controls.today), comments, curriculum, controls)


def withhold(
    checked: Checked,
    comments: Sequence[Comment],
    curriculum: Curriculum | None,
    controls: Controls,
) -> Checked:
    """The same where exceptions have been asked already.

    Comments are asked before the selection, so that none seems idle for want of being asked for.
    """
    pathways = () if curriculum is None else curriculum.pathways
    lines_of = {each.name: each.place.line for each in pathways}
    checked = suppress(checked, comments, lines_of, controls.today, controls.sought)
    checked = select(checked, controls.selection)
    if controls.baseline is not None:
        checked = controls.baseline.settle(checked, (controls.sought, controls.selection))
    return checked
