"""The machine for rules that depend on a choice nobody has made yet: some alternative must hold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from nvqplan.solving.machine import Branches, Machine, State, Walk


@dataclass(frozen=True)
class Either:
    """Accepts where all machines of at least one alternative accept.

    The state is what all machines of all alternatives remember, so each mix is counted once,
    however many alternatives it satisfies. Source: a registration date nobody has named yet.
    """

    name: str
    alternatives: tuple[tuple[Machine, ...], ...]

    @cached_property
    def variables(self) -> tuple[str, ...]:
        named = (v for machines in self.alternatives for m in machines for v in m.variables)
        return tuple(dict.fromkeys(named))

    @cached_property
    def weights(self) -> Mapping[str, int]:
        return dict.fromkeys(self.variables, 1)

    def start(self) -> State:
        return tuple(tuple(m.start() for m in machines) for machines in self.alternatives)

    def step(self, state: State, variable: str, taken: bool) -> State:
        assert isinstance(state, tuple)
        return tuple(
            tuple(m.step(s, variable, taken) for m, s in zip(machines, states, strict=True))
            for machines, states in zip(self.alternatives, state, strict=True)
        )

    def accepts(self, state: State) -> bool:
        assert isinstance(state, tuple)
        return any(
            all(m.accepts(s) for m, s in zip(machines, states, strict=True))
            for machines, states in zip(self.alternatives, state, strict=True)
        )

    def can_hold(self, assigned: Mapping[str, bool]) -> bool:
        return any(all(m.can_hold(assigned) for m in machines) for machines in self.alternatives)

    def along(self, order: Sequence[str]) -> "EitherWalk":
        walks = [[m.along(order) for m in machines] for machines in self.alternatives]
        return EitherWalk(order, walks)


SURE: State = "sure"
"""The state once some alternative holds, whatever follows."""


class EitherWalk:
    """An `Either` along one order; an alternative that can no longer hold is None in the state."""

    def __init__(self, order: Sequence[str], alternatives: list[list[Walk]]) -> None:
        self._steps = [
            [[walk.branches(layer) for walk in walks] for walks in alternatives]
            for layer in range(len(order))
        ]
        self._unread = [
            _unread([steps[index] for steps in self._steps]) for index in range(len(alternatives))
        ]
        self.start = self._merge(
            -1, [_whole(walk.start for walk in walks) for walks in alternatives]
        )

    def branches(self, layer: int) -> Branches | None:
        steps = self._steps[layer]
        if all(step is None for alternative in steps for step in alternative):
            return None

        def branch(state: State) -> tuple[State | None, State | None]:
            if state is SURE:
                return SURE, SURE
            assert isinstance(state, tuple)
            pairs = [_branch(*known) for known in zip(state, steps, strict=True)]
            left, taken = zip(*pairs, strict=True)
            return self._merge(layer, left), self._merge(layer, taken)

        return branch

    def _merge(self, layer: int, alternatives: Sequence[State | None]) -> State | None:
        """One state for every alternative that has nothing left to read, None for none alive."""
        alive = [index for index, state in enumerate(alternatives) if state is not None]
        if any(layer + 1 >= self._unread[index] for index in alive):
            return SURE
        return tuple(alternatives) if alive else None


def _unread(steps: Sequence[Sequence[Branches | None]]) -> int:
    """The first layer from which on no machine of an alternative reads anything."""
    reading = (layer for layer, known in enumerate(steps) if any(known))
    return max(reading, default=-1) + 1


def _branch(
    states: tuple[State, ...] | None, steps: Sequence[Branches | None]
) -> tuple[State | None, State | None]:
    """Leave and take one variable in all machines of one alternative."""
    if states is None:
        return None, None
    known = zip(states, steps, strict=True)
    pairs = [(state, state) if step is None else step(state) for state, step in known]
    return _whole(left for left, _ in pairs), _whole(taken for _, taken in pairs)


def _whole(states: Iterable[State | None]) -> State | None:
    """The states of one alternative, None where one of its machines can no longer hold."""
    known = tuple(states)
    return None if None in known else known
