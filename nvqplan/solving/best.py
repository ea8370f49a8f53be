"""The mixes of a diagram by the sum of their weights, greatest first, found one by one."""

from collections.abc import Iterator, Mapping, Sequence
from heapq import heappop, heappush
from operator import mul

from nvqplan.solving.diagram import Diagram

_Path = tuple[int, "_Path"] | None
"""The taken layers of a mix, the last one first."""


def best(
    diagram: Diagram, weights: Mapping[str, tuple[int, ...]]
) -> Iterator[tuple[tuple[int, ...], frozenset[str]]]:
    """Every mix with the sum of its variables' weights, greatest first.

    Sums are compared as tuples, the first number first; a variable without weights weighs nothing.
    Mixes of equal sums come in the order of the diagram. Lazy: the first costs a pass over the
    diagram, each further one a walk from where it leaves an earlier mix.
    """
    if not diagram.count():
        return
    order = diagram.order
    nothing = (0,) * max(map(len, weights.values()), default=0)
    chosen = [weights.get(variable, nothing) for variable in order]
    for taken in _descending(diagram, _packed(chosen)):
        sums = zip(nothing, *(chosen[depth] for depth in taken), strict=True)
        yield tuple(map(sum, sums)), frozenset(order[depth] for depth in taken)


def _packed(weights: Sequence[tuple[int, ...]]) -> list[int]:
    """Each tuple as one whole number, so that sums compare as those of the tuples do.

    The lowest bits, one a layer, tell equal sums apart: the mix that comes first is the greatest.
    """
    spans = [sum(map(abs, numbers)) for numbers in zip(*weights, strict=True)]
    scales = [1 << len(weights)]
    for span in reversed(spans[1:]):
        scales.append(scales[-1] * (2 * span + 1))
    scales.reverse()
    return [
        sum(map(mul, numbers, scales)) + (1 << len(weights) - depth)
        for depth, numbers in enumerate(weights, 1)
    ]


def _descending(diagram: Diagram, weights: Sequence[int]) -> Iterator[list[int]]:
    """The taken layers of each mix, greatest sum of weights first; no two sums are equal.

    The heap holds where a path not yet walked leaves one that was, by what is lost there.
    """
    layers, most = diagram.layers, _most_below(diagram, weights)
    heap: list[tuple[int, int, int, _Path]] = [(0, 0, 0, None)]
    while heap:
        lost, depth, node, path = heappop(heap)
        while depth < len(layers):
            layer, below = layers[depth], most[depth + 1]
            taken, left = below[layer.taken[node]], below[layer.left[node]]
            gain = weights[depth]
            take = taken is not None and (left is None or taken + gain > left)
            if left is not None and taken is not None:
                loss = lost + abs(taken + gain - left)
                if take:
                    heappush(heap, (loss, depth + 1, layer.left[node], path))
                else:
                    heappush(heap, (loss, depth + 1, layer.taken[node], (depth, path)))
            node = layer.taken[node] if take else layer.left[node]
            path = (depth, path) if take else path
            depth += 1
        yield _unroll(path)


def _most_below(diagram: Diagram, weights: Sequence[int]) -> list[list[int | None]]:
    """For each layer and node the greatest sum below it, None where no mix lies below."""
    below: list[int | None] = [*[0] * diagram.ends, None]
    table = [below]
    for layer, gain in zip(reversed(diagram.layers), reversed(weights), strict=True):
        nodes: list[int | None] = []
        for taken_node, left_node in zip(layer.taken, layer.left, strict=True):
            taken, left = below[taken_node], below[left_node]
            if taken is not None and (left is None or taken + gain > left):
                nodes.append(taken + gain)
            else:
                nodes.append(left)
        nodes.append(None)
        below = nodes
        table.append(below)
    return table[::-1]


def _unroll(path: _Path) -> list[int]:
    """The taken layers of a path, the first one first."""
    depths = []
    while path is not None:
        depth, path = path
        depths.append(depth)
    return depths[::-1]
