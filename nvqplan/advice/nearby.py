"""The legal mixes nearest to a proposal: parts of an illegal one, completions of a draft.

Kept apart from the assessment, since a legal mix needs no solver.
"""

from itertools import islice

from nvqplan.advice.proposal import MENU, Proposal
from nvqplan.advice.suggestions import Preferences, Suggestion, numbers_ascending, suggest
from nvqplan.rules.rule import Reading
from nvqplan.space import Space
from nvqplan.units import sort_units
from nvqplan.wishes import Wishes


def find_legal_parts(proposal: Proposal) -> tuple[tuple[str, ...], ...]:
    """The ways to make an illegal mix legal by leaving out as few units as can be.

    At most MENU + 1 alternatives, each the units to leave out, those that keep most credits first,
    then the lowest numbers; held units are kept. Empty where nothing helps.
    """
    units = proposal.qualification.offering.units
    wishes = Wishes(held=sort_units(proposal.held), offer=proposal.mix)
    space = Space(proposal.qualification, proposal.learner, proposal.reading, wishes)
    orders = numbers_ascending(units)
    weights = {number: (1, unit.credits, orders[number]) for number, unit in units.items()}
    menu = [(score[0], mix) for score, mix in islice(space.best(weights), MENU + 1)]
    return tuple(sort_units(proposal.mix - mix) for size, mix in menu if size == menu[0][0])


def completions(proposal: Proposal, reading: Reading) -> Space:
    """The legal mixes that contain a draft, within the centre's offer."""
    taken, held = sort_units(proposal.mix - proposal.held), sort_units(proposal.held)
    wishes = Wishes(taken=taken, held=held, offer=proposal.offer)
    return Space(proposal.qualification, proposal.learner, reading, wishes)


def smallest_completion(space: Space) -> Suggestion | None:
    """The completion of fewest credits, then least GLH, fewest units, unit numbers ascending."""
    return next(iter(suggest(space, Preferences(), 1, rank_surplus=True)), None)
