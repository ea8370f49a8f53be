"""Mixes as curriculum files and files of proofs write them: units, learners, what is imported."""

from collections.abc import Mapping

from nvqplan.core.curricula import LISTS, Import, Pathway
from nvqplan.core.fields import (
    as_list,
    as_mapping,
    as_name,
    as_names,
    as_text,
    as_whole,
    read_member,
)
from nvqplan.core.findings import Findings, Located

KEYS = (*LISTS, "learners", "imported")

NEEDED = ("unit", "level", "credits", "glh")
"""Without these nobody can tell what an imported unit weighs."""


def read_mix(
    name: str, node: Located, members: Mapping[str, Located], what: str, found: Findings
) -> Pathway:
    """The mix that is told by the members of a node; it is not `sound` where some is not clear."""
    problems = len(found)
    listed = {key: tuple(as_names(members[key], key, found)) for key in LISTS if key in members}
    learners, are_clear = read_learners(members, found)
    imported, are_whole = read_imports(members, what, found)
    if "units" not in members and isinstance(node.value, dict):
        found.add(node.key, "NVQ109", f"'units' is missing in {what}")
    is_clear = are_clear and are_whole and not node.is_doubtful and not is_doubtful(members, KEYS)
    return Pathway(
        name,
        node.key,
        listed.get("units", ()),
        held=listed.get("held", ()),
        apl=listed.get("apl", ()),
        exempt=listed.get("exempt", ()),
        learners=learners,
        imported=imported,
        lists={key: node.location for key, node in members.items() if key in LISTS},
        sound="units" in members and len(found) == problems and is_clear,
    )


def is_doubtful(members: Mapping[str, Located], keys: tuple[str, ...]) -> bool:
    """Whether one of these keys stands twice."""
    return any(members[key].is_doubtful for key in keys if key in members)


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
