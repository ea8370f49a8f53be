"""Figures of the learner that are no units: `learner = { practice_hours = { at_least = 100 } }`."""

from typing import ClassVar

from nvqplan.core.shapes import Shape, Spot, map_of
from nvqplan.core.units import Mix, Offering
from nvqplan.core.words import did_you_mean
from nvqplan.rules.kind import Kind, never_met
from nvqplan.rules.learner import RANGE, FigureBounds, Learner, Range
from nvqplan.rules.outcome import Outcome
from nvqplan.solving.linear import Linear


class Figure(Kind):
    """Figures of the learner must keep within bounds; an unknown figure passes."""

    code: ClassVar[str] = "NVQ315"
    described: ClassVar[str] = "Figures of the learner within bounds."

    def __init__(self, bounds: tuple[FigureBounds, ...]) -> None:
        self.asks_of_learner = bounds

    @classmethod
    def shape(cls, key: str, offering: Offering) -> Shape["Figure"]:
        known = offering.declared.figures

        def check(name: str, at: Spot) -> None:
            if name not in known:
                near = did_you_mean(name, known, len(at.found))
                help = near or f'declare it: figures = ["{name}"]'
                at.tell(f"unknown figure '{name}'", help, at.node.key)

        def make(ranges: dict[str, Range]) -> Figure:
            return cls(tuple(FigureBounds(name, *ranges[name]) for name in ranges))

        figures = map_of(RANGE, check_name=check).at_least(1, "{what} names no figure")
        return figures.into(make)

    def machines(self, name: str, offering: Offering, learner: Learner) -> tuple[Linear, ...]:
        return never_met(name, self.outcomes(offering, learner, frozenset()))

    def outcomes(self, offering: Offering, learner: Learner, mix: Mix) -> tuple[Outcome, ...]:
        figures = dict(learner.figures)
        outcomes = []
        for each in self.asks_of_learner:
            name, bounds = each.name, (each.at_least, each.at_most)
            if (have := figures.get(name)) is not None:
                outcomes.append(Outcome(name, have, *bounds, about=name, is_of_learner=True))
        return tuple(outcomes)

    def figures(self) -> str:
        return "; ".join(map(str, self.asks_of_learner))
