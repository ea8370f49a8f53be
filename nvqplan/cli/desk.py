"""What every command does before and after its own work: read, refuse, write, exit."""

import os
import re
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

import typer

from nvqplan.findings import Findings, Located, Location
from nvqplan.lookup import find_at_level, find_qualification, find_units, offered
from nvqplan.qualification import Qualification, Rulebook
from nvqplan.reading.rulebook import find_data, read_rulebook
from nvqplan.reading.sources import Sources
from nvqplan.reading.standards import read_standards
from nvqplan.reports.findings_text import write_findings
from nvqplan.reports.ink import Ink
from nvqplan.standards import successors
from nvqplan.units import sort_units

_NAME = re.compile(r"[^,\s](?:[^,]*[^,\s])?")


class Desk:
    """The rulebook, the texts read so far, and what was wrong with what the user wrote."""

    def __init__(self, data: str | None) -> None:
        self.sources = Sources()
        self.found = Findings()
        self._folder = data or find_data()
        rulebook = read_rulebook(self._folder, self.sources, self.found)
        if rulebook is None:
            self.refuse()
        self.rulebook: Rulebook = rulebook

    def refuse(self) -> NoReturn:
        """Tell everything that was found and stop: nothing could be worked out."""
        write_notes(write_findings(self.found, self.sources, Ink(coloured=is_coloured(sys.stderr))))
        raise typer.Exit(2)

    def refuse_if_found(self) -> None:
        if len(self.found):
            self.refuse()

    def successors(self) -> Mapping[str, str]:
        """From old NOS numbers to the standards that replace them; none where no file tells."""
        path = Path(self._folder, "nos.csv")
        text = self.sources.read(str(path), self.found) if path.exists() else None
        return {} if text is None else successors(read_standards(str(path), text, self.found))

    def written(self, option: str, values: Sequence[str] | None) -> tuple[Located, ...]:
        """The comma-separated names of an option, each knowing where on the command line it is."""
        value = ",".join(values or ())
        column = self.sources.remember_option(option, value)
        return tuple(
            Located(name[0], Location(option, 1, column + name.start()), name[0])
            for name in _NAME.finditer(value)
        )

    def units(
        self, option: str, values: Sequence[str] | None, within: Qualification | None = None
    ) -> tuple[str, ...]:
        """The units that an option names; with `within` each must be one of its units."""
        named = find_units(self.written(option, values), self.rulebook.catalogue, self.found)
        if within is not None:
            return sort_units(offered(named, within, self.found))
        return sort_units(each.number for each in named)

    def qualification(self, name: str | None, level: int | None) -> Qualification:
        """The qualification that -q or --level names; anything but exactly one is refused."""
        if (name is None) == (level is None):
            ids = ", ".join(each.id for each in self.rulebook.qualifications)
            raise typer.BadParameter(f"choose one qualification, with -q or --level: {ids}")
        option, value, find = (
            ("-q", name, find_qualification)
            if name is not None
            else ("--level", str(level), find_at_level)
        )
        place = Location(option, 1, self.sources.remember_option(option, value))
        chosen = find(Located(value, place, value), self.rulebook, self.found)
        if chosen is None:
            self.refuse()
        return chosen


def is_coloured(stream: object) -> bool:
    """Whether a stream is a terminal that wants colour: NO_COLOR and FORCE_COLOR are obeyed."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return bool(getattr(stream, "isatty", lambda: False)()) and os.environ.get("TERM") != "dumb"


def screen_width() -> int:
    """Columns of the terminal, 80 where there is none and COLUMNS says nothing."""
    return shutil.get_terminal_size((80, 24)).columns


def write_results(lines: Iterable[str]) -> None:
    """Write results to standard output; a reader who has gone away is no error, a full disk is."""
    try:
        for line in lines:
            sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_output()
    except OSError as error:
        _forget_output()
        write_notes([f"nvqplan: the results cannot be written: {error.strerror}"])
        raise typer.Exit(2) from None


def _forget_output() -> None:
    """Let what is still to be written go nowhere, so that the exit does not fail on it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_notes(lines: Iterable[str]) -> None:
    """Write what is no result to standard error."""
    for line in lines:
        sys.stderr.write(line + "\n")
