"""Which findings are reported: exceptions, comments, selection and baseline take some out."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from nvqplan.checking.exceptions import approve
from nvqplan.checking.selection import Selection, select
from nvqplan.checking.suppressions import suppress
from nvqplan.core.codes import OF_VERSIONS
from nvqplan.core.curricula import Curriculum
from nvqplan.reading.comments import Comment
from nvqplan.reports.results import Checked

if TYPE_CHECKING:
    from nvqplan.checking.baseline import Baseline


class FindingFilters(NamedTuple):
    """What takes findings out of the report of a run."""

    today: date
    selection: Selection = Selection()
    baseline: "Baseline | None" = None
    sought: Selection = Selection(ignored=OF_VERSIONS)
    """What the command looks for: of anything else nobody can say that it is no longer found."""


def settle(
    checked: Checked,
    comments: Sequence[Comment],
    curriculum: Curriculum | None,
    filters: FindingFilters,
) -> Checked:
    """Take out of what was found in a file whatever need not be reported; no verdict changes."""
    return withhold(approve(checked, filters.today), comments, curriculum, filters)


def withhold(
    checked: Checked,
    comments: Sequence[Comment],
    curriculum: Curriculum | None,
    filters: FindingFilters,
) -> Checked:
    """Do the same where exceptions have been applied already.

    Comments come before the selection, so that none seems idle because its code is not selected.
    """
    pathways = () if curriculum is None else curriculum.pathways
    lines_of = {each.name: each.place.line for each in pathways}
    checked = suppress(checked, comments, lines_of, filters.today, filters.sought)
    checked = select(checked, filters.selection)
    if filters.baseline is not None:
        checked = filters.baseline.settle(checked, (filters.sought, filters.selection))
    return checked
