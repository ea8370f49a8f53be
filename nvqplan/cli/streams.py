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

from nvqplan.cli.screen import Put, telling_of_lost_results, write_notes

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
def to_file(path: str) -> Iterator[Put]:
    """A file of text in UTF-8 that is there whole or not at all."""
    with _written_whole(Path(path)) as file:
        yield lambda text: file.write(_encode(text))


@contextmanager
def to_end_of(path: str) -> Iterator[Put]:
    """A file of text in UTF-8 to which others have written, and will."""
    with Path(path).open("ab") as file:
        yield lambda text: file.write(_encode(text))


def _encode(text: str) -> bytes:
    """Halves of characters, of which file names can be made, are spelt out."""
    return text.encode("utf-8", "backslashreplace")


@contextmanager
def _written_whole(path: Path) -> Iterator[BinaryIO]:
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
    """Whoever is told to end leaves nothing half written behind."""
    for ending in ENDINGS:
        signal.signal(ending, _stop)


def _stop(ending: int, _: object) -> None:
    for each in ENDINGS:
        signal.signal(each, signal.SIG_IGN)
    sys.exit(128 + ending)
