"""`check --fix` and `--diff`: files mended in place, or shown as they would be."""

import os
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from nvqplan.cli.screen import write_notes
from nvqplan.cli.streams import clean_up_when_ended
from nvqplan.core.findings import Finding, Location
from nvqplan.core.sources import LARGEST, Sources
from nvqplan.core.words import listing, printable
from nvqplan.fixing.changes import ListChange
from nvqplan.fixing.edits import replace_file
from nvqplan.fixing.fixer import Fixed, Fixer, UnsoundFixError
from nvqplan.reports.advice_text import say_edit
from nvqplan.reports.results import Checked, Tally


class Careful:
    """Asks a fixer; a fix that would do something else than it says is told, and not made."""

    def __init__(self, fixer: Fixer) -> None:
        self._fixer = fixer
        self.is_at_fault = False
        """Whether there was such a fix: a bug, whatever the verdicts are."""

    def fix(self, path: str, before: bytes) -> Fixed | None:
        try:
            return self._fixer.fix(path, before)
        except UnsoundFixError as error:
            self.is_at_fault = True
            write_notes([f"nvqplan: {error}; this is a bug, please report it"])
            return None


class FileMender:
    """Mends files in their place; a file with which something goes wrong is left as it was."""

    def __init__(self, careful: Careful) -> None:
        clean_up_when_ended()
        self._careful = careful

    def __call__(self, path: str) -> Iterator[Finding]:
        """What cannot be read is not mended, and not told: whoever checks it does."""
        if not Path(path).exists() or Path(path).stat().st_size > LARGEST:
            return
        if not Path(path).is_file():
            yield _left_alone(path, "only a file can be")
            return
        try:
            before = Path(path).read_bytes()
            fixed = self._careful.fix(path, before)
            if fixed is not None and fixed.changes:
                replace_file(path, before, fixed.after)
                write_notes(f"mended {path}: {say(change)}" for change in fixed.changes)
        except OSError as error:
            if os.access(path, os.R_OK):
                yield _left_alone(path, error.strerror or str(error))


def _left_alone(path: str, why: str) -> Finding:
    message = f"cannot be mended, and is left as it was: {why}"
    return Finding(Location(path, 1, 1), "NVQ101", message)


def say(change: ListChange) -> str:
    """One change of a list in words: `inbound: units: drop 220, add 310`."""
    respelt = tuple(each.number for each in change.respell)
    drop = tuple(each.number for each in change.drop)
    spell = [f"write {listing(respelt)}"] if respelt else []
    told = ", ".join([*spell, *[each for each in [say_edit(drop, change.add)] if each]])
    return f"{change.pathway}: {change.key}: {told}"


class DiffReport:
    """What mending would change, line by line; findings are not told."""

    def __init__(self, sources: Sources, careful: Careful) -> None:
        self._sources = sources
        self._careful = careful
        self._is_changed = False

    def head(self) -> Iterator[str]:
        yield from ()

    def file(self, checked: Checked) -> Iterator[str]:
        if not checked.cases or not checked.is_file:
            return
        before = self._sources.text(checked.path)
        fixed = self._careful.fix(checked.path, before.encode())
        if fixed is None or not fixed.changes:
            return
        self._is_changed = True
        old, new = (text.removesuffix("\n").split("\n") for text in (before, fixed.after.decode()))
        name = printable(checked.path)
        for line in unified_diff(old, new, name, name, lineterm=""):
            yield printable(line)

    def tail(self, tally: Tally) -> Iterator[str]:
        if not self._is_changed:
            write_notes(["note: there is nothing that this would mend"])
        yield from ()
