"""JSON as every program reads it: indented, plain ASCII, and lists written as they come."""

import json
from collections.abc import Iterator
from textwrap import indent
from typing import Any


def to_json(value: Any) -> str:
    """A value as JSON; halves of characters, of which file names can be made, become `?`."""
    text = json.dumps(value, indent=2)
    if "\\ud" in text:  # whole characters beyond the first 65,536 too, which stay what they are
        whole = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
        return json.dumps(json.loads(whole), indent=2)
    return text


class JsonList:
    """The members of a list, each held back until it is known whether a comma follows."""

    def __init__(self, depth: int) -> None:
        self._margin = " " * depth
        self._before = ""

    def add(self, member: Any) -> Iterator[str]:
        if self._before:
            yield self._before + ","
        self._before = indent(to_json(member), self._margin)

    def rest(self) -> Iterator[str]:
        if self._before:
            yield self._before
