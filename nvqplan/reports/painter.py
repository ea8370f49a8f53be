"""Plain text as a terminal may be shown it, and colour where one wants it."""

from typing import Literal

Style = Literal["bold", "dim", "red", "green", "yellow", "cyan"]

_CODES: dict[Style, str] = {
    "bold": "1",
    "dim": "2",
    "red": "1;31",
    "green": "1;32",
    "yellow": "1;33",
    "cyan": "36",
}


class Painter:
    """Wraps words in terminal colours, or leaves them as they are."""

    def __init__(self, *, coloured: bool) -> None:
        self._coloured = coloured

    def __call__(self, words: str, style: Style) -> str:
        return f"\x1b[{_CODES[style]}m{words}\x1b[0m" if self._coloured and words else words
