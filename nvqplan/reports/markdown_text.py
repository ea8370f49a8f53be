"""Text of which Markdown makes nothing."""

import re

from nvqplan.core.words import printable

_MEANING = re.compile(r"[\\`*_\[\]|~$>#]")
_BEGINNING = re.compile(r"(\d*)([-+.)])")
"""What makes a line the beginning of a list."""


def plain(text: str) -> str:
    """Text as itself: no table cell, tag, link, list, nor a name to be called."""
    shown = printable(text).replace("\t", " ").strip()
    if begins := _BEGINNING.match(shown):
        return f"{begins[1]}\\{begins[2]}{_inline(shown[begins.end() :])}"
    return _inline(shown)


def _inline(text: str) -> str:
    text = _MEANING.sub(r"\\\g<0>", text.replace("&", "&amp;")).replace("<", "&lt;")
    return text.replace("@", "@<!-- -->")
