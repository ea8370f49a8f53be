"""Curriculum files: what a centre proposes, in YAML."""

from nvqplan.core.atoms import DATE, TEXT, WHOLE, one_of
from nvqplan.core.curricula import Approval, Curriculum, Pathway, Status
from nvqplan.core.findings import Findings, Located
from nvqplan.core.records import CENTRES, ROOT, Key, Record
from nvqplan.core.shapes import Shape, list_of, map_of, ref
from nvqplan.core.sources import Sources
from nvqplan.reading import mixes
from nvqplan.reading.mixes import LEARNERS_OF_ALL, NO_MERGING, read_mix
from nvqplan.reading.yaml_tree import read_yaml

RULE = Key("rule", mixes.RULE, "The id of the rule that may be broken.", needed=True)
REASON = Key("reason", TEXT, "Why that was approved.", needed=True)
BY = Key("by", TEXT, "Who approved it.", needed=True)
UNTIL = Key("until", DATE, "The last day on which it counts.", needed=True)
APPROVAL = Record((RULE, REASON, BY, UNTIL), CENTRES)
"""All four keys must be there: an approval without a last day would stay for ever."""
_APPROVED = APPROVAL.whole(Approval)
"""One with a slip is told, and is none."""

_STATUS: Shape[Status] = one_of(
    "final",
    "draft",
    explained=(
        "Exactly these units must meet the rules; so it is where nothing is written.",
        "Some legal mix, within the offer, must contain these units.",
    ),
)
STATUS: Key[Status] = Key(
    "status", _STATUS, "Whether these are all units, or some legal mix need only contain them."
)
EXCEPTIONS = Key(
    "exceptions",
    list_of(APPROVAL.shape.later()),
    "Rules that this pathway may break, and who has approved it.",
)
PATHWAY = Record((*mixes.KEYS, STATUS, EXCEPTIONS), CENTRES)

CENTRE = Key("centre", TEXT, "The centre's name.")
QUALIFICATION = Key("qualification", mixes.QUALIFICATION, "Id, number or QAN.", needed=True)
REGISTERED = Key("registered", DATE, "The learners' date of registration, without quotation marks.")
YOUNGEST = Key("youngest", WHOLE, "The youngest learner's age at registration, in years.")
OFFER = Key("offer", mixes.UNITS.shape, "The units that the centre delivers; left out: all.")
PATHWAYS = Key(
    "pathways",
    map_of(ref("pathway", PATHWAY.shape).later(), names=NO_MERGING).at_least(
        1, "there is no pathway to check", code="NVQ109"
    ),
    "The mixes to check, by names of your own.",
    needed=True,
)
CURRICULUM = Record(
    (CENTRE, QUALIFICATION, REGISTERED, YOUNGEST, LEARNERS_OF_ALL, OFFER, PATHWAYS), ROOT
)


def read_curriculum(path: str, sources: Sources, found: Findings) -> Curriculum | None:
    """The curriculum of a file; None where the file cannot be read or names no qualification."""
    text = sources.read(path, found)
    root = None if text is None else read_yaml(path, text, found)
    if root is None:
        return None
    members = CURRICULUM.read(root, "a curriculum", found)
    pathways = tuple([_read_pathway(*each, found) for each in members.get(PATHWAYS, {}).items()])
    found.pathway = ""
    qualification = members.get(QUALIFICATION)
    if qualification is None:
        return None
    of_learners = (REGISTERED, YOUNGEST, LEARNERS_OF_ALL, OFFER)
    is_clear = members.faulty.isdisjoint(each.name for each in of_learners)
    return Curriculum(
        path,
        members.get(CENTRE, ""),
        qualification,
        members.get(REGISTERED),
        members.get(YOUNGEST),
        members.get(OFFER),
        pathways,
        frozenset(members.nodes),
        is_clear and not members.is_doubtful,
        members.get(LEARNERS_OF_ALL, {}),
    )


def _read_pathway(name: str, node: Located, found: Findings) -> Pathway:
    found.pathway = name
    what = f"pathway '{name}'"
    members = PATHWAY.read(node, what, found)
    mix = read_mix(name, node, members, what, found)
    nodes = members.get(EXCEPTIONS, ())
    read = [_APPROVED.read(each, f"an exception of {what}", found) for each in nodes]
    return mix._replace(
        status=members.get(STATUS, "final"),
        sound=mix.sound and STATUS.name not in members.faulty,
        exceptions=tuple(each for each in read if each is not None),
    )
