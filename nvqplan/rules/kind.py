"""What every kind of rule can do, and what its parser is given."""

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar, Protocol, Self

from nvqplan.core.fields import as_mapping, as_names, as_whole, check_known
from nvqplan.core.findings import Findings, Located
from nvqplan.core.names import did_you_mean
from nvqplan.core.units import Offering
from nvqplan.rules.learner import Learner
from nvqplan.rules.outcome import Outcome
from nvqplan.solving.linear import Linear
from nvqplan.solving.machine import Machine


class Kind(Protocol):
    """The part of a rule that differs from kind to kind.

    `machines` and `outcomes` say the same of every mix, one for the solvers and one for people:
    all machines accept exactly where all outcomes hold.
    """

    code: ClassVar[str]
    """The finding code of a mix that breaks such a rule."""

    @classmethod
    def parse(cls, key: str, node: Located, offering: Offering, found: Findings) -> Self: ...

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
    """For each outcome that no unit can change, and that does not hold: what no mix meets."""
    return tuple(Linear(name, {}, lower=1) for each in outcomes if not each.holds)


def parse_measure(
    key: str, node: Located, offering: Offering, found: Findings
) -> tuple[str, Located]:
    """The one measure that is summed, such as credits, and what is said of it."""
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


def offered_units(node: Located, what: str, offering: Offering, found: Findings) -> tuple[str, ...]:
    """The numbers in a list of units, each once, and each of them one that is offered."""
    numbers: list[str] = []
    if node.value == []:
        found.add(node, "NVQ401", f"{what} names no unit")
    for each in as_names(node, what, found):
        if each.text not in offering.units:
            help = did_you_mean(each.text, offering.units, len(found))
            found.add(each, "NVQ401", f"unit '{each.text}' in {what} is in no group", help)
        elif each.text in numbers:
            found.add(each, "NVQ401", f"unit '{each.text}' stands twice in {what}")
        else:
            numbers.append(each.text)
    return tuple(numbers)
