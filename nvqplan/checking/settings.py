"""The settings in force, as text and as a document."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from nvqplan.core.findings import Location
from nvqplan.core.words import printable

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
