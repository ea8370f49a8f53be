"""Outcomes of rules in words: what a mix has, what it needs, and which units count."""

from collections.abc import Iterable, Iterator

from nvqplan.core.units import Offering
from nvqplan.core.validity import Provenance, Validity, Verified
from nvqplan.core.words import amount, listing, say_date
from nvqplan.rules.learner import When
from nvqplan.rules.outcome import Option, Outcome
from nvqplan.rules.qualification import Demand, Qualification
from nvqplan.rules.rule import Rule


def say_total(qualification: Qualification) -> str:
    """How large a mix is to be: `42 credits`, `13 units`."""
    measure, total = qualification.size
    return amount(total, measure) if total else "no total"


def say_outcome(outcome: Outcome) -> str:
    """How a mix stands to a rule, broken or not: have, need, and by how much it misses."""
    if outcome.missing or outcome.choices:
        lacking = (*outcome.missing, *(f"one of {listing(each)}" for each in outcome.choices))
        are = "is" if len(lacking) == 1 else "are"
        require = "requires" if len(outcome.asked_by) == 1 else "require"
        by = f", which {listing(outcome.asked_by)} {require}" if outcome.asked_by else ""
        return f"{listing(lacking)} {are} missing{by}"
    if outcome.measure == "years" and outcome.short_by:
        return f"the youngest is {outcome.have}"
    return ", ".join([f"have {say_have(outcome)}", *_say_needs(outcome)])


def say_against(sentence: str, outcome: Outcome) -> str:
    """A rule's sentence, which part of the rule it is, and the figures of a mix."""
    is_said = outcome.missing or outcome.is_of_learner
    about = f"{outcome.about}: " if outcome.about and not is_said else ""
    return f"{sentence}: {about}{say_outcome(outcome)}"


def say_have(outcome: Outcome) -> str:
    """`3 credits`, `3 of 9 credits` of a share, `1 alternative (Sales)`."""
    if outcome.out_of is not None:
        return f"{outcome.have:,} of {amount(outcome.out_of, outcome.measure)}"
    held = tuple(option.name for option in outcome.options if option.holds)
    return amount(outcome.have, outcome.measure) + (f" ({listing(held)})" if held else "")


def _say_needs(outcome: Outcome) -> Iterator[str]:
    """Say each bound, and by how much it is missed; of two bounds only the one that is missed.

    And what there is that does not count.
    """
    if outcome.at_least is not None and not outcome.over_by:
        yield f"need {outcome.at_least:,}"
    if outcome.short_by:
        yield f"short by {outcome.short_by:,}"
    elif outcome.at_most is not None:
        yield f"allowed {outcome.at_most:,}"
    if outcome.over_by:
        yield f"over by {outcome.over_by:,}"
    for units, number in outcome.beyond:
        do = "does" if number == 1 else "do"
        yield f"{amount(number, outcome.measure)} of {units} {do} not count"


def say_counted(outcome: Outcome, offering: Offering) -> str:
    """The units that count towards a sum, with what each adds; "" where no sum is at stake."""
    if outcome.options:
        return "\n".join(_say_missed(option) for option in outcome.options if not option.holds)
    if outcome.is_of_learner or outcome.missing or outcome.choices:
        return ""
    if not outcome.counted:
        return "no unit of the mix counts"
    if outcome.measure == "units":
        return f"counted: {', '.join(outcome.counted)}"
    added = (f"{number} ({amount})" for number, amount in outcome.adds(offering).items())
    return f"counted: {', '.join(added)}"


def _say_missed(option: Option) -> str:
    """Why an alternative does not hold."""
    missed = (say_outcome(outcome) for outcome in option.outcomes if not outcome.holds)
    return f"not {option.name}: {'; '.join(missed)}"


def say_titles(titles: tuple[str, ...]) -> str:
    """Say which titles a mix earns, the best first."""
    also = f"; also {listing(titles[1:])}" if titles[1:] else ""
    return f"earns the title {titles[0]}{also}"


def say_demand(demand: Demand) -> str:
    """A rule by its id and sentence, a wish by what it asks."""
    return demand.says if demand.is_wish else f"rule '{demand.id}': {demand.says}"


def say_sources(rules: Iterable[Rule]) -> Iterator[str]:
    """Say where the print has these rules, in one line for all that it has in one place."""
    by_source: dict[str, dict[str, None]] = {}
    for rule in rules:
        by_source.setdefault(rule.source, {})[f"'{rule.id}'"] = None
    for source, named in by_source.items():
        yield f"source of {listing(tuple(named))}: {source}"


def say_validity(valid: Validity) -> str:
    """`valid from 1 October 2017 until 31 August 2027`, "" where nobody says."""
    window = str(When(*valid)).removeprefix("registered ")
    return f"valid {window}" if window else ""


def say_verified(verified: Verified | None) -> str:
    """`verified on 1 November 2026 by A. Author`, "" where nobody has."""
    return "" if verified is None else f"verified on {say_date(verified.on)} by {verified.by}"


def say_provenance(source: str, provenance: Provenance) -> str:
    """Where the print has it, since and until when it counts, and who has verified it."""
    valid, verified = provenance
    return "; ".join(filter(None, (source, say_validity(valid), say_verified(verified))))
