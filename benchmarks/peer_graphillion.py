"""Graphillion (C++): the legal mixes as a zero-suppressed decision diagram.

Two public ways lead to the diagram. `GraphSet.graphs` compiles all sums at once; a unit is an edge
of a path, of which any set is a graph. `setset` starts from all sets with the mandatory units and
takes away what one rule after another forbids, the shortest first, with `cost_le`.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, BinaryIO, NamedTuple

# On models this small Graphillion's threads wait for each other; it reads this when it is loaded.
os.environ.setdefault("OMP_NUM_THREADS", "1")

from graphillion import GraphSet, setset
from models import Chooser, Model, Sum, Weights, gaps
from timing import clock

NAME = "Graphillion"
ORDERS = ("ours", "group, level")
TRIALS = 9
GUESSES = 3
BATCH = 1000


class Route(NamedTuple):
    """One way to the diagram: Graphillion has one universe, the one that was set last."""

    name: str
    set_universe: Callable[[], object]
    compile: Callable[[], Any]

    def count_mixes(self) -> int:
        return int(self.compile().len())

    def count_in_new_universe(self) -> int:
        self.set_universe()
        return self.count_mixes()


class Bounds(NamedTuple):
    """The rules for `setset`: units in every mix, pairs of which no mix has both, sums at most."""

    order: tuple[str, ...]
    mandatory: list[str]
    barred: list[list[str]]
    costs: list[tuple[dict[str, int], int]]

    def loose(self) -> Any:
        """All sets that keep the rules which are not sums."""
        sets = setset({"include": self.mandatory})
        return sets.non_supersets(setset(self.barred)) if self.barred else sets

    def tighten(self, sets: Any) -> Any:
        """Those of the sets that keep all sums as well."""
        for costs, most in self.costs:
            sets = sets.cost_le(costs, most)
        return sets

    def compile(self) -> Any:
        return self.tighten(self.loose())


def fastest(model: Model, *, new_universe: bool) -> Route:
    """The route that won a short trial; its universe is set."""
    medians: dict[str, float] = {}
    routes = {route.name: route for route in routes_of(model)}
    for route in routes.values():
        route.set_universe()
        call = route.count_in_new_universe if new_universe else route.count_mixes
        medians[route.name] = sorted(clock(call) for _ in range(TRIALS))[TRIALS // 2]
    best = routes[min(medians, key=lambda name: medians[name])]
    best.set_universe()
    return best


def count(model: Model) -> int:
    """How many mixes there are."""
    bounds = _bounds(model, model.orders["ours"])
    setset.set_universe(bounds.order)
    return int(bounds.compile().len())


def lister(model: Model) -> Callable[[BinaryIO, int], int]:
    """A call that compiles the model and writes its first mixes, and says how many."""
    bounds = _bounds(model, model.orders["ours"])
    names = [b"", *(unit.encode() for unit in bounds.order)]

    def write(stream: BinaryIO, limit: int) -> int:
        setset.set_universe(bounds.order)
        # iter() gives the numbers of the elements, in their order; iterating over the set itself
        # makes a set of elements for each mix and is slower.
        sets = islice(bounds.compile().iter(), limit)
        rows = 0
        while batch := [b" ".join(map(names.__getitem__, mix)) for mix in islice(sets, BATCH)]:
            stream.write(b"\n".join(batch) + b"\n")
            rows += len(batch)
        return rows

    return write


def choosers(model: Model, *, compiled: bool) -> Mapping[str, Chooser]:
    """Ways to the sums of the best mixes, greatest first: the obvious one, and the fastest found.

    The universe is set before the clock starts, and where `compiled`, so is the diagram made.
    """
    bounds = _bounds(model, model.orders["ours"])
    setset.set_universe(bounds.order)
    ready: Any = bounds.compile() if compiled else None
    loose: Any = bounds.loose()

    def in_turn(weights: Weights, wanted: int) -> list[int]:
        sets = ready if compiled else bounds.compile()
        return [_sum(mix, weights) for mix in islice(sets.max_iter(weights), wanted)]

    def bounded(weights: Weights, wanted: int) -> list[int]:
        if compiled:
            return _bounded(loose, ready, lambda sets: sets, weights, wanted)
        new = bounds.loose()
        return _bounded(new, new, bounds.tighten, weights, wanted)

    return {"max_iter": in_turn, "cost_le": bounded}


def sampler(model: Model, *, compiled: bool) -> Callable[[int], list[set[str]]]:
    """A call that draws so many different mixes at random."""
    bounds = _bounds(model, model.orders["ours"])
    setset.set_universe(bounds.order)
    ready: Any = bounds.compile() if compiled else None

    def draw(size: int) -> list[set[str]]:
        sets = ready if compiled else bounds.compile()
        return list(islice(sets.rand_iter(), size))

    return draw


def _bounded(
    loose: Any, sets: Any, tighten: Callable[[Any], Any], weights: Weights, wanted: int
) -> list[int]:
    """Only what weighs enough is compiled and listed, the bound being lowered until it is enough.

    The bound is guessed below the best of the `loose` sets, then found below the real best.
    """
    top = _sum(next(loose.max_iter(weights)), weights)
    for gap in islice(gaps(weights, wanted), GUESSES):
        found = tighten(_above(sets, weights, top - gap))
        if found.len() >= wanted:
            return _greatest(found, weights, wanted)
    sets = tighten(sets)
    top = _sum(next(sets.max_iter(weights)), weights)
    for gap in gaps(weights, wanted):
        found = _above(sets, weights, top - gap)
        if found.len() >= wanted:
            break
    return _greatest(found, weights, wanted)


def _above(sets: Any, weights: Weights, least: int) -> Any:
    return sets.cost_le({unit: -weight for unit, weight in weights.items()}, -least)


def _greatest(sets: Any, weights: Weights, wanted: int) -> list[int]:
    return sorted((_sum(mix, weights) for mix in sets), reverse=True)[:wanted]


def _sum(mix: set[str], weights: Weights) -> int:
    return sum(weights[unit] for unit in mix)


def routes_of(model: Model, orders: Sequence[str] = ORDERS) -> Iterator[Route]:
    for name in orders:
        yield _cost_route(f"{NAME} cost_le ({name})", _bounds(model, model.orders[name]))
        yield _graph_route(f"{NAME} graphs ({name})", model, model.orders[name])


def _cost_route(name: str, bounds: Bounds) -> Route:
    return Route(name, lambda: setset.set_universe(bounds.order), bounds.compile)


def _graph_route(name: str, model: Model, order: Sequence[str]) -> Route:
    edges = {unit: (index, index + 1) for index, unit in enumerate(order)}
    constraints = [
        ([(*edges[unit], weight) for unit, weight in each.weights], (each.lower, each.upper))
        for each in model.sums
    ]
    return Route(
        name,
        lambda: GraphSet.set_universe(list(edges.values()), traversal="as-is"),
        lambda: GraphSet.graphs(linear_constraints=constraints),
    )


def _bounds(model: Model, order: tuple[str, ...]) -> Bounds:
    mandatory: list[str] = []
    barred: list[list[str]] = []
    costs: list[tuple[dict[str, int], int]] = []
    for each in sorted(model.sums, key=lambda each: len(each.weights)):
        if min(each.factors) > 0 and each.lower == sum(each.factors):
            mandatory += each.units
        elif each.factors == [1, 1] and not each.has_lower and each.upper == 1:
            barred.append(each.units)
        else:
            costs += _costs(each, order)
    return Bounds(order, mandatory, barred, costs)


def _costs(each: Sum, order: Sequence[str]) -> Iterator[tuple[dict[str, int], int]]:
    """A maximum as it is, a minimum with the signs turned; every unit must be named."""
    costs = dict.fromkeys(order, 0) | dict(each.weights)
    if each.has_upper:
        yield costs, each.upper
    if each.has_lower:
        yield {unit: -weight for unit, weight in costs.items()}, -each.lower
