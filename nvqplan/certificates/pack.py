"""All certificates of one run, written one after the other and kept by nobody."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from textwrap import indent

from nvqplan.certificates.document import (
    DIGEST,
    PATHWAYS,
    Certificate,
    canonical,
    certify,
    is_certifiable,
)
from nvqplan.core.codes import CODES
from nvqplan.reports.results import Case, Checked, Tally


class Pack:
    """One JSON document: the bytes and the digest as if it were written whole, fed like any report.

    `certified` and `left_out` count the pathways, those left out by what keeps them out.
    """

    def __init__(self, head: Certificate) -> None:
        self._head = json.dumps({**head, PATHWAYS: []}, indent=2).splitlines()
        before, self._after = canonical({**head, PATHWAYS: []}).split("[]")
        self._hash = hashlib.sha256(f"{before}[".encode())
        self._held = self._head[-2].removesuffix("]")
        self.certified = 0
        self.left_out: dict[str, int] = {}

    def head(self) -> Iterator[str]:
        yield from self._head[:-2]

    def file(self, checked: Checked) -> Iterator[str]:
        """The certificates of one file; each is held back until it is known what follows."""
        for case in checked.cases:
            reason = _why_not(checked, case)
            if reason:
                self._leave_out(reason, 1)
            else:
                document = _certificate(checked, case)
                between = ", " if self.certified else ""
                self._hash.update(f"{between}{canonical(document)}".encode())
                yield self._held + between.rstrip()
                self._held = indent(json.dumps(document, indent=2), "    ")
                self.certified += 1
        self._leave_out("not judged", len(checked.unjudged))

    def tail(self, tally: Tally) -> Iterator[str]:
        yield f"{self._held}\n  ]," if self.certified else f"{self._held}],"
        self._hash.update(f"]{self._after}".encode())
        yield f'  "{DIGEST}": "{self._hash.hexdigest()}"'
        yield "}"

    def _leave_out(self, reason: str, pathways: int) -> None:
        if pathways:
            self.left_out[reason] = self.left_out.get(reason, 0) + pathways


def _why_not(checked: Checked, case: Case) -> str:
    """What keeps a pathway from being certified, "" for nothing.

    The units of one with errors, such as a unit that nobody knows, are not what its file says,
    whether or not the errors are reported.
    """
    if case.proposal.draft:
        return "draft"
    if not case.verdict.judgement.legal:
        return "illegal"
    if case.imported:
        return "with imported units"
    if not is_certifiable(case.qualification):
        return "under rules that no certificate can show"
    settled = (each.finding for each in checked.settled)
    found = (*case.findings, *(each for each in settled if each.pathway == case.pathway.name))
    return "with errors" if any(CODES[each.code].severity == "error" for each in found) else ""


def _certificate(checked: Checked, case: Case) -> Certificate:
    proposal = case.proposal
    registered = proposal.terms.registered
    facts = {
        "path": checked.path,
        "pathway": case.pathway.name,
        "centre": checked.centre,
        "registered": str(registered) if isinstance(registered, date) else None,
        "age": proposal.terms.age,
    }
    return certify(facts, proposal.qualification, proposal.mix, proposal.terms.reading)
