"""What every kind of rule can do, and what its parser is given."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar, NamedTuple, Self

from nvqplan.core.fields import as_mapping, as_whole, check_known
from nvqplan.core.findings import Findings, Located
from nvqplan.core.names import did_you_mean
from nvqplan.core.units import Mix, Offering
from nvqplan.rules.counting import SumView
from nvqplan.rules.entries import Entry
from nvqplan.rules.filters import Filter
from nvqplan.rules.learner import FigureBounds, Learner
from nvqplan.rules.outcome import Outcome
from nvqplan.solving.linear import Linear
from nvqplan.solving.machine import Machine


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


class UnitTable(NamedTuple):
    """The units that a rule speaks of, as a printed page shows them."""

    heads: tuple[str, str]
    rows: tuple[tuple[str, str], ...]


class Kind(ABC):
    """The part of a rule that differs from kind to kind, and all that others ask of it.

    A kind must have the abstract members and a `code`. The other members say what is special about
    it; their defaults are those of a rule about which nothing is.
    """

    code: ClassVar[str]
    """The finding code of a mix that breaks such a rule."""

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
    def parse(cls, key: str, node: Located, offering: Offering, found: Findings) -> Self:
        """Read the rule from what stands under its key."""

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
        return UnitTable(("What it is to the rule", "Units"), rows)

    def conditions(self) -> Iterator["Kind"]:
        """The conditions of all alternatives that it offers, those in choices among them too."""
        for alternative in self.alternatives:
            for each in alternative.kinds:
                yield each
                yield from each.conditions()


BOUNDS = ("at_least", "at_most", "exactly")


def parse_bounds(
    members: Mapping[str, Located],
    node: Located,
    key: str,
    others: tuple[str, ...],
    found: Findings,
) -> tuple[int | None, int | None]:
    """The least and the most that a rule allows; `others` are the keys that may stand beside."""
    check_known(dict(members), (*others, *BOUNDS), key, "NVQ401", found)
    bounds = {name: as_whole(members[name], name, found) for name in BOUNDS if name in members}
    exactly = bounds.get("exactly")
    least, most = bounds.get("at_least", exactly), bounds.get("at_most", exactly)
    if not bounds or ("exactly" in bounds and len(bounds) > 1):
        found.add(node, "NVQ401", f"{key} needs at_least, at_most or both, or exactly alone")
    elif least is not None and most is not None and least > most:
        found.add(node, "NVQ401", f"at_least {least} is more than at_most {most}")
    return least, most


def never_met(name: str, outcomes: Iterable[Outcome]) -> tuple[Linear, ...]:
    """Return for each outcome that does not hold a machine that no mix meets."""
    return tuple(Linear(name, {}, lower=1) for each in outcomes if not each.holds)


def parse_measure(
    key: str, node: Located, offering: Offering, found: Findings
) -> tuple[str, Located]:
    """Read the one measure that is summed, such as credits; return it and what stands under it."""
    members = as_mapping(node, key, found)
    if len(members) != 1:
        found.add(node, "NVQ401", f"{key} is of one measure, such as credits")
    for measure, inside in members.items():
        if measure in offering.measures:
            return measure, inside
        known = f"known: {', '.join(offering.measures)}"
        help = did_you_mean(measure, offering.measures, len(found)) or known
        found.add(inside.key, "NVQ401", f"unknown measure '{measure}'", help)
    return offering.measures[0], next(iter(members.values()), node)


def say_bounds(least: int | str | None, most: int | str | None) -> str:
    """`at least 3 and at most 6`, `exactly 2`."""
    if least == most:
        return f"exactly {least}"
    low = [f"at least {least}"] if least is not None else []
    high = [f"at most {most}"] if most is not None else []
    return " and ".join(low + high)
