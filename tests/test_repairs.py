"""Which repairs and temptations are told, in what order, against brute force over the rules."""

from collections.abc import Iterable

import pytest
from hypothesis import assume, given

from nvqplan.advice.proposal import MENU, Proposal
from nvqplan.advice.remedies import Remedy
from nvqplan.advice.repairs import Repair, Repairer
from nvqplan.rules.terms import Terms
from nvqplan.space.mixes import Space
from tests.oracle import Mix, in_order
from tests.pathways import Pathway, edits, pathways, repairs_of
from tests.rulebooks import Book
from tests.small_rulebooks import FOUR_RULES, FOUR_UNITS
from tests.tapes import cases

HEAD = FOUR_RULES[: FOUR_RULES.index("[[qualification.rule]]")].replace(
    "credits = 9", "credits = 0"
)


def pathway(rules: str, *mix: str, offer: str = "", draft: bool = False) -> Pathway:
    """Somebody's units of 101 to 104, under rules that are each one line, such as `barred = …`.

    Units 105 to 107 are there as well where a rule speaks of them.
    """
    tables = [
        f'[[qualification.rule]]\nid = "rule-{index}"\nsays = "s"\n{rule}\n\n'
        for index, rule in enumerate(rules.splitlines())
    ]
    extra = [unit for unit in ("105", "106", "107") if unit in rules]
    head = HEAD.replace('"104"]', ", ".join(f'"{unit}"' for unit in ("104", *extra)) + "]")
    rows = "".join(f"{unit},,E,2,4,40,,,,,\n" for unit in extra)
    book, units = Book(FOUR_UNITS + rows, head + "".join(tables)), frozenset(mix)
    on_offer = frozenset(offer.split()) or None
    proposal = Proposal(book.read(), units, Terms(), offer=on_offer, draft=draft, named=units)
    return Pathway(book, proposal)


def sums(case: Pathway, mix: Iterable[str]) -> tuple[int, int]:
    handbook, units = case.book.handbook(), frozenset(mix)
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


@cases(250)
@given(pathways() | pathways().map(alike))
def test_the_cheapest_repairs_are_those_that_change_least_then_those_of_lowest_numbers(
    case: Pathway,
) -> None:
    assume(case.legal)
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


@cases(250)
@given(pathways())
def test_a_menu_has_the_cheapest_first_then_fewest_drops_credits_and_hours(case: Pathway) -> None:
    for menu in menus_of(case.remedy):
        costs = [
            (*case.price(repair.mix), len(repair.drop), *sums(case, repair.mix)) for repair in menu
        ]
        assert costs == sorted(costs)


@cases(250)
@given(pathways())
def test_no_repair_changes_a_unit_without_need(case: Pathway) -> None:
    proposal = case.proposal
    assume(case.legal and not proposal.draft)
    for repair in repairs_of(case.remedy):
        for unit in (repair.mix ^ proposal.mix) - proposal.held_beside:
            nearer = repair.mix ^ {unit}
            is_needed = nearer not in case.legal
            assert is_needed or len(proposal.outside(nearer)) > len(repair.outside)


@cases(250)
@given(pathways())
def test_wherever_units_are_only_missing_and_there_is_room_a_repair_keeps_all_of_them(
    case: Pathway,
) -> None:
    menu = case.remedy.repairs
    assume(0 < len(menu) < MENU)
    bounds = min(map(case.price, case.legal))[:2]
    keeping = [mix for mix in case.legal if mix >= case.proposal.mix]
    prices = [price for price in map(case.price, keeping) if price[:2] == bounds]
    assume(prices)
    kept = [case.price(repair.mix) for repair in menu if repair.mix >= case.proposal.mix]
    assert min(prices) in kept


@cases(250)
@given(pathways() | pathways().map(alike))
def test_more_repairs_are_spoken_of_where_others_are_as_cheap_as_the_first(case: Pathway) -> None:
    assume(case.legal)
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


def test_of_repairs_that_change_as_much_the_one_that_drops_nothing_is_first() -> None:
    told = pathway('requires = { "103" = ["104"] }', "101", "103")
    assert edits(told.remedy.repairs) == [("", "104"), ("103", "")]


def test_of_repairs_that_drop_as_much_those_of_fewest_credits_and_hours_are_first() -> None:
    (credits,) = pathway('barred = [["101", "102"]]', "101", "102").remedy.conflicts
    assert edits(credits.repairs) == [("102", ""), ("101", "")]
    (hours,) = pathway('barred = [["103", "104"]]', "103", "104").remedy.conflicts
    assert edits(hours.repairs) == [("104", ""), ("103", "")]


def test_keeping_every_unit_is_told_though_it_takes_more_changes() -> None:
    told = pathway('requires = { "101" = ["102", "103", "104"] }', "101").remedy
    assert edits(told.repairs) == [("101", ""), ("", "102 103 104")]


def test_a_unit_given_up_in_vain_is_kept_after_all() -> None:
    """Without 101 neither 102 nor 104 can be had, so 103 goes as well; then 101 can stay."""
    needs = 'requires = { "102" = ["101"], "103" = ["104"], "104" = ["101"] }'
    told = pathway(f'barred = [["101", "102"]]\n{needs}', "101", "102", "103").remedy
    (conflict,) = told.conflicts
    assert [demand.unit for demand in conflict.demands] == ["101", "102", ""]
    assert edits(conflict.repairs) == [("102", "104"), ("102 103", "")]


@pytest.mark.parametrize("draft", [False, True])
def test_a_menu_says_that_it_was_cut_and_one_of_all_repairs_does_not(draft: bool) -> None:
    four = pathway("units = { at_most = 3 }", "101", "102", "103", "104", draft=draft).remedy
    assert [len(conflict.repairs) for conflict in four.conflicts] == [MENU]
    assert four.more_repairs
    three = pathway("units = { at_most = 2 }", "101", "102", "103", draft=draft).remedy
    assert [len(conflict.repairs) for conflict in three.conflicts] == [MENU]
    assert not three.more_repairs


def test_units_only_missing_can_be_told_of_in_full_or_in_part() -> None:
    three = pathway("units = { at_least = 2 }", "101").remedy
    assert (len(three.repairs), three.more_repairs) == (MENU, False)
    four = pathway("units = { at_least = 1 }").remedy
    assert (len(four.repairs), four.more_repairs) == (MENU, True)


def test_a_repair_that_changes_more_is_not_as_cheap() -> None:
    """Any of four units can go, but three of them only for another one, and one of these is cut."""
    needs = (f'units = {{ of = ["{101 + n}", "{104 + n}"], at_least = 1 }}' for n in (1, 2, 3))
    few = 'units = { of = ["101", "102", "103", "104"], at_most = 3 }'
    told = pathway("\n".join([few, *needs]), "101", "102", "103", "104").remedy
    assert edits(told.all_repairs) == [("101", ""), ("104", "107"), ("103", "106")]
    assert not told.more_repairs


def test_keeping_every_unit_is_not_as_cheap_where_it_takes_more_changes() -> None:
    told = pathway('requires = { "101" = ["102", "103", "104"] }', "101").remedy
    assert not told.more_repairs


def test_the_repair_that_is_not_told_is_not_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[Mix] = []
    monkeypatch.setattr(Space, "verify", lambda _, mix: verified.append(mix))
    told = pathway("units = { at_least = 1 }").remedy
    assert told.more_repairs
    assert verified == [repair.mix for repair in told.repairs]


def test_every_conflict_with_the_offer_is_told() -> None:
    needs = 'requires = { "101" = ["103"] }\nrequires = { "102" = ["104"] }'
    told = pathway(needs, "101", "102", offer="101 102").remedy
    named = [[demand.id for demand in each.demands] for each in told.conflicts]
    assert named == [["unit 101", "offer", "rule-0"], ["unit 102", "offer", "rule-1"]]


def test_of_changes_that_mend_as_much_the_one_that_breaks_least_is_first() -> None:
    rules = 'barred = [["101", "102"]]\nunits = { at_least = 2 }\nmandatory = ["101"]'
    told = pathway(rules, "101", "102").remedy.temptations
    assert [(each.drop, len(each.broken)) for each in told] == [(("102",), 1), (("101",), 2)]


def test_the_change_that_mends_most_is_first_though_it_breaks_more() -> None:
    rules = """\
barred = [["101", "103"]]
units = { of = ["102", "103"], at_most = 1 }
mandatory = ["103"]
units = { of = ["103", "104"], at_least = 1 }
units = { of = ["101", "104"], at_least = 1 }"""
    told = pathway(rules, "101", "102", "103").remedy.temptations
    figures = [(each.drop, len(each.mended), len(each.broken)) for each in told]
    assert figures == [(("103",), 2, 2), (("101",), 1, 1)]
