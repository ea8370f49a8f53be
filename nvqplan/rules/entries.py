"""Units that a rule asks for: `["101", ["206", "207"]]` is 101, and one of 206 and 207."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import product

from nvqplan.core.atoms import NAME
from nvqplan.core.findings import Located, Location
from nvqplan.core.shapes import Shape, Spot, list_of, one_or_more
from nvqplan.core.units import Mix, Offering
from nvqplan.core.values import NamedTuple
from nvqplan.core.words import did_you_mean
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


NO_UNIT = "{what} names no unit"


def offered(at: Spot, unit: str, offering: Offering, place: Located | Location) -> bool:
    """Whether a unit is offered; it is told where it is not."""
    if unit in offering.units:
        return True
    help = did_you_mean(unit, offering.units, len(at.found))
    at.tell(f"unit '{unit}' in {at.what} is in no group", help, place)
    return False


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


def entries_in(offering: Offering) -> Shape[tuple[Entry, ...]]:
    """A list of units, and of lists of units of which one will do; no unit twice."""
    some = list_of(NAME).at_least(2, "'one of' in {what} names at least two units")
    entries = list_of(one_or_more(NAME, some), "{what}").at_least(1, NO_UNIT)
    return entries.made(partial(_make_entries, offering))


def sets_in(offering: Offering, each: str) -> Shape[tuple[tuple[Entry, ...], ...]]:
    """A list of sets of at least two units; `each` is what messages call a set."""
    alone = list_of(NAME).at_least(1, NO_UNIT).into(lambda units: [(unit,) for unit in units])
    entries = alone.made(partial(_make_entries, offering))
    two = entries.at_least(2, "{what} names at least two units")
    return list_of(two, each).at_least(1, NO_UNIT)


def _make_entries(
    offering: Offering, written: Iterable[Sequence[Located]], at: Spot
) -> tuple[Entry, ...]:
    seen: dict[str, str] = {}
    entries = []
    for choice in written:
        units = [each.text for each in choice if _is_new(each, seen, offering, at)]
        if units:
            numbers = (number for unit in units for number in offering.numbers_of(unit))
            entries.append(Entry(tuple(units), tuple(dict.fromkeys(numbers))))
    return tuple(entries)


def _is_new(node: Located, seen: dict[str, str], offering: Offering, at: Spot) -> bool:
    """Whether a unit is offered and was not named before, under this number or another."""
    number = node.text
    if not offered(at, number, offering, node):
        return False
    if number in seen:
        first = "" if seen[number] == number else f", first as {seen[number]}"
        at.tell(f"unit '{number}' stands twice in {at.what}{first}", at=node)
        return False
    seen.update(dict.fromkeys(offering.numbers_of(number), number))
    return True


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
