"""Mixes that break one rule and keep all others: whether there are any, and which."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from nvqplan.core.units import Mix, sort_units
from nvqplan.core.values import NamedTuple
from nvqplan.rules.learner import STATUSES, TAUGHT, Learner
from nvqplan.rules.qualification import PRINTED, Demand, Qualification, machines_of
from nvqplan.rules.questions import Questions
from nvqplan.rules.rule import Reading, Rule
from nvqplan.solving.best import best
from nvqplan.solving.diagram import compile_diagram
from nvqplan.solving.either import ways_out
from nvqplan.solving.linear import Linear
from nvqplan.space.proof import DisagreementError, verify


class Breach(NamedTuple):
    """A mix that breaks just one rule, for such a learner in such a reading; verified."""

    units: tuple[str, ...]
    learner: Learner
    reading: Reading


def find_breach(qualification: Qualification, rule: Rule) -> Breach | None:
    """Find a mix that breaks this rule alone; that there is none is proven if it `is_provable`.

    Every window of registration, all that rules ask of learners and both readings are tried. Rules
    are read all as printed or all as intended, since no verdict is ever given on a mixture.
    Raises OutgrownError where that would take more than a gibibyte, DisagreementError where
    python-constraint or the rules themselves say otherwise.
    """
    for learner, reading in _terms(qualification):
        demands = qualification.demands(learner, reading)
        broken = [each for each in demands if each.id == rule.id]
        others = [each for each in demands if each.id != rule.id]
        if not broken:
            continue
        mix = _find_mix(qualification, others, broken)
        if mix is not None:
            verify(qualification, others, mix)
            judged = qualification.judge(mix, learner, reading).broken
            if [each.rule.id for each in judged] != [rule.id]:
                raise DisagreementError(f"{sorted(mix)} does not break '{rule.id}' alone")
            return Breach(sort_units(mix), learner, reading)
    return None


def is_provable(qualification: Qualification, rule: Rule) -> bool:
    """Whether all is tried that could break the rule alone: no pathway can say more."""
    questions, takes = qualification.questions, qualification.offering.imports_to is not None
    only_tells = all(kind.only_tells for kind in rule.kinds)
    return only_tells or not (takes or questions.asks_status or questions.asks_imported)


def _terms(qualification: Qualification) -> Iterator[tuple[Learner, Reading]]:
    """Learners and readings that stand for all: the newest window and the printed reading first.

    Where rules ask how units are achieved, all are taught, then all held, and so on.
    """
    readings = (PRINTED, *([qualification.intended] if qualification.readable else []))
    questions, units = qualification.questions, qualification.offering.units
    ages = (None, *(cut - 1 for cut in questions.ages if cut))
    figures = tuple(_figures(questions))
    statuses = STATUSES if questions.asks_status else STATUSES[:1]
    for reading, status, age, known in product(readings, statuses, ages, figures):
        each_so = () if status == TAUGHT else tuple((unit, status) for unit in units)
        for day in reversed(qualification.windows):
            somebody = Learner((day,), age, (), known, each_so)
            for learner in reversed(questions.alternatives(somebody)):
                yield learner, reading


def _figures(questions: Questions) -> Iterator[tuple[tuple[str, int], ...]]:
    """What may be known of figures; each alone, unless several are conditions of alternatives."""
    if questions.asks_in_choices:
        for known in product(*[[None, *steps] for steps in questions.figures.values()]):
            pairs = zip(questions.figures, known, strict=True)
            yield tuple((name, figure) for name, figure in pairs if figure is not None)
        return
    yield ()
    yield from (((n, cut - 1),) for n, cuts in questions.figures.items() for cut in cuts if cut)


def _find_mix(
    qualification: Qualification, others: Sequence[Demand], broken: Sequence[Demand]
) -> Mix | None:
    """A mix that meets all but the broken demands; None where there is none.

    Of several the one nearest to the bound that it misses, of fewest credits, then units.
    """
    units = qualification.offering.units
    for way in ways_out("broken", machines_of(broken)):
        back: Mapping[str, int] = {}
        if isinstance(way, Linear):  # what leads a sum back to the bound that it must miss
            sign = -1 if way.upper is None else 1
            back = {unit: sign * weight for unit, weight in way.weights.items()}
        weights = {
            number: (back.get(number, 0), -unit.credits, -1, -(1 << place))
            for place, (number, unit) in enumerate(units.items())
        }
        diagram = compile_diagram(tuple(units), [*machines_of(others), way])
        for _, mix in best(diagram, weights):
            return mix
    return None
