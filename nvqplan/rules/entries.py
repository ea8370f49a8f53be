"""Units that a rule asks for: `["101", ["206", "207"]]` is 101, and one of 206 and 207."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from nvqplan.core.fields import as_list, as_name, as_names
from nvqplan.core.findings import Findings, Located
from nvqplan.core.names import did_you_mean
from nvqplan.core.units import Mix, Offering
from nvqplan.rules.outcome import Outcome
from nvqplan.solving.linear import Linear


class Entry(NamedTuple):
    """A unit that a rule asks for, or several of which it asks for one.

    `numbers` are those of `units` and all that they also go by: any one of them will do.
    """

    units: tuple[str, ...]
    numbers: tuple[str, ...]

    @property
    def is_by_hand(self) -> bool:
        """Whether it is one number, so that a person need know of no other."""
        return len(self.numbers) == 1

    def found_in(self, mix: Mix) -> str | None:
        """The first of its numbers that is in the mix."""
        for number in self.numbers:
            if number in mix:
                return number
        return None

    def __str__(self) -> str:
        return self.units[0] if len(self.units) == 1 else f"one of {', '.join(self.units)}"


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


def parse_entries(
    node: Located, what: str, offering: Offering, found: Findings, *, choices: bool = True
) -> tuple[Entry, ...]:
    """Read a list of units, and of lists of units where `choices` may be left; no unit twice."""
    entries = []
    seen: dict[str, str] = {}
    if node.value == []:
        found.add(node, "NVQ401", f"{what} names no unit")
    for each in as_list(node, what, found):
        if isinstance(each.value, list) and choices:
            if len(each.value) <= 1:
                found.add(each, "NVQ401", f"'one of' in {what} names at least two units")
            named = each.value
        else:
            named = [each]
        units = [unit for one in named if (unit := _unit(one, what, seen, offering, found))]
        if units:
            numbers = (number for unit in units for number in offering.numbers_of(unit))
            entries.append(Entry(tuple(units), tuple(dict.fromkeys(numbers))))
    return tuple(entries)


def _unit(
    node: Located, what: str, seen: dict[str, str], offering: Offering, found: Findings
) -> str | None:
    """A unit that is offered and was not named before, under this number or another."""
    number = as_name(node, f"each of {what}", found)
    if number is None:
        return None
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
    mix: Mix,
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


def found_all(entries: Iterable[Entry], mix: Mix) -> tuple[str, ...]:
    """Find for each entry the unit of the mix that meets it; empty where one is not met."""
    present = [each.found_in(mix) for each in entries]
    return () if None in present else tuple([each for each in present if each is not None])


def implications(name: str, conditions: Sequence[Entry], needed: Iterable[str]) -> Iterator[Linear]:
    """The sums that say: if all conditions are met, one of the needed numbers is there.

    Of each way to meet n conditions by n numbers: `taken(needed) - taken(those n) >= 1 - n`. It is
    1 - n or more as long as one of the n is left, and where all are taken, one needed is asked for.
    """
    for way in product(*[each.numbers for each in conditions]):
        weights = dict.fromkeys(needed, 1)
        for number in way:
            weights[number] = weights.get(number, 0) - 1
        yield Linear(name, weights, lower=1 - len(way))
