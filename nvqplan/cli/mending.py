"""`check --fix` and `--diff`: files mended in place, or shown as they would be."""

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from nvqplan.cli.screen import write_notes
from nvqplan.cli.streams import clean_up_when_ended
from nvqplan.codes import CODES
from nvqplan.findings import Finding, Findings, Location
from nvqplan.fixing.changes import Change
from nvqplan.fixing.fixer import Fixer
from nvqplan.fixing.original import replace_file
from nvqplan.reading.sources import Sources
from nvqplan.reports.ink import printable
from nvqplan.reports.remedy_text import say_edit
from nvqplan.results import Checked, Tally
from nvqplan.wording import listing


def mend(checked: Iterator[Checked], fixer: Fixer, sources: Sources) -> Iterator[Checked]:
    """Each file as it is after mending; one that cannot be written is left as it was, and told."""
    clean_up_when_ended()
    for each in checked:
        yield _mended(each, fixer, sources) if _is_mendable(each) else each


def _mended(checked: Checked, fixer: Fixer, sources: Sources) -> Checked:
    path = checked.path
    try:
        fixed = fixer.fix(path, _read(path))
        if fixed.changes:
            replace_file(path, fixed.before, fixed.after)
    except OSError as error:
        message = f"cannot be mended, and is left as it was: {error.strerror or error}"
        finding = Finding(Location(path, 1, 1), "NVQ101", message)
        return checked._replace(findings=(*checked.findings, finding))
    sources.stage(path, fixed.after)
    sources.read(path, Findings())
    write_notes(f"mended {path}: {say(each)}" for each in fixed.changes)
    return fixed.checked


def _read(path: str) -> bytes:
    """The bytes of a file once more; a pipe or a device can be neither reread nor replaced."""
    if not Path(path).is_file():
        raise OSError("only a file can be")
    return Path(path).read_bytes()


def _is_mendable(checked: Checked) -> bool:
    """Not what could not be read, nor what has no pathway to mend."""
    stops = any(CODES[finding.code].stops for finding in checked.findings)
    return bool(checked.cases) and checked.is_file and not stops


def say(change: Change) -> str:
    """One change of a list in words: `inbound: units: drop 220, add 310`."""
    respelt = tuple(each.number for each in change.respell)
    drop = tuple(each.number for each in change.drop)
    spell = [f"write {listing(respelt)}"] if respelt else []
    told = ", ".join([*spell, *[each for each in [say_edit(drop, change.add)] if each]])
    return f"{change.pathway}: {change.key}: {told}"


class DiffReport:
    """What mending would change, line by line; findings are not told."""

    def __init__(self, sources: Sources, fixer: Fixer) -> None:
        self._sources = sources
        self._fixer = fixer

    def head(self) -> Iterator[str]:
        yield from ()

    def file(self, checked: Checked) -> Iterator[str]:
        if not _is_mendable(checked):
            return
        before = self._sources.text(checked.path)
        fixed = self._fixer.fix(checked.path, before.encode())
        lines = (text.removesuffix("\n").split("\n") for text in (before, fixed.after.decode()))
        old, new = lines
        name = printable(checked.path)
        for line in unified_diff(old, new, name, name, lineterm=""):
            yield printable(line)

    def tail(self, tally: Tally) -> Iterator[str]:
        yield from ()
