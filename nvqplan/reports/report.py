"""What every format of `check` does: it tells file after file, and keeps none of them."""

from collections.abc import Iterable
from typing import Protocol

from nvqplan.results import Checked, Tally


class Report(Protocol):
    """One format; lines come without their ends, so that whoever writes them chooses those."""

    def head(self) -> Iterable[str]:
        """What stands before all files."""
        ...

    def file(self, checked: Checked) -> Iterable[str]: ...

    def tail(self, tally: Tally) -> Iterable[str]:
        """What stands behind all files, the tally of which is known by then."""
        ...
