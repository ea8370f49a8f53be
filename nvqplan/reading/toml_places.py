"""Where each key and value of a valid TOML document stands, which tomllib does not tell."""

import re
import tomllib
from collections.abc import Callable

from nvqplan.core.values import NamedTuple

KeyPath = tuple[str | int, ...]
"""The keys and list indexes that lead from the root to a value."""


class Place(NamedTuple):
    """Offsets in characters: of the value, and of the key that names it."""

    value: int
    key: int


_BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}(?!")'
    r"|'''(?:.)*?'{3,5}(?!')"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'",
    re.DOTALL,
)
_SCALAR = re.compile(r"\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]*|[^\s,\]}#]+")


def find_places(text: str) -> dict[KeyPath, Place]:
    """Every table, list member and value by its path; `text` has parsed without error."""
    return _Scanner(text).scan()


class _Scanner:
    """Walks the text once; `at` is the offset of the next character."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.places: dict[KeyPath, Place] = {(): Place(0, 0)}
        self.lengths: dict[KeyPath, int] = {}

    def scan(self) -> dict[KeyPath, Place]:
        table: KeyPath = ()
        self._take(_BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._take(_BLANK)
        return self.places

    def _header(self) -> KeyPath:
        """`[table]` or `[[list of tables]]`; names of lists stand for their last table."""
        start = self.at
        is_list = self.text.startswith("[[", start)
        brackets = "[[" if is_list else "["
        self.at += len(brackets)
        path: KeyPath = ()
        keys = self._keys()
        for index, (name, offset) in enumerate(keys):
            path = (*path, name)
            place = Place(start, offset)
            is_last = index == len(keys) - 1
            if is_last and not is_list:
                self.places[path] = place
            self.places.setdefault(path, place)
            if is_last and is_list:
                self.lengths[path] = self.lengths.get(path, 0) + 1
            if path in self.lengths:
                path = (*path, self.lengths[path] - 1)
                self.places.setdefault(path, place)
        self.at += len(brackets)
        return path

    def _pair(self, table: KeyPath) -> None:
        """`key = value`, where the key may be dotted."""
        start = self.at
        path = table
        offset = start
        for name, offset in self._keys():
            path = (*path, name)
            self.places.setdefault(path, Place(start, offset))
        self.at += 1
        self._take(_SPACE)
        self._value(path, offset)

    def _keys(self) -> list[tuple[str, int]]:
        """The parts of a dotted key with their offsets, up to what is no key any more."""
        keys = []
        while True:
            self._take(_SPACE)
            start = self.at
            keys.append((self._key(), start))
            self._take(_SPACE)
            if self.text[self.at] != ".":
                return keys
            self.at += 1

    def _key(self) -> str:
        """One part of a key; what a quoted one means is for tomllib to say."""
        return self._take(_BARE) or next(iter(tomllib.loads(f"{self._take(_STRING)} = 0")))

    def _value(self, path: KeyPath, key: int | None = None) -> None:
        start = self.at
        self.places[path] = Place(start, start if key is None else key)
        if self.text[start] == "[":
            self._members("]", lambda index: self._value((*path, index)))
        elif self.text[start] == "{":
            self._members("}", lambda _: self._pair(path))
        elif not self._take(_STRING):
            self._take(_SCALAR)

    def _members(self, end: str, read: Callable[[int], None]) -> None:
        """What stands between brackets, up to the last one; each is read with its index."""
        self.at += 1
        self._take(_BLANK)
        index = 0
        while self.text[self.at] != end:
            read(index)
            index += 1
            self._take(_BLANK)
            if self.text[self.at] == ",":
                self.at += 1
                self._take(_BLANK)
        self.at += 1

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            return ""
        self.at = match.end()
        return match[0]
