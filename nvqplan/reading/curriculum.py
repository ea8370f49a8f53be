"""Curriculum files: what a centre proposes, in YAML."""

from collections.abc import Mapping

from nvqplan.core.curricula import Curriculum, Pathway, Status
from nvqplan.core.fields import (
    as_date,
    as_mapping,
    as_name,
    as_names,
    as_text,
    as_whole,
    check_known,
    read_member,
)
from nvqplan.core.findings import Findings, Located
from nvqplan.core.names import did_you_mean
from nvqplan.core.sources import Sources
from nvqplan.reading.approvals import read_approvals
from nvqplan.reading.mixes import KEYS as MIX_KEYS
from nvqplan.reading.mixes import is_doubtful, read_learners, read_mix
from nvqplan.reading.yaml_tree import read_yaml

KEYS = ("centre", "qualification", "registered", "youngest", "learners", "offer", "pathways")
PATHWAY_KEYS = (*MIX_KEYS, "status", "exceptions")


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
    sound = clear and len(found) == problems and not is_doubtful(members, KEYS)
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
    mix = read_mix(name, node, members, what, found)
    sound = mix.sound and len(found) == problems and not is_doubtful(members, ("status",))
    exceptions = read_approvals(members, what, found)
    return mix._replace(status=status, sound=sound, exceptions=exceptions)


def _read_status(members: Mapping[str, Located], found: Findings) -> Status:
    if "status" not in members or members["status"].value == "final":
        return "final"
    if members["status"].value == "draft":
        return "draft"
    help = did_you_mean(members["status"].text, ("final", "draft"))
    found.add(members["status"], "NVQ108", "status must be final or draft", help)
    return "final"
