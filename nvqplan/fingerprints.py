"""Fingerprints: what a finding is known by in the next run, when its file has been edited."""

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from nvqplan.findings import Finding

DIGITS = 16


def fingerprints(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Each finding of one file, in the order given, with a fingerprint that no other has.

    No line is part of it, so that it survives edits above it; findings that are alike in all that
    is part of it are told apart by a running number.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        about = (finding.code, finding.pathway, finding.subject or finding.message)
        seen[about] += 1
        # Plain ASCII, so that no name can spoil the text or be taken for two.
        told = ascii((*about, seen[about]))
        yield finding, sha256(told.encode()).hexdigest()[:DIGITS]
