"""The same rules for every program: units, and weighted sums of them between two bounds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import NamedTuple

from tasks import Task

from nvqplan.core.findings import Findings
from nvqplan.core.sources import Sources
from nvqplan.reading.rulebook import find_data, read_rulebook
from nvqplan.rules.qualification import Qualification
from nvqplan.rules.terms import Terms
from nvqplan.solving.linear import Linear
from nvqplan.space.mixes import Space
from nvqplan.space.wishes import Wishes

Weights = Mapping[str, int]
"""What each unit of a mix adds to its score; may be negative."""

Chooser = Callable[[Weights, int], list[int]]
"""The sums of so many best mixes, greatest first."""


class Sum(NamedTuple):
    """`lower <= the weights of the taken units together <= upper`."""

    weights: tuple[tuple[str, int], ...]
    lower: int
    upper: int

    @property
    def units(self) -> list[str]:
        return [unit for unit, _ in self.weights]

    @property
    def factors(self) -> list[int]:
        return [weight for _, weight in self.weights]

    @property
    def has_lower(self) -> bool:
        """Whether some mix stays below the lower bound."""
        return self.lower > sum(min(weight, 0) for weight in self.factors)

    @property
    def has_upper(self) -> bool:
        """Whether some mix goes over the upper bound."""
        return self.upper < sum(max(weight, 0) for weight in self.factors)


class Model(NamedTuple):
    """What every peer is given."""

    name: str
    sums: tuple[Sum, ...]
    orders: Mapping[str, tuple[str, ...]]
    """The units in the orders that were fastest for one peer or another."""

    @property
    def units(self) -> tuple[str, ...]:
        return self.orders["printed"]

    def allows(self, mix: frozenset[str]) -> bool:
        """Whether the mix keeps every bound, found by adding up."""
        totals = (sum(weight for unit, weight in each.weights if unit in mix) for each in self.sums)
        return mix <= set(self.units) and all(
            each.lower <= total <= each.upper for each, total in zip(self.sums, totals, strict=True)
        )


def open_task(task: Task) -> Space:
    """The space of a task; nothing is compiled yet."""
    return space_of(find_qualification(task.id), task.credits)


@cache
def find_qualification(id: str) -> Qualification:
    """A qualification of the printed rulebook, which is read once."""
    rulebook = read_rulebook(find_data(), Sources(), Findings())
    if rulebook is None:
        raise SystemExit("the rulebook has faults, see: nvqplan rules")
    return next(each for each in rulebook.qualifications if each.id == id)


def space_of(qualification: Qualification, credits: int | None = None) -> Space:
    """Its legal mixes, whatever the date of registration."""
    wishes = Wishes(credits=(credits, credits))
    return Space(qualification, Terms("any").learner(qualification), wishes=wishes)


def model_of(space: Space, name: str) -> Model:
    """The rules of a space as sums.

    Only `Linear` machines are handed over: the one that is none, the open date of registration,
    says what a barred pair says already, and all programs' counts are compared.
    """
    machines = [machine for demand in space.demands for machine in demand.machines]
    linear = [machine for machine in machines if isinstance(machine, Linear)]
    sums = tuple(_sum(machine) for machine in linear if machine.variables)
    return Model(name, sums, _orders(space, sums))


def _sum(machine: Linear) -> Sum:
    weights = tuple((unit, machine.weights[unit]) for unit in machine.variables)
    least = sum(min(weight, 0) for _, weight in weights)
    most = sum(max(weight, 0) for _, weight in weights)
    lower = least if machine.lower is None else machine.lower
    return Sum(weights, lower, most if machine.upper is None else machine.upper)


def _orders(space: Space, sums: Sequence[Sum]) -> Mapping[str, tuple[str, ...]]:
    offering, level = space.qualification.offering, space.qualification.level
    units = offering.units
    paired = {unit for each in sums if len(each.weights) == len("ab") for unit in each.units}

    def by_level(number: str) -> tuple[str, bool, bool, int]:
        unit = units[number]
        return offering.groups[number], unit.level == level, number in paired, -unit.credits

    def by_weight(number: str) -> tuple[str, int]:
        return offering.groups[number], -units[number].credits

    return {
        "printed": tuple(units),
        "ours": space.order,
        "group, level": tuple(sorted(units, key=by_level)),
        "group, heaviest": tuple(sorted(units, key=by_weight)),
    }


def read_rows(text: bytes) -> list[frozenset[str]]:
    """The mixes of a listing: a row each, spaces between the units; other lines are none."""
    lines = text.decode().splitlines()
    return [frozenset(line.split()) for line in lines if line[:1].isdigit()]


def gaps(weights: Weights, wanted: int) -> Iterator[int]:
    """How far below the greatest sum to look for so many: ever further, at last for everything.

    The first is the right one where no rule forbids to leave out what weighs most and to take
    what weighs least: the losses are then the sums of the lightest weights.
    """
    lightest = sorted(map(abs, weights.values()))[: wanted.bit_length() + 1]
    sizes = range(len(lightest) + 1)
    losses = sorted(sum(some) for size in sizes for some in combinations(lightest, size))
    gap, most = losses[min(wanted, len(losses)) - 1], sum(map(abs, weights.values()))
    while gap < most:
        yield gap
        gap = 2 * gap + 1
    yield most
