"""Which rules and wishes cannot hold together: a set of which none can be spared."""

from collections.abc import Sequence

from nvqplan.proof import DisagreementError, find_mix, verify
from nvqplan.qualification import Demand, Qualification
from nvqplan.solving.layers import GIBIBYTE


def find_conflict(
    qualification: Qualification, demands: Sequence[Demand], memory: int = GIBIBYTE
) -> tuple[Demand, ...]:
    """A minimal set of demands that no mix meets; leave out any one, and some mix meets the rest.

    Where the rules alone can be met, rules are left out before wishes, so that what can be told as
    a collision of wishes is; where they cannot, no wish is blamed. The set is solved again before
    it is returned, and each of its rests with a mix as proof.
    """
    rules = [demand for demand in demands if not demand.is_wish]
    wishes = [demand for demand in demands if demand.is_wish]
    kept = rules if find_mix(qualification, rules, memory) is None else [*rules, *wishes]
    for demand in list(kept):
        rest = [each for each in kept if each is not demand]
        if find_mix(qualification, rest, memory) is None:
            kept = rest
    _prove(qualification, kept, memory)
    return tuple(sorted(kept, key=lambda demand: not demand.is_wish))


def _prove(qualification: Qualification, conflict: Sequence[Demand], memory: int) -> None:
    if find_mix(qualification, conflict, memory) is not None:
        raise DisagreementError("a conflict was found among demands that some mix meets")
    for demand in conflict:
        rest = [each for each in conflict if each is not demand]
        witness = find_mix(qualification, rest, memory)
        if witness is None:
            raise DisagreementError(f"the conflict does not need '{demand.id}'")
        verify(qualification, rest, witness)
