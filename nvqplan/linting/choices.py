"""Questions to titles and alternatives: whether any legal mix meets them."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from nvqplan.core.findings import Finding, Located
from nvqplan.linting.scopes import Scope, Scopes, member
from nvqplan.rules.choose import MEASURES, Alternative, Choose
from nvqplan.rules.kind import Kind
from nvqplan.rules.outcome import TITLES
from nvqplan.rules.qualification import PRINTED, Demand
from nvqplan.rules.rule import Reading, Rule


class Offered(NamedTuple):
    """An alternative, in how many others it lies, and by which kind of rule it is offered."""

    way: tuple[str, ...]
    alternative: Alternative
    measure: str


def check_unmet(ground: Scopes) -> Iterator[Finding]:
    """Titles that no legal mix earns, alternatives that none meets, whoever the learner is."""
    for rule in ground.qualification.rules:
        held: dict[tuple[str, ...], list[Reading]] = {}
        offered: dict[tuple[str, ...], Offered] = {}
        for reading in ground.readings:
            for each in _offered(rule.kind(reading)):
                above = (each.way[:end] in held for end in range(1, len(each.way)))
                if not any(above) and _is_unmet(ground, reading, rule, each):
                    held.setdefault(each.way, []).append(reading)
                    offered.setdefault(each.way, each)
        for way, readings in held.items():
            yield _tell(ground, rule, offered[way], readings)


def _offered(kind: Kind, above: tuple[str, ...] = ()) -> Iterator[Offered]:
    """All alternatives, each before those that lie in it."""
    for each in kind.alternatives if isinstance(kind, Choose) else ():
        assert isinstance(kind, Choose)
        way = (*above, each.name)
        yield Offered(way, each, kind.measure)
        for inner in each.kinds:
            yield from _offered(inner, way)


def _is_unmet(ground: Scopes, reading: Reading, rule: Rule, each: Offered) -> bool:
    """Whether no mix does, wherever the rule applies."""
    applying = ground.met(reading, rule)
    return bool(applying) and not any(_can_meet(footing, each) for footing in applying)


def _can_meet(footing: Scope, each: Offered) -> bool:
    return footing.can_meet([*footing.demands, _wanted(footing, each)])


def _wanted(footing: Scope, each: Offered) -> Demand:
    """The wish for a mix that meets an alternative."""
    offering = footing.qualification.offering
    name = f"of {each.alternative.name}"
    machines = tuple(
        machine
        for kind in each.alternative.kinds
        for machine in kind.machines(name, offering, footing.learner)
    )
    return Demand(name, f"a mix meets '{each.alternative.name}'", machines, is_wish=True)


def _tell(ground: Scopes, rule: Rule, each: Offered, held: Sequence[Reading]) -> Finding:
    footing = ground.met(held[0], rule)[-1]
    name = " / ".join(each.way)
    does = "earns the title" if each.measure == TITLES else "meets the alternative"
    message = f"no legal mix of {ground.qualification.id} {does} '{name}' of rule '{rule.id}'"
    rules = footing.against(footing.demands, _wanted(footing, each))
    window = ground.say_window(footing)
    why = f"these leave no room for it{window}:" if rules else "no mix of units at all does"
    told = message + ground.say_reading(held)
    return ground.tell(_place(rule, each, held), "NVQ450", told, (why,), rule.id, rules)


def _place(rule: Rule, each: Offered, held: Sequence[Reading]) -> Located:
    """Where the outermost of the alternatives is written."""
    is_meant = rule.intended is not None and PRINTED not in held
    node = member(rule.place, "intended") if is_meant else rule.place
    choice = next(found for key in MEASURES if (found := member(node, key)) is not node)
    return member(member(choice, "of"), each.way[0])


QUESTIONS: tuple[Callable[[Scopes], Iterator[Finding]], ...] = (check_unmet,)
"""Every question about what rules offer to choose."""
