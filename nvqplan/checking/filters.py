"""What stands between finding and telling: exceptions, comments, the selection, the baseline."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from nvqplan.checking.baseline import Baseline
from nvqplan.checking.exceptions import approve
from nvqplan.checking.selection import Selection, select
from nvqplan.checking.suppressions import suppress
from nvqplan.core.codes import OF_VERSIONS
from nvqplan.core.curricula import Curriculum
from nvqplan.reading.comments import Comment
from nvqplan.reports.results import Checked


class FindingFilters(NamedTuple):
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
    filters: FindingFilters,
) -> Checked:
    """Take out of what was found in a file whatever need not be told; no verdict changes."""
    return withhold(approve(checked, filters.today), comments, curriculum, filters)


def withhold(
    checked: Checked,
    comments: Sequence[Comment],
    curriculum: Curriculum | None,
    filters: FindingFilters,
) -> Checked:
    """The same where exceptions have been asked already.

    Comments are asked before the selection, so that none seems idle for want of being asked for.
    """
    pathways = () if curriculum is None else curriculum.pathways
    lines_of = {each.name: each.place.line for each in pathways}
    checked = suppress(checked, comments, lines_of, filters.today, filters.sought)
    checked = select(checked, filters.selection)
    if filters.baseline is not None:
        checked = filters.baseline.settle(checked, (filters.sought, filters.selection))
    return checked
