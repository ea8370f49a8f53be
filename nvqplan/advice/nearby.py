"""The legal mixes nearest to a proposal: parts of an illegal one, completions of a draft.

Kept apart from the assessment, since a legal mix needs no solver.
"""

from itertools import islice

from nvqplan.advice.cache import RulebookCache
from nvqplan.advice.proposal import MENU, Proposal
from nvqplan.advice.suggestions import Preferences, Suggestion, numbers_ascending, suggest
from nvqplan.core.units import sort_units
from nvqplan.rules.rule import Reading
from nvqplan.solving.layers import OutgrownError
from nvqplan.space.mixes import Space
from nvqplan.space.wishes import Wishes


def find_legal_parts(proposal: Proposal, cache: RulebookCache) -> tuple[tuple[str, ...], ...]:
    """The ways to make an illegal mix legal by leaving out as few units as can be.

    At most MENU + 1 alternatives, each the units to leave out: those that keep most first, in the
    measure of the qualification's size, then the lowest numbers. Held units are kept. Empty where
    nothing helps.
    """
    asked = proposal.qualification, proposal.learner, proposal.reading
    units, sizes = proposal.qualification.offering.units, proposal.qualification.sizes
    told = {unit: unit in proposal.held for unit in units.keys() - proposal.mix | proposal.held}
    if not all(machine.can_hold(told) for machine in cache.scales(*asked).machines):
        return ()
    space = cache.space(*asked)
    orders = numbers_ascending(units)
    weights = {
        number: (
            (number in proposal.held) - (number not in proposal.mix),
            1,
            sizes[number],
            orders[number],
        )
        for number in units
    }
    ranked = list(islice(space.ranked(weights), MENU + 1))
    parts = [mix for score, mix in ranked if score[:2] == (len(proposal.held), ranked[0][0][1])]
    for mix in parts:
        space.verify(mix)
    return tuple(sort_units(proposal.mix - mix) for mix in parts)


def completions(proposal: Proposal, cache: RulebookCache, reading: Reading) -> Space:
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
