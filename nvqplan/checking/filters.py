"""Which findings are reported: comments, `--select` and `--ignore`, and the baseline decide."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from nvqplan.checking.selection import Selection, select
from nvqplan.core.codes import OF_VERSIONS
from nvqplan.core.curricula import Curriculum
from nvqplan.core.findings import Findings
from nvqplan.core.sources import Sources
from nvqplan.core.values import NamedTuple
from nvqplan.reports.results import Checked

if TYPE_CHECKING:
    from nvqplan.checking.baseline import Baseline

OF_FILES = Selection(ignored=OF_VERSIONS)
"""What is looked for in files alone, without an older version of the rulebook."""


class FindingFilters(NamedTuple):
    """What takes findings out of the report of a run."""

    today: date
    selection: Selection = Selection()
    baseline: "Baseline | None" = None
    sought: Selection = OF_FILES
    """What the command looks for: of anything else nobody can say that it is no longer found."""


def read_and_check(
    path: str, sources: Sources, check: Callable[[Curriculum, Findings], Checked]
) -> tuple[Checked, Curriculum | None]:
    """What there is to find in a file, whether or not it is reported; None if it cannot be read."""
    from nvqplan.reading.curriculum import read_curriculum

    found = Findings()
    curriculum = read_curriculum(path, sources, found)
    if curriculum is None:
        return Checked(path, findings=tuple(found)), None
    return check(curriculum, found), curriculum


def settle(
    checked: Checked,
    curriculum: Curriculum | None,
    filters: FindingFilters,
    sources: Sources | None = None,
) -> Checked:
    """Take out of what was found whatever need not be reported; no verdict changes.

    Exceptions have been applied already. Comments are those of the file in `sources`. They come
    before the selection, so that none seems idle because its code is not selected.
    """
    lines = sources.lines(checked.path) if sources else ()
    if any("#" in line and "nvqplan" in line.lower() for line in lines):
        from nvqplan.checking.suppressions import suppress
        from nvqplan.reading.comments import find_comments

        pathways = () if curriculum is None else curriculum.pathways
        lines_of = {each.name: each.place.line for each in pathways}
        comments = find_comments(checked.path, lines)
        checked = suppress(checked, comments, lines_of, filters.today, filters.sought)
    checked = select(checked, filters.selection)
    if filters.baseline is not None:
        checked = filters.baseline.settle(checked, (filters.sought, filters.selection))
    return checked
