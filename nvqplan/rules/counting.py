"""Counting caps: of some units only so much counts towards a sum; more is allowed, for nothing.

`credits = { at_least = 42, counting = [{ of = { group = "C" }, at_most = 7 }] }`. It is linear:
with parts that share no unit, `rest + min(part, cap) + …` reaches a bound just where every choice
between each part and its cap does, since a least of two reaches it where both do:

    rest + min(p, c) + min(q, d) >= n   <=>   rest + p + q >= n  and  rest + c + q >= n
                                              and  rest + p + d >= n  and  rest + c + d >= n

So k caps are 2^k plain sums. Of a maximum that is not true: `min(p, c) <= n` holds where one of
the two keeps under n, and that is a choice, no sum; so caps go with `at_least` alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from nvqplan.core.records import RULES, Key, Members, Record
from nvqplan.core.shapes import Shape, Spot, list_of
from nvqplan.core.units import Mix, Offering, Unit, sort_units
from nvqplan.core.values import NamedTuple
from nvqplan.rules.filters import Filter, filter_in
from nvqplan.rules.learner import AT_MOST, STATUSES, Learner
from nvqplan.rules.outcome import Beyond
from nvqplan.solving.linear import Linear

MOST_CAPS = 4
"""So many caps one sum may have: they are 2^4 sums."""


class Cap(NamedTuple):
    """Of these units at most so much counts."""

    of: Filter
    at_most: int

    def __str__(self) -> str:
        return f"at most {self.at_most} of {self.of}"


CappedUnits = tuple[frozenset[str], Cap]
"""The units of a sum that fall under a cap."""


class Weighed(NamedTuple):
    """What each unit that counts towards a sum adds, and which of them fall under its caps."""

    weights: Mapping[str, int]
    parts: tuple[CappedUnits, ...]


class SumView(NamedTuple):
    """A measure summed over the units that a filter lets through, and kept between two bounds.

    `caps` are of units that count up to so much only.
    """

    measure: str
    of: Filter
    at_least: int | None
    at_most: int | None
    caps: tuple[Cap, ...] = ()

    def weigh(self, offering: Offering, learner: Learner | None) -> Weighed:
        """What counts for a learner; without one, what counts for any."""
        weights = self.of.weigh(self.measure, offering, learner)
        parts = ((frozenset(cap.of.select(offering, learner)), cap) for cap in self.caps)
        return Weighed(weights, tuple(parts))

    def reaching(
        self, least: int, name: str, offering: Offering, learner: Learner
    ) -> tuple[Linear, ...]:
        """The machines of the same sum, to be at least so much and nothing else."""
        return tuple(at_least_counted(name, self.weigh(offering, learner), least))


def caps_in(offering: Offering) -> Shape[tuple[Cap, ...]]:
    """The `counting` of a sum: caps, not too many."""
    of, at_most = Key("of", filter_in(offering), needed=True), AT_MOST._replace(needed=True)

    def make_cap(members: Members) -> Cap | None:
        most = members.get(at_most)
        return None if most is None else Cap(members.get(of, Filter()), most)

    def make(caps: tuple[Cap, ...], at: Spot) -> tuple[Cap, ...]:
        if len(at.node.members) > MOST_CAPS:
            at.tell(f"{len(at.node.members)} caps in one sum, more than {MOST_CAPS}")
        return caps

    cap = Record((of, at_most), RULES._replace(lacking="where all are known")).shape
    caps = list_of(cap.into(make_cap), "a {what} cap").at_least(1, "{what} names no cap")
    return caps.made(make).stating(maxItems=MOST_CAPS)


def check_parts(at: Spot, caps: Sequence[Cap], of: Filter, offering: Offering) -> None:
    """Tell caps that are idle or share a unit, whoever the learner is and whatever is imported.

    The caps are those of a list in which nothing was found.
    """
    filters = (of, *[cap.of for cap in caps])
    whole = _with_any_imported(filters, offering)
    asks = any(each.asks_status for each in filters)
    learners = [  # of each all units are achieved in the same way
        Learner((), statuses=tuple([(unit, status) for unit in whole.units]))
        for status in (STATUSES if asks else STATUSES[:1])
    ]
    if not any(of.select(whole, learner) for learner in learners):
        return
    taken: dict[Learner, set[str]] = {learner: set() for learner in learners}
    for node, cap in zip(at.node.members, caps, strict=True):
        selected = (
            (learner, set(of.select(whole, learner)).intersection(cap.of.select(whole, learner)))
            for learner in learners
        )
        parts = {learner: part for learner, part in selected if part}
        twice = sort_units(unit for learner in parts for unit in parts[learner] & taken[learner])
        if not parts:
            at.tell("this cap is of no unit that the sum counts", at=node)
        elif twice:
            at.tell(f"unit '{twice[0]}' falls under two caps of one sum", at=node)
        for learner, part in parts.items():
            taken[learner] |= part


def _with_any_imported(filters: Iterable[Filter], offering: Offering) -> Offering:
    """The offering with one unit for each kind of imported ones that filters tell apart."""
    if offering.imports_to is None:
        return offering
    levels = sorted({level for each in filters for level in each.levels_apart()} or {0})
    names = [f"imported of level {level}" for level in levels]
    return offering.importing(
        Unit(name, "", name, level, 1, 1) for name, level in zip(names, levels, strict=True)
    )


def at_least_counted(name: str, weighed: Weighed, least: int) -> Iterator[Linear]:
    """One sum for each choice between the parts and their caps, see above.

    A part that cannot pass its cap is never less than it.
    """
    if not weighed.parts:
        yield Linear(name, weighed.weights, least)
        return
    (units, cap), *rest = weighed.parts
    weights = weighed.weights
    yield from at_least_counted(name, Weighed(weights, tuple(rest)), least)
    if sum(weights.get(unit, 0) for unit in units) > cap.at_most:
        others = {unit: weight for unit, weight in weights.items() if unit not in units}
        yield from at_least_counted(name, Weighed(others, tuple(rest)), least - cap.at_most)


def count_up(weighed: Weighed, mix: Mix) -> tuple[dict[str, int], tuple[Beyond, ...]]:
    """Find what each unit of the mix adds, and what it has beyond the caps.

    In a part the first units add, up to its cap.
    """
    weights = weighed.weights
    amounts = {number: weight for number, weight in weights.items() if number in mix}
    beyond = []
    for units, cap in weighed.parts:
        left, passed = cap.at_most, 0
        for number in [each for each in amounts if each in units and amounts[each]]:
            has = amounts.pop(number)
            if left:
                amounts[number] = min(has, left)
            passed += max(has - left, 0)
            left = max(left - has, 0)
        if passed:
            beyond.append(Beyond(str(cap.of), passed))
    in_order = {number: amounts[number] for number in weights if number in amounts}
    return in_order, tuple(beyond)
