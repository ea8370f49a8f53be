"""The machine for components that share units: each unit is used for one of them, or left over."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nvqplan.core.values import NamedTuple
from nvqplan.solving.machine import HOPELESS, SURE, Branches, State

Shares = tuple[int, ...]
"""What each component has been given so far; one that has enough counts as having its `lower`."""


class Component(NamedTuple):
    """What each variable adds if it is used here, and between which bounds the sum must end."""

    weights: Mapping[str, int]
    lower: int
    upper: int | None = None


@dataclass(frozen=True)
class Allocation:
    """Accepts where the taken variables can be shared out so that every component has enough.

    Each variable is used for one component or for none. All components that share variables are one
    machine, since two machines could each find a way of its own that no single way satisfies. The
    state is every way still alive, so that each mix is counted once in however many ways it can be
    shared out.
    """

    name: str
    components: tuple[Component, ...]

    @cached_property
    def variables(self) -> tuple[str, ...]:
        named = (v for each in self.components for v, weight in each.weights.items() if weight)
        return tuple(dict.fromkeys(named))

    @cached_property
    def weights(self) -> Mapping[str, int]:
        """One number for all variables that are interchangeable."""
        kinds: dict[Shares, int] = {}
        return {v: kinds.setdefault(self._adds(v), len(kinds) + 1) for v in self.variables}

    def holds(self, taken: Collection[str]) -> bool:
        used = zip(self.components, self.share(taken), strict=True)
        return all(sum(each.weights[v] for v in of) >= each.lower for each, of in used)

    def can_hold(self, assigned: Mapping[str, bool]) -> bool:
        """To have a variable more never hurts: it can be left over."""
        return self.holds([v for v in self.variables if assigned.get(v, True)])

    def along(self, order: Sequence[str]) -> "AllocationWalk":
        adds = {layer: self._adds(v) for layer, v in enumerate(order)}
        return AllocationWalk(self, {layer: each for layer, each in adds.items() if any(each)})

    def share(self, taken: Collection[str]) -> tuple[tuple[str, ...], ...]:
        """The variables used for each component, so that as little as can be is missing in all."""
        ways: dict[Shares, _Uses] = {(0,) * len(self.components): None}
        for variable in self.variables:
            if variable not in taken:
                continue
            found = dict(ways)
            for sums, uses in ways.items():
                for place, after in self.ways_to_use(sums, self._adds(variable)):
                    found.setdefault(after, (variable, place, uses))
            ways = {sums: found[sums] for sums in self.undominated(found)}
        uses = ways[max(ways, key=sum)]
        used: list[list[str]] = [[] for _ in self.components]
        while uses is not None:
            variable, place, uses = uses
            used[place].append(variable)
        return tuple(tuple(reversed(each)) for each in used)

    def ways_to_use(self, sums: Shares, adds: Shares) -> Iterator[tuple[int, Shares]]:
        """Each component that a variable can be used for, and what all have then."""
        for place, (each, sum, add) in enumerate(zip(self.components, sums, adds, strict=True)):
            total = sum + add
            fits = each.upper is None or total <= each.upper
            if add and sum < each.lower and fits:
                yield place, (*sums[:place], min(total, each.lower), *sums[place + 1 :])

    def undominated(self, ways: Iterable[Shares]) -> list[Shares]:
        """The sums than which no others are at least as good, whatever follows."""
        kept: list[Shares] = []
        for sums in sorted(ways, reverse=True):
            if not any(self._dominates(other, sums) for other in kept):
                kept = [other for other in kept if not self._dominates(sums, other)]
                kept.append(sums)
        return kept

    def _dominates(self, sums: Shares, others: Shares) -> bool:
        """Enough is best; more is better unless it could become too much."""
        return all(
            one in (other, each.lower) or (each.upper is None and one > other)
            for each, one, other in zip(self.components, sums, others, strict=True)
        )

    def _adds(self, variable: str) -> Shares:
        return tuple(each.weights.get(variable, 0) for each in self.components)


_Uses = tuple[str, int, "_Uses"] | None
"""The last variable used, for which component, and those before it."""


class AllocationWalk:
    """An `Allocation` along one order of variables: the sums of every way that is still alive.

    Sums are told apart only as far as the rest can tell: those that cannot become enough are let
    go, and those than which others are at least as good.
    """

    def __init__(self, machine: Allocation, adds: Mapping[int, Shares]) -> None:
        self._machine = machine
        self._adds = adds
        self.layers = sorted(adds)
        rest: Shares = (0,) * len(machine.components)
        self._rests: dict[int, Shares] = {}
        for layer in reversed(self.layers):
            self._rests[layer] = rest
            rest = tuple(a + b for a, b in zip(rest, adds[layer], strict=True))
        self.start = self._state([(0,) * len(machine.components)], rest)

    def branch(self, layer: int, states: Collection[State]) -> Branches:
        adds, rest = self._adds[layer], self._rests[layer]
        known: Collection[Any] = states
        left = {state: SURE if state == SURE else self._state(state, rest) for state in known}
        taken = {
            state: SURE if state == SURE else self._state(self._used(state, adds), rest)
            for state in known
        }
        return left, taken

    def _used(self, state: Sequence[Shares], adds: Shares) -> list[Shares]:
        after = [s for sums in state for _, s in self._machine.ways_to_use(sums, adds)]
        return [*state, *after]

    def _state(self, ways: Iterable[Shares], rest: Shares) -> State:
        components = self._machine.components
        alive = {
            sums
            for sums in ways
            if all(
                have + more >= each.lower
                for each, have, more in zip(components, sums, rest, strict=True)
            )
        }
        if tuple(each.lower for each in components) in alive:
            return SURE
        return tuple(self._machine.undominated(alive)) if alive else HOPELESS
