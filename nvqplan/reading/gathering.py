"""Which files a user means: those named, and the YAML files under the folders named, each once.

The proofs of a rulebook are no curricula: a folder of them, beside its rules.toml, is left out.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from nvqplan.core.findings import Finding, Location
from nvqplan.core.sources import STDIN


def gather(paths: Sequence[str]) -> Iterator[str | Finding]:
    """Every path to read, in order; a folder with nothing to read in it is a finding."""
    seen: set[str] = set()
    for path in paths:
        is_folder = path not in ("", STDIN) and Path(path).is_dir()
        for each in _under(path) if is_folder else (path,):
            if isinstance(each, Finding):
                yield each
            elif (place := _place(each)) not in seen:
                seen.add(place)
                yield each


def _place(path: str) -> str:
    """What two names of one file have in common; kept as text, since thousands may be kept."""
    return path if path == STDIN else str(Path(path).absolute())


def _under(folder: str) -> Iterator[str | Finding]:
    """The YAML files under a folder in the order of their names; links to folders not followed."""
    unread: list[Finding] = []
    is_empty = True

    def tell(error: OSError) -> None:
        unread.append(_unreadable(str(error.filename), f"cannot be read: {error.strerror}"))

    for where, folders, names in os.walk(folder, onerror=tell):
        left_out = {"proofs"} if "rules.toml" in names else set()
        folders[:] = sorted(n for n in folders if not n.startswith(".") and n not in left_out)
        found = (Path(where, name) for name in sorted(names) if name.endswith((".yaml", ".yml")))
        for path in found:
            if path.is_file() or not path.exists():
                is_empty = False
                yield str(path)
    if is_empty and not unread:
        unread = [_unreadable(folder, "nothing to check: no *.yaml or *.yml file in this folder")]
    yield from unread


def _unreadable(path: str, message: str) -> Finding:
    return Finding(Location(path, 1, 1), "NVQ101", message)
