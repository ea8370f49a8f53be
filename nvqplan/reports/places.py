"""Paths as other programs read them: relative, of no one machine, and encoded where they must be.

The rulebook that comes with nvqplan lies elsewhere on every machine: its files go by their names.
"""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from nvqplan.core.sources import STDIN
from nvqplan.reading.rulebook import find_data
from nvqplan.reports.results import ONE_MIX

ROOT, RULEBOOK = "%SRCROOT%", "RULEBOOK"

BASES = {
    ROOT: {"description": {"text": "The folder in which nvqplan ran."}},
    RULEBOOK: {"description": {"text": "The rulebook that comes with nvqplan."}},
}
"""What SARIF's relative addresses are relative to; where those are, the reader knows."""

_data = cache(find_data)

_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


def is_file(path: str) -> bool:
    """Whether a path is one, and not standard input or the command line."""
    return path not in (STDIN, ONE_MIX)


def say_path(path: str) -> str:
    """A path as its author wrote it; `rules.toml` for that which comes with nvqplan."""
    return Path(path).name if _is_bundled(path) else path


def relative(path: str) -> str:
    """A path from the working folder on, without `./`, where the file lies below that folder."""
    if not is_file(path):
        return path
    written = Path(path)
    if written.is_absolute() and written.is_relative_to(Path.cwd()):
        written = written.relative_to(Path.cwd())
    return written.as_posix()


def artifact(path: str) -> dict[str, Any]:
    """A path as SARIF's address of a file."""
    if _is_bundled(path):
        return {"uri": Path(path).name, "uriBaseId": RULEBOOK}
    if not is_file(path):
        return {"uri": path}
    short = relative(path)
    if Path(short).is_absolute():
        return {"uri": Path(short).as_uri()}
    return {"uri": encode(short), "uriBaseId": ROOT}


def unique(path: str, digits: str) -> str:
    """The fingerprint of a finding, of which no other file's has the same."""
    address = ascii((is_file(path), relative(path), digits))
    return sha256(address.encode()).hexdigest()[:32]


def encode(path: str) -> str:
    """A path with every byte that means something in an address, or nothing, as `%XX`."""
    data = path.encode("utf-8", "surrogateescape")
    return "".join(chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in data)


def _is_bundled(path: str) -> bool:
    return path.startswith(_data()) and Path(path).parent == Path(_data())
