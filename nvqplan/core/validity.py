"""From when until when something written down counts, and who has held it against the print."""

from datetime import date
from typing import NamedTuple


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


UNKNOWN = Provenance()
"""That of something of which nobody says it."""
