"""Outcomes of rules in words: what a mix has, what it needs, and which units count."""

from nvqplan.qualification import Demand
from nvqplan.rules.outcome import Outcome
from nvqplan.units import Offering

SINGULAR = {
    "credits": "credit",
    "units": "unit",
    "years": "year",
    "pathways": "pathway",
    "files": "file",
    "outcomes": "outcome",
    "criteria": "criterion",
    "findings": "finding",
    "errors": "error",
    "warnings": "warning",
    "remarks": "remark",
}


def amount(number: int, measure: str) -> str:
    """`1 credit`, `3 credits`, `100 GLH`, `5 points`."""
    if number == 1 and measure in SINGULAR:
        return f"1 {SINGULAR[measure]}"
    return f"{number:,} {'GLH' if measure == 'glh' else measure.replace('_', ' ')}"


def listing(names: tuple[str, ...], last: str = "and") -> str:
    """`101`, `101 and 204`, `101, 204 and 301`."""
    head, tail = names[:-1], names[-1:]
    return f" {last} ".join(part for part in (", ".join(head), *tail) if part)


def say_outcome(outcome: Outcome) -> str:
    """How a mix stands to a rule, broken or not: have, need, and by how much it misses."""
    if outcome.missing:
        are = "is" if len(outcome.missing) == 1 else "are"
        asks = f", which {outcome.about} requires" if outcome.about else ""
        return f"{listing(outcome.missing)} {are} missing{asks}"
    if outcome.measure == "years" and outcome.short_by:
        return f"the youngest is {outcome.have}"
    have = f"have {amount(outcome.have, outcome.measure)}"
    if outcome.short_by:
        return f"{have}, need {outcome.at_least:,}, short by {outcome.short_by:,}"
    if outcome.over_by:
        return f"{have}, allowed {outcome.at_most:,}, over by {outcome.over_by:,}"
    low = [f"need {outcome.at_least:,}"] if outcome.at_least is not None else []
    high = [f"allowed {outcome.at_most:,}"] if outcome.at_most is not None else []
    return ", ".join([have, *low, *high])


def say_counted(outcome: Outcome, offering: Offering) -> str:
    """The units that count towards a sum, with what each adds; "" where no sum is at stake."""
    if outcome.is_of_learner or outcome.missing:
        return ""
    if not outcome.counted:
        return "no unit of the mix counts"
    if outcome.measure == "units":
        return f"counted: {', '.join(outcome.counted)}"
    units = offering.units
    added = (f"{number} ({units[number].measure(outcome.measure)})" for number in outcome.counted)
    return f"counted: {', '.join(added)}"


def say_demand(demand: Demand) -> str:
    """A rule by its id and sentence, a wish by what it asks."""
    return demand.says if demand.is_wish else f"rule '{demand.id}': {demand.says}"
