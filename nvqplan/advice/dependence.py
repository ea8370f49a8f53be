"""What a verdict depends on: how rules are read, and facts about the learner that are missing."""

from collections.abc import Iterable
from typing import NamedTuple

from nvqplan.advice.cache import RulebookCache, readings_beside
from nvqplan.advice.proposal import Proposal
from nvqplan.core.units import Mix
from nvqplan.rules.learner import Learner
from nvqplan.rules.questions import Assumptions
from nvqplan.rules.rule import Reading, Rule


class Hanging(NamedTuple):
    """Rules that, read the other way, change the verdict: each alone, or only all `together`."""

    rules: tuple[Rule, ...]
    together: bool
    passes: bool
    """The verdict of the other reading."""


class Openness(NamedTuple):
    """The facts that nobody gave about a learner, by name, and for which learners a mix passes.

    `judged` is the learner for whom the verdict is given. Where the verdict `hangs` on none of the
    names, it is the same for all learners; else `passing` and `failing` describe, by the names on
    which it hangs, the learners for whom the mix passes and those for whom it fails.
    """

    names: tuple[str, ...]
    judged: Assumptions
    hangs: tuple[str, ...] = ()
    passing: tuple[Assumptions, ...] = ()
    failing: tuple[Assumptions, ...] = ()


def passes(
    proposal: Proposal, reading: Reading, cache: RulebookCache, witness: Mix | None = None
) -> bool:
    """Whether a final mix is legal in a reading, or a draft can be completed to a legal mix.

    A `witness` is a completion of the draft that is legal in some reading: where it is legal in
    this one, too, no mixes need to be counted.
    """
    if proposal.draft and witness is None:
        from nvqplan.advice.suggestions import completions

        return completions(proposal, cache, reading).count() > 0
    evaluator = cache.evaluator(proposal.qualification, proposal.learner, reading)
    if witness is None:
        return evaluator.hold(proposal.mix)
    return evaluator.hold(witness) or passes(proposal, reading, cache)


def find_hanging(
    proposal: Proposal, verdict: bool, witness: Mix | None, cache: RulebookCache
) -> Hanging | None:
    """The rules of two readings on which the verdict depends; None where it does not."""
    readable = proposal.qualification.readable
    if not readable:
        return None
    *alone, together = _verdicts_beside(proposal, witness, cache)
    changing = [rule for rule, other in zip(readable, alone, strict=True) if other != verdict]
    if changing:
        return Hanging(tuple(changing), together=False, passes=not verdict)
    if together == verdict:
        return None
    flipped, needed = proposal.reading ^ proposal.qualification.intended, readable
    for rule in readable:
        if passes(proposal, flipped ^ {rule.id}, cache, witness) != verdict:
            flipped = flipped ^ {rule.id}
            needed = tuple(each for each in needed if each is not rule)
    return Hanging(needed, together=True, passes=not verdict)


def _verdicts_beside(
    proposal: Proposal, witness: Mix | None, cache: RulebookCache
) -> Iterable[bool]:
    """The verdicts where one rule is read the other way, each in turn, then where all are."""
    qualification, reading = proposal.qualification, proposal.reading
    if proposal.draft:
        readings = readings_beside(qualification, reading)
        return [passes(proposal, each, cache, witness) for each in readings]
    return cache.beside(qualification, proposal.learner, reading).holding(proposal.mix)


def find_openness(proposal: Proposal, judged: Learner, cache: RulebookCache) -> Openness | None:
    """The verdict for everybody whom the learner may be; None where no fact is missing.

    `judged` is the one of them for whom the mix was judged.
    """
    questions, learner = proposal.qualification.questions, proposal.learner
    names = questions.open(learner)
    if not names:
        return None
    verdicts = {
        questions.taken(each, names): passes(proposal.of(each), proposal.reading, cache)
        for each in reversed(questions.alternatives(learner._replace(dates=learner.dates[-1:])))
    }
    assumed = questions.taken(judged, names)
    hangs = tuple(name for name in names if _hangs(name, verdicts))
    if not hangs:
        return Openness(names, assumed)
    passed, failed = (
        dict.fromkeys(
            tuple(each for each in assumptions if each[0] in hangs)
            for assumptions, verdict in verdicts.items()
            if verdict == passing
        )
        for passing in (True, False)
    )
    return Openness(names, assumed, hangs, tuple(passed), tuple(failed))


def _hangs(name: str, verdicts: dict[Assumptions, bool]) -> bool:
    """Whether there are two learners who differ in nothing else, of whom one passes."""
    rests: dict[Assumptions, bool] = {}
    return any(
        rests.setdefault(tuple(each for each in assumptions if each[0] != name), verdict) != verdict
        for assumptions, verdict in verdicts.items()
    )
