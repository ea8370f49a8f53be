"""Mixes that break one rule and keep all others: whether there are any, and which."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nvqplan.proof import DisagreementError, verify
from nvqplan.qualification import PRINTED, Demand, Qualification, machines_of
from nvqplan.rules.learner import Learner
from nvqplan.rules.rule import Reading, Rule
from nvqplan.solving.counting import count_accepted
from nvqplan.solving.diagram import compile_diagram
from nvqplan.solving.layers import GIBIBYTE
from nvqplan.units import Mix, sort_units


class Breach(NamedTuple):
    """A mix that breaks just one rule, for such a learner in such a reading; verified."""

    units: tuple[str, ...]
    learner: Learner
    reading: Reading


def find_breach(qualification: Qualification, rule: Rule, memory: int = GIBIBYTE) -> Breach | None:
    """A mix that breaks this rule alone; None where it is proven that no mix does.

    Every window of registration, every age that a rule asks for and both readings are tried.
    Raises OutgrownError where that would take more than `memory` bytes.
    """
    units = tuple(qualification.offering.units)
    for learner, reading in _terms(qualification):
        demands = qualification.demands(learner, reading)
        others = [each for each in demands if each.id != rule.id]
        if len(others) == len(demands):
            continue
        broken = count_accepted(units, machines_of(others), memory)
        if broken and broken > count_accepted(units, machines_of(demands), memory):
            mix = _difference(units, others, demands, memory)
            _verify(qualification, rule, others, mix, learner, reading)
            return Breach(sort_units(mix), learner, reading)
    return None


def _terms(qualification: Qualification) -> Iterator[tuple[Learner, Reading]]:
    """Learners and readings that stand for all: the newest window and the printed reading first."""
    readings = (PRINTED, *([qualification.intended] if qualification.readable else []))
    ages = (None, *(age - 1 for age in qualification.ages if age > 0))
    for reading in readings:
        for age in ages:
            for day in reversed(qualification.windows):
                yield Learner((day,), age), reading


def _difference(
    units: Sequence[str], others: Sequence[Demand], demands: Sequence[Demand], memory: int
) -> Mix:
    """A mix that meets all but the rule, with no unit that can be decided against."""
    wide = compile_diagram(units, machines_of(others), memory)
    narrow = compile_diagram(units, machines_of(demands), memory)
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
