"""From when until when something written down counts, and who has held it against the print.

A rulebook writes `valid = { from = DATE, until = DATE }`, `verified = { on = DATE, by = "NAME" }`.
"""

from datetime import date

from nvqplan.core.atoms import DATE, TEXT
from nvqplan.core.records import RULES, Key, Members, Record
from nvqplan.core.shapes import Spot
from nvqplan.core.values import NamedTuple


class Validity(NamedTuple):
    """The registration dates for which a rule or a unit is known to count, both included."""

    first: date = date.min
    last: date = date.max

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        """Its first and last day, "" for every day."""
        first = [f"from {self.first}"] if self.first > date.min else []
        last = [f"until {self.last}"] if self.last < date.max else []
        return " ".join(first + last)


class Verified(NamedTuple):
    """When somebody held a rule or a unit against the print, and who that was."""

    on: date
    by: str

    def __str__(self) -> str:
        return f"verified on {self.on} by {self.by}"


class Provenance(NamedTuple):
    """How far something written down can be relied on; what nobody says is open, or None."""

    valid: Validity = Validity()
    verified: Verified | None = None

    def __str__(self) -> str:
        return ", ".join(filter(None, (str(self.valid), str(self.verified or ""))))


UNKNOWN = Provenance()
"""Nobody has said anything of it."""

_FROM, _UNTIL = Key("from", DATE), Key("until", DATE)


def _make_validity(members: Members, at: Spot) -> Validity:
    valid = Validity(members.get(_FROM, date.min), members.get(_UNTIL, date.max))
    if valid.first > valid.last:
        at.tell(f"'{at.what}' begins on {valid.first}, after its end on {valid.last}")
    return valid


_VALID = Key(
    "valid",
    Record((_FROM, _UNTIL), RULES)
    .shape.at_least(1, "'{what}' needs 'from', 'until' or both")
    .made(_make_validity),
    "The registration dates for which it is known to count.",
)
_VERIFIED = Key(
    "verified",
    Record(
        (Key("on", DATE, needed=True), Key("by", TEXT, needed=True)),
        RULES._replace(missing="'{what}' needs '{key}'", lacking="of mappings"),
    ).whole(Verified),
    "When it was held against the print, and by whom.",
)
PROVENANCE = (_VALID, _VERIFIED)
"""The keys by which a rule or a qualification tells its provenance."""


def provenance_of(members: Members, default: Provenance = UNKNOWN) -> Provenance:
    """What a rule or a qualification says of itself; the default where it says nothing."""
    valid, verified = default
    if members.has(_VALID):
        valid = members.get(_VALID, Validity())
    if members.has(_VERIFIED):
        verified = members.get(_VERIFIED)
    return Provenance(valid, verified)
