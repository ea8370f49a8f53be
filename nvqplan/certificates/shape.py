"""Whether a document is a certificate at all: its keys, and what kind of value each has."""

import json
import re
from collections.abc import Mapping
from typing import Any, NoReturn

from nvqplan.certificates.document import VERSION, Certificate
from nvqplan.core.atoms import DATE, is_day, one_of, typed
from nvqplan.core.findings import Findings, Located, Location
from nvqplan.core.records import Key, Record, Voice
from nvqplan.core.shapes import Shape, list_of, map_of, maybe, wrong
from nvqplan.core.values import NamedTuple


class Problem(NamedTuple):
    """What is wrong, and where: line and column, or the keys that lead there; "" is everywhere."""

    place: str
    says: str


class NotACertificateError(Exception):
    """A file that holds no certificate, with every reason."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems


_VOICE = Voice(
    code="",
    code_of_missing="",
    missing="{what}.{key} is missing",
    unknown="{what}.{key} is a key that no certificate has",
    in_file_order=True,
)
_SAYS = re.compile(
    r"\.?(?P<place>.*) (?P<says>must be .*|is missing|is a key that no certificate has)", re.DOTALL
)
_IN_JSON = {"a mapping": "an object", "this is nothing": "this is null"}


def _object(members: Mapping[str, Shape[Any]]) -> Shape[Any]:
    """An object with just these keys; messages call a value by the keys that lead to it."""
    keys = [Key(name, shape, needed=True) for name, shape in members.items()]
    return Record(keys, _VOICE, member="{what}.{key}").shape


def _each(shape: Shape[Any]) -> Shape[Any]:
    """An object with any keys, all values of which are of one shape."""
    return map_of(shape, "{what}.{name}")


def _read_day(node: Located, what: str, found: Findings) -> str | None:
    if not isinstance(node.value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", node.value):
        wrong(node, what, "a date such as 2026-09-01", found)
    elif not is_day(node.value):
        found.add(node, "", f"{what} must be a date, there is no {node.value}")
    else:
        return node.value
    return None


_TEXT, _NUMBER, _DAY = typed(str), typed(int), Shape(_read_day, DATE.schema)

_UNIT = _object(
    {
        **dict.fromkeys(("uan", "title"), _TEXT),
        **dict.fromkeys(("level", "credits", "glh"), _NUMBER),
        "group": _TEXT,
    }
)
_RULE = _object(
    {
        **dict.fromkeys(("id", "says", "kind", "about", "source"), _TEXT),
        "adds": _each(_NUMBER),
        "have": _NUMBER,
        **dict.fromkeys(("at_least", "at_most"), maybe(_NUMBER)),
        "slack": _NUMBER,
    }
)
_PATHWAY = _object(
    {
        **dict.fromkeys(("path", "pathway", "centre"), _TEXT),
        "registered": maybe(_DAY),
        "age": maybe(_NUMBER),
        "reading": _TEXT,
        "qualification": _object(dict.fromkeys(("id", "number", "qan"), _TEXT)),
        "units": _each(_UNIT),
        "totals": _object(dict.fromkeys(("credits", "glh"), _NUMBER)),
        "rules": list_of(_RULE, "{what}[{index}]"),
    }
)
CERTIFICATE = _object(
    {
        "certificate": _NUMBER,
        "nvqplan": _TEXT,
        "date": _DAY,
        "reading": one_of("printed", "intended", within=_TEXT),
        **dict.fromkeys(("units.csv", "rules.toml"), _TEXT),
        "pathways": list_of(_PATHWAY, "{what}[{index}]"),
        "digest": _TEXT,
    }
)


def parse_certificate(text: str) -> Certificate:
    """The certificate that a text holds; every reason why it holds none is raised together."""
    certificate: Certificate = {}
    try:
        certificate = json.loads(text, object_pairs_hook=_once, parse_constant=_refuse)
        problems = _check(certificate)
    except json.JSONDecodeError as error:
        problems = [Problem(f"{error.lineno}:{error.colno}", f"not valid JSON: {error.msg}")]
    except (RecursionError, ValueError) as error:
        why = "nested too deeply" if isinstance(error, RecursionError) else error
        problems = [Problem("", f"not valid JSON: {why}")]
    if problems:
        raise NotACertificateError(problems)
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


def _check(document: Any) -> list[Problem]:
    """Every way in which a document is no certificate."""
    if not isinstance(document, dict) or "certificate" not in document:
        return [Problem("", "is no certificate: it has no key 'certificate'")]
    version = document["certificate"]
    if type(version) is int and version != VERSION:
        message = f"version {version} of certificates is not known here, {VERSION} is"
        return [Problem("certificate", message)]
    found = Findings()
    CERTIFICATE.read(_tree(document), "", found)
    return [_problem(each.message) for each in found]


_START = Location("", 1, 1)


def _tree(value: Any) -> Located:
    """The document as readers want it; what is wrong is told by keys, so all places are one."""
    if isinstance(value, dict):
        value = {key: _tree(each) for key, each in value.items()}
    elif isinstance(value, list):
        value = [_tree(each) for each in value]
    return Located(value, _START, "" if isinstance(value, dict | list) else str(value))


def _problem(message: str) -> Problem:
    """A message in the words of JSON, parted from the keys that it begins with."""
    match = _SAYS.fullmatch(message)
    assert match is not None, message
    says = match["says"]
    for word, in_json in _IN_JSON.items():
        says = says.replace(word, in_json)
    return Problem(match["place"], says)
