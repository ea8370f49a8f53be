"""`check --fix` and `--diff`: files mended in place, or shown as they would be."""

import os
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from nvqplan.cli.streams import clean_up_when_ended, write_notes
from nvqplan.core.findings import Finding, Location
from nvqplan.core.sources import LARGEST, Sources
from nvqplan.core.words import printable
from nvqplan.fixing.edits import replace_file
from nvqplan.fixing.fixer import Fixed, Fixer, UnsoundFixError, say_change
from nvqplan.reports.results import Checked, Tally


class FileMender:
    """Mends files in their place, or is a report of what mending would change, line by line.

    A file with which something goes wrong is left as it was. The report shows no findings.
    """

    def __init__(self, fixer: Fixer, sources: Sources) -> None:
        self._fixer = fixer
        self._sources = sources
        self._is_changed = False
        self.is_at_fault = False
        """Whether a fix would have done something else than it says, which is a bug."""

    def fix(self, path: str, before: bytes) -> Fixed | None:
        """The file as it would be; a fix that does something else than it says is not made."""
        try:
            return self._fixer.fix(path, before)
        except UnsoundFixError as error:
            self.is_at_fault = True
            write_notes([f"nvqplan: {error}; this is a bug, please report it"])
            return None

    def mend(self, path: str) -> Iterator[Finding]:
        """Mend a file; one that cannot be read is left to whoever checks it."""
        clean_up_when_ended()
        if not Path(path).exists() or Path(path).stat().st_size > LARGEST:
            return
        if not Path(path).is_file():
            yield _left_alone(path, "only a file can be")
            return
        try:
            before = Path(path).read_bytes()
            fixed = self.fix(path, before)
            if fixed is not None and fixed.changes:
                replace_file(path, before, fixed.after)
                write_notes(f"mended {path}: {say_change(change)}" for change in fixed.changes)
        except OSError as error:
            if os.access(path, os.R_OK):
                yield _left_alone(path, error.strerror or str(error))

    def head(self) -> Iterator[str]:
        yield from ()

    def file(self, checked: Checked) -> Iterator[str]:
        if not checked.cases or not checked.is_file:
            return
        before = self._sources.text(checked.path)
        fixed = self.fix(checked.path, before.encode())
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


def _left_alone(path: str, why: str) -> Finding:
    message = f"cannot be mended, and is left as it was: {why}"
    return Finding(Location(path, 1, 1), "NVQ101", message)
