"""Shapes of what people write: lists, mappings and records of single values.

One declaration gives both the reader of located values and the JSON Schema that editors use, so
that the two accept the same. A rulebook's kind of rule, a curriculum, a settings file: each is a
value of this module, which `read` turns into a value of ours and `schema` describes.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Generic, Literal, NamedTuple, Protocol, TypeVar, overload

from nvqplan.core.atoms import Schema, wrong
from nvqplan.core.findings import Findings, Located
from nvqplan.core.names import did_you_mean

T = TypeVar("T")
S = TypeVar("S")
T_co = TypeVar("T_co", covariant=True)

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Shape(Protocol[T_co]):
    """How something is written.

    `read` takes what messages call the value, tells every fault, and gives None where nothing can
    be made of the value; lists, mappings and records give those of their members that are sound.
    `schema` adds to the definitions whatever it refers to.
    """

    def read(self, node: Located, what: str, found: Findings, /) -> T_co | None: ...

    def schema(self, definitions: Schema, /) -> Schema: ...


class Fault(NamedTuple):
    """What is told of a value; `{what}` in it stands for what messages call the value."""

    says: str
    help: str = ""
    code: str = "NVQ401"

    def tell(self, node: Located, what: str, found: Findings) -> None:
        found.add(node, self.code, self.says.format(what=what), self.help)


class ListOf(NamedTuple, Generic[T]):
    """A list; `each` is what messages call its members, by its own name and by their index."""

    items: Shape[T]
    each: str = "each of {what}"

    def read(self, node: Located, what: str, found: Findings) -> tuple[T, ...]:
        if not isinstance(node.value, list):
            wrong(node, what, "a list", found)
            return ()
        read, each = self.items.read, self.each
        same = "" if "{index}" in each else each.format(what=what)
        values = [
            read(member, same or each.format(what=what, index=index), found)
            for index, member in enumerate(node.value)
        ]
        return tuple([value for value in values if value is not None])

    def schema(self, definitions: Schema) -> Schema:
        return {"type": "array", "items": self.items.schema(definitions)}


class Later(NamedTuple):
    """A value that is read further on, when what it is part of is known."""

    shape: Shape[Any]

    def read(self, node: Located, what: str, found: Findings) -> Located:
        return node

    def schema(self, definitions: Schema) -> Schema:
        return self.shape.schema(definitions)


class OneOrMore(NamedTuple, Generic[T]):
    """One member of a list alone, or the list."""

    one: ListOf[T]
    more: Shape[tuple[T, ...]]

    def read(self, node: Located, what: str, found: Findings) -> tuple[T, ...] | None:
        if isinstance(node.value, list):
            return self.more.read(node, what, found)
        return self.one.read(Located([node], lambda: node.location), what, found)

    def schema(self, definitions: Schema) -> Schema:
        one, more = self.one.items.schema(definitions), self.more.schema(definitions)
        return {"anyOf": [one, more]}


class Maybe(NamedTuple, Generic[T]):
    """A value, or null for none."""

    shape: Shape[T]

    def read(self, node: Located, what: str, found: Findings) -> T | None:
        return None if node.value is None else self.shape.read(node, what, found)

    def schema(self, definitions: Schema) -> Schema:
        return {"anyOf": [{"type": "null"}, self.shape.schema(definitions)]}


class MapOf(NamedTuple, Generic[T]):
    """A mapping from names that its author chooses; `each` is what messages call its members.

    `check_name` may refuse a member for its name, of which `names` is the schema.
    """

    values: Shape[T]
    each: str = "{name}"
    names: Schema | None = None
    check_name: Callable[[str, Located, str, Findings], bool] | None = None

    def read(self, node: Located, what: str, found: Findings) -> dict[str, T]:
        if not isinstance(node.value, dict):
            wrong(node, what, "a mapping", found)
            return {}
        read = {}
        for name, member in node.value.items():
            found.doubts += member.is_doubtful
            if self.check_name is None or self.check_name(name, member, what, found):
                value = self.values.read(member, self.each.format(what=what, name=name), found)
                if value is not None:
                    read[name] = value
        return read

    def schema(self, definitions: Schema) -> Schema:
        names = {} if self.names is None else {"propertyNames": self.names}
        values = self.values.schema(definitions)
        return {"type": "object", **names, "additionalProperties": values}


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


class Either(NamedTuple, Generic[T]):
    """Several shapes, of which the type of the value tells the one that is meant.

    Of any other value is told what is `wanted`, or what the first of the shapes tells of it.
    """

    choices: tuple[tuple[type, Shape[T]], ...]
    wanted: str = ""
    more: Mapping[str, Any] = {}

    def read(self, node: Located, what: str, found: Findings) -> T | None:
        for kind, shape in self.choices:
            if isinstance(node.value, kind):
                return shape.read(node, what, found)
        if not self.wanted:
            return self.choices[0][1].read(node, what, found)
        wrong(node, what, self.wanted, found)
        return None

    def schema(self, definitions: Schema) -> Schema:
        return {**self.more, "anyOf": [shape.schema(definitions) for _, shape in self.choices]}


class Enough(NamedTuple, Generic[T]):
    """A list or mapping of so many members at least: all are sound, but too few, is told."""

    shape: Shape[T]
    least: int
    few: Fault

    def read(self, node: Located, what: str, found: Findings) -> T | None:
        before = len(found)
        value = self.shape.read(node, what, found)
        members = node.value if isinstance(node.value, list | dict) else ()
        if len(members) < self.least and len(found) == before:
            self.few.tell(node, what, found)
        return value

    def schema(self, definitions: Schema) -> Schema:
        schema = self.shape.schema(definitions)
        members = "minItems" if schema["type"] == "array" else "minProperties"
        return {**schema, members: self.least}


class Made(NamedTuple, Generic[S, T]):
    """What is made of a value that was read; the schema says `more` than that of the value."""

    shape: Shape[S]
    make: Callable[[S, Located, str, Findings], T | None]
    more: Mapping[str, Any] = {}

    def read(self, node: Located, what: str, found: Findings) -> T | None:
        value = self.shape.read(node, what, found)
        return None if value is None else self.make(value, node, what, found)

    def schema(self, definitions: Schema) -> Schema:
        return {**self.shape.schema(definitions), **self.more}


class Ref(NamedTuple, Generic[T]):
    """A shape that its schema describes in one place, by a name, and refers to elsewhere."""

    name: str
    shape: Shape[T]

    def read(self, node: Located, what: str, found: Findings) -> T | None:
        return self.shape.read(node, what, found)

    def schema(self, definitions: Schema) -> Schema:
        if self.name not in definitions:
            definitions[self.name] = {}  # what it refers to may refer to it
            definitions[self.name] = self.shape.schema(definitions)
        return {"$ref": f"#/$defs/{self.name}"}


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
