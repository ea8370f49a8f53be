"""Where long results go: standard output or a file that is there whole or not at all."""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import typer

from nvqplan.cli.screen import telling_of_lost_results


@contextmanager
def open_results(path: str | None) -> Iterator[BinaryIO]:
    """The stream for results; a reader of standard output who has gone away is no error."""
    if path is None:
        with telling_of_lost_results():
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
    else:
        try:
            with _written_whole(Path(path)) as file:
                yield file
        except OSError as error:
            message = f"'{path}' cannot be written: {error.strerror or error}"
            raise typer.BadParameter(message, param_hint="-o") from None


@contextmanager
def _written_whole(path: Path) -> Iterator[BinaryIO]:
    """A file that takes its name when all is written; pipes and devices are written as they are."""
    target = path.resolve()
    if target.exists() and not target.is_file():
        with target.open("wb") as device:
            yield device
        return
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as file:
            yield file
        if target.exists():
            part.chmod(stat.S_IMODE(target.stat().st_mode))
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
