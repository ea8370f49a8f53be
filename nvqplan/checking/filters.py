"""Which findings are reported: comments, `--select` and `--ignore`, and the baseline decide."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from nvqplan.core.codes import CODES, OF_VERSIONS
from nvqplan.core.curricula import Curriculum
from nvqplan.core.findings import Findings, Located
from nvqplan.core.sources import Sources
from nvqplan.core.words import did_you_mean
from nvqplan.reports.results import Checked

if TYPE_CHECKING:
    from nvqplan.checking.baseline import Baseline

STEM = "NVQ"


def why_never_hidden(code: str) -> str:
    """Why nobody may hide findings of a code, "" for those that may be hidden."""
    return "what cannot be read is never well, and exit code 2 says so" if CODES[code].stops else ""


class Selection(NamedTuple):
    """Beginnings of codes; the longest that fits a code decides, `ignored` where both are equal."""

    selected: tuple[str, ...] = ()
    """Nothing here means every code."""
    ignored: tuple[str, ...] = ()

    def has(self, code: str) -> bool:
        """Whether findings of a code are reported and counted."""
        if why_never_hidden(code):
            return True
        least = -1 if self.selected else 0
        chosen = max((len(each) for each in self.selected if code.startswith(each)), default=least)
        left_out = max((len(each) for each in self.ignored if code.startswith(each)), default=-1)
        return chosen > left_out


def find_codes(
    written: Iterable[Located], found: Findings, *, to_ignore: bool = False
) -> tuple[str, ...]:
    """The codes and beginnings of codes meant; unknown ones are found, with the nearest."""
    meant = []
    for each in written:
        name = each.text
        codes = [code for code in CODES if code.startswith(name)] if name[:3] == STEM else []
        reasons = [why_never_hidden(code) for code in codes]
        if not codes:
            help = (
                did_you_mean(name, CODES, len(found))
                or "such as NVQ301, or NVQ3 for all that begin so"
            )
            found.add(each, "NVQ113", f"no code is or begins with '{name}'", help, name)
        elif to_ignore and all(reasons):
            found.add(each, "NVQ113", f"{name} cannot be ignored: {reasons[0]}", subject=name)
        else:
            meant.append(name)
    return tuple(meant)


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


def select(checked: Checked, selection: Selection) -> Checked:
    """Leave out the findings whose codes are not selected; they are only counted."""
    if selection == Selection():
        return checked
    left = checked.keeping(lambda finding: selection.has(finding.code))
    return left._replace(ignored=len(checked.all_findings) - len(left.all_findings))
