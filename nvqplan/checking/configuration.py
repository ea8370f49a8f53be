"""What a project has settled for everybody: nvqplan.toml, or [tool.nvqplan] in pyproject.toml."""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from nvqplan.checking.selection import find_codes
from nvqplan.core.codes import FAILING
from nvqplan.core.fields import as_mapping, as_names, as_text, check_known
from nvqplan.core.findings import Findings, Located, Location
from nvqplan.core.names import did_you_mean
from nvqplan.core.sources import Sources

OWN = "nvqplan.toml"
SHARED = "pyproject.toml"
TABLE = "[tool.nvqplan]"


class Setting(NamedTuple):
    """What a configuration says under one key, and where."""

    value: str | list[str]
    place: Location


class Configuration(NamedTuple):
    """The settings of one file; none of another file is mixed in."""

    path: str
    settings: Mapping[str, Setting]


def look_up_configuration(sources: Sources, found: Findings) -> Configuration | None:
    """The nearest, from the current folder upward; of two in one folder nvqplan's own file."""
    for folder in _upward():
        for name in (OWN, SHARED):
            path = str(folder / name)
            if os.path.lexists(path):
                configuration = read_configuration(path, sources, found, may_lack_table=True)
                if configuration is not None or len(found):
                    return configuration
    return None


def _upward() -> Iterator[Path]:
    """The current folder and all above it, as a user there would write them."""
    try:
        above = len(Path.cwd().parents)
    except OSError:  # the current folder is no more, so nothing lies above it
        return
    yield from (Path(*[os.pardir] * steps) for steps in range(above + 1))


def read_configuration(
    path: str, sources: Sources, found: Findings, *, may_lack_table: bool = False
) -> Configuration | None:
    """The settings of a file; None with findings for any fault, or where it has no table."""
    problems = len(found)
    text = _read_text(path, sources, found)
    is_shared = Path(path).name == SHARED
    if text is None or (is_shared and may_lack_table and "nvqplan" not in text):
        return None
    from nvqplan.reading.toml_tree import read_toml

    root = read_toml(path, text, found)
    table = _find_table(root) if is_shared and root is not None else root
    if table is None:
        if root is not None and not may_lack_table:
            found.add(root, "NVQ109", f"'{TABLE}' is missing")
        return None
    settings = _read_settings(path, table, found)
    return Configuration(path, settings) if len(found) == problems else None


def _read_text(path: str, sources: Sources, found: Findings) -> str | None:
    """The text of a file, which may be empty: then nothing is settled, and nothing above counts."""
    told = Findings()
    text = sources.read(path, told)
    if any(each.code == "NVQ105" for each in told):
        return ""
    for each in told:
        found.add(each.location, each.code, each.message, each.help)
    return text


def _find_table(root: Located) -> Located | None:
    node: Located | None = root
    for key in ("tool", "nvqplan"):
        node = node.value.get(key) if node and isinstance(node.value, dict) else None
    return node


def _read_settings(path: str, table: Located, found: Findings) -> dict[str, Setting]:
    members = as_mapping(table, "the configuration", found)
    check_known(members, READERS, "the configuration", "NVQ107", found)
    settings = {}
    for key, read in READERS.items():
        value = read(members[key], key, found) if key in members else None
        if value is not None:
            if key in PATHS:
                value = str(Path(path).parent / str(value))
            settings[key] = Setting(value, members[key].key)
    return settings


def _read_codes(node: Located, key: str, found: Findings) -> list[str]:
    if key == "select" and node.value == []:
        found.add(node, "NVQ108", "select must name a code", "leave it out to select all")
    names = as_names(node, key, found)
    return list(find_codes(names, found, to_ignore=key == "ignore"))


def _one_of(*known: str) -> "Reader":
    def read(node: Located, key: str, found: Findings) -> str | None:
        written = as_text(node, key, found)
        if written is None or written in known:
            return written
        message = f"{key} must be {', '.join(known[:-1])} or {known[-1]}"
        found.add(node, "NVQ108", message, did_you_mean(written, known))
        return None

    return read


Reader = Callable[[Located, str, Findings], str | list[str] | None]

PATHS = ("data", "baseline")
"""Settings that are meant from the folder of the configuration."""

READERS: dict[str, Reader] = {
    "data": as_text,
    "reading": _one_of("printed", "intended"),
    "select": _read_codes,
    "ignore": _read_codes,
    "fail-on": _one_of(*FAILING),
    "baseline": as_text,
}
"""Every key with what reads its value; the order is that in which settings are shown."""
