"""The legal mixes nearest to a proposal: parts of an illegal one, completions of a draft.

Kept apart from the assessment, since a legal mix needs no solver.
"""

from itertools import islice

from nvqplan.advice.proposal import Proposal
from nvqplan.advice.suggestions import Preferences, Suggestion, suggest
from nvqplan.rules.rule import Reading
from nvqplan.space import Space
from nvqplan.units import sort_units
from nvqplan.wishes import Wishes

MENU = 3
"""How many equally good alternatives are told."""


def find_legal_parts(proposal: Proposal) -> tuple[tuple[str, ...], ...]:
    """The ways to make an illegal mix legal by leaving out as few units as can be.

    Alternatives, each the units to leave out; held ones are kept. Empty where none helps.
    """
    units = proposal.qualification.offering.units
    wishes = Wishes(held=sort_units(proposal.held), offer=proposal.mix)
    space = Space(proposal.qualification, proposal.learner, proposal.reading, wishes)
    largest_first = space.best({number: (1, unit.credits) for number, unit in units.items()})
    menu = [(score[0], mix) for score, mix in islice(largest_first, MENU)]
    return tuple(sort_units(proposal.mix - mix) for size, mix in menu if size == menu[0][0])


def completions(proposal: Proposal, reading: Reading) -> Space:
    """The legal mixes that contain a draft, within the centre's offer."""
    taken, held = sort_units(proposal.mix - proposal.held), sort_units(proposal.held)
    wishes = Wishes(taken=taken, held=held, offer=proposal.offer)
    return Space(proposal.qualification, proposal.learner, reading, wishes)


def smallest_completion(space: Space) -> Suggestion | None:
    """The completion of fewest credits, then least GLH, fewest units, unit numbers ascending."""
    return next(iter(suggest(space, Preferences(), 1, rank_surplus=True)), None)
