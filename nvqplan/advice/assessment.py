"""The verdict on a mix, and what lies near the mix."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from nvqplan.advice.cache import RulebookCache
from nvqplan.advice.dependence import Hanging, Openness, find_hanging, find_openness
from nvqplan.advice.proposal import Proposal, Totals, totals_of
from nvqplan.core.units import sort_units
from nvqplan.rules.qualification import Judgement, Qualification, Remark

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


class Assessment(NamedTuple):
    """All there is to say of one proposal; every mix that is proposed has been verified."""

    verdict: Verdict
    nearby: Nearby


def assess(proposal: Proposal, cache: RulebookCache) -> Assessment:
    """Judge a proposal, and look around it."""
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
    return Assessment(verdict, _look_around(verdict, space, cache))


def _look_around(verdict: Verdict, space: "Space | None", cache: RulebookCache) -> Nearby:
    """What lies near a mix; `space` holds the legal mixes that contain a draft."""
    proposal, judgement = verdict.proposal, verdict.judgement
    completion: Suggestion | None = None
    without: tuple[tuple[str, ...], ...] | None = None
    remedy: Remedy | None = None
    given_up: list[str] = []
    if space is not None and verdict.completions:
        from nvqplan.advice.suggestions import smallest_completion

        completion = _within_memory(partial(smallest_completion, space), given_up)
    elif not proposal.draft and not judgement.legal:
        from nvqplan.advice.suggestions import find_legal_parts

        find = partial(_advise, find_legal_parts, verdict, cache)
        without = _within_memory(find, given_up)
    if not verdict.passes or proposal.outside(proposal.mix) or proposal.strangers:
        from nvqplan.advice.remedies import find_remedy

        remedy = _within_memory(partial(_advise, find_remedy, verdict, cache), given_up)
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
        given_up[0] if given_up else "",
    )


def _within_memory(find: Callable[[], Found], given_up: list[str]) -> Found | None:
    """Search, unless the legal mixes outgrow the memory: the verdict stands without it."""
    from nvqplan.solving.layers import OutgrownError

    try:
        return find()
    except OutgrownError as error:
        given_up.append(str(error))
        return None


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
