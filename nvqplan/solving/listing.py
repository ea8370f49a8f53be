"""The mixes of a diagram one after another, from any one to any other, as sets or as text."""

from collections.abc import Callable, Iterator
from typing import Generic, NamedTuple, TypeVar

from nvqplan.solving.diagram import Diagram
from nvqplan.solving.layers import DEAD

Rows = TypeVar("Rows", bytes, list[frozenset[str]])
"""All mixes below a node, as far as they are decided there, in order."""


class _Piece(NamedTuple):
    """A node with few mixes below, the layers taken on the way to it, and which rows are asked."""

    depth: int
    node: int
    path: tuple[int, ...]
    first: int
    last: int


def mixes(diagram: Diagram, start: int, stop: int) -> Iterator[frozenset[str]]:
    """The mixes from number `start` up to `stop`, that one not included."""
    order = diagram.order

    def join(
        depth: int, taken: list[frozenset[str]], left: list[frozenset[str]]
    ) -> list[frozenset[str]]:
        variable = frozenset((order[depth],))
        return [variable | mix for mix in taken] + left

    tails = _Tails(diagram, [frozenset[str]()], join, kept=50_000)
    for piece in _pieces(diagram, start, stop, most=64):
        head = frozenset(order[depth] for depth in piece.path)
        for tail in tails.below(piece.depth, piece.node)[piece.first : piece.last]:
            yield head | tail


def lines(diagram: Diagram, start: int, stop: int) -> Iterator[tuple[bytes, int]]:
    """The same mixes as text, many at a time, with their number.

    Each mix is a line break and its variables in the order of the diagram, a space between them;
    `""` is the mix that takes nothing. Every line but for its head is made once a node and then
    copied with each head that leads there, which is what makes this fast.
    """
    words = [b" " + variable.encode() for variable in diagram.order]

    def join(depth: int, taken: bytes, left: bytes) -> bytes:
        return taken.replace(b"\n", b"\n" + words[depth]) + left

    tails = _Tails(diagram, b"\n", join, kept=1_000_000)
    for piece in _pieces(diagram, start, stop, most=4096):
        text = tails.below(piece.depth, piece.node)
        rows = piece.last - piece.first
        if rows < text.count(b"\n"):
            wanted = text.split(b"\n")[1:][piece.first : piece.last]
            text = b"\n" + b"\n".join(wanted)
        head = b"".join([words[depth] for depth in piece.path])
        yield _headed(text, head), rows


def _headed(text: bytes, head: bytes) -> bytes:
    """Put the head before every line, without its leading space."""
    if head:
        return text.replace(b"\n", b"\n" + head[1:])
    text = text.replace(b"\n ", b"\n")
    return text + b'""' if text.endswith(b"\n") else text


def _pieces(diagram: Diagram, start: int, stop: int, most: int) -> Iterator[_Piece]:
    """Nodes with at most so many mixes below that, one after another, hold those asked for."""
    stack: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())]
    reached = 0
    while stack and start < stop and reached < stop:
        depth, node, path = stack.pop()
        amount = diagram.counts[depth][node]
        if not amount or reached + amount <= start:
            reached += amount
        elif amount <= most:
            yield _Piece(depth, node, path, max(start - reached, 0), min(stop - reached, amount))
            reached += amount
        else:
            layer = diagram.layers[depth]
            stack.append((depth + 1, layer.left[node], path))
            stack.append((depth + 1, layer.taken[node], (*path, depth)))


class _Tails(Generic[Rows]):
    """The rows below nodes, joined from those where their arcs lead; about `kept` of them stay."""

    def __init__(
        self, diagram: Diagram, end: Rows, join: Callable[[int, Rows, Rows], Rows], kept: int
    ) -> None:
        self._diagram, self._kept = diagram, kept
        self._join: Callable[[int, Rows, Rows], Rows] = join
        layers = len(diagram.layers)
        self._ends: dict[tuple[int, int], Rows] = {
            **{(depth, DEAD): end[:0] for depth in range(layers + 1)},
            **{(layers, node): end for node in range(diagram.ends)},
        }
        self._known: dict[tuple[int, int], Rows] = self._ends.copy()
        self._rows = 0

    def below(self, depth: int, node: int) -> Rows:
        if self._rows > self._kept:
            self._known, self._rows = self._ends.copy(), 0
        todo = [(depth, node)]
        while todo:
            place = todo[-1]
            arcs = [] if place in self._known else self._arcs(*place)
            unknown = [arc for arc in arcs if arc not in self._known]
            if arcs and not unknown:
                self._known[place] = self._join(place[0], *(self._known[arc] for arc in arcs))
                self._rows += self._diagram.counts[place[0]][place[1]]
            todo += unknown
            if not unknown:
                todo.pop()
        return self._known[depth, node]

    def _arcs(self, depth: int, node: int) -> list[tuple[int, int]]:
        layer = self._diagram.layers[depth]
        return [(depth + 1, layer.taken[node]), (depth + 1, layer.left[node])]
