"""Certificates for tests, and the two judges of them: `nvqplan verify` and the lone script."""

import io
import json
import sys
import warnings
from contextlib import redirect_stdout
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from nvqplan.certificates.document import (
    certify,
    digest_of,
    hash_of,
    head,
)
from nvqplan.certificates.shape import NotACertificateError, parse_certificate
from nvqplan.certificates.verifying import verify
from nvqplan.core.findings import Findings
from nvqplan.core.sources import Sources
from nvqplan.reading.rulebook import FILES, find_data, read_rulebook
from nvqplan.rules.qualification import Qualification, Rulebook
from tests.transcripts import ROOT

SCRIPT = ROOT / "examples" / "verify_certificate.py"
BAKERY = str(ROOT / "tests" / "cases" / "rulebooks" / "bakery")

Certificate = dict[str, Any]

_CODE = compile(SCRIPT.read_text("utf-8"), str(SCRIPT), "exec")


class Book(NamedTuple):
    """A rulebook with its folder."""

    folder: str
    rulebook: Rulebook
    hashes: Certificate

    def named(self, id: str) -> Qualification:
        (qualification,) = self.rulebook.named(id)
        return qualification


@lru_cache
def hash_files(folder: str) -> dict[str, str]:
    """The hashes of the catalogue and the rules, of their bytes on disk."""
    return {name: hash_of(Path(folder, name).read_bytes()) for name in FILES}


def open_book(folder: str = "") -> Book:
    found = Findings()
    rulebook = read_rulebook(folder or find_data(), Sources(), found)
    assert rulebook is not None, list(found)
    return Book(folder or find_data(), rulebook, hash_files(folder or find_data()))


def make(
    book: Book, id: str, mix: frozenset[str], told: Certificate, reading: Any = "printed"
) -> Certificate:
    """A certificate of one pathway, legal or not."""
    certificate = head("2026-10-01", reading, book.hashes)
    certificate["pathways"] = [certify(told, book.named(id), mix, reading)]
    return {**certificate, "digest": digest_of(certificate)}


def told(registered: date | None = None, age: int | None = None) -> Certificate:
    return {
        "path": "curricula/sales.yaml",
        "pathway": "inbound",
        "centre": "Northfield Skills",
        "registered": None if registered is None else str(registered),
        "age": age,
    }


def with_new_digest(certificate: Certificate) -> Certificate:
    """What a forger would hand in, who knows how digests are made."""
    return {**certificate, "digest": digest_of(certificate)}


_written: dict[tuple[int, int], tuple[Any, str]] = {}
"""The text of parts of certificates, and the parts: an id stands for one while it is kept."""


def write(part: Any, depth: int = 0) -> str:
    """What `write_whole` writes, but for the last line end; what forgeries share only once."""
    if not isinstance(part, dict | list) or not part:
        return json.dumps(part)
    if (id(part), depth) in _written:
        return _written[id(part), depth][1]
    pad, inner = "  " * depth, "  " * (depth + 1)
    if isinstance(part, dict):
        lines = [f"{inner}{json.dumps(key)}: {write(part[key], depth + 1)}" for key in part]
    else:
        lines = [inner + write(each, depth + 1) for each in part]
    opening, closing = "{}" if isinstance(part, dict) else "[]"
    text = f"{opening}\n" + ",\n".join(lines) + f"\n{pad}{closing}"
    if depth > 2:
        if len(_written) > 5_000:
            _written.clear()
        _written[id(part), depth] = part, text
    return text


def verified(certificate: Certificate, book: Book) -> list[str]:
    """What `nvqplan verify` has against a certificate."""
    text = write(certificate) + "\n"
    try:
        found = verify(parse_certificate(text), text, book.rulebook, book.hashes)
    except NotACertificateError as error:
        return [f"{problem.place}: {problem.says}" for problem in error.problems]
    problems = [*found.problems, *(each for one in found.pathways for each in one.problems)]
    assert found.holds == (not problems)
    return [f"{problem.place}: {problem.says}" for problem in problems]


def checked_alone(certificate: Certificate, book: Book, file: Path) -> bool:
    """Whether the stand-alone script says OK; an error in it is a refusal, as it ends with 1."""
    file.write_text(write(certificate) + "\n", encoding="utf-8")
    printed = io.StringIO()
    with (
        warnings.catch_warnings(),
        patch.object(sys, "argv", [str(SCRIPT), str(file), book.folder]),
        redirect_stdout(printed),
    ):
        warnings.simplefilter("ignore", ResourceWarning)
        try:
            exec(_CODE, {"__name__": "__main__"})  # noqa: S102 - the script itself
        except SystemExit as stop:
            holds = not stop.code
        except Exception:  # noqa: BLE001 - Python prints it and exits with 1
            return False
        else:
            raise AssertionError("the script ended without an exit code")
    assert holds == (printed.getvalue() == "OK\n")
    return holds
