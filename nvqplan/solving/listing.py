"""The mixes of a diagram, from any one to any other, as sets or as text; and which to draw."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import add, or_
from random import Random
from typing import TypeVar

from nvqplan.solving.diagram import SMALL, Diagram
from nvqplan.solving.layers import DEAD

Rows = TypeVar("Rows", bytes, list[frozenset[str]])
"""All mixes below a node, as far as they are decided there, in order."""

Head = TypeVar("Head", bytes, frozenset[str])
"""What is taken before the rows of a node begin."""

Pairs = Iterable[tuple[Rows, Rows]]
"""For each node of a layer the rows where its arcs lead, if the variable is taken or left."""

SIZES = (SMALL, 1024, 512, 256, 64, 16, 4, 1)
"""How many mixes the rows of a node may hold; the fewer nodes there are, the more."""

COPIES = 3
"""Up to so many times the rows that are asked for it pays to have the rows of nodes."""

Piece = tuple[int, int, Head, int, int]
"""A node whose rows are known, by depth and number, what is taken before, which rows are asked."""


def mixes(diagram: Diagram, start: int, stop: int) -> Iterator[frozenset[str]]:
    """The mixes from number `start` up to `stop`, that one not included."""
    order = [frozenset((variable,)) for variable in diagram.order]

    def join(depth: int, arcs: Pairs[list[frozenset[str]]]) -> list[list[frozenset[str]]]:
        return [[order[depth] | mix for mix in taken] + left for taken, left in arcs]

    most = _fitting(diagram, kept=50_000, asked=stop - start)
    tails = _tails(diagram, [frozenset[str]()], join, most)
    heads = (frozenset[str](), order, or_)
    for depth, node, head, first, last in _pieces(diagram, start, stop, most, *heads):
        for tail in tails[depth][node][first:last]:
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
    for depth, node, head, first, last in _pieces(diagram, start, stop, most, b"", words, add):
        text = tails[depth][node]
        if last - first < diagram.counts[depth][node]:
            text = b"\n" + b"\n".join(text.split(b"\n")[1:][first:last])
        yield _headed(text, head), last - first


def _headed(text: bytes, head: bytes) -> bytes:
    """Put the head before every line, without its leading space."""
    if head:
        return text.replace(b"\n", b"\n" + head[1:])
    text = text.replace(b"\n ", b"\n")
    return text + b'""' if text.endswith(b"\n") else text


def _pieces(
    diagram: Diagram,
    start: int,
    stop: int,
    most: int,
    nothing: Head,
    words: Sequence[Head],
    join: Callable[[Head, Head], Head],
) -> Iterator[Piece[Head]]:
    """Nodes of at most so many mixes that, one after another, hold those asked for."""
    stack = [(0, 0, nothing)]
    reached = 0
    while stack and start < stop and reached < stop:
        depth, node, head = stack.pop()
        amount = diagram.counts[depth][node]
        if not amount or reached + amount <= start:
            reached += amount
        elif amount <= most:
            yield depth, node, head, max(start - reached, 0), min(stop - reached, amount)
            reached += amount
        else:
            layer = diagram.layers[depth]
            stack.append((depth + 1, layer.left[node], head))
            stack.append((depth + 1, layer.taken[node], join(head, words[depth])))


def _fitting(diagram: Diagram, kept: int, asked: int) -> int:
    """The greatest size at which the rows of all nodes together are not too many.

    No more than `kept`, and hardly more than are asked for: each is copied where it is asked for.
    """
    enough = min(kept, COPIES * asked)
    counts = diagram.small_counts
    sizes = (size for size in SIZES if size <= asked)
    fitting = (s for s in sizes if sum(counts[: bisect_right(counts, s)]) <= enough)
    return next(fitting, SIZES[-1])


def _tails(
    diagram: Diagram, end: Rows, join: Callable[[int, Pairs[Rows]], list[Rows]], most: int
) -> dict[int, list[Rows]]:
    """The rows of each node, a layer at a time joined from those where arcs lead.

    A node of more mixes than `most` has none, and neither has the dead arc's, the last one. Only
    layers are kept to which nodes of more mixes lead.
    """
    nothing: Rows = end[:0]
    below: list[Rows] = [end for _ in range(diagram.ends)]
    below.append(nothing)
    kept: dict[int, list[Rows]] = {}
    for depth in range(len(diagram.layers) - 1, -1, -1):
        _, taken, left = diagram.layers[depth]
        counts = diagram.counts[depth]
        if max(counts) > most:
            kept[depth + 1] = below
            taken, left = (
                [DEAD if count > most else node for count, node in zip(counts, side, strict=False)]
                for side in (taken, left)
            )
        rows = (map(below.__getitem__, side) for side in (taken, left))
        below = join(depth, zip(*rows, strict=True))
        below.append(nothing)
    kept[0] = below
    return kept


def draw(count: int, size: int, seed: int, *, replace: bool = False) -> Iterator[int]:
    """Draw `size` numbers below `count`, without `replace` each at most once.

    A larger draw with the same seed begins with the smaller one. Exact for counts of any size, and
    the same in every version of Python: only `getrandbits` is asked. Raises ValueError where there
    are not enough numbers to draw, or the seed is less than 0.
    """
    if size < 0 or (size > count and not (replace and count)):
        raise ValueError(f"{size} of {count} cannot be drawn")
    if seed < 0:
        raise ValueError(f"the seed {seed} is less than 0")
    random = Random(seed)  # noqa: S311 - has to be repeatable
    if replace:
        return (_below(count, random) for _ in range(size))
    return _without_replacement(count, size, random)


def _without_replacement(count: int, size: int, random: Random) -> Iterator[int]:
    """Shuffle only as far as numbers are drawn, and remember only what was moved."""
    moved: dict[int, int] = {}
    for drawn in range(size):
        place = drawn + _below(count - drawn, random)
        yield moved.get(place, place)
        moved[place] = moved.pop(drawn, drawn)


def _below(count: int, random: Random) -> int:
    """A number below `count`: as many bits as that takes, drawn anew while it is too great."""
    bits = (count - 1).bit_length()
    number = random.getrandbits(bits) if bits else 0
    while number >= count:
        number = random.getrandbits(bits)
    return number
