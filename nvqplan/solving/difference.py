"""The mixes of one diagram that are not in another."""

from collections.abc import Sequence

from nvqplan.solving.diagram import Diagram, Layer
from nvqplan.solving.layers import DEAD, GIBIBYTE, NODE_BYTES, OutgrownError

_Pair = tuple[int, int]
"""A node of the whole, and the node of the part that the same choices lead to."""


def difference(whole: Diagram, part: Diagram, memory: int = GIBIBYTE) -> Diagram:
    """The mixes of `whole` that are not in `part`, all of which must be in `whole`.

    Both diagrams are of the same variables in the same order. Below two nodes that the same choices
    lead to lie as many mixes of the difference as one has more than the other: where that is none,
    the arc is dead. Raises OutgrownError where the nodes would take more than `memory` bytes.
    """
    if whole.order != part.order:
        raise ValueError("diagrams of different orders cannot be held together")
    root = 0, 0 if part.count() else DEAD
    nodes: list[_Pair] = [root] if whole.count() > part.count() else []
    layers, total = [], 0
    for depth, (layer, other) in enumerate(zip(whole.layers, part.layers, strict=True), 1):
        numbers: dict[_Pair, int] = {}
        more = whole.counts[depth], part.counts[depth]
        taken = [_number(_step(layer.taken, other.taken, pair), more, numbers) for pair in nodes]
        left = [_number(_step(layer.left, other.left, pair), more, numbers) for pair in nodes]
        layers.append(Layer(layer.variable, taken, left))
        nodes = list(numbers)
        total += len(nodes)
        if NODE_BYTES * total > memory:
            needed = NODE_BYTES * (total + len(nodes) * (len(whole.layers) - depth))
            raise OutgrownError(memory, needed, "for mixes of one version only")
    return Diagram(layers, len(nodes))


def _step(arcs: Sequence[int], others: Sequence[int], pair: _Pair) -> _Pair:
    node, other = pair
    return arcs[node], DEAD if other == DEAD else others[other]


def _number(
    pair: _Pair, counts: tuple[Sequence[int], Sequence[int]], numbers: dict[_Pair, int]
) -> int:
    """The node that stands for a pair; none where the part has as many mixes below."""
    node, other = pair
    if node == DEAD or counts[0][node] == counts[1][other]:
        return DEAD
    return numbers.setdefault(pair, len(numbers))
