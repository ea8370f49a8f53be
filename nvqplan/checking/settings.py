"""The settings of a project: how they are written, and how those in force are shown."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from nvqplan.checking.selection import find_codes
from nvqplan.core.atoms import NAME, TEXT, one_of
from nvqplan.core.codes import FAILING
from nvqplan.core.findings import Findings, Located, Location
from nvqplan.core.records import CENTRES, Key, Record
from nvqplan.core.shapes import Spot, list_of
from nvqplan.core.values import NamedTuple
from nvqplan.core.words import printable


def _find_codes(names: tuple[Located, ...], at: Spot) -> list[str]:
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


def read_settings(path: str, table: Located, found: Findings) -> dict[str, Setting]:
    members = SETTINGS.read(table, "the configuration", found)
    settings = {}
    for key in SETTINGS.keys:
        value = members.values.get(key)
        if value is not None:
            if key in PATHS:
                value = str(Path(path).parent / value)
            settings[key] = Setting(value, members.nodes[key].key)
    return settings


NOTHING = {"data": "(comes with nvqplan)", "select": "(all)", "ignore": "(none)"}
"""What a setting that nobody made stands for."""


class SettingInForce(NamedTuple):
    """A setting, and who made it: a line of a file, an option, or neither, which is a default."""

    key: str
    value: str | list[str] | None
    place: Location | None
    is_option: bool

    @property
    def source(self) -> str:
        if self.is_option:
            return f"--{self.key}"
        return "default" if self.place is None else str(self.place)


def settings_text(path: str | None, settings: Sequence[SettingInForce]) -> Iterator[str]:
    """A line each, in columns as wide as they must be, so that paths stay whole."""
    yield f"Configuration: {printable(path or 'none found')}"
    yield ""
    rows = [("Setting", "In force", "From")]
    rows += [(each.key, _say(each), printable(each.source)) for each in settings]
    first, second = (max(len(row[column]) for row in rows) for column in (0, 1))
    for key, value, source in rows:
        yield f"{key:{first}}  {value:{second}}  {source}"


def _say(setting: SettingInForce) -> str:
    value = setting.value
    written = ", ".join(value) if isinstance(value, list) else value
    return printable(written or NOTHING.get(setting.key, "(none)"))


def settings_document(path: str | None, settings: Sequence[SettingInForce]) -> dict[str, Any]:
    """`from` is default, option, or file; then with its place."""
    return {
        "configuration": path,
        "settings": [
            {
                "key": each.key,
                "value": each.value,
                "from": "option" if each.is_option else "file" if each.place else "default",
                "place": each.place
                and {"path": each.place.path, "line": each.place.line, "column": each.place.column},
            }
            for each in settings
        ],
    }
