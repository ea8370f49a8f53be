"""What a certificate says of a legal pathway: its units, and every sum of every rule."""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

from nvqplan import __version__
from nvqplan.core.sources import Sources
from nvqplan.core.units import GROUP_MARK, Mix, Offering
from nvqplan.reading.rulebook import FILES
from nvqplan.rules.kinds import key_of
from nvqplan.rules.outcome import Outcome
from nvqplan.rules.qualification import Judged, Qualification
from nvqplan.rules.terms import ReadingName, Terms

VERSION = 1
"""Of the format: it rises when a key changes its meaning, comes or goes."""

PATHWAYS = "pathways"
DIGEST = "digest"

Certificate = dict[str, Any]
"""A certificate or a part of one, as JSON has it."""


CENTRE_FACTS = ("path", "pathway", "centre", "registered", "age")
"""What only the centre knows of a pathway, and no rulebook can prove; null is what is unknown."""


def is_certifiable(qualification: Qualification) -> bool:
    """Whether every rule, read either way, is a plain sum that anybody can do again by hand.

    What holds in one of many ways, or counts in part only, is not; nor can be shown what is asked
    of learners beside date and lowest age, of how units are achieved, and of imported ones.
    """
    offering, rules = qualification.offering, qualification.rules
    is_flat = not any(GROUP_MARK in group for group in offering.groups.values())
    asks_dates_only = not any(rule.when.asks_age or rule.when.attributes for rule in rules)
    kinds = (kind for rule in rules for kind in rule.kinds)
    is_plain = is_flat and asks_dates_only and not offering.imported
    return is_plain and all(kind.is_certifiable for kind in kinds)


def certify(
    facts: Certificate, qualification: Qualification, mix: Mix, reading: ReadingName
) -> Certificate:
    """Everything about one mix, as the rules say; whoever asks looks whether it is legal.

    The centre's facts are repeated.
    """
    registered = facts["registered"] and date.fromisoformat(facts["registered"])
    terms = Terms(registered, facts["age"], reading)
    read_so = terms.rules_read_as_intended(qualification)
    offering = qualification.offering
    units = {number: _unit(number, offering) for number in offering.units if number in mix}
    judgement = qualification.judge(mix, terms.learner(qualification), read_so)
    return {
        **{name: facts[name] for name in CENTRE_FACTS},
        "reading": reading,
        "qualification": {
            "id": qualification.id,
            "number": qualification.number,
            "qan": qualification.qan,
        },
        "units": units,
        "totals": {name: sum(unit[name] for unit in units.values()) for name in ("credits", "glh")},
        "rules": [
            _comparison(judged, outcome, judged.rule.sentence(read_so), offering)
            for judged in judgement.rules
            for outcome in judged.outcomes
        ],
    }


def _unit(number: str, offering: Offering) -> Certificate:
    unit = offering.units[number]
    return {
        "uan": unit.uan,
        "title": unit.title,
        "level": unit.level,
        "credits": unit.credits,
        "glh": unit.glh,
        "group": offering.groups[number],
    }


def _comparison(judged: Judged, outcome: Outcome, says: str, offering: Offering) -> Certificate:
    """One sum of a rule, with what each unit adds, so that it can be redone by hand."""
    adds = outcome.adds(offering)
    return {
        "id": judged.rule.id,
        "says": says,
        "kind": key_of(judged.kind),
        "about": outcome.about,
        "source": judged.rule.source,
        "adds": {number: adds[number] for number in offering.units if number in adds},
        "have": outcome.have,
        "at_least": outcome.at_least,
        "at_most": outcome.at_most,
        "slack": outcome.slack,
    }


def head(day: str, reading: str, hashes: Certificate, version: str = __version__) -> Certificate:
    """What stands before all pathways."""
    return {"certificate": VERSION, "nvqplan": version, "date": day, "reading": reading, **hashes}


def hash_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def hash_rulebook(folder: str, sources: Sources) -> dict[str, str]:
    """The hashes of catalogue and rules; OSError where they are not what has been read."""
    hashes = {}
    for name in FILES:
        path = Path(folder, name)
        data = path.read_bytes()
        if not sources.holds(str(path), data):
            raise OSError(f"{path} was changed while it was read; try again")
        hashes[name] = hash_of(data)
    return hashes


def digest_of(certificate: Certificate) -> str:
    """The digest that a certificate ought to have: the hash over all of it but the digest."""
    return hash_of(canonical({k: v for k, v in certificate.items() if k != DIGEST}).encode())


def canonical(document: Certificate) -> str:
    """A certificate, or a part of one, as it is hashed."""
    return json.dumps(document, sort_keys=True)


def write_whole(certificate: Certificate) -> str:
    """A certificate as it is laid out: nothing else stands in its file."""
    return json.dumps(certificate, indent=2) + "\n"
