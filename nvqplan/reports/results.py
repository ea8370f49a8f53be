"""What checking a file comes to: its findings, pathway by pathway, and the sum over all files."""

from collections.abc import Callable, Iterable
from typing import Literal

from nvqplan.advice.assessment import Nearby, Verdict
from nvqplan.advice.proposal import Proposal
from nvqplan.core.codes import CODES, FAILING, FailOn, Severity
from nvqplan.core.curricula import Approval, Pathway
from nvqplan.core.findings import Finding, Location
from nvqplan.core.values import NamedTuple
from nvqplan.rules.lookup import Lists, Named
from nvqplan.rules.qualification import Qualification

By = Literal["comment", "exception", "baseline"]
"""What may settle a finding."""


class Settled(NamedTuple):
    """A finding that is not shown any more, what settled it, and the reason given for that."""

    finding: Finding
    by: By
    reason: str


class Case(NamedTuple):
    """One pathway with its names looked up, and all there is to say of it."""

    pathway: Pathway
    lists: Lists
    imported: tuple[Named, ...]
    verdict: Verdict
    nearby: Nearby
    findings: tuple[Finding, ...] = ()
    approved: tuple[Approval, ...] = ()
    """The exceptions in force to rules that the mix breaks; it stays illegal all the same."""
    before: "Case | None" = None
    """The same pathway under the older rulebook, where two are compared and both judge it."""

    @property
    def units(self) -> tuple[Named, ...]:
        return self.lists["units"]

    @property
    def proposal(self) -> Proposal:
        return self.verdict.proposal

    @property
    def qualification(self) -> Qualification:
        return self.verdict.proposal.qualification

    @property
    def is_rulebooks_fault(self) -> bool:
        """Whether no mix at all meets the rules, so that nothing is the pathway's own fault."""
        remedy = self.nearby.remedy
        return remedy is not None and remedy.is_rulebook

    def place_of(self, unit: str) -> Location:
        """Where the pathway last names a unit, the pathway itself where it does not."""
        return dict((*self.units, *self.imported)).get(unit, self.pathway.place)


class Proven(NamedTuple):
    """A labelled mix of a rulebook's proofs: what was found in it, whether it is as labelled."""

    name: str
    agrees: bool
    findings: tuple[Finding, ...] = ()


ONE_MIX = "--units"
"""Stands for the path of a mix that was written on the command line."""


class Checked(NamedTuple):
    """What was found in one file: about the file as a whole, and case by case."""

    path: str
    centre: str = ""
    findings: tuple[Finding, ...] = ()
    cases: tuple[Case, ...] = ()
    unjudged: tuple[str, ...] = ()
    """Names of pathways on which there is no verdict, since a value is missing or unreadable."""
    settled: tuple[Settled, ...] = ()
    """Findings that a comment, an exception or the baseline has taken out of those above."""
    ignored: int = 0
    """How many more findings there are whose codes are not selected."""
    proofs: tuple[Proven, ...] = ()
    """Of a file of proofs, the labelled mixes that could be judged."""

    @property
    def is_file(self) -> bool:
        """Whether it was a file, and not one mix on the command line."""
        return self.path != ONE_MIX

    @property
    def is_whole(self) -> bool:
        """Whether every pathway was judged, so that no finding of the file can be missing."""
        stops = any(CODES[each.code].stops for each in self.findings)
        return bool(self.cases) and not self.unjudged and not stops

    def keeping(self, keep: Callable[[Finding], bool]) -> "Checked":
        """The same with fewer findings in its cases and about the file."""
        cases = [case._replace(findings=tuple(filter(keep, case.findings))) for case in self.cases]
        return self._replace(findings=tuple(filter(keep, self.findings)), cases=tuple(cases))

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Every finding in the order of the file."""
        in_cases = (finding for case in self.cases for finding in case.findings)
        in_proofs = (finding for proof in self.proofs for finding in proof.findings)
        return in_order((*self.findings, *in_cases, *in_proofs))

    @property
    def shown_and_settled(self) -> tuple[Finding, ...]:
        """Every finding in an order that is the same whichever of them are settled."""
        settled = (each.finding for each in self.settled)
        return tuple(sorted((*self.all_findings, *settled), key=lambda each: each[:4]))


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in the order of the file; those of one place and code as they were found."""
    return tuple(sorted(findings, key=lambda finding: (finding.location, finding.code)))


class Tally:
    """How many files and pathways were checked, and how many findings were shown."""

    def __init__(self, qualifications: int = 0) -> None:
        """With how many qualifications rules are looked at, and not pathways."""
        self.qualifications = qualifications
        self.files = 0
        self.pathways = 0
        self.passing = 0
        self.unjudged = 0
        self.findings: dict[Severity, int] = {"error": 0, "warning": 0, "remark": 0}
        self.stops = False
        self.approved = 0
        self.settled: dict[By, int] = {"comment": 0, "exception": 0, "baseline": 0}
        self.ignored = 0

    def add(self, checked: Checked) -> None:
        self.files += checked.is_file
        self.pathways += len(checked.cases) + len(checked.unjudged)
        self.unjudged += len(checked.unjudged)
        self.passing += sum(case.verdict.passes for case in checked.cases)
        self.approved += sum(bool(case.approved) for case in checked.cases)
        for finding in checked.all_findings:
            code = CODES[finding.code]
            self.findings[code.severity] += 1
            self.stops |= code.stops
        for settled in checked.settled:
            self.settled[settled.by] += 1
        self.ignored += checked.ignored

    def exit_code(self, fail_on: FailOn = "error") -> int:
        """2 where a file could not be read, 1 where findings fail, 0 where all is well.

        A pathway without a verdict fails, whether or not the findings that say why are shown.
        """
        if self.stops:
            return 2
        failing = FAILING[fail_on]
        return int(any(self.findings[each] for each in failing) or bool(failing and self.unjudged))
