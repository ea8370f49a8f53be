"""How the units of a mix are shared out over components, held against the rules unit by unit."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from nvqplan.core.units import Mix
from nvqplan.rules.choose import Choose
from nvqplan.rules.components import Components
from nvqplan.rules.kind import Kind
from nvqplan.rules.learner import Learner
from nvqplan.rules.outcome import Outcome
from nvqplan.rules.qualification import Judgement, Qualification
from nvqplan.space.proof import DisagreementError


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
    """For each rule about components, those of alternatives that hold too, one way that it holds.

    Raises DisagreementError where a way is none: a unit used twice, or for what cannot use it, or
    too little or too much of them.
    """
    return tuple(
        _checked(judged.rule.id, kind, outcomes, qualification, judgement.learner, mix)
        for judged in judgement.rules
        for kind, outcomes in _components(
            judged.kind, judged.outcomes, qualification, judgement.learner, mix
        )
    )


def _components(
    kind: Kind,
    outcomes: Sequence[Outcome],
    qualification: Qualification,
    learner: Learner,
    mix: Mix,
) -> Iterator[tuple[Components, Sequence[Outcome]]]:
    """Every rule about components, with what it says of the mix."""
    if isinstance(kind, Components):
        yield kind, outcomes
    elif isinstance(kind, Choose):
        (outcome,) = outcomes
        for alternative, option in zip(kind.alternatives, outcome.options, strict=True):
            for each in alternative.kinds if option.holds else ():
                told = each.outcomes(qualification.offering, learner, mix)
                yield from _components(each, told, qualification, learner, mix)


def _checked(
    rule: str,
    kind: Components,
    outcomes: Sequence[Outcome],
    qualification: Qualification,
    learner: Learner,
    mix: Mix,
) -> Sharing:
    units, parts = qualification.offering.units, list[FilledComponent]()
    could_use, used = dict[str, None](), list[str]()
    for component, outcome in zip(kind.components, outcomes, strict=True):
        fits = component.of.select(qualification.offering, learner)
        part = FilledComponent(
            component.name, {n: units[n].measure(kind.measure) for n in outcome.counted}
        )
        most = part.sum if component.at_most is None else component.at_most
        if not mix.intersection(fits).issuperset(part.units):
            raise DisagreementError(f"{component.name} of '{rule}' cannot use {[*part.units]}")
        if not component.at_least <= part.sum <= most:
            raise DisagreementError(f"{component.name} of '{rule}' has {part.sum}")
        parts.append(part)
        used += part.units
        could_use.update(
            dict.fromkeys(n for n in fits if n in mix and units[n].measure(kind.measure))
        )
    if len({*used}) < len(used):
        raise DisagreementError(f"'{rule}' uses a unit twice: {used}")
    left_over = tuple(number for number in units if number in could_use and number not in used)
    return Sharing(rule, kind.measure, tuple(parts), left_over)
