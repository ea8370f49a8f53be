"""The outcome of `check` as text."""

from collections.abc import Iterator, Sequence

from nvqplan.advice.assessment import Assessment, Totals
from nvqplan.advice.proposal import MENU
from nvqplan.checks import Case, Checked, in_order
from nvqplan.codes import CODES
from nvqplan.findings import Finding
from nvqplan.reading.sources import Sources
from nvqplan.reports.findings_text import printable, write_findings
from nvqplan.reports.ink import Ink
from nvqplan.wording import amount, listing


def write_check(checked: Sequence[Checked], sources: Sources, ink: Ink) -> Iterator[str]:
    """File by file: what concerns the whole file, then each pathway, then a summary."""
    for file in checked:
        yield from write_findings(in_order(file.findings), sources, ink)
        for name in file.unjudged:
            told = ink("not judged", "red")
            yield f"{_name(file, name, ink)}: {told}, see the errors above"
        if file.unjudged:
            yield ""
        for case in file.cases:
            yield from _write_case(file, case, sources, ink)
    if any(file.is_file for file in checked):
        yield _summary(checked, ink)


def _write_case(file: Checked, case: Case, sources: Sources, ink: Ink) -> Iterator[str]:
    yield f"{_name(file, case.pathway.name, ink)}: {_verdict(case, ink)}"
    for line in (*_say_totals(case.assessment.totals), *_say_near(case.assessment)):
        yield f"  {line}"
    yield from write_findings(in_order(case.findings), sources, ink)
    yield ""


def _name(file: Checked, name: str, ink: Ink) -> str:
    where = f"{printable(file.path)}: " if file.is_file else ""
    return f"{where}{ink(printable(name), 'bold')}"


def _verdict(case: Case, ink: Ink) -> str:
    words = {
        (False, True): "legal for",
        (False, False): "illegal for",
        (True, True): "draft, can be completed to",
        (True, False): "draft, cannot be completed to",
    }
    passes, id = case.assessment.passes, case.qualification.id
    told = ink(words[case.assessment.proposal.draft, passes], "green" if passes else "red")
    return f"{told} {id}"


def _say_totals(totals: Totals) -> Iterator[str]:
    units, credits = amount(totals.units, "units"), amount(totals.credits, "credits")
    yield f"{units}, {credits}, {totals.glh} GLH"
    levels = ", ".join(f"level {level}: {credits}" for level, credits in totals.by_level.items())
    groups = ", ".join(f"Group {name}: {credits}" for name, credits in totals.by_group.items())
    yield f"credits at {levels}; {groups}" if levels else f"credits in {groups}"


def _say_near(assessment: Assessment) -> Iterator[str]:
    """What lies near the mix: a legal part of it, a completion, other qualifications earned."""
    if assessment.without:
        ways = [f"without {listing(units)}" for units in assessment.without]
        more = ["in other ways"] if len(ways) > MENU else []
        yield f"legal {'; or '.join(ways[:MENU] + more)}"
    if assessment.completion:
        mix = assessment.proposal.mix
        added = tuple(u.number for u in assessment.completion.units if u.number not in mix)
        smallest = f"the smallest adds {listing(added)}" if added else "it is one as it stands"
        figures = f"{assessment.completion.credits} credits, {assessment.completion.glh} GLH"
        yield f"{assessment.completions:,} legal mixes contain it; {smallest}: {figures}"
    if assessment.earns:
        earned = listing(tuple(each.id for each in assessment.earns))
        yield f"{'also earns' if assessment.passes else 'earns'} {earned}"


def _summary(checked: Sequence[Checked], ink: Ink) -> str:
    cases = [case for file in checked for case in file.cases]
    passing = sum(case.assessment.passes for case in cases)
    pathways = amount(len(cases) + sum(len(file.unjudged) for file in checked), "pathways")
    meet = f"{passing:,} of {pathways} in {amount(len(checked), 'files')} meet the rules"
    counts = count_severities([finding for file in checked for finding in file.all_findings])
    told = [amount(number, f"{severity}s") for severity, number in counts.items() if number]
    return ink("; ".join([meet, *([", ".join(told)] if told else [])]), "bold")


def count_severities(findings: Sequence[Finding]) -> dict[str, int]:
    """How many errors, warnings and remarks there are."""
    counts = {"error": 0, "warning": 0, "remark": 0}
    for finding in findings:
        counts[CODES[finding.code].severity] += 1
    return counts
