"""The verdict on a mix, what lies near the mix, and on what the verdict depends."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from nvqplan.advice.cache import RulebookCache, readings_beside
from nvqplan.advice.proposal import Proposal, Totals, totals_of
from nvqplan.core.units import Mix, sort_units
from nvqplan.core.values import NamedTuple
from nvqplan.rules.learner import Learner
from nvqplan.rules.qualification import Judgement, Qualification, Remark
from nvqplan.rules.questions import Assumptions
from nvqplan.rules.rule import Reading, Rule

if TYPE_CHECKING:
    from nvqplan.advice.awards import Missed, Sharing
    from nvqplan.advice.remedies import Remedy
    from nvqplan.advice.suggestions import Suggestion
    from nvqplan.space.mixes import Space

Found = TypeVar("Found")


class Verdict(NamedTuple):
    """What the rules say of a proposal."""

    proposal: Proposal
    judgement: Judgement
    passes: bool
    """Whether a final mix is legal, or a draft part of some legal mix."""
    totals: Totals
    remarks: tuple[Remark, ...]
    """The rulebook's remarks on such a mix, where it is legal."""
    earns: tuple[Qualification, ...]
    """The other qualifications that the named units earn on the same terms."""
    completions: int = 0
    """How many legal mixes contain a draft."""


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


class Nearby(NamedTuple):
    """What lies near a mix, and what follows from that."""

    without: tuple[tuple[str, ...], ...]
    """Alternatives: the units that an illegal mix must lose to become legal, as few as can be."""
    droppable: tuple[str, ...]
    """The units of which each alone can be left out of a legal mix."""
    together: bool
    """Whether all of these can be left out at once."""
    completion: "Suggestion | None"
    """The smallest legal mix that contains a draft."""
    remedy: "Remedy | None"
    """Why a mix does not pass, or has units that are not on offer, and how it can be mended."""
    sharings: "tuple[Sharing, ...]"
    """How the units of a legal mix are shared out over components."""
    missed: "tuple[Missed, ...]"
    """The titles that one thing keeps from a legal mix."""
    hanging: Hanging | None
    """The readings on which the verdict depends."""
    openness: Openness | None
    """The facts about the learner that rules ask for and nobody gave; None where all are given."""
    given_up: str
    """Why not all of this was looked for: the memory that it takes, and what is allowed."""


def assess(proposal: Proposal, cache: RulebookCache) -> tuple[Verdict, Nearby]:
    """Judge a proposal, and look around it; every mix that is proposed has been verified."""
    qualification, mix = proposal.qualification, proposal.mix
    judgement = qualification.judge(mix, proposal.learner, proposal.reading)
    space: Space | None = None
    if proposal.draft:
        from nvqplan.advice.suggestions import completions

        space = completions(proposal, cache, proposal.reading)
    earned = cache.earned(proposal.named, proposal.terms)
    count = 0 if space is None else space.count()
    verdict = Verdict(
        proposal,
        judgement,
        count > 0 if proposal.draft else judgement.legal,
        totals_of(qualification, mix),
        tuple(qualification.remarks_on(mix, judgement.learner)) if judgement.legal else (),
        tuple([other for other in earned if other.id != qualification.id]),
        count,
    )
    return verdict, _look_around(verdict, space, cache)


def _look_around(verdict: Verdict, space: "Space | None", cache: RulebookCache) -> Nearby:
    """What lies near a mix; `space` holds the legal mixes that contain a draft."""
    proposal, judgement = verdict.proposal, verdict.judgement
    completion: Suggestion | None = None
    without: tuple[tuple[str, ...], ...] | None = None
    remedy: Remedy | None = None
    given_up = why = ""
    if space is not None and verdict.completions:
        from nvqplan.advice.suggestions import smallest_completion

        completion, given_up = _within_memory(partial(smallest_completion, space))
    elif not proposal.draft and not judgement.legal:
        from nvqplan.advice.suggestions import find_legal_parts

        without, given_up = _within_memory(partial(_advise, find_legal_parts, verdict, cache))
    if not verdict.passes or proposal.outside(proposal.mix) or proposal.strangers:
        from nvqplan.advice.remedies import find_remedy

        remedy, why = _within_memory(partial(_advise, find_remedy, verdict, cache))
    droppable, together = _droppable(verdict, cache)
    sharings, missed = _awards(verdict)
    return Nearby(
        without or (),
        droppable,
        together,
        completion,
        remedy,
        sharings,
        missed,
        find_hanging(proposal, verdict.passes, completion and completion.mix, cache),
        find_openness(proposal, judgement.learner, cache),
        given_up or why,
    )


def _within_memory(find: Callable[[], Found]) -> tuple[Found | None, str]:
    """What is found, or why the legal mixes outgrow the memory: the verdict stands without it."""
    from nvqplan.solving.layers import OutgrownError

    try:
        return find(), ""
    except OutgrownError as error:
        return None, str(error)


def _advise(
    find: Callable[[Proposal, RulebookCache], Found], verdict: Verdict, cache: RulebookCache
) -> Found:
    """Advise just the learner for whom a proposal was judged, where some mix is legal for him."""
    proposal = verdict.proposal
    if not proposal.qualification.questions.open(proposal.learner):
        return find(proposal, cache)
    one = proposal.of(verdict.judgement.learner)
    anyhow = one._replace(terms=one.terms._replace(units_only=True))
    space = cache.space(anyhow.qualification, anyhow.learner, anyhow.reading)
    return find(one if space.count() else proposal, cache)


def _droppable(verdict: Verdict, cache: RulebookCache) -> tuple[tuple[str, ...], bool]:
    """Units without which a legal mix stays legal, and whether it does without all of them.

    Held ones cost no registration.
    """
    proposal = verdict.proposal
    if proposal.draft or not verdict.passes:
        return (), False
    qualification, learner = proposal.qualification, proposal.learner
    is_open = bool(qualification.questions.open(learner))
    learners = qualification.questions.alternatives(learner) if is_open else [learner]
    evaluators = [cache.evaluator(qualification, each, proposal.reading) for each in learners]
    if is_open:  # a mix is legal where it is so for one of the learners who it may be
        evaluators = [each for each in evaluators if each.hold(proposal.mix)]
    droppable = proposal.mix - proposal.held
    for evaluator in evaluators:
        droppable = droppable.intersection(evaluator.droppable(proposal.mix))
    rest = proposal.mix - droppable
    together = bool(droppable) and all(evaluator.hold(rest) for evaluator in evaluators)
    return sort_units(droppable), together


def _awards(verdict: Verdict) -> "tuple[tuple[Sharing, ...], tuple[Missed, ...]]":
    """How the units of a legal mix are shared out, and which titles one thing keeps from it."""
    qualification, judgement = verdict.proposal.qualification, verdict.judgement
    if not judgement.legal or not qualification.tells_how:
        return (), ()
    from nvqplan.advice.awards import missed_titles, share_out

    mix = verdict.proposal.mix
    return share_out(qualification, judgement, mix), missed_titles(qualification, judgement, mix)


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
