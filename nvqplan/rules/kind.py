"""What every kind of rule can do, and what its parser is given."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar, Protocol, Self, TypeVar

from nvqplan.core.atoms import NAME, NODE, WHOLE
from nvqplan.core.findings import Located, Location
from nvqplan.core.names import did_you_mean
from nvqplan.core.records import RULES, Key, Members, Record, one_of_keys
from nvqplan.core.shapes import Shape, Spot, list_of, map_of
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


def bounded(*keys: Key[Any]) -> Shape[Members]:
    """A record with `exactly`, or with `at_least`, `at_most` or both, beside these keys."""
    one = [{"required": ["exactly"]}, {"anyOf": one_of_keys(("at_least", "at_most"))}]
    return Record((*keys, *BOUNDS), RULES, more={"oneOf": one}).shape.made(_check_bounds)


def _check_bounds(members: Members, at: Spot) -> Members:
    given = [each.name for each in BOUNDS if members.has(each)]
    least, most = bounds_of(members)
    if not given or ("exactly" in given and len(given) > 1):
        at.tell(f"{at.what} needs at_least, at_most or both, or exactly alone")
    elif least is not None and most is not None and least > most:
        at.tell(f"at_least {least} is more than at_most {most}")
    return members


def bounds_of(members: Members) -> Range:
    """The least and the most that a `bounded` record allows."""
    exactly = members.get(EXACTLY)
    least = members.get(AT_LEAST) if members.has(AT_LEAST) else exactly
    return least, members.get(AT_MOST) if members.has(AT_MOST) else exactly


def never_met(name: str, outcomes: Iterable[Outcome]) -> tuple[Linear, ...]:
    """For each outcome that no unit can change, and that does not hold: what no mix meets."""
    return tuple(Linear(name, {}, lower=1) for each in outcomes if not each.holds)


def of_one_measure(said: Shape[T], offering: Offering) -> Shape[tuple[str, T | None]]:
    """A mapping from the one measure that is summed, such as credits, to what is said of it."""
    measures = offering.measures

    def make(members: dict[str, Located], at: Spot) -> tuple[str, T | None]:
        if len(members) != 1:
            at.tell(f"{at.what} is of one measure, such as credits")
        for measure, inside in members.items():
            if measure in measures:
                return measure, said.read(inside, measure, at.found)
            at.tell_unknown("measure", measure, measures, inside.key)
        for inside in members.values():
            return measures[0], said.read(inside, measures[0], at.found)
        return measures[0], None

    named = {"propertyNames": {"enum": list(measures)}, "minProperties": 1, "maxProperties": 1}
    return Shape(map_of(NODE).made(make).read, map_of(said).stating(**named).schema)


def say_bounds(least: int | str | None, most: int | str | None) -> str:
    """`at least 3 and at most 6`, `exactly 2`."""
    if least == most:
        return f"exactly {least}"
    low = [f"at least {least}"] if least is not None else []
    high = [f"at most {most}"] if most is not None else []
    return " and ".join(low + high)


def named(what: str) -> Callable[[str, Spot], None]:
    """What tells a name that people could not read."""

    def check(name: str, at: Spot) -> None:
        if not name.strip() or not name.isprintable():
            at.tell(f"{what} needs a name", at=at.node.key)

    return check


def offered(at: Spot, unit: str, offering: Offering, place: Located | Location) -> bool:
    """Whether a unit is offered; it is told where it is not."""
    if unit in offering.units:
        return True
    help = did_you_mean(unit, offering.units, len(at.found))
    at.tell(f"unit '{unit}' in {at.what} is in no group", help, place)
    return False


NO_UNIT = "{what} names no unit"


def units_in(offering: Offering) -> Shape[tuple[str, ...]]:
    """A list of units, each once, and each of them one that is offered."""

    def make(names: tuple[Located, ...], at: Spot) -> tuple[str, ...]:
        numbers: list[str] = []
        for each in names:
            if each.text in numbers:
                at.tell(f"unit '{each.text}' stands twice in {at.what}", at=each)
            elif offered(at, each.text, offering, each):
                numbers.append(each.text)
        return tuple(numbers)

    return list_of(NAME).at_least(1, NO_UNIT).made(make)
