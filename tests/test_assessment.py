"""What `check` says beyond the verdict, on rulebooks where only that differs."""

from pathlib import Path

from nvqplan.advice.assessment import Nearby, Verdict, assess
from nvqplan.advice.cache import RulebookCache
from nvqplan.advice.proposal import Proposal
from nvqplan.rules.qualification import Rulebook
from nvqplan.rules.terms import Terms
from tests.small_rulebooks import AT_MOST, write_rulebook

THREE_WAYS = """\
[[qualification.rule]]
id = "low"
says = "Unit 1 is in"
mandatory = ["1"]
intended = { says = "Unit 2 is in", why = "w", mandatory = ["2"] }

[[qualification.rule]]
id = "high"
says = "At most 3 credits"
credits = { at_most = 3 }
intended = { says = "At most 9 credits", why = "w", credits = { at_most = 9 } }

[[qualification.rule]]
id = "idle"
says = "Any unit"
units = { at_least = 1 }
intended = { says = "Any unit at all", why = "w", units = { at_least = 1 } }

"""


def assessed(
    book: Rulebook, *units: str, held: str = "", draft: bool = False
) -> tuple[Verdict, Nearby]:
    mix = frozenset(units)
    proposal = Proposal(
        book.qualifications[0], mix, Terms(), frozenset(held.split()), draft=draft, named=mix
    )
    return assess(proposal, RulebookCache(book))


def verdict_on(book: Rulebook, *units: str, draft: bool = False) -> Verdict:
    return assessed(book, *units, draft=draft)[0]


def near(book: Rulebook, *units: str, held: str = "", draft: bool = False) -> Nearby:
    return assessed(book, *units, held=held, draft=draft)[1]


def test_verdict_that_hangs_on_two_readings_together_names_just_those(tmp_path: Path) -> None:
    nearby = near(write_rulebook(tmp_path, THREE_WAYS), "2", "3")
    assert nearby.hanging is not None
    assert [rule.id for rule in nearby.hanging.rules] == ["low", "high"]
    assert (nearby.hanging.together, nearby.hanging.passes) == (True, True)


def test_verdict_that_hangs_on_one_reading_names_it_alone(tmp_path: Path) -> None:
    nearby = near(write_rulebook(tmp_path, THREE_WAYS), "1", "3")
    assert nearby.hanging is not None
    assert [rule.id for rule in nearby.hanging.rules] == ["high"]
    assert not nearby.hanging.together


def test_verdict_that_no_reading_changes_hangs_on_nothing(tmp_path: Path) -> None:
    assert near(write_rulebook(tmp_path, THREE_WAYS), "1", "2").hanging is None


def test_draft_hangs_on_a_reading_too(tmp_path: Path) -> None:
    verdict, nearby = assessed(write_rulebook(tmp_path, THREE_WAYS), "4", draft=True)
    assert not verdict.passes
    assert nearby.hanging is not None
    assert [rule.id for rule in nearby.hanging.rules] == ["high"]


def test_illegal_mix_loses_as_few_units_as_can_be_and_keeps_credits(tmp_path: Path) -> None:
    book = write_rulebook(tmp_path, AT_MOST)
    assert near(book, "1", "2", "3").without == (("2",), ("3",))
    assert near(book, "1", "2", "3", "4").without == (("2", "4"), ("3", "4"))


def test_held_units_are_never_advised_away(tmp_path: Path) -> None:
    book = write_rulebook(tmp_path, AT_MOST)
    assert near(book, "1", "2", "3", held="3").without == (("2",),)
    assert near(book, "2", "3", "4", held="2 3").without == ()
    assert near(book, "1", "3", held="1").droppable == ()


def test_droppable_units_are_told_one_by_one_or_together(tmp_path: Path) -> None:
    floor = AT_MOST.partition("\n\n")[2]
    book = write_rulebook(tmp_path, floor)
    alone = near(book, "2", "3", "1")
    assert (alone.droppable, alone.together) == (("1", "2", "3"), False)
    both = near(book, "1", "2", "4")
    assert (both.droppable, both.together) == (("1", "2", "4"), False)
    only = near(book, "1", "3")
    assert (only.droppable, only.together) == (("1",), True)


def test_other_qualifications_earned_are_told_whatever_the_verdict(tmp_path: Path) -> None:
    book = write_rulebook(tmp_path, AT_MOST, AT_MOST.replace("4", "9"))
    assert [each.id for each in verdict_on(book, "1", "2", "3", "4").earns] == []
    assert [each.id for each in verdict_on(book, "2", "3").earns] == ["q1"]
    assert [each.id for each in verdict_on(book, "1", "3").earns] == ["q1"]


def test_draft_that_cannot_grow_has_no_completion(tmp_path: Path) -> None:
    verdict, nearby = assessed(write_rulebook(tmp_path, AT_MOST), "2", "3", draft=True)
    assert (verdict.passes, verdict.completions, nearby.completion) == (False, 0, None)


def test_smallest_completion_has_fewest_credits_then_hours(tmp_path: Path) -> None:
    verdict, nearby = assessed(write_rulebook(tmp_path, AT_MOST), "1", draft=True)
    assert verdict.completions == 2
    assert nearby.completion is not None
    assert [unit.number for unit in nearby.completion.units] == ["1", "2"]


REMARKED = (
    AT_MOST.replace("at_most = 4", "at_most = 9")
    + """\
[[qualification.remark]]
id = "four"
says = "Just four credits"
credits = { exactly = 4 }

"""
)


def test_remark_is_of_legal_mixes_only(tmp_path: Path) -> None:
    must = '[[qualification.rule]]\nid = "must"\nsays = "Unit 1"\nmandatory = ["1"]\n\n'
    book = write_rulebook(tmp_path, must + REMARKED)
    assert [remark.id for remark in verdict_on(book, "1", "3").remarks] == ["four"]
    assert verdict_on(book, "4").remarks == ()
    assert verdict_on(book, "4", draft=True).remarks == ()


def test_draft_that_cannot_be_completed_tells_what_collides(tmp_path: Path) -> None:
    nearby = near(write_rulebook(tmp_path, AT_MOST), "2", "3", draft=True)
    assert nearby.remedy is not None
    (conflict,) = nearby.remedy.conflicts
    assert [(demand.says, demand.is_wish) for demand in conflict.demands] == [
        ("unit 2 is in the pathway", True),
        ("unit 3 is in the pathway", True),
        ("At most 4 credits", False),
    ]
