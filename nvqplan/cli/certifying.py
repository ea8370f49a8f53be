"""The certificate of `check`: one more output, written while pathways are told."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from nvqplan.cli.check_options import CheckOptions
from nvqplan.cli.clock import today
from nvqplan.cli.outputs import Outputs
from nvqplan.cli.screen import write_notes
from nvqplan.cli.session import Session
from nvqplan.core.words import amount

if TYPE_CHECKING:
    from nvqplan.certificates.pack import Pack


def add_certificate(outputs: Outputs, asked: CheckOptions, session: Session) -> "Pack":
    """Have what is legal certified as well; refuses to write over what is checked."""
    path = asked.certificate or ""
    _refuse_to_overwrite(path, asked.paths or ())
    from nvqplan.certificates.document import head
    from nvqplan.certificates.pack import Pack

    pack = Pack(head(str(today(asked.today)), asked.reading, hash_rulebook(session)))
    outputs.add(f"--certificate '{path}'", pack, path)
    return pack


def _refuse_to_overwrite(path: str, checked: Sequence[str]) -> None:
    """A certificate must not take the place of a curriculum, nor run into the report."""
    hint = "--certificate"
    if path in ("", "-"):
        message = "names a file: standard output is the report's"
        raise typer.BadParameter(message, param_hint=hint)
    is_checked = os.path.realpath(path) in map(os.path.realpath, checked)
    if is_checked or path.endswith((".yaml", ".yml")):
        message = f"'{path}' would be written over a curriculum: name a .json file"
        raise typer.BadParameter(message, param_hint=hint)


def note_left_out(pack: "Pack") -> None:
    """Say which pathways have no certificate, and why."""
    if pack.left_out:
        pathways = amount(sum(pack.left_out.values()) + pack.certified, "pathways")
        reasons = ", ".join(f"{number:,} {reason}" for reason, number in pack.left_out.items())
        write_notes([f"note: {pack.certified:,} of {pathways} certified; left out: {reasons}"])


def hash_rulebook(session: Session) -> dict[str, str]:
    """The hashes of catalogue and rules; they must still be what has been read."""
    from nvqplan.certificates.document import FILES, hash_of

    hashes = {}
    for name in FILES:
        path = str(Path(session.folder) / name)
        data = Path(path).read_bytes()
        if not session.sources.holds(path, data):
            write_notes([f"nvqplan: {path} was changed while it was read; try again"])
            raise typer.Exit(2)
        hashes[name] = hash_of(data)
    return hashes
