"""Units that a rule asks for: `["101", ["206", "207"]]` is 101, and one of 206 and 207."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Any, NamedTuple

from nvqplan.core.atoms import NAME
from nvqplan.core.findings import Findings, Located
from nvqplan.core.names import did_you_mean
from nvqplan.core.shapes import Enough, Fault, ListOf, Made, OneOrMore
from nvqplan.core.units import Offering
from nvqplan.rules.kind import NO_UNIT
from nvqplan.rules.outcome import Outcome
from nvqplan.solving.linear import Linear


class Entry(NamedTuple):
    """A unit that a rule asks for, or several of which it asks for one.

    `numbers` are those of `units` and all that they also go by: any one of them will do.
    """

    units: tuple[str, ...]
    numbers: tuple[str, ...]

    def found_in(self, mix: frozenset[str]) -> str | None:
        """The first of its numbers that is in the mix."""
        for number in self.numbers:
            if number in mix:
                return number
        return None

    def __str__(self) -> str:
        return self.units[0] if len(self.units) == 1 else f"one of {', '.join(self.units)}"


Written = Iterable[Sequence[Located]]
"""The units of each entry, as they are written."""


def entries_in(offering: Offering) -> Made[Any, tuple[Entry, ...]]:
    """A list of units, and of lists of units of which one will do; no unit twice."""

    def make(written: Written, _: Located, what: str, found: Findings) -> tuple[Entry, ...]:
        return tuple(_make_entries(written, what, offering, found))

    few = Fault("'one of' in {what} names at least two units")
    entry = OneOrMore(ListOf(NAME), Enough(ListOf(NAME), 2, few))
    return Made(Enough(ListOf(entry, "{what}"), 1, NO_UNIT), make)


def sets_in(offering: Offering, each: str) -> Enough[tuple[tuple[Entry, ...], ...]]:
    """A list of sets of at least two units; `each` is what messages call a set."""

    def make(
        units: tuple[Located, ...], _: Located, what: str, found: Findings
    ) -> tuple[Entry, ...]:
        return tuple(_make_entries([(unit,) for unit in units], what, offering, found))

    units = Made(Enough(ListOf(NAME), 1, NO_UNIT), make)
    two = Enough(units, 2, Fault("{what} names at least two units"))
    return Enough(ListOf(two, each), 1, NO_UNIT)


def _make_entries(
    written: Written, what: str, offering: Offering, found: Findings
) -> Iterator[Entry]:
    seen: dict[str, str] = {}
    for named in written:
        units = [unit for each in named if (unit := _unit(each, what, seen, offering, found))]
        if units:
            numbers = (number for unit in units for number in offering.numbers_of(unit))
            yield Entry(tuple(units), tuple(dict.fromkeys(numbers)))


def _unit(
    node: Located, what: str, seen: dict[str, str], offering: Offering, found: Findings
) -> str | None:
    """A unit that is offered and was not named before, under this number or another."""
    number = node.text
    if number not in offering.units:
        help = did_you_mean(number, offering.units, len(found))
        found.add(node, "NVQ401", f"unit '{number}' in {what} is in no group", help)
    elif seen.get(number) == number:
        found.add(node, "NVQ401", f"unit '{number}' stands twice in {what}")
    elif number in seen:
        found.add(
            node, "NVQ401", f"unit '{number}' stands twice in {what}, first as {seen[number]}"
        )
    else:
        seen.update(dict.fromkeys(offering.numbers_of(number), number))
        return number
    return None


def ask(
    entries: Sequence[Entry],
    mix: frozenset[str],
    about: str = "",
    asked_by: tuple[str, ...] = (),
    at_least: int | None = None,
) -> Outcome:
    """How many of the entries a mix has, and which it lacks; `at_least` if not all are needed."""
    present = [(each, each.found_in(mix)) for each in entries]
    counted = tuple([number for _, number in present if number is not None])
    needed = len(entries) if at_least is None else at_least
    missing: tuple[str, ...] = ()
    choices: tuple[tuple[str, ...], ...] = ()
    if needed == len(entries):
        lacking = [each for each, number in present if number is None]
        missing = tuple([each.numbers[0] for each in lacking if len(each.numbers) == 1])
        choices = tuple([each.numbers for each in lacking if len(each.numbers) > 1])
    return Outcome("units", len(counted), needed, None, counted, missing, about, choices, asked_by)


def found_all(entries: Iterable[Entry], mix: frozenset[str]) -> tuple[str, ...]:
    """For each entry the unit of the mix that meets it; empty where one is not met."""
    present = [each.found_in(mix) for each in entries]
    return () if None in present else tuple([each for each in present if each is not None])


def implications(name: str, conditions: Sequence[Entry], wanted: Iterable[str]) -> Iterator[Linear]:
    """If all conditions are met, one of the wanted numbers is there, as sums.

    Of each way to meet n conditions by n numbers: `taken(wanted) - taken(those n) >= 1 - n`. It is
    1 - n or more as long as one of the n is left, and where all are taken, it asks for one wanted.
    """
    for way in product(*[each.numbers for each in conditions]):
        weights = dict.fromkeys(wanted, 1)
        for number in way:
            weights[number] = weights.get(number, 0) - 1
        yield Linear(name, weights, lower=1 - len(way))
