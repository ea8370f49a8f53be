"""Where a command writes: the terminal, standard output, files; each opened in one way.

A file is there whole or not at all; pipes and devices are written as they are. A reader who has
gone away is no error, a full disk is.
"""

import os
import shutil
import signal
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from errno import ENOTDIR
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NoReturn, TextIO

import typer

from nvqplan.core.words import printable

if TYPE_CHECKING:
    from nvqplan.core.findings import Finding
    from nvqplan.core.sources import Sources
    from nvqplan.reports.tables import Canvas
    from nvqplan.reports.terminal import Painter

Put = Callable[[str], object]
"""Writes a text where it belongs."""

ENDINGS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]

WRITTEN, SAME, LEFT = "written", "there already, the same", "there already, left as it is"
"""What becomes of a file that is to be written where there is none."""


def is_coloured(stream: object) -> bool:
    """Whether a stream is a terminal that wants colour: NO_COLOR and FORCE_COLOR are obeyed."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal(stream) and os.environ.get("TERM") != "dumb"


def is_terminal(stream: object) -> bool:
    return bool(getattr(stream, "isatty", lambda: False)())


def terminal_width() -> int:
    """The columns of the terminal, 80 where there is none and COLUMNS says nothing."""
    return shutil.get_terminal_size((80, 24)).columns


def new_painter(stream: object) -> "Painter":
    """What colours words where a stream wants it."""
    from nvqplan.reports.terminal import Painter

    return Painter(coloured=is_coloured(stream))


def new_canvas() -> "Canvas":
    """A canvas as wide as the terminal, in its colours and with the lines that it can show."""
    from nvqplan.reports.tables import Canvas

    has_lines = _can_encode("─", sys.stdout)
    return Canvas(terminal_width(), coloured=is_coloured(sys.stdout), unicode=has_lines)


def _can_encode(text: str, stream: object) -> bool:
    try:
        text.encode(getattr(stream, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def write_notes(lines: Iterable[str]) -> None:
    """Write what is no result to standard error; paths in it may hold anything."""
    write_refusals(map(printable, lines))


def write_refusals(lines: Iterable[str]) -> None:
    """Write lines that are clean, and may be coloured, to standard error, where there is one."""
    if sys.stderr is not None:
        with suppress(OSError):  # a note that nobody can read must not look like a verdict
            for line in lines:
                sys.stderr.write(line + "\n")


def refuse(found: Iterable["Finding"], sources: "Sources") -> NoReturn:
    """Show everything that was found and stop: nothing could be worked out."""
    from nvqplan.reports.terminal import write_findings

    write_refusals(write_findings(found, sources, new_painter(sys.stderr)))
    raise typer.Exit(2)


def write_results(lines: Iterable[str]) -> None:
    """Write lines to standard output."""
    with _refusing_lost("the results"), open_text(None) as put:
        for line in lines:
            put(line + "\n")


@contextmanager
def open_results(path: str | None, option: str = "-o") -> Iterator[BinaryIO]:
    """A file for results, standard output for `-` or none; what cannot be written ends the run."""
    if path is None or path == "-":
        with _refusing_lost("the results"), _standard_output() as stream:
            yield stream.buffer
    else:
        with _refusing_lost(f"{option} '{path}'"), _whole_file(Path(path)) as file:
            yield file


@contextmanager
def open_text(path: str | None, *, append: bool = False) -> Iterator[Put]:
    """What writes text to standard output or, in UTF-8, to a file or to the end of one."""
    if path is None:
        with _standard_output() as stream:
            yield stream.write
        return
    with Path(path).open("ab") if append else _whole_file(Path(path)) as file:
        # Halves of characters, of which file names can be made, are spelt out.
        yield lambda text: file.write(text.encode("utf-8", "backslashreplace"))


@contextmanager
def _refusing_lost(name: str) -> Iterator[None]:
    """Say why results cannot be written, and exit with 2; end in silence for `| head`."""
    try:
        yield
    except BrokenPipeError:
        pass
    except OSError as error:
        write_notes([f"nvqplan: {name} cannot be written: {error.strerror or error}"])
        raise typer.Exit(2) from None


@contextmanager
def _standard_output() -> Iterator[TextIO]:
    """Standard output; where it cannot be written, what is still to come goes nowhere."""
    if sys.stdout is None:
        raise OSError("standard output is closed")
    try:
        yield sys.stdout
        sys.stdout.flush()
    except OSError:  # or else the exit would fail on what is still to be written
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise


@contextmanager
def _whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file that takes its name when all is written; pipes and devices are written as they are."""
    if path.exists() and not path.is_file():
        with path.open("wb") as device:
            yield device
        return
    target = Path(os.path.realpath(path))
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    clean_up_when_ended()
    try:
        with part.open("xb") as file:
            yield file
        if target.exists():
            part.chmod(stat.S_IMODE(target.stat().st_mode))
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def clean_up_when_ended() -> None:
    """Let whoever is told to end leave nothing half written behind."""
    for ending in ENDINGS:
        signal.signal(ending, _stop)


def _stop(ending: int, _: object) -> None:
    for each in ENDINGS:
        signal.signal(each, signal.SIG_IGN)
    sys.exit(128 + ending)


def write_new(path: Path, text: str) -> str:
    """Write a file where there is none, and tell what became of it; nothing is overwritten."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            try:
                file.write(text)
                file.flush()
            except OSError:
                path.unlink()
                raise
    except FileExistsError:
        if not path.parent.is_dir():
            _refuse_to_write(path, os.strerror(ENOTDIR))
        return SAME if holds(path, text) else LEFT
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        _refuse_to_write(path, reason or str(error))
    return WRITTEN


def finish_new(outcomes: Mapping[str, str], next_steps: Iterable[str]) -> NoReturn:
    """Tell what became of each file, then what to do next, and exit with 1 where one was left."""
    write_results(f"{path}: {outcome}" for path, outcome in outcomes.items())
    if WRITTEN in outcomes.values():
        write_results(["", *next_steps])
    raise typer.Exit(1 if LEFT in outcomes.values() else 0)


def _refuse_to_write(path: Path, reason: str) -> NoReturn:
    write_notes([f"nvqplan: '{path}' cannot be written: {reason}"])
    raise typer.Exit(2)


def holds(path: Path, text: str) -> bool:
    """Whether a file can be read and holds just this text."""
    try:
        return path.read_bytes() == text.encode()
    except OSError:
        return False
