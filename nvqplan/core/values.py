"""Values: tuples whose members have names, declared as with `typing.NamedTuple`.

To type checkers it is that very class. In a run, its classes were a twelfth of what a user waits
for at each start: of every one all annotations are checked, and a constructor is compiled from
text. Here one compiled constructor serves all values of as many members.
"""

from collections import _tuplegetter  # type: ignore[attr-defined]  # - a property is slower
from collections.abc import Iterable
from functools import cache
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, Self


class _NamedMembers(tuple[Any, ...]):
    """What all values can do, as `collections.namedtuple` has it."""

    __slots__ = ()
    _fields: tuple[str, ...]

    @classmethod
    def _make(cls, members: Iterable[Any]) -> Self:
        return cls(*members)

    def _replace(self, /, **changed: Any) -> Self:
        replaced = self._make(map(changed.pop, self._fields, self))
        if changed:
            raise TypeError(f"{type(self).__name__} has no {', '.join(changed)}")
        return replaced

    def __repr__(self) -> str:
        members = (f"{name}={member!r}" for name, member in zip(self._fields, self, strict=True))
        return f"{type(self).__name__}({', '.join(members)})"

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self)


@cache
def _constructor(number: int) -> CodeType:
    """What makes a tuple of so many members; their names are given later."""
    members = "".join(f"_{place}, " for place in range(number))
    function = eval(f"lambda cls, {members}: new(cls, ({members}))")  # noqa: S307 - no one's text
    code: CodeType = function.__code__
    return code


def _names_in(body: dict[str, Any]) -> tuple[str, ...]:
    """The names that are annotated; from Python 3.14 on a body tells only how to find out."""
    if "__annotations__" in body:
        return tuple(body["__annotations__"])
    how = {name: body[name] for name in body if "annotate" in name}
    return tuple(type("", (), how).__annotations__)


class _Declaration(type):
    """Turns the body of a declaration into a class of values."""

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> Any:
        names = _names_in(body)
        defaults = {each: body.pop(each) for each in names if each in body}
        code = _constructor(len(names)).replace(co_varnames=("cls", *names), co_qualname=name)
        known = {"new": tuple.__new__, "__name__": body["__module__"]}
        constructor = FunctionType(code, known, "__new__", (*defaults.values(),))
        body |= {each: _tuplegetter(place, "") for place, each in enumerate(names)}
        body |= {"__slots__": (), "__new__": constructor, "__match_args__": names}
        body |= {"_fields": names, "_field_defaults": defaults}
        return type(
            name, tuple(_NamedMembers if each is NamedTuple else each for each in bases), body
        )


if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 - others take it from here
else:
    NamedTuple = type.__new__(_Declaration, "NamedTuple", (), {})
