"""Files: which ones are meant, and their text, kept so that a message can show a line of it."""

import codecs
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from nvqplan.core.findings import Finding, Findings, Location

LARGEST = 2_000_000
"""Bytes; no curriculum, catalogue or rulebook comes near it."""

USUAL = 65_536
"""Bytes; hardly a file is larger."""

STDIN = "-"

_NAME = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[\w/.-]*"  # compiled when something is found


class Sources:
    """Every text read in this run, by the path that messages name it by."""

    def __init__(self) -> None:
        self._lines: dict[str, list[str]] = {}
        self._options: set[str] = set()
        self._staged: dict[str, bytes] = {}
        self._names: dict[str, str] = {}

    def read(self, path: str, found: Findings, largest: int = LARGEST) -> str | None:
        """The text of a file, or of standard input for `-`; None with a finding that says why not.

        A byte order mark is dropped and every line end becomes `\\n`, so that all readers agree
        on what a line is.
        """
        staged = self._staged.get(path)
        data = _read_bytes(path, found, largest) if staged is None else staged
        text = None if data is None else _decode(path, data, found)
        if text is not None:
            self._lines[path] = text.split("\n")
            if not text.strip():
                found.add(Location(path, 1, 1), "NVQ105", "the file is empty")
                return None
        return text

    def stage(self, path: str, data: bytes) -> None:
        """Let these bytes stand for a file, whatever it holds, until it is forgotten."""
        self._staged[path] = data

    def holds(self, path: str, data: bytes) -> bool:
        """Whether a file that was read is the same when it is read again."""
        text = _decode(path, data, Findings())
        return text is not None and self._lines.get(path) == text.split("\n")

    def forget(self, path: str) -> None:
        """Let go of a text that nothing will be told about any more."""
        self._lines.pop(path, None)
        self._staged.pop(path, None)

    def text(self, path: str) -> str:
        """The text of a file that was read, as the readers saw it."""
        return "\n".join(self._lines[path])

    def remember_option(self, option: str, value: str) -> int:
        """Keep what was written behind an option; the column at which the value begins."""
        self._options.add(option)
        self._lines[option] = [f"{option} {value}"]
        return len(option) + 2

    def call(self, path: str, name: str) -> None:
        """Let a file go by this name in text, as it lies elsewhere on every machine."""
        self._names[path] = name

    def say_place(self, location: Location) -> str:
        """`path:line:column`, or the option's name: there is but one line of those."""
        if location.path in self._options:
            return location.path
        return str(location._replace(path=self._names.get(location.path, location.path)))

    def lines(self, path: str) -> Sequence[str]:
        """The lines of a text read in this run; none where it could not be read."""
        return self._lines.get(path, ())

    def line(self, location: Location) -> str:
        """The line of a location, "" where its file was never read."""
        lines = self._lines.get(location.path, [])
        return lines[location.line - 1] if location.line <= len(lines) else ""

    def end_column(self, location: Location) -> int:
        """The column behind the name or the quoted text that begins at a location."""
        name = re.match(_NAME, self.line(location)[location.column - 1 :])
        return location.column if name is None else location.column + name.end()


def _read_bytes(path: str, found: Findings, largest: int) -> bytes | None:
    try:
        if path == STDIN:
            data = standard_input().read(largest + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(USUAL)  # room for the largest would take longer than the reading
                if len(data) == USUAL:
                    data += file.read(largest)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        found.add(Location(path, 1, 1), "NVQ101", f"cannot be read: {reason}")
        return None
    if len(data) > largest:
        message = f"is over {largest // 1_000_000} MB, too large for such a file"
        found.add(Location(path, 1, 1), "NVQ103", message)
        return None
    return data


def standard_input() -> BinaryIO:
    """Standard input as bytes; ValueError where it is closed."""
    if sys.stdin is None:
        raise ValueError("standard input is closed")
    return sys.stdin.buffer


def _decode(path: str, data: bytes, found: Findings) -> str | None:
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return _end_lines(data.decode("utf-8").lstrip("\ufeff"))
    except UnicodeDecodeError as error:
        before = _end_lines(data[: error.start].decode("utf-8", "replace"))
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = f"is not UTF-8 (byte 0x{data[error.start]:02x})"
        found.add(Location(path, line, column), "NVQ102", message, "save the file as UTF-8")
        return None


def _end_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def find_brought(name: str) -> Path:
    """A folder that comes with nvqplan: in the wheel, else in the checkout."""
    package = Path(__file__).parent.parent
    packed = package / f"_{name}"
    return packed if packed.is_dir() else package.parent / name


class Lines:
    """The lines of one text; only `\\n` ends a line, whatever else a format may end it with."""

    def __init__(self, path: str, text: str) -> None:
        self._path = path
        self._ends = [end.start() for end in re.finditer("\n", text)]

    def at(self, offset: int) -> Location:
        from bisect import bisect_left

        before = bisect_left(self._ends, offset)
        start = self._ends[before - 1] + 1 if before else 0
        return Location(self._path, before + 1, offset - start + 1)

    def offset(self, location: Location) -> int:
        """How many characters stand before a place."""
        start = self._ends[location.line - 2] + 1 if location.line > 1 else 0
        return start + location.column - 1


def gather(paths: Sequence[str]) -> Iterator[str | Finding]:
    """Every path that is meant, in order; a folder with nothing to read in it is a finding.

    Those are the files named, and the YAML files under the folders named, each once. The proofs of
    a rulebook are no curricula: a folder of them, beside its rules.toml, is left out.
    """
    seen: set[str] = set()
    for path in paths:
        is_folder = path not in ("", STDIN) and Path(path).is_dir()
        for each in _under(path) if is_folder else (path,):
            if isinstance(each, Finding):
                yield each
            elif (place := _place(each)) not in seen:
                seen.add(place)
                yield each


def _place(path: str) -> str:
    """What two names of one file have in common; kept as text, since thousands may be kept."""
    return path if path == STDIN else str(Path(path).absolute())


def _under(folder: str) -> Iterator[str | Finding]:
    """The YAML files under a folder in the order of their names; links to folders not followed."""
    unread: list[Finding] = []
    is_empty = True

    def tell(error: OSError) -> None:
        unread.append(_unreadable(str(error.filename), f"cannot be read: {error.strerror}"))

    for where, folders, names in os.walk(folder, onerror=tell):
        left_out = {"proofs"} if "rules.toml" in names else set()
        folders[:] = sorted(n for n in folders if not n.startswith(".") and n not in left_out)
        found = (Path(where, name) for name in sorted(names) if name.endswith((".yaml", ".yml")))
        for path in found:
            if path.is_file() or not path.exists():
                is_empty = False
                yield str(path)
    if is_empty and not unread:
        unread = [_unreadable(folder, "nothing to check: no *.yaml or *.yml file in this folder")]
    yield from unread


def _unreadable(path: str, message: str) -> Finding:
    return Finding(Location(path, 1, 1), "NVQ101", message)
