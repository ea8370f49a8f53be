"""The cheapest ways to mend a mix, each verified: what to drop from it and what to add to it."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import islice, takewhile

from nvqplan.advice.proposal import MENU, Proposal, Totals, totals_of
from nvqplan.advice.suggestions import numbers_ascending
from nvqplan.core.units import Mix, sort_units
from nvqplan.core.values import NamedTuple
from nvqplan.solving.evaluator import Evaluator
from nvqplan.space.mixes import Space

RepairCost = tuple[int, ...]
"""Held units dropped, units outside the offer, edits, units dropped; then size and GLH moved.

Last come held units added: though that costs nothing, none of no credits is added without need.
"""

BOUNDS = 2
"""So many numbers of a cost must be 0 where that can be."""

DECISIVE = 3
"""So many numbers of a cost make one repair really cheaper than another."""


class Repair(NamedTuple):
    """An edit after which a mix is legal, or a draft can be completed; units in ascending order.

    `mix` is legal: of a draft it is the smallest completion, of which `add` has only what is not
    on offer. `lost` are held units among those dropped, `outside` the units of the mix that are not
    on offer. `cost` is what makes a repair really cheaper than another.
    """

    drop: tuple[str, ...]
    add: tuple[str, ...]
    mix: Mix
    totals: Totals
    cost: RepairCost
    lost: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()

    @property
    def units(self) -> tuple[str, ...]:
        return sort_units(self.mix)


class Repairer:
    """Finds the legal mixes that are the cheapest to reach from a proposal."""

    def __init__(self, proposal: Proposal, space: Space) -> None:
        self._proposal = proposal
        self._space = space
        self._costs = _costs(proposal)
        self._ways: list[Repair] = []

    @property
    def cheapest(self) -> tuple[Repair, ...]:
        """At most MENU repairs of the least edits; of a draft, which may grow anyway, only one."""
        return self._equal[:MENU]

    @cached_property
    def _equal(self) -> tuple[Repair, ...]:
        """The repairs of the least edits, one more than are shown where there is one more."""
        ranked = self._space.ranked(self._costs)
        first, mix = next(ranked)
        equal = takewhile(lambda each: each[0][:DECISIVE] == first[:DECISIVE], ranked)
        others = () if self._proposal.draft else islice(equal, MENU)
        return tuple(map(self._repair, (mix, *(other for _, other in others))))

    def keeping_most(self) -> Repair:
        """The cheapest repair of those that drop the fewest units."""
        mix = self._proposal.mix
        return self._first(
            {unit: (*c[:BOUNDS], int(unit in mix), *c[BOUNDS:]) for unit, c in self._costs.items()}
        )

    def without(self, unit: str) -> Repair | None:
        """The cheapest repair that drops a unit; None where every legal mix has it.

        What else it changes without need is taken back, be it that very unit.
        """
        found = self._first({each: (-(each == unit), *c) for each, c in self._costs.items()})
        if unit not in found.drop:
            return None
        way = found if self._proposal.draft else self._repair(self._tight(found.mix))
        self._ways.append(way)
        return way

    def has_more(self, shown: Sequence[Repair]) -> bool:
        """Whether a further repair was found that is allowed and as cheap as the first of these."""
        found = (each for each in (*self._equal, *self._ways) if self.allows(each))
        equal = [each for each in found if each.cost == shown[0].cost]
        return len(distinct((*shown, *equal))) > len(shown)

    def allows(self, repair: Repair) -> bool:
        """Whether it keeps to what the learner holds and the centre offers, as far as can be."""
        needed = self.cheapest[0]
        is_offered = len(repair.outside) <= len(needed.outside)
        return is_offered and (self._proposal.may_drop_held or not repair.lost)

    def verify(self, repair: Repair) -> Repair:
        """The repair, once python-constraint and the rules agree; raises DisagreementError."""
        self._space.verify(repair.mix)
        return repair

    def _tight(self, mix: Mix) -> Mix:
        """Bring the mix nearer to the proposal as long as one change less is legal, too."""
        proposal, evaluator = self._proposal, Evaluator(self._space.machines)
        for unit in sort_units(mix ^ proposal.mix):
            nearer = mix ^ {unit}
            is_offered = len(proposal.outside(nearer)) <= len(proposal.outside(mix))
            if is_offered and evaluator.hold(nearer):
                mix = nearer
        return mix

    def _first(self, costs: Mapping[str, RepairCost]) -> Repair:
        _, mix = next(self._space.ranked(costs))
        return self._repair(mix)

    def _repair(self, mix: Mix) -> Repair:
        proposal = self._proposal
        kept = frozenset() if proposal.may_drop_held else proposal.held_beside
        drop, added = sort_units(proposal.named - mix - kept), mix - proposal.mix
        lost = sort_units((proposal.held | proposal.held_beside).intersection(drop))
        outside = proposal.outside(mix)
        add = sort_units(added & outside if proposal.draft else added)
        edits = len(drop) + (0 if proposal.draft else len(added - proposal.held_beside))
        cost = 0 if proposal.may_drop_held else len(lost), len(outside), edits
        totals = totals_of(proposal.qualification, mix)
        return Repair(drop, add, mix, totals, cost, lost, sort_units(outside))


def by_cost(repair: Repair) -> RepairCost:
    """Repairs are sorted by edits, then by units dropped, then by size and by hours of the mix."""
    return (*repair.cost, len(repair.drop), repair.totals.size, repair.totals.glh)


def distinct(repairs: Iterable[Repair]) -> tuple[Repair, ...]:
    """The cheapest ones first, without those that do all that a cheaper one does."""
    kept: list[Repair] = []
    for each in sorted(repairs, key=by_cost):
        if not any({*one.drop} <= {*each.drop} and {*one.add} <= {*each.add} for one in kept):
            kept.append(each)
    return tuple(kept)


def _costs(proposal: Proposal) -> dict[str, RepairCost]:
    """What taking each unit is worth: a mix worth more is cheaper to reach, see `RepairCost`.

    Where nothing else decides, lower unit numbers are preferred.
    """
    units, sizes = proposal.qualification.offering.units, proposal.qualification.sizes
    orders = numbers_ascending(units)
    worth: dict[str, RepairCost] = {}
    for number, unit in units.items():
        taken = number in proposal.mix
        sign = 1 if taken and not proposal.draft else -1
        edits = 1 if taken else -1
        is_beside = number in proposal.held_beside and not taken
        worth[number] = (
            int(number in proposal.held and not proposal.may_drop_held),
            -int(bool(proposal.outside([number]))),
            0 if is_beside or (proposal.draft and not taken) else edits,
            int(taken),
            sign * sizes[number],
            sign * unit.glh,
            -int(is_beside),
            orders[number],
        )
    return worth
