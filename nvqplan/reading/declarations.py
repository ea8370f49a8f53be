"""What a rulebook lets be told of learners."""

import re
from collections.abc import Collection

from nvqplan.core.atoms import NAME, TEXT
from nvqplan.core.findings import Findings, Located, Location
from nvqplan.core.records import Key, Members
from nvqplan.core.shapes import Schema, Shape, Spot, described, list_of, map_of
from nvqplan.core.units import MEASURES, Declared

_NAME = r"[A-Za-z][A-Za-z0-9_-]*"
"""Of an attribute or a figure: it stands before the equals sign of an option."""

_RESERVED = ("registered", "age", "youngest", "years", *MEASURES)
"""Words that mean something else where such a name may stand."""

_DECLARED: Schema = {
    "type": "string",
    "pattern": f"^{_NAME}$(?!\\n)",
    "not": {"enum": list(_RESERVED)},
}


def _make_values(names: tuple[Located, ...], at: Spot) -> tuple[str, ...]:
    values: list[str] = []
    for each in names:
        if each.text in values:
            at.tell(f"'{each.text}' stands twice in {at.what}", at=each)
        values.append(each.text)
    return tuple(values)


_VALUES = list_of(NAME).at_least(1, "attribute '{what}' needs a value").made(_make_values)
_ATTRIBUTES = map_of(_VALUES, names=_DECLARED)
ATTRIBUTES = Key("attributes", _ATTRIBUTES, "What rules may ask of learners, each with its values.")
FIGURES = Key(
    "figures",
    list_of(Shape(TEXT.made(lambda _, at: at.node).read, described(_DECLARED))),
    "Figures of learners that rules may ask for, such as practice_hours.",
)
KEYS = (ATTRIBUTES, FIGURES)


def declared_in(members: Members, above: Declared, found: Findings) -> Declared:
    """What a table declares, beside what stands above it: each name once."""
    attributes, figures = dict(above.attributes), list(above.figures)
    own = members.nodes[ATTRIBUTES.name].value if members.has(ATTRIBUTES) else {}
    for name, values in members.get(ATTRIBUTES, {}).items():
        assert isinstance(own, dict)
        _check_name(name, own[name].key, (*attributes, *figures), found)
        attributes[name] = values
    for each in members.get(FIGURES, ()):
        _check_name(each.text, each, (*attributes, *figures), found)
        figures.append(each.text)
    return Declared(attributes, tuple(figures))


def _check_name(
    name: str, where: Location | Located, taken: Collection[str], found: Findings
) -> None:
    if not re.fullmatch(_NAME, name):
        help = "letters, digits, - and _, a letter first"
        found.add(where, "NVQ401", f"'{name}' is no name for what is told of a learner", help)
    elif name in _RESERVED:
        found.add(where, "NVQ401", f"'{name}' means something else, choose another name")
    elif name in taken:
        found.add(where, "NVQ401", f"'{name}' is declared twice")
