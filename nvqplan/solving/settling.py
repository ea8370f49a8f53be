"""Nodes told apart only as far as several sums together can tell them apart.

No machine alone can know that another one leaves it no choice. Two sums, though, can be looked at
together from the end: what can the one still become where the other is met?
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from itertools import permutations, repeat
from operator import or_
from typing import Any, cast

from nvqplan.solving.linear_walk import Ends, LinearWalk
from nvqplan.solving.machine import HOPELESS, Branches, State, Walk

WIDE = 500
"""From more nodes than this on it pays."""

EVERY = 4
"""Once in so many layers is enough."""

LONG = 5
"""A sum that reads fewer variables has little to tell."""

MANY = 4096
"""A sum of more states is too costly to look at."""

TABLE = 2**17
"""Bytes for what two sums tell of each other after one layer; more would not pay."""

_Rests = Mapping[Ends | None, int]
"""From what would finish one sum to all that another one can then still add, as bits."""


def _is_settled(layer: int) -> bool:
    return layer % EVERY == 0


class Settler:
    """All pairs of long sums along one order of variables."""

    def __init__(self, walks: Sequence[Walk], layers: int) -> None:
        self._sums = {
            index: walk
            for index, walk in enumerate(walks)
            if isinstance(walk, LinearWalk)
            and len(walk.layers) >= LONG
            and walk.most_states <= MANY
        }
        alone = {index: _alone(walk) for index, walk in self._sums.items()}
        self._rests = {
            (of, given): _rests(self._sums[of], self._sums[given], alone[given], layers)
            for of, given in permutations(self._sums, 2)
            if self._tell_enough(self._sums[of], self._sums[given])
        }

    def _tell_enough(self, of: LinearWalk, given: LinearWalk) -> bool:
        """Whether two sums have to do with each other, and can be looked at in little memory."""
        shared = not set(of.layers).isdisjoint(given.layers)
        return shared and given.most_states * of.useful.bit_length() <= 8 * TABLE

    def is_worth_it(self, layer: int, nodes: int) -> bool:
        """Whether so many nodes after a layer are enough for what it costs to settle them."""
        return nodes > WIDE and _is_settled(layer)

    def settle(self, layer: int, live: Mapping[int, Sequence[State]]) -> list[Sequence[State]]:
        """The columns of the machines that are live after a layer, with fewer states in them.

        Of sums that the other one allows to finish in the same ways one stands for all; those that
        it does not allow to finish at all are HOPELESS.
        """
        settled = dict(live)
        for (of, given), rests in self._rests.items():
            other = self._sums[given]
            if of in live and other.layers[-1] > layer:
                known = settled.get(given, repeat(other.start))
                pairs = _StatePairs(self._sums[of], other, rests[layer], layer)
                settled[of] = list(map(pairs.__getitem__, zip(settled[of], known, strict=False)))
        return list(settled.values())


class _StatePairs(dict[tuple[Any, Any], State]):
    """From two sums to the first one met that finishes in the same ways beside the second."""

    def __init__(self, of: LinearWalk, given: LinearWalk, rests: _Rests, layer: int) -> None:
        self._of, self._given, self._rests = of, given, rests
        self._rest = given.rest(layer)
        self._first: dict[tuple[State, Ends], int] = {}

    def __missing__(self, pair: tuple[Any, Any]) -> State:
        total, other = pair
        ends = None
        if HOPELESS not in pair:
            ends = self._of.ends(total, self._rests[self._given.ends(other, self._rest)])
        known = HOPELESS if ends is None else self._first.setdefault((other, ends), total)
        self[pair] = known
        return known


def _alone(walk: LinearWalk) -> dict[int, Branches]:
    """What becomes of every state that a sum can have, whatever the other machines say."""
    states: Iterable[State] = {walk.start} - {HOPELESS}
    branches = {}
    for layer in walk.layers:
        branches[layer] = walk.branch(layer, set(states))
        states = {state for each in branches[layer] for state in each.values()} - {HOPELESS}
    return branches


def _rests(
    of: LinearWalk, given: LinearWalk, branches: Mapping[int, Branches], layers: int
) -> dict[int, _Rests]:
    """For layers to settle what one sum can still add, by what would finish the other one."""
    last = branches[given.layers[-1]]
    below = {state: 1 for each in last for state in each.values() if state is not HOPELESS}
    table: dict[int, _Rests] = {}
    for layer in range(layers - 1, -1, -1):
        if _is_settled(layer):
            rest, known = given.rest(layer), cast("Mapping[int, int]", below)
            table[layer] = {given.ends(state, rest): sums for state, sums in known.items()}
        steps = of.steps(layer)
        if layer in branches:
            pairs = list(zip(branches[layer], steps, strict=True))
            below = {
                state: _either(below[each[state]] << s for each, s in pairs if each[state] in below)
                & of.useful
                for state in branches[layer][0]
            }
        elif any(steps):
            below = {
                state: _either(sums << s for s in steps) & of.useful
                for state, sums in below.items()
            }
    return table


def _either(sums: Iterable[int]) -> int:
    return reduce(or_, sums, 0)
