"""What every kind of rule can do, and what its parser is given."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar, TypeVar

from nvqplan.core.atoms import NODE, WHOLE
from nvqplan.core.findings import Located
from nvqplan.core.records import RULES, Key, Members, Record, one_of_keys
from nvqplan.core.shapes import Shape, Spot, map_of
from nvqplan.core.units import Mix, Offering
from nvqplan.core.values import NamedTuple
from nvqplan.rules.counting import SumView
from nvqplan.rules.entries import Entry
from nvqplan.rules.filters import Filter
from nvqplan.rules.learner import AT_LEAST, AT_MOST, FigureBounds, Learner, Range
from nvqplan.rules.outcome import Outcome
from nvqplan.solving.linear import Linear
from nvqplan.solving.machine import Machine

T = TypeVar("T")

UnitTable = tuple[tuple[str, str], tuple[tuple[str, str], ...]]
"""The units that a rule speaks of, as a printed page shows them: the head, and the rows."""


class Alternative(NamedTuple):
    """Conditions that must all hold, under the name that people know them by."""

    name: str
    kinds: tuple["Kind", ...]


class Part(NamedTuple):
    """A component of the qualification: which units it can use, and how much of them."""

    name: str
    of: Filter
    at_least: int
    at_most: int | None


class Kind(ABC):
    """The part of a rule that differs from kind to kind, and all that others ask of it.

    A kind must have the abstract members, a `code` and how it is `described`. The other members say
    what is special about it; their defaults are those of a rule about which nothing is.
    """

    code: ClassVar[str]
    """The finding code of a mix that breaks such a rule."""

    described: ClassVar[str]
    """What such a rule is, for those who write it."""

    measure: str = ""
    """What it adds up, such as credits or titles; "" where it adds nothing up."""

    as_sum: SumView | None = None
    """The rule as one sum over units, where it is just that."""

    mandatory: tuple[Entry, ...] = ()
    """The units that every mix must have, where that is all the rule says."""

    asks_of_learner: tuple[FigureBounds, ...] = ()
    """What it asks of the learner alone; such a rule reads no unit, and no choice mends it."""

    alternatives: tuple[Alternative, ...] = ()
    """What it offers to choose; its only outcome has an option for each of them, in this order."""

    parts: tuple[Part, ...] = ()
    """The components over which it shares out the units; it has an outcome for each, in order."""

    only_tells: bool = False
    """Whether no mix breaks it: where it holds, that is reported; it asks for nothing."""

    is_certifiable: bool = False
    """Whether a certificate can show it, so that anybody can do each of its sums by hand."""

    @classmethod
    @abstractmethod
    def shape(cls, key: str, offering: Offering) -> Shape["Kind"]:
        """How such a rule is written under its key, in a qualification with this offering."""

    @abstractmethod
    def machines(self, name: str, offering: Offering, learner: Learner) -> tuple[Machine, ...]:
        """The rule for the solvers: all machines accept exactly where all outcomes hold."""

    @abstractmethod
    def outcomes(self, offering: Offering, learner: Learner, mix: Mix) -> tuple[Outcome, ...]:
        """The rule for people: what it says of a mix."""

    @abstractmethod
    def figures(self) -> str:
        """The rule in figures, short enough for one cell of a table."""

    def role(self, unit: str, offering: Offering) -> str:
        """What a unit is to the rule, in a few words; "" where the rule does not speak of it."""
        return ""

    def unit_table(self, offering: Offering) -> UnitTable:
        """The units that the rule speaks of, those of one role in one row."""
        roles: dict[str, list[str]] = {}
        for number in offering.units:
            if role := self.role(number, offering):
                roles.setdefault(role, []).append(number)
        rows = tuple((role, ", ".join(numbers)) for role, numbers in roles.items())
        return ("What it is to the rule", "Units"), rows

    def conditions(self) -> Iterator["Kind"]:
        """The conditions of all alternatives that it offers, those in choices among them too."""
        for alternative in self.alternatives:
            for each in alternative.kinds:
                yield each
                yield from each.conditions()


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
    """Return for each outcome that does not hold a machine that no mix meets."""
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


def say_bounds(least: object, most: object) -> str:
    """`at least 3 and at most 6`, `exactly 2`; None is no bound."""
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
