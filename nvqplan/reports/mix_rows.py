"""Mixes as rows, one after another, none of which has to wait for the next."""

import json
import textwrap
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from nvqplan.core.units import Mix, sort_units
from nvqplan.space.mixes import Space


class MixRow(NamedTuple):
    """One mix, its number in the order of its space (the first is 1) if it has one, its sums."""

    number: int | None
    units: tuple[str, ...]
    credits: int
    glh: int
    sums: tuple[int, ...]
    """Those that are worth telling people."""


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


class RowWriter:
    """How rows are written: `table` in columns for people, `csv`, or `jsonl`, one object a line.

    A table's column for numbers is wide enough for the `last` one, and lines keep to `width`. CSV
    has the units alone, and with `sums` all that is known of a mix.
    """

    def __init__(
        self, format: str, last: int, width: int, measures: tuple[str, ...], *, sums: bool
    ) -> None:
        across = len(f"{last:,}")
        heads = [HEADS.get(each) or each.replace("_", " ").capitalize() for each in measures]
        self._widths = [max(len(head), 3) for head in heads]
        if format == "table":
            self.head = "  ".join([f"{'Mix':>{across}}", *heads, "Units"])
            self.line = self._columns
        elif format == "csv":
            self.head = "number,units,credits,glh" if sums else "units"
            self.line = _cells if sums else _units
        else:
            self.head, self.line = "", _object
        self._across = across
        self._width = width

    def _columns(self, row: MixRow) -> str:
        number = "" if row.number is None else f"{row.number:,}"
        columns = zip(row.sums, self._widths, strict=True)
        figures = "".join([f"{sum:>{width}}  " for sum, width in columns])
        start = f"{number:>{self._across}}  {figures}"
        units = " ".join(row.units)
        width = max(self._width - len(start), 20)
        lines = [units] if len(units) <= width else textwrap.wrap(units, width)
        return start + f"\n{' ' * len(start)}".join(lines)


def _object(row: MixRow) -> str:
    object = {"number": row.number, "units": row.units, "credits": row.credits, "glh": row.glh}
    return json.dumps(object)


def _units(row: MixRow) -> str:
    return " ".join(row.units) or '""'


def _cells(row: MixRow) -> str:
    return f"{row.number or ''},{' '.join(row.units)},{row.credits},{row.glh}"
