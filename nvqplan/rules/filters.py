"""Which units a sum counts: a list of them, or conditions on group, level, unit, topic, status."""

from collections.abc import Iterable
from typing import NamedTuple

from nvqplan.core.fields import as_flag, as_list, as_names, as_whole, check_known, say_kind, wrong
from nvqplan.core.findings import Findings, Located
from nvqplan.core.names import did_you_mean
from nvqplan.core.units import GROUP_MARK, Offering, ways_to
from nvqplan.rules.entries import offered_units
from nvqplan.rules.learner import STATUSES, TAUGHT, Learner

CONDITIONS = ("group", "level", "units", "topic", "status", "imported")
BUT = "except"
ANY = "any"


class Filter(NamedTuple):
    """Conditions that a unit must all meet; None asks nothing.

    A group stands for all groups in it, too; `but` are the units that are not let through after
    all. Of the `ways`, where there are some, a unit must meet at least one.
    """

    groups: tuple[str, ...] | None = None
    lowest_level: int | None = None
    highest_level: int | None = None
    units: tuple[str, ...] | None = None
    topics: tuple[str, ...] | None = None
    statuses: tuple[str, ...] | None = None
    imported: bool | None = None
    levels: tuple[int, ...] | None = None
    but: "Filter | None" = None
    ways: tuple["Filter", ...] = ()

    def select(self, offering: Offering, learner: Learner | None = None) -> tuple[str, ...]:
        """The numbers of the units that it lets through, in the offering's order.

        Without a learner those are meant that it lets through for some learner.
        """
        known = {} if learner is None else {unit: (status,) for unit, status in learner.statuses}
        others = STATUSES if learner is None and self.asks_status else (TAUGHT,)

        def is_let_through(number: str) -> bool:
            statuses = known.get(number, others)
            return any(self.admits(number, offering, status) for status in statuses)

        return tuple(filter(is_let_through, offering.units))

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
        named = (self.lowest_level, self.highest_level, *(self.levels or ()))
        around = {each + step for each in named if each is not None for step in (-1, 0, 1)}
        inner = (level for each in self._inner for level in each.levels_apart())
        return frozenset(inner).union(level for level in around if level >= 0)

    def admits(self, number: str, offering: Offering, status: str) -> bool:
        """Whether it lets through a unit that is achieved so."""
        unit = offering.units[number]
        return (
            (
                self.groups is None
                or any(way in self.groups for way in ways_to(offering.groups[number]))
            )
            and (self.lowest_level is None or unit.level >= self.lowest_level)
            and (self.highest_level is None or unit.level <= self.highest_level)
            and (self.levels is None or unit.level in self.levels)
            and (self.units is None or number in self.units)
            and (self.topics is None or any(topic in self.topics for topic in unit.topics))
            and (self.statuses is None or status in self.statuses)
            and self.imported in (None, number in offering.imported)
            and (self.but is None or not self.but.admits(number, offering, status))
            and (not self.ways or any(way.admits(number, offering, status) for way in self.ways))
        )

    def __str__(self) -> str:
        parts = [f"Group {' or '.join(self.groups)}"] if self.groups is not None else []
        parts += [self._levels()] if self._levels() else []
        parts += [", ".join(self.units)] if self.units is not None else []
        parts += [f"topic {' or '.join(self.topics)}"] if self.topics is not None else []
        parts += [f"status {' or '.join(self.statuses)}"] if self.statuses is not None else []
        parts += [] if self.imported is None else ["imported" if self.imported else "not imported"]
        ways = (f"({way})" if ", " in str(way) else str(way) for way in self.ways)
        parts += [f"either {' or '.join(ways)}"] if self.ways else []
        but = "" if self.but is None else f", but not {self.but}"
        return (", ".join(parts) or "all units") + but

    def _levels(self) -> str:
        low, high = self.lowest_level, self.highest_level
        if self.levels is not None:
            return f"level {' or '.join(map(str, self.levels))}"
        if low == high:
            return "" if low is None else f"level {low}"
        if high is None:
            return f"level {low} or above"
        return f"level {high} or below" if low is None else f"level {low} to {high}"


Statuses = tuple[tuple[str, str], ...]


def statuses_asked(filters: Iterable[Filter], learner: Learner | None) -> Statuses | None:
    """The statuses on which the selection of filters hangs, None where it hangs on none."""
    if learner is None or not any(each.asks_status for each in filters):
        return None
    return learner.statuses


def parse_filter(
    node: Located | None, offering: Offering, found: Findings, what: str = "of"
) -> Filter:
    """Read the `of` of a sum; left out, it lets every unit through."""
    if node is None:
        return Filter()
    if isinstance(node.value, dict):
        check_known(node.value, (*CONDITIONS, ANY, BUT), what, "NVQ401", found)
        conditions = _conditions(node.value, offering, found)
        if BUT not in node.value:
            return conditions
        return conditions._replace(but=_parse_inner(node.value[BUT], BUT, (ANY,), offering, found))
    if isinstance(node.value, list):
        return Filter(units=offered_units(node, what, offering, found))
    wrong(node, what, "a list of units or a mapping of conditions", found)
    return Filter()


def _parse_inner(
    node: Located, what: str, more: tuple[str, ...], offering: Offering, found: Findings
) -> Filter:
    """Read an `except` or a way of an `any`: units, or at least one condition."""
    if isinstance(node.value, list):
        return Filter(units=offered_units(node, what, offering, found))
    if not isinstance(node.value, dict):
        wrong(node, what, "a list of units or a mapping of conditions", found)
        return Filter()
    check_known(node.value, (*CONDITIONS, *more), what, "NVQ401", found)
    if node.value == {}:
        out = "leave out" if what == BUT else "let through"
        found.add(node, "NVQ401", f"{what} without a condition would {out} every unit")
    return _conditions(node.value, offering, found)


def _parse_ways(node: Located | None, offering: Offering, found: Findings) -> tuple[Filter, ...]:
    """Read an `any`: at least two filters of which one is enough."""
    if node is None:
        return ()
    problems = len(found)
    ways = [_parse_inner(each, ANY, (), offering, found) for each in as_list(node, ANY, found)]
    if len(ways) <= 1 and len(found) == problems:
        found.add(node, "NVQ401", "any needs at least two filters, of which one is enough")
    return tuple(ways)


def _conditions(members: dict[str, Located], offering: Offering, found: Findings) -> Filter:
    low, high, levels = _levels(members.get("level"), found)
    units = members.get("units")
    return Filter(
        named_groups(members.get("group"), offering.group_names, found),
        low,
        high,
        None if units is None else offered_units(units, "units", offering, found),
        _known(members.get("topic"), "topic", _topics(offering), found),
        _known(members.get("status"), "status", STATUSES, found),
        _parse_imported(members.get("imported"), offering, found),
        levels,
        ways=_parse_ways(members.get(ANY), offering, found),
    )


HOW_TO_SAY_LEVELS = (
    "level = 3 is level 3 alone, { at_least = 3 } is level 3 or above, [2, 4] is level 2 or 4"
)


def _levels(
    node: Located | None, found: Findings
) -> tuple[int | None, int | None, tuple[int, ...] | None]:
    """The lowest and highest level, or the set of levels: the comparator is always written."""
    if node is None:
        return None, None, None
    if isinstance(node.value, list):
        return None, None, _level_set(node, found)
    problems = len(found)
    if isinstance(node.value, dict):
        check_known(node.value, ("at_least", "at_most"), "level", "NVQ401", found)
        low, high = (
            as_whole(node.value[name], name, found) if name in node.value else None
            for name in ("at_least", "at_most")
        )
    elif type(node.value) is int:
        low = high = as_whole(node, "level", found)
    else:
        low = high = None
        message = f"level must be a whole number, this is {say_kind(node)}"
        found.add(node, "NVQ108", message, HOW_TO_SAY_LEVELS)
    if len(found) == problems and low is high is None:
        message = "a level needs a number, at_least or at_most"
        found.add(node, "NVQ401", message, HOW_TO_SAY_LEVELS)
    elif low is not None and high is not None and low > high:
        found.add(node, "NVQ401", f"no level is at least {low} and at most {high}")
    return low, high, None


def _level_set(node: Located, found: Findings) -> tuple[int, ...]:
    """The levels of a list, each once."""
    levels: list[int] = []
    if node.value == []:
        found.add(node, "NVQ401", "level names no level", HOW_TO_SAY_LEVELS)
    for each in as_list(node, "level", found):
        level = as_whole(each, "each level", found)
        if level in levels:
            found.add(each, "NVQ401", f"level {level} stands twice")
        elif level is not None:
            levels.append(level)
    return tuple(levels)


def named_groups(
    node: Located | None, paths: tuple[str, ...], found: Findings
) -> tuple[str, ...] | None:
    """Find groups by the whole way to them: `B1` means `B.B1` where there is one B1 only."""
    called: dict[str, tuple[str, ...]] = {}
    for path in paths:
        names = path.split(GROUP_MARK)
        for start in range(len(names)):
            name = GROUP_MARK.join(names[start:])
            called[name] = (*called.get(name, ()), path)
    named = _known(node, "group", called, found)
    if named is None or node is None:
        return None
    meant: list[str] = []
    for name in named:
        ways = (name,) if name in paths else called.get(name, ())
        if len(ways) > 1:
            help = f"write {' or '.join(ways)}"
            found.add(node, "NVQ401", f"there are {len(ways)} groups called '{name}'", help)
        meant += ways
    return tuple(meant)


def _parse_imported(node: Located | None, offering: Offering, found: Findings) -> bool | None:
    """Whether imported units are meant, or all others; somebody must be able to import some."""
    if node is None:
        return None
    if offering.imports_to is None:
        message = "this qualification takes no imported units"
        found.add(node, "NVQ401", message, "where it does, say so in it: imported = {}")
    return as_flag(node, "imported", found)


def _known(
    node: Located | None, what: str, known: Iterable[str], found: Findings
) -> tuple[str, ...] | None:
    """One name or a list of them, each of which must be known."""
    if node is None:
        return None
    listed = node if isinstance(node.value, list) else Located([node], lambda: node.location)
    names = as_names(listed, what, found)
    for name in names:
        if name.text not in known:
            known_names = sorted(known)
            help = (
                did_you_mean(name.text, known_names, len(found))
                or f"known: {', '.join(known_names)}"
            )
            found.add(name, "NVQ401", f"unknown {what} '{name.text}'", help)
    return tuple(name.text for name in names)


def _topics(offering: Offering) -> set[str]:
    return {topic for unit in offering.units.values() for topic in unit.topics}
