"""Which demands cannot hold together: sets of which none can be spared."""

from collections.abc import Iterator, Sequence

from nvqplan.rules.qualification import Demand, Qualification
from nvqplan.space.proof import DisagreementError, can_be_met, find_mix, verify

Demands = Sequence[Demand]


def find_conflict(
    qualification: Qualification, demands: Demands, memory: int
) -> tuple[Demand, ...]:
    """A minimal set of demands that no mix meets; leave out any one, and some mix meets the rest.

    Where the rules alone can be met, rules are left out before wishes, so that a collision of
    wishes is reported as one; where they cannot, no wish is blamed. The set is solved again before
    it is returned, and each of its rests with a mix as proof.
    """
    found = [_spare(qualification, few, memory) for few in _narrow(qualification, demands, memory)]
    conflict = min(found, key=len)
    _prove(qualification, conflict, memory)
    return tuple(sorted(conflict, key=lambda demand: not demand.is_wish))


def find_conflicts(
    qualification: Qualification, demands: Demands, memory: int
) -> Iterator[tuple[Demand, ...]]:
    """Conflicts that have no choice of a unit in common, until the rest can be met.

    Each must be mended on its own: no change to what one of them names mends another.
    """
    rest = list(demands)
    while not can_be_met(qualification, rest, memory):
        conflict = find_conflict(qualification, rest, memory)
        yield conflict
        wishes = [demand for demand in conflict if demand.is_wish]
        if not wishes:
            return
        spared = {demand.id for demand in wishes if demand.unit} or {each.id for each in wishes}
        rest = [each for each in rest if not (each.is_wish and each.id in spared)]


def _narrow(qualification: Qualification, demands: Demands, memory: int) -> Sequence[Demands]:
    """Find demands that cannot be met, rules first, and fewer of them where that is quickly seen.

    Those are the rules, else the wishes, else each rule that the wishes for its units break.
    """
    rules = [demand for demand in demands if not demand.is_wish]
    wishes = [demand for demand in demands if demand.is_wish]
    for alone in (rules, wishes):
        if not can_be_met(qualification, alone, memory):
            return [alone]
    pairs = ([rule, *_of_its_units(rule, wishes)] for rule in rules)
    broken = [pair for pair in pairs if not can_be_met(qualification, pair, memory)]
    return broken or [[*rules, *wishes]]


def _of_its_units(rule: Demand, wishes: Demands) -> Iterator[Demand]:
    units = {unit for machine in rule.machines for unit in machine.variables}
    for each in wishes:
        if any(not units.isdisjoint(machine.variables) for machine in each.machines):
            yield each


def _spare(qualification: Qualification, demands: Demands, memory: int) -> Demands:
    """Leave out, in order, all demands without which the rest still cannot be met."""
    kept = list(demands)
    for demand in demands:
        rest = [each for each in kept if each is not demand]
        if not can_be_met(qualification, rest, memory):
            kept = rest
    return kept


def _prove(qualification: Qualification, conflict: Demands, memory: int) -> None:
    if find_mix(qualification, conflict, memory) is not None:
        raise DisagreementError("a conflict was found among demands that some mix meets")
    for demand in conflict:
        rest = [each for each in conflict if each is not demand]
        witness = find_mix(qualification, rest, memory)
        if witness is None:
            raise DisagreementError(f"the conflict does not need '{demand.id}'")
        verify(qualification, rest, witness)
