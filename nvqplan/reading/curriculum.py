"""Curriculum files: what a centre proposes, in YAML."""

from collections.abc import Mapping

from nvqplan.curriculum import LISTS, Curriculum, Pathway, Status
from nvqplan.fields import (
    as_date,
    as_mapping,
    as_name,
    as_names,
    as_text,
    as_whole,
    check_known,
    read_member,
)
from nvqplan.findings import Findings, Located
from nvqplan.names import did_you_mean
from nvqplan.reading.approvals import read_approvals
from nvqplan.reading.learners import read_imports, read_learners
from nvqplan.reading.sources import Sources
from nvqplan.reading.yaml_tree import read_yaml

KEYS = ("centre", "qualification", "registered", "youngest", "learners", "offer", "pathways")
JUDGED_KEYS = (*LISTS, "status", "learners", "imported")
PATHWAY_KEYS = (*JUDGED_KEYS, "exceptions")
"""Without these there is no verdict; an exception never changes one."""


def read_curriculum(path: str, sources: Sources, found: Findings) -> Curriculum | None:
    """The curriculum of a file; None where the file cannot be read or names no qualification."""
    text = sources.read(path, found)
    root = None if text is None else read_yaml(path, text, found)
    if root is None:
        return None
    members = as_mapping(root, "a curriculum", found)
    if not isinstance(root.value, dict):
        return None
    check_known(members, KEYS, "a curriculum", "NVQ107", found)
    for key in ("qualification", "pathways"):
        if key not in members:
            found.add(root, "NVQ109", f"'{key}' is missing")
    problems = len(found)
    registered = read_member(members, "registered", as_date, found)
    youngest = read_member(members, "youngest", as_whole, found)
    learners, clear = read_learners(members, found)
    offer = tuple(as_names(members["offer"], "offer", found)) if "offer" in members else None
    sound = clear and len(found) == problems and not _is_doubtful(members, KEYS)
    curriculum = Curriculum(
        path,
        read_member(members, "centre", as_text, found) or "",
        members.get("qualification", root),
        registered,
        youngest,
        offer,
        _read_pathways(members, found),
        frozenset(members),
        sound,
        learners,
    )
    name = read_member(members, "qualification", as_name, found)
    return None if name is None else curriculum


def _read_pathways(members: Mapping[str, Located], found: Findings) -> tuple[Pathway, ...]:
    if "pathways" not in members:
        return ()
    pathways = as_mapping(members["pathways"], "pathways", found)
    if not pathways and isinstance(members["pathways"].value, dict):
        found.add(members["pathways"], "NVQ109", "there is no pathway to check")
    read = []
    for name, node in pathways.items():
        found.pathway = name
        read.append(_read_pathway(name, node, found))
    found.pathway = ""
    return tuple(read)


def _read_pathway(name: str, node: Located, found: Findings) -> Pathway:
    what = f"pathway '{name}'"
    members = as_mapping(node, what, found)
    check_known(members, PATHWAY_KEYS, what, "NVQ107", found)
    problems = len(found)
    status = _read_status(members, found)
    listed = {key: tuple(as_names(members[key], key, found)) for key in LISTS if key in members}
    learners, clear = read_learners(members, found)
    imported, whole = read_imports(members, what, found)
    if "units" not in members and isinstance(node.value, dict):
        found.add(node.key, "NVQ109", f"'units' is missing in {what}")
    is_doubtful = node.is_doubtful or _is_doubtful(members, JUDGED_KEYS)
    is_doubtful |= not (clear and whole)
    sound = "units" in members and len(found) == problems and not is_doubtful
    return Pathway(
        name,
        node.key,
        listed.get("units", ()),
        status,
        listed.get("held", ()),
        sound,
        read_approvals(members, what, found),
        {key: node.location for key, node in members.items() if key in LISTS},
        listed.get("apl", ()),
        listed.get("exempt", ()),
        learners,
        imported,
    )


def _read_status(members: Mapping[str, Located], found: Findings) -> Status:
    if "status" not in members or members["status"].value == "final":
        return "final"
    if members["status"].value == "draft":
        return "draft"
    help = did_you_mean(members["status"].text, ("final", "draft"))
    found.add(members["status"], "NVQ108", "status must be final or draft", help)
    return "final"


def _is_doubtful(members: Mapping[str, Located], keys: tuple[str, ...]) -> bool:
    return any(members[key].is_doubtful for key in keys if key in members)
