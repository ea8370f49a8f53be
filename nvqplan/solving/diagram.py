"""The decision diagram: the set of all legal mixes, and what can be read off it exactly."""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from itertools import repeat
from math import gcd
from operator import not_

from nvqplan.core.values import NamedTuple
from nvqplan.solving.layers import DEAD, GIBIBYTE, OutgrownError, collector_paused, compile_layers
from nvqplan.solving.machine import Machine

SMALL = 4096
"""Rows of more mixes than this are never kept whole."""

FEW = 4
"""A machine that reads no more variables than this is short."""

_Weights = tuple[int, ...]
"""What a variable weighs in each machine: those of equal weights are interchangeable."""


class Layer(NamedTuple):
    """One variable and, for each node, the node of the next layer if it is taken or left."""

    variable: str
    taken: Sequence[int]
    left: Sequence[int]


class Diagram:
    """A set of mixes in one total order; node 0 of the first layer is the root, the last the end.

    Of two mixes the one comes first that takes the first variable on which they differ. Exact whole
    numbers, and the same diagram under any hash seed.
    """

    def __init__(self, layers: Sequence[Layer], ends: int) -> None:
        self.layers = layers
        self.ends = ends

    @property
    def size(self) -> int:
        """How many nodes decide a variable."""
        return sum(len(layer.left) for layer in self.layers)

    @property
    def order(self) -> list[str]:
        return [layer.variable for layer in self.layers]

    @cached_property
    def counts(self) -> list[list[int]]:
        """For each layer and node, how many mixes lie below; the last entry is the dead arc's 0."""
        below = [1] * self.ends + [0]
        counts = [below]
        for layer in reversed(self.layers):
            pairs = zip(layer.taken, layer.left, strict=True)
            below = [below[taken] + below[left] for taken, left in pairs]
            below.append(0)
            counts.append(below)
        return counts[::-1]

    @cached_property
    def small_counts(self) -> list[int]:
        """The counts of all nodes below which no more than `SMALL` mixes lie, in order."""
        return sorted([count for row in self.counts for count in row if count <= SMALL])

    def count(self) -> int:
        """How many mixes there are."""
        return self.counts[0][0]

    def nth(self, index: int) -> frozenset[str]:
        """The mix with so many before it; raises IndexError where there are not so many."""
        if not 0 <= index < self.count():
            raise IndexError(f"{index} of {self.count()} mixes")
        mix, node = [], 0
        for layer, below in zip(self.layers, self.counts[1:], strict=True):
            taken = below[layer.taken[node]]
            if index < taken:
                mix.append(layer.variable)
                node = layer.taken[node]
            else:
                index -= taken
                node = layer.left[node]
        return frozenset(mix)

    def rank(self, mix: Collection[str]) -> int | None:
        """How many mixes come before this one, None where it is not in the set."""
        if not self.count() or not set(mix) <= set(self.order):
            return None
        rank = node = 0
        for layer, below in zip(self.layers, self.counts[1:], strict=True):
            if layer.variable in mix:
                node = layer.taken[node]
            else:
                rank += below[layer.taken[node]]
                node = layer.left[node]
            if node == DEAD:
                return None
        return rank if node < self.ends else None

    def shares(self) -> dict[str, int]:
        """In how many mixes each variable is taken, all in one pass."""
        above = [1] * (len(self.counts[0]) - 1)
        shares = {}
        for layer, below in zip(self.layers, self.counts[1:], strict=True):
            reached = [0] * len(below)
            share = 0
            for paths, taken, left in zip(above, layer.taken, layer.left, strict=True):
                share += paths * below[taken]
                reached[taken] += paths
                reached[left] += paths
            shares[layer.variable] = share
            above = reached[:-1]
        return shares

    def given(self, taken: Collection[str], left: Collection[str]) -> "Diagram":
        """The mixes that take all of `taken` and none of `left`; shares the untouched layers."""
        layers = [
            Layer(
                layer.variable,
                [DEAD] * len(layer.taken) if layer.variable in left else layer.taken,
                [DEAD] * len(layer.left) if layer.variable in taken else layer.left,
            )
            for layer in self.layers
        ]
        return Diagram(layers, self.ends)

    def spread(self, weights: Mapping[str, int], memory: int = GIBIBYTE) -> dict[int, int]:
        """How many mixes there are of each sum of weights, the least sum first.

        What is known of a node is one whole number with a digit for each sum, wide enough for the
        count. Raises OutgrownError where the digits would take more than `memory` bytes.
        """
        chosen = [weights.get(layer.variable, 0) for layer in self.layers]
        step = gcd(*chosen) or 1
        width = (self.count().bit_length() + 7) // 8
        digits = sum(map(abs, chosen)) // step + 1
        widest = max((len(layer.left) for layer in self.layers), default=1)
        if (needed := 2 * widest * digits * width) > memory:
            raise OutgrownError(memory, needed, f"for {digits:,} sums")
        below = [1] * self.ends + [0]
        for layer, weight in zip(reversed(self.layers), reversed(chosen), strict=True):
            gain, loss = (8 * width * max(each, 0) // step for each in (weight, -weight))
            pairs = zip(layer.taken, layer.left, strict=True)
            below = [(below[taken] << gain) + (below[left] << loss) for taken, left in pairs]
            below.append(0)
        written = below[0].to_bytes(width * digits, "little")
        counts = [
            int.from_bytes(written[place : place + width], "little")
            for place in range(0, len(written), width or 1)
        ]
        least = sum(weight for weight in chosen if weight < 0)
        return {least + step * index: count for index, count in enumerate(counts) if count}


def arrange(variables: Sequence[str], machines: Sequence[Machine]) -> list[str]:
    """Interchangeable variables side by side, and so those that the same long machines read.

    The smallest of these come first; what a short machine decides alone comes before all. Within
    one, what short machines read comes last, so that they are over soon after they began; before
    it the rarest weights come first, since sums merge the sooner, the more equal weights remain.
    """
    by_size = sorted(machines, key=lambda machine: len(machine.variables))
    short = sum([len(machine.variables) <= FEW for machine in by_size])
    decided = {variable for machine in by_size[:short] for variable in _decided(machine)}
    alike = _interchangeable(variables, by_size)
    common: dict[_Weights, int] = {}
    for weights, each in alike.items():
        own = weights[short:]
        common[own] = common.get(own, 0) + len(each)

    def key(weights: _Weights) -> tuple[object, ...]:
        own = weights[short:]
        return (
            alike[weights][0] not in decided,
            tuple(map(not_, own)),
            tuple(map(bool, weights[:short])),
            common[own],
            [abs(weight) for weight in reversed(own)],
        )

    return [variable for weights in sorted(alike, key=key) for variable in alike[weights]]


def _interchangeable(
    variables: Sequence[str], machines: Sequence[Machine]
) -> dict[_Weights, list[str]]:
    """The variables by what they weigh, in the order in which they are named."""
    columns = [map(machine.weights.get, variables, repeat(0)) for machine in machines]
    weighed = zip(*columns, strict=True) if machines else repeat(())
    alike: dict[_Weights, list[str]] = {}
    for variable, weights in zip(variables, weighed, strict=False):
        alike.setdefault(weights, []).append(variable)
    return alike


def _decided(machine: Machine) -> list[str]:
    """The variables that a machine can hold with in one way only."""
    return [
        variable
        for variable in machine.variables
        if not all(machine.can_hold({variable: taken}) for taken in (False, True))
    ]


def compile_diagram(
    variables: Sequence[str], machines: Sequence[Machine], memory: int = GIBIBYTE
) -> Diagram:
    """The mixes that every machine accepts; raises OutgrownError where memory will not do."""
    return compile_in_order(arrange(variables, machines), machines, memory)


def compile_in_order(order: Sequence[str], machines: Sequence[Machine], memory: int) -> Diagram:
    """The same in a given order of the variables, for diagrams that are to be held together."""
    with collector_paused():
        layers, ends = compile_layers(order, machines, memory)
    pairs = zip(order, layers, strict=True)
    return Diagram([Layer(variable, taken, left) for variable, (left, taken) in pairs], ends)
