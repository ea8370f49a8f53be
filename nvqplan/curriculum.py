"""What a centre proposes: pathways of units towards one qualification."""

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

from nvqplan.findings import Located, Location

Status = Literal["final", "draft"]


class Approval(NamedTuple):
    """An approved exception to one rule: why, by whom, and the last day on which it counts."""

    rule: Located
    reason: str
    by: str
    until: date


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
    """Where its lists begin, by their keys."""


class Curriculum(NamedTuple):
    """One curriculum file; an `offer` of None means that the centre delivers every unit.

    `told` are the keys that it gives, those too whose values could not be read. Where it is not
    `sound`, what it says of learners or offer could not, so there is no verdict on any pathway.
    """

    path: str
    centre: str
    qualification: Located
    registered: date | None
    youngest: int | None
    offer: tuple[Located, ...] | None
    pathways: tuple[Pathway, ...]
    told: frozenset[str] = frozenset()
    sound: bool = True
