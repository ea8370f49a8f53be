"""The certificate of `check`: written while pathways are told, whole or not at all."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import typer

from nvqplan.cli.clock import today
from nvqplan.cli.desk import Desk
from nvqplan.cli.screen import write_notes
from nvqplan.cli.streams import open_results
from nvqplan.results import Checked
from nvqplan.wording import amount

if TYPE_CHECKING:
    from nvqplan.certificates.pack import Pack


class CertificateLostError(Exception):
    """The certificate cannot be written; no OSError, which would be the report's."""


class Asked(NamedTuple):
    """Where to write a certificate, None for nowhere, and of what."""

    path: str | None
    checked: Sequence[str]
    today: str | None
    reading: str


@contextmanager
def certifying(checked: Iterator[Checked], desk: Desk, asked: Asked) -> Iterator[Iterator[Checked]]:
    """Hand on what is checked, and certify what of it is legal."""
    day = today(asked.today) if asked.path or asked.today else None
    if asked.path is None:
        yield checked
        return
    _refuse_to_overwrite(asked.path, asked.checked)
    from nvqplan.certificates.document import head
    from nvqplan.certificates.pack import Pack

    pack = Pack(head(str(day), asked.reading, hash_rulebook(desk)))
    try:
        with open_results(asked.path, "--certificate") as stream:
            stream.write(pack.head().encode())
            yield _copied(checked, pack, stream)
            stream.write(pack.tail().encode())
    except CertificateLostError as error:
        write_notes([f"nvqplan: --certificate '{asked.path}' cannot be written: {error}"])
        raise typer.Exit(2) from None
    _note_left_out(pack)


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


def _copied(checked: Iterator[Checked], pack: "Pack", stream: BinaryIO) -> Iterator[Checked]:
    """What is checked, certified on its way; the report is not to blame for a full disk here."""
    for each in checked:
        try:
            stream.writelines(text.encode() for text in pack.file(each))
        except OSError as error:
            raise CertificateLostError(error.strerror) from None
        yield each


def _note_left_out(pack: "Pack") -> None:
    if pack.left_out:
        pathways = amount(sum(pack.left_out.values()) + pack.certified, "pathways")
        reasons = ", ".join(f"{number:,} {reason}" for reason, number in pack.left_out.items())
        write_notes([f"note: {pack.certified:,} of {pathways} certified; left out: {reasons}"])


def hash_rulebook(desk: Desk) -> dict[str, str]:
    """The hashes of catalogue and rules; they must still be what has been read."""
    from nvqplan.certificates.document import FILES, hash_of

    hashes = {}
    for name in FILES:
        path = str(Path(desk.folder) / name)
        data = Path(path).read_bytes()
        if not desk.sources.holds(path, data):
            write_notes([f"nvqplan: {path} was changed while it was read; try again"])
            raise typer.Exit(2)
        hashes[name] = hash_of(data)
    return hashes
