"""Units, the catalogue that lists them, and the offering of them by one qualification."""

from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from types import MappingProxyType

from nvqplan.core.findings import Located
from nvqplan.core.validity import UNKNOWN, Provenance, Validity
from nvqplan.core.values import NamedTuple

Mix = frozenset[str]
"""A set of unit numbers."""


class Unit(NamedTuple):
    """One unit of the catalogue; credits are whole numbers, GLH guided learning hours."""

    number: str
    uan: str
    title: str
    level: int
    credits: int
    glh: int
    topics: tuple[str, ...] = ()
    nos: tuple[str, ...] = ()
    outcomes: int | None = None
    criteria: int | None = None
    source: str = ""
    columns: Mapping[str, int] | None = None
    """Numeric columns that a centre's own catalogue adds, such as points."""
    provenance: Provenance = UNKNOWN

    def measure(self, name: str) -> int:
        """What the unit adds to a sum; KeyError for a measure that no column holds."""
        if name == "units":
            return 1
        if name == "credits":
            return self.credits
        return self.glh if name == "glh" else (self.columns or {})[name]


IMPORTED = "imported"
"""The group of imported units where the rulebook puts them in none of its own."""


class Declared(NamedTuple):
    """The facts that rules may ask for: attributes with the values of each, and figures."""

    attributes: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    figures: tuple[str, ...] = ()


NOTHING = Declared()

MEASURES = ("credits", "units", "glh")
"""What every catalogue can be summed over; extra numeric columns come on top."""


class Catalogue:
    """All units of a rulebook by number, in the order of their numbers.

    `columns` are the numeric columns that it adds to those of every catalogue, `schemes` what may
    stand before a number: `3412-204` is unit 204 where 3412 is one. `rows` are the cells of each
    unit by number and column, as they are written and where, `path` is the file that lists them.
    """

    def __init__(
        self,
        units: Mapping[str, Unit],
        columns: tuple[str, ...] = (),
        schemes: tuple[str, ...] = (),
        rows: Mapping[str, Mapping[str, Located]] = MappingProxyType({}),
        path: str = "",
    ) -> None:
        self.units = units
        self.columns = columns
        self.schemes = schemes
        self.rows = rows
        self.path = path

    def behind(self, schemes: tuple[str, ...]) -> "Catalogue":
        """The same, before whose numbers one of these may stand."""
        return Catalogue(self.units, self.columns, schemes, self.rows, self.path)

    def adding(self, units: Iterable[Unit]) -> "Catalogue":
        """The same with more units, which no file lists."""
        both = {**self.units, **{unit.number: unit for unit in units}}
        return Catalogue(both, self.columns, self.schemes, self.rows, self.path)

    @property
    def measures(self) -> tuple[str, ...]:
        return MEASURES + self.columns

    @cached_property
    def topics(self) -> tuple[str, ...]:
        return tuple(sorted({topic for unit in self.units.values() for topic in unit.topics}))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """By what units can be called: numbers, then UANs."""
        uans = (unit.uan for unit in self.units.values() if unit.uan)
        return (*self.units, *dict.fromkeys(uans))

    @cached_property
    def _by_uan(self) -> dict[str, tuple[str, ...]]:
        by_uan: dict[str, tuple[str, ...]] = {}
        for unit in self.units.values():
            uan = squeeze(unit.uan)
            if uan:
                by_uan[uan] = (*by_uan.get(uan, ()), unit.number)
        return by_uan

    def named(self, written: str) -> tuple[str, ...]:
        """The unit numbers that `204`, `3412-204` or a UAN can mean: one, none, or several."""
        if written in self.units:
            return (written,)
        name = written.strip()
        head, _, tail = name.rpartition("-")
        if name not in self.units and head in self.schemes and tail in self.units:
            name = tail
        return (name,) if name in self.units else self._by_uan.get(squeeze(name), ())


class Offering:
    """The units of one qualification and the group that each belongs to.

    A group that lies in another is known by the whole way to it: `B.B1` is the subgroup B1 of B.
    """

    def __init__(
        self,
        units: Mapping[str, Unit],
        groups: Mapping[str, str],
        measures: tuple[str, ...] = MEASURES,
        declared: Declared = NOTHING,
        imports_to: str | None = None,
        imported: frozenset[str] = frozenset(),
        alike: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    ) -> None:
        self.units = units
        self.groups = groups
        """From unit number to group, in the same order as `units`."""
        self.measures = measures
        self.declared = declared
        """What its rules may ask of a learner."""
        self.imports_to = imports_to
        """The group of units that a pathway imports; None where none may be imported."""
        self.imported = imported
        self.alike = alike
        """From the number of a unit that has several to all of them."""

    def importing(self, units: Iterable[Unit]) -> "Offering":
        """The same with units that a pathway imports; raises ValueError where none may be."""
        if self.imports_to is None:
            raise ValueError("no unit may be imported")
        more = {unit.number: unit for unit in units}
        both = {**self.units, **more}
        groups = {**self.groups, **dict.fromkeys(more, self.imports_to)}
        numbers = sorted(both, key=by_number)
        return Offering(
            {number: both[number] for number in numbers},
            {number: groups[number] for number in numbers},
            self.measures,
            self.declared,
            self.imports_to,
            self.imported | more.keys(),
            self.alike,
        )

    @cached_property
    def group_names(self) -> tuple[str, ...]:
        """All groups, each before those that lie in it."""
        return tuple(sorted({name for group in self.groups.values() for name in ways_to(group)}))

    def numbers_of(self, unit: str) -> tuple[str, ...]:
        """All numbers of a unit: its own, and those that it also goes by."""
        return self.alike.get(unit, (unit,))

    @cached_property
    def limited(self) -> tuple[str, ...]:
        """The units that are not known to count for every registration date."""
        always = Validity()
        return tuple(n for n, unit in self.units.items() if unit.provenance.valid != always)

    def weigh(self, measure: str) -> dict[str, int]:
        """What each unit adds to a measure: one of `measures`, or `level 3` for credits there.

        Raises KeyError for any other name.
        """
        if measure in self.measures:
            return {number: unit.measure(measure) for number, unit in self.units.items()}
        levels = {f"level {unit.level}": unit.level for unit in self.units.values()}
        level = levels[measure]
        return {n: unit.credits for n, unit in self.units.items() if unit.level == level}


GROUP_MARK = "."
"""What stands between a group and the group in it."""


@cache
def ways_to(group: str) -> tuple[str, ...]:
    """A group and all that it lies in, the outermost first: `B`, `B.B1`."""
    names = group.split(GROUP_MARK)
    return tuple(GROUP_MARK.join(names[:end]) for end in range(1, len(names) + 1))


def squeeze(code: str) -> str:
    """A UAN, QAN or id without the marks and the letter case that people write it with."""
    return code.replace("/", "").replace(" ", "").upper()


def by_number(number: str) -> tuple[int, str]:
    """Sort key of unit numbers: short ones first, so that 99 stands before 101."""
    return len(number), number


def sort_units(numbers: Iterable[str]) -> tuple[str, ...]:
    """Unit numbers, each once, in ascending order."""
    return tuple(sorted(set(numbers), key=by_number))
