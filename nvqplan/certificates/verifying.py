"""Whether a certificate holds: all of it worked out anew, from the rules alone."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from nvqplan.certificates.comparing import compare
from nvqplan.certificates.document import (
    DIGEST,
    FILES,
    PATHWAYS,
    CentreFacts,
    Document,
    certify,
    digest_of,
    head,
    write_whole,
)
from nvqplan.certificates.plain import is_certifiable
from nvqplan.certificates.shape import Problem
from nvqplan.rules.qualification import Qualification, Rulebook


class VerifiedPathway(NamedTuple):
    """One pathway of a certificate, and what is not as the certificate says."""

    given: Document
    problems: tuple[Problem, ...]


class Verification(NamedTuple):
    """What was found about the certificate as a whole, and pathway by pathway.

    No pathway is looked at where the certificate is of another catalogue or other rules, or where
    a file holds none.
    """

    certificate: Document | None
    problems: tuple[Problem, ...]
    pathways: tuple[VerifiedPathway, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.problems and not any(each.problems for each in self.pathways)


def verify(certificate: Document, text: str, rulebook: Rulebook, hashes: Document) -> Verification:
    """Hold a certificate, and the very text that it was read from, against a rulebook."""
    problems = list(_check_whole(certificate, hashes))
    if any(certificate[name] != hashes[name] for name in FILES):
        return Verification(certificate, tuple(problems))
    pathways = [
        _verify_pathway(given, f"{PATHWAYS}[{index}]", rulebook, certificate["reading"])
        for index, given in enumerate(certificate[PATHWAYS])
    ]
    found = Verification(certificate, tuple(problems), tuple(each for each, _ in pathways))
    if found.holds:
        true = head(certificate["date"], certificate["reading"], hashes, certificate["nvqplan"])
        true[PATHWAYS] = [each for _, each in pathways]
        if write_whole({**true, DIGEST: digest_of(true)}).splitlines() != text.splitlines():
            message = "keys stand in another order, or spaces are not where nvqplan puts them"
            return found._replace(problems=(Problem("", message),))
    return found


def _check_whole(certificate: Document, hashes: Document) -> Iterator[Problem]:
    digest = digest_of(certificate)
    if certificate[DIGEST] != digest:
        message = "the digest is not that of this certificate: something in it was changed"
        yield Problem(DIGEST, f"{message} ({digest} would be)")
    for name in FILES:
        if certificate[name] != hashes[name]:
            message = f"the certificate is of another {name}, with the hash {certificate[name]}"
            yield Problem(name, f"{message}; this one has {hashes[name]}")
    if not certificate[PATHWAYS]:
        yield Problem(PATHWAYS, "no pathway is certified")


def _verify_pathway(
    given: Document, place: str, rulebook: Rulebook, reading: Any
) -> tuple[VerifiedPathway, Document]:
    """One pathway and the certificate that it ought to have."""
    id = given["qualification"]["id"]
    chosen = next((each for each in rulebook.qualifications if each.id == id), None)
    if chosen is None:
        problem = Problem(f"{place}.qualification.id", f"the rulebook has no qualification '{id}'")
        return VerifiedPathway(given, (problem,)), {}
    if not is_certifiable(chosen):
        message = f"{id} has rules that no certificate can show"
        return VerifiedPathway(given, (Problem(f"{place}.qualification.id", message),)), {}
    told = CentreFacts(
        given["path"],
        given["pathway"],
        given["centre"],
        None if given["registered"] is None else date.fromisoformat(given["registered"]),
        given["age"],
    )
    true = certify(told, chosen, frozenset(given["units"]), reading)
    problems = (
        *_check_units(given, chosen, place),
        *compare(given, true, place),
        *_check_legal(true, place),
    )
    return VerifiedPathway(given, problems), true


def _check_units(given: Document, chosen: Qualification, place: str) -> Iterator[Problem]:
    for number in given["units"]:
        if number not in chosen.offering.units:
            message = f"unit {number} is in no group of {chosen.id}"
            yield Problem(f"{place}.units.{number}", message)


def _check_legal(true: Document, place: str) -> Iterator[Problem]:
    """A certificate is of a legal mix, whatever its figures say."""
    for index, rule in enumerate(true["rules"]):
        if rule["slack"] < 0:
            message = f"the rule is not met, it misses by {-rule['slack']}: {rule['says']}"
            yield Problem(f"{place}.rules[{index}]", f"{rule['id']}: {message}")
