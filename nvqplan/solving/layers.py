"""All machines run side by side over all mixes at once, equal states merged, layer by layer."""

import gc
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from nvqplan.solving.linear import Linear
from nvqplan.solving.machine import HOPELESS, Branches, Machine, State, Walk

if TYPE_CHECKING:
    from nvqplan.solving.settling import Settler

DEAD = -1
"""The arc that leads to no legal mix; as an index, the last entry of every table of nodes."""

Arcs = tuple[Sequence[int], Sequence[int]]
"""From each node of a layer to the one after, first if its variable is left, then if taken."""

GIBIBYTE = 2**30
NODE_BYTES = 200
"""What a node takes, about: its arcs, the rest for counts and sums that are asked later."""

ARC_BYTES = 60
MET_BYTES = NODE_BYTES * 5 // 4
"""What a node takes while its layer is made; a quarter over what is allowed is the most."""

STATE_BYTES = 800
"""What a state of one machine takes while a layer is made: it is known before and after."""

MANY = 4096
"""Of no more nodes than this it does not matter what they take while a layer is made."""

LITTLE = 2**20
"""It does not matter whether what takes less than so many bytes is allowed."""


class OutgrownError(MemoryError):
    """What is asked would not fit into the memory that is allowed; `needed` is an estimate."""

    def __init__(self, allowed: int, needed: int, where: str) -> None:
        super().__init__(f"at least {_say(needed)} needed {where}, {_say(allowed)} allowed")
        self.allowed, self.needed = allowed, needed


class GaveUpError(Exception):
    """A way to an answer that is short as a rule, but not for what is asked."""


@contextmanager
def collector_paused() -> Iterator[None]:
    """Nodes refer to no others in a circle: the collector would look at all of them in vain.

    It would do so again and again, which takes nearly half of the time of a large diagram.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


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

    Nodes are merged in pairs of sums only where a plain compile outgrew the memory: most diagrams
    fit, and take up to three times as long with it. Raises OutgrownError where the nodes would
    take more than `memory` bytes even so.
    """
    needed = sum([machine.walk_bytes for machine in machines if isinstance(machine, Linear)])
    if needed > max(memory, LITTLE):
        raise OutgrownError(memory, needed, "to tell sums apart")
    walks = [machine.along(order) for machine in machines]
    try:
        return compile_walks(order, walks, memory, None)
    except OutgrownError:
        pass  # and the layers made so far are let go
    from nvqplan.solving.settling import Settler

    return compile_walks(order, walks, memory, Settler(walks, len(order)))


def compile_walks(
    order: Sequence[str], walks: Sequence[Walk], memory: int, settler: "Settler | None"
) -> tuple[list[Arcs], int]:
    """The same, one layer after another.

    A machine is live from the first layer it reads to the last: before and after, all nodes agree
    on its state. A node is the tuple of the live machines' states; they are kept as one column of
    states a machine, so that a layer is worked out a machine at a time.
    """
    nodes = 0 if any(walk.start is HOPELESS for walk in walks) else 1
    live: dict[int, Sequence[State]] = {}
    layers, total = [], 0
    for layer, read in enumerate(_readers(order, walks)):
        for index in read:
            live.setdefault(index, [walks[index].start] * nodes)
        before = {index: set(live[index]) for index in read}
        room = _room(memory, total, nodes, sum(map(len, before.values())))
        try:
            branches = _branch(walks, layer, before, room)
            arcs, states = _expand(nodes, live, branches, room)
        except GaveUpError:
            needed = NODE_BYTES * (total + max(room, nodes) * (len(order) - layer))
            raise OutgrownError(memory, needed, f"after {layer} of {len(order)} steps") from None
        if settler and settler.is_worth_it(layer, len(states)):
            columns = dict(zip(live, zip(*states, strict=True), strict=True))
            arcs, states = _merge(arcs, settler.settle(layer, columns))
        live = {
            index: column
            for index, column in zip(live, zip(*states, strict=True), strict=False)
            if walks[index].layers[-1] > layer
        }
        layers.append(arcs)
        nodes = len(states)
        total += nodes
        if NODE_BYTES * total > memory:
            needed = NODE_BYTES * (total + nodes * (len(order) - layer - 1))
            raise OutgrownError(memory, needed, f"after {layer + 1} of {len(order)} steps")
    return layers, nodes


def _room(memory: int, total: int, nodes: int, states: int) -> int:
    """How many nodes a layer may get beside those of earlier ones, and beside so many states."""
    if nodes <= MANY:
        return 2 * nodes
    return (memory * 5 // 4 - ARC_BYTES * total - STATE_BYTES * states) // MET_BYTES


def _branch(
    walks: Sequence[Walk], layer: int, before: Mapping[int, Collection[State]], room: int
) -> Mapping[int, Branches]:
    """How the machines that read a layer branch, if there is any room."""
    if room < 0:
        raise GaveUpError
    return {index: walks[index].branch(layer, states) for index, states in before.items()}


def _readers(order: Sequence[str], walks: Sequence[Walk]) -> list[list[int]]:
    """For each layer the walks that read it, by their index."""
    readers: list[list[int]] = [[] for _ in order]
    for index, walk in enumerate(walks):
        for layer in walk.layers:
            readers[layer].append(index)
    return readers


class _StateNumbers(dict[tuple[State, ...], int]):
    """The nodes of one layer by the states of its live machines, numbered as they are met.

    Raises GaveUpError where there is no room for so many.
    """

    def __init__(self, room: int) -> None:
        self.states: list[tuple[State, ...]] = []
        self._room = room

    def __missing__(self, states: tuple[State, ...]) -> int:
        if HOPELESS in states:
            number = DEAD
        else:
            number = len(self.states)
            if number >= self._room:
                raise GaveUpError
            self.states.append(states)
        self[states] = number
        return number


def _expand(
    nodes: int, live: Mapping[int, Sequence[State]], branches: Mapping[int, Branches], room: int
) -> tuple[Arcs, Sequence[tuple[State, ...]]]:
    """Decide one variable from every node: its arcs, and the nodes after it, if there is room."""
    if not live:
        return ([0] * nodes, [0] * nodes), [()] * min(nodes, 1)
    numbers = _StateNumbers(room)
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
    numbers = _StateNumbers(len(columns[0]))
    place = [*map(numbers.__getitem__, zip(*columns, strict=True)), DEAD]
    left, taken = (list(map(place.__getitem__, nodes)) for nodes in arcs)
    return (left, taken), numbers.states
