"""Whether a certificate holds: all of it worked out anew, from the rules alone."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from nvqplan.certificates.document import (
    DIGEST,
    PATHWAYS,
    Certificate,
    certify,
    digest_of,
    head,
    is_certifiable,
    write_whole,
)
from nvqplan.certificates.shape import Problem
from nvqplan.core.values import NamedTuple
from nvqplan.reading.rulebook import FILES
from nvqplan.rules.qualification import Qualification, Rulebook


class VerifiedPathway(NamedTuple):
    """One pathway of a certificate, and what is not as the certificate says."""

    given: Certificate
    problems: tuple[Problem, ...]


class Verification(NamedTuple):
    """What was found about the certificate as a whole, and pathway by pathway.

    No pathway is looked at where the certificate is of another catalogue or other rules, or where
    a file holds none.
    """

    certificate: Certificate | None
    problems: tuple[Problem, ...]
    pathways: tuple[VerifiedPathway, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.problems and not any(each.problems for each in self.pathways)


def verify(
    certificate: Certificate, text: str, rulebook: Rulebook, hashes: Certificate
) -> Verification:
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


def _check_whole(certificate: Certificate, hashes: Certificate) -> Iterator[Problem]:
    if certificate[DIGEST] != digest_of(certificate):  # and which it ought to be helps forgers only
        message = "the digest is not that of this certificate: something in it was changed"
        yield Problem(DIGEST, message)
    for name in FILES:
        if certificate[name] != hashes[name]:
            message = f"the certificate is of another {name}, with the hash {certificate[name]}"
            yield Problem(name, f"{message}; this one has {hashes[name]}")
    if not certificate[PATHWAYS]:
        yield Problem(PATHWAYS, "no pathway is certified")


def _verify_pathway(
    given: Certificate, place: str, rulebook: Rulebook, reading: Any
) -> tuple[VerifiedPathway, Certificate]:
    """One pathway and the certificate that it ought to have."""
    id = given["qualification"]["id"]
    chosen = next((each for each in rulebook.qualifications if each.id == id), None)
    if chosen is None or not is_certifiable(chosen):
        message = f"{id} has rules that no certificate can show"
        if chosen is None:
            message = f"the rulebook has no qualification '{id}'"
        return VerifiedPathway(given, (Problem(f"{place}.qualification.id", message),)), {}
    true = certify(given, chosen, frozenset(given["units"]), reading)
    problems = (
        *_check_units(given, chosen, place),
        *_compare(given, true, place),
        *_check_legal(true, place),
    )
    return VerifiedPathway(given, problems), true


def _check_units(given: Certificate, chosen: Qualification, place: str) -> Iterator[Problem]:
    for number in given["units"]:
        if number not in chosen.offering.units:
            message = f"unit {number} is in no group of {chosen.id}"
            yield Problem(f"{place}.units.{number}", message)


def _check_legal(true: Certificate, place: str) -> Iterator[Problem]:
    """Report every rule that the mix breaks, whatever the figures of the certificate say."""
    for index, rule in enumerate(true["rules"]):
        if rule["slack"] < 0:
            message = f"the rule is not met, it misses by {-rule['slack']}: {rule['says']}"
            yield Problem(f"{place}.rules[{index}]", f"{rule['id']}: {message}")


def _compare(given: Certificate, true: Certificate, place: str) -> Iterator[Problem]:
    """Every figure and text of one pathway that is not as it ought to be."""
    if given["reading"] != true["reading"]:
        message = f"read as {given['reading']}, the whole certificate as {true['reading']}"
        yield Problem(f"{place}.reading", message)
    for part in ("qualification", "totals"):
        yield from _compare_members(given[part], true[part], f"{place}.{part}", part)
    for number, unit in true["units"].items():
        where = f"{place}.units.{number}"
        yield from _compare_members(given["units"][number], unit, where, f"unit {number}")
    yield from _compare_rules(given["rules"], true["rules"], f"{place}.rules")


def _compare_members(
    given: Mapping[str, Any], true: Mapping[str, Any], place: str, what: str
) -> Iterator[Problem]:
    for key, value in true.items():
        if isinstance(value, dict):
            yield from _compare_adds(given[key], value, f"{place}.{key}", what)
        elif given[key] != value:
            message = f"{what}: the certificate says {key} {_quote(given[key])}"
            message += f", the rules say {_quote(value)}"
            yield Problem(f"{place}.{key}", message)


def _compare_adds(
    given: Mapping[str, int], true: Mapping[str, int], place: str, what: str
) -> Iterator[Problem]:
    """What each unit adds to a sum."""
    for number in {**true, **given}:
        where = f"{place}.{number}"
        added, adds = given.get(number), true.get(number)
        if added is None:
            yield Problem(where, f"{what}: the certificate leaves out {number}, which adds {adds}")
        elif adds is None:
            yield Problem(where, f"{what}: {number} does not count, the certificate says it does")
        elif added != adds:
            message = f"{what}: the certificate says {number} adds {added}, the rules say {adds}"
            yield Problem(where, message)


def _compare_rules(
    given: list[Certificate], true: list[Certificate], place: str
) -> Iterator[Problem]:
    """Compare rule by rule; a comparison that is left out or made up is named as such."""
    true_rules, given_rules = _by_name(true), _by_name(given)
    for name, (index, rule) in given_rules.items():
        where = f"{place}[{index}]"
        if name in true_rules:
            yield from _compare_members(rule, true_rules[name][1], where, _title(rule))
        else:
            yield Problem(where, f"{_title(rule)}: no such rule applies")
    for name, (_, rule) in true_rules.items():
        if name not in given_rules:
            yield Problem(place, f"{_title(rule)}: the rule applies, the certificate leaves it out")
    if given_rules.keys() == true_rules.keys() and [*given_rules] != [*true_rules]:
        yield Problem(place, "the rules stand in another order than in the rulebook")


def _by_name(rules: list[Certificate]) -> dict[tuple[str, str, int], tuple[int, Certificate]]:
    """Each comparison with its index, by rule, what it is about, and how often that was before."""
    named: dict[tuple[str, str, int], tuple[int, Certificate]] = {}
    for index, rule in enumerate(rules):
        times = sum(name[:2] == (rule["id"], rule["about"]) for name in named)
        named[rule["id"], rule["about"], times] = index, rule
    return named


def _title(rule: Certificate) -> str:
    return f"{rule['id']} {rule['about']}".rstrip()


def _quote(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
