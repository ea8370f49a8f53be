"""Which file says what a project has settled for everybody, be it here or in a folder above."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from nvqplan.core.findings import Findings
from nvqplan.core.sources import Sources

if TYPE_CHECKING:
    from nvqplan.checking.settings import Configuration

OWN = "nvqplan.toml"
SHARED = "pyproject.toml"
TABLE = "[tool.nvqplan]"


def look_up_configuration(sources: Sources, found: Findings) -> "Configuration | None":
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
) -> "Configuration | None":
    """The settings of a file; None with findings for any fault, or where it has no table."""
    problems = len(found)
    text = _read_text(path, sources, found)
    is_shared = Path(path).name == SHARED
    if text is None or (is_shared and may_lack_table and "nvqplan" not in text):
        return None
    from nvqplan.checking.settings import Configuration, read_settings
    from nvqplan.reading.toml_tree import read_toml

    root = read_toml(path, text, found)
    table = root
    for key in ("tool", "nvqplan") if is_shared else ():
        table = table.value.get(key) if table and isinstance(table.value, dict) else None
    if table is None:
        if root is not None and not may_lack_table:
            found.add(root, "NVQ109", f"'{TABLE}' is missing")
        return None
    settings = read_settings(path, table, found)
    return Configuration(path, settings) if len(found) == problems else None


def _read_text(path: str, sources: Sources, found: Findings) -> str | None:
    """The text of a file, which may be empty: then nothing is settled, and nothing above counts."""
    faults = Findings()
    text = sources.read(path, faults)
    if any(each.code == "NVQ105" for each in faults):
        return ""
    for each in faults:
        found.add(each.location, each.code, each.message, each.help)
    return text
