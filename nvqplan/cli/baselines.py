"""The baseline of a run: read before the first file is checked, written after the last."""

import os

import typer

from nvqplan.checking.baseline import Baseline, Files, Known, read_baseline, write_baseline
from nvqplan.cli.screen import write_notes
from nvqplan.cli.session import Session
from nvqplan.cli.streams import open_results
from nvqplan.core.words import amount, printable

SHOWN = 10
"""Findings that are gone and told one by one; there may be thousands."""


def open_baseline(session: Session, path: str, *, update: bool) -> Baseline:
    """The baseline of a file, a new one where there is no file and one is asked for."""
    if not os.path.lexists(path):
        if update:
            return Baseline(path, {}, is_new=True)
        message = f"there is no '{path}'; --update-baseline makes one"
        raise typer.BadParameter(message, param_hint="--baseline")
    baseline = read_baseline(path, session.sources, session.found)
    if baseline is None:
        session.refuse()
    session.sources.forget(path)
    return baseline


def close_baseline(baseline: Baseline, *, update: bool) -> None:
    """Say what the baseline has lost, and if asked to take that out of its file."""
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


def _say(gone: tuple[str, Known]) -> str:
    file, known = gone
    pathway = f" of '{known.pathway}'" if known.pathway else ""
    return printable(f"  {file}: {known.code} {known.subject}".rstrip() + pathway)


def _write(path: str, files: Files) -> None:
    with open_results(path, "--baseline") as stream:
        stream.write(write_baseline(files))
