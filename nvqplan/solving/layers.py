"""All machines run side by side over all mixes at once, equal states merged, layer by layer."""

from collections.abc import Mapping, Sequence

from nvqplan.solving.machine import HOPELESS, Block, Branches, Machine, State
from nvqplan.solving.settling import Settler, is_worth_settling

DEAD = -1
"""The arc that leads to no legal mix; as an index, the last entry of every table of nodes."""

Arcs = Sequence[Sequence[int]]
"""For each option of a block: from each node before it to the one after."""

GIBIBYTE = 2**30
NODE_BYTES = 200
"""What a node takes, about: 60 for its arcs, the rest for counts and sums that are asked later."""


class OutgrownError(MemoryError):
    """What is asked would not fit into the memory that is allowed; `needed` is an estimate."""

    def __init__(self, allowed: int, needed: int, where: str) -> None:
        super().__init__(f"at least {_say(needed)} needed {where}, {_say(allowed)} allowed")
        self.allowed, self.needed, self.where = allowed, needed, where


def _say(amount: int) -> str:
    """`1.5 GiB`, `300 MiB`, `64 KiB`, rounded up."""
    if amount >= GIBIBYTE:
        return f"{-(-amount * 10 // GIBIBYTE) / 10:,.1f} GiB"
    unit, name = (2**20, "MiB") if amount >= 2**20 else (2**10, "KiB")
    return f"{-(-amount // unit)} {name}"


def compile_layers(
    blocks: Sequence[Block], machines: Sequence[Machine], memory: int = GIBIBYTE
) -> tuple[list[Arcs], int]:
    """The arcs of every layer and the number of legal ends.

    A machine is live from the first block it reads to the last: before and after, all nodes agree
    on its state. A node is the tuple of the live machines' states; they are kept as one column of
    states a machine, so that a layer is worked out a machine at a time.

    Raises OutgrownError where the nodes would take more than `memory` bytes.
    """
    walks = [machine.along(blocks) for machine in machines]
    readers: list[list[int]] = [[] for _ in blocks]
    for index, walk in enumerate(walks):
        for layer in walk.layers:
            readers[layer].append(index)
    hopeless = any(walk.start is HOPELESS for walk in walks)
    nodes = 0 if hopeless or not all(block.ways for block in blocks) else 1
    live: dict[int, Sequence[State]] = {}
    settler: Settler | None = None
    layers, total = [], 0
    for layer, block in enumerate(blocks):
        for index in readers[layer]:
            live.setdefault(index, [walks[index].start] * nodes)
        branches = {index: walks[index].branch(layer, set(live[index])) for index in readers[layer]}
        arcs, states = _expand(len(block.ways), nodes, live, branches)
        columns: Sequence[Sequence[State]] = list(zip(*states, strict=True))
        if is_worth_settling(layer, len(states)):
            settler = settler or Settler(walks, len(blocks))
            settled = settler.settle(layer, dict(zip(live, columns, strict=True)))
            arcs, states = _merge(arcs, settled)
            columns = list(zip(*states, strict=True))
        live = {
            index: column
            for index, column in zip(live, columns, strict=False)
            if walks[index].layers[-1] > layer
        }
        layers.append(arcs)
        nodes = len(states)
        total += nodes
        if NODE_BYTES * total > memory:
            needed = NODE_BYTES * (total + nodes * (len(blocks) - layer - 1))
            raise OutgrownError(memory, needed, f"after {layer + 1} of {len(blocks)} steps")
    return layers, nodes


def count_layers(blocks: Sequence[Block], layers: Sequence[Arcs], ends: int) -> int:
    """How many mixes there are, where each option of a block stands for so many ways."""
    below = [1] * ends + [0]
    for block, arcs in zip(reversed(blocks), reversed(layers), strict=True):
        counts = [block.ways[0] * below[node] for node in arcs[0]] if arcs else []
        for ways, nodes in zip(block.ways[1:], arcs[1:], strict=True):
            counts = [count + ways * below[node] for count, node in zip(counts, nodes, strict=True)]
        below = [*counts, 0]
    return below[0]


class _Numbers(dict[tuple[State, ...], int]):
    """The nodes of one layer by the states of its live machines, numbered as they are met."""

    def __init__(self) -> None:
        self.states: list[tuple[State, ...]] = []

    def __missing__(self, states: tuple[State, ...]) -> int:
        if HOPELESS in states:
            number = DEAD
        else:
            number = len(self.states)
            self.states.append(states)
        self[states] = number
        return number


def _expand(
    options: int,
    nodes: int,
    live: Mapping[int, Sequence[State]],
    branches: Mapping[int, Branches],
) -> tuple[Arcs, Sequence[tuple[State, ...]]]:
    """Decide one block from every node: its arcs, and the nodes after it."""
    if not live:
        return [[0] * nodes] * options, [()] * min(nodes, 1)
    numbers = _Numbers()
    arcs = []
    for option in range(options):
        columns = [
            map(branches[index][option].__getitem__, column) if index in branches else column
            for index, column in live.items()
        ]
        arcs.append(list(map(numbers.__getitem__, zip(*columns, strict=True))))
    return arcs, numbers.states


def _merge(
    arcs: Arcs, columns: Sequence[Sequence[State]]
) -> tuple[Arcs, Sequence[tuple[State, ...]]]:
    """Lead the arcs to one node for all whose states have become equal."""
    numbers = _Numbers()
    place = [*map(numbers.__getitem__, zip(*columns, strict=True)), DEAD]
    return [list(map(place.__getitem__, nodes)) for nodes in arcs], numbers.states
