"""The figures of a mix: the sums that its rules read, its size by level and by group."""

from collections.abc import Mapping
from typing import NamedTuple

from nvqplan.core.units import Mix, ways_to
from nvqplan.rules.qualification import Qualification


class Totals(NamedTuple):
    """The figures of the units that a qualification offers.

    `sums` are those that are worth telling, by measure, the number of units first. By level and
    group it is told how much of the `measure` is there by which the qualification states its size,
    most often credits; what a group has includes the groups in it.
    """

    units: int
    credits: int
    glh: int
    sums: Mapping[str, int]
    measure: str
    by_level: Mapping[int, int]
    by_group: Mapping[str, int]

    @property
    def size(self) -> int:
        """The whole mix in the measure of its size."""
        return sum(self.by_level.values())

    @property
    def sums_beside(self) -> Mapping[str, int]:
        """The sums that are worth telling, without the number of units where that is not asked."""
        if self.measure == "units" or len(self.sums) == 1:
            return self.sums
        return {measure: sum for measure, sum in self.sums.items() if measure != "units"}


def totals_of(qualification: Qualification, mix: Mix) -> Totals:
    """The figures of the units that the qualification offers."""
    offering, sizes = qualification.offering, qualification.sizes
    units = [offering.units[number] for number in mix if number in offering.units]
    by_level: dict[int, int] = {}
    by_group = dict.fromkeys(offering.group_names, 0)
    for unit in units:
        size = sizes[unit.number]
        by_level[unit.level] = by_level.get(unit.level, 0) + size
        for group in ways_to(offering.groups[unit.number]):
            by_group[group] += size
    credits, glh = sum([unit.credits for unit in units]), sum([unit.glh for unit in units])
    known = {"units": len(units), "credits": credits, "glh": glh}
    sums = {
        each: known[each] if each in known else sum([unit.measure(each) for unit in units])
        for each in qualification.measures
    }
    measure = qualification.size.measure
    return Totals(len(units), credits, glh, sums, measure, dict(sorted(by_level.items())), by_group)
