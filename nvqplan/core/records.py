"""Records: mappings with keys that are known, each with its own shape and description."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Generic, Literal, TypeVar, overload

from nvqplan.core.findings import Findings, Located
from nvqplan.core.shapes import Schema, Shape, wrong
from nvqplan.core.values import NamedTuple
from nvqplan.core.words import did_you_mean

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Voice(NamedTuple):
    """How a family of files tells of keys that nobody knows, and of keys that are missing."""

    code: str
    code_of_missing: str
    missing: str
    unknown: str = "unknown key '{key}' in {what}"
    known: str = "known here: "
    names_unknown: bool = True
    """Whether a finding about an unknown key has that as its subject."""
    names_missing: bool = False
    lacking: Literal["always", "of mappings", "where all are known"] = "of mappings"
    """When missing keys are told: even of what is no mapping, or where no key is unknown only."""
    in_file_order: bool = False
    """Whether unknown keys and values are told as they stand, missing keys before all."""


CENTRES = Voice("NVQ107", "NVQ109", "'{key}' is missing in {what}", names_missing=True)
"""The voice of files that centres write."""

ROOT = CENTRES._replace(missing="'{key}' is missing", names_missing=False)
"""The voice of such a file as a whole."""

RULES = Voice("NVQ401", "NVQ401", "{what} needs '{key}'", lacking="always")
"""The voice of rulebooks."""


class Key(NamedTuple, Generic[T_co]):
    """A key of a record, the shape of its value, and what it means to those who write it.

    `what` is what messages call the value, where that is not the key. A key that is `needed` is
    told where it is missing, in the words of its own `missing`; where those are empty, by whoever
    reads the record.
    """

    name: str
    shape: Shape[T_co]
    description: str = ""
    needed: bool = False
    missing: str | None = None
    what: str = ""

    def schema(self, definitions: Schema) -> Schema:
        described = {"description": self.description} if self.description else {}
        return {**described, **self.shape.schema(definitions)}


class Members(NamedTuple):
    """What was read of a record: where its keys stand, and the values of those that are sound."""

    nodes: Mapping[str, Located]
    values: dict[str, Any]
    faulty: set[str]
    """The keys in whose values something was found, or that stand twice, or in which some do."""

    @overload
    def get(self, key: Key[T]) -> T | None: ...
    @overload
    def get(self, key: Key[T], default: T) -> T: ...
    def get(self, key: Key[T], default: T | None = None) -> T | None:
        """The value of a key; the default where it is left out, or cannot be read."""
        value: T | None = self.values.get(key.name)
        return default if value is None else value

    def has(self, key: Key[Any]) -> bool:
        """Whether the key is written, whatever stands there."""
        return key.name in self.nodes

    @property
    def are_known(self) -> bool:
        """Whether no key is unknown."""
        return self.nodes.keys() == self.values.keys()

    @property
    def is_doubtful(self) -> bool:
        """Whether a key stands twice that is not unknown."""
        return any(self.nodes[name].is_doubtful for name in self.values)


class Record:
    """A mapping with keys that are known; `others` is the shape of all further ones, if any.

    `needs` are keys among those others that must be there. `more` is what its schema says beside,
    `member` what messages call the value of a key if not that.
    """

    def __init__(
        self,
        keys: Iterable[Key[Any]],
        voice: Voice,
        others: Shape[Any] | None = None,
        needs: tuple[str, ...] = (),
        more: Schema | None = None,
        member: str = "",
    ) -> None:
        self.keys = {key.name: key for key in keys}
        self.voice = voice
        self.others = others
        self.needed = {name: key.missing for name, key in self.keys.items() if key.needed}
        self.needed |= dict.fromkeys(needs)
        self.more = more or {}
        self.member = member

    @property
    def shape(self) -> Shape[Members]:
        return Shape(self.read, self.schema)

    def whole(self, make: Callable[..., T]) -> Shape[T]:
        """What is made of the values of its keys, in order, where all are there and sound."""

        def make_whole(members: Members) -> T | None:
            values = [members.values.get(name) for name in self.keys]
            return None if members.faulty or None in values else make(*values)

        return self.shape.into(make_whole)

    def read(self, node: Located, what: str, found: Findings) -> Members:
        nodes: dict[str, Located] = {}
        if isinstance(node.value, dict):
            nodes = node.value
        else:
            wrong(node, what, "a mapping", found)
        members, names = Members(nodes, {}, set()), [*nodes]
        if not self.voice.in_file_order:
            self._read_some([name for name in nodes if name not in self.keys], members, what, found)
            names = [name for name in self.keys if name in nodes]
        if self._tells_missing(node, members):
            self._tell_missing(node, nodes, what, found)
        self._read_some(names, members, what, found)
        return members

    def _read_some(
        self, names: Iterable[str], members: Members, what: str, found: Findings
    ) -> None:
        for name in names:
            node, key = members.nodes[name], self.keys.get(name)
            shape = self.others if key is None else key.shape
            if shape is None:
                self._tell_unknown(name, node, what, found)
                continue
            before = len(found) + found.doubts
            found.doubts += node.is_doubtful
            called = (key.what if key else "") or name
            if self.member:
                called = self.member.format(what=what, key=name)
            members.values[name] = shape.read(node, called, found)
            if len(found) + found.doubts > before:
                members.faulty.add(name)

    def _tells_missing(self, node: Located, members: Members) -> bool:
        if self.voice.lacking == "where all are known":
            return isinstance(node.value, dict) and members.nodes.keys() <= self.keys.keys()
        return isinstance(node.value, dict) or self.voice.lacking == "always"

    def _tell_missing(
        self, node: Located, nodes: Mapping[str, Located], what: str, found: Findings
    ) -> None:
        for name, own in self.needed.items():
            if own != "" and name not in nodes:
                message = (own or self.voice.missing).format(what=what, key=name)
                subject = name if self.voice.names_missing else ""
                found.add(node, self.voice.code_of_missing, message, subject=subject)

    def _tell_unknown(self, name: str, node: Located, what: str, found: Findings) -> None:
        voice = self.voice
        help = did_you_mean(name, self.keys, len(found)) or voice.known + ", ".join(self.keys)
        message = voice.unknown.format(what=what, key=name)
        found.add(node.key, voice.code, message, help, name if voice.names_unknown else "")

    def schema(self, definitions: Schema) -> Schema:
        return {
            "type": "object",
            "properties": {name: key.schema(definitions) for name, key in self.keys.items()},
            "required": list(self.needed),
            "additionalProperties": self.others is not None and self.others.schema(definitions),
            **self.more,
        }


def one_of_keys(keys: Iterable[str]) -> list[Schema]:
    """The alternatives of `oneOf` by which exactly one of these keys is there."""
    return [{"required": [key]} for key in keys]


def document_schema(title: str, description: str, shape: Shape[Any], given: Schema) -> Schema:
    """The whole schema of files of a shape, some definitions of which are given."""
    definitions = dict(given)
    head = {"$schema": DIALECT, "title": title, "description": description}
    schema = shape.schema(definitions)
    own = {name: each for name, each in definitions.items() if name not in given}
    return {**head, **schema, "$defs": {**own, **given}}
