"""Explanations and repairs against brute force: minimal, legal, the cheapest, and allowed."""

import re
from pathlib import Path

import pytest

from nvqplan.advice.proposal import Proposal
from nvqplan.advice.remedies import Remedy
from nvqplan.rules.terms import Terms
from nvqplan.solving import problem
from nvqplan.space.proof import DisagreementError
from tests.pathways import Pathway, edits, repairs_of
from tests.rulebooks import Book
from tests.small_rulebooks import FOUR_RULES, FOUR_UNITS


def remedy(*mix: str, held: str = "", draft: bool = False) -> Remedy:
    qualification = Book(FOUR_UNITS, FOUR_RULES).read()
    proposal = Proposal(
        qualification,
        frozenset(mix),
        Terms(),
        held=frozenset(held.split()),
        draft=draft,
        named=frozenset(mix),
    )
    return Pathway(Book(FOUR_UNITS, FOUR_RULES), proposal).remedy


def test_what_is_only_missing_is_no_conflict() -> None:
    told = remedy("103")
    assert (told.conflicts, edits(told.repairs)) == ((), [("", "101 104"), ("", "102 104")])


def test_each_unit_of_a_conflict_can_be_given_up() -> None:
    (conflict,) = remedy("101", "102", "103", "104").conflicts
    assert [demand.id for demand in conflict.demands] == ["unit 101", "unit 102", "barred"]
    assert edits(conflict.repairs) == [("102", ""), ("101", "")]


def test_held_units_are_kept_and_the_other_is_given_up() -> None:
    (conflict,) = remedy("101", "102", "103", "104", held="102").conflicts
    assert edits(conflict.repairs) == [("101", "")]
    told = remedy("101", "102", "103", "104", held="101 102")
    assert told.needs_held
    assert repairs_of(told) == []


def test_a_draft_is_mended_by_dropping_alone() -> None:
    (conflict,) = remedy("101", "102", draft=True).conflicts
    assert edits(conflict.repairs) == [("102", ""), ("101", "")]


def test_a_change_that_breaks_another_rule_is_no_help() -> None:
    (told, *_) = remedy("101", "102", "103").temptations
    assert (told.drop, [rule.id for rule in told.mended]) == (("101",), ["barred"])
    assert [judged.rule.id for judged in told.broken] == ["total"]


def test_a_change_that_breaks_the_same_rule_elsewhere_mends_nothing() -> None:
    rules = FOUR_RULES.replace(
        'barred = [["101", "102"]]', 'requires = { "101" = ["102"], "102" = ["103"] }'
    )
    book = Book(FOUR_UNITS, rules.replace("at_least = 9", "at_most = 9").replace("= 9", "= 0", 1))
    proposal = Proposal(book.read(), frozenset(["101"]), Terms(), named=frozenset(["101"]))
    assert Pathway(book, proposal).remedy.temptations == ()


def test_a_rule_may_be_called_like_a_choice() -> None:
    rule = '[[qualification.rule]]\nid = "{}"\nsays = "s"\nbarred = [["{}", "{}"]]\n\n'
    head = FOUR_RULES[: FOUR_RULES.index("[[qualification.rule]]")].replace(
        "credits = 9", "credits = 0"
    )
    for name in ("three", "unit 101", "offer"):
        book = Book(FOUR_UNITS, head + rule.format("one", 101, 102) + rule.format(name, 103, 104))
        mix = frozenset(["101", "102", "103", "104"])
        told = Pathway(book, Proposal(book.read(), mix, Terms(), offer=mix, named=mix)).remedy
        assert len(told.conflicts) == 2


def test_no_repair_is_told_unverified(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problem, "satisfies", lambda *_: False)
    with pytest.raises(DisagreementError, match="python-constraint refuses"):
        remedy("103")


ADVICE = re.compile(r"^  (?:cannot hold together|repair|no help|no repair)\b", re.MULTILINE)
CASES = sorted(Path(__file__).parent.glob("cases/**/*.out"))


@pytest.mark.parametrize("golden", CASES, ids=lambda path: path.stem)
def test_every_rule_that_advice_names_is_told_with_its_source(golden: Path) -> None:
    """Once a pathway: with a finding about it, or at the end of the advice."""
    for block in re.split(r"\n\n|^\$ .*$", golden.read_text("utf-8"), flags=re.MULTILINE):
        if ADVICE.search(block) and "```" not in block:
            named = set(re.findall(r"\brule '([^']+)'(?!, )", block))
            for line in re.findall(r"no help: .*", block):
                named |= set(re.findall(r"(?:mends |breaks |, |and )'([^']+)'", line))
            cited = set(re.findall(r"rule '([^']+)', ", block))
            for line in re.findall(r"source of ('.*'): ", block):
                cited |= set(re.findall(r"'([^']+)'", line))
            assert named <= cited, block
