"""How a pathway fares under the newer of two rulebooks: it breaks, becomes tight, newly passes."""

from collections.abc import Callable, Iterator
from typing import Literal

from nvqplan.core.findings import Finding, Location, Related
from nvqplan.core.values import NamedTuple
from nvqplan.core.words import amount, listing
from nvqplan.reports.results import Case
from nvqplan.rules.qualification import Judged
from nvqplan.rules.wording import say_counted, say_outcome, say_sources
from nvqplan.versions.impact import say_not_offered

Turn = Literal[
    "breaks", "becomes tight", "newly passes", "still passes", "still fails", "not judged"
]

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
    return case.verdict.passes or (bool(case.approved) and not any(_unexcused(case)))


def _to_mend(case: Case) -> Iterator[Judged]:
    """The broken rules; a draft may still grow, so that only those count which no unit mends."""
    remedy = case.nearby.remedy
    beyond = remedy.beyond if remedy is not None else ()
    is_draft = case.proposal.draft
    return (each for each in _unexcused(case) if not is_draft or each.rule.id in beyond)


def _unexcused(case: Case) -> Iterator[Judged]:
    """The rules that a mix breaks without leave."""
    excused = {each.rule.text for each in case.approved}
    return (each for each in case.verdict.judgement.broken if each.rule.id not in excused)


def _wanting(case: Case, other: Case) -> tuple[str, ...]:
    """The units that a pathway names here, and that the other qualification does not offer.

    They are compared by where they are written, since a UAN may have become another unit's.
    """
    there = _offered(other)
    return tuple(dict.fromkeys(n for place, n in _offered(case).items() if place not in there))


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
    offering, learner = proposal.qualification.offering, proposal.learner
    for judged in case.verdict.judgement.rules:
        machines = judged.kind.machines(judged.rule.id, offering, learner)
        if not any(machine.variables for machine in machines):
            continue
        for outcome in judged.outcomes:
            if outcome.slack is not None:
                yield (judged.rule.id, outcome.about), (outcome.measure, outcome.slack)


def tell_move(case: Case, move: Move) -> Iterator[Finding]:
    """What becomes of a pathway, where anything does."""
    if move.turn in _TELLERS:
        yield _TELLERS[move.turn](case, move)._replace(pathway=case.pathway.name)


def _tell_breaking(case: Case, move: Move) -> Finding:
    """All reasons in one line, and what counts towards each rule below it."""
    is_draft, remedy = case.proposal.draft, case.nearby.remedy
    reasons = [say_not_offered(move.gone, "any more")] if move.gone else []
    # No repair can speak of what has to be dropped whatever else is done.
    enough = "enough" if passes(case) else "not enough"
    help = [f"drop {listing(move.gone)}, which is {enough}"] if move.gone else []
    offering = case.qualification.offering
    for judged in move.broken:
        sentence = judged.rule.sentence(case.proposal.reading)
        for outcome in judged.broken:
            reasons.append(f"{sentence}: {say_outcome(outcome)}")
            help.append(say_counted(outcome, offering))
        help.append(judged.rule.cited)
    if is_draft and not passes(case) and (remedy is None or remedy.conflicts or not reasons):
        reasons.append("no legal mix contains its units")
    related = tuple(
        Related(judged.rule.place, f"rule '{judged.rule.id}' of {case.qualification.id}")
        for judged in move.broken
    )
    message = f"'{case.pathway.name}' passed and breaks: {'; '.join(reasons)}"
    code = "NVQ322" if is_draft else "NVQ321"
    place, id = case.pathway.place, case.qualification.id
    return Finding(place, code, message, "\n".join(filter(None, help)), id, related=related)


def _tell_tight(case: Case, move: Move) -> Finding:
    reasons = [
        f"rule '{' '.join(filter(None, (each.rule, each.about)))}' spares nothing "
        f"({amount(each.before, each.measure)} before)"
        for each in move.tightened
    ]
    if move.was_droppable:
        units = listing(move.was_droppable, "or")
        reasons.append(f"no unit can be left out any more ({units} could)")
    if move.completions:
        reasons.append(f"one legal mix contains it ({move.completions:,} before)")
    message = f"'{case.pathway.name}' still passes, and becomes tight: {'; '.join(reasons)}"
    tight = {each.rule for each in move.tightened}
    help = "\n".join(say_sources(rule for rule in case.qualification.rules if rule.id in tight))
    return Finding(case.pathway.place, "NVQ528", message, help, case.qualification.id)


def _tell_passing(case: Case, move: Move) -> Finding:
    reasons = [say_not_offered(move.come, "before")] if move.come else []
    help = ""
    if case.before is None:
        reasons = [f"the older rulebook has no {case.qualification.id}"]
    elif not case.before.verdict.passes and not case.before.proposal.draft:
        broken = [each.rule for each in case.before.verdict.judgement.broken]
        ids = tuple(f"'{rule.id}'" for rule in broken)
        reasons.append(f"it broke {listing(ids)}")
        help = "\n".join(say_sources(broken))
    why = f": {'; '.join(reasons)}" if reasons else ""
    message = f"'{case.pathway.name}' newly passes{why}"
    return Finding(case.pathway.place, "NVQ529", message, help, case.qualification.id)


_TELLERS: dict[str, Callable[[Case, Move], Finding]] = {
    "breaks": _tell_breaking,
    "becomes tight": _tell_tight,
    "newly passes": _tell_passing,
}


def tell_gone(place: Location, before: Case, now: str | None = None) -> Finding:
    """A pathway that passed and has no qualification any more, or only one of another id `now`."""
    name, id = before.pathway.name, before.qualification.id
    message = f"'{name}' passed for {id}, which the newer version does not have under that name"
    help = "" if now is None else f"it has the id {now} now: write qualification: {now}"
    return Finding(place, "NVQ323", message, help, id, name)
