"""How far a mix is from the bounds of many sums: all of them in one whole number."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import repeat

from nvqplan.core.values import NamedTuple
from nvqplan.solving.linear import Linear
from nvqplan.solving.machine import Machine

Broken = frozenset[str]
"""The names of machines that do not hold."""


class Slack(NamedTuple):
    """How far sums are from their bounds, one field of bits for each bound.

    The highest bit of a field says that the bound is kept: all of these are `enough`. `start` is
    the slack of the mix that takes nothing, `gains` what it gains if a variable is taken, `names`
    are those of the machines, by the highest bit of the field.
    """

    start: int
    enough: int
    gains: Mapping[str, int]
    names: Mapping[int, str]

    @classmethod
    def of(cls, sums: Iterable[Linear]) -> "Slack":
        bounds = [
            (each, sign, bound)
            for each in sums
            for sign, bound in ((1, each.lower), (-1, each.upper))
            if bound is not None
        ]
        widths = [most - least for least, most in (each.span for each, *_ in bounds)]
        most = max([*widths, *[abs(bound) for *_, bound in bounds]], default=0)
        bits = most.bit_length() + 2
        start = enough = 0
        gains: dict[str, int] = {}
        gained = gains.get
        names: dict[int, str] = {}
        for place, (machine, sign, bound) in enumerate(bounds):
            kept = 1 << (place + 1) * bits - 1
            one = sign << place * bits
            enough += kept
            start += kept - bound * one
            names[kept] = machine.name
            for variable, weight in machine.weights.items():
                gains[variable] = gained(variable, 0) + weight * one
        return cls(start, enough, gains, names)

    @classmethod
    def beside(cls, parts: Iterable["Slack"]) -> "tuple[Slack, list[int]]":
        """Several as one, and which of its bits say that the bounds of each are kept."""
        place = start = enough = 0
        gains: dict[str, int] = {}
        names: dict[int, str] = {}
        kept = []
        for part in parts:
            start += part.start << place
            kept.append(part.enough << place)
            enough += kept[-1]
            names.update((bit << place, name) for bit, name in part.names.items())
            for variable, gain in part.gains.items():
                gains[variable] = gains.get(variable, 0) + (gain << place)
            place += part.enough.bit_length()
        return cls(start, enough, gains, names), kept

    def mix(self, mix: Iterable[str]) -> int:
        """The slack of a mix."""
        return self.start + sum(map(self.gains.get, mix, repeat(0)))

    def will_do(self, slack: int) -> bool:
        return slack & self.enough == self.enough

    def broken(self, slack: int) -> Broken:
        """The names of the machines of which a bound is not kept."""
        short = self.enough & ~slack
        return frozenset([name for kept, name in self.names.items() if short & kept])


class Evaluator:
    """Machines that are asked about mix after mix: all sums at once, what is none one by one."""

    def __init__(self, machines: Sequence[Machine]) -> None:
        self.machines = machines
        self._others = [each for each in machines if not isinstance(each, Linear)]

    @cached_property
    def slack(self) -> Slack:
        """That of all sums."""
        return Slack.of([each for each in self.machines if isinstance(each, Linear)])

    def hold(self, mix: frozenset[str]) -> bool:
        """Whether all machines hold."""
        slack = self.slack
        return slack.will_do(slack.mix(mix)) and self.others_hold(mix)

    def others_hold(self, mix: frozenset[str]) -> bool:
        """Whether all that are no sums do."""
        return not self._others or all(each.holds(mix) for each in self._others)

    def broken(self, mix: frozenset[str]) -> Broken:
        """The names of the machines that do not hold."""
        slack = self.slack
        return slack.broken(slack.mix(mix)).union(self._others_broken(mix))

    def broken_after(self, mix: frozenset[str], changed: Iterable[str]) -> dict[str, Broken]:
        """The same for each of some variables, once that alone is changed."""
        slack, before = self.slack, self.slack.mix(mix)
        known: dict[int, Broken] = {}
        broken = {}
        for variable in changed:
            gain = slack.gains.get(variable, 0)
            after = before - gain if variable in mix else before + gain
            kept = after & slack.enough
            if kept not in known:
                known[kept] = slack.broken(kept)
            others = self._others_broken(mix ^ {variable}) if self._others else ()
            broken[variable] = known[kept].union(others)
        return broken

    def droppable(self, mix: frozenset[str]) -> list[str]:
        """Of a mix for which all hold, the variables without each of which all hold still."""
        slack = self.slack
        before, gains = slack.mix(mix), slack.gains
        return [
            variable
            for variable in mix
            if slack.will_do(before - gains.get(variable, 0)) and self.others_hold(mix - {variable})
        ]

    def _others_broken(self, mix: frozenset[str]) -> list[str]:
        return [each.name for each in self._others if not each.holds(mix)]


class Alternatives:
    """Tells for each mix which of several evaluators hold, the sums of all of them at once."""

    def __init__(self, evaluators: Sequence[Evaluator]) -> None:
        self._slack, kept = Slack.beside([each.slack for each in evaluators])
        self._evaluators = list(zip(evaluators, kept, strict=True))

    def holding(self, mix: frozenset[str]) -> list[bool]:
        """For each of them whether all its machines hold."""
        slack = self._slack.mix(mix)
        return [slack & kept == kept and each.others_hold(mix) for each, kept in self._evaluators]
