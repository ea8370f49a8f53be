"""What every kind of rule can do, and what its parser is given."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar, Generic, NamedTuple, Protocol, Self, TypeVar

from nvqplan.core.atoms import NAME, NODE, WHOLE, Schema
from nvqplan.core.findings import Findings, Located
from nvqplan.core.names import did_you_mean
from nvqplan.core.shapes import (
    RULES,
    Enough,
    Fault,
    Key,
    ListOf,
    Made,
    MapOf,
    Members,
    Record,
    Shape,
    one_of_keys,
)
from nvqplan.core.units import Offering
from nvqplan.rules.learner import AT_LEAST, AT_MOST, Learner, Range
from nvqplan.rules.outcome import Outcome
from nvqplan.solving.linear import Linear
from nvqplan.solving.machine import Machine

T = TypeVar("T")


class Kind(Protocol):
    """The part of a rule that differs from kind to kind.

    `machines` and `outcomes` say the same of every mix, one for the solvers and one for people:
    all machines accept exactly where all outcomes hold.
    """

    code: ClassVar[str]
    """The finding code of a mix that breaks such a rule."""

    @classmethod
    def shape(cls, key: str, offering: Offering) -> Shape[Self]:
        """How such a rule is written under its key, in a qualification with this offering."""
        ...

    def machines(self, name: str, offering: Offering, learner: Learner) -> tuple[Machine, ...]: ...

    def outcomes(
        self, offering: Offering, learner: Learner, mix: frozenset[str]
    ) -> tuple[Outcome, ...]: ...

    def figures(self) -> str:
        """The rule in figures, short enough for one cell of a table."""
        ...

    def role(self, unit: str, offering: Offering) -> str:
        """What a unit is to the rule, in a few words; "" where the rule does not speak of it."""
        ...


def conditions(kind: Kind) -> Iterator[Kind]:
    """The conditions of all alternatives that a rule offers, those in choices among them too."""
    for alternative in getattr(kind, "alternatives", ()):
        for each in alternative.kinds:
            yield each
            yield from conditions(each)


EXACTLY = Key("exactly", WHOLE)
BOUNDS = (AT_LEAST, AT_MOST, EXACTLY)


def bounded(*keys: Key[Any]) -> Made[Members, Members]:
    """A record with `exactly`, or with `at_least`, `at_most` or both, beside these keys."""
    one = [{"required": ["exactly"]}, {"anyOf": one_of_keys(("at_least", "at_most"))}]
    return Made(Record((*keys, *BOUNDS), RULES), _check_bounds, {"oneOf": one})


def _check_bounds(members: Members, node: Located, what: str, found: Findings) -> Members:
    given = [each.name for each in BOUNDS if members.has(each)]
    least, most = bounds_of(members)
    if not given or ("exactly" in given and len(given) > 1):
        message = f"{what} needs at_least, at_most or both, or exactly alone"
        found.add(node, "NVQ401", message)
    elif least is not None and most is not None and least > most:
        found.add(node, "NVQ401", f"at_least {least} is more than at_most {most}")
    return members


def bounds_of(members: Members) -> Range:
    """The least and the most that a `bounded` record allows."""
    exactly = members.get(EXACTLY)
    least = members.get(AT_LEAST) if members.has(AT_LEAST) else exactly
    return least, members.get(AT_MOST) if members.has(AT_MOST) else exactly


def never_met(name: str, outcomes: Iterable[Outcome]) -> tuple[Linear, ...]:
    """For each outcome that no unit can change, and that does not hold: what no mix meets."""
    return tuple(Linear(name, {}, lower=1) for each in outcomes if not each.holds)


class OfOneMeasure(NamedTuple, Generic[T]):
    """A mapping from the one measure that is summed, such as credits, to what is said of it."""

    said: Shape[T]
    offering: Offering

    def read(self, node: Located, what: str, found: Findings) -> tuple[str, T | None]:
        members = MapOf(NODE).read(node, what, found)
        measures = self.offering.measures
        if len(members) != 1:
            found.add(node, "NVQ401", f"{what} is of one measure, such as credits")
        for measure, inside in members.items():
            if measure in measures:
                return measure, self.said.read(inside, measure, found)
            known = f"known: {', '.join(measures)}"
            help = did_you_mean(measure, measures, len(found)) or known
            found.add(inside.key, "NVQ401", f"unknown measure '{measure}'", help)
        for inside in members.values():
            return measures[0], self.said.read(inside, measures[0], found)
        return measures[0], None

    def schema(self, definitions: Schema) -> Schema:
        named = {"propertyNames": {"enum": list(self.offering.measures)}}
        one = {"minProperties": 1, "maxProperties": 1}
        return {**MapOf(self.said).schema(definitions), **named, **one}


def say_bounds(least: int | str | None, most: int | str | None) -> str:
    """`at least 3 and at most 6`, `exactly 2`."""
    if least == most:
        return f"exactly {least}"
    low = [f"at least {least}"] if least is not None else []
    high = [f"at most {most}"] if most is not None else []
    return " and ".join(low + high)


def named(what: str) -> Callable[[str, Located, str, Findings], bool]:
    """What tells a name that people could not read."""

    def check(name: str, node: Located, _: str, found: Findings) -> bool:
        if not name.strip() or not name.isprintable():
            found.add(node.key, "NVQ401", f"{what} needs a name")
        return True

    return check


NO_UNIT = Fault("{what} names no unit")


def units_in(offering: Offering) -> Made[tuple[Located, ...], tuple[str, ...]]:
    """A list of units, each once, and each of them one that is offered."""

    def make(names: tuple[Located, ...], _: Located, what: str, found: Findings) -> tuple[str, ...]:
        numbers: list[str] = []
        for each in names:
            if each.text not in offering.units:
                help = did_you_mean(each.text, offering.units, len(found))
                found.add(each, "NVQ401", f"unit '{each.text}' in {what} is in no group", help)
            elif each.text in numbers:
                found.add(each, "NVQ401", f"unit '{each.text}' stands twice in {what}")
            else:
                numbers.append(each.text)
        return tuple(numbers)

    return Made(Enough(ListOf(NAME), 1, NO_UNIT), make)
