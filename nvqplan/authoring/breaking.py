"""Mixes that break one rule and keep all others: whether there are any, and which."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from nvqplan.proof import DisagreementError, verify
from nvqplan.qualification import PRINTED, Demand, Qualification, machines_of
from nvqplan.rules.learner import Learner
from nvqplan.rules.questions import Questions
from nvqplan.rules.rule import Reading, Rule
from nvqplan.solving.best import best_accepted
from nvqplan.solving.diagram import compile_diagram
from nvqplan.solving.layers import GIBIBYTE
from nvqplan.solving.linear import Linear
from nvqplan.solving.machine import Machine
from nvqplan.solving.order import arrange
from nvqplan.solving.relaxing import Relaxation
from nvqplan.units import Mix, sort_units


class Breach(NamedTuple):
    """A mix that breaks just one rule, for such a learner in such a reading; verified."""

    units: tuple[str, ...]
    learner: Learner
    reading: Reading


def find_breaches(
    qualification: Qualification, rule: Rule, memory: int = GIBIBYTE
) -> Iterator[Breach]:
    """Mixes that break this rule alone, one for each kind of learner; none where no mix does.

    Every window of registration, all that rules ask of learners and both readings are tried, of
    mixes of units that are taught and none of them imported. Raises OutgrownError where that would
    take more than `memory` bytes.
    """
    for learner, reading in _terms(qualification):
        demands = qualification.demands(learner, reading)
        broken = [each for each in demands if each.id == rule.id]
        others = [each for each in demands if each.id != rule.id]
        if not broken:
            continue
        mix = _find_mix(qualification, others, broken, memory)
        if mix is not None:
            _verify(qualification, rule, others, mix, learner, reading)
            yield Breach(sort_units(mix), learner, reading)


def _terms(qualification: Qualification) -> Iterator[tuple[Learner, Reading]]:
    """Learners and readings that stand for all: the newest window and the printed reading first."""
    readings = (PRINTED, *([qualification.intended] if qualification.readable else []))
    questions = qualification.questions
    ages = (None, *(cut - 1 for cut in questions.ages if cut))
    for reading, age, figures in product(readings, ages, _figures(questions)):
        for day in reversed(qualification.windows):
            for learner in reversed(questions.alternatives(Learner((day,), age, (), figures))):
                yield learner, reading


def _figures(questions: Questions) -> Iterator[tuple[tuple[str, int], ...]]:
    """What may be told in figures, nothing first; several only where one rule may ask for both."""
    told = [[(name, cut) for cut in cuts] for name, cuts in questions.figures.items()]
    if not questions.asks_in_choices:
        yield ()
        yield from ((figure,) for figures in told for figure in figures)
        return
    for chosen in product(*([None, *figures] for figures in told)):
        yield tuple(figure for figure in chosen if figure is not None)


def _find_mix(
    qualification: Qualification, others: Sequence[Demand], broken: Sequence[Demand], memory: int
) -> Mix | None:
    """A mix that meets all but the broken demands; None where there is none."""
    machines = machines_of(broken)
    if not all(isinstance(machine, Linear) for machine in machines):
        return _difference(qualification, others, broken, memory)
    for machine in machines:
        for opposite, towards in _opposites(machine) if isinstance(machine, Linear) else ():
            asked = [*machines_of(others), opposite]
            mix = _nearest(qualification, asked, towards, memory)
            if mix is not None:
                return mix
    return None


def _opposites(machine: Linear) -> Iterator[tuple[Linear, Mapping[str, int]]]:
    """Sums that hold where the machine does not, short of the one bound or over the other.

    With each goes what leads towards that bound.
    """
    if machine.lower is not None:
        yield Linear(machine.name, machine.weights, upper=machine.lower - 1), machine.weights
    if machine.upper is not None:
        opposite = Linear(machine.name, machine.weights, lower=machine.upper + 1)
        yield opposite, {unit: -weight for unit, weight in machine.weights.items()}


def _nearest(
    qualification: Qualification,
    machines: Sequence[Machine],
    towards: Mapping[str, int],
    memory: int,
) -> Mix | None:
    """Of the mixes that all machines accept the one nearest to the bound, of fewest credits."""
    units = tuple(qualification.offering.units)
    weights = {
        number: (towards.get(number, 0), -unit.credits, -1, -(1 << place))
        for place, (number, unit) in enumerate(qualification.offering.units.items())
    }
    ranked = best_accepted(
        Relaxation(units, machines),
        weights,
        order=lambda: arrange(units, machines),
        compiled=lambda: compile_diagram(units, machines, memory),
    )
    return next((mix for _, mix in ranked), None)


def _difference(
    qualification: Qualification, others: Sequence[Demand], broken: Sequence[Demand], memory: int
) -> Mix | None:
    """The same for rules that are no sums: what others let through is more than all let through.

    A unit is in the mix only where no such mix is without it.
    """
    units = tuple(qualification.offering.units)
    wide = compile_diagram(units, machines_of(others), memory)
    narrow = compile_diagram(units, machines_of((*others, *broken)), memory)
    if wide.count() == narrow.count():
        return None
    taken: list[str] = []
    for unit in units:
        without = wide.given((), (unit,)), narrow.given((), (unit,))
        if without[0].count() > without[1].count():
            wide, narrow = without
        else:
            taken.append(unit)
            wide, narrow = wide.given((unit,), ()), narrow.given((unit,), ())
    return frozenset(taken)


def _verify(
    qualification: Qualification,
    rule: Rule,
    others: Sequence[Demand],
    mix: Mix,
    learner: Learner,
    reading: Reading,
) -> None:
    """Raise DisagreementError where python-constraint or the rules themselves say otherwise."""
    verify(qualification, others, mix)
    broken = qualification.judge(mix, learner, reading).broken
    if [each.rule.id for each in broken] != [rule.id]:
        raise DisagreementError(f"{sorted(mix)} does not break '{rule.id}' alone")
