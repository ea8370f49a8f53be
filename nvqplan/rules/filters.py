"""Which units a sum counts: a list of them, or conditions on group, level, unit, topic, status."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, Generic, TypeVar

from nvqplan.core.atoms import FLAG, NAME, WHOLE
from nvqplan.core.findings import Findings, Located
from nvqplan.core.records import RULES, Key, Members, Record
from nvqplan.core.shapes import Shape, Spot, either, list_of, one_or_more, ref, wrong
from nvqplan.core.units import GROUP_MARK, Offering, ways_to
from nvqplan.core.values import NamedTuple
from nvqplan.rules.entries import units_in
from nvqplan.rules.learner import AT_LEAST, AT_MOST, STATUSES, TAUGHT, Learner

T = TypeVar("T")

BUT = "except"
ANY = "any"


class Levels(NamedTuple):
    """The levels from one to another, or just some of them; None is no bound."""

    lowest: int | None = None
    highest: int | None = None
    some: tuple[int, ...] | None = None

    def hold(self, level: int) -> bool:
        """Whether a level is one of them."""
        if self.some is not None:
            return level in self.some
        low, high = self.lowest, self.highest
        return (low is None or level >= low) and (high is None or level <= high)

    def around(self) -> Iterator[int]:
        """The levels that are named, and their neighbours."""
        for named in (self.lowest, self.highest, *(self.some or ())):
            yield from () if named is None else (max(named - 1, 0), named, named + 1)

    def __str__(self) -> str:
        low, high = self.lowest, self.highest
        if self.some is not None:
            return f"level {' or '.join(map(str, self.some))}"
        if low == high:
            return f"level {low}"
        if high is None:
            return f"level {low} or above"
        return f"level {high} or below" if low is None else f"level {low} to {high}"


class Filter(NamedTuple):
    """Conditions that a unit must all meet; None asks nothing.

    A group stands for all groups in it, too; `but` are the units that are not let through after
    all. Of the `ways`, where there are some, a unit must meet at least one.
    """

    groups: tuple[str, ...] | None = None
    levels: Levels | None = None
    units: tuple[str, ...] | None = None
    topics: tuple[str, ...] | None = None
    statuses: tuple[str, ...] | None = None
    imported: bool | None = None
    but: "Filter | None" = None
    ways: tuple["Filter", ...] = ()

    def select(self, offering: Offering, learner: Learner | None = None) -> tuple[str, ...]:
        """The numbers of the units that it lets through, in the offering's order.

        Without a learner those are meant that it lets through for some learner.
        """
        if not self.asks_status:
            return tuple([each for each in offering.units if self.admits(each, offering, TAUGHT)])
        known = {} if learner is None else {unit: (status,) for unit, status in learner.statuses}
        others = STATUSES if learner is None else (TAUGHT,)

        def is_let_through(number: str) -> bool:
            statuses = known.get(number, others)
            return any(self.admits(number, offering, status) for status in statuses)

        return tuple(filter(is_let_through, offering.units))

    def weigh(
        self, measure: str, offering: Offering, learner: Learner | None = None
    ) -> dict[str, int]:
        """What each of these units adds to a measure."""
        units = offering.units
        return {each: units[each].measure(measure) for each in self.select(offering, learner)}

    @property
    def is_by_hand(self) -> bool:
        """Whether a person who has the table of units alone can say what it lets through."""
        others = (self.statuses, self.imported, self.but)
        return not self.ways and others == (None, None, None)

    @property
    def asks_status(self) -> bool:
        """Whether it hangs on how a unit is achieved."""
        return self.statuses is not None or any(each.asks_status for each in self._inner)

    @property
    def _inner(self) -> tuple["Filter", ...]:
        """The filters that it is made of beside its own conditions."""
        return self.ways if self.but is None else (self.but, *self.ways)

    def levels_apart(self) -> frozenset[int]:
        """Levels that stand for all others: those that the filter names, and their neighbours."""
        own = () if self.levels is None else self.levels.around()
        return frozenset(own).union(*[each.levels_apart() for each in self._inner])

    def admits(self, number: str, offering: Offering, status: str) -> bool:
        """Whether it lets through a unit that is achieved so."""
        unit, groups = offering.units[number], self.groups
        return (
            (groups is None or any(way in groups for way in ways_to(offering.groups[number])))
            and (self.levels is None or self.levels.hold(unit.level))
            and (self.units is None or number in self.units)
            and (self.topics is None or any(topic in self.topics for topic in unit.topics))
            and (self.statuses is None or status in self.statuses)
            and self.imported in (None, number in offering.imported)
            and (self.but is None or not self.but.admits(number, offering, status))
            and (not self.ways or any(way.admits(number, offering, status) for way in self.ways))
        )

    def __str__(self) -> str:
        parts = [f"Group {' or '.join(self.groups)}"] if self.groups is not None else []
        parts += [str(self.levels)] if self.levels is not None else []
        parts += [", ".join(self.units)] if self.units is not None else []
        parts += [f"topic {' or '.join(self.topics)}"] if self.topics is not None else []
        parts += [f"status {' or '.join(self.statuses)}"] if self.statuses is not None else []
        parts += [] if self.imported is None else ["imported" if self.imported else "not imported"]
        ways = (f"({way})" if ", " in str(way) else str(way) for way in self.ways)
        parts += [f"either {' or '.join(ways)}"] if self.ways else []
        but = "" if self.but is None else f", but not {self.but}"
        return (", ".join(parts) or "all units") + but


class Kept(Generic[T]):
    """What was last worked out from what filters let through, for whoever asks the same again."""

    def __init__(
        self, filters: Iterable[Filter], work_out: Callable[[Offering, Learner | None], T]
    ) -> None:
        self._asks_status = any(each.asks_status for each in filters)
        self._work_out = work_out
        self._last: tuple[Offering, object, T] | None = None

    def get(self, offering: Offering, learner: Learner | None) -> T:
        """The answer for a learner; without one, for any."""
        statuses = learner.statuses if learner is not None and self._asks_status else None
        last = self._last
        if last is None or last[0] is not offering or last[1] != statuses:
            self._last = last = offering, statuses, self._work_out(offering, learner)
        return last[2]


_HOW = "level = 3 is level 3 alone, { at_least = 3 } is level 3 or above, [2, 4] is level 2 or 4"


def _read_level(node: Located, what: str, found: Findings) -> Levels | None:
    if type(node.value) is not int:
        wrong(node, what, "a whole number", found, _HOW)
        return None
    level = WHOLE.read(node, what, found)
    return None if level is None else Levels(level, level)


def _make_range(members: Members, at: Spot) -> Levels:
    low, high = members.get(AT_LEAST), members.get(AT_MOST)
    if low is not None and high is not None and low > high:
        at.tell(f"no level is at least {low} and at most {high}")
    return Levels(low, high)


def _make_set(levels: tuple[int, ...], at: Spot) -> Levels:
    if len(levels) == len(at.node.members):
        for index, node in enumerate(at.node.members):
            if levels[index] in levels[:index]:
                at.tell(f"{at.what} {levels[index]} stands twice", at=node)
    return Levels(some=tuple(dict.fromkeys(levels)))


_RANGE = Record((AT_LEAST, AT_MOST), RULES).shape
_SOME_BOUND = _RANGE.at_least(1, "a level needs a number, at_least or at_most", _HOW)
_SOME_LEVELS = list_of(WHOLE, "each {what}").at_least(1, "{what} names no level", _HOW)
_LEVEL = either(
    (int, Shape(_read_level, WHOLE.schema)),
    (dict, _SOME_BOUND.made(_make_range)),
    (list, _SOME_LEVELS.made(_make_set)),
)
"""The comparator is always written, so that `level = 3` is level 3 alone."""


_FIELDS = {"group": "groups", "level": "levels", "topic": "topics", "status": "statuses"}
_FIELDS |= {BUT: "but", ANY: "ways"}
"""Where a `Filter` keeps what stands under a key, if not under its name."""


def _make_filter(members: Members) -> Filter:
    read = members.values.items()
    return Filter(**{_FIELDS.get(key, key): value for key, value in read if value is not None})


@lru_cache(8)
def filter_in(offering: Offering) -> Shape[Filter]:
    """The `of` of a sum; left out, it lets every unit through."""
    topics = {topic for unit in offering.units.values() for topic in unit.topics}
    units = units_in(offering)
    listed = units.into(lambda numbers: Filter(units=numbers))
    conditions = (
        Key("group", groups_in(offering.group_names)),
        Key("level", _LEVEL),
        Key("units", units),
        Key("topic", _names_in(topics)),
        Key("status", _names_in(STATUSES), "Of taught, held, apl, exempt."),
        Key("imported", _imported_in(offering), "Only imported units, or all others."),
    )

    def inside(*keys: Key[Any], none: str = "") -> Shape[Filter]:
        shape = Record(keys, RULES).shape
        if none:
            shape = shape.at_least(1, f"{{what}} without a condition would {none} every unit")
        wanted = "a list of units or a mapping of conditions"
        return either((list, listed), (dict, shape.into(_make_filter)), wanted=wanted)

    ways = list_of(inside(*conditions, none="let through"), "{what}")
    two = ways.at_least(2, "{what} needs at least two filters, of which one is enough")
    any_of = Key(ANY, two, "Filters of which one is enough.")
    but = Key(BUT, inside(*conditions, any_of, none="leave out"))
    return ref("filter", inside(*conditions, any_of, but))


def _names_in(known: Iterable[str]) -> Shape[tuple[str, ...]]:
    """One name or a list of them, each of which must be known."""
    known_names = sorted(known)

    def make(names: tuple[Located, ...], at: Spot) -> tuple[str, ...]:
        for name in names:
            if name.text not in known_names:
                at.tell_unknown(at.what, name.text, known_names, name)
        return tuple(name.text for name in names)

    return one_or_more(NAME, list_of(NAME)).made(make)


def groups_in(paths: tuple[str, ...]) -> Shape[tuple[str, ...]]:
    """Groups by the whole way to them: `B1` will do for `B.B1` where there is one B1 only."""
    called: dict[str, tuple[str, ...]] = {}
    for path in paths:
        names = path.split(GROUP_MARK)
        for start in range(len(names)):
            name = GROUP_MARK.join(names[start:])
            called[name] = (*called.get(name, ()), path)

    def make(named: tuple[str, ...], at: Spot) -> tuple[str, ...]:
        meant: list[str] = []
        for name in named:
            ways = (name,) if name in paths else called.get(name, ())
            if len(ways) > 1:
                help = f"write {' or '.join(ways)}"
                at.tell(f"there are {len(ways)} groups called '{name}'", help)
            meant += ways
        return tuple(meant)

    return _names_in(called).made(make)


def _imported_in(offering: Offering) -> Shape[bool]:
    """Whether imported units are meant, or all others; somebody must be able to import some."""

    def read(node: Located, what: str, found: Findings) -> bool | None:
        if offering.imports_to is None:
            message = f"this qualification takes no {what} units"
            found.add(node, "NVQ401", message, f"where it does, say so in it: {what} = {{}}")
        return FLAG.read(node, what, found)

    return Shape(read, FLAG.schema)
