"""Mixes as curriculum files and files of proofs write them: units, learners, what is imported."""

from nvqplan.core.atoms import NAME, TEXT, WHOLE
from nvqplan.core.curricula import Import, Pathway
from nvqplan.core.findings import Findings, Located
from nvqplan.core.records import CENTRES, Key, Members, Record
from nvqplan.core.shapes import list_of, map_of, ref

NO_MERGING = {"not": {"const": "<<"}}
"""The schema of names that an author chooses: the reader of YAML refuses merge keys."""

QUALIFICATION = ref("qualification", NAME)
RULE = ref("rule", NAME)
_UNITS = list_of(ref("unit", NAME))
_LEARNERS = map_of(NAME, names=NO_MERGING)

UNITS = Key("units", _UNITS, "The units of the mix.", needed=True, missing="")
HELD = Key(
    "held",
    _UNITS,
    "Units already achieved or evidenced (RPL): part of units, exempt from the offer.",
)
APL = Key("apl", _UNITS, "Units accredited on prior learning: as held.")
EXEMPT = Key("exempt", _UNITS, "Units from which learners are exempt: as held.")
LEARNERS = Key("learners", _LEARNERS, "What rules ask of these learners, by name.")
LEARNERS_OF_ALL = LEARNERS._replace(description="What rules ask of all learners, by name.")

UNIT = Key("unit", NAME, needed=True)
TITLE = Key("title", TEXT)
IMPORT = Record(
    (UNIT, TITLE), CENTRES, WHOLE, ("level", "credits", "glh"), {"propertyNames": NO_MERGING}
)
"""A unit of elsewhere; without level, credits and hours nobody can tell what it weighs."""

IMPORTED = Key(
    "imported", list_of(IMPORT.shape.later()), "Units of elsewhere, with what each weighs."
)

LISTS = (UNITS, HELD, APL, EXEMPT)
KEYS = (*LISTS, LEARNERS, IMPORTED)


def read_mix(name: str, node: Located, members: Members, what: str, found: Findings) -> Pathway:
    """The mix that the members of a node tell; it is not `sound` where some is not clear."""
    if not members.has(UNITS) and isinstance(node.value, dict):
        found.add(node.key, "NVQ109", f"'units' is missing in {what}")
    nodes = members.get(IMPORTED, ())
    imports = [_read_import(each, f"an imported unit of {what}", found) for each in nodes]
    whole = tuple(each for each in imports if each is not None)
    is_clear = members.faulty.isdisjoint(each.name for each in KEYS) and not node.is_doubtful
    return Pathway(
        name,
        node.key,
        members.get(UNITS, ()),
        held=members.get(HELD, ()),
        apl=members.get(APL, ()),
        exempt=members.get(EXEMPT, ()),
        learners=members.get(LEARNERS, {}),
        imported=whole,
        lists={each.name: members.nodes[each.name].location for each in LISTS if members.has(each)},
        sound=members.has(UNITS) and is_clear and len(whole) == len(imports),
    )


def _read_import(node: Located, what: str, found: Findings) -> Import | None:
    """The unit, if it is whole."""
    members = IMPORT.read(node, what, found)
    unit = members.get(UNIT)
    if unit is None or members.faulty or not IMPORT.needed.keys() <= members.nodes.keys():
        return None
    figures = {name: each for name, each in members.values.items() if name not in IMPORT.keys}
    return Import(unit, members.get(TITLE, ""), figures, node)
