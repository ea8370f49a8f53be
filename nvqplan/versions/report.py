"""What `diff` has to tell, and the formats that it tells in: those of `check`, two of its own."""

from collections.abc import Sequence
from typing import NamedTuple

from nvqplan.reports.formats import new_report
from nvqplan.reports.report import Report, Run
from nvqplan.versions.comparing import Comparison, Told, Turns


class Results(NamedTuple):
    """The comparison, what is told of it in words, and the pathways counted so far."""

    comparison: Comparison
    told: Sequence[Told]
    turns: Turns


def new_diff_report(results: Results | None, format: str, run: Run) -> Report:
    """A format by its name; without results there are only faults of the rulebooks to tell."""
    if format == "json":
        from nvqplan.versions.document import DiffJson

        return DiffJson(run, None if results is None else results.comparison)
    if format == "text" and results is not None:
        from nvqplan.versions.text import DiffText

        return DiffText(run, results)
    return new_report(format, run)


def rulebook_paths(comparison: Comparison) -> frozenset[str]:
    """The files of both versions: what is told of them stands before all pathways."""
    versions = (comparison.old, comparison.new)
    return frozenset(path for each in versions for path in (each.rules_path, each.units_path))
