"""Proof files: mixes that a rules author has labelled, in YAML.

Each says whether it is legal or just which rules it breaks; the rulebook must agree.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from nvqplan.core.curricula import Pathway
from nvqplan.core.fields import (
    as_date,
    as_mapping,
    as_name,
    as_names,
    as_whole,
    check_known,
    read_member,
)
from nvqplan.core.findings import Findings, Located, Location
from nvqplan.core.names import did_you_mean
from nvqplan.core.sources import Sources
from nvqplan.reading.mixes import KEYS as OF_MIXES
from nvqplan.reading.mixes import is_doubtful, read_learners, read_mix
from nvqplan.reading.yaml_tree import read_yaml
from nvqplan.rules.terms import Terms

TERMS = ("qualification", "registered", "age", "reading", "learners")
"""What a mix may say for itself, or the file for all its mixes."""

KEYS = (*TERMS, "mixes")
MIX_KEYS = (*dict.fromkeys((*TERMS, *OF_MIXES)), "legal", "illegal")


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

    @property
    def place(self) -> Location:
        return self.mix.place


class Shared(NamedTuple):
    """What a file says for all its mixes that do not say it for themselves."""

    qualification: Located | None
    terms: Terms
    learners: Mapping[str, Located]


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
    members = as_mapping(root, "a file of proofs", found)
    check_known(members, KEYS, "a file of proofs", "NVQ107", found)
    if "mixes" not in members:
        if isinstance(root.value, dict):
            found.add(root, "NVQ109", "'mixes' is missing")
        return ProofFile(path)
    problems = len(found)
    learners, is_clear = read_learners(members, found)
    shared = Shared(members.get("qualification"), _read_terms(members, Terms(), found), learners)
    is_sound = is_clear and len(found) == problems and not is_doubtful(members, KEYS)
    mixes = as_mapping(members["mixes"], "mixes", found)
    if members["mixes"].value == {}:
        found.add(members["mixes"], "NVQ109", "there is no mix to test")
    proofs, unread = [], []
    for name, node in mixes.items():
        found.pathway = name
        proof = _read_proof(name, node, shared, found)
        if proof is None or not is_sound:
            unread.append(name)
        else:
            proofs.append(proof)
    found.pathway = ""
    return ProofFile(path, tuple(proofs), tuple(unread), shared.qualification if is_sound else None)


def _read_terms(members: Mapping[str, Located], shared: Terms, found: Findings) -> Terms:
    """On what terms a mix is judged; what it does not say is as the file says."""
    read_member(members, "qualification", as_name, found)
    return Terms(
        read_member(members, "registered", as_date, found) or shared.registered,
        read_member(members, "age", as_whole, found) if "age" in members else shared.age,
        read_member(members, "reading", _as_reading, found) or shared.reading,
    )


def _as_reading(node: Located, what: str, found: Findings) -> Literal["printed", "intended"] | None:
    if node.value == "printed":
        return "printed"
    if node.value == "intended":
        return "intended"
    help = did_you_mean(node.text, ("printed", "intended"))
    found.add(node, "NVQ108", f"{what} must be printed or intended", help)
    return None


def _read_proof(name: str, node: Located, shared: Shared, found: Findings) -> Proof | None:
    """One labelled mix; None with a finding where it cannot be tested."""
    what, problems = f"mix '{name}'", len(found)
    members = as_mapping(node, what, found)
    if not isinstance(node.value, dict):
        return None
    check_known(members, MIX_KEYS, what, "NVQ107", found)
    qualification = members.get("qualification", shared.qualification)
    if qualification is None:
        help = "write it here, or once for the whole file"
        found.add(node.key, "NVQ109", f"'qualification' is missing in {what}", help)
    terms = _read_terms(members, shared.terms, found)
    mix = read_mix(name, node, members, what, found)
    label, broken = _read_label(members, node, what, found)
    is_clear = mix.sound and not is_doubtful(members, MIX_KEYS)
    if len(found) > problems or not is_clear or qualification is None:
        return None
    mix = mix._replace(learners={**shared.learners, **mix.learners})
    return Proof(mix, qualification, terms, broken, label)


def _read_label(
    members: Mapping[str, Located], node: Located, what: str, found: Findings
) -> tuple[Located, tuple[Located, ...]]:
    """`legal: true`, or `illegal:` and the rules that the mix breaks: one of both."""
    told = [members[key] for key in ("legal", "illegal") if key in members]
    if len(told) != 1:
        says = "both" if told else "neither"
        message = f"{what} needs 'legal: true', or 'illegal' and the rules it breaks; it has {says}"
        found.add(node.key, "NVQ109" if not told else "NVQ108", message)
        return node, ()
    (label,) = told
    if "legal" in members:
        if label.value is not True:
            help = "write illegal: and the ids of the rules that it breaks, such as [level]"
            found.add(label, "NVQ108", "legal can only be true", help)
        return label, ()
    broken = as_names(label, "illegal", found)
    if label.value == []:
        found.add(label, "NVQ108", "illegal names no rule", "name every rule that the mix breaks")
    return label, tuple(broken)
