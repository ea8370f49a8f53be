"""Baselines: the known findings of old files, which are not told and can only become fewer.

Their file is JSON, sorted, one finding a line, so that a diff shows what went.
"""

import os
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from nvqplan.checking.selection import Selection
from nvqplan.core.atoms import typed
from nvqplan.core.codes import CODES
from nvqplan.core.findings import Findings, Located, Location, with_fingerprints
from nvqplan.core.records import CENTRES, Key, Record
from nvqplan.core.shapes import Shape, described, list_of, map_of
from nvqplan.core.sources import STDIN, Sources
from nvqplan.core.values import NamedTuple
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
        shown = {id(each) for each in checked.all_findings if not CODES[each.code].stops}
        pairs = with_fingerprints(checked.shown_and_settled)
        named = [(finding, name) for finding, name in pairs if id(finding) in shown]
        if self.is_new and named:
            taken_in = self.files.setdefault(file, {})
            for each, name in named:
                taken_in[name] = Known(each.pathway, each.code, each.subject, name)

        known = self.files.get(file, {})
        names = {name for _, name in named}
        again = self._again.setdefault(file, set())
        for name, old in known.items():  # what nobody looked for may be there still
            is_there = name in names or not checked.is_whole
            if is_there or not all(each.has(old.code) for each in selections):
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


VERSION = 1

LARGEST = 50_000_000
"""Bytes; some 300,000 findings."""


def _read_version(node: Located, what: str, found: Findings) -> int | None:
    if node.value == VERSION and node.value is not True:
        return VERSION
    found.add(node, "NVQ108", f"{what} must be {VERSION}, this is {node.text}")
    return None


_TEXT = typed(str)
ENTRY = Record(
    [Key(name, _TEXT, needed=True) for name in ("code", "pathway", "subject", "fingerprint")],
    CENTRES,
)
_FILES = map_of(list_of(ENTRY.shape, "a finding"), "the findings of '{name}'")
BASELINE = Record(
    (
        Key("version", Shape(_read_version, described({"const": VERSION})), needed=True),
        Key("files", _FILES, needed=True),
    ),
    CENTRES,
)


def read_baseline(path: str, sources: Sources, found: Findings) -> Baseline | None:
    """The baseline of a file; None with findings where it is not just as nvqplan writes it."""
    import json

    text = sources.read(path, found, LARGEST)
    if text is None:
        return None
    try:
        files = _take_files(json.loads(text, object_pairs_hook=_members))
    except json.JSONDecodeError as error:
        place = Location(path, error.lineno, error.colno)
        found.add(place, "NVQ104", f"not valid JSON: {error.msg}")
        return None
    except (RecursionError, ValueError):
        files = None
    if files is None:
        _tell_faults(path, text, found)
        return None
    return Baseline(path, files)


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a key is given twice")
    return members


def _take_files(document: Any) -> Files | None:
    """The known findings; None for anything that nvqplan would not have written.

    There may be very many, so only where this fails is it found out, more slowly, what is wrong.
    """
    try:
        version, listed = document["version"], document["files"].items()
        entries = {file: [Known(**each) for each in members] for file, members in listed}
    except (AttributeError, KeyError, TypeError):
        return None
    types = {type(text) for each in entries.values() for known in each for text in known}
    lists = {type(members) for _, members in listed}
    is_ours = (type(version), version, len(document)) == (int, VERSION, len(BASELINE.keys))
    if not (is_ours and types <= {str} and lists <= {list}):
        return None
    return {file: {each.fingerprint: each for each in known} for file, known in entries.items()}


def _tell_faults(path: str, text: str, found: Findings) -> None:
    """Say where a file that is JSON is no baseline; it is YAML too, whose reader knows places."""
    from nvqplan.reading.yaml_tree import read_yaml

    problems = len(found)
    root = read_yaml(path, text, found)
    if root is not None:
        BASELINE.read(root, "a baseline", found)
    if len(found) == problems:
        found.add(Location(path, 1, 1), "NVQ108", "this is no baseline that nvqplan wrote")


def write_baseline(files: Files) -> bytes:
    """The file, for the same known findings always the same bytes."""
    import json

    write = partial(json.dumps, ensure_ascii=False)
    listed = []
    for file, known in sorted(files.items()):
        entries = [_entry(each) for each in sorted(known.values())]
        lines = ",\n      ".join(map(write, entries))
        listed += [f"    {write(file)}: [\n      {lines}\n    ]"] if entries else []
    inner = "{\n" + ",\n".join(listed) + "\n  }" if listed else "{}"
    text = f'{{\n  "version": {VERSION},\n  "files": {inner}\n}}\n'
    # Half of a surrogate pair cannot be encoded; spelt out it is just how JSON writes it.
    return text.encode("utf-8", "backslashreplace")


def _entry(known: Known) -> dict[str, str]:
    return {
        "code": known.code,
        "pathway": known.pathway,
        "subject": known.subject,
        "fingerprint": known.fingerprint,
    }
