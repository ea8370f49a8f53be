"""All legal mixes at once: every machine run side by side, equal states merged."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import heappop, heappush
from operator import mul
from typing import NamedTuple

from nvqplan.solving.machine import Branches, Machine, State, Walk
from nvqplan.solving.order import blockwise

DEAD = -1
"""The arc that leads to no legal mix; as an index, the last entry of every table below."""

_States = tuple[State | None, ...]
_Path = tuple[int, "_Path"] | None


class Layer(NamedTuple):
    """One variable and, for each node, the node of the next layer if it is left or taken."""

    variable: str
    left: list[int]
    taken: list[int]


class Diagram:
    """The set of all ways to decide `variables` that every machine accepts.

    Node 0 of the first layer is the root; every node after the last layer is a legal end. Exact
    whole numbers, and the same diagram under any hash seed.
    """

    def __init__(self, variables: Sequence[str], machines: Sequence[Machine]) -> None:
        self.order = blockwise(variables, machines)
        self.layers, self._ends = _compile(self.order, machines)

    @property
    def size(self) -> int:
        """How many nodes decide a variable."""
        return sum(len(layer.left) for layer in self.layers)

    @cached_property
    def _counts(self) -> list[list[int]]:
        """For each layer and node, how many mixes lie below; the last entry is the dead arc's 0."""
        below = [1] * self._ends + [0]
        counts = [below]
        for layer in reversed(self.layers):
            pairs = zip(layer.left, layer.taken, strict=True)
            below = [below[left] + below[taken] for left, taken in pairs]
            below.append(0)
            counts.append(below)
        return counts[::-1]

    def count(self) -> int:
        """How many mixes there are."""
        return self._counts[0][0]

    def best(
        self, weights: Mapping[str, tuple[int, ...]]
    ) -> Iterator[tuple[tuple[int, ...], frozenset[str]]]:
        """Every mix with the sum of its units' weights, greatest first, found one by one.

        Sums are compared as tuples, the first number first; a variable without weights weighs
        nothing. Mixes of equal sums come in the order of the diagram. Lazy: the first costs a
        pass over the diagram, each further one a walk from where it leaves an earlier mix.
        """
        if not self.count():
            return
        nothing = (0,) * max(map(len, weights.values()), default=0)
        chosen = [weights.get(variable, nothing) for variable in self.order]
        scales = _scales(chosen)
        packed = [sum(map(mul, weight, scales)) for weight in chosen]
        for taken in self._descending(packed):
            sums = zip(nothing, *(chosen[depth] for depth in taken), strict=True)
            yield tuple(map(sum, sums)), frozenset(self.order[depth] for depth in taken)

    def _descending(self, weights: list[int]) -> Iterator[list[int]]:
        """The taken layers of each mix, greatest sum of weights first."""
        most = self._most_below(weights)
        heap: list[tuple[int, int, int, int, _Path]] = [(0, 0, 0, 0, None)]
        pushed = 0
        while heap:
            lost, _, depth, node, path = heappop(heap)
            while depth < len(self.layers):
                layer, below = self.layers[depth], most[depth + 1]
                left, taken = below[layer.left[node]], below[layer.taken[node]]
                gain = weights[depth]
                take = taken is not None and (left is None or taken + gain >= left)
                if left is not None and taken is not None:
                    pushed += 1
                    loss = lost + abs(taken + gain - left)
                    other = layer.left[node] if take else layer.taken[node]
                    turn = path if take else (depth, path)
                    heappush(heap, (loss, pushed, depth + 1, other, turn))
                node = layer.taken[node] if take else layer.left[node]
                path = (depth, path) if take else path
                depth += 1
            yield _unroll(path)

    def _most_below(self, weights: list[int]) -> list[list[int | None]]:
        """For each layer and node the greatest sum below it, None where no mix lies below."""
        below: list[int | None] = [*[0] * self._ends, None]
        table = [below]
        for layer, gain in zip(reversed(self.layers), reversed(weights), strict=True):
            nodes: list[int | None] = []
            for left_node, taken_node in zip(layer.left, layer.taken, strict=True):
                left, taken = below[left_node], below[taken_node]
                if taken is not None and (left is None or taken + gain > left):
                    nodes.append(taken + gain)
                else:
                    nodes.append(left)
            nodes.append(None)
            below = nodes
            table.append(below)
        return table[::-1]


def _scales(weights: Sequence[tuple[int, ...]]) -> list[int]:
    """Factors that pack each tuple into one whole number whose sums compare as the tuples do."""
    spans = [sum(map(abs, numbers)) for numbers in zip(*weights, strict=True)]
    scales = [1]
    for span in reversed(spans[1:]):
        scales.append(scales[-1] * (2 * span + 1))
    return scales[::-1]


def _unroll(path: "_Path") -> list[int]:
    """The taken layers of a path, written from its end, first layer first."""
    depths = []
    while path is not None:
        depth, path = path
        depths.append(depth)
    return depths[::-1]


class _Nodes(dict[_States, int]):
    """The nodes of one layer by the states of its live machines, numbered as they are met."""

    def __missing__(self, states: _States) -> int:
        if None in states:
            return DEAD
        node = self[states] = len(self)
        return node


def _compile(order: Sequence[str], machines: Sequence[Machine]) -> tuple[list[Layer], int]:
    """The layers and the number of legal ends.

    A machine is live from the first variable it reads to the last: before and after, all nodes
    agree on its state. A node is the tuple of the live machines' states; they are kept as one
    column of states a machine, so that a layer is worked out a machine at a time.
    """
    walks = [machine.along(order) for machine in machines]
    nodes = 0 if any(walk.start is None for walk in walks) else 1
    reading = [dict(_reading(walk, len(order))) for walk in walks]
    live: dict[int, Sequence[State | None]] = {}
    layers = []
    for depth, variable in enumerate(order):
        for index, branches in enumerate(reading):
            if depth in branches and index not in live:
                live[index] = [walks[index].start] * nodes
        layer, nodes, columns = _expand(
            variable, nodes, [(column, reading[index].get(depth)) for index, column in live.items()]
        )
        live = {
            index: column
            for index, column in zip(live, columns, strict=True)
            if max(reading[index]) > depth
        }
        layers.append(layer)
    return layers, nodes


def _reading(walk: Walk, layers: int) -> Iterator[tuple[int, Branches]]:
    """The layers whose variable a machine reads, and how it branches there."""
    for layer in range(layers):
        branches = walk.branches(layer)
        if branches is not None:
            yield layer, branches


def _expand(
    variable: str, nodes: int, live: Sequence[tuple[Sequence[State | None], Branches | None]]
) -> tuple[Layer, int, Sequence[_States]]:
    """Decide one variable from every node: its arcs, the number of nodes after it, their states."""
    if not live:
        return Layer(variable, [0] * nodes, [0] * nodes), min(nodes, 1), []
    branched = [_branch(*each) for each in live]
    after = _Nodes()
    left = list(map(after.__getitem__, zip(*(column for column, _ in branched), strict=True)))
    taken = list(map(after.__getitem__, zip(*(column for _, column in branched), strict=True)))
    columns: list[tuple[State | None, ...]] = list(zip(*after, strict=True)) or [()] * len(live)
    return Layer(variable, left, taken), len(after), columns


def _branch(
    column: Sequence[State | None], branches: Branches | None
) -> tuple[Iterable[State | None], Iterable[State | None]]:
    """The states of one machine in all nodes after leaving and after taking the variable."""
    if branches is None:
        return column, column
    left: dict[State | None, State | None] = {}
    taken: dict[State | None, State | None] = {}
    for state in dict.fromkeys(column):
        left[state], taken[state] = branches(state)
    return map(left.__getitem__, column), map(taken.__getitem__, column)
