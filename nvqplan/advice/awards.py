"""What there is to say of a mix beside its verdict: how it is shared out, titles barely missed."""

from collections.abc import Iterator, Mapping, Sequence

from nvqplan.core.units import Mix, Offering
from nvqplan.core.values import NamedTuple
from nvqplan.rules.kind import Alternative, Kind
from nvqplan.rules.learner import Learner
from nvqplan.rules.outcome import TITLES, Option, Outcome
from nvqplan.rules.qualification import Judgement, Qualification
from nvqplan.space.proof import DisagreementError

JudgedMix = tuple[Offering, Learner, Mix]
"""Out of which units, for which learner, and the mix."""


class FilledComponent(NamedTuple):
    """A component, and each unit that is used for it with what it adds."""

    component: str
    units: Mapping[str, int]

    @property
    def sum(self) -> int:
        return sum(self.units.values())


class Sharing(NamedTuple):
    """The parts into which a rule shares out a mix; what it could use and does not is left over."""

    rule: str
    measure: str
    parts: tuple[FilledComponent, ...]
    left_over: tuple[str, ...]


def share_out(qualification: Qualification, judgement: Judgement, mix: Mix) -> tuple[Sharing, ...]:
    """Find for each rule about components one way that it holds; alternatives that hold count too.

    Raises DisagreementError where a way is none: a unit used twice, or for what cannot use it, or
    too little or too much of them.
    """
    judged_mix = qualification.offering, judgement.learner, mix
    return tuple(
        _checked(judged.rule.id, kind, outcomes, judged_mix)
        for judged in judgement.rules
        for kind, outcomes in _sharing(judged.kind, judged.outcomes, judged_mix)
    )


def _sharing(
    kind: Kind, outcomes: Sequence[Outcome], judged: JudgedMix
) -> Iterator[tuple[Kind, Sequence[Outcome]]]:
    """Yield a rule about components, or those in alternatives that hold, with what each says."""
    if kind.parts:
        yield kind, outcomes
    if kind.alternatives:
        (outcome,) = outcomes
        for alternative, option in zip(kind.alternatives, outcome.options, strict=True):
            for each in alternative.kinds if option.holds else ():
                yield from _sharing(each, each.outcomes(*judged), judged)


def _checked(rule: str, kind: Kind, outcomes: Sequence[Outcome], judged: JudgedMix) -> Sharing:
    offering, learner, mix = judged
    units, parts = offering.units, list[FilledComponent]()
    could_use, used = set[str](), list[str]()
    for part, outcome in zip(kind.parts, outcomes, strict=True):
        fits = part.of.select(offering, learner)
        adds = {number: units[number].measure(kind.measure) for number in outcome.counted}
        filled = FilledComponent(part.name, adds)
        most = filled.sum if part.at_most is None else part.at_most
        if not mix.intersection(fits).issuperset(filled.units):
            raise DisagreementError(f"{part.name} of '{rule}' cannot use {[*filled.units]}")
        if not part.at_least <= filled.sum <= most:
            raise DisagreementError(f"{part.name} of '{rule}' has {filled.sum}")
        parts.append(filled)
        used += filled.units
        could_use.update(n for n in fits if n in mix and units[n].measure(kind.measure))
    if len({*used}) < len(used):
        raise DisagreementError(f"'{rule}' uses a unit twice: {used}")
    left_over = tuple(number for number in units if number in could_use and number not in used)
    return Sharing(rule, kind.measure, tuple(parts), left_over)


class Missed(NamedTuple):
    """A title, what it lacks, and a unit that earns it once it is added, or dropped.

    Where only a figure of the learner, or the age, is in the way, there is no such unit.
    """

    title: str
    lacks: tuple[Outcome, ...]
    unit: str | None


def missed_titles(
    qualification: Qualification, judgement: Judgement, mix: Mix
) -> tuple[Missed, ...]:
    """Find the titles that one thing keeps from a mix, of each rule of whose titles it earns none.

    The best first. Whether a mix with that one unit more or less is legal is not said. Raises
    DisagreementError where it does not earn the title after all.
    """
    judged_mix = qualification.offering, judgement.learner, mix
    return tuple(
        missed
        for judged in judgement.rules
        if judged.kind.measure == TITLES
        for outcome in judged.outcomes
        if not outcome.have
        for alternative, option in zip(judged.kind.alternatives, outcome.options, strict=True)
        for missed in _near(alternative, option, judged_mix)
    )


def _near(alternative: Alternative, option: Option, judged: JudgedMix) -> Iterator[Missed]:
    offering, learner, mix = judged
    title, lacks = option.name, tuple(each for each in option.outcomes if not each.holds)
    if len(lacks) == 1 and lacks[0].is_of_learner:
        yield Missed(title, lacks, None)
        return
    machines = [m for kind in alternative.kinds for m in kind.machines(title, offering, learner)]
    for unit in offering.units:
        other = mix ^ {unit}
        if all(machine.holds(other) for machine in machines):
            outcomes = (kind.outcomes(offering, learner, other) for kind in alternative.kinds)
            if not all(outcome.holds for each in outcomes for outcome in each):
                raise DisagreementError(f"{title}: machines and rules differ on {unit}")
            yield Missed(title, lacks, unit)
            return
