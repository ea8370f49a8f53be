"""Places by offset: how many lines and columns into a text a character stands."""

import re
from bisect import bisect_left

from nvqplan.core.findings import Location


class Lines:
    """The lines of one text; only `\\n` ends a line, whatever else a format may end it with."""

    def __init__(self, path: str, text: str) -> None:
        self._path = path
        self._ends = [end.start() for end in re.finditer("\n", text)]

    def at(self, offset: int) -> Location:
        before = bisect_left(self._ends, offset)
        start = self._ends[before - 1] + 1 if before else 0
        return Location(self._path, before + 1, offset - start + 1)

    def offset(self, location: Location) -> int:
        """How many characters stand before a place."""
        start = self._ends[location.line - 2] + 1 if location.line > 1 else 0
        return start + location.column - 1
