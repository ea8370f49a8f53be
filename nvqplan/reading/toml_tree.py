"""TOML as located values: tomllib reads, `toml_places` finds where, and only when asked."""

import re
import tomllib
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from nvqplan.core.findings import Findings, Located, Location
from nvqplan.core.sources import Lines

if TYPE_CHECKING:
    from nvqplan.reading.toml_places import KeyPath, Place

DEEPEST = 50
"""Keys and indexes that lead to a value; no rulebook nests a tenth as deep."""

_PART = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')"""
_PARTS = 500
_LONG_KEY = rf"(?<![\w-]){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{_PARTS}}}"
"""A key of so many parts that tomllib would take minutes over it."""


def read_toml(path: str, text: str, found: Findings) -> Located | None:
    """The root table of a TOML file, None with a finding where it cannot be parsed."""
    try:
        return _Tree(path, text).located(_parse(text), ())
    except tomllib.TOMLDecodeError as error:
        message = re.sub(r" \(at [^)]*\)$", "", str(error))
        found.add(_error_place(path, text, error), "NVQ104", f"not valid TOML: {message}")
    except RecursionError:
        found.add(Location(path, 1, 1), "NVQ104", "not valid TOML: nested too deeply")
    except ValueError:
        found.add(Location(path, 1, 1), "NVQ104", "not valid TOML: a number is too long")
    return None


def _parse(text: str) -> dict[str, Any]:
    if text.count(".") >= _PARTS and re.search(_LONG_KEY, text):
        raise RecursionError
    return tomllib.loads(text)


class _Tree:
    """The places of one document, found once at the first question."""

    def __init__(self, path: str, text: str) -> None:
        self._path = path
        self._text = text

    @cached_property
    def _places(self) -> "dict[KeyPath, Place]":
        from nvqplan.reading.toml_places import find_places

        return find_places(self._text)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self._path, self._text)

    def located(self, value: Any, path: "KeyPath") -> Located:
        if len(path) > DEEPEST:
            raise RecursionError
        text = ""
        if isinstance(value, dict):
            value = {key: self.located(each, (*path, key)) for key, each in value.items()}
        elif isinstance(value, list):
            value = [self.located(each, (*path, index)) for index, each in enumerate(value)]
        else:
            text = str(value)
        return Located(value, partial(self._find, path), text)

    def _find(self, path: "KeyPath", of: str) -> Location:
        place = self._places[path]
        return self._lines.at(place.key if of == "key" else place.value)


def _error_place(path: str, text: str, error: tomllib.TOMLDecodeError) -> Location:
    """The parser tells the place in its message only; a fault at the end has no number."""
    place = re.search(r"\(at line (\d+), column (\d+)\)$", str(error))
    if place:
        return Location(path, int(place[1]), int(place[2]))
    return Lines(path, text).at(len(text))
