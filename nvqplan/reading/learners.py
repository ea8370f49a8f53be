"""What curriculum files say of learners, and of the units that their pathways import."""

from collections.abc import Mapping

from nvqplan.curriculum import Import
from nvqplan.fields import as_list, as_mapping, as_name, as_text, as_whole, read_member
from nvqplan.findings import Findings, Located

NEEDED = ("unit", "level", "credits", "glh")
"""Without these nobody can tell what an imported unit weighs."""


def read_learners(
    members: Mapping[str, Located], found: Findings
) -> tuple[Mapping[str, Located], bool]:
    """What is told of learners, name by name, and whether no name of it is told twice."""
    if "learners" not in members:
        return {}, True
    told = as_mapping(members["learners"], "learners", found)
    named = {name: each for name, each in told.items() if as_name(each, name, found) is not None}
    return named, not any(each.is_doubtful for each in told.values())


def read_imports(
    members: Mapping[str, Located], pathway: str, found: Findings
) -> tuple[tuple[Import, ...], bool]:
    """The imported units that are whole, and whether all are and no key of any stands twice."""
    if "imported" not in members:
        return (), True
    what = f"an imported unit of {pathway}"
    nodes = as_list(members["imported"], "imported", found)
    read = [_read_import(node, what, found) for node in nodes]
    whole = tuple(each for each in read if each is not None)
    return whole, len(whole) == len(read)


def _read_import(node: Located, what: str, found: Findings) -> Import | None:
    members = as_mapping(node, what, found)
    if not isinstance(node.value, dict):
        return None
    for key in NEEDED:
        if key not in members:
            found.add(node, "NVQ109", f"'{key}' is missing in {what}", subject=key)
    unit = read_member(members, "unit", as_name, found)
    title = read_member(members, "title", as_text, found)
    figures = {
        key: as_whole(each, key, found)
        for key, each in members.items()
        if key not in ("unit", "title")
    }
    whole = {key: figure for key, figure in figures.items() if figure is not None}
    is_doubtful = any(each.is_doubtful for each in members.values())
    if unit is None or not {*NEEDED[1:], *figures} <= whole.keys() or is_doubtful:
        return None
    if "title" in members and title is None:
        return None
    return Import(members["unit"], title or "", whole, node)
