"""How many mixes all machines accept, without a diagram of them.

Variables about which sums leave no choice are decided before all. A rule is decided as soon as all
choices that it reads have been multiplied, the shortest rule first, and what it had to tell apart
is forgotten then.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import compress, count, product, repeat
from math import comb

from nvqplan.solving.diagram import compile_diagram
from nvqplan.solving.layers import GIBIBYTE, GaveUpError
from nvqplan.solving.linear import Linear
from nvqplan.solving.machine import Machine
from nvqplan.solving.tallies import BoundedSum, Choices, Ledger

TRIED = 8
"""Of so many variables every choice is tried, where some machine is no sum."""

LONGEST = 2**23
"""A sum is not carried where that takes more bits."""

NO_SUM = BoundedSum({}, 0, None, 0, falls=False)


def count_accepted(
    variables: Sequence[str], machines: Sequence[Machine], memory: int = GIBIBYTE
) -> int:
    """How many mixes every machine accepts.

    Raises OutgrownError where memory will do for neither products nor a diagram.
    """
    try:
        return _multiply(variables, machines, memory)
    except GaveUpError:
        return compile_diagram(variables, machines, memory).count()


def _multiply(variables: Sequence[str], machines: Sequence[Machine], memory: int) -> int:
    linear = [machine for machine in machines if isinstance(machine, Linear)]
    settled = settle_sums(linear, variables)
    if settled is None:
        return 0
    sums, decided = settled
    free = [each for each in variables if each not in decided]
    sums.sort(key=lambda each: len(each.weights))
    carried = _choose(sums, len(free))
    ledger = Ledger(carried, [each for each in sums if each is not carried], len(free), memory)
    if len(linear) == len(machines):
        return _decide_all(ledger, [*_tallies(ledger, free)])
    others = [machine for machine in machines if not isinstance(machine, Linear)]
    read = {variable for machine in others for variable in machine.variables}
    if len(read) > TRIED:
        raise GaveUpError
    tried = _try(ledger, [each for each in free if each in read], others, decided)
    return _decide_all(ledger, [*_tallies(ledger, [v for v in free if v not in read]), tried])


def _choose(sums: Iterable[BoundedSum], variables: int) -> BoundedSum:
    """The sum of which the most amounts are told apart, if digits can tell them."""
    carried, largest = NO_SUM, -1
    for each in sums:
        amounts = each.lower if each.upper is None else each.upper
        if amounts >= largest and each.most * variables <= LONGEST and not each.falls:
            carried, largest = each, amounts
    return carried


def _tallies(ledger: Ledger, variables: Sequence[str]) -> Iterator[Choices]:
    """One for all that read the same sums, all in step; else one for all that are alike."""
    width, sums = ledger.width, (ledger.carried, *ledger.sums)
    columns = [map(each.weights.get, variables, repeat(0)) for each in sums]
    alike: dict[tuple[int, ...], int] = {}
    stepping: dict[tuple[bool, ...], int] = {}
    for weights in zip(*columns, strict=True):
        alike[weights] = alike.get(weights, 0) + 1
    for weights, copies in alike.items():
        carried = weights[0]
        if carried and weights.count(0) + weights.count(carried) == len(sums):
            steps = tuple(map(carried.__eq__, weights))
            polynomial = stepping.get(steps, 1)
            for _ in range(copies):
                polynomial += polynomial << carried * width
            stepping[steps] = polynomial
        else:
            yield _tally_alike(ledger, carried, weights[1:], copies)
    for steps, polynomial in stepping.items():
        yield ledger.carry(polynomial, frozenset(compress(count(), steps[1:])))


def _tally_alike(ledger: Ledger, carried: int, weights: Sequence[int], copies: int) -> Choices:
    """Of interchangeable variables it only matters how many are taken."""
    steps = [index for index, weight in enumerate(weights) if weight and weight == carried]
    taken, left = _taken_and_left(ledger, weights)
    most = copies * (taken + left)
    taken -= sum([carried * ledger.ones[index] for index in steps])
    ways: dict[int, int] = {}
    for chosen in range(copies + 1):
        key = chosen * taken + (copies - chosen) * left
        digit = comb(copies, chosen) << chosen * carried * ledger.width
        ways[key] = ways.get(key, 0) + digit
    return Choices(ways, frozenset(compress(count(), weights)), frozenset(steps), most)


def _taken_and_left(ledger: Ledger, weights: Sequence[int]) -> tuple[int, int]:
    """What a variable adds to the sums if it is taken or left."""
    if min(weights, default=0) >= 0:
        return ledger.pack(weights), 0
    taken = ledger.pack([max(weight, 0) for weight in weights])
    return taken, ledger.pack([max(-weight, 0) for weight in weights])


def _try(
    ledger: Ledger,
    variables: Iterable[str],
    machines: Sequence[Machine],
    decided: Mapping[str, bool],
) -> Choices:
    """All choices among few variables that machines accept which are no sums."""
    certain = frozenset(variable for variable, taken in decided.items() if taken)
    options, most = [], 0
    read: set[int] = set()
    for variable in variables:
        weights = [each.weights.get(variable, 0) for each in ledger.sums]
        key, left = _taken_and_left(ledger, weights)
        shift = ledger.carried.weights.get(variable, 0) * ledger.width
        options.append((((), left, 0), ((variable,), key, shift)))
        read.update(compress(count(), weights))
        most += key + left
    ways: dict[int, int] = {}
    for choice in product(*options):
        taken = certain.union(*[names for names, _, _ in choice])
        if all(machine.holds(taken) for machine in machines):
            key = sum(added for _, added, _ in choice)
            ways[key] = ways.get(key, 0) + (1 << sum(shift for _, _, shift in choice))
    return Choices(ways, frozenset(read), frozenset(), most)


def _decide_all(ledger: Ledger, tallies: list[Choices]) -> int:
    """Decide one sum after another, and the carried one at last.

    All that is in step with a sum is joined with the rest as it is decided, which takes no keys.
    """
    for index in range(len(ledger.sums)):
        stepping = [each for each in tallies if index in each.steps]
        reading = [each for each in tallies if index in each.reads and index not in each.steps]
        tallies = [each for each in tallies if index not in each.reads]
        if stepping and reading:
            joined = ledger.join(_join(ledger, stepping), _join(ledger, reading), index)
        else:
            joined = _join(ledger, stepping or reading, index)
        tallies.append(joined)
    return ledger.total(_join(ledger, tallies)) if tallies else 1


def _join(ledger: Ledger, tallies: Sequence[Choices], decided: int | None = None) -> Choices:
    """All of them, the largest with one after another, and a sum decided by the last.

    The second largest comes last: fewest products are made if what is small is joined before.
    """
    if len(tallies) == 1:
        return tallies[0] if decided is None else ledger.decide(tallies[0], decided)
    *small, second, joined = sorted(tallies, key=lambda each: len(each.ways))
    for each in small:
        joined = ledger.join(joined, each)
    return ledger.join(joined, second, decided)


def settle_sums(
    machines: Iterable[Linear], variables: Collection[str]
) -> tuple[list[BoundedSum], dict[str, bool]] | None:
    """The sums that still ask for something, and what is decided; None if they cannot be met.

    What a sum leaves no choice about is decided first; what is not among the variables is left.
    """
    decided: dict[str, bool] = {}
    others: list[tuple[Linear, int, int]] = []
    known = frozenset(variables)
    for machine in machines:
        if not known.issuperset(machine.weights):
            decided.update(dict.fromkeys(machine.weights.keys() - known, False))
        lower, upper, (least, most) = machine.lower, machine.upper, machine.span
        if (lower is None or lower < most) and (upper is None or upper > least):
            others.append((machine, least, most))
        elif not _decide(machine, least, most, decided):
            return None
    sums = []
    for machine, least, most in others:
        start, end = _rest(machine.weights, least, most, decided) if decided else (least, most)
        lower, upper = machine.lower, machine.upper
        if (lower is not None and lower > end) or (upper is not None and upper < start):
            return None
        enough = 0 if lower is None or lower < start else lower - start
        limit = None if upper is None or upper >= end else upper - start
        if enough or limit is not None:
            sums.append(BoundedSum(machine.weights, enough, limit, end - start, least < 0))
    return sums, decided


def _decide(machine: Linear, least: int, most: int, decided: dict[str, bool]) -> bool:
    """Decide what a sum that must be its most, or its least, reads; False where that cannot be."""
    lower = least if machine.lower is None else max(machine.lower, least)
    upper = most if machine.upper is None else min(machine.upper, most)
    if lower > upper:
        return False
    at_most = machine.lower == most
    return least == most or all(
        decided.setdefault(variable, at_most is (weight > 0)) is (at_most is (weight > 0))
        for variable, weight in machine.weights.items()
        if weight
    )


def _rest(
    weights: Mapping[str, int], least: int, most: int, decided: Mapping[str, bool]
) -> tuple[int, int]:
    """The least and the most that a sum can still be."""
    for variable, taken in decided.items():
        if weight := weights.get(variable):
            if taken is (weight > 0):
                least += abs(weight)
            else:
                most -= abs(weight)
    return least, most
