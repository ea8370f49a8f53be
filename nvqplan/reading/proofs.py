"""Proof files: mixes that a rules author has labelled, in YAML.

Each says whether it is legal or just which rules it breaks; the rulebook must agree.
"""

from nvqplan.core.atoms import DATE, WHOLE, one_of
from nvqplan.core.curricula import Pathway
from nvqplan.core.findings import Findings, Located
from nvqplan.core.records import CENTRES, ROOT, Key, Members, Record, one_of_keys
from nvqplan.core.shapes import Shape, described, list_of, map_of, ref
from nvqplan.core.sources import Sources
from nvqplan.core.values import NamedTuple
from nvqplan.reading import mixes
from nvqplan.reading.mixes import LEARNERS, NO_MERGING, read_mix
from nvqplan.reading.yaml_tree import read_yaml
from nvqplan.rules.terms import ReadingName, Terms

_READING: Shape[ReadingName] = one_of("printed", "intended")

QUALIFICATION = Key("qualification", mixes.QUALIFICATION, "Id, number or QAN.")
REGISTERED = Key("registered", DATE, "The date of registration; left out: the newest window.")
AGE = Key("age", WHOLE, "The learner's age at registration; left out: not checked.")
READING: Key[ReadingName] = Key(
    "reading", _READING, "How rules that are wrong or open in print are read; left out: as printed."
)
TERMS = (QUALIFICATION, REGISTERED, AGE, READING, LEARNERS)
"""What a mix may say for itself, or the file for all its mixes."""


def _read_legal(node: Located, what: str, found: Findings) -> bool | None:
    if node.value is True:
        return True
    help = "write illegal: and the ids of the rules that it breaks, such as [level]"
    found.add(node, "NVQ108", f"{what} can only be true", help)
    return None


LEGAL = Key("legal", Shape(_read_legal, described({"const": True})), "The mix breaks no rule.")
ILLEGAL = Key(
    "illegal",
    list_of(mixes.RULE).at_least(
        1, "{what} names no rule", "name every rule that the mix breaks", "NVQ108"
    ),
    "All the rules that the mix breaks, and no others.",
)
LABELS = (LEGAL, ILLEGAL)
_ONE_LABEL = {"oneOf": one_of_keys(each.name for each in LABELS)}
MIX = Record((*TERMS, *mixes.KEYS, *LABELS), CENTRES, more=_ONE_LABEL)
MIXES = Key(
    "mixes",
    map_of(ref("mix", MIX.shape).later(), names=NO_MERGING).at_least(
        1, "there is no mix to test", code="NVQ109"
    ),
    "The labelled mixes, by names of your own.",
    needed=True,
)
_NAMES_QUALIFICATION = {"required": ["qualification"]}
_EACH_NAMES = {"properties": {"mixes": {"additionalProperties": _NAMES_QUALIFICATION}}}
PROOFS = Record((*TERMS, MIXES), ROOT, more={"anyOf": [_NAMES_QUALIFICATION, _EACH_NAMES]})


class Proof(NamedTuple):
    """A labelled mix; names are located as the author wrote them, not yet looked up.

    `broken` names the rules that the mix is said to break, none where it is said to be legal;
    `label` is where that is said. `terms` are without what the mix itself tells of learners.
    """

    mix: Pathway
    qualification: Located
    terms: Terms
    broken: tuple[Located, ...]
    label: Located

    @property
    def name(self) -> str:
        return self.mix.name


class ProofFile(NamedTuple):
    """The proofs of one file, and the names of those that could not be read.

    The qualification is what the file names for all its mixes, which may name their own.
    """

    path: str
    proofs: tuple[Proof, ...] = ()
    unread: tuple[str, ...] = ()
    qualification: Located | None = None


def read_proofs(path: str, sources: Sources, found: Findings) -> ProofFile:
    """All mixes of a file that can be tested; what cannot is a finding."""
    text = sources.read(path, found)
    root = None if text is None else read_yaml(path, text, found)
    if root is None:
        return ProofFile(path)
    members = PROOFS.read(root, "a file of proofs", found)
    if not members.has(MIXES):
        return ProofFile(path)
    is_sound = members.faulty.isdisjoint(each.name for each in TERMS) and not members.is_doubtful
    proofs, unread = [], []
    for name, node in members.get(MIXES, {}).items():
        found.pathway = name
        proof = _read_proof(name, node, members, found)
        if proof is None or not is_sound:
            unread.append(name)
        else:
            proofs.append(proof)
    found.pathway = ""
    qualification = members.nodes.get("qualification") if is_sound else None
    return ProofFile(path, tuple(proofs), tuple(unread), qualification)


def _read_terms(members: Members, shared: Terms) -> Terms:
    """On what terms a mix is judged; what it does not say is as the file says."""
    return Terms(
        members.get(REGISTERED) or shared.registered,
        members.get(AGE) if members.has(AGE) else shared.age,
        members.get(READING) or shared.reading,
    )


def _read_proof(name: str, node: Located, shared: Members, found: Findings) -> Proof | None:
    """One labelled mix; None with a finding where it cannot be tested.

    `shared` is what the file says for all its mixes that do not say it for themselves.
    """
    what, problems = f"mix '{name}'", len(found)
    members = MIX.read(node, what, found)
    if not isinstance(node.value, dict):
        return None
    qualification = members.nodes.get("qualification", shared.nodes.get("qualification"))
    if qualification is None:
        help = "write it here, or once for the whole file"
        found.add(node.key, "NVQ109", f"'qualification' is missing in {what}", help)
    mix = read_mix(name, node, members, what, found)
    label = _find_label(members, node, what, found)
    is_clear = mix.sound and not members.is_doubtful
    if len(found) > problems or not is_clear or qualification is None:
        return None
    mix = mix._replace(learners={**shared.get(LEARNERS, {}), **mix.learners})
    terms = _read_terms(members, _read_terms(shared, Terms()))
    return Proof(mix, qualification, terms, members.get(ILLEGAL, ()), label)


def _find_label(members: Members, node: Located, what: str, found: Findings) -> Located:
    """Where `legal: true` stands, or `illegal:` and the rules that the mix breaks: one of both."""
    labels = [members.nodes[key.name] for key in LABELS if members.has(key)]
    if len(labels) == 1:
        return labels[0]
    says = "both" if labels else "neither"
    message = f"{what} needs 'legal: true', or 'illegal' and the rules it breaks; it has {says}"
    found.add(node.key, "NVQ109" if not labels else "NVQ108", message)
    return node
