"""What every format of `check` does: it tells file after file, and keeps none of them."""

from collections.abc import Callable, Iterable
from typing import NamedTuple, Protocol

from nvqplan.core.codes import Severity
from nvqplan.core.sources import Sources
from nvqplan.reports.painter import Painter
from nvqplan.reports.results import Checked, Tally
from nvqplan.reports.verdicts import say_tally


class Run(NamedTuple):
    """What a format knows of the run that it tells of."""

    sources: Sources
    reading: str
    paint: Painter
    failing: tuple[Severity, ...] = ("error",)
    verbose: bool = False
    """Whether every rule is told, and not only those that are broken."""
    width: int | None = None
    """The columns of the terminal that it is told to; None where there is none."""
    summarised: bool = False
    """Whether a job summary, written beside it, holds every finding."""
    command: str = "check"
    """What was run, as documents name it."""
    say_sum: Callable[[Tally], str] = say_tally
    """How all of it comes out, in one line."""


class Report(Protocol):
    """One format; lines come without their ends, so that whoever writes them chooses those."""

    def head(self) -> Iterable[str]:
        """What stands before all files."""
        ...

    def file(self, checked: Checked) -> Iterable[str]: ...

    def tail(self, tally: Tally) -> Iterable[str]:
        """What stands behind all files, the tally of which is known by then."""
        ...
