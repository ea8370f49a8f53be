"""All machines run side by side over all mixes at once, equal states merged, layer by layer."""

from collections.abc import Iterable, Mapping, Sequence

from nvqplan.solving.machine import HOPELESS, Branches, Machine, State
from nvqplan.solving.settling import Settler, is_worth_settling

DEAD = -1
"""The arc that leads to no legal mix; as an index, the last entry of every table of nodes."""

Arcs = tuple[Sequence[int], Sequence[int]]
"""From each node of a layer to the one after, first if its variable is left, then if taken."""

GIBIBYTE = 2**30
NODE_BYTES = 200
"""What a node takes, about: 60 for its arcs, the rest for counts and sums that are asked later."""


class OutgrownError(MemoryError):
    """What is asked would not fit into the memory that is allowed; `needed` is an estimate."""

    def __init__(self, allowed: int, needed: int, where: str) -> None:
        super().__init__(f"at least {_say(needed)} needed {where}, {_say(allowed)} allowed")
        self.allowed, self.needed, self.where = allowed, needed, where


class GaveUpError(Exception):
    """A way to an answer that is short as a rule, but not for what is asked."""


def _say(amount: int) -> str:
    """`1.5 GiB`, `300 MiB`, `64 KiB`, rounded up."""
    if amount >= GIBIBYTE:
        return f"{-(-amount * 10 // GIBIBYTE) / 10:,.1f} GiB"
    unit, name = (2**20, "MiB") if amount >= 2**20 else (2**10, "KiB")
    return f"{-(-amount // unit)} {name}"


def compile_layers(
    order: Sequence[str], machines: Sequence[Machine], memory: int = GIBIBYTE
) -> tuple[list[Arcs], int]:
    """The arcs of every layer and the number of legal ends.

    A machine is live from the first layer it reads to the last: before and after, all nodes agree
    on its state. A node is the tuple of the live machines' states; they are kept as one column of
    states a machine, so that a layer is worked out a machine at a time.

    Raises OutgrownError where the nodes would take more than `memory` bytes.
    """
    walks = [machine.along(order) for machine in machines]
    readers: list[list[int]] = [[] for _ in order]
    for index, walk in enumerate(walks):
        for layer in walk.layers:
            readers[layer].append(index)
    nodes = 0 if any(walk.start is HOPELESS for walk in walks) else 1
    live: dict[int, Sequence[State]] = {}
    settler: Settler | None = None
    layers, total = [], 0
    for layer, read in enumerate(readers):
        for index in read:
            live.setdefault(index, [walks[index].start] * nodes)
        branches = {index: walks[index].branch(layer, set(live[index])) for index in read}
        arcs, states = _expand(nodes, live, branches)
        columns: Sequence[Sequence[State]] = list(zip(*states, strict=True))
        if is_worth_settling(layer, len(states)):
            settler = settler or Settler(walks, len(order))
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
            needed = NODE_BYTES * (total + nodes * (len(order) - layer - 1))
            raise OutgrownError(memory, needed, f"after {layer + 1} of {len(order)} steps")
    return layers, nodes


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
    nodes: int, live: Mapping[int, Sequence[State]], branches: Mapping[int, Branches]
) -> tuple[Arcs, Sequence[tuple[State, ...]]]:
    """Decide one variable from every node: its arcs, and the nodes after it."""
    if not live:
        return ([0] * nodes, [0] * nodes), [()] * min(nodes, 1)
    numbers = _Numbers()
    left, taken = (
        list(map(numbers.__getitem__, zip(*_branched(live, branches, option), strict=True)))
        for option in (0, 1)
    )
    return (left, taken), numbers.states


def _branched(
    live: Mapping[int, Sequence[State]], branches: Mapping[int, Branches], option: int
) -> list[Iterable[State]]:
    """The columns of all live machines after a variable is left or taken."""
    return [
        map(branches[index][option].__getitem__, column) if index in branches else column
        for index, column in live.items()
    ]


def _merge(
    arcs: Arcs, columns: Sequence[Sequence[State]]
) -> tuple[Arcs, Sequence[tuple[State, ...]]]:
    """Lead the arcs to one node for all whose states have become equal."""
    numbers = _Numbers()
    place = [*map(numbers.__getitem__, zip(*columns, strict=True)), DEAD]
    left, taken = (list(map(place.__getitem__, nodes)) for nodes in arcs)
    return (left, taken), numbers.states
