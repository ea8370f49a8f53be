"""Questions to the rules as they stand in print: sums, missing units, dates, readings."""

from collections.abc import Iterator
from datetime import date
from itertools import product

from nvqplan.core.units import ways_to
from nvqplan.core.words import amount, say_date
from nvqplan.linting.scopes import Field, Scope, Scopes, Suspicion, broken, member, say_mix
from nvqplan.rules.learner import DAY
from nvqplan.rules.qualification import PRINTED, Demand
from nvqplan.rules.rule import Reading, Rule
from nvqplan.space.proof import DisagreementError


def check_sums(scopes: Scopes) -> Iterator[Suspicion]:
    """The units of a group, and of the groups in it, add what the print declares."""
    id, offering = scopes.qualification.id, scopes.qualification.offering
    for group, sums in scopes.qualification.sums.items():
        listed = [number for number, way in offering.groups.items() if group in ways_to(way)]
        for measure, declared in sums.items():
            adds = {number: offering.units[number].measure(measure) for number in listed}
            has = sum(adds.values())
            if has == declared:
                continue
            is_number = measure == "units"
            parts = listed if is_number else [f"{number} ({n})" for number, n in adds.items()]
            place = member(member(member(scopes.qualification.place, "sums"), group), measure)
            message = f"{id} declares {amount(declared, measure)} for Group {group}, and "
            message += f"it has {has}" if is_number else f"its units have {has}"
            finding = scopes.finding(place, "NVQ431", message, (" + ".join(parts),))
            yield Suspicion(finding, (Field(id, f"{measure} of Group {group}", str(declared)),))


def check_absent(scopes: Scopes) -> Iterator[Suspicion]:
    """Units that a rule names as the print does, though no table has them."""
    for rule in scopes.qualification.rules:
        for each in rule.absent:
            message = f"rule '{rule.id}' of {scopes.qualification.id} names unit {each.text}"
            intended = rule.intended
            help = [] if intended is None else [f"intended: {intended.says}; {intended.why}"]
            message += ", which is in no table: it counts for nothing"
            yield Suspicion(scopes.finding(each, "NVQ430", message, help, rule.id))


def check_dates(scopes: Scopes) -> Iterator[Suspicion]:
    """Dates of registration between two rules, to which neither applies.

    A single day between `before` and `after` is always a finding, several days are one only where
    both rules speak of the same units: others need not follow upon each other.
    """
    rules = [rule for rule in scopes.qualification.rules if str(rule.when)]
    ends = [day for rule in rules for day in (rule.when.first, rule.when.last)]
    for before, after in product(rules, rules):
        if before.when.last == date.max or after.when.first == date.min:
            continue
        first, last = before.when.last + DAY, after.when.first - DAY
        is_near = first == last
        if first < last:
            is_near = not {*_read(scopes, before)}.isdisjoint(_read(scopes, after))
        if is_near and not any(first <= day <= last for day in ends):
            yield _hole(scopes, before, after, first, last)


def _read(scopes: Scopes, rule: Rule) -> Iterator[str]:
    """The units that a rule reads, in the reading that is printed."""
    for scope in scopes.by_reading[PRINTED]:
        offering = scopes.qualification.offering
        for machine in rule.printed.machines(rule.id, offering, scope.learner):
            yield from machine.variables


def _hole(scopes: Scopes, before: Rule, after: Rule, first: date, last: date) -> Suspicion:
    days = f"on {say_date(first)}"
    if first != last:
        days = f"from {say_date(first)} until {say_date(last)}"
    id = scopes.qualification.id
    message = f"{id} says nothing of registration {days}: rule '{before.id}' ends before"
    message += f", rule '{after.id}' begins after"
    later = max((before, after), key=lambda rule: rule.place.location)
    rules = [Demand(rule.id, rule.says, ()) for rule in (before, after)]
    finding = scopes.finding(member(later.place, "when"), "NVQ438", message, (), later.id, rules)
    return Suspicion(finding, (Field(id, f"registration {days}"),))


def check_readings(scopes: Scopes) -> Iterator[Suspicion]:
    """Rules on whose reading verdicts hang: how many, and a mix that shows it each way."""
    for rule in scopes.qualification.readable:
        if rule in scopes.aside:
            continue
        for scope in reversed(scopes.by_reading[PRINTED]):
            applies = rule.when.applies(scope.learner)
            if differences := list(_differences(scope, rule)) if applies else []:
                assert rule.intended is not None
                about = f"rule '{rule.id}' of {scopes.qualification.id} can be read in two ways"
                message = f"{about}, and verdicts hang on it{scopes.say_window(scope)}"
                message += scopes.say_reading(scopes.readings)
                help = (*differences, *scopes.say_aside(), rule.intended.why)
                place = member(member(rule.place, "intended"), "says")
                yield Suspicion(scopes.finding(place, "NVQ439", message, help, rule.id))
                break


def _differences(scope: Scope, rule: Rule) -> Iterator[str]:
    """How many mixes each reading alone accepts, and one of them."""
    meant: Reading = frozenset([rule.id])
    for name, own, other in (("printed", PRINTED, meant), ("intended", meant, PRINTED)):
        this, that = _demand(scope, rule, own), _demand(scope, rule, other)
        demands = [*scope.others(rule.id), this, broken(that)]
        if scope.can_meet(demands):
            count, mix = scope.smallest(demands)
            legal = scope.qualification.is_legal
            if not legal(mix, scope.learner, own) or legal(mix, scope.learner, other):
                raise DisagreementError(f"the readings of '{rule.id}' agree on {sorted(mix)}")
            mixes = "mix is" if count == 1 else "mixes are"
            yield f"{count:,} {mixes} legal only as {name}, such as {say_mix(mix)}"


def _demand(scope: Scope, rule: Rule, reading: Reading) -> Demand:
    demands = scope.qualification.demands(scope.learner, reading)
    alone = Demand(rule.id, rule.sentence(reading), ())  # of the learner, whatever the mix
    return next((each for each in demands if each.id == rule.id), alone)


QUESTIONS = (check_sums, check_absent, check_dates, check_readings)
"""Every question about what stands in print."""
