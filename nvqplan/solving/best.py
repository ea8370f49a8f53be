"""The mixes by the sum of their weights, greatest first, found one by one."""

from collections.abc import Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import islice, repeat

from nvqplan.solving.diagram import Diagram
from nvqplan.solving.layers import GaveUpError

SHARE = 32
WALKS = 8
"""The hopeful search may take one step for so many nodes, each of which takes as long as to weigh
ten, and so many walks from the root to the end besides."""

Numbers = tuple[int, ...]
Columns = Sequence[Mapping[str, int]]
"""The first numbers of all variables, then the second ones, and so on."""

_Path = tuple[int, "_Path"] | None
"""The taken layers of a mix, the last one first."""


def best(
    diagram: Diagram, weights: Mapping[str, Numbers]
) -> Iterator[tuple[Numbers, frozenset[str]]]:
    """Every mix of a diagram with the sum of its variables' weights, greatest first.

    Sums are compared as tuples, the first number first; a variable without weights weighs nothing.
    Mixes of equal sums come in the order of the diagram. Lazy: the first costs a pass over the
    diagram at the most, each further one a walk from where it leaves an earlier mix.
    """
    columns = _columns(diagram.order, weights)
    for mix in _descend(diagram, _pack(len(diagram.order), columns)):
        yield tuple([sum(map(column.__getitem__, mix)) for column in columns]), mix


def _columns(variables: Sequence[str], weights: Mapping[str, Numbers]) -> Columns:
    nothing = (0,) * max(map(len, weights.values()), default=0)
    chosen = map(weights.get, variables, repeat(nothing))
    columns = zip(*chosen, nothing, strict=True)  # as many, too, where there are no variables
    return [dict(zip(variables, column, strict=False)) for column in columns]


def _pack(size: int, columns: Columns) -> list[int]:
    """The numbers of each variable as one, so that sums compare as those of tuples do.

    The lowest bits, one a variable, tell equal sums apart: what comes first is the greatest.
    """
    packed = [1 << place for place in range(size - 1, -1, -1)]
    scale = 1 << size
    for column in reversed(columns):
        numbers = column.values()
        packed = [low + number * scale for low, number in zip(packed, numbers, strict=True)]
        scale *= 2 * sum(map(abs, column.values())) + 1
    return packed


def _descend(diagram: Diagram, weights: Sequence[int]) -> Iterator[frozenset[str]]:
    """The mixes, the greatest sum of weights first; no two sums are equal.

    Where few rules stand in the way of the greatest sums, the first mixes are found without a look
    at most nodes; where that takes too long, all nodes are weighed once.
    """
    if not diagram.count():
        return
    found = 0
    try:
        for mix in _descend_hoping(diagram, weights):
            yield mix
            found += 1
    except GaveUpError:
        yield from islice(_descend_knowing(diagram, weights), found, None)


def _descend_hoping(diagram: Diagram, weights: Sequence[int]) -> Iterator[frozenset[str]]:
    """The same, as if below each node all that weighs more than nothing could be taken.

    The heap holds where other paths leave those walked, by what they lose at the least. Raises
    GaveUpError after too many steps for what was found, and at once where the hope would be the
    mix without a unit, which hardly any rules allow.
    """
    if max(weights, default=0) <= 0:
        raise GaveUpError
    layers, counts = diagram.layers, diagram.counts
    steps = diagram.size // SHARE + WALKS * len(layers)
    heap: list[tuple[int, int, int, _Path]] = [(0, 0, 0, None)]
    while heap:
        lost, depth, node, path = heappop(heap)
        begun = depth
        while depth < len(layers):
            layer, below, weight = layers[depth], counts[depth + 1], weights[depth]
            taken, left = layer.taken[node], layer.left[node]
            if weight > 0:
                if below[left]:
                    heappush(heap, (lost + weight, depth + 1, left, path))
                node, path = taken, (depth, path)
            else:
                if below[taken]:
                    heappush(heap, (lost - weight, depth + 1, taken, (depth, path)))
                node = left
            depth += 1
            if not below[node]:
                break
        else:
            steps += len(layers)
            yield _unroll(path, diagram.order)
        steps -= depth - begun
        if steps < 0:
            raise GaveUpError


def _descend_knowing(diagram: Diagram, weights: Sequence[int]) -> Iterator[frozenset[str]]:
    """The same, once it is known for each node what can be reached below it.

    The heap holds where a path not yet walked leaves one that was, by what is lost there.
    """
    beyond = 1 + sum(map(abs, weights))
    layers, most = diagram.layers, _most_below(diagram, weights, -4 * beyond)
    dead = -2 * beyond
    heap: list[tuple[int, int, int, _Path]] = [(0, 0, 0, None)]
    while heap:
        lost, depth, node, path = heappop(heap)
        while depth < len(layers):
            layer, below = layers[depth], most[depth + 1]
            taken, left = below[layer.taken[node]] + weights[depth], below[layer.left[node]]
            take = taken > left
            if taken > dead and left > dead:
                loss = lost + abs(taken - left)
                if take:
                    heappush(heap, (loss, depth + 1, layer.left[node], path))
                else:
                    heappush(heap, (loss, depth + 1, layer.taken[node], (depth, path)))
            node = layer.taken[node] if take else layer.left[node]
            path = (depth, path) if take else path
            depth += 1
        yield _unroll(path, diagram.order)


def _most_below(diagram: Diagram, weights: Sequence[int], nothing: int) -> list[list[int]]:
    """For each layer and node the greatest sum below it, near `nothing` where no mix lies below."""
    below = [*[0] * diagram.ends, nothing]
    table = [below]
    for layer, gain in zip(reversed(diagram.layers), reversed(weights), strict=True):
        gained = [most + gain for most in below]
        below = [  # each the greater of two, told so since calling max would take twice as long
            most if (most := gained[taken]) > (other := below[left]) else other
            for taken, left in zip(layer.taken, layer.left, strict=True)
        ]
        below.append(nothing)
        table.append(below)
    return table[::-1]


def _unroll(path: _Path, order: Sequence[str]) -> frozenset[str]:
    """The variables of the taken layers of a path."""
    taken = []
    while path is not None:
        depth, path = path
        taken.append(order[depth])
    return frozenset(taken)
