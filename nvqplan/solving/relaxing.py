"""The best mixes where long rules hardly matter, found without a diagram of all mixes.

Without the long rules, variables are chosen a few at a time, each few as if there were no others:
mixes are made in the order of their weights, and those are passed over that a long rule forbids.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import compress, product
from operator import itemgetter
from typing import NamedTuple

from nvqplan.solving.evaluator import Slack
from nvqplan.solving.layers import GaveUpError
from nvqplan.solving.linear import Linear
from nvqplan.solving.machine import Machine
from nvqplan.solving.sums import Span, decide

SHORT = 3
"""A rule that reads no more undecided variables than this is short."""

TOGETHER = 6
"""No more variables than this are chosen together."""

PATIENCE = 200
PATIENCE_EACH = 3
"""So many mixes may be passed over, and so many more for each one that is found."""

Mix = frozenset[str]

Few = tuple[str, ...]

Choice = tuple[int, int, Few]
"""What a choice among few variables weighs, the slack that it gains, and which it takes."""

NOTHING: Choice = (0, 0, ())

Choices = Sequence[Choice]
"""All choices among few variables, the heaviest first."""

Path = tuple[Few, Few, "Path"] | None
"""What a mix leaves and takes in place of what the best one has."""


class Relaxation:
    """Machines read once, to be asked again and again for the heaviest mixes that they accept."""

    def __init__(self, variables: Sequence[str], machines: Sequence[Machine]) -> None:
        self.variables = variables
        self._rules = _read(variables, machines)

    def descend(self, weights: Mapping[str, int]) -> Iterator[Mix]:
        """The mixes that all machines accept, the heaviest first; no two may weigh the same.

        Raises GaveUpError where too many others are heavier.
        """
        rules = self._rules
        if rules is None:
            return
        tied = [
            sorted(
                [(sum([weights[v] for v in few]), gain, few) for gain, few in ways], reverse=True
            )
            for ways in rules.together
        ]
        wanted = [variable for variable in rules.alone if weights[variable] > 0]
        best = rules.certain.union(wanted, *[each[0][2] for each in tied])
        slack = rules.slack.start + sum([rules.slack.gains.get(variable, 0) for variable in best])
        found = passed = 0
        for gained, path in _walk(_by_loss(rules, tied, weights)):
            mix = _change(best, path) if rules.slack.will_do(slack + gained) else None
            if mix is not None and all(machine.holds(mix) for machine in rules.checked):
                found += 1
                yield mix
            else:
                passed += 1
                if passed > PATIENCE + PATIENCE_EACH * found:
                    raise GaveUpError


class _Rules(NamedTuple):
    """What is taken in every mix, what is chosen `alone`, what `together` by short rules.

    Of the latter, every choice that short rules accept, with the slack that it gains. Long sums are
    told by their `slack`; each mix is `checked` by what is none of these.
    """

    certain: Mix
    alone: Sequence[str]
    together: Sequence[Sequence[tuple[int, Few]]]
    slack: Slack
    checked: Sequence[Machine]


def _read(variables: Sequence[str], machines: Sequence[Machine]) -> _Rules | None:
    """The rules, taken apart; None where no mix meets them."""
    read = decide([machine for machine in machines if isinstance(machine, Linear)], variables)
    if read is None:
        return None
    decided, spans = read
    free = dict.fromkeys([variable for variable in variables if variable not in decided])
    tied: dict[str, Few] = {}
    short: list[Machine] = []
    long: list[Span] = []
    checked: list[Machine] = []
    for span in spans:
        # what is long need not say first what it reads
        if len(span[0].weights) <= TOGETHER and _tie(span[0], free, tied):
            short.append(span[0])
        else:
            long.append(span)
    for machine in machines:
        if not isinstance(machine, Linear):
            (short if _tie(machine, free, tied) else checked).append(machine)
    certain = frozenset([variable for variable, taken in decided.items() if taken])
    alone = [variable for variable in free if variable not in tied]
    slack = Slack.of([machine for machine, *_ in long])
    together = [
        [(sum([slack.gains.get(variable, 0) for variable in few]), few) for few in ways]
        for ways in (_accepted(each, short, certain) for each in dict.fromkeys(tied.values()))
    ]
    return _Rules(certain, alone, together, slack, checked) if all(together) else None


def _tie(machine: Machine, free: Container[str], together: dict[str, Few]) -> bool:
    """Have what a short rule reads chosen together, if that is anything and not too much."""
    read = [variable for variable in machine.variables if variable in free]
    few = tuple({v: None for variable in read for v in together.get(variable, (variable,))})
    fits = len(read) <= SHORT and 0 < len(few) <= TOGETHER
    if fits:
        together.update(dict.fromkeys(few, few))
    return fits


def _accepted(few: Few, short: Iterable[Machine], certain: Mix) -> list[Few]:
    """Among variables chosen together every choice that short rules accept."""
    concerned = [each for each in short if not set(few).isdisjoint(each.variables)]
    choices = (tuple(compress(few, taken)) for taken in product((False, True), repeat=len(few)))
    return [
        choice for choice in choices if all(each.holds(certain.union(choice)) for each in concerned)
    ]


def _by_loss(
    rules: _Rules, tied: Iterable[Choices], weights: Mapping[str, int]
) -> Iterator[Choices]:
    """The choices of all that leave one, those first of which the second loses least."""
    losses: list[tuple[int, str | Choices]] = [(abs(weights[each]), each) for each in rules.alone]
    losses += [(each[0][0] - each[1][0], each) for each in tied if len(each) > 1]
    for _, each in sorted(losses, key=itemgetter(0)):
        if isinstance(each, str):
            weight = weights[each]
            taken = (weight, rules.slack.gains.get(each, 0), (each,))
            yield (taken, NOTHING) if weight > 0 else (NOTHING, taken)
        else:
            yield each


def _walk(following: Iterator[Choices]) -> Iterator[tuple[int, Path]]:
    """Every way to choose among all, the least lost first, and the slack that it gains.

    From each way it goes on with the next choice at the last place where it differs from the best,
    with a second choice at the place that follows, and with that in place of a second one at the
    last: so each way is reached once, and in order.
    """
    yield 0, None
    choices: list[Choices] = []
    heap: list[tuple[int, int, int, int, Path]] = []
    if first := _reach(0, following, choices):
        loss, gain = _against(first[0], first[1])
        heap.append((loss, 0, 1, gain, None))
    while heap:
        lost, place, choice, gained, path = heappop(heap)
        same = choices[place]
        way = (same[0][2], same[choice][2], path)
        yield gained, way
        if choice + 1 < len(same):
            loss, gain = _against(same[choice], same[choice + 1])
            heappush(heap, (lost + loss, place, choice + 1, gained + gain, path))
        if others := _reach(place + 1, following, choices):
            loss, gain = _against(others[0], others[1])
            heappush(heap, (lost + loss, place + 1, 1, gained + gain, way))
            if choice == 1:
                own_loss, own_gain = _against(same[0], same[1])
                loss, gain = loss - own_loss, gain - own_gain
                heappush(heap, (lost + loss, place + 1, 1, gained + gain, path))


def _reach(place: int, following: Iterator[Choices], choices: list[Choices]) -> Choices:
    """The choices at a place, at the most the next one to be followed; none at the end."""
    if place == len(choices):
        choices.append(next(following, ()))
    return choices[place]


def _against(one: Choice, other: Choice) -> tuple[int, int]:
    """What is lost and gained by the other choice in place of the one."""
    return one[0] - other[0], other[1] - one[1]


def _change(best: Mix, path: Path) -> Mix:
    """The mix with other choices than the best one has."""
    mix = set(best)
    while path is not None:
        left, taken, path = path
        mix.difference_update(left)
        mix.update(taken)
    return frozenset(mix)
