"""Questions to the rules about all mixes: what can be chosen, and which rules can be broken."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from nvqplan.advice.conflicts import find_conflict
from nvqplan.core.findings import Finding
from nvqplan.core.units import sort_units
from nvqplan.core.values import NamedTuple
from nvqplan.linting.scopes import Scope, Scopes, broken, member
from nvqplan.linting.thresholds import is_unreachable
from nvqplan.rules.kind import Alternative, Kind
from nvqplan.rules.outcome import TITLES
from nvqplan.rules.qualification import Demand
from nvqplan.rules.rule import Reading, Rule
from nvqplan.solving.counting import count_accepted
from nvqplan.space.wishes import wish


class Offered(NamedTuple):
    """An alternative, in how many others it lies, and by which kind of rule it is offered."""

    way: tuple[str, ...]
    alternative: Alternative
    measure: str


def check_contradictions(scopes: Scopes) -> Iterator[Finding]:
    """Rules that no mix meets, window by window; one finding for all that collide alike."""
    alike: dict[tuple[str, ...], tuple[tuple[Demand, ...], list[Scope]]] = {}
    for scope in chain(*scopes.by_reading.values()):
        if not scope.is_met:
            conflict = find_conflict(scope.qualification, scope.demands, scope.memory)
            ids = tuple(each.id for each in conflict)
            alike.setdefault(ids, (conflict, []))[1].append(scope)
    for conflict, where in alike.values():
        message = f"no mix of units meets the rules of {scopes.qualification.id}"
        message += _say_scopes(scopes, where)
        rule = next(each for each in scopes.qualification.rules if each.id == conflict[-1].id)
        help = ("these cannot hold together:",)
        yield scopes.finding(member(rule.place, "id"), "NVQ432", message, help, rules=conflict)


def _say_scopes(scopes: Scopes, where: list[Scope]) -> str:
    """In which of all scopes, "" where in each."""
    if len(where) == sum(map(len, scopes.by_reading.values())):
        return scopes.say_reading(scopes.readings)
    held = Counter(each.reading for each in where)
    is_whole = all(number == len(scopes.by_reading[each]) for each, number in held.items())
    windows = dict.fromkeys(str(each.window) for each in where)
    registered = "" if is_whole else f", {' or '.join(windows)}"
    return registered + scopes.say_reading(tuple(held))


def check_dead(scopes: Scopes) -> Iterator[Finding]:
    """Units that no legal mix holds, whenever a learner is registered."""
    for unit in scopes.qualification.offering.groups:
        held = [
            reading
            for reading in scopes.readings
            if (met := scopes.met(reading))
            and all(scope.status[unit].kind == "impossible" for scope in met)
        ]
        if held:
            scope = scopes.met(held[0])[-1]
            wanted = wish(f"with {unit}", f"unit {unit} is in the mix", {unit: 1}, 1, unit=unit)
            message = f"no legal mix of {scopes.qualification.id} holds unit {unit}"
            message += scopes.say_reading(held)
            help = "these leave no room for it"
            yield _about_unit(scopes, scope, unit, wanted, "NVQ433", message, help)


def check_forced(scopes: Scopes) -> Iterator[Finding]:
    """Optional units without which no mix is legal, whenever a learner is registered."""
    for unit in scopes.qualification.offering.groups:
        held = [
            reading
            for reading in scopes.readings
            if (met := scopes.met(reading))
            and all(scope.status[unit].kind == "forced" for scope in met)
            and not all(_is_mandatory(scope, unit) for scope in met)
        ]
        if held:
            met = scopes.met(held[0])
            scope = next(each for each in reversed(met) if not _is_mandatory(each, unit))
            wanted = wish(f"without {unit}", f"unit {unit} is left out", {unit: 1}, upper=0)
            message = f"every legal mix of {scopes.qualification.id} holds unit {unit}"
            message += f", which no rule makes mandatory{scopes.say_reading(held)}"
            help = "these cannot do without it"
            yield _about_unit(scopes, scope, unit, wanted, "NVQ434", message, help)


def _is_mandatory(scope: Scope, unit: str) -> bool:
    """Whether a rule asks for this unit by name: for some units, this among them, and no more."""
    return any(_asks_for_all_of(scope, demand, unit) for demand in _statements(scope))


def _statements(scope: Scope) -> Iterator[Demand]:
    """Yield what rules say; a list of mandatory units is taken apart, unit by unit."""
    kinds = {rule.id: rule.kind(scope.reading) for rule in scope.qualification.rules}
    for demand in scope.demands:
        if kinds[demand.id].mandatory:
            yield from (demand._replace(machines=(machine,)) for machine in demand.machines)
        else:
            yield demand


def _asks_for_all_of(scope: Scope, demand: Demand, unit: str) -> bool:
    """Whether a demand is that some units be taken, this one among them, and nothing else."""
    read = sort_units(number for machine in demand.machines for number in machine.variables)

    def is_needed(each: str) -> bool:
        return not scope.can_meet([demand, wish("", "", {each: 1}, upper=0)])

    if unit not in read or not is_needed(unit):
        return False
    needed = sum(map(is_needed, read))
    return count_accepted(read, demand.machines, scope.memory) == 1 << len(read) - needed


def _about_unit(
    scopes: Scopes, scope: Scope, unit: str, wanted: Demand, code: str, message: str, help: str
) -> Finding:
    """The finding stands where the groups name the unit; the rules against the wish prove it."""
    place = scopes.qualification.places.get(unit, scopes.qualification.place)
    why = (f"{help}{scopes.say_window(scope)}:",)
    return scopes.finding(place, code, message, why, unit, scope.against(scope.demands, wanted))


def check_idle(scopes: Scopes) -> Iterator[Finding]:
    """Rules that no mix breaks which meets the others, whenever a learner is registered."""
    for rule in scopes.qualification.rules:
        held = []
        for reading in scopes.readings:
            if rule.kind(reading).only_tells:
                continue
            applying = scopes.met(reading, rule)
            is_idle = bool(applying) and not any(scope.bites(rule) for scope in applying)
            if is_idle and not is_unreachable(scopes, reading, rule, alone=True):
                held.append(reading)
        if held:
            scope = scopes.met(held[0], rule)[-1]
            demand = scope.demand(rule)
            assert demand is not None
            rules = scope.against(scope.others(rule.id), broken(demand))
            message = f"rule '{rule.id}' of {scopes.qualification.id} never bites"
            message += scopes.say_reading(held)
            window = scopes.say_window(scope)
            why = f"these imply it{window}:" if rules else f"no mix can break it{window}"
            place = scopes.place_of(rule, held)
            yield scopes.finding(place, "NVQ435", message, (why,), rule.id, rules)


def check_unmet(scopes: Scopes) -> Iterator[Finding]:
    """Titles that no legal mix earns, alternatives that none meets, whoever the learner is."""
    for rule in scopes.qualification.rules:
        held: dict[tuple[str, ...], tuple[Offered, list[Reading]]] = {}
        for reading in scopes.readings:
            for each in _offered(rule.kind(reading)):
                above = (each.way[:end] in held for end in range(1, len(each.way)))
                if not any(above) and _is_unmet(scopes, reading, rule, each):
                    held.setdefault(each.way, (each, []))[1].append(reading)
        for each, readings in held.values():
            yield _tell_unmet(scopes, rule, each, readings)


def _offered(kind: Kind, above: tuple[str, ...] = ()) -> Iterator[Offered]:
    """All alternatives, each before those that lie in it."""
    for each in kind.alternatives:
        way = (*above, each.name)
        yield Offered(way, each, kind.measure)
        for inner in each.kinds:
            yield from _offered(inner, way)


def _is_unmet(scopes: Scopes, reading: Reading, rule: Rule, each: Offered) -> bool:
    """Whether no mix meets an alternative, wherever the rule applies."""
    applying = scopes.met(reading, rule)
    wished = ([*scope.demands, _wanted(scope, each)] for scope in applying)
    return bool(applying) and not any(map(Scope.can_meet, applying, wished))


def _wanted(scope: Scope, each: Offered) -> Demand:
    """Make the wish for a mix that meets an alternative."""
    name, kinds = each.alternative
    offering, learner = scope.qualification.offering, scope.learner
    machines = tuple(m for kind in kinds for m in kind.machines(f"of {name}", offering, learner))
    return Demand(f"of {name}", f"a mix meets '{name}'", machines, is_wish=True)


def _tell_unmet(scopes: Scopes, rule: Rule, each: Offered, held: Sequence[Reading]) -> Finding:
    scope = scopes.met(held[0], rule)[-1]
    name = " / ".join(each.way)
    does = "earns the title" if each.measure == TITLES else "meets the alternative"
    message = f"no legal mix of {scopes.qualification.id} {does} '{name}' of rule '{rule.id}'"
    rules = scope.against(scope.demands, _wanted(scope, each))
    window = scopes.say_window(scope)
    why = f"these leave no room for it{window}:" if rules else "no mix of units at all does"
    message += scopes.say_reading(held)
    outermost = member(scopes.place_of(rule, held, "of"), each.way[0])
    return scopes.finding(outermost, "NVQ450", message, (why,), rule.id, rules)


QUESTIONS = (check_contradictions, check_dead, check_forced, check_idle, check_unmet)
"""Every question about what the rules leave to choose."""
