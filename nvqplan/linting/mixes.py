"""Questions to the rules about all mixes: which units can be chosen, which rules can be broken."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from nvqplan.advice.conflicts import find_conflict
from nvqplan.core.findings import Finding, Located
from nvqplan.core.units import sort_units
from nvqplan.linting.scopes import Scope, Scopes, broken, member
from nvqplan.linting.thresholds import is_unreachable
from nvqplan.rules.choose import Choose
from nvqplan.rules.mandatory import Mandatory
from nvqplan.rules.qualification import Demand
from nvqplan.rules.rule import Reading, Rule
from nvqplan.solving.counting import count_accepted
from nvqplan.space.wishes import wish


class Collision(NamedTuple):
    """Rules that cannot hold together, and the footings on which they meet."""

    conflict: tuple[Demand, ...]
    footings: list[Scope]


def check_contradictions(ground: Scopes) -> Iterator[Finding]:
    """Rules that no mix meets, window by window; one finding for all that collide alike."""
    collisions: dict[tuple[str, ...], Collision] = {}
    for reading in ground.readings:
        for footing in ground.footings[reading]:
            if not footing.is_met:
                demands = footing.demands
                conflict = find_conflict(footing.qualification, demands, footing.memory)
                ids = tuple(each.id for each in conflict)
                collisions.setdefault(ids, Collision(conflict, [])).footings.append(footing)
    for conflict, footings in collisions.values():
        message = f"no mix of units meets the rules of {ground.qualification.id}"
        where = _say_footings(ground, footings)
        rule = next(each for each in ground.qualification.rules if each.id == conflict[-1].id)
        help = ("these cannot hold together:",)
        yield ground.tell(member(rule.place, "id"), "NVQ432", message + where, help, rules=conflict)


def _say_footings(ground: Scopes, footings: list[Scope]) -> str:
    """On which of all footings, "" where on each."""
    if len(footings) == sum(map(len, ground.footings.values())):
        return ground.say_reading(ground.readings)
    held = Counter(each.reading for each in footings)
    is_whole = all(number == len(ground.footings[each]) for each, number in held.items())
    windows = dict.fromkeys(str(each.window) for each in footings)
    said = "" if is_whole else f", {' or '.join(windows)}"
    return said + ground.say_reading(tuple(held))


def check_dead(ground: Scopes) -> Iterator[Finding]:
    """Units that no legal mix holds, whenever a learner is registered."""
    for unit, group in ground.qualification.offering.groups.items():
        held = [
            reading
            for reading in ground.readings
            if (met := ground.met(reading))
            and all(footing.status[unit].kind == "impossible" for footing in met)
        ]
        if held:
            footing = ground.met(held[0])[-1]
            wanted = wish(f"with {unit}", f"unit {unit} is in the mix", {unit: 1}, 1, unit=unit)
            message = f"no legal mix of {ground.qualification.id} holds unit {unit}"
            help = (f"these leave no room for it{ground.say_window(footing)}:",)
            rules = footing.against(footing.demands, wanted)
            place = _place(ground, unit, group)
            told = message + ground.say_reading(held)
            yield ground.tell(place, "NVQ433", told, help, unit, rules)


def check_forced(ground: Scopes) -> Iterator[Finding]:
    """Optional units without which no mix is legal, whenever a learner is registered."""
    for unit, group in ground.qualification.offering.groups.items():
        held = [reading for reading in ground.readings if _forces(ground, reading, unit)]
        if held:
            met = ground.met(held[0])
            footing = next(each for each in reversed(met) if not _is_mandatory(each, unit))
            wanted = wish(f"without {unit}", f"unit {unit} is left out", {unit: 1}, upper=0)
            message = f"every legal mix of {ground.qualification.id} holds unit {unit}"
            told = f"{message}, which no rule makes mandatory{ground.say_reading(held)}"
            help = (f"these cannot do without it{ground.say_window(footing)}:",)
            rules = footing.against(footing.demands, wanted)
            yield ground.tell(_place(ground, unit, group), "NVQ434", told, help, unit, rules)


def _forces(ground: Scopes, reading: Reading, unit: str) -> bool:
    met = ground.met(reading)
    return (
        bool(met)
        and all(footing.status[unit].kind == "forced" for footing in met)
        and not all(_is_mandatory(footing, unit) for footing in met)
    )


def _is_mandatory(footing: Scope, unit: str) -> bool:
    """Whether a rule asks for this unit by name: for no more than some units, and this is one."""
    return any(_asks_for_all_of(footing, demand, unit) for demand in _statements(footing))


def _statements(footing: Scope) -> Iterator[Demand]:
    """What rules say, a list of mandatory units unit by unit."""
    kinds = {rule.id: rule.kind(footing.reading) for rule in footing.qualification.rules}
    for demand in footing.demands:
        if isinstance(kinds[demand.id], Mandatory):
            yield from (demand._replace(machines=(machine,)) for machine in demand.machines)
        else:
            yield demand


def _asks_for_all_of(footing: Scope, demand: Demand, unit: str) -> bool:
    """Whether a demand is that some units be taken, this one among them, and nothing else."""
    read = sort_units(number for machine in demand.machines for number in machine.variables)

    def is_needed(each: str) -> bool:
        return not footing.can_meet([demand, wish("", "", {each: 1}, upper=0)])

    if unit not in read or not is_needed(unit):
        return False
    needed = sum(map(is_needed, read))
    return count_accepted(read, demand.machines, footing.memory) == 1 << len(read) - needed


def _place(ground: Scopes, unit: str, group: str) -> Located:
    """Where the groups name a unit."""
    listed = member(member(ground.qualification.place, "groups"), group)
    named = listed.value if isinstance(listed.value, list) else []
    return next((each for each in named if each.text == unit), listed)


def check_idle(ground: Scopes) -> Iterator[Finding]:
    """Rules that no mix breaks which meets the others, whenever a learner is registered."""
    for rule in ground.qualification.rules:
        held = []
        for reading in ground.readings:
            kind = rule.kind(reading)
            if isinstance(kind, Choose) and kind.only_tells:
                continue
            applying = ground.met(reading, rule)
            is_idle = bool(applying) and not any(_bites(each, rule) for each in applying)
            if is_idle and not is_unreachable(ground, reading, rule, alone=True):
                held.append(reading)
        if held:
            footing = ground.met(held[0], rule)[-1]
            demand = footing.demand(rule)
            assert demand is not None
            rules = footing.against(footing.others(rule.id), broken(demand))
            message = f"rule '{rule.id}' of {ground.qualification.id} never bites"
            window = ground.say_window(footing)
            why = f"these imply it{window}:" if rules else f"no mix can break it{window}"
            told = message + ground.say_reading(held)
            place = ground.place_of(rule, held)
            yield ground.tell(place, "NVQ435", told, (why,), rule.id, rules)


def _bites(footing: Scope, rule: Rule) -> bool:
    """Whether some mix meets all other rules and breaks this one."""
    demand = footing.demand(rule)
    return demand is not None and footing.can_meet([*footing.others(rule.id), broken(demand)])


QUESTIONS: tuple[Callable[[Scopes], Iterator[Finding]], ...] = (
    check_contradictions,
    check_dead,
    check_forced,
    check_idle,
)
"""Every question about what the rules leave to choose."""
