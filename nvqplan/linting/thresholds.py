"""Questions to the figures of rules: which of them arithmetic makes other than printed."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from nvqplan.core.findings import Finding
from nvqplan.core.units import Mix
from nvqplan.core.words import amount
from nvqplan.linting.scopes import Scope, Scopes, broken, say_mix
from nvqplan.rules.counting import SumView
from nvqplan.rules.qualification import Demand
from nvqplan.rules.rule import Reading, Rule
from nvqplan.solving.linear import Linear
from nvqplan.space.proof import DisagreementError
from nvqplan.space.wishes import wish


class Threshold(NamedTuple):
    """A rule that is one sum between bounds, and what is summed."""

    measure: str
    weights: Mapping[str, int]
    at_least: int | None
    at_most: int | None


class NearestSum(NamedTuple):
    """The sum nearest to a bound that a legal mix has, and that mix."""

    measure: str
    bound: int
    sum: int
    mix: Mix
    bites: bool
    """Whether some mix breaks the bound and meets all other rules."""


def threshold_of(scope: Scope, rule: Rule) -> Threshold | None:
    """The figures of a rule, as its machine and what it tells people agree on them."""
    demand, outcomes = scope.demand(rule), scope.outcomes(rule)
    if demand is None or len(demand.machines) != 1 or len(outcomes) != 1:
        return None
    summed = rule.kind(scope.reading).as_sum
    if summed is not None and summed.caps:
        return None  # what counts is no sum
    (machine,), (outcome,) = demand.machines, outcomes
    bounds = outcome.at_least, outcome.at_most
    if not isinstance(machine, Linear) or (machine.lower, machine.upper) != bounds:
        return None
    if (
        outcome.missing
        or outcome.choices
        or outcome.about
        or any(each < 0 for each in machine.weights.values())
    ):
        return None
    return Threshold(outcome.measure, machine.weights, *bounds)


def check_minimums(scopes: Scopes) -> Iterator[Finding]:
    """`At least 22` is really 23 where no mix has 22 that meets the other rules."""
    for rule in scopes.qualification.rules:
        yield from _stricter(scopes, rule, is_minimum=True)


def check_maximums(scopes: Scopes) -> Iterator[Finding]:
    """`At most 10` is really 9 where no mix has 10, and none at all where 10 is out of reach."""
    for rule in scopes.qualification.rules:
        yield from _stricter(scopes, rule, is_minimum=False)
        yield from _unreachable(scopes, rule)


def _stricter(scopes: Scopes, rule: Rule, *, is_minimum: bool) -> Iterator[Finding]:
    """A bound that bites, and that no legal mix meets exactly, in all windows."""
    told: dict[tuple[str, int, int], dict[Reading, NearestSum]] = {}
    for reading in scopes.readings:
        reaches = _reaches(scopes, reading, rule, is_minimum=is_minimum)
        if any(each.bites for each in reaches):
            reach = min(reaches, key=lambda each: abs(each.sum - each.bound))
            alike = told.setdefault((reach.measure, reach.bound, reach.sum), {})
            alike[reading] = reach
    word = "at least" if is_minimum else "at most"
    for (measure, bound, total), held in told.items():
        printed = f"'{word} {bound}' of rule '{rule.id}' of {scopes.qualification.id}"
        message = f"{printed} is really {amount(total, measure)}{scopes.say_reading(tuple(held))}"
        nearest = say_mix(next(iter(held.values())).mix)
        shown = f"no mix that meets the other rules has {bound}; nearest is {nearest}"
        help = (shown, *scopes.say_aside())
        place = scopes.place_of(rule, tuple(held), "at_least" if is_minimum else "at_most")
        yield scopes.tell(place, "NVQ436", message, help, rule.id)


def _unreachable(scopes: Scopes, rule: Rule) -> Iterator[Finding]:
    """A maximum that no mix gets as far as, each of the two readings' once."""
    told: dict[tuple[str, int], dict[Reading, NearestSum]] = {}
    for reading in scopes.readings:
        if is_unreachable(scopes, reading, rule):
            reaches = _reaches(scopes, reading, rule, is_minimum=False)
            most = max(reaches, key=lambda each: each.sum)
            told.setdefault((most.measure, most.bound), {})[reading] = most
    for (measure, bound), held in told.items():
        printed = f"'at most {bound}' of rule '{rule.id}' of {scopes.qualification.id}"
        message = f"{printed} is out of reach{scopes.say_reading(tuple(held))}"
        most = max(held.values(), key=lambda each: each.sum)
        shown = f"most is {amount(most.sum, measure)}, as in {say_mix(most.mix)}"
        help = (shown, *scopes.say_aside())
        place = scopes.place_of(rule, tuple(held), "at_most")
        yield scopes.tell(place, "NVQ437", message, help, rule.id)


def is_unreachable(scopes: Scopes, reading: Reading, rule: Rule, *, alone: bool = False) -> bool:
    """Whether no mix that meets the other rules gets as far as the maximum, in any window.

    With `alone` only where the maximum is all there is to the rule.
    """
    reaches = _reaches(scopes, reading, rule, is_minimum=False)
    if not reaches or any(each.bites for each in reaches):
        return False
    thresholds = [threshold_of(each, rule) for each in scopes.met(reading, rule)]
    return not alone or all(each is not None and each.at_least is None for each in thresholds)


def _reaches(scopes: Scopes, reading: Reading, rule: Rule, *, is_minimum: bool) -> list[NearestSum]:
    """How near to the bound legal mixes come; none where one meets it exactly, in some window."""
    reaches = []
    summed = rule.kind(reading).as_sum
    for scope in scopes.met(reading, rule):
        if is_minimum and summed is not None and summed.caps:
            reach = _counted_reach(scope, rule, summed)
            if reach is None:
                return []
            reaches.append(reach)
            continue
        threshold = threshold_of(scope, rule)
        if threshold is None:
            return []
        bound = threshold.at_least if is_minimum else threshold.at_most
        if bound is None:
            return []
        sign = -1 if is_minimum else 1
        scores = {unit: (sign * threshold.weights.get(unit, 0), -1) for unit in scope.status}
        (score, _), mix = next(scope.space.best(scores, 1))
        if sign * score == bound:
            return []
        reaches.append(_reach(scope, rule, threshold, bound, sign * score, mix))
    return reaches


def _counted_reach(scope: Scope, rule: Rule, summed: SumView) -> NearestSum | None:
    """The least that a legal mix has of a sum with counting caps; None where that is the bound.

    No machine tells the amount, but whether it is less than some other.
    """
    offering, name = scope.qualification.offering, f"beyond {rule.id}"
    measure, bound = summed.measure, summed.at_least or 0

    def with_less_than(amount: int) -> list[Demand]:
        sums = summed.reaching(amount, name, offering, scope.learner)
        return [*scope.demands, broken(Demand(name, f"at least {amount}", sums))]

    if scope.can_meet(with_less_than(bound + 1)):
        return None
    most = sum(unit.measure(measure) for unit in offering.units.values())
    amounts = range(bound + 1, most + 1)
    place = bisect_left(amounts, 1, key=lambda each: scope.can_meet(with_less_than(each + 1)))
    _, mix = scope.smallest(with_less_than(amounts[place] + 1))
    demand = scope.demand(rule)
    assert demand is not None
    bites = scope.can_meet([*scope.others(rule.id), broken(demand)])
    return NearestSum(measure, bound, amounts[place], mix, bites)


def _reach(
    scope: Scope, rule: Rule, threshold: Threshold, bound: int, total: int, mix: Mix
) -> NearestSum:
    """What the nearest mix proves; that none is nearer is solved again."""
    others = scope.others(rule.id)
    weights = threshold.weights

    def has(lower: int | None, upper: int | None) -> bool:
        between = wish("between", "a sum between bounds", weights, lower, upper)
        return scope.can_meet([*others, between])

    if has(min(bound, total + 1), max(bound, total - 1)):
        raise DisagreementError(f"some mix has {bound} for rule '{rule.id}', and none was found")
    beyond = has(None, bound - 1) if total > bound else has(bound + 1, None)
    return NearestSum(threshold.measure, bound, total, mix, beyond)


QUESTIONS: tuple[Callable[[Scopes], Iterator[Finding]], ...] = (check_minimums, check_maximums)
"""Every question about figures."""
