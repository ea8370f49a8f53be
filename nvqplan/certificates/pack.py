"""All certificates of one run, written one after the other and kept by nobody."""

import json
from collections.abc import Iterator
from datetime import date
from textwrap import indent

from nvqplan.certificates.document import DIGEST, PATHWAYS, Digest, Document, Told, certify
from nvqplan.codes import CODES
from nvqplan.results import Case, Checked


class Pack:
    """One JSON document: the same bytes as if it were written whole.

    `certified` and `left_out` count the pathways, those left out by what keeps them out.
    """

    def __init__(self, head: Document) -> None:
        self._head = json.dumps({**head, PATHWAYS: []}, indent=2).removesuffix("]\n}")
        self._digest = Digest(head)
        self.certified = 0
        self.left_out: dict[str, int] = {}

    def head(self) -> str:
        return self._head

    def file(self, checked: Checked) -> Iterator[str]:
        """The certificates of one file, with what stands between them and the one before."""
        for case in checked.cases:
            reason = _why_not(case)
            if reason:
                self._leave_out(reason, 1)
            else:
                document = _certificate(checked, case)
                self._digest.add(document)
                yield ",\n" if self.certified else "\n"
                yield indent(json.dumps(document, indent=2), "    ")
                self.certified += 1
        self._leave_out("not judged", len(checked.unjudged))

    def tail(self) -> str:
        end = "\n  ]" if self.certified else "]"
        return f'{end},\n  "{DIGEST}": "{self._digest.value()}"\n}}\n'

    def _leave_out(self, reason: str, pathways: int) -> None:
        if pathways:
            self.left_out[reason] = self.left_out.get(reason, 0) + pathways


def _why_not(case: Case) -> str:
    """What keeps a pathway from being certified, "" for nothing.

    The units of one with errors, such as a unit that nobody knows, are not what its file says.
    """
    if case.assessment.proposal.draft:
        return "draft"
    if not case.assessment.judgement.legal:
        return "illegal"
    has_error = any(CODES[finding.code].severity == "error" for finding in case.findings)
    return "with errors" if has_error else ""


def _certificate(checked: Checked, case: Case) -> Document:
    proposal = case.assessment.proposal
    registered = proposal.terms.registered
    told = Told(
        checked.path,
        case.pathway.name,
        checked.centre,
        registered if isinstance(registered, date) else None,
        proposal.terms.age,
    )
    return certify(told, proposal.qualification, proposal.mix, proposal.terms.reading)
