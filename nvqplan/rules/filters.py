"""Which units a sum counts: a list of them, or conditions on group, level, unit, topic, status."""

from collections.abc import Iterable
from typing import NamedTuple

from nvqplan.fields import as_flag, as_names, as_whole, check_known, wrong
from nvqplan.findings import Findings, Located
from nvqplan.names import did_you_mean
from nvqplan.rules.kind import offered_units
from nvqplan.rules.learner import STATUSES, TAUGHT, Learner
from nvqplan.units import Offering, Unit


class Filter(NamedTuple):
    """Conditions that a unit must all meet; None asks nothing."""

    groups: tuple[str, ...] | None = None
    lowest_level: int | None = None
    highest_level: int | None = None
    units: tuple[str, ...] | None = None
    topics: tuple[str, ...] | None = None
    statuses: tuple[str, ...] | None = None
    imported: bool | None = None

    def select(self, offering: Offering, learner: Learner | None = None) -> tuple[str, ...]:
        """The numbers of the units that it lets through, in the offering's order.

        Without a learner those are meant that it lets through for some learner.
        """
        admitted = (
            number
            for number, unit in offering.units.items()
            if self._admits(unit, offering.groups[number])
            and self.imported in (None, number in offering.imported)
        )
        if self.statuses is None or learner is None:
            return tuple(admitted)
        told = dict(learner.statuses)
        return tuple(each for each in admitted if told.get(each, TAUGHT) in self.statuses)

    def _admits(self, unit: Unit, group: str) -> bool:
        return (
            (self.groups is None or group in self.groups)
            and (self.lowest_level is None or unit.level >= self.lowest_level)
            and (self.highest_level is None or unit.level <= self.highest_level)
            and (self.units is None or unit.number in self.units)
            and (self.topics is None or any(topic in self.topics for topic in unit.topics))
        )

    def __str__(self) -> str:
        parts = [f"Group {' or '.join(self.groups)}"] if self.groups is not None else []
        parts += [self._levels()] if (self.lowest_level, self.highest_level) != (None, None) else []
        parts += [", ".join(self.units)] if self.units is not None else []
        parts += [f"topic {' or '.join(self.topics)}"] if self.topics is not None else []
        parts += [f"status {' or '.join(self.statuses)}"] if self.statuses is not None else []
        parts += [] if self.imported is None else ["imported" if self.imported else "not imported"]
        return ", ".join(parts) or "all units"

    def _levels(self) -> str:
        low, high = self.lowest_level, self.highest_level
        if high is None:
            return f"level {low} or above"
        if low is None:
            return f"level {high} or below"
        return f"level {low}" if low == high else f"level {low} to {high}"


def parse_filter(node: Located | None, offering: Offering, found: Findings) -> Filter:
    """Read the `of` of a sum; left out, it lets every unit through."""
    if node is None:
        return Filter()
    if isinstance(node.value, list):
        return Filter(units=offered_units(node, "of", offering, found))
    if not isinstance(node.value, dict):
        wrong(node, "of", "a list of units or a mapping of conditions", found)
        return Filter()
    members = node.value
    known = ("group", "level", "units", "topic", "status", "imported")
    check_known(members, known, "of", "NVQ401", found)
    low, high = _levels(members.get("level"), found)
    units = members.get("units")
    return Filter(
        _known(members.get("group"), "group", set(offering.groups.values()), found),
        low,
        high,
        None if units is None else offered_units(units, "units", offering, found),
        _known(members.get("topic"), "topic", _topics(offering), found),
        _known(members.get("status"), "status", STATUSES, found),
        _parse_imported(members.get("imported"), offering, found),
    )


def _levels(node: Located | None, found: Findings) -> tuple[int | None, int | None]:
    """The lowest and highest level of `3` or `{ at_least = 3 }`: the comparator is written."""
    if node is None:
        return None, None
    problems = len(found)
    if isinstance(node.value, dict):
        check_known(node.value, ("at_least", "at_most"), "level", "NVQ401", found)
        low, high = (
            as_whole(node.value[name], name, found) if name in node.value else None
            for name in ("at_least", "at_most")
        )
    else:
        low = high = as_whole(node, "level", found)
    if len(found) == problems and low is high is None:
        found.add(node, "NVQ401", "a level needs a number, at_least or at_most")
    elif low is not None and high is not None and low > high:
        found.add(node, "NVQ401", f"no level is at least {low} and at most {high}")
    return low, high


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
