"""What nobody told of a learner: on which of it a verdict hangs, and how."""

from typing import NamedTuple

from nvqplan.advice.assessment import Assessment
from nvqplan.advice.cache import RulebookCache
from nvqplan.advice.nearby import completions
from nvqplan.advice.proposal import Proposal
from nvqplan.rules.learner import Learner
from nvqplan.rules.questions import Assumptions


class Openness(NamedTuple):
    """The names of what is open, and for whom of all learners that leaves the mix passes.

    `judged` is for whom it is told. Where the verdict `hangs` on nothing of it, it is the same for
    all; else `passing` and `failing` say of those names on which it does who passes and who not.
    """

    names: tuple[str, ...]
    judged: Assumptions
    hangs: tuple[str, ...] = ()
    passing: tuple[Assumptions, ...] = ()
    failing: tuple[Assumptions, ...] = ()


def look_closer(assessment: Assessment, cache: RulebookCache) -> Openness:
    """The verdict for everybody whom the learner may be."""
    proposal = assessment.proposal
    questions, learner = proposal.qualification.questions, proposal.learner
    names = questions.open(learner)
    verdicts: dict[Assumptions, bool] = {}
    for each in reversed(questions.alternatives(learner._replace(dates=learner.dates[-1:]))):
        told = questions.taken(each, names)
        verdicts[told] = _passes(proposal, each, cache)
    judged = questions.taken(assessment.judgement.learner, names)
    hangs = tuple(name for name in names if _hangs(name, verdicts))
    if not hangs:
        return Openness(names, judged)
    for_whom: tuple[list[Assumptions], list[Assumptions]] = ([], [])
    for told, passes in verdicts.items():
        of_these = tuple(each for each in told if each[0] in hangs)
        if of_these not in for_whom[passes]:
            for_whom[passes].append(of_these)
    failing, passing = map(tuple, for_whom)
    return Openness(names, judged, hangs, passing, failing)


def _hangs(name: str, verdicts: dict[Assumptions, bool]) -> bool:
    """Whether there are two learners who differ in nothing else, of whom one passes."""
    rests: dict[Assumptions, bool] = {}
    return any(
        rests.setdefault(tuple(each for each in told if each[0] != name), passes) != passes
        for told, passes in verdicts.items()
    )


def _passes(proposal: Proposal, learner: Learner, cache: RulebookCache) -> bool:
    asked = proposal.of(learner)
    if asked.draft:
        return completions(asked, cache, asked.reading).count() > 0
    return cache.scales(asked.qualification, asked.learner, asked.reading).hold(asked.mix)
