"""The mixes by the sum of their weights, greatest first, found one by one."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import islice, repeat

from nvqplan.solving.diagram import Diagram
from nvqplan.solving.layers import GaveUpError
from nvqplan.solving.relaxing import Relaxation

EQUAL = 32
"""More mixes of equal sums than this are not brought in order, but taken from a diagram."""

Numbers = tuple[int, ...]
Columns = Sequence[Mapping[str, int]]
"""The first numbers of all variables, then the second ones, and so on."""

Mixes = Iterable[frozenset[str]]
Ranked = Iterator[tuple[Numbers, frozenset[str]]]
"""Mixes, each with the sum of its variables' weights."""

_Path = tuple[int, "_Path"] | None
"""The taken layers of a mix, the last one first."""


def best(diagram: Diagram, weights: Mapping[str, Numbers]) -> Ranked:
    """Every mix of a diagram with the sum of its variables' weights, greatest first.

    Sums are compared as tuples, the first number first; a variable without weights weighs nothing.
    Mixes of equal sums come in the order of the diagram. Lazy: the first costs a pass over the
    diagram, each further one a walk from where it leaves an earlier mix.
    """
    columns = _columns(diagram.order, weights)
    for mix in _descend(diagram, _pack(len(diagram.order), columns)):
        yield _score(mix, columns), mix


def best_accepted(
    relaxation: Relaxation,
    weights: Mapping[str, Numbers],
    order: Callable[[], Sequence[str]],
    compiled: Callable[[], Diagram],
) -> Ranked:
    """The same of the mixes that machines accept; `order` and `compiled` are asked if need be."""
    variables = relaxation.variables
    columns, found = _columns(variables, weights), 0
    packed = dict(zip(variables, _pack(len(variables), columns), strict=True))
    try:
        for score, equal in _by_score(relaxation.descend(packed), columns):
            for mix in equal if len(equal) == 1 else _in_order(equal, order()):
                yield score, mix
                found += 1
    except GaveUpError:
        yield from islice(best(compiled(), weights), found, None)


def _by_score(mixes: Mixes, columns: Columns) -> Iterator[tuple[Numbers, list[frozenset[str]]]]:
    """Mixes of equal sums together; raises GaveUpError where these are many."""
    score: Numbers | None = None
    equal: list[frozenset[str]] = []
    for mix in mixes:
        following = _score(mix, columns)
        if score is not None and following != score:
            yield score, equal
            equal = []
        score = following
        equal.append(mix)
        if len(equal) > EQUAL:
            raise GaveUpError
    if score is not None:
        yield score, equal


def _in_order(mixes: Mixes, order: Sequence[str]) -> Mixes:
    return sorted(mixes, key=lambda mix: [variable not in mix for variable in order])


def _columns(variables: Sequence[str], weights: Mapping[str, Numbers]) -> Columns:
    nothing = (0,) * max(map(len, weights.values()), default=0)
    chosen = map(weights.get, variables, repeat(nothing))
    columns = zip(*chosen, nothing, strict=True)  # as many, too, where there are no variables
    return [dict(zip(variables, column, strict=False)) for column in columns]


def _score(mix: frozenset[str], columns: Columns) -> Numbers:
    return tuple([sum(map(column.__getitem__, mix)) for column in columns])


def _pack(size: int, columns: Columns) -> list[int]:
    """The numbers of each variable as one, so that sums compare as those of tuples do.

    The lowest bits, one a variable, tell equal sums apart: what comes first is the greatest.
    """
    packed = [1 << place for place in range(size - 1, -1, -1)]
    scale = 1 << size
    for column in reversed(columns):
        numbers = column.values()
        packed = [low + number * scale for low, number in zip(packed, numbers, strict=True)]
        scale *= 2 * sum(map(abs, column.values())) + 1
    return packed


def _descend(diagram: Diagram, weights: Sequence[int]) -> Iterator[frozenset[str]]:
    """The mixes, the greatest sum of weights first; no two sums are equal.

    The heap holds where a path not yet walked leaves one that was, by what is lost there.
    """
    if not diagram.count():
        return
    beyond = 1 + sum(map(abs, weights))
    layers, most = diagram.layers, _most_below(diagram, weights, -4 * beyond)
    dead = -2 * beyond
    heap: list[tuple[int, int, int, _Path]] = [(0, 0, 0, None)]
    while heap:
        lost, depth, node, path = heappop(heap)
        while depth < len(layers):
            layer, below = layers[depth], most[depth + 1]
            taken, left = below[layer.taken[node]] + weights[depth], below[layer.left[node]]
            take = taken > left
            if taken > dead and left > dead:
                loss = lost + abs(taken - left)
                if take:
                    heappush(heap, (loss, depth + 1, layer.left[node], path))
                else:
                    heappush(heap, (loss, depth + 1, layer.taken[node], (depth, path)))
            node = layer.taken[node] if take else layer.left[node]
            path = (depth, path) if take else path
            depth += 1
        yield _unroll(path, diagram.order)


def _most_below(diagram: Diagram, weights: Sequence[int], nothing: int) -> list[list[int]]:
    """For each layer and node the greatest sum below it, near `nothing` where no mix lies below."""
    below = [*[0] * diagram.ends, nothing]
    table = [below]
    for layer, gain in zip(reversed(diagram.layers), reversed(weights), strict=True):
        gained = [most + gain for most in below]
        below = [  # each the greater of two, told so since calling max would take twice as long
            most if (most := gained[taken]) > (other := below[left]) else other
            for taken, left in zip(layer.taken, layer.left, strict=True)
        ]
        below.append(nothing)
        table.append(below)
    return table[::-1]


def _unroll(path: _Path, order: Sequence[str]) -> frozenset[str]:
    """The variables of the taken layers of a path."""
    taken = []
    while path is not None:
        depth, path = path
        taken.append(order[depth])
    return frozenset(taken)
