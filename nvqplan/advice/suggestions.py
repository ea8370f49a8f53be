"""The best legal mixes for somebody's wishes, in an order that is the same every day."""

from collections.abc import Iterable, Iterator
from itertools import islice, takewhile
from typing import NamedTuple

from nvqplan.advice.conflicts import find_conflict
from nvqplan.qualification import Demand, Judgement, Qualification
from nvqplan.rules.rule import Rule
from nvqplan.space import Space
from nvqplan.units import Mix, Unit, by_number


class Preferences(NamedTuple):
    """Soft wishes by unit number: credits of `preferred` units are sought, of `avoided` shunned."""

    preferred: frozenset[str] = frozenset()
    avoided: frozenset[str] = frozenset()


class Suggestion(NamedTuple):
    """A legal mix, its units in ascending order, and what it was ranked by."""

    units: tuple[Unit, ...]
    surplus: int
    credits: int
    preferred_credits: int
    avoided_credits: int
    glh: int
    judgement: Judgement

    @property
    def mix(self) -> Mix:
        return frozenset(unit.number for unit in self.units)


class Answer(NamedTuple):
    """The `top` best mixes for somebody's wishes, or where none fits the demands that collide."""

    space: Space
    preferences: Preferences
    top: int
    suggestions: tuple[Suggestion, ...]
    conflict: tuple[Demand, ...]

    @property
    def qualification(self) -> Qualification:
        return self.space.qualification

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that collide."""
        ids = {each.id for each in self.conflict if not each.is_wish}
        return tuple(rule for rule in self.qualification.rules if rule.id in ids)


def answer_wishes(space: Space, preferences: Preferences, top: int) -> Answer:
    """Suggest mixes, the surplus ranked unless a wish allows one; where none fits, say why."""
    suggestions = suggest(space, preferences, top, rank_surplus=space.wishes.surplus is None)
    conflict: tuple[Demand, ...] = ()
    if not suggestions:
        conflict = find_conflict(space.qualification, space.demands, space.memory)
    return Answer(space, preferences, top, suggestions, conflict)


def suggest(
    space: Space, preferences: Preferences, top: int, *, rank_surplus: bool
) -> tuple[Suggestion, ...]:
    """The `top` best mixes, fewer where there are no more; empty where no mix fits the wishes.

    With `rank_surplus` only mixes of the smallest feasible surplus are suggested. Then: most
    preferred credits, fewest avoided ones, least GLH, fewest units, unit numbers ascending.
    """
    ranked = space.best(_weights(space, preferences, rank_surplus=rank_surplus))
    found = (_describe(space, preferences, mix) for _, mix in ranked)
    return tuple(islice(_of_least_surplus(found) if rank_surplus else found, top))


def _weights(
    space: Space, preferences: Preferences, *, rank_surplus: bool
) -> dict[str, tuple[int, ...]]:
    """What each unit adds to the criteria, the most important first; more is better."""
    units = space.qualification.offering.units
    orders = numbers_ascending(units)
    return {
        number: (
            -unit.credits if rank_surplus else 0,
            unit.credits if number in preferences.preferred else 0,
            -unit.credits if number in preferences.avoided else 0,
            -unit.glh,
            -1,
            orders[number],
        )
        for number, unit in units.items()
    }


def numbers_ascending(numbers: Iterable[str]) -> dict[str, int]:
    """Weights by which, of mixes of one size, the one with the lowest numbers weighs most.

    `numbers` ascend; each weighs more than all after it together.
    """
    return {number: 1 << place for place, number in enumerate(reversed(list(numbers)))}


def _of_least_surplus(suggestions: Iterator[Suggestion]) -> Iterator[Suggestion]:
    """Those before the surplus first grows."""
    first = next(suggestions, None)
    if first is not None:
        yield first
        yield from takewhile(lambda each: each.surplus == first.surplus, suggestions)


def _describe(space: Space, preferences: Preferences, mix: Mix) -> Suggestion:
    qualification = space.qualification
    units = tuple(qualification.offering.units[number] for number in sorted(mix, key=by_number))
    credits = sum(unit.credits for unit in units)
    return Suggestion(
        units,
        credits - qualification.credits,
        credits,
        sum(unit.credits for unit in units if unit.number in preferences.preferred),
        sum(unit.credits for unit in units if unit.number in preferences.avoided),
        sum(unit.glh for unit in units),
        qualification.judge(mix, space.learner, space.reading),
    )
