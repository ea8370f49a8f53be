"""Files that are written where there are none: nothing is ever overwritten."""

import os
from errno import ENOTDIR
from pathlib import Path
from typing import NoReturn

import typer

from nvqplan.cli.screen import write_notes

WRITTEN, SAME, LEFT = "written", "there already, the same", "there already, left as it is"


def write_new(path: Path, text: str) -> str:
    """Write a file that is not there; what became of it."""
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
            _refuse(path, os.strerror(ENOTDIR))
        return SAME if holds(path, text) else LEFT
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        _refuse(path, reason or str(error))
    return WRITTEN


def _refuse(path: Path, reason: str) -> NoReturn:
    write_notes([f"nvqplan: '{path}' cannot be written: {reason}"])
    raise typer.Exit(2)


def holds(path: Path, text: str) -> bool:
    try:
        return path.read_bytes() == text.encode()
    except OSError:
        return False
