"""Findings about files and their names that last, and the places and values they are about."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from nvqplan.core.values import NamedTuple


class Location(NamedTuple):
    """A place in a file; lines and columns count from 1, columns in characters."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


FINGERPRINT = 32
"""Hexadecimal digits; a chance likeness of two findings of one file is out of the question."""

Scalar = str | int | float | bool | date | None
Value = Scalar | list["Located"] | dict[str, "Located"]


class Located:
    """A value read from a file that knows where it is written.

    `text` is a scalar as its author wrote it (`0112` stays `0112`), "" for lists and mappings.
    `key` is where the name of a mapping's member stands. A place may be a function, since finding
    the places in a TOML file costs more than reading it: it is asked for that of the "value", or
    of the "key". `is_doubtful` marks the first of several values of one key: which was meant,
    nobody can tell.
    """

    __slots__ = ("_key", "_place", "is_doubtful", "text", "value")

    def __init__(
        self,
        value: Value,
        place: "Location | Callable[[str], Location]",
        text: str = "",
        key: Location | None = None,
    ) -> None:
        self.value = value
        self.text = text
        self.is_doubtful = False
        self._place = place
        self._key = key

    @property
    def location(self) -> Location:
        return self._place if isinstance(self._place, Location) else self._place("value")

    def named_at(self, key: Location) -> "Located":
        """The same value, as the member of a mapping whose name stands there."""
        self._key = key
        return self

    @property
    def members(self) -> "list[Located]":
        """The members of a list; of what is none, nothing."""
        return self.value if isinstance(self.value, list) else []

    def under(self, key: str) -> "Iterator[Located]":
        """The values that stand under such a key in it, at any depth, in their order."""
        open: list[Located] = [self]
        while open:
            value = open.pop().value
            if isinstance(value, dict):
                if key in value:
                    yield value[key]
                value = [*value.values()]
            if isinstance(value, list):
                open += [each for each in reversed(value) if not each.text]

    def mentions(self, key: str) -> bool:
        """Whether it is, or holds at any depth, a mapping with such a key."""
        return any(True for _ in self.under(key))

    @property
    def key(self) -> Location:
        if self._key is not None:
            return self._key
        return self._place if isinstance(self._place, Location) else self._place("key")


class Related(NamedTuple):
    """Another place that a finding speaks of, and what stands there."""

    place: Location | Located
    says: str

    @property
    def location(self) -> Location:
        return self.place if isinstance(self.place, Location) else self.place.location


class Finding(NamedTuple):
    """Something worth knowing about a place in a file; `code` is a key of `codes.CODES`."""

    location: Location
    code: str
    message: str
    help: str = ""
    """What to know or to do about it, a line each."""
    subject: str = ""
    """The unit, key or rule it is about, for those who filter."""
    pathway: str = ""
    """The name of the pathway that it is about; "" where it is about the file."""
    related: tuple[Related, ...] = ()


class Findings:
    """What one reader has found so far, in the order of reading."""

    def __init__(self) -> None:
        self._found: list[Finding] = []
        self.pathway = ""
        """What is found from now on is about this pathway; "" for the file."""
        self.doubts = 0
        """How many values were read of which nobody can tell whether they are meant."""

    def add(
        self, place: Location | Located, code: str, message: str, help: str = "", subject: str = ""
    ) -> None:
        location = place.location if isinstance(place, Located) else place
        self._found.append(Finding(location, code, message, help, subject, self.pathway))

    def take(self, finding: Finding) -> None:
        """Add what somebody else has found about the same pathway."""
        self._found.append(finding._replace(pathway=self.pathway))

    def copy(self) -> "Findings":
        """The same so far, for two readers who go on each for himself."""
        copy = Findings()
        copy._found = list(self._found)
        return copy

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def with_fingerprints(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Each finding of one file, in its order, with a fingerprint that no other of them has.

    It is made of the code, the pathway and the subject, or where there is none of the message
    without its figures; findings equal in all that are numbered.
    """
    from hashlib import sha256

    seen: Counter[tuple[str, ...]] = Counter()
    for finding in findings:
        about = ("", re.sub(r"\d+(?:[.,]\d+)*", "0", finding.message))
        same = (finding.code, finding.pathway, *((finding.subject,) if finding.subject else about))
        seen[same] += 1
        digest = sha256("\0".join((*same, str(seen[same]))).encode("utf-8", "surrogatepass"))
        yield finding, digest.hexdigest()[:FINGERPRINT]
