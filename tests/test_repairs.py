"""Which repairs and temptations are told, in what order, against brute force over the rules."""

from typing import TYPE_CHECKING

import pytest

from nvqplan.advice.proposal import MENU, Proposal
from nvqplan.rules.terms import Terms
from nvqplan.space.mixes import Space
from tests.pathways import Pathway, edits
from tests.rulebooks import Book
from tests.small_rulebooks import FOUR_RULES, FOUR_UNITS

if TYPE_CHECKING:
    from tests.oracle import Mix

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
