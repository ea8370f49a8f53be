"""Figures of the learner that are no units: `learner = { practice_hours = { at_least = 100 } }`."""

from typing import ClassVar, Self

from nvqplan.core.fields import as_mapping
from nvqplan.core.findings import Findings, Located
from nvqplan.core.names import did_you_mean
from nvqplan.core.units import Mix, Offering
from nvqplan.rules.kind import Kind, never_met
from nvqplan.rules.learner import FigureBounds, Learner, parse_range
from nvqplan.rules.outcome import Outcome
from nvqplan.solving.linear import Linear


class Figure(Kind):
    """Figures of the learner must keep within bounds; an unknown figure passes."""

    code: ClassVar[str] = "NVQ315"

    def __init__(self, bounds: tuple[FigureBounds, ...]) -> None:
        self.asks_of_learner = bounds

    @classmethod
    def parse(cls, key: str, node: Located, offering: Offering, found: Findings) -> Self:
        figures = as_mapping(node, key, found)
        if node.value == {}:
            found.add(node, "NVQ401", f"{key} names no figure")
        return cls(tuple(_bounds(*each, offering, found) for each in figures.items()))

    def machines(self, name: str, offering: Offering, learner: Learner) -> tuple[Linear, ...]:
        return never_met(name, self.outcomes(offering, learner, frozenset()))

    def outcomes(self, offering: Offering, learner: Learner, mix: Mix) -> tuple[Outcome, ...]:
        figures = dict(learner.figures)
        return tuple(
            Outcome(
                each.name,
                figures[each.name],
                each.at_least,
                each.at_most,
                about=each.name,
                is_of_learner=True,
            )
            for each in self.asks_of_learner
            if each.name in figures
        )

    def figures(self) -> str:
        return "; ".join(map(str, self.asks_of_learner))


def _bounds(name: str, node: Located, offering: Offering, found: Findings) -> FigureBounds:
    least, most = parse_range(node, name, found)
    known = offering.declared.figures
    if name not in known:
        help = did_you_mean(name, known, len(found)) or f'declare it: figures = ["{name}"]'
        found.add(node.key, "NVQ401", f"unknown figure '{name}'", help)
    return FigureBounds(name, least, most)
