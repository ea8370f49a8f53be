"""Names for findings that stay the same while lines move and pathways change places."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from nvqplan.core.findings import Finding

LENGTH = 32
"""Hexadecimal digits; a chance likeness of two findings of one file is out of the question."""

_FIGURES = r"\d+(?:[.,]\d+)*"


def with_fingerprints(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Each finding of one file, in its order, with a fingerprint that no other of them has.

    It is made of the code, the pathway and the subject, or where there is none of the message
    without its figures; findings equal in all that are numbered.
    """
    from hashlib import sha256

    seen: Counter[tuple[str, ...]] = Counter()
    for finding in findings:
        about = ("", re.sub(_FIGURES, "0", finding.message))
        same = (finding.code, finding.pathway, *((finding.subject,) if finding.subject else about))
        seen[same] += 1
        digest = sha256("\0".join((*same, str(seen[same]))).encode("utf-8", "surrogatepass"))
        yield finding, digest.hexdigest()[:LENGTH]
