"""Explanations and repairs against brute force: minimal, legal, the cheapest, and allowed."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nvqplan.advice.cache import RulebookCache
from nvqplan.advice.proposal import MENU, Proposal
from nvqplan.advice.remedies import MOST_TEMPTATIONS, Remedy, find_remedy
from nvqplan.advice.repairs import Repair
from nvqplan.core.units import Catalogue
from nvqplan.rules.qualification import Rulebook, machines_of
from nvqplan.rules.terms import Terms
from nvqplan.solving import problem
from nvqplan.space.proof import DisagreementError
from tests.oracle import Mix, accepted, subsets
from tests.rulebooks import DAYS, Book, books, cases
from tests.test_conflicts import RULES, UNITS


@dataclass(frozen=True)
class Pathway:
    """A random rulebook and what somebody proposes under it."""

    book: Book
    proposal: Proposal

    @cached_property
    def remedy(self) -> Remedy:
        qualification = self.proposal.qualification
        catalogue = Catalogue(qualification.offering.units)
        return find_remedy(
            self.proposal, RulebookCache(Rulebook("", catalogue, (qualification,), ()))
        )

    @cached_property
    def legal(self) -> set[Mix]:
        """Every legal mix for a learner old enough, by brute force over the book's own words."""
        handbook = self.book.handbook()
        intended = self.proposal.reading
        days = self.proposal.learner.dates
        mixes = subsets(handbook.units)
        age = self.proposal.terms.age
        return {mix for mix in mixes if handbook.is_legal(mix, days, age, intended, aside=True)}

    def price(self, mix: Mix) -> tuple[int, ...]:
        """Held units lost, units not on offer, edits: what makes a mix cheaper than another."""
        proposal = self.proposal
        offer = mix if proposal.offer is None else proposal.offer
        mine = proposal.held | proposal.held_beside
        lost = len(proposal.held - mix) if not proposal.may_drop_held else 0
        added = len(mix - proposal.mix - mine) if not proposal.draft else 0
        return lost, len(mix - offer - mine), len(proposal.named - mix) + added

    def is_kept_by(self, mix: Mix) -> bool:
        """Whether a mix has all that is proposed, and adds only what is on offer."""
        proposal = self.proposal
        offer = mix if proposal.offer is None else proposal.offer
        return mix >= proposal.mix and mix - proposal.mix <= offer | proposal.held_beside


@st.composite
def pathways(draw: st.DrawFn) -> Pathway:
    book = draw(books())
    qualification = book.read()
    some = st.frozensets(st.sampled_from(sorted(qualification.offering.units)))
    mix = draw(some)
    held = draw(st.sampled_from([frozenset(), mix]) | some)
    reading: Literal["printed", "intended"] = draw(st.sampled_from(["printed", "intended"]))
    registered = draw(st.none() | st.sampled_from(DAYS))
    proposal = Proposal(
        qualification,
        mix,
        book.terms(registered, draw(st.sampled_from([None, 14, 19])), reading),
        held=mix & held,
        offer=draw(st.none() | some),
        draft=draw(st.booleans()),
        may_drop_held=draw(st.booleans()),
        held_beside=held - mix,
        named=mix | draw(st.sampled_from([frozenset(), frozenset(["555"])])),
    )
    return Pathway(book, proposal)


def repairs_of(remedy: Remedy) -> list[Repair]:
    told = [*remedy.repairs, *(each for c in remedy.conflicts for each in c.repairs)]
    return list({(each.drop, each.add): each for each in told}.values())


@cases(250)
@given(pathways())
def test_every_repair_is_legal_does_what_it_says_and_keeps_to_what_is_allowed(
    case: Pathway,
) -> None:
    assume(case.legal)
    proposal, cheapest = case.proposal, min(map(case.price, case.legal))
    for repair in repairs_of(case.remedy):
        assert repair.mix in case.legal
        added = frozenset(repair.add) if not proposal.draft else repair.mix - proposal.mix
        assert repair.mix == proposal.mix - frozenset(repair.drop) | added
        assert repair.totals.credits == case.book.handbook().sum_of("credits", repair.mix)
        assert frozenset(repair.lost) == proposal.held & frozenset(repair.drop)
        assert proposal.may_drop_held or not repair.lost
        assert len(repair.outside) == case.price(repair.mix)[1]
        assert len(repair.outside) <= cheapest[1]


@cases(250)
@given(pathways())
def test_the_cheapest_way_is_told_wherever_there_is_one(case: Pathway) -> None:
    assume(case.legal)
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


@cases(250)
@given(pathways())
def test_conflicts_are_minimal_and_name_no_choice_twice(case: Pathway) -> None:
    assume(case.legal)
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


@cases(250)
@given(pathways())
def test_reaches_are_as_far_as_can_be(case: Pathway) -> None:
    handbook = case.book.handbook()
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


@cases(250)
@given(pathways())
def test_what_tempts_mends_what_it_says_and_breaks_what_held(case: Pathway) -> None:
    proposal, handbook = case.proposal, case.book.handbook()
    told = of_judged(proposal)
    before = set(handbook.broken(proposal.mix, *told, aside=True))
    for each in case.remedy.temptations:
        mix = proposal.mix - frozenset(each.drop) | frozenset(each.add)
        after = set(handbook.broken(mix, *told, aside=True))
        assert {rule.id for rule in each.mended} == before - after != set()
        assert {judged.rule.id for judged in each.broken} == after - before != set()
        assert proposal.held.isdisjoint(each.drop)
        assert not proposal.outside(each.add)


@cases(250)
@given(pathways())
def test_what_tempts_most_is_told_first_dropping_before_adding(case: Pathway) -> None:
    assume(case.legal and not case.proposal.draft)
    assume(min(map(case.price, case.legal))[2])
    proposal, handbook = case.proposal, case.book.handbook()
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


@cases(100)
@given(pathways())
def test_the_rulebook_is_blamed_exactly_where_no_mix_is_legal(case: Pathway) -> None:
    is_pathways = case.proposal.qualification.questions.hang_on_pathway
    assert case.remedy.is_rulebook == (not case.legal and not is_pathways)
    if not case.legal:
        (conflict,) = case.remedy.conflicts
        assert not any(demand.is_wish for demand in conflict.demands)
        assert repairs_of(case.remedy) == []


def remedy(*mix: str, held: str = "", draft: bool = False) -> Remedy:
    qualification = Book(UNITS, RULES).read()
    proposal = Proposal(
        qualification,
        frozenset(mix),
        Terms(),
        held=frozenset(held.split()),
        draft=draft,
        named=frozenset(mix),
    )
    return Pathway(Book(UNITS, RULES), proposal).remedy


def edits(repairs: tuple[Repair, ...]) -> list[tuple[str, str]]:
    return [(" ".join(each.drop), " ".join(each.add)) for each in repairs]


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
    rules = RULES.replace(
        'barred = [["101", "102"]]', 'requires = { "101" = ["102"], "102" = ["103"] }'
    )
    book = Book(UNITS, rules.replace("at_least = 9", "at_most = 9").replace("= 9", "= 0", 1))
    proposal = Proposal(book.read(), frozenset(["101"]), Terms(), named=frozenset(["101"]))
    assert Pathway(book, proposal).remedy.temptations == ()


def test_a_rule_may_be_called_like_a_choice() -> None:
    rule = '[[qualification.rule]]\nid = "{}"\nsays = "s"\nbarred = [["{}", "{}"]]\n\n'
    head = RULES[: RULES.index("[[qualification.rule]]")].replace("credits = 9", "credits = 0")
    for name in ("three", "unit 101", "offer"):
        book = Book(UNITS, head + rule.format("one", 101, 102) + rule.format(name, 103, 104))
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
