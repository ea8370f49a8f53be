"""Whatever is told of a pathway, held against brute force over the rules."""

from collections.abc import Iterable
from datetime import date
from itertools import combinations

from hypothesis import given

from nvqplan.advice.proposal import MENU, Proposal
from nvqplan.advice.remedies import MOST_TEMPTATIONS, Remedy
from nvqplan.advice.repairs import Repair, Repairer
from nvqplan.rules.qualification import machines_of
from nvqplan.space.mixes import Space
from tests.oracle import Mix, accepted, in_order
from tests.pathways import Pathway, pathways, repairs_of
from tests.rulebooks import Book
from tests.tapes import cases


def every_repair_is_legal_does_what_it_says_and_keeps_to_what_is_allowed(
    case: Pathway,
) -> None:
    if not case.legal:
        return
    proposal, cheapest = case.proposal, min(map(case.price, case.legal))
    for repair in repairs_of(case.remedy):
        assert repair.mix in case.legal
        added = frozenset(repair.add) if not proposal.draft else repair.mix - proposal.mix
        assert repair.mix == proposal.mix - frozenset(repair.drop) | added
        assert repair.totals.credits == case.handbook.sum_of("credits", repair.mix)
        assert frozenset(repair.lost) == proposal.held & frozenset(repair.drop)
        assert proposal.may_drop_held or not repair.lost
        assert len(repair.outside) == case.price(repair.mix)[1]
        assert len(repair.outside) <= cheapest[1]


def the_cheapest_way_is_told_wherever_there_is_one(case: Pathway) -> None:
    if not case.legal:
        return
    cheapest = min(map(case.price, case.legal))
    prices = [case.price(repair.mix) for repair in repairs_of(case.remedy)]
    assert case.remedy.needs_held == bool(cheapest[0])
    outside = len(case.proposal.outside(case.proposal.mix))
    is_short = not case.proposal.draft and case.proposal.mix not in case.legal
    if not cheapest[0] and (cheapest[2] or cheapest[1] > outside or is_short):
        assert cheapest in prices
    else:
        assert prices == []
    first = case.remedy.all_repairs[:1]
    assert [case.price(repair.mix) for repair in first] == [cheapest] * len(first)


def conflicts_are_minimal_and_name_no_choice_twice(case: Pathway) -> None:
    if not case.legal:
        return
    units = tuple(case.proposal.qualification.offering.units)
    collides = not any(map(case.is_kept_by, case.legal))
    conflicts = case.remedy.conflicts
    if min(map(case.price, case.legal))[2]:
        assert bool(conflicts) == collides
    for conflict in conflicts:
        assert not accepted(machines_of(conflict.demands), units)
        for spared in conflict.demands:
            rest = [demand for demand in conflict.demands if demand is not spared]
            assert accepted(machines_of(rest), units)
        assert len(conflict.repairs) <= MENU
        assert any(demand.is_wish for demand in conflict.demands)
    for one, other in combinations(conflicts, 2):
        assert {d.unit for d in one.demands}.isdisjoint(d.unit for d in other.demands if d.unit)


def reaches_are_as_far_as_can_be(case: Pathway) -> None:
    handbook = case.handbook
    rules = {rule["id"]: rule for rule in handbook.rules}
    for conflict in case.remedy.conflicts:
        for reach in conflict.reaches:
            rest = [d for d in conflict.demands if d.id != reach.rule]
            mixes = accepted((m for d in rest for m in d.machines), handbook.units)
            rule = rules[reach.rule]
            read = rule["intended"] if reach.rule in case.proposal.reading & {*rules} else rule
            read = read if reach.measure in read else rule
            sums = [handbook.counted(reach.measure, read[reach.measure], m) for m in mixes]
            if reach.at_least is not None:
                assert reach.best == max(sums) < reach.at_least
            else:
                assert reach.at_most is not None
                assert reach.best == min(sums) > reach.at_most


def of_judged(proposal: Proposal) -> tuple[date, int | None, frozenset[str], dict[str, str]]:
    """For whom a proposal is judged, and by which reading, as the oracle takes it."""
    qualification, reading = proposal.qualification, proposal.reading
    terms = proposal.terms._replace(units_only=True)
    judged = qualification.judge(proposal.mix, terms.learner(qualification), reading).learner
    return judged.dates[0], judged.age, reading, dict(judged.attributes)


def what_tempts_mends_what_it_says_and_breaks_what_held(case: Pathway) -> None:
    proposal, handbook = case.proposal, case.handbook
    told = of_judged(proposal)
    before = set(handbook.broken(proposal.mix, *told, aside=True))
    for each in case.remedy.temptations:
        mix = proposal.mix - frozenset(each.drop) | frozenset(each.add)
        after = set(handbook.broken(mix, *told, aside=True))
        assert {rule.id for rule in each.mended} == before - after != set()
        assert {judged.rule.id for judged in each.broken} == after - before != set()
        assert proposal.held.isdisjoint(each.drop)
        assert not proposal.outside(each.add)


def what_tempts_most_is_told_first_dropping_before_adding(case: Pathway) -> None:
    if case.proposal.draft or not case.legal or not min(map(case.price, case.legal))[2]:
        return
    proposal, handbook = case.proposal, case.handbook
    told_of = of_judged(proposal)
    before = frozenset(handbook.broken(proposal.mix, *told_of, aside=True))
    drops = sorted(proposal.mix - proposal.held, key=int)
    adds = sorted(handbook.units.keys() - proposal.mix - proposal.outside(handbook.units), key=int)
    tempting: dict[tuple[frozenset[str], frozenset[str]], str] = {}
    for unit in (*drops, *adds):
        after = frozenset(handbook.broken(proposal.mix ^ {unit}, *told_of, aside=True))
        if before - after and after - before:
            tempting.setdefault((before - after, after - before), unit)
    ranked = sorted(tempting, key=lambda each: (-len(each[0]), len(each[1])))
    told = [unit for each in case.remedy.temptations for unit in (*each.drop, *each.add)]
    assert told == [tempting[each] for each in ranked[:MOST_TEMPTATIONS]]


def the_rulebook_is_blamed_exactly_where_no_mix_is_legal(case: Pathway) -> None:
    is_pathways = case.proposal.qualification.questions.hang_on_pathway
    assert case.remedy.is_rulebook == (not case.legal and not is_pathways)
    if not case.legal:
        (conflict,) = case.remedy.conflicts
        assert not any(demand.is_wish for demand in conflict.demands)
        assert repairs_of(case.remedy) == []


def sums(case: Pathway, mix: Iterable[str]) -> tuple[int, int]:
    handbook, units = case.handbook, frozenset(mix)
    measure, _ = handbook.size()
    return handbook.sum_of(measure, units), handbook.sum_of("glh", units)


def menus_of(remedy: Remedy) -> list[tuple[Repair, ...]]:
    return [remedy.repairs, *(conflict.repairs for conflict in remedy.conflicts)]


def alike(case: Pathway) -> Pathway:
    """The same where all units are of equal credits and hours, so that many repairs are equal."""
    head, *rows = (line.split(",") for line in case.book.units.splitlines())
    sized = [[*row[:4], "1", "1", *row[6:]] for row in rows]
    units = "".join(",".join(row) + "\n" for row in (head, *sized))
    book = Book(units, case.book.rules, case.book.said)
    return Pathway(book, case.proposal._replace(qualification=book.read()))


def the_cheapest_repairs_are_those_that_change_least_then_those_of_lowest_numbers(
    case: Pathway,
) -> None:
    if not case.legal:
        return
    proposal = case.proposal

    def cost(mix: Mix) -> tuple[int, ...]:
        moved = mix if proposal.draft else mix ^ proposal.mix
        beside = len(mix & proposal.held_beside - proposal.mix)
        return *case.price(mix), len(proposal.mix - mix), *sums(case, moved), beside

    qualification = proposal.qualification
    by_number = in_order(case.legal, sorted(qualification.offering.units, key=int))
    ranked = sorted(by_number, key=cost)
    equal = [mix for mix in ranked if case.price(mix) == case.price(ranked[0])]
    learner = proposal.learner._replace(units_only=True)
    mender = Repairer(proposal, Space(qualification, learner, proposal.reading))
    expected = equal[: 1 if proposal.draft else MENU]
    assert [repair.mix for repair in mender.cheapest] == expected


def a_menu_has_the_cheapest_first_then_fewest_drops_credits_and_hours(case: Pathway) -> None:
    for menu in menus_of(case.remedy):
        costs = [
            (*case.price(repair.mix), len(repair.drop), *sums(case, repair.mix)) for repair in menu
        ]
        assert costs == sorted(costs)


def no_repair_changes_a_unit_without_need(case: Pathway) -> None:
    proposal = case.proposal
    if proposal.draft or not case.legal:
        return
    for repair in repairs_of(case.remedy):
        for unit in (repair.mix ^ proposal.mix) - proposal.held_beside:
            nearer = repair.mix ^ {unit}
            is_needed = nearer not in case.legal
            assert is_needed or len(proposal.outside(nearer)) > len(repair.outside)


def wherever_units_are_only_missing_and_there_is_room_a_repair_keeps_all_of_them(
    case: Pathway,
) -> None:
    menu = case.remedy.repairs
    if not 0 < len(menu) < MENU:
        return
    bounds = min(map(case.price, case.legal))[:2]
    keeping = [mix for mix in case.legal if mix >= case.proposal.mix]
    prices = [price for price in map(case.price, keeping) if price[:2] == bounds]
    kept = [case.price(repair.mix) for repair in menu if repair.mix >= case.proposal.mix]
    assert not prices or min(prices) in kept


def more_repairs_are_spoken_of_where_others_are_as_cheap_as_the_first(case: Pathway) -> None:
    if not case.legal:
        return
    proposal, told = case.proposal, case.remedy.all_repairs
    kept = frozenset() if proposal.may_drop_held else proposal.held_beside
    untold = []
    for mix in case.legal if told else ():
        added = mix - proposal.mix
        add = added & proposal.outside(mix) if proposal.draft else added
        edit = {*(proposal.named - mix - kept), *add}
        if case.price(mix) == case.price(told[0].mix):
            untold += [mix] if not any(edit >= {*each.drop, *each.add} for each in told) else []
    if case.remedy.more_repairs or not (proposal.draft or proposal.held_beside):
        assert case.remedy.more_repairs == bool(untold)


PROPERTIES = (
    every_repair_is_legal_does_what_it_says_and_keeps_to_what_is_allowed,
    the_cheapest_way_is_told_wherever_there_is_one,
    conflicts_are_minimal_and_name_no_choice_twice,
    reaches_are_as_far_as_can_be,
    what_tempts_mends_what_it_says_and_breaks_what_held,
    what_tempts_most_is_told_first_dropping_before_adding,
    the_rulebook_is_blamed_exactly_where_no_mix_is_legal,
    the_cheapest_repairs_are_those_that_change_least_then_those_of_lowest_numbers,
    a_menu_has_the_cheapest_first_then_fewest_drops_credits_and_hours,
    no_repair_changes_a_unit_without_need,
    wherever_units_are_only_missing_and_there_is_room_a_repair_keeps_all_of_them,
    more_repairs_are_spoken_of_where_others_are_as_cheap_as_the_first,
)
"""What holds of every pathway.

All look at the same cases: to draw one, to find its legal mixes by brute force and to ask for its
repairs costs far more than to look at them once more. There are enough cases for what few of them
have, such as a menu of repairs that is not full.
"""


@cases(1500)
@given(pathways() | pathways().map(alike))
def test_what_is_told_of_a_pathway_holds(case: Pathway) -> None:
    for holds in PROPERTIES:
        holds(case)
