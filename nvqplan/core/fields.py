"""Typed values out of located ones: what every reader of YAML and TOML does with a mapping."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from typing import TypeVar

from nvqplan.core.findings import Findings, Located
from nvqplan.core.names import did_you_mean

T = TypeVar("T")

WORDS = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a number with a fraction",
    date: "a date",
    datetime: "a date with a time",
    time: "a time",
    list: "a list",
    dict: "a mapping",
    type(None): "nothing",
}

LARGEST = 1_000_000
"""No number of credits, hours, units or years comes near it."""

_DAY = r"\d{4}-\d\d-\d\d"


def say_kind(node: Located) -> str:
    """What a value is, in words for a message."""
    return WORDS[type(node.value)]


def wrong(node: Located, what: str, wanted: str, found: Findings) -> None:
    found.add(node, "NVQ108", f"{what} must be {wanted}, this is {say_kind(node)}")


def as_mapping(node: Located, what: str, found: Findings) -> dict[str, Located]:
    """The members of a mapping; anything else is a finding and has none."""
    if isinstance(node.value, dict):
        return node.value
    wrong(node, what, "a mapping", found)
    return {}


def as_list(node: Located, what: str, found: Findings) -> list[Located]:
    """The members of a list; anything else is a finding and has none."""
    if isinstance(node.value, list):
        return node.value
    wrong(node, what, "a list", found)
    return []


def as_text(node: Located, what: str, found: Findings) -> str | None:
    """Text for people: one line, and nothing that moves the cursor or colours the terminal."""
    if not isinstance(node.value, str):
        wrong(node, what, "text", found)
    elif not node.value.strip():
        found.add(node, "NVQ108", f"{what} must not be empty")
    elif not node.value.isprintable():
        found.add(node, "NVQ108", f"{what} must be one line without control characters")
    else:
        return node.value
    return None


def text_of(
    members: Mapping[str, Located], key: str, node: Located, what: str, found: Findings
) -> str:
    """The text of a member that must be there; "" with a finding where it is not."""
    if key not in members:
        found.add(node, "NVQ401", f"{what} needs '{key}'")
        return ""
    return as_text(members[key], key, found) or ""


def as_whole(node: Located, what: str, found: Findings) -> int | None:
    """A whole number of at least 0."""
    if type(node.value) is not int:
        wrong(node, what, "a whole number", found)
    elif node.value < 0:
        found.add(node, "NVQ108", f"{what} must not be negative")
    elif node.value > LARGEST:
        found.add(node, "NVQ108", f"{what} must not be over {LARGEST:,}")
    else:
        return node.value
    return None


def as_flag(node: Located, what: str, found: Findings) -> bool | None:
    if isinstance(node.value, bool):
        return node.value
    wrong(node, what, WORDS[bool], found)
    return None


def as_date(node: Located, what: str, found: Findings) -> date | None:
    if type(node.value) is date:
        return node.value
    if not re.fullmatch(_DAY, node.text):
        wrong(node, what, "a date such as 2026-09-01", found)
    elif _is_day(node.text):
        message = f"{what} must be a date such as 2026-09-01, this is text"
        found.add(node, "NVQ108", message, "write it without quotes")
    else:
        message = f"{what} must be a date such as 2026-09-01, there is no {node.text}"
        found.add(node, "NVQ108", message)
    return None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def as_name(node: Located, what: str, found: Findings) -> str | None:
    """A unit number, topic or id exactly as written: a scalar, never a number's value."""
    if not node.text.strip() or node.value is None:  # lists and mappings have no text
        wrong(node, what, "one name or number", found)
        return None
    return node.text


def as_names(node: Located, what: str, found: Findings) -> list[Located]:
    """The members of a list that are names, see `as_name`."""
    members = as_list(node, what, found)
    what = f"each of {what}"
    return [each for each in members if as_name(each, what, found) is not None]


def read_member(
    members: Mapping[str, Located],
    key: str,
    read: Callable[[Located, str, Findings], T | None],
    found: Findings,
) -> T | None:
    """The value of a member that may be left out; None where it is, or cannot be read."""
    return read(members[key], key, found) if key in members else None


def check_known(
    members: dict[str, Located], known: Iterable[str], what: str, code: str, found: Findings
) -> None:
    """Tell every key that nobody knows, with the nearest that somebody does."""
    names = tuple(known)
    for key, node in members.items():
        if key not in names:
            help = did_you_mean(key, names, len(found)) or f"known here: {', '.join(names)}"
            found.add(node.key, code, f"unknown key '{key}' in {what}", help, key)
