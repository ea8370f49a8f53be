"""The mixes that meet the rules and somebody's wishes, each verified twice."""

import pytest
from hypothesis import given

from nvqplan.rules.learner import Learner
from nvqplan.rules.qualification import PRINTED
from nvqplan.rules.terms import Terms
from nvqplan.solving import problem
from nvqplan.space.mixes import Space
from nvqplan.space.proof import DisagreementError
from nvqplan.space.wishes import Wishes
from tests.rulebooks import NEWEST, Asked, Book, asked, legal, wished
from tests.small_rulebooks import THREE, space_of_three
from tests.tapes import cases


def mixes(wishes: Wishes) -> list[str]:
    return sorted(" ".join(sorted(mix)) for _, mix in space_of_three(wishes).best({}))


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        (Wishes(), ["101 102", "101 102 103", "101 103", "102 103"]),
        (Wishes(taken=("101", "103")), ["101 102 103", "101 103"]),
        (Wishes(left=("101",)), ["102 103"]),
        (Wishes(left=("101", "555")), ["102 103"]),
        (Wishes(held=("103",)), ["101 102 103", "101 103", "102 103"]),
        (Wishes(offer=frozenset({"101", "102", "555"})), ["101 102"]),
        (Wishes(offer=frozenset({"101"}), held=("103",)), ["101 103"]),
        (Wishes(credits=(6, None)), ["101 102 103", "101 103", "102 103"]),
        (Wishes(credits=(None, 6)), ["101 102", "101 103"]),
        (Wishes(credits=(6, 6)), ["101 103"]),
        (Wishes(credits=(0, 0)), []),
        (Wishes(surplus=0), ["101 102"]),
        (Wishes(surplus=1), ["101 102", "101 103"]),
        (Wishes(max_glh=40), ["101 102", "101 103"]),
        (Wishes(max_glh=0), []),
    ],
)
def test_a_mix_that_misses_a_wish_is_out(wishes: Wishes, expected: list[str]) -> None:
    assert mixes(wishes) == expected
    assert space_of_three(wishes).count() == len(expected)


@pytest.mark.parametrize(
    ("wishes", "id", "says"),
    [
        (Wishes(taken=("101",)), "--with 101", "unit 101 is in the mix"),
        (Wishes(left=("101",)), "--without 101", "unit 101 is not in the mix"),
        (Wishes(held=("101",)), "--held 101", "unit 101 is held already"),
        (Wishes(offer=frozenset({"101", "9"})), "--offer", "no unit but the 1 on offer"),
        (Wishes(credits=(6, 6)), "--credits 6", "6 credits"),
        (Wishes(credits=(6, 8)), "--credits 6..8", "6..8 credits"),
        (Wishes(credits=(None, 8)), "--credits 0..8", "0..8 credits"),
        (Wishes(credits=(6, None)), "--credits 6..", "6.. credits"),
        (Wishes(surplus=2), "--surplus 2", "at most 2 credits over 5"),
        (Wishes(max_glh=50), "--max-glh 50", "at most 50 guided learning hours"),
    ],
)
def test_a_wish_is_named_as_it_was_typed(wishes: Wishes, id: str, says: str) -> None:
    (wish,) = wishes.demands(THREE.read())
    assert (wish.id, wish.says, wish.is_wish) == (id, says, True)


def test_each_wish_is_a_demand_of_its_own() -> None:
    wishes = Wishes(("101",), ("102",), ("103",), frozenset(), (1, 9), 4, 60)
    assert len([*wishes.demands(THREE.read())]) == 7


def test_rules_are_no_wishes() -> None:
    assert [(each.id, each.is_wish) for each in space_of_three(Wishes()).demands] == [
        ("total", False)
    ]


def test_rules_that_an_open_date_leaves_open_are_one_demand() -> None:
    dated = 'id = "{0}"\nsays = "{0}"\nunits = {{ at_most = 0 }}\nwhen.registered.{1}'
    rules = [dated.format("old", "before = 2017-07-01"), dated.format("new", "from = 2018-01-01")]
    text = "\n".join([THREE.rules, *(f"[[qualification.rule]]\n{rule}" for rule in rules)])
    qualification = Book(THREE.units, text).read()
    named = {
        registered: [d.id for d in Space(qualification, terms.learner(qualification)).demands]
        for registered, terms in {"any": Terms("any"), "newest": Terms()}.items()
    }
    assert named == {"any": ["total", "registration"], "newest": ["total", "new"]}
    either = Space(qualification, Terms("any").learner(qualification))
    assert either.demands[1].says == "old; or new"
    assert either.count() == 4


def test_an_illegal_mix_is_refused_by_both_opinions() -> None:
    with pytest.raises(DisagreementError, match="python-constraint refuses"):
        space_of_three(Wishes()).verify(frozenset({"101"}))


def test_a_mix_that_misses_a_wish_is_refused() -> None:
    with pytest.raises(DisagreementError, match="python-constraint refuses"):
        space_of_three(Wishes(taken=("103",))).verify(frozenset({"101", "102"}))


def test_a_unit_that_is_not_offered_is_refused() -> None:
    with pytest.raises(DisagreementError, match="python-constraint refuses"):
        space_of_three(Wishes()).verify(frozenset({"101", "102", "555"}))


def test_no_mix_leaves_unless_python_constraint_accepts_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problem, "satisfies", lambda *_: False)
    with pytest.raises(DisagreementError, match="python-constraint refuses"):
        next(space_of_three(Wishes()).best({}))


def test_no_mix_leaves_unless_the_rules_themselves_accept_it() -> None:
    asked = space_of_three(Wishes())
    asked.demands = ()
    with pytest.raises(DisagreementError, match="the rules refuse"):
        list(asked.best({}))


@cases(100)
@given(asked())
def test_the_space_of_a_rulebook_holds_its_legal_mixes(asked: Asked) -> None:
    qualification = asked.book.read()
    whole = Space(qualification, asked.learner(qualification), asked.reading)
    expected = legal(asked)
    assert whole.count() == len(expected)
    assert {mix for _, mix in whole.best({})} == expected
    assert all(qualification.mandatory <= mix for mix in expected)


@cases(150)
@given(wished())
def test_wishes_leave_the_legal_mixes_that_fit_them(case: tuple[Asked, Wishes]) -> None:
    asked, wishes = case
    qualification, handbook = asked.book.read(), asked.book.handbook()
    wanted = Space(qualification, asked.learner(qualification), asked.reading, wishes)
    expected = {mix for mix in legal(asked) if handbook.fits(mix, wishes)}
    assert wanted.count() == len(expected)
    assert {mix for _, mix in wanted.best({})} == expected


def test_a_mix_that_holds_another_is_refused_where_none_may() -> None:
    smallest = space_of_three(Wishes()).minimal()
    smallest.verify(frozenset({"101", "102"}))
    space_of_three(Wishes()).verify(frozenset({"101", "102", "103"}))
    chosen = space_of_three(Wishes()).given(("103",)).minimal()
    for narrow in (smallest, smallest.given(("103",)), chosen):
        with pytest.raises(DisagreementError, match="holds another mix"):
            narrow.verify(frozenset({"101", "102", "103"}))


def fingerprints() -> list[str]:
    """One of every space that could number a mix differently."""
    qualification, learner = THREE.read(), Learner((NEWEST,))
    meant = 'intended = { credits = { at_least = 6 }, says = "6", why = "W" }'
    read_twice = Book(THREE.units, f"{THREE.rules}{meant}\n").read()
    others = [
        Book(
            THREE.units, THREE.rules.replace("at_least = 5", "at_least = 4").replace("= 5", "= 4")
        ),
        Book(THREE.units.replace("103,,C,2,4", "103,,C,2,6"), THREE.rules),
    ]
    whole = Space(qualification, learner)
    wishes = [Wishes(("101",)), Wishes((), ("101",)), Wishes(credits=(6, 6)), Wishes(max_glh=50)]
    spaces = [
        whole,
        *(Space(book.read(), learner) for book in others),
        Space(read_twice, learner, frozenset({"total"})),
        *(Space(qualification, learner, PRINTED, each) for each in wishes),
        whole.minimal(),
        whole.given(("102",)),
        whole.given((), ("102",)),
        whole.given(("103",)).minimal(),
        whole.minimal().given(("103",)),
    ]
    return [each.fingerprint for each in spaces]


def test_a_fingerprint_tells_spaces_apart() -> None:
    told = fingerprints()
    assert len(set(told)) == len(told)
    assert all(len(each) == 12 and set(each) <= set("0123456789abcdef") for each in told)
    assert fingerprints() == told


def test_a_fingerprint_tells_apart_what_was_chosen_before_and_after() -> None:
    needs = '[[qualification.rule]]\nid = "a"\nsays = "101"\nmandatory = ["101"]'
    rules = THREE.rules.replace("at_least = 5", "at_least = 2").replace("= 5", "= 2")
    qualification = Book(THREE.units, f"{rules}\n{needs}\n").read()
    whole = Space(qualification, Learner((NEWEST,)))
    one = whole.given(("101",)).minimal().given(("102",))
    other = whole.given(("102",)).minimal().given(("101",))
    assert [list(each.mixes()) for each in (one, other)] == [[], [frozenset({"101", "102"})]]
    assert one.fingerprint != other.fingerprint


def test_a_fingerprint_tells_apart_offers_that_the_rules_do_not() -> None:
    rules = THREE.rules.replace("at_least = 5", "of = ['101', '102'], at_least = 1")
    rules = rules.replace("credits = 5", "credits = 0")
    told = {
        Space(
            Book(THREE.units, rules.replace(', "103"', more)).read(), Learner((NEWEST,))
        ).fingerprint
        for more in ("", ', "103"')
    }
    assert len(told) == 2
