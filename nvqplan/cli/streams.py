"""Where long results go: standard output or a file that is there whole or not at all."""

import os
import signal
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import typer

from nvqplan.cli.screen import telling_of_lost_results, write_notes

ENDINGS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


@contextmanager
def open_results(path: str | None, option: str = "-o") -> Iterator[BinaryIO]:
    """The stream for results, for `-` standard output; a reader who has gone away is no error."""
    if path is None or path == "-":
        with telling_of_lost_results():
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        return
    try:
        with _written_whole(Path(path)) as file:
            yield file
    except BrokenPipeError:
        pass
    except OSError as error:
        write_notes([f"nvqplan: {option} '{path}' cannot be written: {error.strerror or error}"])
        raise typer.Exit(2) from None


@contextmanager
def _written_whole(path: Path) -> Iterator[BinaryIO]:
    """A file that takes its name when all is written; pipes and devices are written as they are."""
    if path.exists() and not path.is_file():
        with path.open("wb") as device:
            yield device
        return
    target = Path(os.path.realpath(path))
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    for ending in ENDINGS:
        signal.signal(ending, _stop)
    file = part.open("xb")
    try:
        with file:
            yield file
        if target.exists():
            part.chmod(stat.S_IMODE(target.stat().st_mode))
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _stop(ending: int, _: object) -> None:
    """Whoever is told to end cleans up first."""
    sys.exit(128 + ending)
