"""Figures of the learner that are no units: `learner = { practice_hours = { at_least = 100 } }`."""

from collections.abc import Iterator
from typing import ClassVar, NamedTuple, Self

from nvqplan.fields import as_mapping, as_whole, check_known
from nvqplan.findings import Findings, Located
from nvqplan.names import did_you_mean
from nvqplan.rules.learner import Learner
from nvqplan.rules.outcome import Outcome
from nvqplan.solving.linear import Linear
from nvqplan.units import Offering

BOUNDS = ("at_least", "at_most")


class Bounds(NamedTuple):
    """A declared figure, and the least and the most that it may be."""

    name: str
    at_least: int | None
    at_most: int | None

    def __str__(self) -> str:
        low = [f"at least {self.at_least}"] if self.at_least is not None else []
        high = [f"at most {self.at_most}"] if self.at_most is not None else []
        return f"{' and '.join(low + high)} {self.name.replace('_', ' ')}"

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
    def parse(cls, key: str, node: Located, offering: Offering, found: Findings) -> Self:
        figures = as_mapping(node, key, found)
        if node.value == {}:
            found.add(node, "NVQ401", f"{key} names no figure")
        return cls(tuple(_bounds(*each, offering, found) for each in figures.items()))

    def machines(self, name: str, offering: Offering, learner: Learner) -> tuple[Linear, ...]:
        """No unit changes a figure: a machine that reads nothing and never holds."""
        outcomes = self.outcomes(offering, learner, frozenset())
        return tuple(Linear(name, {}, lower=1) for each in outcomes if not each.holds)

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


def _bounds(name: str, node: Located, offering: Offering, found: Findings) -> Bounds:
    members = as_mapping(node, name, found)
    check_known(members, BOUNDS, name, "NVQ401", found)
    if node.value == {}:
        found.add(node, "NVQ401", f"{name} needs at_least, at_most or both")
    least, most = (
        as_whole(members[bound], bound, found) if bound in members else None for bound in BOUNDS
    )
    if least is not None and most is not None and least > most:
        found.add(node, "NVQ401", f"at_least {least} is more than at_most {most}")
    known = offering.declared.figures
    if name not in known:
        help = did_you_mean(name, known, len(found)) or f'declare it: figures = ["{name}"]'
        found.add(node.key, "NVQ401", f"unknown figure '{name}'", help)
    return Bounds(name, least, most)
