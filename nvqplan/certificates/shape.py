"""Whether a document is a certificate at all: its keys, and what kind of value each has."""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple, NoReturn

from nvqplan.certificates.document import VERSION, Certificate


class Problem(NamedTuple):
    """What is wrong, and where: line and column, or the keys that lead there; "" is everywhere."""

    place: str
    says: str


class NotACertificateError(Exception):
    """A file that holds no certificate, with every reason."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems


class Each(NamedTuple):
    """An object with any keys, all values of which are of one shape."""

    shape: Any


class Day(NamedTuple):
    """A date as text; `may_lack` allows null."""

    may_lack: bool = False


class Maybe(NamedTuple):
    """A value or null."""

    shape: type


UNIT = {"uan": str, "title": str, "level": int, "credits": int, "glh": int, "group": str}

RULE = {
    "id": str,
    "says": str,
    "kind": str,
    "about": str,
    "source": str,
    "adds": Each(int),
    "have": int,
    "at_least": Maybe(int),
    "at_most": Maybe(int),
    "slack": int,
}

PATHWAY = {
    "path": str,
    "pathway": str,
    "centre": str,
    "registered": Day(may_lack=True),
    "age": Maybe(int),
    "reading": str,
    "qualification": {"id": str, "number": str, "qan": str},
    "units": Each(UNIT),
    "totals": {"credits": int, "glh": int},
    "rules": [RULE],
}

CERTIFICATE = {
    "certificate": int,
    "nvqplan": str,
    "date": Day(),
    "reading": str,
    "units.csv": str,
    "rules.toml": str,
    "pathways": [PATHWAY],
    "digest": str,
}

WORDS = {
    str: "text",
    int: "a whole number",
    float: "a number with a fraction",
    bool: "true or false",
    list: "a list",
    dict: "an object",
    type(None): "null",
}

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def parse_certificate(text: str) -> Certificate:
    """The certificate that a text holds; every reason why it holds none is raised together."""
    try:
        document = json.loads(text, object_pairs_hook=_once, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        place = f"{error.lineno}:{error.colno}"
        raise NotACertificateError([Problem(place, f"not valid JSON: {error.msg}")]) from None
    except RecursionError:
        message = "not valid JSON: nested too deeply"
        raise NotACertificateError([Problem("", message)]) from None
    except ValueError as error:
        raise NotACertificateError([Problem("", f"not valid JSON: {error}")]) from None
    problems = list(_check_certificate(document))
    if problems:
        raise NotACertificateError(problems)
    certificate: Certificate = document
    return certificate


def _once(pairs: list[tuple[str, Any]]) -> Certificate:
    """An object each key of which stands once: what stands twice can say two things."""
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key '{twice}' stands twice in one object")
    return members


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def _check_certificate(document: Any) -> Iterator[Problem]:
    if not isinstance(document, dict) or "certificate" not in document:
        yield Problem("", "is no certificate: it has no key 'certificate'")
        return
    version = document["certificate"]
    if type(version) is int and version != VERSION:
        message = f"version {version} of certificates is not known here, {VERSION} is"
        yield Problem("certificate", message)
        return
    yield from _check(document, CERTIFICATE, "")
    if isinstance(document.get("reading"), str) and document["reading"] not in _READINGS:
        yield Problem("reading", f"must be {' or '.join(_READINGS)}")


_READINGS = ("printed", "intended")


def _check(value: Any, shape: Any, place: str) -> Iterator[Problem]:
    """Every way in which a value is not of its shape."""
    if isinstance(shape, Maybe):
        shape = type(None) if value is None else shape.shape
    if isinstance(shape, Day):
        yield from _check_day(value, shape, place)
    elif isinstance(shape, type):
        if type(value) is not shape:
            yield _wrong(value, WORDS[shape], place)
    elif isinstance(shape, list):
        yield from _check_list(value, shape[0], place)
    elif not isinstance(value, dict):
        yield _wrong(value, WORDS[dict], place)
    elif isinstance(shape, Each):
        for key, each in value.items():
            yield from _check(each, shape.shape, _join(place, key))
    else:
        yield from _check_members(value, shape, place)


def _check_list(value: Any, shape: Any, place: str) -> Iterator[Problem]:
    if not isinstance(value, list):
        yield _wrong(value, WORDS[list], place)
        return
    for index, each in enumerate(value):
        yield from _check(each, shape, f"{place}[{index}]")


def _check_members(value: Certificate, shape: Certificate, place: str) -> Iterator[Problem]:
    for key in shape:
        if key not in value:
            yield Problem(_join(place, key), "is missing")
    for key, each in value.items():
        if key in shape:
            yield from _check(each, shape[key], _join(place, key))
        else:
            yield Problem(_join(place, key), "is a key that no certificate has")


def _check_day(value: Any, shape: Day, place: str) -> Iterator[Problem]:
    if shape.may_lack and value is None:
        return
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        yield _wrong(value, "a date such as 2026-09-01", place)
        return
    try:
        date.fromisoformat(value)
    except ValueError:
        yield Problem(place, f"must be a date, there is no {value}")


def _wrong(value: Any, wanted: str, place: str) -> Problem:
    return Problem(place, f"must be {wanted}, this is {WORDS[type(value)]}")


def _join(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key
