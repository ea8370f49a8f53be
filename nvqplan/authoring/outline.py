"""The figures of a first rulebook, taken from a catalogue: groups, totals, levels."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from nvqplan.core.atoms import LARGEST
from nvqplan.core.findings import Findings, Located
from nvqplan.core.units import GROUP_MARK, Catalogue
from nvqplan.reading.csv_rows import read_rows


class Outline(NamedTuple):
    """What can be said of rules before anybody has read the print; all units together meet them.

    `level` is the one that most credits are at, or above which; `at_level` are credits there.
    Where no unit has credits, `total` is 0 and units are counted instead.
    """

    groups: Mapping[str, tuple[str, ...]]
    level: int
    total: int
    at_level: int
    of_group: Mapping[str, int]
    """The fewest credits of a unit in the group; 0 where none of its units has any."""
    left_out: tuple[str, ...] = ()
    """Units whose group the catalogue leaves open."""


def read_groups(path: str, text: str) -> dict[str, str]:
    """What the column `group` of a catalogue says of each unit; nothing where there is none."""
    _, rows = read_rows(path, text, Findings())
    told = {row["unit"].text.strip(): _group(row) for row in rows if "group" in row}
    return told if any(told.values()) else {}


def _group(row: Mapping[str, Located]) -> str:
    """Its name; a dot would say that it lies in another group."""
    return " ".join(row["group"].text.split()).replace(GROUP_MARK, "-")


def outline(catalogue: Catalogue, told: Mapping[str, str]) -> Outline:
    """Groups as told, else one a level; half of all credits, and of those at the main level."""
    groups: dict[str, list[str]] = {}
    left_out = []
    for number, unit in catalogue.units.items():
        name = told.get(number, "") if told else f"level-{unit.level}"
        groups.setdefault(name, []).append(number) if name else left_out.append(number)
    units = [catalogue.units[number] for listed in groups.values() for number in listed]
    credits = dict.fromkeys(sorted({unit.level for unit in units}), 0)
    for unit in units:
        credits[unit.level] += unit.credits
    level = max(credits, key=lambda each: credits[each])
    above = sum(unit.credits for unit in units if unit.level >= level)
    total = min((sum(unit.credits for unit in units) + 1) // 2, LARGEST)
    ordered = {name: tuple(groups[name]) for name in sorted(groups)}
    fewest = {name: _fewest(catalogue, listed) for name, listed in ordered.items()}
    return Outline(ordered, level, total, min(above, total) // 2, fewest, tuple(left_out))


def _fewest(catalogue: Catalogue, numbers: Iterable[str]) -> int:
    """The fewest credits of a unit that has any, 0 where none has."""
    credits = (catalogue.units[number].credits for number in numbers)
    return min(filter(None, credits), default=0)
