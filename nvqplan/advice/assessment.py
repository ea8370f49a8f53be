"""The verdict on a mix, and what lies near the mix."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from nvqplan.advice.cache import RulebookCache
from nvqplan.advice.dependence import Hanging, Openness, find_hanging, find_openness
from nvqplan.advice.proposal import Proposal, Totals, totals_of
from nvqplan.core.units import sort_units
from nvqplan.rules.qualification import Judgement, Qualification, Remark
from nvqplan.solving.evaluator import Evaluator

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
    space = _completions(proposal, cache) if proposal.draft else None
    completions = 0 if space is None else space.count()
    verdict = Verdict(
        proposal,
        judgement,
        completions > 0 if proposal.draft else judgement.legal,
        totals_of(qualification, mix),
        tuple(qualification.remarks_on(mix, judgement.learner)) if judgement.legal else (),
        _earns(proposal, cache),
        completions,
    )
    return Assessment(verdict, _look_around(verdict, space, cache))


def _completions(proposal: Proposal, cache: RulebookCache) -> "Space":
    from nvqplan.advice.suggestions import completions

    return completions(proposal, cache, proposal.reading)


def _earns(proposal: Proposal, cache: RulebookCache) -> tuple[Qualification, ...]:
    earned = cache.earned(proposal.named, proposal.terms)
    return tuple([other for other in earned if other.id != proposal.qualification.id])


def _look_around(verdict: Verdict, space: "Space | None", cache: RulebookCache) -> Nearby:
    """What lies near a mix; `space` holds the legal mixes that contain a draft."""
    proposal, judgement = verdict.proposal, verdict.judgement
    completion: _Search[Suggestion | None] = _Search()
    without: _Search[tuple[tuple[str, ...], ...]] = _Search()
    remedy: _Search[Remedy] = _Search()
    if space is not None and verdict.completions:
        completion = _within_memory(partial(_smallest, space))
    elif not proposal.draft and not judgement.legal:
        without = _within_memory(partial(_legal_parts, verdict, cache))
    if not verdict.passes or proposal.outside(proposal.mix) or proposal.strangers:
        remedy = _within_memory(partial(_remedy, verdict, cache))
    droppable, together = _droppable(verdict, cache)
    sharings, missed = _awards(verdict)
    witness = None if completion.value is None else completion.value.mix
    return Nearby(
        without.value or (),
        droppable,
        together,
        completion.value,
        remedy.value,
        sharings,
        missed,
        find_hanging(proposal, verdict.passes, witness, cache),
        find_openness(proposal, judgement.learner, cache),
        completion.given_up or without.given_up or remedy.given_up,
    )


class _Search(NamedTuple, Generic[Found]):
    """What was found, or why the search for it was given up."""

    value: Found | None = None
    given_up: str = ""


def _within_memory(find: Callable[[], Found]) -> _Search[Found]:
    """Search, unless the legal mixes outgrow the memory: the verdict stands without it."""
    from nvqplan.solving.layers import OutgrownError

    try:
        return _Search(find())
    except OutgrownError as error:
        return _Search(given_up=str(error))


def _smallest(space: "Space") -> "Suggestion | None":
    from nvqplan.advice.suggestions import smallest_completion

    return smallest_completion(space)


def _legal_parts(verdict: Verdict, cache: RulebookCache) -> tuple[tuple[str, ...], ...]:
    from nvqplan.advice.suggestions import find_legal_parts

    return find_legal_parts(_for_one(verdict, cache), cache)


def _remedy(verdict: Verdict, cache: RulebookCache) -> "Remedy":
    from nvqplan.advice.remedies import find_remedy

    return find_remedy(_for_one(verdict, cache), cache)


def _for_one(verdict: Verdict, cache: RulebookCache) -> Proposal:
    """A proposal for just the learner for whom it was judged, where some mix is legal for him."""
    proposal = verdict.proposal
    if not proposal.qualification.questions.open(proposal.learner):
        return proposal
    one = proposal.of(verdict.judgement.learner)
    anyhow = one._replace(terms=one.terms._replace(units_only=True))
    space = cache.space(anyhow.qualification, anyhow.learner, anyhow.reading)
    return one if space.count() else proposal


def _droppable(verdict: Verdict, cache: RulebookCache) -> tuple[tuple[str, ...], bool]:
    """Units without which a legal mix stays legal, and whether it does without all of them.

    Held ones cost no registration.
    """
    proposal = verdict.proposal
    if proposal.draft or not verdict.passes:
        return (), False
    evaluators = _evaluators_of_passing(proposal, cache)
    droppable = proposal.mix - proposal.held
    for evaluator in evaluators:
        droppable = droppable.intersection(evaluator.droppable(proposal.mix))
    rest = proposal.mix - droppable
    together = bool(droppable) and all(evaluator.hold(rest) for evaluator in evaluators)
    return sort_units(droppable), together


def _evaluators_of_passing(proposal: Proposal, cache: RulebookCache) -> list[Evaluator]:
    """The machines of all rules for each learner for whom a legal mix is legal."""
    qualification, learner = proposal.qualification, proposal.learner
    if not qualification.questions.open(learner):
        return [cache.evaluator(qualification, learner, proposal.reading)]
    learners = qualification.questions.alternatives(learner)
    evaluators = [cache.evaluator(qualification, each, proposal.reading) for each in learners]
    return [each for each in evaluators if each.hold(proposal.mix)]


def _awards(verdict: Verdict) -> "tuple[tuple[Sharing, ...], tuple[Missed, ...]]":
    """How the units of a legal mix are shared out, and which titles one thing keeps from it."""
    qualification, judgement = verdict.proposal.qualification, verdict.judgement
    if not judgement.legal or not qualification.tells_how:
        return (), ()
    from nvqplan.advice.awards import missed_titles, share_out

    mix = verdict.proposal.mix
    return share_out(qualification, judgement, mix), missed_titles(qualification, judgement, mix)
