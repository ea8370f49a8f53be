"""Shapes of what people write: lists, mappings and records of single values.

One declaration gives both the reader of located values and the JSON Schema that editors use, so
that the two accept the same. A rulebook's kind of rule, a curriculum, a settings file: each is a
value of this module, which `read` turns into a value of ours and `schema` describes.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from types import GenericAlias
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from nvqplan.core.findings import Findings, Located, Location
from nvqplan.core.values import NamedTuple
from nvqplan.core.words import did_you_mean

T = TypeVar("T")
S = TypeVar("S")
T_co = TypeVar("T_co", covariant=True)

Schema = dict[str, Any]
"""A JSON Schema, or a part of one."""

WORDS = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a number with a fraction",
    date: "a date",
    datetime: "a date with a time",
    time: "a time",
    list: "a list",
    dict: "a mapping",
    type(None): "nothing",
}


def wrong(node: Located, what: str, wanted: str, found: Findings, help: str = "") -> None:
    """Tell that a value is of another kind than the one that is wanted."""
    message = f"{what} must be {wanted}, this is {WORDS[type(node.value)]}"
    found.add(node, "NVQ108", message, help)


class Spot(NamedTuple):
    """Where a value stands, what messages call it, and what has been found so far."""

    node: Located
    what: str
    found: Findings

    def tell(self, says: str, help: str = "", at: Located | Location | None = None) -> None:
        """Tell a fault of a rulebook, here or at another place."""
        self.found.add(at or self.node, "NVQ401", says, help)

    def tell_unknown(
        self, says: str, name: str, known: Iterable[str], at: Located | Location
    ) -> None:
        """Tell that nobody knows a name, with the nearest that somebody does, or all of them."""
        names = tuple(known)
        help = did_you_mean(name, names, len(self.found)) or f"known: {', '.join(names)}"
        self.tell(f"unknown {says} '{name}'", help, at)


class Shape(Generic[T_co]):
    """How something is written.

    `read` takes what messages call the value, tells every fault, and gives None where nothing can
    be made of the value; lists, mappings and records give those of their members that are sound.
    `schema` adds to the definitions whatever it refers to.
    """

    __slots__ = ("read", "schema")

    if not TYPE_CHECKING:  # typing's own takes ten times as long, and each start does it often
        __class_getitem__ = classmethod(GenericAlias)

    def __init__(
        self,
        read: Callable[[Located, str, Findings], T_co | None],
        schema: Callable[[Schema], Schema],
    ) -> None:
        self.read = read
        self.schema = schema

    def made(self, make: Callable[[T_co, Spot], S | None]) -> "Shape[S]":
        """What is made of the value, which may tell more faults, and be nothing after all."""

        def read(node: Located, what: str, found: Findings) -> S | None:
            value = self.read(node, what, found)
            return None if value is None else make(value, Spot(node, what, found))

        return Shape(read, self.schema)

    def into(self, make: Callable[[T_co], S | None]) -> "Shape[S]":
        """What is made of the value, whatever that is."""

        def read(node: Located, what: str, found: Findings) -> S | None:
            value = self.read(node, what, found)
            return None if value is None else make(value)

        return Shape(read, self.schema)

    def at_least(
        self, least: int, says: str, help: str = "", code: str = "NVQ401"
    ) -> "Shape[T_co]":
        """The same with so many members; told is where all are sound, but too few."""

        def read(node: Located, what: str, found: Findings) -> T_co | None:
            before = len(found)
            value = self.read(node, what, found)
            members = node.value if isinstance(node.value, list | dict) else ()
            if len(members) < least and len(found) == before:
                found.add(node, code, says.format(what=what), help)
            return value

        def schema(definitions: Schema) -> Schema:
            schema = self.schema(definitions)
            members = "minItems" if schema["type"] == "array" else "minProperties"
            return {**schema, members: least}

        return Shape(read, schema)

    def stating(self, **more: Any) -> "Shape[T_co]":
        """The same, of which the schema states more."""
        return Shape(self.read, lambda definitions: {**self.schema(definitions), **more})

    def later(self) -> "Shape[Located]":
        """The same, to be read further on, when what it is part of is known."""
        return Shape(lambda node, *_: node, self.schema)


def described(schema: Schema) -> Callable[[Schema], Schema]:
    """A schema that refers to nothing."""
    return lambda _: schema


def list_of(items: Shape[T], each: str = "each of {what}") -> Shape[tuple[T, ...]]:
    """A list; `each` is what messages call its members, by its own name and by their index."""
    is_numbered = "{index}" in each

    def read(node: Located, what: str, found: Findings) -> tuple[T, ...]:
        if not isinstance(node.value, list):
            wrong(node, what, "a list", found)
            return ()
        called = "" if is_numbered else each.format(what=what)
        values = [
            items.read(member, called or each.format(what=what, index=index), found)
            for index, member in enumerate(node.value)
        ]
        return tuple([value for value in values if value is not None])

    return Shape(read, lambda _: {"type": "array", "items": items.schema(_)})


def one_or_more(
    item: Shape[T], more: Shape[tuple[T, ...]], each: str = "each of {what}"
) -> Shape[tuple[T, ...]]:
    """A member of a list alone, called as it would be there, or the list."""
    one = list_of(item, each)

    def read(node: Located, what: str, found: Findings) -> tuple[T, ...] | None:
        if isinstance(node.value, list):
            return more.read(node, what, found)
        return one.read(Located([node], lambda _: node.location), what, found)

    return Shape(read, lambda _: {"anyOf": [item.schema(_), more.schema(_)]})


def map_of(
    values: Shape[T],
    each: str = "{name}",
    names: Schema | None = None,
    check_name: Callable[[str, Spot], object] | None = None,
) -> Shape[dict[str, T]]:
    """A mapping from names that its author chooses; `each` is what messages call its members.

    `names` is the schema of the names, `check_name` tells their faults at a member.
    """

    def read(node: Located, what: str, found: Findings) -> dict[str, T]:
        if not isinstance(node.value, dict):
            wrong(node, what, "a mapping", found)
            return {}
        read = {}
        for name, member in node.value.items():
            found.doubts += member.is_doubtful
            if check_name is not None:
                check_name(name, Spot(member, what, found))
            value = values.read(member, each.format(what=what, name=name), found)
            if value is not None:
                read[name] = value
        return read

    def schema(definitions: Schema) -> Schema:
        named = {} if names is None else {"propertyNames": names}
        members = values.schema(definitions)
        return {"type": "object", **named, "additionalProperties": members}

    return Shape(read, schema)


def either(*choices: tuple[type, Shape[T]], wanted: str = "") -> Shape[T]:
    """One of several shapes, the one that the type of the value tells.

    Of any other value is told what is `wanted`, or what the first of the shapes tells of it.
    """

    def read(node: Located, what: str, found: Findings) -> T | None:
        for kind, shape in choices:
            if isinstance(node.value, kind):
                return shape.read(node, what, found)
        if not wanted:
            return choices[0][1].read(node, what, found)
        wrong(node, what, wanted, found)
        return None

    return Shape(read, lambda _: {"anyOf": [shape.schema(_) for __, shape in choices]})


def maybe(shape: Shape[T]) -> Shape[T]:
    """A value, or null for none."""

    def read(node: Located, what: str, found: Findings) -> T | None:
        return None if node.value is None else shape.read(node, what, found)

    return Shape(read, lambda _: {"anyOf": [{"type": "null"}, shape.schema(_)]})


def ref(name: str, shape: Shape[T]) -> Shape[T]:
    """A shape that its schema describes in one place, by a name, and refers to elsewhere."""

    def schema(definitions: Schema) -> Schema:
        if name not in definitions:
            definitions[name] = {}  # what it refers to may refer to it
            definitions[name] = shape.schema(definitions)
        return {"$ref": f"#/$defs/{name}"}

    return Shape(shape.read, schema)
