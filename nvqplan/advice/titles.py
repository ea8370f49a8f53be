"""Endorsed titles that a mix misses by one thing."""

from collections.abc import Iterator
from typing import NamedTuple

from nvqplan.core.units import Mix
from nvqplan.rules.choose import Alternative, Choose
from nvqplan.rules.learner import Learner
from nvqplan.rules.outcome import TITLES, Option, Outcome
from nvqplan.rules.qualification import Judgement, Qualification
from nvqplan.space.proof import DisagreementError


class Missed(NamedTuple):
    """A title, what it lacks, and a unit that earns it once it is added, or dropped.

    Where only something told of the learner is in the way, there is no such unit.
    """

    title: str
    lacks: tuple[Outcome, ...]
    unit: str | None


def missed_titles(
    qualification: Qualification, judgement: Judgement, mix: Mix
) -> tuple[Missed, ...]:
    """Of every rule of whose titles the mix earns none, those that one thing keeps from it.

    The best first. Whether a mix with that one unit more or less is legal is not said. Raises
    DisagreementError where it does not earn the title after all.
    """
    return tuple(
        missed
        for judged in judgement.rules
        if isinstance(judged.kind, Choose) and judged.kind.measure == TITLES
        for outcome in judged.outcomes
        if not outcome.have
        for alternative, option in zip(judged.kind.alternatives, outcome.options, strict=True)
        for missed in _near(alternative, option, qualification, judgement.learner, mix)
    )


def _near(
    alternative: Alternative,
    option: Option,
    qualification: Qualification,
    learner: Learner,
    mix: Mix,
) -> Iterator[Missed]:
    lacks = tuple(outcome for outcome in option.outcomes if not outcome.holds)
    if len(lacks) == 1 and lacks[0].is_of_learner:
        yield Missed(option.name, lacks, None)
        return
    offering = qualification.offering
    machines = [
        machine
        for kind in alternative.kinds
        for machine in kind.machines(option.name, offering, learner)
    ]
    for unit in offering.units:
        other = mix ^ {unit}
        if all(machine.holds(other) for machine in machines):
            told = (kind.outcomes(offering, learner, other) for kind in alternative.kinds)
            if not all(outcome.holds for each in told for outcome in each):
                raise DisagreementError(f"{option.name}: machines and rules differ on {unit}")
            yield Missed(option.name, lacks, unit)
            return
