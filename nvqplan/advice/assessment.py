"""All there is to say of one mix: the verdict, its figures, and what lies near it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from nvqplan.advice.cache import RulebookCache, readings_beside
from nvqplan.advice.proposal import Proposal
from nvqplan.advice.totals import Totals, totals_of
from nvqplan.core.units import sort_units
from nvqplan.rules.qualification import Judgement, Qualification, Remark
from nvqplan.rules.rule import Reading, Rule
from nvqplan.solving.evaluator import Evaluator

if TYPE_CHECKING:
    from nvqplan.advice.awards import Missed, Sharing
    from nvqplan.advice.openness import Openness
    from nvqplan.advice.remedies import Remedy
    from nvqplan.advice.suggestions import Suggestion


class Hanging(NamedTuple):
    """Rules that, read the other way, change the verdict: each alone, or only all `together`."""

    rules: tuple[Rule, ...]
    together: bool
    passes: bool
    """The verdict of the other reading."""


class Assessment(NamedTuple):
    """What follows from a proposal.

    `passes` is the verdict: a final mix is legal, a draft is part of some legal mix. `without`
    are alternatives: the units that an illegal mix must lose to become legal, as few as can be.
    `droppable` units can each alone be left out of a legal mix, or all of them `together`.
    `sharings` and `missed` titles are of a legal mix.
    `remedy` explains and mends what does not pass, or has units that are not on offer.
    """

    proposal: Proposal
    judgement: Judgement
    passes: bool
    totals: Totals
    remarks: tuple[Remark, ...]
    earns: tuple[Qualification, ...]
    hanging: Hanging | None = None
    without: tuple[tuple[str, ...], ...] = ()
    droppable: tuple[str, ...] = ()
    together: bool = False
    completions: int = 0
    completion: "Suggestion | None" = None
    remedy: "Remedy | None" = None
    sharings: "tuple[Sharing, ...]" = ()
    missed: "tuple[Missed, ...]" = ()
    openness: "Openness | None" = None
    """What nobody told of the learner though rules ask about it; None where all is told."""
    given_up: str = ""
    """Why not all that lies near was looked for: the memory that it takes, and what is allowed."""


def assess(proposal: Proposal, cache: RulebookCache) -> Assessment:
    """Work out all of it; every mix that is proposed has been verified."""
    qualification, mix, learner = proposal.qualification, proposal.mix, proposal.learner
    judgement = qualification.judge(mix, learner, proposal.reading)
    legal = judgement.legal
    given_up: list[str] = []
    assessment = Assessment(
        proposal,
        judgement,
        legal,
        totals_of(qualification, mix),
        tuple(qualification.remarks_on(mix, judgement.learner)) if legal else (),
        _earns(proposal, cache),
    )
    if proposal.draft:
        assessment = _with_completions(assessment, cache, given_up)
    elif legal:
        all_scales = _scales_of_passing(proposal, cache)
        if droppable := _droppable(proposal, all_scales):
            rest = mix.difference(droppable)
            together = all(scales.hold(rest) for scales in all_scales)
            assessment = assessment._replace(droppable=droppable, together=together)
    else:
        from nvqplan.advice.nearby import find_legal_parts

        with _noting_outgrown(given_up):
            parts = find_legal_parts(_for_one(proposal, judgement, cache), cache)
            assessment = assessment._replace(without=parts)
    if legal and qualification.tells_how:
        assessment = _with_awards(assessment)
    if not assessment.passes or proposal.outside(mix) or proposal.strangers:
        from nvqplan.advice.remedies import find_remedy

        with _noting_outgrown(given_up):
            remedy = find_remedy(_for_one(proposal, judgement, cache), cache)
            assessment = assessment._replace(remedy=remedy)
    if hanging := _hanging(assessment, cache):
        assessment = assessment._replace(hanging=hanging)
    if given_up:
        assessment = assessment._replace(given_up=given_up[0])
    if qualification.questions.open(learner):
        from nvqplan.advice.openness import look_closer

        return assessment._replace(openness=look_closer(assessment, cache))
    return assessment


def _for_one(proposal: Proposal, judgement: Judgement, cache: RulebookCache) -> Proposal:
    """A proposal for just the learner for whom it was judged, where some mix is legal for him."""
    if not proposal.qualification.questions.open(proposal.learner):
        return proposal
    one = proposal.of(judgement.learner)
    anyhow = one._replace(terms=one.terms._replace(units_only=True))
    space = cache.space(anyhow.qualification, anyhow.learner, anyhow.reading)
    return one if space.count() else proposal


def _scales_of_passing(proposal: Proposal, cache: RulebookCache) -> list[Evaluator]:
    """The machines of rules for each learner whom a legal mix is legal for."""
    qualification, learner = proposal.qualification, proposal.learner
    if not qualification.questions.open(learner):
        return [cache.scales(qualification, learner, proposal.reading)]
    learners = qualification.questions.alternatives(learner)
    scales = [cache.scales(qualification, each, proposal.reading) for each in learners]
    return [each for each in scales if each.hold(proposal.mix)]


@contextmanager
def _noting_outgrown(given_up: list[str]) -> Iterator[None]:
    """A mix is judged, if not advised, under rules whose legal mixes outgrow the memory."""
    from nvqplan.solving.layers import OutgrownError

    try:
        yield
    except OutgrownError as error:
        given_up.append(str(error))


def _with_completions(
    assessment: Assessment, cache: RulebookCache, given_up: list[str]
) -> Assessment:
    """A draft passes where it can be completed."""
    from nvqplan.advice.nearby import completions, smallest_completion

    space = completions(assessment.proposal, cache, assessment.proposal.reading)
    count = space.count()
    assessment = assessment._replace(passes=count > 0, completions=count)
    with _noting_outgrown(given_up):
        smallest = smallest_completion(space) if count else None
        return assessment._replace(completion=smallest)
    return assessment


def _with_awards(assessment: Assessment) -> Assessment:
    """How the units are shared out, and which titles one thing keeps from the mix."""
    from nvqplan.advice.awards import missed_titles, share_out

    asked = assessment.proposal.qualification, assessment.judgement, assessment.proposal.mix
    return assessment._replace(sharings=share_out(*asked), missed=missed_titles(*asked))


class Readings:
    """The verdict on a proposal in other readings, where only some rules are read otherwise."""

    def __init__(self, assessment: Assessment, cache: RulebookCache) -> None:
        self._proposal = assessment.proposal
        self._cache = cache
        self._learner = assessment.proposal.learner
        self._witness = assessment.completion

    def passes(self, reading: Reading) -> bool:
        proposal = self._proposal
        if proposal.draft:
            return self._can_be_completed(reading)
        scales = self._cache.scales(proposal.qualification, self._learner, reading)
        return scales.hold(proposal.mix)

    def otherwise(self) -> tuple[list[bool], bool]:
        """The verdicts where one rule is read the other way, each in turn, and where all are."""
        proposal = self._proposal
        asked = proposal.qualification, self._learner, proposal.reading
        if proposal.draft:
            *alone, together = [self.passes(each) for each in readings_beside(asked[0], asked[2])]
        else:
            *alone, together = self._cache.otherwise(*asked).holding(proposal.mix)
        return alone, together

    def _can_be_completed(self, reading: Reading) -> bool:
        """Mixes need not be counted where the smallest of one reading is legal in another too."""
        from nvqplan.advice.nearby import completions

        proposal, witness = self._proposal, self._witness
        scales = self._cache.scales(proposal.qualification, self._learner, reading)
        if witness is not None and scales.hold(witness.mix):
            return True
        return completions(proposal, self._cache, reading).count() > 0


def _hanging(assessment: Assessment, cache: RulebookCache) -> Hanging | None:
    """The rules of two readings on which the verdict depends; None where it does not."""
    proposal, passes = assessment.proposal, assessment.passes
    readable = proposal.qualification.readable
    if not readable:
        return None
    readings = Readings(assessment, cache)
    verdicts, together = readings.otherwise()
    if alone := tuple(
        [rule for rule, other in zip(readable, verdicts, strict=True) if other != passes]
    ):
        return Hanging(alone, together=False, passes=not passes)
    if together == passes:
        return None
    flipped, needed = proposal.reading ^ proposal.qualification.intended, readable
    for rule in readable:
        if readings.passes(flipped ^ {rule.id}) != passes:
            flipped = flipped ^ {rule.id}
            needed = tuple(each for each in needed if each is not rule)
    return Hanging(needed, together=True, passes=not passes)


def _earns(proposal: Proposal, cache: RulebookCache) -> tuple[Qualification, ...]:
    """The other qualifications that the named units earn on the same terms."""
    earned = cache.earned(proposal.named, proposal.terms)
    return tuple([other for other in earned if other.id != proposal.qualification.id])


def _droppable(proposal: Proposal, all_scales: Iterable[Evaluator]) -> tuple[str, ...]:
    """Units without which a legal mix stays legal; held ones cost no registration."""
    droppable = proposal.mix
    for scales in all_scales:
        droppable = droppable.intersection(scales.droppable(proposal.mix))
    return sort_units(unit for unit in droppable if unit not in proposal.held)
