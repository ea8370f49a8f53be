"""Diagrams made of others: the mixes that hold no other mix, and those of one diagram only."""

import sys
from collections.abc import Sequence

from nvqplan.solving.diagram import Diagram, Layer
from nvqplan.solving.layers import DEAD, GIBIBYTE, NODE_BYTES, OutgrownError, collector_paused

_Node = tuple[int, int]
"""The nodes of the next layer if a variable is taken or left."""


def minimal(diagram: Diagram, memory: int = GIBIBYTE) -> Diagram:
    """The mixes of which no proper subset is in the diagram.

    Source: minimal elements and nonsupersets of families of sets, D. Knuth, The Art of Computer
    Programming 4A, 7.1.4, exercises 236 and 237. Raises OutgrownError where the nodes would take
    more than `memory` bytes.
    """
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(limit + 2 * len(diagram.layers))
    try:
        families = _Families(len(diagram.layers), memory)
        with collector_paused():
            root = families.minimal(diagram)
    finally:
        sys.setrecursionlimit(limit)
    return _reachable(diagram, families, root)


class _Families:
    """Sets of mixes over the variables from each layer on; equal sets are one node there."""

    def __init__(self, layers: int, memory: int) -> None:
        self.nodes: list[list[_Node]] = [[] for _ in range(layers)]
        self._numbers: list[dict[_Node, int]] = [{} for _ in range(layers)]
        self._without: list[dict[tuple[int, int], int]] = [{} for _ in range(layers)]
        self._allowed = memory // NODE_BYTES
        self._memory = memory

    def minimal(self, diagram: Diagram) -> int:
        """The minimal mixes of a diagram, worked out from its last layer to its root."""
        below = [0] * diagram.ends + [DEAD]
        for depth, layer in reversed(list(enumerate(diagram.layers))):
            below = [
                self._node(depth, self.without(depth + 1, below[taken], below[left]), below[left])
                for taken, left in zip(layer.taken, layer.left, strict=True)
            ] + [DEAD]
        return below[0]

    def without(self, depth: int, family: int, others: int) -> int:
        """The mixes of a family that contain none of the mixes of another one."""
        if DEAD in (family, others):
            return family
        if family == others:
            return DEAD
        known = self._without[depth]
        if (family, others) not in known:
            taken, left = self.nodes[depth][family]
            other_taken, other_left = self.nodes[depth][others]
            rest = self.without(depth + 1, taken, other_left)
            known[family, others] = self._node(
                depth,
                self.without(depth + 1, rest, other_taken),
                self.without(depth + 1, left, other_left),
            )
            self._spend()
        return known[family, others]

    def _node(self, depth: int, taken: int, left: int) -> int:
        if taken == left == DEAD:
            return DEAD
        numbers = self._numbers[depth]
        number = numbers.setdefault((taken, left), len(numbers))
        if number == len(self.nodes[depth]):
            self.nodes[depth].append((taken, left))
            self._spend()
        return number

    def _spend(self) -> None:
        self._allowed -= 1
        if self._allowed < 0:
            raise OutgrownError(self._memory, self._memory, "for mixes that hold no other")


def _reachable(diagram: Diagram, families: _Families, root: int) -> Diagram:
    """The diagram of one family, with the nodes that its root leads to."""
    if root == DEAD:
        return Diagram([Layer(layer.variable, [], []) for layer in diagram.layers], 0)
    layers, alive = [], [root]
    for layer, nodes in zip(diagram.layers, families.nodes, strict=True):
        arcs = [nodes[node] for node in alive]
        after = dict.fromkeys(node for pair in arcs for node in pair if node != DEAD)
        numbers = {node: number for number, node in enumerate(after)} | {DEAD: DEAD}
        taken, left = ([numbers[pair[side]] for pair in arcs] for side in (0, 1))
        layers.append(Layer(layer.variable, taken, left))
        alive = list(after)
    return Diagram(layers, 1)


_NodePair = tuple[int, int]
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
    nodes: list[_NodePair] = [root] if whole.count() > part.count() else []
    layers, total = [], 0
    for depth, (layer, other) in enumerate(zip(whole.layers, part.layers, strict=True), 1):
        numbers: dict[_NodePair, int] = {}
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


def _step(arcs: Sequence[int], others: Sequence[int], pair: _NodePair) -> _NodePair:
    node, other = pair
    return arcs[node], DEAD if other == DEAD else others[other]


def _number(
    pair: _NodePair, counts: tuple[Sequence[int], Sequence[int]], numbers: dict[_NodePair, int]
) -> int:
    """The node that stands for a pair; none where the part has as many mixes below."""
    node, other = pair
    if node == DEAD or counts[0][node] == counts[1][other]:
        return DEAD
    return numbers.setdefault(pair, len(numbers))
