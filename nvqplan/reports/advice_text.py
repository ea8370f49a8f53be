"""Advice in words: why a mix cannot be as it stands, how it can be mended, what it earns."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from nvqplan.core.words import amount, listing, say_sums
from nvqplan.rules.qualification import Demand
from nvqplan.rules.wording import say_demand, say_outcome, say_sources, say_titles

if TYPE_CHECKING:
    from nvqplan.advice.awards import Missed, Sharing
    from nvqplan.advice.proposal import Proposal
    from nvqplan.advice.remedies import Conflict, Reach, Remedy, Temptation
    from nvqplan.advice.repairs import Repair
    from nvqplan.advice.suggestions import Answer


def say_remedy(remedy: "Remedy", proposal: "Proposal") -> Iterator[str]:
    """Each conflict with the ways to mend it, or the ways to add what is missing."""
    if remedy.is_rulebook:
        yield "no mix of units meets the rules, so nothing here is at fault"
        return
    for conflict in remedy.conflicts:
        yield "cannot hold together:"
        yield from (f"  {line}" for line in _say_conflict(conflict))
        yield from _say_repairs(conflict.repairs, remedy, proposal)
    yield from _say_repairs(remedy.repairs, remedy, proposal)
    if remedy.more_repairs:
        yield "    and other repairs as cheap as the first"
    if remedy.needs_held:
        yield "no repair keeps what is held or imported; --may-drop-held allows others"
    yield from map(_say_temptation, remedy.temptations)


def _say_conflict(conflict: "Conflict") -> Iterator[str]:
    """What the author chose, then the rules, each with how far it gets beside the rest."""
    yield from _say_choices([each for each in conflict.demands if each.is_wish])
    reaches = {reach.rule: reach for reach in conflict.reaches}
    for demand in conflict.demands:
        if not demand.is_wish:
            reach = reaches.get(demand.id)
            yield say_demand(demand) + (f"; {_say_reach(reach)}" if reach else "")


def _say_choices(choices: Sequence[Demand]) -> Iterator[str]:
    """Units of one kind in one line, such as `212 and 318 in the pathway`."""
    hows = dict.fromkeys(each.says.partition(" is ")[2] for each in choices if each.unit)
    for how in hows:
        units = tuple(each.unit for each in choices if each.unit and each.says.endswith(how))
        yield f"{listing(units)} {how}"
    yield from (each.says for each in choices if not each.unit)


def _say_reach(reach: "Reach") -> str:
    best = amount(reach.best, reach.measure)
    if reach.at_most is None:
        return f"beside the others at most {best} can be had, need {reach.at_least:,}"
    return f"the others alone have {best}, allowed {reach.at_most:,}"


def _say_repairs(
    repairs: "Iterable[Repair]", remedy: "Remedy", proposal: "Proposal"
) -> Iterator[str]:
    units = proposal.qualification.offering.units
    for index, repair in enumerate(repairs):
        yield f"{'    or' if index else 'repair'}: {_say_repair(repair, remedy, proposal)}"
        if not index:
            named = (units[number] for number in (*repair.drop, *repair.add) if number in units)
            yield from (f"        {unit.number} {unit.title}" for unit in named)


def _say_repair(repair: "Repair", remedy: "Remedy", proposal: "Proposal") -> str:
    """`drop 212, add 310: 43 credits, 287 GLH, legal`, and at what price."""
    sums = say_sums(repair.totals.sums_beside)
    result = f"can be completed to {sums}" if proposal.draft else f"{sums}, legal"
    beyond = listing(tuple(f"'{rule}'" for rule in remedy.beyond))
    elsewhere = "only with what is not on offer:" if proposal.draft else "not on offer:"
    prices = {
        "but for rule": beyond,
        "without held": listing(repair.lost),
        elsewhere: listing(repair.outside),
    }
    paid = (f"{price} {what}" for price, what in prices.items() if what)
    return f"{say_edit(repair.drop, repair.add)}: {', '.join([result, *paid])}"


def say_edit(drop: Sequence[str], add: Sequence[str]) -> str:
    edits = {"drop": drop, "add": add}
    return ", ".join(f"{verb} {listing(tuple(units))}" for verb, units in edits.items() if units)


def _say_temptation(temptation: "Temptation") -> str:
    """A change that mends one rule, and what it would break."""
    mends = listing(tuple(f"'{rule.id}'" for rule in temptation.mended))
    broken = (f"'{each.rule.id}' ({say_outcome(each.broken[0])})" for each in temptation.broken)
    edit = say_edit(temptation.drop, temptation.add)
    return f"no help: {edit} alone mends {mends}, but breaks {listing(tuple(broken))}"


def say_no_fit(answer: "Answer") -> Iterator[str]:
    """The demands that no mix meets together, and that any one left out makes room for a mix."""
    yield f"No mix of {answer.qualification.id} fits. These cannot hold together:"
    for demand in sorted(answer.conflict, key=lambda demand: not demand.is_wish):
        yield f"  {'wish' if demand.is_wish else 'rule'}  {demand.id}: {demand.says}"
    yield from (f"  {line}" for line in say_sources(answer.rules))
    if any(demand.is_wish for demand in answer.conflict):
        yield "Proven: no mix meets all of them; leave out any one, and some mix meets the rest."
    else:
        yield "Proven: the rules alone admit no mix, so no wish is at fault."


def say_awards(
    sharings: "Sequence[Sharing]", titles: tuple[str, ...], missed: "Sequence[Missed]"
) -> Iterator[str]:
    """For which components the units are used, and the titles that are earned or nearly so."""
    yield from _say_sharings(sharings)
    if titles:
        yield say_titles(titles)
    yield from _say_missed(missed)


def _say_sharings(sharings: "Sequence[Sharing]") -> Iterator[str]:
    """`Field: 204, 305 (12 credits)`, a line for each component; then what none of them needs."""
    for sharing in sharings:
        rule = f"'{sharing.rule}', " if len(sharings) > 1 else ""
        for part in sharing.parts:
            units = ", ".join(part.units) or "no unit"
            yield f"{rule}{part.component}: {units} ({amount(part.sum, sharing.measure)})"
        if sharing.left_over:
            yield f"{rule}left over: {', '.join(sharing.left_over)}"


def _say_missed(missed: "Sequence[Missed]") -> Iterator[str]:
    """The titles that a mix misses by one thing, the best first, in one line."""
    titles = [(each.title, ", and ".join(map(say_outcome, each.lacks))) for each in missed]
    if titles:
        title, lacks = titles[0]
        also = "".join(f"; also {title}: {lacks}" for title, lacks in titles[1:])
        yield f"misses the title {title} by one thing: {lacks}{also}"
