"""Values behave as `typing.NamedTuple` has it: both are given the same declarations."""

import ast
import pickle
from collections.abc import Callable
from typing import Any, Generic, NamedTuple, TypeVar

import pytest

from nvqplan.core import values
from tests.transcripts import ROOT

T = TypeVar("T")


class Theirs(NamedTuple, Generic[T]):
    """A name, and what it stands for."""

    name: str
    of: T
    more: tuple[int, ...] = ()
    flag: bool = False

    @property
    def shout(self) -> str:
        return self.name.upper()

    @classmethod
    def none(cls) -> "Theirs[None]":
        return Theirs("", None)

    def __str__(self) -> str:
        return f"<{self.name}>"


class Ours(values.NamedTuple, Generic[T]):
    """A name, and what it stands for."""

    name: str
    of: T
    more: tuple[int, ...] = ()
    flag: bool = False

    @property
    def shout(self) -> str:
        return self.name.upper()

    @classmethod
    def none(cls) -> "Ours[None]":
        return Ours("", None)

    def __str__(self) -> str:
        return f"<{self.name}>"


class Bare(values.NamedTuple):
    """Nothing at all."""


def matched(value: Any) -> Any:
    match value:
        case Theirs(name, of, flag=True) | Ours(name, of, flag=True):
            return name, of
    return None


LOOKS: dict[str, Callable[[Any], object]] = {
    "made by place": lambda kind: kind("a", 1, (2,), True),
    "made by name": lambda kind: kind(of=1, name="a", flag=True),
    "defaults": lambda kind: kind("a", 1),
    "members": lambda kind: (kind("a", 1).name, kind("a", 1).of, kind("a", 1).more),
    "unpacked": lambda kind: [*kind("a", 1)],
    "length": lambda kind: len(kind("a", 1)),
    "equal": lambda kind: kind("a", 1) == ("a", 1, (), False),
    "hash": lambda kind: hash(kind("a", 1)),
    "order": lambda kind: kind("a", 1) < kind("b", 0),
    "replaced": lambda kind: kind("a", 1)._replace(of=2, flag=True),
    "of a list": lambda kind: kind._make(["a", 1, (), True]),
    "shown": lambda kind: repr(kind("a", 1)).replace("Theirs", "Ours"),
    "in words": lambda kind: str(kind("a", 1)),
    "property": lambda kind: kind("a", 1).shout,
    "class method": lambda kind: kind.none(),
    "pickled": lambda kind: pickle.loads(pickle.dumps(kind("a", (1,)))),  # noqa: S301 - our own
    "matched": lambda kind: (matched(kind("a", 1, (), True)), matched(kind("a", 1))),
    "fields": lambda kind: (kind._fields, kind._field_defaults, kind.__match_args__),
    "annotations": lambda kind: kind.__annotations__,
    "docstring": lambda kind: kind.__doc__,
    "module": lambda kind: kind.__module__,
    "of a type": lambda kind: kind[int]("a", 1),
    "no more attributes": lambda kind: hasattr(kind("a", 1), "__dict__"),
    "a tuple": lambda kind: issubclass(kind, tuple),
}


@pytest.mark.parametrize("look", LOOKS)
def test_values_are_as_the_library_makes_them(look: str) -> None:
    assert LOOKS[look](Ours) == LOOKS[look](Theirs)


FAULTS: dict[str, Callable[[Any], object]] = {
    "too few": lambda kind: kind("a"),
    "too many": lambda kind: kind("a", 1, (), True, 5),
    "twice": lambda kind: kind("a", 1, name="b"),
    "no such name": lambda kind: kind("a", 1, size=2),
    "no such name to replace": lambda kind: kind("a", 1)._replace(size=2),
    "too few of a list": lambda kind: kind._make(["a"]),
    "changed": lambda kind: setattr(kind("a", 1), "name", "b"),
    "another attribute": lambda kind: setattr(kind("a", 1), "size", 2),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_the_library_refuses_is_refused(fault: str) -> None:
    for kind in (Theirs, Ours):
        with pytest.raises((TypeError, AttributeError, ValueError)):
            FAULTS[fault](kind)


def test_what_is_missing_is_named() -> None:
    with pytest.raises(TypeError, match=r"Ours\(\) missing 1 required positional argument: 'of'"):
        Ours("a")  # type: ignore[call-arg]


def test_a_value_without_members_is_an_empty_tuple() -> None:
    assert Bare() == ()


def test_no_start_pays_for_the_classes_of_the_library() -> None:
    modules = [*(ROOT / "nvqplan").rglob("*.py")]
    trees = {path.name: ast.parse(path.read_text("utf-8")) for path in modules}
    taken = {
        name
        for name, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "typing"
        if "NamedTuple" in [each.name for each in node.names]
    }
    assert taken == {"values.py"}
