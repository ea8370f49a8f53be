"""Transcripts: `$ nvqplan …` lines with what they print, kept in files and held against the truth.

`NVQPLAN_GOLDEN=write` rewrites the expected output instead of comparing it.
"""

import io
import os
import re
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from nvqplan.cli.main import run

ROOT = Path(__file__).parent.parent
WRITE = os.environ.get("NVQPLAN_GOLDEN") == "write"

_COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ |```).*\n)*)", re.MULTILINE)


def nvqplan(command: str, folder: Path = ROOT, width: int = 80, stdin: bytes = b"") -> str:
    """What a command prints, both streams together, and its exit code where it is not 0."""
    output, code = run_command(shlex.split(command)[1:], folder, width, stdin)
    return output + (f"[exit {code}]\n" if code else "")


def run_command(
    arguments: list[str], folder: Path = ROOT, width: int = 80, stdin: bytes = b""
) -> tuple[str, int]:
    """Run the command line in this process; its output and its exit code."""
    written = io.BytesIO()
    screen = io.TextIOWrapper(written, "utf-8", newline="\n", write_through=True)
    environment = {"COLUMNS": str(width), "NO_COLOR": "1", "GITHUB_STEP_SUMMARY": ""}
    with (
        patch.dict(os.environ, environment),
        patch.object(sys, "argv", ["nvqplan", *arguments]),
        patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin))),
        _working_in(folder),
        redirect_stdout(screen),
        redirect_stderr(screen),
    ):
        try:
            run()
        except SystemExit as stop:
            return written.getvalue().decode(), int(stop.code or 0)
    raise AssertionError("the command line ended without an exit code")


def check_transcript(path: Path, folder: Path) -> None:
    """Hold every command of a file against what it prints now."""
    written = path.read_text(encoding="utf-8")
    assert _COMMAND.search(written), f"{path} holds no command"
    true = _COMMAND.sub(lambda found: _replay(found[1], folder), written)
    if WRITE:
        path.write_text(true, encoding="utf-8")
    assert written == true or WRITE


def _replay(command: str, folder: Path) -> str:
    return f"$ {command}\n{nvqplan(command, folder)}"


@contextmanager
def _working_in(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
