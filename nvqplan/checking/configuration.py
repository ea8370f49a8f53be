"""What a project has settled for everybody: nvqplan.toml, or [tool.nvqplan] in pyproject.toml."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from nvqplan.core.atoms import NAME, TEXT, one_of
from nvqplan.core.codes import FAILING
from nvqplan.core.findings import Findings, Located, Location
from nvqplan.core.records import CENTRES, Key, Record
from nvqplan.core.shapes import Spot, list_of
from nvqplan.core.sources import Sources

OWN = "nvqplan.toml"
SHARED = "pyproject.toml"
TABLE = "[tool.nvqplan]"


def _find_codes(names: tuple[Located, ...], at: Spot) -> list[str]:
    from nvqplan.checking.selection import find_codes

    return list(find_codes(names, at.found, to_ignore=at.what == "ignore"))


_CODES = list_of(NAME).made(_find_codes)
_SOME_CODE = _CODES.at_least(1, "{what} must name a code", "leave it out to select all", "NVQ108")

SETTINGS = Record(
    (
        Key("data", TEXT),
        Key("reading", one_of("printed", "intended", within=TEXT)),
        Key("select", _SOME_CODE),
        Key("ignore", _CODES),
        Key("fail-on", one_of(*FAILING, within=TEXT)),
        Key("baseline", TEXT),
    ),
    CENTRES,
)
"""The order of the keys is that in which settings are shown."""

PATHS = ("data", "baseline")
"""Settings that are meant from the folder of the configuration."""


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
    table = root
    for key in ("tool", "nvqplan") if is_shared else ():
        table = table.value.get(key) if table and isinstance(table.value, dict) else None
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


def _read_settings(path: str, table: Located, found: Findings) -> dict[str, Setting]:
    members = SETTINGS.read(table, "the configuration", found)
    settings = {}
    for key in SETTINGS.keys:
        value = members.values.get(key)
        if value is not None:
            if key in PATHS:
                value = str(Path(path).parent / value)
            settings[key] = Setting(value, members.nodes[key].key)
    return settings
