"""All there is to say of one mix: the verdict, its figures, and what lies near it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from nvqplan.advice.suggestions import Preferences, Suggestion, suggest
from nvqplan.qualification import Judgement, Qualification, Remark, Rulebook, Terms
from nvqplan.rules.learner import Learner
from nvqplan.rules.rule import Reading, Rule
from nvqplan.space import Mix, Space
from nvqplan.units import sort_units
from nvqplan.wishes import Wishes

MENU = 3
"""How many equally good alternatives are told."""


@dataclass(frozen=True)
class Proposal:
    """A mix as it stands, and the terms on which it is judged.

    `mix` and `held` hold only units that the qualification offers. Held units are kept in all
    that is advised; a `draft` may still grow within the `offer`, where None is every unit.
    """

    qualification: Qualification
    mix: Mix
    terms: Terms
    held: Mix = frozenset()
    offer: Mix | None = None
    draft: bool = False
    named: Mix = frozenset()
    """Every unit of the catalogue that was named, those of other qualifications too."""

    @property
    def learner(self) -> Learner:
        return self.terms.learner(self.qualification)

    @property
    def reading(self) -> Reading:
        return self.terms.rules_read_as_intended(self.qualification)


@dataclass(frozen=True)
class Totals:
    """The figures of a mix: credits in all, by level and by group; guided learning hours."""

    units: int
    credits: int
    glh: int
    by_level: Mapping[int, int]
    by_group: Mapping[str, int]


@dataclass(frozen=True)
class Hanging:
    """Rules that, read the other way, change the verdict: each alone, or only all `together`."""

    rules: tuple[Rule, ...]
    together: bool
    passes: bool
    """The verdict of the other reading."""


@dataclass(frozen=True)
class Assessment:
    """What follows from a proposal.

    `passes` is the verdict: a final mix is legal, a draft is part of some legal mix. `without`
    are alternatives: the units that an illegal mix must lose to become legal, as few as can be.
    `droppable` units can each be left out of a legal mix, or all of them `together`.
    """

    proposal: Proposal
    judgement: Judgement
    passes: bool
    totals: Totals
    hanging: Hanging | None
    remarks: tuple[Remark, ...]
    earns: tuple[Qualification, ...]
    without: tuple[tuple[str, ...], ...] = ()
    droppable: tuple[str, ...] = ()
    together: bool = False
    completions: int = 0
    completion: Suggestion | None = None


def assess(proposal: Proposal, rulebook: Rulebook) -> Assessment:
    """Work out all of it; every mix that is proposed has been verified."""
    qualification, mix, learner = proposal.qualification, proposal.mix, proposal.learner
    judgement = qualification.judge(mix, learner, proposal.reading)
    passes = _passes(proposal, proposal.reading)
    droppable = _droppable(proposal) if judgement.legal and not proposal.draft else ()
    remarks = qualification.remarks_on(mix, learner, judgement.registered) if passes else ()
    growing = _completions(proposal, proposal.reading) if proposal.draft else None
    return Assessment(
        proposal,
        judgement,
        passes,
        totals_of(qualification, mix),
        _hanging(proposal, passes),
        tuple(remarks),
        _earns(proposal, rulebook),
        without=() if passes or proposal.draft else _legal_without(proposal),
        droppable=droppable,
        together=_is_legal(proposal, mix.difference(droppable)),
        completions=growing.count() if growing else 0,
        completion=next(iter(suggest(growing, Preferences(), 1, rank_surplus=True)), None)
        if growing
        else None,
    )


def totals_of(qualification: Qualification, mix: Mix) -> Totals:
    """The figures of the units that the qualification offers."""
    offering = qualification.offering
    units = [unit for number, unit in offering.units.items() if number in mix]
    by_level: dict[int, int] = {}
    by_group = dict.fromkeys(sorted(set(offering.groups.values())), 0)
    for unit in sorted(units, key=lambda unit: unit.level):
        by_level[unit.level] = by_level.get(unit.level, 0) + unit.credits
        by_group[offering.groups[unit.number]] += unit.credits
    credits, glh = sum(unit.credits for unit in units), sum(unit.glh for unit in units)
    return Totals(len(units), credits, glh, by_level, by_group)


def _is_legal(proposal: Proposal, mix: Mix) -> bool:
    return proposal.qualification.is_legal(mix, proposal.learner, proposal.reading)


def _passes(proposal: Proposal, reading: Reading) -> bool:
    """The verdict in a reading."""
    if proposal.draft:
        return _completions(proposal, reading).count() > 0
    return proposal.qualification.is_legal(proposal.mix, proposal.learner, reading)


def _completions(proposal: Proposal, reading: Reading) -> Space:
    """The legal mixes that contain a draft, within the centre's offer."""
    taken, held = sort_units(proposal.mix - proposal.held), sort_units(proposal.held)
    wishes = Wishes(taken=taken, held=held, offer=proposal.offer)
    return Space(proposal.qualification, proposal.learner, reading, wishes)


def _hanging(proposal: Proposal, passes: bool) -> Hanging | None:
    """The rules of two readings on which the verdict depends; None where it does not."""
    readable = tuple(rule for rule in proposal.qualification.rules if rule.intended)
    alone = tuple(
        rule for rule in readable if _passes(proposal, proposal.reading ^ {rule.id}) != passes
    )
    if alone:
        return Hanging(alone, together=False, passes=not passes)
    other = proposal.reading ^ proposal.qualification.intended
    if _passes(proposal, other) != passes:
        return Hanging(readable, together=True, passes=not passes)
    return None


def _earns(proposal: Proposal, rulebook: Rulebook) -> tuple[Qualification, ...]:
    """The other qualifications that the named units earn on the same terms."""
    terms = proposal.terms
    return tuple(
        other
        for other in rulebook.qualifications
        if other.id != proposal.qualification.id
        and other.is_legal(
            proposal.named & other.offering.units.keys(),
            terms.learner(other),
            terms.rules_read_as_intended(other),
        )
    )


def _droppable(proposal: Proposal) -> tuple[str, ...]:
    """Units without which a legal mix stays legal; held ones cost no registration."""
    chosen = sort_units(proposal.mix - proposal.held)
    return tuple(unit for unit in chosen if _is_legal(proposal, proposal.mix - {unit}))


def _legal_without(proposal: Proposal) -> tuple[tuple[str, ...], ...]:
    """The ways to make an illegal mix legal by leaving out as few units as can be."""
    offering = proposal.qualification.offering
    outside = tuple(number for number in offering.units if number not in proposal.mix)
    wishes = Wishes(held=sort_units(proposal.held), left=outside)
    space = Space(proposal.qualification, proposal.learner, proposal.reading, wishes)
    largest_first = space.best({unit.number: (1, unit.credits) for unit in offering.units.values()})
    menu = [(score[0], mix) for score, mix in islice(largest_first, MENU)]
    return tuple(sort_units(proposal.mix - mix) for size, mix in menu if size == menu[0][0])
