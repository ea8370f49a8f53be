"""Changes that seem to mend a mix and do not: they mend one rule and break another."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from nvqplan.advice.cache import RulebookCache
from nvqplan.advice.proposal import Proposal
from nvqplan.core.units import sort_units
from nvqplan.rules.qualification import Judged, Judgement
from nvqplan.rules.rule import Rule
from nvqplan.solving.evaluator import Broken, Evaluator

TOLD = 2
"""So many temptations are told of one mix."""


class Temptation(NamedTuple):
    """Dropping or adding one unit, the rules that this mends, and the ones that break by it."""

    drop: tuple[str, ...]
    add: tuple[str, ...]
    mended: tuple[Rule, ...]
    broken: tuple[Judged, ...]


def find_temptations(proposal: Proposal, cache: RulebookCache) -> tuple[Temptation, ...]:
    """The edits of one unit that mend most rules of an illegal mix and break fewest others.

    Where not all is told of the learner, for the one for whom the mix is judged.
    """
    mix, reading = proposal.mix, proposal.reading
    judged = proposal.qualification.judge(mix, proposal.learner, reading)
    scales = cache.evaluator(proposal.qualification, judged.learner, reading)
    before = scales.broken(mix)
    tempting = [
        (before - after, after - before, unit)
        for unit, after in scales.broken_after(mix, _changeable(proposal, scales, before)).items()
        if before - after and after - before
    ]
    tempting.sort(key=lambda each: (-len(each[0]), len(each[1])))
    return tuple(islice(_differently_broken(proposal, judged, tempting), TOLD))


def _changeable(proposal: Proposal, scales: Evaluator, broken: Broken) -> tuple[str, ...]:
    """Of the units that broken rules read: those to drop, then those on offer to add, ascending."""
    concerned = [machine for machine in scales.machines if machine.name in broken]
    units = {unit for machine in concerned for unit in machine.variables}
    drops = sort_units(units & proposal.mix - proposal.held)
    return (*drops, *sort_units(units - proposal.mix - proposal.outside(units)))


def _differently_broken(
    proposal: Proposal, judged: Judgement, tempting: Iterable[tuple[Broken, Broken, str]]
) -> Iterator[Temptation]:
    """One temptation for each set of rules that would be broken."""
    told: set[tuple[Broken, Broken]] = set()
    for mended, broken, unit in tempting:
        if (mended, broken) not in told:
            told.add((mended, broken))
            yield _temptation(proposal, judged, mended, unit)


def _temptation(proposal: Proposal, before: Judgement, mended: Broken, unit: str) -> Temptation:
    """What the rules themselves say of the changed mix."""
    qualification, mix = proposal.qualification, proposal.mix
    after = qualification.judge(mix ^ {unit}, before.learner, proposal.reading)
    already = {judged.rule.id for judged in before.broken}
    return Temptation(
        (unit,) if unit in mix else (),
        () if unit in mix else (unit,),
        tuple(rule for rule in qualification.rules if rule.id in mended),
        tuple(judged for judged in after.broken if judged.rule.id not in already),
    )
