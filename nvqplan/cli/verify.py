"""`nvqplan verify`: whether a certificate holds."""

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from nvqplan.cli import options
from nvqplan.cli.certifying import hash_rulebook
from nvqplan.cli.screen import is_coloured, write_results
from nvqplan.cli.session import Session
from nvqplan.core.sources import STDIN, standard_input
from nvqplan.reports.terminal import Painter

if TYPE_CHECKING:
    from nvqplan.certificates.document import Certificate
    from nvqplan.certificates.shape import Problem
    from nvqplan.certificates.verifying import Verification

LARGEST = 200_000_000
"""Bytes; some 20,000 pathways."""

File = Annotated[
    str, typer.Argument(metavar="FILE|-", help="A certificate that check --certificate wrote.")
]


def command(file: File, data: options.Data = None, format: options.TextFormat = "text") -> None:
    """Verify a certificate: work all of it out anew.

    Every figure and text is held against the catalogue and the rules, which must be those that the
    certificate was written with. Exit codes: 0 it holds, 1 it does not, 2 it is no certificate.

    \b
    Examples:
      nvqplan verify certificate.json
      nvqplan verify certificate.json --data our-rulebook --format json
    """
    from nvqplan.certificates.shape import NotACertificateError, parse_certificate
    from nvqplan.certificates.verifying import verify

    session = Session(data)
    try:
        text = _read(file)
        certificate = parse_certificate(text)
    except NotACertificateError as error:
        _refuse(file, error.problems, format)
    found = verify(certificate, text, session.rulebook, hash_rulebook(session))
    write_results(_write(file, certificate, found, format))
    raise typer.Exit(0 if found.holds else 1)


def _read(path: str) -> str:
    """The text of a certificate, which may be larger than any other file."""
    from nvqplan.certificates.shape import NotACertificateError, Problem

    try:
        with nullcontext(standard_input()) if path == STDIN else Path(path).open("rb") as file:
            data = file.read(LARGEST + 1)
        text = data.decode()
    except UnicodeDecodeError as error:
        message = f"is not UTF-8 (byte 0x{data[error.start]:02x} at {error.start:,})"
        raise NotACertificateError([Problem("", message)]) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise NotACertificateError([Problem("", f"cannot be read: {reason}")]) from None
    if len(data) > LARGEST:
        message = f"is over {LARGEST // 1_000_000} MB, too large for a certificate"
        raise NotACertificateError([Problem("", message)])
    return text


def _refuse(file: str, problems: "list[Problem]", format: str) -> NoReturn:
    """Tell why a file is no certificate."""
    if format == "json":
        from nvqplan.certificates.text import refusal_document
        from nvqplan.reports.documents import write_document

        write_results([write_document("verify", refusal_document(file, problems))])
    else:
        from nvqplan.certificates.text import say_refusal

        write_results(say_refusal(file, problems, Painter(coloured=is_coloured(sys.stdout))))
    raise typer.Exit(2)


def _write(
    file: str, certificate: "Certificate", found: "Verification", format: str
) -> Iterator[str]:
    if format == "json":
        from nvqplan.certificates.text import verify_document
        from nvqplan.reports.documents import write_document

        yield write_document("verify", verify_document(file, found))
    else:
        from nvqplan.certificates.text import say_verification

        paint = Painter(coloured=is_coloured(sys.stdout))
        yield from say_verification(file, certificate, found, paint)
