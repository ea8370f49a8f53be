"""The best legal mixes, in an order that is the same every day.

Those for somebody's wishes, the nearest ones within an illegal mix, the smallest around a draft.
"""

from collections.abc import Iterable
from itertools import groupby, islice
from typing import TYPE_CHECKING

from nvqplan.advice.proposal import MENU, Proposal, Totals, totals_of
from nvqplan.core.units import Mix, Unit, sort_units
from nvqplan.core.values import NamedTuple
from nvqplan.rules.qualification import Demand, Judgement, Qualification
from nvqplan.rules.rule import Reading, Rule
from nvqplan.solving.layers import OutgrownError
from nvqplan.space.mixes import Space
from nvqplan.space.wishes import Wishes

if TYPE_CHECKING:
    from nvqplan.advice.awards import Missed, Sharing
    from nvqplan.advice.cache import RulebookCache


class Preferences(NamedTuple):
    """Soft wishes by unit number: `preferred` units are sought, `avoided` ones shunned.

    They weigh by the measure of a qualification's size, most often credits.
    """

    preferred: frozenset[str] = frozenset()
    avoided: frozenset[str] = frozenset()


class Suggestion(NamedTuple):
    """A legal mix, its units in ascending order, and what it was ranked by.

    Surplus, `preferred` and `avoided` are in the measure of the qualification's size.
    """

    units: tuple[Unit, ...]
    totals: Totals
    surplus: int
    preferred: int
    avoided: int
    judgement: Judgement
    sharings: "tuple[Sharing, ...]" = ()
    missed: "tuple[Missed, ...]" = ()

    @property
    def mix(self) -> Mix:
        return frozenset(unit.number for unit in self.units)


class Answer(NamedTuple):
    """The `top` best mixes for somebody's wishes, or where none fits the demands that collide."""

    space: Space
    preferences: Preferences
    top: int
    suggestions: tuple[Suggestion, ...]
    conflict: tuple[Demand, ...]

    @property
    def qualification(self) -> Qualification:
        return self.space.qualification

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that collide."""
        ids = {each.id for each in self.conflict if not each.is_wish}
        return tuple(rule for rule in self.qualification.rules if rule.id in ids)


def answer_wishes(space: Space, preferences: Preferences, top: int) -> Answer:
    """Suggest mixes, the surplus ranked unless a wish allows one; where none fits, say why."""
    suggestions = suggest(space, preferences, top, rank_surplus=space.wishes.surplus is None)
    conflict: tuple[Demand, ...] = ()
    if not suggestions:
        from nvqplan.advice.conflicts import find_conflict

        conflict = find_conflict(space.qualification, space.demands, space.memory)
    return Answer(space, preferences, top, suggestions, conflict)


def suggest(
    space: Space, preferences: Preferences, top: int, *, rank_surplus: bool
) -> tuple[Suggestion, ...]:
    """The `top` best mixes, fewer where there are no more; empty where no mix fits the wishes.

    With `rank_surplus` only mixes of the smallest feasible surplus are suggested. Then: most
    preferred ones, fewest avoided ones, least GLH, fewest units, unit numbers ascending. All but
    GLH is in the measure of the qualification's size.
    """
    ranked = space.best(_weights(space, preferences, rank_surplus=rank_surplus))
    found = (_describe(space, preferences, mix) for _, mix in ranked)
    if rank_surplus:
        by_surplus = groupby(found, key=lambda each: each.surplus)
        found = (each for _, alike in islice(by_surplus, 1) for each in alike)
    return tuple(islice(found, top))


def _weights(
    space: Space, preferences: Preferences, *, rank_surplus: bool
) -> dict[str, tuple[int, ...]]:
    """What each unit adds to the criteria, the most important first; more is better."""
    units, sizes = space.qualification.offering.units, space.qualification.sizes
    orders = numbers_ascending(units)
    return {
        number: (
            -sizes[number] if rank_surplus else 0,
            sizes[number] if number in preferences.preferred else 0,
            -sizes[number] if number in preferences.avoided else 0,
            -unit.glh,
            -1,
            orders[number],
        )
        for number, unit in units.items()
    }


def numbers_ascending(numbers: Iterable[str]) -> dict[str, int]:
    """Weights by which, of mixes of one size, the one with the lowest numbers weighs most.

    `numbers` ascend; each weighs more than all after it together.
    """
    return {number: 1 << place for place, number in enumerate(reversed(list(numbers)))}


def _describe(space: Space, preferences: Preferences, mix: Mix) -> Suggestion:
    qualification = space.qualification
    units = tuple(qualification.offering.units[number] for number in sort_units(mix))
    totals, sizes = totals_of(qualification, mix), qualification.sizes
    judgement = qualification.judge(mix, space.learner, space.reading)
    suggestion = Suggestion(
        units,
        totals,
        totals.size - qualification.size.total,
        sum(sizes[number] for number in mix & preferences.preferred),
        sum(sizes[number] for number in mix & preferences.avoided),
        judgement,
    )
    if not qualification.tells_how:
        return suggestion
    from nvqplan.advice.awards import missed_titles, share_out

    return suggestion._replace(
        sharings=share_out(qualification, judgement, mix),
        missed=missed_titles(qualification, judgement, mix),
    )


def find_legal_parts(proposal: Proposal, cache: "RulebookCache") -> tuple[tuple[str, ...], ...]:
    """The ways to make an illegal mix legal by leaving out as few units as can be.

    At most MENU + 1 alternatives, each the units to leave out: those that keep most first, in the
    measure of the qualification's size, then the lowest numbers. Held units are kept. Empty where
    nothing helps.
    """
    qualification, learner, reading = proposal.qualification, proposal.learner, proposal.reading
    mix, held = proposal.mix, proposal.held
    units, sizes = qualification.offering.units, qualification.sizes
    decided = {unit: unit in held for unit in units.keys() - mix | held}
    machines = cache.evaluator(qualification, learner, reading).machines
    if not all(machine.can_hold(decided) for machine in machines):
        return ()
    space = cache.space(qualification, learner, reading)
    orders = numbers_ascending(units)
    weights = {
        number: ((number in held) - (number not in mix), 1, sizes[number], orders[number])
        for number in units
    }
    ranked = list(islice(space.ranked(weights), MENU + 1))
    parts = [part for score, part in ranked if score[:2] == (len(held), ranked[0][0][1])]
    return tuple(sort_units(mix - space.verify(part)) for part in parts)


def completions(proposal: Proposal, cache: "RulebookCache", reading: Reading) -> Space:
    """The legal mixes that contain a draft, within the centre's offer."""
    qualification = proposal.qualification
    space = cache.space(qualification, proposal.learner, reading)
    left = proposal.outside(qualification.offering.units)
    try:
        return space.given(proposal.mix, left)
    except OutgrownError:  # counting needs no diagram
        wishes = Wishes(taken=sort_units(proposal.mix), left=sort_units(left))
        return Space(qualification, proposal.learner, reading, wishes, space.memory)


def smallest_completion(space: Space) -> Suggestion | None:
    """The completion of the least size, then least GLH, fewest units, unit numbers ascending."""
    return next(iter(suggest(space, Preferences(), 1, rank_surplus=True)), None)
