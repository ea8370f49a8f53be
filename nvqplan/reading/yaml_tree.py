"""YAML as located values: only plain data, every scalar with the text its author wrote."""

from datetime import date
from functools import cached_property, lru_cache
from typing import Any

import yaml

from nvqplan.core.findings import Findings, Located, Location, Scalar
from nvqplan.core.sources import Lines

SCALAR, END_OF_SEQUENCE, END_OF_MAPPING = (
    yaml.ScalarEvent,
    yaml.SequenceEndEvent,
    yaml.MappingEndEvent,
)
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_DIGITS = 18
"""No number that people write is longer."""

_ODD_ENDS = "\r\x85\u2028\u2029\ufeff"
_TAG = "tag:yaml.org,2002:"
_RESOLVER: Any = yaml.resolver.Resolver()


def read_yaml(path: str, text: str, found: Findings) -> Located | None:
    """The one document of a YAML file, None where it is empty or cannot be parsed."""
    try:
        loader = Loader(text)
        try:
            return _Composer(path, text, loader, found).document()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        message = f"not valid YAML: {error.problem or error.context}"
        mark = error.problem_mark or error.context_mark
        found.add(Lines(path, text).at(mark.index if mark else 0), "NVQ104", message, _since(error))
    except RecursionError:
        found.add(Lines(path, text).at(0), "NVQ104", "not valid YAML: nested too deeply")
    except yaml.reader.ReaderError as error:
        bad = yaml.reader.Reader.NON_PRINTABLE.search(text)
        place = Lines(path, text).at(bad.start() if bad else 0)
        found.add(place, "NVQ104", f"not valid YAML: {error.reason}")
    return None


class _Composer:
    """Builds the tree from the parser's events, refusing what stands for something elsewhere."""

    def __init__(self, path: str, text: str, loader: Any, found: Findings) -> None:
        self._path = path
        self._text = text
        self._line_count = text.count("\n") + 1
        self._is_plain = not any(end in text for end in _ODD_ENDS)
        self._loader = loader
        self._found = found

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self._path, self._text)

    def document(self) -> Located | None:
        self._loader.get_event()
        if self._loader.check_event(yaml.StreamEndEvent):
            self._found.add(Location(self._path, 1, 1), "NVQ105", "the file holds no value")
            return None
        self._loader.get_event()
        root = self._node(self._loader.get_event())
        self._loader.get_event()
        if not self._loader.check_event(yaml.StreamEndEvent):
            place = self._place(self._loader.peek_event().start_mark)
            self._found.add(place, "NVQ104", "a second document begins here, a file holds one")
        if root.value is None:
            self._found.add(root, "NVQ105", "the file holds no value")
            return None
        return root

    def _node(self, event: Any) -> Located:
        place = self._place(event.start_mark)
        if type(event) is SCALAR and event.anchor is event.tag is None:
            text: str = event.value
            return Located(_resolve(text, event.implicit), place, text)
        if isinstance(event, yaml.AliasEvent):
            self._refuse(place, f"the alias *{event.anchor}")
            return Located(None, place)
        if event.anchor is not None:
            self._refuse(place, f"the anchor &{event.anchor}")
        if event.tag is not None:
            self._refuse(place, f"the tag {event.tag.replace(_TAG, '!!')}")
        if type(event) is SCALAR:
            return Located(_resolve(event.value, event.implicit), place, event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return Located(self._sequence(), place)
        return Located(self._mapping(), place)

    def _sequence(self) -> list[Located]:
        members, get, node = [], self._loader.get_event, self._node
        while type(event := get()) is not END_OF_SEQUENCE:
            members.append(node(event))
        return members

    def _mapping(self) -> dict[str, Located]:
        members: dict[str, Located] = {}
        get, node = self._loader.get_event, self._node
        while type(event := get()) is not END_OF_MAPPING:
            key, value = node(event), node(get())
            if isinstance(key.value, list | dict):
                self._found.add(key, "NVQ108", "a key must be a name, this is a list or a mapping")
            elif key.text == "<<":
                self._refuse(key.location, "the merge key <<")
            elif key.text in members:
                members[key.text].is_doubtful = True
                first = members[key.text].key.line
                message = f"the key '{key.text}' is given twice"
                self._found.add(key, "NVQ106", message, f"first in line {first}")
            else:
                members[key.text] = value.named_at(key.location)
        return members

    def _refuse(self, place: Location, what: str) -> None:
        help = "write the value itself"
        self._found.add(place, "NVQ110", f"{what} is refused: values stand where they count", help)

    def _place(self, mark: Any) -> Location:
        """Marks count lines as YAML ends them, which is as we do unless the text has odd ones.

        What is left out at the end of a text stands behind its last line.
        """
        line: int = mark.line + 1
        if self._is_plain and line <= self._line_count:
            return Location(self._path, line, mark.column + 1)
        return self._lines.at(min(mark.index, len(self._text)))


def _since(error: yaml.MarkedYAMLError) -> str:
    """Where that began which the parser could not end."""
    if error.context is None or error.context_mark is None:
        return ""
    mark = error.context_mark
    return f"{error.context} that begins in line {mark.line + 1}, column {mark.column + 1}"


@lru_cache(maxsize=4096)
def _resolve(text: str, implicit: tuple[bool, bool]) -> Scalar:
    """The value of a scalar; numbers only as people write them, so `0112` and `1:30` are text."""
    tag: str = _RESOLVER.resolve(yaml.ScalarNode, text, implicit)
    kind = tag.removeprefix(_TAG)
    digits = text.lstrip("+-")
    if kind == "int" and digits.isdigit() and len(digits) <= _DIGITS:
        return text if digits[0] == "0" != digits else int(text)
    if kind == "bool":
        return text.lower() in ("true", "yes", "on")
    if kind == "null":
        return None
    try:
        if kind == "timestamp":
            return date.fromisoformat(text)
        if kind == "float":
            return float(text)
    except ValueError:
        pass
    return text
