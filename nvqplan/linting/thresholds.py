"""Questions to the figures of rules: which of them arithmetic makes other than printed."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping

from nvqplan.core.findings import Finding
from nvqplan.core.units import Mix
from nvqplan.core.values import NamedTuple
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
    demand, kind = scope.demand(rule), rule.kind(scope.reading)
    outcomes = kind.outcomes(scope.qualification.offering, scope.learner, frozenset())
    if demand is None or len(demand.machines) != 1 or len(outcomes) != 1:
        return None
    if kind.as_sum is not None and kind.as_sum.caps:
        return None  # what counts is no sum
    (machine,), (outcome,) = demand.machines, outcomes
    bounds = outcome.at_least, outcome.at_most
    if not isinstance(machine, Linear) or (machine.lower, machine.upper) != bounds:
        return None
    says_more = outcome.missing or outcome.choices or outcome.about
    if says_more or any(each < 0 for each in machine.weights.values()):
        return None
    return Threshold(outcome.measure, machine.weights, *bounds)


def check_bounds(scopes: Scopes) -> Iterator[Finding]:
    """`At least 22` is really 23 where no mix has 22 that meets the other rules.

    `At most 10` is really 9 where no mix has 10, and none at all where 10 is out of reach.
    """
    for rule in scopes.qualification.rules:
        yield from _stricter(scopes, rule, is_minimum=True)
        yield from _stricter(scopes, rule, is_minimum=False)
        yield from _unreachable(scopes, rule)


def _stricter(scopes: Scopes, rule: Rule, *, is_minimum: bool) -> Iterator[Finding]:
    """Report a bound that bites, and that no legal mix meets exactly in any window."""
    alike: dict[tuple[str, int, int], dict[Reading, NearestSum]] = {}
    for reading in scopes.readings:
        sums = _nearest_sums(scopes, reading, rule, is_minimum=is_minimum)
        if any(each.bites for each in sums):
            nearest = min(sums, key=lambda each: abs(each.sum - each.bound))
            key = nearest.measure, nearest.bound, nearest.sum
            alike.setdefault(key, {})[reading] = nearest
    for by_reading in alike.values():
        nearest = next(iter(by_reading.values()))
        really = f"is really {amount(nearest.sum, nearest.measure)}"
        shown = f"no mix that meets the other rules has {nearest.bound}"
        help = f"{shown}; nearest is {say_mix(nearest.mix)}"
        bound = "at_least" if is_minimum else "at_most"
        yield _finding(scopes, rule, bound, by_reading, "NVQ436", really, help)


def _unreachable(scopes: Scopes, rule: Rule) -> Iterator[Finding]:
    """Report a maximum that no mix reaches, once where it is so in both readings."""
    alike: dict[tuple[str, int], dict[Reading, NearestSum]] = {}
    for reading in scopes.readings:
        if is_unreachable(scopes, reading, rule):
            sums = _nearest_sums(scopes, reading, rule, is_minimum=False)
            most = max(sums, key=lambda each: each.sum)
            alike.setdefault((most.measure, most.bound), {})[reading] = most
    for by_reading in alike.values():
        most = max(by_reading.values(), key=lambda each: each.sum)
        help = f"most is {amount(most.sum, most.measure)}, as in {say_mix(most.mix)}"
        yield _finding(scopes, rule, "at_most", by_reading, "NVQ437", "is out of reach", help)


def _finding(
    scopes: Scopes,
    rule: Rule,
    bound: str,
    by_reading: Mapping[Reading, NearestSum],
    code: str,
    says: str,
    help: str,
) -> Finding:
    """Report something about a bound, in the readings in which it is so."""
    readings = tuple(by_reading)
    number = next(iter(by_reading.values())).bound
    printed = f"'{bound.replace('_', ' ')} {number}' of rule '{rule.id}'"
    message = f"{printed} of {scopes.qualification.id} {says}{scopes.say_reading(readings)}"
    place = scopes.place_of(rule, readings, bound)
    return scopes.finding(place, code, message, (help, *scopes.say_aside()), rule.id)


def is_unreachable(scopes: Scopes, reading: Reading, rule: Rule, *, alone: bool = False) -> bool:
    """Whether no mix that meets the other rules gets as far as the maximum, in any window.

    With `alone` only where the maximum is all there is to the rule.
    """
    sums = _nearest_sums(scopes, reading, rule, is_minimum=False)
    if not sums or any(each.bites for each in sums):
        return False
    thresholds = [threshold_of(each, rule) for each in scopes.met(reading, rule)]
    return not alone or all(each is not None and each.at_least is None for each in thresholds)


def _nearest_sums(
    scopes: Scopes, reading: Reading, rule: Rule, *, is_minimum: bool
) -> list[NearestSum]:
    """How near to the bound legal mixes come; none where one meets it exactly, in some window."""
    summed = rule.kind(reading).as_sum
    nearest = []
    for scope in scopes.met(reading, rule):
        if is_minimum and summed is not None and summed.caps:
            found = _nearest_counted(scope, rule, summed)
        else:
            found = _nearest_sum(scope, rule, is_minimum=is_minimum)
        if found is None:
            return []
        nearest.append(found)
    return nearest


def _nearest_sum(scope: Scope, rule: Rule, *, is_minimum: bool) -> NearestSum | None:
    """The sum of a legal mix that is nearest to a bound; None where it is the bound.

    That none is nearer is solved again.
    """
    threshold = threshold_of(scope, rule)
    bound = threshold and (threshold.at_least if is_minimum else threshold.at_most)
    if threshold is None or bound is None:
        return None
    weights, sign = threshold.weights, -1 if is_minimum else 1
    scores = {unit: (sign * weights.get(unit, 0), -1) for unit in scope.status}
    (score, _), mix = next(scope.space.best(scores, 1))
    total = sign * score
    if total == bound:
        return None

    def has(lower: int | None, upper: int | None) -> bool:
        between = wish("between", "a sum between bounds", weights, lower, upper)
        return scope.can_meet([*scope.others(rule.id), between])

    if has(min(bound, total + 1), max(bound, total - 1)):
        raise DisagreementError(f"some mix has {bound} for rule '{rule.id}', and none was found")
    bites = has(None, bound - 1) if total > bound else has(bound + 1, None)
    return NearestSum(threshold.measure, bound, total, mix, bites)


def _nearest_counted(scope: Scope, rule: Rule, summed: SumView) -> NearestSum | None:
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
    return NearestSum(measure, bound, amounts[place], mix, scope.bites(rule))
