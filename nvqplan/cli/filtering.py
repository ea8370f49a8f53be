"""Which findings are reported and which fail: from options to filters, and what a baseline lost."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from nvqplan.checking.filters import OF_FILES, FindingFilters
from nvqplan.checking.selection import Selection, find_codes
from nvqplan.cli.options import BaselineOptions, parse_today, wrong_value
from nvqplan.cli.session import Session
from nvqplan.cli.streams import open_results, write_notes
from nvqplan.core.words import amount, printable

if TYPE_CHECKING:
    from nvqplan.checking.baseline import Baseline, Files, Known

SHOWN = 10
"""Findings that are gone and shown one by one; there may be thousands."""


def choose_codes(
    session: Session, selected: Sequence[str] | None, ignored: Sequence[str] | None
) -> Selection:
    """What --select and --ignore ask for; unknown codes are refused."""
    for option, values in (("--select", selected), ("--ignore", ignored)):
        if values and not session.named(option, values):
            raise wrong_value(option, "names no code")
    selection = Selection(
        find_codes(session.named("--select", selected), session.found),
        find_codes(session.named("--ignore", ignored), session.found, to_ignore=True),
    )
    session.refuse_if_found()
    return selection


def open_filters(
    session: Session, selection: Selection, options: BaselineOptions, sought: Selection = OF_FILES
) -> FindingFilters:
    """Give the group of this run its filters, once everything about them is well."""
    if options.update_baseline and options.baseline is None:
        raise typer.BadParameter("--update-baseline needs --baseline FILE")
    filters = FindingFilters(parse_today(options.today), selection, sought=sought)
    if options.baseline is not None:
        baseline = _open_baseline(session, options.baseline, update=options.update_baseline)
        filters = filters._replace(baseline=baseline)
    session.group.filters = filters
    return filters


def _open_baseline(session: Session, path: str, *, update: bool) -> "Baseline":
    """The baseline of a file, a new one where there is no file and one is asked for."""
    from nvqplan.checking.baseline import Baseline, read_baseline

    if not os.path.lexists(path):
        if update:
            return Baseline(path, {}, is_new=True)
        raise wrong_value("--baseline", f"there is no '{path}'; --update-baseline makes one")
    baseline = read_baseline(path, session.sources, session.found)
    if baseline is None:
        session.refuse()
    session.sources.forget(path)
    return baseline


def close_filters(filters: FindingFilters, options: BaselineOptions) -> None:
    """When all files are checked, say what the baseline has lost, and if asked to take it out."""
    baseline, update = filters.baseline, options.update_baseline
    if baseline is None:
        return
    if baseline.is_new:
        _write(baseline.path, baseline.files)
        known = amount(sum(map(len, baseline.files.values())), "findings")
        write_notes([f"note: {baseline.path}: {known} recorded"])
        return
    gone = list(baseline.gone())
    if gone:
        what = f"{amount(len(gone), 'findings')} no longer found"
        done = "taken out" if update else "--update-baseline takes them out"
        lines = [f"note: {baseline.path}: {what}, {done}", *map(_say, gone[:SHOWN])]
        more = len(gone) - SHOWN
        write_notes([*lines, f"  and {more:,} more"] if more > 0 else lines)
    if gone and update:
        _write(baseline.path, baseline.without_gone())


def _say(gone: "tuple[str, Known]") -> str:
    file, known = gone
    pathway = f" of '{known.pathway}'" if known.pathway else ""
    return printable(f"  {file}: {known.code} {known.subject}".rstrip() + pathway)


def _write(path: str, files: "Files") -> None:
    from nvqplan.checking.baseline import write_baseline

    with open_results(path, "--baseline") as stream:
        stream.write(write_baseline(files))
