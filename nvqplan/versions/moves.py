"""How a pathway fares under the newer of two rulebooks: it breaks, becomes tight, newly passes."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from nvqplan.core.findings import Location
from nvqplan.reports.results import Case
from nvqplan.rules.qualification import Judged

Turn = Literal["breaks", "becomes tight", "newly passes", "still passes", "still fails"]

OutcomeOf = tuple[str, str]
"""One comparison: the id of its rule, and what tells it from the rule's others."""


class Tightened(NamedTuple):
    """A comparison that spared some `before`, in its measure, and now spares nothing."""

    rule: str
    about: str
    measure: str
    before: int


class Move(NamedTuple):
    """How one pathway fares.

    `gone` are units that it names and only the older qualification offers, `come` those that only
    the newer one does; a pathway passes where no such unit is wanting and its mix passes, or
    approved exceptions excuse every rule that it breaks. It becomes tight where it still passes,
    and some comparison of a rule has lost all that it spared, no unit can be left out any more
    though one could, or, of a draft, only one legal mix is left that contains it.
    """

    turn: Turn
    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()
    broken: tuple[Judged, ...] = ()
    """The rules that a pathway that breaks is to be mended for."""
    tightened: tuple[Tightened, ...] = ()
    was_droppable: tuple[str, ...] = ()
    """Units of which each could be left out, where none can be any more."""
    completions: int = 0
    """Of a draft, how many legal mixes contained it, where only one is left."""


def move_of(case: Case) -> Move:
    """Compare a pathway with itself under the older rulebook, if that has its qualification."""
    before = case.before
    gone = () if before is None else _wanting(before, case)
    come = () if before is None else _wanting(case, before)
    passed = before is not None and passes(before) and not come
    if gone or not passes(case):
        if not passed:
            return Move("still fails", gone, come)
        return Move("breaks", gone, come, tuple(_to_mend(case)))
    if before is None or not passed:
        return Move("newly passes", gone, come)
    tight = _tighten(before, case)
    return tight if tight != Move(tight.turn) else Move("still passes")


def passes(case: Case) -> bool:
    """Whether a mix passes, or approved exceptions excuse every rule that it breaks."""
    if case.verdict.passes:
        return True
    return bool(case.approved) and not any(_unexcused(case))


def _to_mend(case: Case) -> Iterator[Judged]:
    """The broken rules; a draft may still grow, so that only those count which no unit mends."""
    remedy = case.nearby.remedy
    beyond = remedy.beyond if remedy is not None else ()
    for judged in _unexcused(case):
        if not case.proposal.draft or judged.rule.id in beyond:
            yield judged


def _unexcused(case: Case) -> Iterator[Judged]:
    """The rules that a mix breaks without leave."""
    excused = {each.rule.text for each in case.approved}
    return (each for each in case.verdict.judgement.broken if each.rule.id not in excused)


def _wanting(case: Case, other: Case) -> tuple[str, ...]:
    """The units that a pathway names here, and that the other qualification does not offer.

    They are compared by where they are written, since a UAN may have become another unit's.
    """
    there = _offered(other).keys()
    units = {number: place for place, number in _offered(case).items() if place not in there}
    return tuple(units)


def _offered(case: Case) -> dict[Location, str]:
    units = case.qualification.offering.units
    return {place: number for number, place in case.units if number in units}


def _tighten(before: Case, after: Case) -> Move:
    """What has become tight; drafts may still grow, so that their sums say nothing."""
    if after.proposal.draft:
        completions = before.verdict.completions
        is_last = after.verdict.completions == 1 < completions
        return Move("becomes tight", completions=completions if is_last else 0)
    tightened = tuple(_tightened(before, after))
    was_droppable = () if after.nearby.droppable else before.nearby.droppable
    return Move("becomes tight", tightened=tightened, was_droppable=was_droppable)


def _tightened(before: Case, after: Case) -> Iterator[Tightened]:
    slack = dict(_slack(before))
    for (rule, about), (measure, left) in _slack(after):
        _, spared = slack.get((rule, about), ("", 0))
        if spared > 0 and left == 0:
            yield Tightened(rule, about, measure, spared)


def _slack(case: Case) -> Iterator[tuple[OutcomeOf, tuple[str, int]]]:
    """What each comparison spares, of the rules that read units: no mix makes a learner older."""
    proposal = case.proposal
    asked = proposal.qualification.offering, proposal.learner
    for judged in case.verdict.judgement.rules:
        machines = judged.kind.machines(judged.rule.id, *asked)
        if not any(machine.variables for machine in machines):
            continue
        for outcome in judged.outcomes:
            if outcome.slack is not None:
                yield (judged.rule.id, outcome.about), (outcome.measure, outcome.slack)
