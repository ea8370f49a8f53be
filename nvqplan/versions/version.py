"""One version of a rulebook, and where in its files things stand."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from nvqplan.core.findings import Findings, Located, Location
from nvqplan.core.sources import Sources
from nvqplan.core.units import squeeze
from nvqplan.reading.csv_rows import CsvRow, as_cells, read_rows
from nvqplan.reading.toml_tree import read_toml
from nvqplan.rules.qualification import Correction, Qualification, Remark, Rulebook
from nvqplan.rules.rule import COMMON, Rule


class Version:
    """A rulebook that was read without fault; its files are looked into when a place is needed."""

    def __init__(self, name: str, rulebook: Rulebook, sources: Sources) -> None:
        """`name` is the folder as the user wrote it."""
        self.name = name
        self.rulebook = rulebook
        self.rules_path = rulebook.path
        self.units_path = str(Path(rulebook.path).with_name("units.csv"))
        self._sources = sources

    @cached_property
    def qualifications(self) -> Mapping[str, Qualification]:
        return {each.id: each for each in self.rulebook.qualifications}

    def unit(self, number: str, field: str = "") -> Location:
        """The cell of a unit's row that holds a field, which begins with its number."""
        row = self._rows[number]
        return row.get("unit" if field in ("", "number") else field, row["unit"]).location

    def column(self, name: str) -> Location:
        return next(each.location for each in as_cells(self._table[0]) if each.text == name)

    def group(self, qualification: Qualification, unit: str) -> Location:
        """Where a unit is listed in a group."""
        return self._listed[qualification.id][unit].location

    def qualification(self, qualification: Qualification, field: str = "") -> Location:
        return _member(qualification.place, field)

    def rule(self, rule: Rule | Remark, field: str = "", table: Located | None = None) -> Location:
        """A field of a rule or remark; its figures stand behind the key that names its kind."""
        place = rule.place if isinstance(rule, Rule) else table
        assert place is not None
        field = "intended" if field.startswith("intended ") else field
        members = place.value if isinstance(place.value, dict) else {}
        kind = next((key for key in members if key not in COMMON), "")
        return _member(place, kind if field == "figures" else field)

    def remark(self, qualification: Qualification, remark: Remark, field: str = "") -> Location:
        tables = zip(qualification.remarks, _items(qualification.place, "remark"), strict=True)
        return self.rule(remark, field, next(node for each, node in tables if each is remark))

    def correction(self, correction: Correction, field: str = "") -> Location:
        tables = zip(self.rulebook.corrections, self._corrections, strict=True)
        return _member(next(node for each, node in tables if each is correction), field)

    @cached_property
    def _table(self) -> tuple[Located, list[CsvRow]]:
        return read_rows(self.units_path, self._sources.text(self.units_path), Findings())

    @cached_property
    def _rows(self) -> Mapping[str, CsvRow]:
        return {" ".join(row.text("unit").split()): row for row in self._table[1]}

    @cached_property
    def _listed(self) -> Mapping[str, Mapping[str, Located]]:
        return {each.id: dict(_listed(each)) for each in self.rulebook.qualifications}

    @cached_property
    def _corrections(self) -> list[Located]:
        root = read_toml(self.rules_path, self._sources.text(self.rules_path), Findings())
        assert root is not None
        return _items(root, "correction")


Pair = tuple[Qualification | None, Qualification | None]
"""A qualification as two versions have it; None where one of them does not."""


def pair_qualifications(old: Version, new: Version) -> tuple[Pair, ...]:
    """The qualifications of either version, in the order of the newer one, then what is gone.

    One that has another id is known by its number or QAN, where no other new one has that.
    """
    gone = [each for id, each in old.qualifications.items() if id not in new.qualifications]
    come = [each for id, each in new.qualifications.items() if id not in old.qualifications]
    renamed: dict[str, Qualification] = {}
    for each in come:
        before = [one for one in gone if _is_same(one, each)]
        if len(before) == 1 and sum(_is_same(before[0], other) for other in come) == 1:
            renamed[each.id] = before[0]
    pairs: list[Pair] = [
        (old.qualifications.get(id) or renamed.get(id), each)
        for id, each in new.qualifications.items()
    ]
    known = {one.id for one in renamed.values()}
    return (*pairs, *((one, None) for one in gone if one.id not in known))


def _is_same(one: Qualification, other: Qualification) -> bool:
    """Whether two qualifications of different ids have a number or a QAN in common."""
    names = [{squeeze(name) for name in (each.number, each.qan) if name} for each in (one, other)]
    return not names[0].isdisjoint(names[1])


def _listed(qualification: Qualification) -> Iterator[tuple[str, Located]]:
    """Where each unit stands in the groups, in those within groups too."""
    waiting = [_members(qualification.place)["groups"]]
    while waiting:
        node = waiting.pop()
        waiting += _members(node).values()
        for each in node.value if isinstance(node.value, list) else ():
            yield each.text, each


def _members(node: Located) -> Mapping[str, Located]:
    return node.value if isinstance(node.value, dict) else {}


def _member(node: Located, field: str) -> Location:
    """Where a member stands, the table itself where it has none of that name."""
    members = _members(node)
    return members[field].key if field in members else node.location


def _items(node: Located, key: str) -> list[Located]:
    listed = _members(node).get(key)
    return listed.value if listed is not None and isinstance(listed.value, list) else []
