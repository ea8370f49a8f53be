"""What a rulebook lets be told of learners, and where the units stand that they import."""

import re
from collections.abc import Collection, Mapping

from nvqplan.core.fields import as_list, as_mapping, as_name, as_names, as_text, check_known
from nvqplan.core.findings import Findings, Located, Location
from nvqplan.core.units import IMPORTED, MEASURES, Declared
from nvqplan.rules.filters import named_groups

KEYS = ("attributes", "figures")

NAME = r"[A-Za-z][A-Za-z0-9_-]*"
"""Of an attribute or a figure: it stands before the equals sign of an option."""

RESERVED = ("registered", "age", "youngest", "years", *MEASURES)
"""Words that mean something else where such a name may stand."""


def read_declared(members: Mapping[str, Located], above: Declared, found: Findings) -> Declared:
    """What a table declares, beside what stands above it: each name once."""
    attributes, figures = dict(above.attributes), list(above.figures)
    if "attributes" in members:
        for name, node in as_mapping(members["attributes"], "attributes", found).items():
            _check_name(name, node.key, (*attributes, *figures), found)
            attributes[name] = _read_values(name, node, found)
    if "figures" in members:
        for each in as_list(members["figures"], "figures", found):
            figure = as_text(each, "each of figures", found)
            if figure is not None:
                _check_name(figure, each, (*attributes, *figures), found)
                figures.append(figure)
    return Declared(attributes, tuple(figures))


def _check_name(
    name: str, where: Location | Located, taken: Collection[str], found: Findings
) -> None:
    if not re.fullmatch(NAME, name):
        help = "letters, digits, - and _, a letter first"
        found.add(where, "NVQ401", f"'{name}' is no name for what is told of a learner", help)
    elif name in RESERVED:
        found.add(where, "NVQ401", f"'{name}' means something else, choose another name")
    elif name in taken:
        found.add(where, "NVQ401", f"'{name}' is declared twice")


def _read_values(name: str, node: Located, found: Findings) -> tuple[str, ...]:
    if node.value == []:
        found.add(node, "NVQ401", f"attribute '{name}' needs a value")
    values: list[str] = []
    for each in as_names(node, name, found):
        if each.text in values:
            found.add(each, "NVQ401", f"'{each.text}' stands twice in {name}")
        values.append(each.text)
    return tuple(values)


def read_imports(
    members: Mapping[str, Located], groups: tuple[str, ...], found: Findings
) -> str | None:
    """The group of imported units, one of their own where none is named; None: none are taken."""
    if "imported" not in members:
        return None
    inner = as_mapping(members["imported"], "imported", found)
    check_known(inner, ("group",), "imported", "NVQ401", found)
    if "group" not in inner:
        return IMPORTED
    if as_name(inner["group"], "group", found) is None:
        return None
    return next(iter(named_groups(inner["group"], groups, found) or ()), None)
