"""What is compared, in names only: whoever starts processes stays small by importing no more."""

from typing import NamedTuple


class Task(NamedTuple):
    """All mixes of a qualification for any date of registration, or those of so many credits."""

    id: str
    credits: int | None = None

    def __str__(self) -> str:
        return self.id if self.credits is None else f"{self.id}, {self.credits} credits"

    @property
    def options(self) -> tuple[str, ...]:
        """The task on a command line."""
        chosen = ("-q", self.id, "--registered", "any")
        return chosen if self.credits is None else (*chosen, "--credits", str(self.credits))


DIPLOMA = Task("l3-diploma")
COUNTED = (
    Task("l1-award"),
    Task("l1-certificate"),
    Task("l2-certificate"),
    DIPLOMA,
    Task("l4-diploma"),
)
LISTED = (Task("l1-award"), Task("l2-certificate", 28), Task("l3-diploma", 42), DIPLOMA)
PEAK_MB = 100.0
"""What our processes may take for any of this."""
