"""One version of a rulebook, and where in its files things stand."""

from collections.abc import Mapping

from nvqplan.core.findings import Findings, Located, Location
from nvqplan.core.sources import Sources
from nvqplan.core.units import squeeze
from nvqplan.core.values import NamedTuple
from nvqplan.reading.csv_rows import read_rows
from nvqplan.rules.qualification import Qualification, Rulebook
from nvqplan.rules.rule import COMMON


class Version(NamedTuple):
    """A rulebook that was read without fault; `name` is its folder as the user wrote it."""

    name: str
    rulebook: Rulebook
    sources: Sources

    @property
    def qualifications(self) -> Mapping[str, Qualification]:
        return {each.id: each for each in self.rulebook.qualifications}

    def place_of_unit(self, number: str, field: str = "") -> Location:
        """The cell of a unit's row that holds a field, which begins with its number."""
        row = self.rulebook.catalogue.rows[number]
        return row.get("unit" if field in ("", "number") else field, row["unit"]).location

    def place_of_column(self, name: str, field: str = "") -> Location:
        """Where its name stands: a column has no fields."""
        path = self.rulebook.catalogue.path
        header, _ = read_rows(path, self.sources.text(path), Findings())
        return next(each.location for each in header.members if each.text == name)


def place_in(node: Located, field: str) -> Location:
    """Where a field stands, the table itself where it has none of that name.

    The figures of a rule or remark stand behind the key that names its kind.
    """
    members = _members(node)
    if field == "figures":
        field = next((key for key in members if key not in COMMON), "")
    field = "intended" if field.startswith("intended ") else field
    return members[field].key if field in members else node.location


def _members(node: Located) -> Mapping[str, Located]:
    return node.value if isinstance(node.value, dict) else {}


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
