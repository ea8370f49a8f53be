"""The best legal mixes, in the order that the help text promises."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nvqplan.advice.suggestions import Answer, Preferences, Suggestion, answer_wishes, suggest
from nvqplan.rules.learner import Learner
from nvqplan.rules.qualification import PRINTED
from nvqplan.solving import problem
from nvqplan.space.mixes import Space
from nvqplan.space.proof import DisagreementError
from nvqplan.space.wishes import Wishes
from tests.oracle import Handbook, Mix
from tests.rulebooks import NEWEST, NUMBERS, Asked, Book, legal, wished
from tests.tapes import cases

UNITS = """\
unit,uan,title,level,credits,glh,topics,nos,outcomes,criteria,source
99,,A,1,2,10,sales,,,,
101,,B,1,2,10,it,,,,
102,,C,2,4,20,sales,,,,
103,,D,2,3,30,it,,,,
1000,,E,3,4,20,,,,,
"""

RULES = """\
[[qualification]]
id = "q"
title = "Q"
number = "1"
qan = ""
level = 1
credits = 4
source = "S"
groups.A = ["99", "101", "102", "103", "1000"]

[[qualification.rule]]
id = "total"
says = "At least 4 credits"
credits = { at_least = 4 }
"""

PREFERENCES = st.builds(
    Preferences,
    st.frozensets(st.sampled_from(NUMBERS), max_size=4),
    st.frozensets(st.sampled_from(NUMBERS), max_size=4),
)


def best(
    top: int,
    wishes: Wishes | None = None,
    preferences: Preferences | None = None,
    *,
    rank_surplus: bool = True,
) -> list[str]:
    space = Space(Book(UNITS, RULES).read(), Learner((NEWEST,)), PRINTED, wishes)
    found = suggest(space, preferences or Preferences(), top, rank_surplus=rank_surplus)
    return [" ".join(unit.number for unit in each.units) for each in found]


def preferring(*numbers: str) -> Preferences:
    return Preferences(preferred=frozenset(numbers))


def avoiding(*numbers: str) -> Preferences:
    return Preferences(avoided=frozenset(numbers))


def test_only_mixes_of_the_smallest_feasible_surplus_are_suggested() -> None:
    assert best(9) == ["102", "1000", "99 101"]
    assert best(9, Wishes(taken=("103",))) == ["99 103", "101 103"]


def test_a_preference_does_not_buy_surplus() -> None:
    assert best(9, preferences=preferring("103")) == ["102", "1000", "99 101"]


def test_without_ranking_by_surplus_preferred_credits_come_first() -> None:
    wishes = Wishes(surplus=1)
    ranked = best(9, wishes, preferring("103"), rank_surplus=False)
    assert ranked == ["99 103", "101 103", "102", "1000", "99 101"]


def test_fewest_avoided_credits_come_next() -> None:
    assert best(9, preferences=avoiding("102", "99")) == ["1000", "99 101", "102"]


def test_a_unit_may_be_sought_and_shunned() -> None:
    both = Preferences(frozenset({"99", "1000"}), frozenset({"1000"}))
    assert best(9, preferences=both) == ["1000", "99 101", "102"]


def test_then_least_guided_learning() -> None:
    assert best(2, Wishes(surplus=1), rank_surplus=False) == ["102", "1000"]
    assert best(3, Wishes(left=("102",)), rank_surplus=False)[:2] == ["1000", "99 101"]


def test_then_fewest_units_and_then_the_lowest_numbers() -> None:
    assert best(3) == ["102", "1000", "99 101"]


def test_numbers_ascend_as_numbers_do() -> None:
    assert best(1, Wishes(taken=("1000", "99", "101")))[0] == "99 101 1000"


def test_alike_mixes_come_by_their_lowest_number_then_by_the_next() -> None:
    alike = [f"{number},,Alike,1,2,10,,,,," for number in ("98", "99", "101", "102", "103")]
    units = "\n".join([UNITS.splitlines()[0], *alike]) + "\n"
    space = Space(Book(units, RULES.replace("1000", "98")).read(), Learner((NEWEST,)))
    ranked = [each.mix for each in suggest(space, Preferences(), 99, rank_surplus=True)]
    assert ranked == [
        frozenset(each) for each in combinations(("98", "99", "101", "102", "103"), 2)
    ]


def test_fewer_than_asked_where_there_are_no_more() -> None:
    assert len(best(100)) == 3
    assert best(3, Wishes(max_glh=19)) == []


def test_a_surplus_that_is_wished_for_is_not_ranked_by() -> None:
    answered = {
        surplus: [each.totals.credits for each in answer(Wishes(surplus=surplus)).suggestions]
        for surplus in (None, 1)
    }
    assert answered == {None: [4, 4], 1: [5, 5]}


def test_where_nothing_fits_the_answer_says_what_collides() -> None:
    assert answer(Wishes()).conflict == ()
    refused = answer(Wishes(max_glh=19))
    assert refused.suggestions == ()
    assert [demand.id for demand in refused.conflict] == ["--max-glh 19", "total"]


def answer(wishes: Wishes) -> Answer:
    """The two best mixes for somebody who would like 101 and 103."""
    space = Space(Book(UNITS, RULES).read(), Learner((NEWEST,)), PRINTED, wishes)
    return answer_wishes(space, preferring("101", "103"), 2)


def test_no_suggestion_leaves_unverified(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problem, "satisfies", lambda *_: False)
    with pytest.raises(DisagreementError):
        best(1)


def rank(handbook: Handbook, preferences: Preferences, mix: Mix) -> tuple[object, ...]:
    """Where a mix stands among those of one surplus, the best the least."""
    measure, _ = handbook.size()
    return (
        -handbook.sum_of(measure, mix & preferences.preferred),
        handbook.sum_of(measure, mix & preferences.avoided),
        handbook.sum_of("glh", mix),
        len(mix),
        sorted(map(int, mix)),
    )


def ranked_by_hand(
    case: tuple[Asked, Wishes], preferences: Preferences, *, rank_surplus: bool
) -> list[Mix]:
    asked, wishes = case
    handbook = asked.book.handbook()
    fitting = [mix for mix in legal(asked) if handbook.fits(mix, wishes)]
    measure, _ = handbook.size()
    least = min((handbook.sum_of(measure, mix) for mix in fitting), default=0)
    if rank_surplus:
        fitting = [mix for mix in fitting if handbook.sum_of(measure, mix) == least]
    return sorted(fitting, key=lambda mix: rank(handbook, preferences, mix))


@cases(200)
@given(wished(), PREFERENCES, st.sampled_from([1, 2, 5, 1000]), st.booleans())
def test_suggestions_are_the_first_of_all_mixes_in_order(
    case: tuple[Asked, Wishes], preferences: Preferences, top: int, rank_surplus: bool
) -> None:
    asked, wishes = case
    qualification = asked.book.read()
    space = Space(qualification, asked.learner(qualification), asked.reading, wishes)
    found = suggest(space, preferences, top, rank_surplus=rank_surplus)
    expected = ranked_by_hand(case, preferences, rank_surplus=rank_surplus)
    assert [each.mix for each in found] == expected[:top]


@cases(60)
@given(wished(), PREFERENCES)
def test_suggestions_tell_what_they_were_ranked_by(
    case: tuple[Asked, Wishes], preferences: Preferences
) -> None:
    asked, wishes = case
    qualification, handbook = asked.book.read(), asked.book.handbook()
    space = Space(qualification, asked.learner(qualification), asked.reading, wishes)
    measure, total = handbook.size()
    for each in suggest(space, preferences, 5, rank_surplus=False):
        assert told(each) == (
            handbook.sum_of(measure, each.mix) - total,
            handbook.sum_of("credits", each.mix),
            handbook.sum_of(measure, each.mix & preferences.preferred),
            handbook.sum_of(measure, each.mix & preferences.avoided),
            handbook.sum_of("glh", each.mix),
        )
        assert each.judgement.legal
        assert [int(unit.number) for unit in each.units] == sorted(map(int, each.mix))


def told(suggestion: Suggestion) -> tuple[int, ...]:
    return (
        suggestion.surplus,
        suggestion.totals.credits,
        suggestion.preferred,
        suggestion.avoided,
        suggestion.totals.glh,
    )


POINTS = """\
unit,uan,title,level,credits,glh,topics,nos,outcomes,criteria,source,points
99,,A,1,0,10,sales,,,,,2
101,,B,1,0,10,it,,,,,2
102,,C,2,0,20,sales,,,,,5
103,,D,2,0,30,it,,,,,3
1000,,E,3,0,20,,,,,,4
"""


@pytest.mark.parametrize(
    ("sums", "size", "first"),
    [
        (["units = { exactly = 2 }"], ("units", 2), "99 101"),
        (["units = { at_least = 2 }", "points = { at_least = 5 }"], ("units", 2), "101 102"),
        (["points = { at_least = 5 }"], ("points", 5), "101 103"),
        (["glh = { at_least = 25 }", "points = { at_least = 5 }"], ("points", 5), "101 103"),
        (["glh = { at_least = 25 }"], ("glh", 25), "101 102"),
        (['points = { of = ["99", "102"], at_least = 1 }'], ("points", 0), "99"),
        (['units = { of = ["99"], at_least = 1 }', "glh = { at_most = 30 }"], ("units", 0), "99"),
        (["glh = { at_most = 30 }"], ("units", 0), ""),
    ],
)
def test_mixes_are_weighed_by_what_the_rulebook_counts(
    sums: list[str], size: tuple[str, int], first: str
) -> None:
    head = RULES.partition("[[qualification.rule]]")[0].replace("credits = 4", "credits = 0")
    rules = "".join(
        f'[[qualification.rule]]\nid = "r{index}"\nsays = "R"\n{each}\n'
        for index, each in enumerate(sums)
    )
    book = Book(POINTS, head + rules)
    assert (book.read().size, book.handbook().size()) == (size, size)
    space = Space(book.read(), Learner((NEWEST,)))
    (found,) = suggest(space, preferring("101"), 1, rank_surplus=True)
    assert " ".join(unit.number for unit in found.units) == first
    assert found.surplus == book.handbook().sum_of(size[0], found.mix) - size[1]
