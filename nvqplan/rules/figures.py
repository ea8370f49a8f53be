"""Figures of the learner that are no units: `learner = { practice_hours = { at_least = 100 } }`."""

from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from nvqplan.core.names import did_you_mean
from nvqplan.core.shapes import Shape, Spot, map_of
from nvqplan.core.units import Offering
from nvqplan.rules.kind import never_met
from nvqplan.rules.learner import RANGE, Learner, Range
from nvqplan.rules.outcome import Outcome
from nvqplan.solving.linear import Linear


class Bounds(NamedTuple):
    """A declared figure, and the least and the most that it may be."""

    name: str
    at_least: int | None
    at_most: int | None

    def __str__(self) -> str:
        low = [f"at least {self.at_least}"] if self.at_least is not None else []
        high = [f"at most {self.at_most}"] if self.at_most is not None else []
        return f"{' and '.join(low + high)} {self.name.replace('_', ' ')}"

    def allow(self, name: str, figure: int) -> bool:
        """Whether such a figure is within them, or another one is meant."""
        low, high = self.at_least or 0, self.at_most
        return name != self.name or (low <= figure and (high is None or figure <= high))

    def cuts(self) -> Iterator[int]:
        """The figures from which on the answer differs from that to one less."""
        if self.at_least is not None:
            yield self.at_least
        if self.at_most is not None:
            yield self.at_most + 1


class Figure:
    """Figures of the learner must keep within bounds; one that nobody told passes."""

    code: ClassVar[str] = "NVQ315"

    def __init__(self, bounds: tuple[Bounds, ...]) -> None:
        self.bounds = bounds

    @classmethod
    def shape(cls, key: str, offering: Offering) -> Shape["Figure"]:
        known = offering.declared.figures

        def check(name: str, at: Spot) -> None:
            if name not in known:
                near = did_you_mean(name, known, len(at.found))
                help = near or f'declare it: figures = ["{name}"]'
                at.tell(f"unknown figure '{name}'", help, at.node.key)

        def make(ranges: dict[str, Range]) -> Figure:
            return cls(tuple(Bounds(name, *ranges[name]) for name in ranges))

        figures = map_of(RANGE, check_name=check).at_least(1, "{what} names no figure")
        return figures.into(make).stating(description="Figures of the learner within bounds.")

    def machines(self, name: str, offering: Offering, learner: Learner) -> tuple[Linear, ...]:
        return never_met(name, self.outcomes(offering, learner, frozenset()))

    def outcomes(
        self, offering: Offering, learner: Learner, mix: frozenset[str]
    ) -> tuple[Outcome, ...]:
        told = dict(learner.figures)
        return tuple(
            Outcome(
                each.name,
                told[each.name],
                each.at_least,
                each.at_most,
                about=each.name,
                is_of_learner=True,
            )
            for each in self.bounds
            if each.name in told
        )

    def figures(self) -> str:
        return "; ".join(map(str, self.bounds))

    def role(self, unit: str, offering: Offering) -> str:
        return ""
