"""The figures of a mix: credits in all, by level and by group; guided learning hours."""

from collections.abc import Mapping
from typing import NamedTuple

from nvqplan.qualification import Qualification
from nvqplan.units import Mix, ways_to


class Totals(NamedTuple):
    """The figures of the units that a qualification offers; by level and group in credits.

    What a group has includes the groups in it.
    """

    units: int
    credits: int
    glh: int
    by_level: Mapping[int, int]
    by_group: Mapping[str, int]


def totals_of(qualification: Qualification, mix: Mix) -> Totals:
    """The figures of the units that the qualification offers."""
    offering = qualification.offering
    units = [offering.units[number] for number in mix if number in offering.units]
    by_level: dict[int, int] = {}
    by_group = dict.fromkeys(offering.group_names, 0)
    for unit in units:
        by_level[unit.level] = by_level.get(unit.level, 0) + unit.credits
        for group in ways_to(offering.groups[unit.number]):
            by_group[group] += unit.credits
    credits, glh = sum(by_level.values()), sum([unit.glh for unit in units])
    return Totals(len(units), credits, glh, dict(sorted(by_level.items())), by_group)
