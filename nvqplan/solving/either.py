"""The machine for rules that depend on a choice nobody has made yet: some alternative must hold."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nvqplan.solving.machine import HOPELESS, Branches, Machine, State, Walk


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
        """One number for all variables that are interchangeable in every alternative."""
        machines = [machine for each in self.alternatives for machine in each]
        kinds: dict[tuple[int, ...], int] = {}
        return {
            variable: kinds.setdefault(
                tuple(m.weights.get(variable, 0) for m in machines), len(kinds) + 1
            )
            for variable in self.variables
        }

    def holds(self, taken: Collection[str]) -> bool:
        return any(all(m.holds(taken) for m in machines) for machines in self.alternatives)

    def can_hold(self, assigned: Mapping[str, bool]) -> bool:
        return any(all(m.can_hold(assigned) for m in machines) for machines in self.alternatives)

    def along(self, order: Sequence[str]) -> "EitherWalk":
        return EitherWalk([[m.along(order) for m in machines] for machines in self.alternatives])


SURE: State = "sure"
"""The state once some alternative holds, whatever follows."""


class EitherWalk:
    """An `Either` along one order of variables: what all machines of all alternatives remember.

    An alternative that can no longer hold is HOPELESS in the state.
    """

    def __init__(self, alternatives: Sequence[Sequence[Walk]]) -> None:
        self._alternatives = alternatives
        self._unread = [
            max((layer for walk in walks for layer in walk.layers), default=-1) + 1
            for walks in alternatives
        ]
        self.layers = sorted({layer for each in alternatives for w in each for layer in w.layers})
        self.start = self._merge(-1, [_whole(walk.start for walk in each) for each in alternatives])

    def branch(self, layer: int, states: Collection[State]) -> Branches:
        known: list[Any] = [state for state in states if state is not SURE]
        tables = [
            _branch(walks, layer, [state[index] for state in known if state[index] is not HOPELESS])
            for index, walks in enumerate(self._alternatives)
        ]
        left, taken = (
            {state: self._after(layer, state, tables, option) for state in states}
            for option in (0, 1)
        )
        return left, taken

    def _after(
        self, layer: int, state: Any, tables: Sequence[Sequence[Branches | None]], option: int
    ) -> State:
        if state == SURE:
            return SURE
        after: list[State] = [
            HOPELESS
            if known is HOPELESS
            else _whole(
                before if branches is None else branches[option][before]
                for before, branches in zip(known, each, strict=True)
            )
            for known, each in zip(state, tables, strict=True)
        ]
        return self._merge(layer, after)

    def _merge(self, layer: int, alternatives: Sequence[State]) -> State:
        """One state for every alternative that has nothing left to read, or where none is alive."""
        alive = [index for index, state in enumerate(alternatives) if state is not HOPELESS]
        if any(layer + 1 >= self._unread[index] for index in alive):
            return SURE
        return tuple(alternatives) if alive else HOPELESS


def _branch(
    walks: Sequence[Walk], layer: int, states: Sequence[Sequence[State]]
) -> list[Branches | None]:
    """How each machine of one alternative branches; None for one that does not read the layer."""
    return [
        walk.branch(layer, {state[index] for state in states}) if layer in walk.layers else None
        for index, walk in enumerate(walks)
    ]


def _whole(states: Iterable[State]) -> State:
    """The states of one alternative, HOPELESS where one of its machines is."""
    known = tuple(states)
    return HOPELESS if HOPELESS in known else known
