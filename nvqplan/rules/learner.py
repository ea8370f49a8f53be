"""What a rule may ask about the learner: the date of registration and the age on that day."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from nvqplan.fields import as_date, as_mapping, check_known
from nvqplan.findings import Findings, Located

DAY = timedelta(days=1)


class Learner(NamedTuple):
    """A learner, or all learners of a file; `age` in years at registration, None if not told.

    Several dates mean that the date is open: a mix is legal that is legal on one of them.
    """

    dates: tuple[date, ...]
    age: int | None = None


class When(NamedTuple):
    """The registration dates on which a rule applies, first and last included."""

    first: date = date.min
    last: date = date.max

    def applies(self, registered: date) -> bool:
        return self.first <= registered <= self.last

    def cuts(self) -> tuple[date, ...]:
        """The days from which on the answer differs from the day before."""
        after = (self.last + DAY,) if self.last < date.max else ()
        return ((self.first,) if self.first > date.min else ()) + after

    def narrowed(self, other: "When") -> "When":
        """The dates of both."""
        return When(max(self.first, other.first), min(self.last, other.last))

    def __str__(self) -> str:
        """In words, "" for every date."""
        first = [f"from {say_date(self.first)}"] if self.first > date.min else []
        last = [f"until {say_date(self.last)}"] if self.last < date.max else []
        return f"registered {' '.join(first + last)}" if first or last else ""


def say_date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


ALWAYS = When()
NEVER = When(date.max, date.min)


def parse_when(node: Located, found: Findings) -> When:
    """Read `{ registered = { before | until | on | from | after = DATE } }`."""
    members = as_mapping(node, "when", found)
    check_known(members, ("registered",), "when", "NVQ401", found)
    if "registered" not in members:
        if node.value == {}:
            found.add(node, "NVQ401", "'when' needs 'registered'")
        return ALWAYS
    bounds = as_mapping(members["registered"], "registered", found)
    check_known(bounds, _BOUNDS, "registered", "NVQ401", found)
    window = ALWAYS
    for name, bound in bounds.items():
        day = as_date(bound, name, found) if name in _BOUNDS else None
        if day is not None:
            window = window.narrowed(_BOUNDS[name](day))
    if members["registered"].value == {}:
        help = f"known: {', '.join(_BOUNDS)}"
        found.add(node, "NVQ401", "'registered' needs a comparison with a date", help)
    if window.first > window.last:
        found.add(node, "NVQ401", "no registration date fits this 'when'")
    return window


_BOUNDS: dict[str, Callable[[date], When]] = {
    "before": lambda day: When(last=day - DAY) if day > date.min else NEVER,
    "until": lambda day: When(last=day),
    "on": lambda day: When(day, day),
    "from": lambda day: When(first=day),
    "after": lambda day: When(first=day + DAY) if day < date.max else NEVER,
}
