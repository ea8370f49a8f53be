"""Why a pathway cannot be as it stands, and how it can be mended."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from nvqplan.advice.cache import RulebookCache
from nvqplan.advice.conflicts import find_conflict, find_conflicts
from nvqplan.advice.proposal import MENU, Proposal
from nvqplan.advice.repairs import Repair, Repairer, distinct
from nvqplan.core.units import sort_units
from nvqplan.core.values import NamedTuple
from nvqplan.rules.counting import SumView
from nvqplan.rules.qualification import Demand, Judged, Judgement, Qualification
from nvqplan.rules.rule import Rule
from nvqplan.solving.evaluator import Broken, Evaluator
from nvqplan.solving.linear import Linear
from nvqplan.space.proof import best_sum, can_be_met
from nvqplan.space.wishes import wish

MOST_TEMPTATIONS = 2
"""So many temptations are shown of one mix."""


class Temptation(NamedTuple):
    """Dropping or adding one unit, the rules that this mends, and the ones that break by it."""

    drop: tuple[str, ...]
    add: tuple[str, ...]
    mended: tuple[Rule, ...]
    broken: tuple[Judged, ...]


class Reach(NamedTuple):
    """How far a rule of a conflict can be met beside the rest of it.

    `best` is the most that a sum can be that is to be `at_least` so much, or the least that it can
    be that is to be `at_most` so much.
    """

    rule: str
    measure: str
    best: int
    at_least: int | None = None
    at_most: int | None = None


class Conflict(NamedTuple):
    """Rules and the author's own choices that no mix meets together; none of them can be spared.

    `repairs` mend it, and whatever else is wrong, each in another way.
    """

    demands: tuple[Demand, ...]
    reaches: tuple[Reach, ...]
    repairs: tuple[Repair, ...]


class Remedy(NamedTuple):
    """What keeps a pathway from being legal, or a draft from being completed.

    Without `conflicts` nothing that the author chose is at fault: units are only missing, and
    `repairs` add them. `is_rulebook` says that no mix at all meets the rules, `needs_held` that
    every legal mix drops a held unit, so that there are no repairs unless that is allowed. Rules
    `beyond` repair are those that no choice of units mends. `more_repairs` says that repairs are
    known which are as cheap as the first, and not among those here.
    """

    conflicts: tuple[Conflict, ...] = ()
    repairs: tuple[Repair, ...] = ()
    temptations: tuple[Temptation, ...] = ()
    is_rulebook: bool = False
    needs_held: bool = False
    beyond: tuple[str, ...] = ()
    more_repairs: bool = False

    @property
    def all_repairs(self) -> tuple[Repair, ...]:
        """Every way to mend everything that it has, the cheapest first."""
        in_conflicts = (repair for each in self.conflicts for repair in each.repairs)
        return distinct((*self.repairs, *in_conflicts))

    def rules_of(self, qualification: Qualification) -> tuple[Rule, ...]:
        """The rules that it speaks of."""
        demands = (demand for each in self.conflicts for demand in each.demands)
        named = {*self.beyond, *(demand.id for demand in demands if not demand.is_wish)}
        for each in self.temptations:
            named.update(rule.id for rule in each.mended)
            named.update(judged.rule.id for judged in each.broken)
        return tuple(rule for rule in qualification.rules if rule.id in named)

    @property
    def only_drops(self) -> bool:
        """Whether some way only drops units."""
        return any(not repair.add for repair in self.all_repairs)


def find_remedy(proposal: Proposal, cache: RulebookCache) -> Remedy:
    """Explain and mend a proposal; what no choice of units mends, such as an age, is aside."""
    fixable = proposal._replace(terms=proposal.terms._replace(units_only=True))
    space = cache.space(fixable.qualification, fixable.learner, fixable.reading)
    if not space.count():
        demands = find_conflict(fixable.qualification, space.demands, space.memory)
        conflict = Conflict(demands, tuple(_reaches(fixable, demands, space.memory)), ())
        return Remedy((conflict,), is_rulebook=not fixable.qualification.questions.hang_on_pathway)
    remedy = Remedy(beyond=tuple(_beyond(proposal)))
    repairer = Repairer(fixable, space)
    cheapest = repairer.cheapest
    keeping = repairer.keeping_most() if cheapest[0].drop else cheapest[0]
    if not (cheapest[0].drop or cheapest[0].add):
        return remedy
    needs_held = bool(cheapest[0].lost) and not fixable.may_drop_held
    fits = keeping.mix >= fixable.mix and fixable.mix.issuperset(keeping.outside)
    conflicts = () if fits else tuple(_conflicts(fixable, repairer, space.memory))
    repairs = () if conflicts else _menu(repairer, (*cheapest, keeping))
    temptations = () if fixable.draft else find_temptations(fixable, cache)
    remedy = remedy._replace(
        conflicts=conflicts, repairs=repairs, temptations=temptations, needs_held=needs_held
    )
    return remedy._replace(more_repairs=repairer.has_more(remedy.all_repairs))


def _beyond(proposal: Proposal) -> Iterator[str]:
    """The rules about the learner alone that he does not meet."""
    qualification, learner = proposal.qualification, proposal.learner
    if not qualification.questions.are_about(learner):
        return
    for judged in qualification.judge(proposal.mix, learner, proposal.reading).broken:
        if judged.kind.asks_of_learner:
            yield judged.rule.id


def _menu(repairer: Repairer, repairs: Iterable[Repair]) -> tuple[Repair, ...]:
    """The few cheapest that are allowed, each proven."""
    allowed = [repair for repair in repairs if repairer.allows(repair)]
    return tuple(map(repairer.verify, distinct(allowed)[:MENU]))


def _conflicts(proposal: Proposal, repairer: Repairer, memory: int) -> Iterator[Conflict]:
    """Each conflict with the ways to mend it, one for every unit that could be given up."""
    rules = proposal.qualification.demands(proposal.learner, proposal.reading)
    chosen = (*rules, *_choices(proposal))
    for demands in find_conflicts(proposal.qualification, chosen, memory):
        units = [each.unit for each in demands if each.unit]
        ways = [way for way in map(repairer.without, units) if way]
        others = repairer.cheapest[:1] if ways else repairer.cheapest
        repairs = _menu(repairer, (*ways, *others))
        yield Conflict(demands, tuple(_reaches(proposal, demands, memory)), repairs)


def _choices(proposal: Proposal) -> Iterator[Demand]:
    """What the author chose, each as a wish; what is beside the offer is another question."""
    for unit in sort_units(proposal.mix):
        says = f"unit {unit} is {proposal.how(unit)}"
        yield wish(f"unit {unit}", says, {unit: 1}, lower=1, unit=unit)
    if proposal.offer is not None:
        units = proposal.qualification.offering.units
        outside = sort_units(proposal.outside(units) - proposal.mix)
        says = f"no unit but the {len(proposal.offer & units.keys())} on offer"
        yield wish("offer", says, dict.fromkeys(outside, 1), upper=0)


def _reaches(proposal: Proposal, demands: Sequence[Demand], memory: int) -> Iterator[Reach]:
    """Find how far each sum gets beside the rest of a conflict, where that is not far enough."""
    qualification = proposal.qualification
    sums = {rule.id: rule.kind(proposal.reading).as_sum for rule in qualification.rules}
    for demand in demands:
        summed = None if demand.is_wish else sums.get(demand.id)
        machine = next(iter(demand.machines), None)
        if summed is None or not isinstance(machine, Linear):
            continue
        rest = [each for each in demands if each is not demand]
        if summed.caps:
            yield from _counted_reach(proposal, demand, summed, rest, memory)
            continue
        weights = machine.weights
        most = best_sum(qualification, rest, weights, memory)
        least = -best_sum(qualification, rest, {u: -w for u, w in weights.items()}, memory)
        if summed.at_least is not None and most < summed.at_least:
            yield Reach(demand.id, summed.measure, most, at_least=summed.at_least)
        elif summed.at_most is not None and least > summed.at_most:
            yield Reach(demand.id, summed.measure, least, at_most=summed.at_most)


def _counted_reach(
    proposal: Proposal, demand: Demand, summed: SumView, rest: Sequence[Demand], memory: int
) -> Iterator[Reach]:
    """How much of a sum with counting caps gets to count: the greatest bound that can be met."""
    qualification = proposal.qualification
    offering, needed = qualification.offering, summed.at_least or 0

    def is_beyond(least: int) -> int:
        sums = summed.reaching(least, demand.id, offering, proposal.learner)
        return not can_be_met(qualification, (*rest, demand._replace(machines=sums)), memory)

    best = bisect_left(range(1, needed + 1), 1, key=is_beyond)
    if best < needed:
        yield Reach(demand.id, summed.measure, best, at_least=needed)


def find_temptations(proposal: Proposal, cache: RulebookCache) -> tuple[Temptation, ...]:
    """The edits of one unit that mend most rules of an illegal mix and break fewest others.

    Of those that mend and break the same rules there is one.
    Where not all is known of the learner, for the one for whom the mix is judged.
    """
    mix, reading = proposal.mix, proposal.reading
    judged = proposal.qualification.judge(mix, proposal.learner, reading)
    evaluator = cache.evaluator(proposal.qualification, judged.learner, reading)
    before = evaluator.broken(mix)
    tempting: dict[tuple[Broken, Broken], str] = {}
    changeable = _changeable(proposal, evaluator, before)
    for unit, after in evaluator.broken_after(mix, changeable).items():
        if before - after and after - before:
            tempting.setdefault((before - after, after - before), unit)
    best = sorted(tempting, key=lambda each: (-len(each[0]), len(each[1])))[:MOST_TEMPTATIONS]
    return tuple(_temptation(proposal, judged, each[0], tempting[each]) for each in best)


def _changeable(proposal: Proposal, evaluator: Evaluator, broken: Broken) -> tuple[str, ...]:
    """Find the units that broken rules read: those to drop, then those to add that are on offer."""
    concerned = [machine for machine in evaluator.machines if machine.name in broken]
    units = {unit for machine in concerned for unit in machine.variables}
    drops = sort_units(units & proposal.mix - proposal.held)
    return (*drops, *sort_units(units - proposal.mix - proposal.outside(units)))


def _temptation(proposal: Proposal, before: Judgement, mended: Broken, unit: str) -> Temptation:
    """What the rules themselves say of the changed mix."""
    qualification, mix = proposal.qualification, proposal.mix
    after = qualification.judge(mix ^ {unit}, before.learner, proposal.reading)
    already = {judged.rule.id for judged in before.broken}
    return Temptation(
        (unit,) if unit in mix else (),
        () if unit in mix else (unit,),
        tuple(rule for rule in qualification.rules if rule.id in mended),
        tuple(judged for judged in after.broken if judged.rule.id not in already),
    )
