"""What a centre proposes: pathways of units towards one qualification."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from nvqplan.core.findings import Located, Location
from nvqplan.core.values import NamedTuple

Status = Literal["final", "draft"]


class Approval(NamedTuple):
    """An approved exception to one rule: why, by whom, and the last day on which it counts."""

    rule: Located
    reason: str
    by: str
    until: date


class Import(NamedTuple):
    """A unit of elsewhere with what it weighs: level, credits, glh and further columns by name."""

    unit: Located
    title: str
    figures: Mapping[str, int]
    place: Located


class Pathway(NamedTuple):
    """A named mix; units are located names as the author wrote them, not yet looked up.

    One that is not `sound` has a value that could not be read, so there is no verdict on it.
    """

    name: str
    place: Location
    units: tuple[Located, ...]
    status: Status = "final"
    held: tuple[Located, ...] = ()
    sound: bool = True
    exceptions: tuple[Approval, ...] = ()
    lists: Mapping[str, Location] = {}
    """Where its lists of units begin, by their keys."""
    apl: tuple[Located, ...] = ()
    exempt: tuple[Located, ...] = ()
    learners: Mapping[str, Located] = {}
    """Facts about its learners, by name; they come before those that the file gives of all."""
    imported: tuple[Import, ...] = ()

    def listed(self, key: str) -> tuple[Located, ...]:
        """One of its lists of units."""
        units: tuple[Located, ...] = getattr(self, key)
        return units

    @property
    def all_listed(self) -> tuple[Located, ...]:
        """The names in all of its lists of units."""
        return (*self.units, *self.held, *self.apl, *self.exempt)


ACHIEVED = ("held", "apl", "exempt")
"""The lists of a pathway that name units which need not be taught."""

LISTS = ("units", *ACHIEVED)
"""Its lists of units."""


class Curriculum(NamedTuple):
    """One curriculum file; an `offer` of None means that the centre delivers every unit.

    `given` are the keys that it has, those too whose values could not be read. Where it is not
    `sound`, what it says of learners or offer could not, so there is no verdict on any pathway.
    """

    path: str
    centre: str
    qualification: Located
    registered: date | None
    youngest: int | None
    offer: tuple[Located, ...] | None
    pathways: tuple[Pathway, ...]
    given: frozenset[str] = frozenset()
    sound: bool = True
    learners: Mapping[str, Located] = {}
    """Facts about all learners, by name."""
