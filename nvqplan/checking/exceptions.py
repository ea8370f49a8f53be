"""Approved exceptions: a pathway that breaks a rule with somebody's leave, until a day."""

from collections.abc import Mapping
from datetime import date

from nvqplan.core.curricula import Approval
from nvqplan.core.findings import Finding, Related
from nvqplan.core.words import say_date
from nvqplan.reports.results import Case, Checked, Settled
from nvqplan.rules.qualification import Judged


def approve(checked: Checked, today: date) -> Checked:
    """Turn the errors of rules with an exception in force into remarks; the verdict stays."""
    if not any(case.pathway.exceptions for case in checked.cases):
        return checked
    results = [_approve_case(case, today) for case in checked.cases]
    settled = (each for _, of_case in results for each in of_case)
    cases = tuple(case for case, _ in results)
    return checked._replace(cases=cases, settled=(*checked.settled, *settled))


def _approve_case(case: Case, today: date) -> tuple[Case, list[Settled]]:
    """The case as its exceptions leave it, and the errors that they settle."""
    judged = {each.rule.id: each for each in case.verdict.judgement.rules}
    approved, added = _look_up(case, judged, today)
    kept, settled = list[Finding](), list[Settled]()
    for finding in case.findings:
        rule = finding.subject
        if rule in approved and finding.code == judged[rule].kind.code:
            settled.append(Settled(finding, "exception", _say_approval(approved[rule])))
        else:
            kept.append(finding)
    added += [_tell_approved(case, each, judged[rule]) for rule, each in approved.items()]
    case = case._replace(findings=(*kept, *added), approved=tuple(approved.values()))
    return case, settled


def _look_up(
    case: Case, judged: Mapping[str, Judged], today: date
) -> tuple[dict[str, Approval], list[Finding]]:
    """The exceptions in force to rules that the mix breaks, and what is wrong with the others."""
    approved, found = dict[str, Approval](), list[Finding]()
    for each in case.pathway.exceptions:
        rule = each.rule.text
        if rule not in (known.id for known in case.qualification.rules):
            continue  # found where names are looked up
        if each.until < today:
            message = f"the exception to rule '{rule}' expired on {say_date(each.until)}"
            help = "the rule counts again: ask for a new approval, or mend the mix"
            found.append(_tell(case, each, "NVQ507", message, help))
        elif why := _why_idle(case, each, judged.get(rule), approved):
            help = "take it out, or it hides what goes wrong one day"
            message = f"this exception has no effect: {why}"
            found.append(_tell(case, each, "NVQ508", message, help))
        elif not judged[rule].holds:
            approved[rule] = each
    return approved, found


def _why_idle(
    case: Case, approval: Approval, judged: Judged | None, approved: Mapping[str, Approval]
) -> str:
    """Why an exception changes nothing; "" where it does, or where that cannot be known."""
    rule = approval.rule.text
    if case.proposal.draft:
        return f"'{case.pathway.name}' is a draft, and exceptions are for final pathways"
    if rule in approved:
        return f"rule '{rule}' has one in line {approved[rule].rule.location.line} already"
    if judged is None:
        return f"rule '{rule}' is not for learners registered on that date"
    return f"rule '{rule}' holds" if judged.holds and judged.outcomes else ""


def _tell_approved(case: Case, approval: Approval, judged: Judged) -> Finding:
    """The remark that stands for the errors of one rule, with their messages."""
    message = f"exception to rule '{judged.rule.id}' {_say_approval(approval)}"
    errors = (
        finding.message
        for finding in case.findings
        if (finding.subject, finding.code) == (judged.rule.id, judged.kind.code)
    )
    related = (Related(judged.rule.place, f"rule '{judged.rule.id}' of {case.qualification.id}"),)
    finding = _tell(case, approval, "NVQ506", message, "\n".join(errors))
    return finding._replace(related=related)


def _say_approval(approval: Approval) -> str:
    until = say_date(approval.until)
    return f"approved by {approval.by} until {until}: {approval.reason}"


def _tell(case: Case, approval: Approval, code: str, message: str, help: str) -> Finding:
    place, id = approval.rule.location, approval.rule.text
    source = next(rule.cited for rule in case.qualification.rules if rule.id == id)
    help = f"{help}\n{source}".lstrip()
    return Finding(place, code, message, help, id, case.pathway.name)
