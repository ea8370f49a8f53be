"""The mixes of a diagram one after another, from any one to any other, as sets or as text."""

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar

from nvqplan.solving.diagram import Diagram

Rows = TypeVar("Rows", bytes, list[frozenset[str]])
"""All mixes below a node, as far as they are decided there, in order."""

Pairs = list[tuple[Rows, Rows]]
"""For each node of a layer the rows where its arcs lead, if the variable is taken or left."""

SIZES = (4096, 1024, 256, 64, 16, 4, 1)
"""How many mixes the rows of a node may hold; the fewer nodes there are, the more."""


class _Piece(NamedTuple):
    """A node whose rows are known, the layers taken on the way to it, and which rows are asked."""

    depth: int
    node: int
    path: tuple[int, ...]
    first: int
    last: int


def mixes(diagram: Diagram, start: int, stop: int) -> Iterator[frozenset[str]]:
    """The mixes from number `start` up to `stop`, that one not included."""
    order = [frozenset((variable,)) for variable in diagram.order]

    def join(depth: int, arcs: Pairs[list[frozenset[str]]]) -> list[list[frozenset[str]]]:
        return [[order[depth] | mix for mix in taken] + left for taken, left in arcs]

    most = _fitting(diagram, kept=50_000, asked=stop - start)
    tails = _tails(diagram, [frozenset[str]()], join, most)
    for piece in _pieces(diagram, start, stop, most):
        head = frozenset[str]().union(*(order[depth] for depth in piece.path))
        for tail in tails[piece.depth][piece.node][piece.first : piece.last]:
            yield head | tail


def lines(diagram: Diagram, start: int, stop: int) -> Iterator[tuple[bytes, int]]:
    """The same mixes as text, many at a time, with their number.

    Each mix is a line break and its variables in the order of the diagram, a space between them;
    `""` is the mix that takes nothing. All but its head is made once a node and then copied with
    each head that leads there, which is what makes this fast.
    """
    words = [b" " + variable.encode() for variable in diagram.order]
    breaks = [b"\n" + word for word in words]

    def join(depth: int, arcs: Pairs[bytes]) -> list[bytes]:
        head = breaks[depth]
        return [taken.replace(b"\n", head) + left if taken else left for taken, left in arcs]

    most = _fitting(diagram, kept=1_000_000, asked=stop - start)
    tails = _tails(diagram, b"\n", join, most)
    for piece in _pieces(diagram, start, stop, most):
        text = tails[piece.depth][piece.node]
        rows = piece.last - piece.first
        if rows < diagram.counts[piece.depth][piece.node]:
            text = b"\n" + b"\n".join(text.split(b"\n")[1:][piece.first : piece.last])
        head = b"".join([words[depth] for depth in piece.path])
        yield _headed(text, head), rows


def _headed(text: bytes, head: bytes) -> bytes:
    """Put the head before every line, without its leading space."""
    if head:
        return text.replace(b"\n", b"\n" + head[1:])
    text = text.replace(b"\n ", b"\n")
    return text + b'""' if text.endswith(b"\n") else text


def _pieces(diagram: Diagram, start: int, stop: int, most: int) -> Iterator[_Piece]:
    """Nodes of at most so many mixes that, one after another, hold those asked for."""
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


def _fitting(diagram: Diagram, kept: int, asked: int) -> int:
    """The greatest size at which the rows of all nodes together are no more than `kept`."""
    counts = [count for row in diagram.counts for count in row if count <= SIZES[0]]
    sizes = [size for size in SIZES if size <= max(asked, 1)]
    return next((m for m in sizes if sum(c for c in counts if c <= m) <= kept), sizes[-1])


def _tails(
    diagram: Diagram, end: Rows, join: Callable[[int, Pairs[Rows]], list[Rows]], most: int
) -> list[list[Rows]]:
    """For each layer and node its rows, a layer at a time joined from those where arcs lead.

    A node of more mixes than `most` has none, and neither has the dead arc's, the last one.
    """
    nothing: Rows = end[:0]
    too_many = (nothing, nothing)
    below: list[Rows] = [end for _ in range(diagram.ends)]
    below.append(nothing)
    table: list[list[Rows]] = [below]
    for depth in range(len(diagram.layers) - 1, -1, -1):
        _, taken, left = diagram.layers[depth]
        nodes = zip(diagram.counts[depth], taken, left, strict=False)
        arcs = [(below[t], below[r]) if count <= most else too_many for count, t, r in nodes]
        below = join(depth, arcs)
        below.append(nothing)
        table.append(below)
    return table[::-1]
