"""Mixes as rows, one after another, none of which has to wait for the next."""

import json
import textwrap
from collections.abc import Callable, Iterable, Iterator

from nvqplan.core.units import Mix, sort_units
from nvqplan.core.values import NamedTuple
from nvqplan.space.mixes import Space


class MixRow(NamedTuple):
    """One mix, its number in the order of its space (the first is 1) if it has one, its sums."""

    number: int | None
    units: tuple[str, ...]
    credits: int
    glh: int
    sums: tuple[int, ...]
    """Those that are worth showing people."""


HEADS = {"credits": " Cr", "glh": " GLH"}


def shown_measures(space: Space) -> tuple[str, ...]:
    """The measures of a mix that people are shown beside its units."""
    return space.qualification.measures[1:]


def rows(
    space: Space, mixes: Iterable[tuple[int | None, Mix]], *, ascend: bool
) -> Iterator[MixRow]:
    """The mixes with their sums, units ascending or else in the order of the space."""
    offering = space.qualification.offering
    order = sort_units(offering.units) if ascend else space.order
    place = {unit: index for index, unit in enumerate(order)}.__getitem__
    measures = shown_measures(space)
    weights = {each: offering.weigh(each).__getitem__ for each in ("credits", "glh", *measures)}
    for number, mix in mixes:
        sums = {measure: sum(map(weigh, mix)) for measure, weigh in weights.items()}
        shown = tuple([sums[each] for each in measures])
        yield MixRow(number, tuple(sorted(mix, key=place)), sums["credits"], sums["glh"], shown)


class RowPage(NamedTuple):
    """What rows are laid out for: people read the measures, numbers up to the last, on lines."""

    measures: tuple[str, ...]
    last: int
    width: int
    sums: bool
    """Whether CSV has all that is known of a mix, and not the units alone."""


class RowLayout(NamedTuple):
    """How rows are written: what stands above them, "" for nothing, and each as a text."""

    head: str
    line: Callable[[MixRow], str]


def in_columns(page: RowPage) -> RowLayout:
    """For people, in columns; lines keep to the width of the page."""
    across = len(f"{page.last:,}")
    heads = [HEADS.get(each) or each.replace("_", " ").capitalize() for each in page.measures]
    widths = [max(len(head), 3) for head in heads]

    def line(row: MixRow) -> str:
        number = "" if row.number is None else f"{row.number:,}"
        columns = zip(row.sums, widths, strict=True)
        figures = "".join([f"{sum:>{wide}}  " for sum, wide in columns])
        start = f"{number:>{across}}  {figures}"
        units, room = " ".join(row.units), max(page.width - len(start), 20)
        lines = [units] if len(units) <= room else textwrap.wrap(units, room)
        return start + f"\n{' ' * len(start)}".join(lines)

    return RowLayout("  ".join([f"{'Mix':>{across}}", *heads, "Units"]), line)


def in_cells(page: RowPage) -> RowLayout:
    """For programs, as CSV."""
    if page.sums:
        return RowLayout("number,units,credits,glh", _cells)
    return RowLayout("units", _units)


def in_objects(_page: RowPage) -> RowLayout:
    """For programs, as JSON lines: one object a mix."""
    return RowLayout("", _object)


def _object(row: MixRow) -> str:
    object = {"number": row.number, "units": row.units, "credits": row.credits, "glh": row.glh}
    return json.dumps(object)


def _units(row: MixRow) -> str:
    return " ".join(row.units) or '""'


def _cells(row: MixRow) -> str:
    return f"{row.number or ''},{' '.join(row.units)},{row.credits},{row.glh}"
