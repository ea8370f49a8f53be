"""Baselines: the known findings of old files, which are not told and can only become fewer."""

import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from nvqplan.checking.selection import Selection
from nvqplan.core.codes import CODES
from nvqplan.core.findings import with_fingerprints
from nvqplan.core.sources import STDIN
from nvqplan.reports.results import Checked, Settled


class Known(NamedTuple):
    """One finding of old; all but the fingerprint is for those who read the baseline."""

    pathway: str
    code: str
    subject: str
    fingerprint: str


Files = Mapping[str, Mapping[str, Known]]
"""By file, as the baseline calls it, and by fingerprint."""


class Baseline:
    """The known findings, and which of them this run has found again.

    One that `is_new` takes in all that it is shown; any other takes in nothing.
    """

    def __init__(self, path: str, files: Files, *, is_new: bool = False) -> None:
        self.path = path
        self.is_new = is_new
        self.files = {file: dict(known) for file, known in files.items()}
        self._folder = Path(os.path.realpath(Path(path).parent))
        self._again: dict[str, set[str]] = {}

    def settle(self, checked: Checked, selections: Collection[Selection]) -> Checked:
        """Take what is known out of what was found in a file; all selections had to let it by."""
        if not checked.is_file or checked.path == STDIN:
            return checked
        file = self._name(checked.path)
        if file not in self.files and not self.is_new:
            return checked
        told = {id(each) for each in checked.all_findings if not CODES[each.code].stops}
        pairs = with_fingerprints(checked.shown_and_settled)
        named = [(finding, name) for finding, name in pairs if id(finding) in told]
        if self.is_new and named:
            taken_in = self.files.setdefault(file, {})
            for each, name in named:
                taken_in[name] = Known(each.pathway, each.code, each.subject, name)

        def is_sought(code: str) -> bool:
            return all(each.has(code) for each in selections)

        known = self.files.get(file, {})
        names = {name for _, name in named}
        again = self._again.setdefault(file, set())
        for name, old in known.items():  # what nobody looked for may be there still
            if name in names or not checked.is_whole or not is_sought(old.code):
                again.add(name)
        reason = f"known, see {self.path}"
        settled = [Settled(each, "baseline", reason) for each, name in named if name in known]
        taken_out = {id(each.finding) for each in settled}
        left = checked.keeping(lambda finding: id(finding) not in taken_out)
        return left._replace(settled=(*checked.settled, *settled))

    def gone(self) -> Iterator[tuple[str, Known]]:
        """What is known of files that were checked, or that are no more, and was not found."""
        for file, known in sorted(self.files.items()):
            if file in self._again or not os.path.lexists(self._folder / file):
                again = self._again.get(file, set())
                left = (each for each in sorted(known.values()) if each.fingerprint not in again)
                yield from ((file, each) for each in left)

    def without_gone(self) -> Files:
        """The known findings but for those that are gone."""
        gone = {(file, each.fingerprint) for file, each in self.gone()}
        return {
            file: {name: each for name, each in known.items() if (file, name) not in gone}
            for file, known in self.files.items()
        }

    def _name(self, path: str) -> str:
        """What the baseline calls a file, from wherever nvqplan is run: its way from its folder."""
        here = Path(os.path.realpath(Path(path).parent), Path(path).name)
        return Path(os.path.relpath(here, self._folder)).as_posix()
