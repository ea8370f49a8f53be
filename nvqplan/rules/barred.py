"""Barred units: `barred = [["112", "221"], ["113", "222"]]`."""

from collections.abc import Iterator
from itertools import chain, combinations
from typing import ClassVar

from nvqplan.core.shapes import Shape
from nvqplan.core.units import Mix, Offering
from nvqplan.rules.entries import Entry, sets_in
from nvqplan.rules.kind import Kind, UnitTable
from nvqplan.rules.learner import Learner
from nvqplan.rules.outcome import Outcome
from nvqplan.solving.linear import Linear


class Barred(Kind):
    """Of each set of units at most one may be in the mix."""

    code: ClassVar[str] = "NVQ303"
    described: ClassVar[str] = "Sets of units of which a mix holds at most one."

    def __init__(self, sets: tuple[tuple[Entry, ...], ...]) -> None:
        self.entries = sets
        self._names = [(entries, say_set(entries)) for entries in sets]
        self.is_certifiable = all(each.is_by_hand for entries in sets for each in entries)

    @classmethod
    def shape(cls, key: str, offering: Offering) -> Shape["Barred"]:
        return sets_in(offering, "a barred set").into(cls)

    def machines(self, name: str, offering: Offering, learner: Learner) -> tuple[Linear, ...]:
        return tuple(each for entries in self.entries for each in at_most_one(name, entries))

    def outcomes(self, offering: Offering, learner: Learner, mix: Mix) -> tuple[Outcome, ...]:
        return tuple([count_present(entries, mix, about) for entries, about in self._names])

    def figures(self) -> str:
        return "at most one of " + "; ".join(map(say_set, self.entries))

    def role(self, unit: str, offering: Offering) -> str:
        others = others_beside(unit, self.entries)
        return f"barred with {', '.join(others)}" if others else ""

    def unit_table(self, offering: Offering) -> UnitTable:
        """The barred units set by set, with their titles."""
        rows = (
            (say_set(each), "; ".join(offering.units[entry.units[0]].title for entry in each))
            for each in self.entries
        )
        return ("At most one of", "Titles"), tuple(rows)


def count_present(entries: tuple[Entry, ...], mix: Mix, about: str) -> Outcome:
    """How many units of a set, of which one is allowed, a mix has."""
    present = [each.found_in(mix) for each in entries]
    counted = tuple([number for number in present if number is not None])
    return Outcome("units", len(counted), None, 1, counted, about=about)


def at_most_one(name: str, entries: tuple[Entry, ...]) -> Iterator[Linear]:
    """Make one sum over the set; where a unit has several numbers, one for each two that bar.

    Two numbers of one unit are one unit: they do not bar each other here.
    """
    if all(len(each.numbers) == 1 for each in entries):
        yield Linear(name, dict.fromkeys([each.numbers[0] for each in entries], 1), upper=1)
        return
    for one, other in combinations(entries, 2):
        for first in one.numbers:
            for second in other.numbers:
                yield Linear(name, {first: 1, second: 1}, upper=1)


def say_set(entries: tuple[Entry, ...]) -> str:
    return ", ".join([each.units[0] for each in entries])


def others_beside(unit: str, sets: tuple[tuple[Entry, ...], ...]) -> tuple[str, ...]:
    """Find the numbers that stand in a set with a unit, without its own."""
    beside = [entries for entries in sets if any(unit in each.numbers for each in entries)]
    others = [each.numbers for entries in beside for each in entries if unit not in each.numbers]
    return tuple(dict.fromkeys(chain.from_iterable(others)))
