"""Machines made of others: of some alternatives so many must hold, or none may.

The opposite of a rule is asked whether the rule can be broken.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nvqplan.solving.linear import Linear
from nvqplan.solving.machine import HOPELESS, SURE, Branches, Machine, State, Walk


@dataclass(frozen=True)
class Either:
    """Accepts where, of several alternatives, at least and at most so many hold.

    An alternative holds where all its machines do; None is no bound. The state is what all machines
    of all alternatives remember, so each mix is counted once, however many alternatives it
    satisfies. Sources: a registration date nobody has named yet, a choice of pathways.
    """

    name: str
    alternatives: tuple[tuple[Machine, ...], ...]
    at_least: int = 1
    at_most: int | None = None

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
            v: kinds.setdefault(tuple(m.weights.get(v, 0) for m in machines), len(kinds) + 1)
            for v in self.variables
        }

    def holds(self, taken: Collection[str]) -> bool:
        holding = sum([all(m.holds(taken) for m in machines) for machines in self.alternatives])
        return self.at_least <= holding <= self.most

    @property
    def most(self) -> int:
        """So many alternatives may hold."""
        return len(self.alternatives) if self.at_most is None else self.at_most

    def can_hold(self, assigned: Mapping[str, bool]) -> bool:
        """An alternative is certain to hold once all is assigned that it reads."""
        possible = [each for each in self.alternatives if all(m.can_hold(assigned) for m in each)]
        certain = [
            each for each in possible if all(v in assigned for m in each for v in m.variables)
        ]
        return self.at_least <= len(possible) and len(certain) <= self.most

    def along(self, order: Sequence[str]) -> "EitherWalk":
        walks = [[m.along(order) for m in machines] for machines in self.alternatives]
        return EitherWalk(walks, self.at_least, self.most)


class EitherWalk:
    """An `Either` along one order of variables.

    The state is how many alternatives are certain to hold, and what all machines of the others
    remember: HOPELESS for an alternative that is decided.
    """

    def __init__(self, alternatives: Sequence[Sequence[Walk]], least: int, most: int) -> None:
        self._alternatives = alternatives
        self._least, self._most = least, most
        self._unread = [
            max((layer for walk in walks for layer in walk.layers), default=-1) + 1
            for walks in alternatives
        ]
        self.layers = sorted({layer for each in alternatives for w in each for layer in w.layers})
        starts = [_whole(walk.start for walk in each) for each in alternatives]
        self.start = self._merge(-1, 0, starts)

    def branch(self, layer: int, states: Collection[State]) -> Branches:
        every: Collection[Any] = states
        known = [state[1] for state in every if state != SURE]
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
        sure, open = state
        after: list[State] = [
            HOPELESS
            if known is HOPELESS
            else _whole(
                before if branches is None else branches[option][before]
                for before, branches in zip(known, each, strict=True)
            )
            for known, each in zip(open, tables, strict=True)
        ]
        return self._merge(layer, sure, after)

    def _merge(self, layer: int, sure: int, alternatives: Sequence[State]) -> State:
        """One state for all in which the number of alternatives that hold is as it must be."""
        open = list(alternatives)
        for index, unread in enumerate(self._unread):
            if open[index] is not HOPELESS and layer + 1 >= unread:
                open[index] = HOPELESS
                sure += 1
        most = sure + sum([state is not HOPELESS for state in open])
        if sure > self._most or most < self._least:
            return HOPELESS
        return SURE if sure >= self._least and most <= self._most else (sure, tuple(open))


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


def opposite(name: str, machines: Sequence[Machine]) -> Machine:
    """Accepts where at least one of the machines does not; nowhere if there are none."""
    ways = list(ways_out(name, machines))
    return ways[0] if len(ways) == 1 else Either(name, tuple((way,) for way in ways))


def ways_out(name: str, machines: Iterable[Machine]) -> Iterator[Machine]:
    """Machines that each accept a part of what one of the machines refuses, together all of it."""
    for machine in machines:
        if not isinstance(machine, Linear):
            yield turned_round(name, machine)
            continue
        if machine.lower is not None:
            yield Linear(name, machine.weights, upper=machine.lower - 1)
        if machine.upper is not None:
            yield Linear(name, machine.weights, lower=machine.upper + 1)


def turned_round(name: str, machine: Machine) -> Either:
    """Accepts just where the machine does not: the only alternative must not hold."""
    return Either(name, ((machine,),), at_least=0, at_most=0)
