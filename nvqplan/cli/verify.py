"""`nvqplan verify`: whether a certificate holds."""

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nvqplan.cli import options
from nvqplan.cli.session import Session
from nvqplan.cli.streams import new_painter
from nvqplan.cli.writers import write_answer
from nvqplan.core.sources import STDIN, standard_input

if TYPE_CHECKING:
    from nvqplan.certificates.verifying import Verification

LARGEST = 200_000_000
"""Bytes; some 20,000 pathways."""

FileArgument = Annotated[
    str, typer.Argument(metavar="FILE|-", help="A certificate that check --certificate wrote.")
]


def command(
    file: FileArgument,
    data: options.DataOption = None,
    format: Annotated[str, options.format_option("verify")] = "text",
) -> None:
    """Verify a certificate: work all of it out anew.

    Every figure and text is held against the catalogue and the rules, which must be those that the
    certificate was written with. Exit codes: 0 it holds, 1 it does not, 2 it is no certificate.

    \b
    Examples:
      nvqplan verify certificate.json
      nvqplan verify certificate.json --data our-rulebook --format json
    """
    from nvqplan.certificates.document import hash_rulebook
    from nvqplan.certificates.shape import NotACertificateError, parse_certificate
    from nvqplan.certificates.verifying import Verification, verify

    session = Session(data)
    try:
        text = _read(file)
        certificate = parse_certificate(text)
    except NotACertificateError as error:
        write_answer("verify", format, file, Verification(None, tuple(error.problems)))
        raise typer.Exit(2) from None
    found = verify(
        certificate, text, session.rulebook, hash_rulebook(session.group.folder, session.sources)
    )
    write_answer("verify", format, file, found)
    raise typer.Exit(0 if found.holds else 1)


def _read(path: str) -> str:
    """The text of a certificate, which may be larger than any other file."""
    from nvqplan.certificates.shape import NotACertificateError, Problem

    try:
        with nullcontext(standard_input()) if path == STDIN else Path(path).open("rb") as file:
            data = file.read(LARGEST + 1)
        text = data.decode()
        if len(data) <= LARGEST:
            return text
        message = f"is over {LARGEST // 1_000_000} MB, too large for a certificate"
    except UnicodeDecodeError as error:
        message = f"is not UTF-8 (byte 0x{data[error.start]:02x} at {error.start:,})"
    except (OSError, ValueError) as error:
        message = f"cannot be read: {error.strerror if isinstance(error, OSError) else error}"
    raise NotACertificateError([Problem("", message)])


def verify_text(file: str, found: "Verification") -> Iterator[str]:
    """Pathway by pathway whether they hold, in the colours of the terminal."""
    from nvqplan.certificates.text import say_verification

    return say_verification(file, found, new_painter(sys.stdout))
