"""The terminal: colours, width, and the streams that results and notes go to."""

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import typer

from nvqplan.core.words import printable

if TYPE_CHECKING:
    from nvqplan.reports.tables import Canvas


def is_coloured(stream: object) -> bool:
    """Whether a stream is a terminal that wants colour: NO_COLOR and FORCE_COLOR are obeyed."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal(stream) and os.environ.get("TERM") != "dumb"


def is_terminal(stream: object) -> bool:
    return bool(getattr(stream, "isatty", lambda: False)())


def new_canvas() -> "Canvas":
    """A canvas as wide as the terminal, 80 columns where there is none and COLUMNS says nothing."""
    from nvqplan.reports.tables import Canvas

    return Canvas(
        terminal_width(), coloured=is_coloured(sys.stdout), unicode=_has_lines(sys.stdout)
    )


def terminal_width() -> int:
    return shutil.get_terminal_size((80, 24)).columns


def _has_lines(stream: object) -> bool:
    """Whether a stream's encoding has the lines that tables are drawn with."""
    try:
        "─".encode(getattr(stream, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def write_results(lines: Iterable[str]) -> None:
    """Write results to standard output; a reader who has gone away is no error, a full disk is."""
    with telling_of_lost_results():
        for line in lines:
            sys.stdout.write(line + "\n")
        sys.stdout.flush()


Put = Callable[[str], object]
"""Writes a text where it belongs."""


@contextmanager
def to_standard_output() -> Iterator[Put]:
    """Standard output; where it cannot be written, what is still to come goes nowhere."""
    if sys.stdout is None:
        raise OSError("standard output is closed")
    try:
        yield sys.stdout.write
        sys.stdout.flush()
    except OSError:
        _forget_output()
        raise


@contextmanager
def telling_of_lost_results() -> Iterator[None]:
    """Say why standard output cannot be written, and exit with 2; end in silence for `| head`."""
    if sys.stdout is None:
        write_notes(["nvqplan: the results cannot be written: standard output is closed"])
        raise typer.Exit(2)
    try:
        yield
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
    """Write what is no result to standard error; paths in it may hold anything."""
    write_refusals(map(printable, lines))


def write_refusals(lines: Iterable[str]) -> None:
    """Write lines that are clean, and may be coloured, to standard error, where there is one."""
    if sys.stderr is not None:
        with suppress(OSError):  # a note that nobody can read must not look like a verdict
            for line in lines:
                sys.stderr.write(line + "\n")
