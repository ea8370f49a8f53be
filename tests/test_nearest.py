"""The cheapest ways to turn a proposal into a legal mix, held against trying every legal mix."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from nvqplan.solving import problem
from nvqplan.space.mixes import Edit, Space
from nvqplan.space.proof import DisagreementError
from nvqplan.space.wishes import Wishes
from tests.oracle import Mix, in_order, minimal_of
from tests.rulebooks import Asked, legal, wished
from tests.small_rulebooks import space_of_three
from tests.tapes import cases

STRANGERS = ("555", "999", "not a unit")
Cost = tuple[int, ...]


class Repair:
    """A space, its mixes, and a proposal with what each change of it would cost."""

    def __init__(self, drawn: tuple[Asked, Wishes]) -> None:
        asked, wishes = drawn
        qualification, handbook = asked.book.read(), asked.book.handbook()
        self.space = Space(qualification, asked.learner(qualification), asked.reading, wishes)
        self.units = list(handbook.units)
        fitting = [mix for mix in legal(asked) if handbook.fits(mix, wishes)]
        self.mixes = in_order(fitting, self.space.order)
        self.proposal: Mix = frozenset()
        self.costs: dict[str, Cost] = {}
        self.locked: Mix = frozenset()

    def edits(self, mixes: list[Mix]) -> list[Edit]:
        """Every edit that keeps what is locked, the cheapest first, equal ones in order."""
        told = [self.edit(mix) for mix in mixes if self.locked <= mix]
        return sorted(told, key=lambda edit: edit.cost)

    def edit(self, mix: Mix) -> Edit:
        length = len(next(iter(self.costs.values()), (0,)))
        unit_cost = (1, *[0] * (length - 1))
        paid = [
            self.costs.get(unit, unit_cost) for unit in self.units if unit in self.proposal ^ mix
        ]
        cost = tuple(sum(each[place] for each in paid) for place in range(length))
        drop, add = (
            tuple(sorted(units, key=_as_numbers))
            for units in (self.proposal - mix, mix - self.proposal)
        )
        return Edit(cost, drop, add, mix)


def _as_numbers(unit: str) -> tuple[int, str]:
    return len(unit), unit


@st.composite
def repairs(draw: DrawFn) -> Repair:
    repair = Repair(draw(wished()))
    length = draw(st.integers(1, 3))
    costs = st.tuples(*[st.integers(0, 3)] * length)
    any_units = st.sampled_from([*repair.units, *STRANGERS])
    repair.costs = draw(st.dictionaries(any_units, costs, max_size=8))
    repair.proposal = draw(st.frozensets(any_units))
    inside = sorted(repair.proposal.intersection(repair.units))
    if inside:
        repair.locked = draw(
            st.just(frozenset()) | st.frozensets(st.sampled_from(inside), max_size=2)
        )
    return repair


@cases(50)
@given(repairs(), st.integers(0, 9))
def test_the_nearest_mixes_are_those_of_the_cheapest_edits(repair: Repair, k: int) -> None:
    expected = repair.edits(repair.mixes)
    proposal, costs, locked = repair.proposal, repair.costs, repair.locked
    assert list(repair.space.nearest(proposal, costs, locked=locked)) == expected
    assert list(repair.space.nearest(proposal, costs, locked=locked, k=k)) == expected[:k]


@cases(30)
@given(repairs())
def test_without_costs_every_edit_counts_one_and_strangers_nothing(repair: Repair) -> None:
    repair.costs = {}
    expected = repair.edits(repair.mixes)
    told = list(repair.space.nearest(sorted(repair.proposal), locked=repair.locked))
    assert told == expected
    known = set(repair.units)
    assert [edit.cost for edit in told] == [
        (len((repair.proposal & known) ^ edit.mix),) for edit in told
    ]


@cases(30)
@given(repairs())
def test_of_the_minimal_mixes_the_nearest_are_found_too(repair: Repair) -> None:
    expected = repair.edits(in_order(minimal_of(repair.mixes), repair.space.order))
    nearest = repair.space.minimal().nearest
    assert list(nearest(repair.proposal, repair.costs, locked=repair.locked)) == expected


def test_a_legal_mix_is_its_own_nearest() -> None:
    nothing = Edit((0,), (), (), frozenset({"101", "102"}))
    assert next(space_of_three(Wishes()).nearest({"101", "102"})) == nothing
    assert next(space_of_three(Wishes()).nearest({"101", "102", "555"})) == nothing._replace(
        drop=("555",)
    )


def test_what_is_cheap_is_changed_rather_than_what_is_dear() -> None:
    asked = space_of_three(Wishes(max_glh=40))
    told = [
        next(asked.nearest({"102", "103"}, costs)) for costs in ({"102": (5,)}, {"103": (5,)}, None)
    ]
    assert [(edit.drop, edit.add) for edit in told] == [
        (("103",), ("101",)), (("102",), ("101",)), (("103",), ("101",)),
    ]  # fmt: skip
    assert [edit.cost for edit in told] == [(2,), (2,), (2,)]


def test_the_first_number_of_a_cost_decides_before_the_second() -> None:
    costs = {"101": (0, 7), "102": (1, 0), "103": (0, 8)}
    told = [(edit.cost, edit.mix) for edit in space_of_three(Wishes()).nearest((), costs)]
    assert [cost for cost, _ in told] == [(0, 15), (1, 7), (1, 8), (1, 15)]
    assert told[0][1] == {"101", "103"}


def test_where_a_locked_unit_can_be_in_no_mix_nothing_is_near() -> None:
    assert list(space_of_three(Wishes(left=("101",))).nearest({"101"}, locked={"101"})) == []


BAD: list[tuple[Mapping[str, Cost], tuple[str, ...], str]] = [
    ({}, ("103",), "locked"),
    ({}, ("555",), "locked"),
    ({}, ("101", "777"), "locked"),
    ({"101": (-1,)}, (), "none less than 0"),
    ({"101": (0, -1)}, (), "none less than 0"),
    ({"101": (1,), "102": (-1,)}, (), "none less than 0"),
]


@pytest.mark.parametrize(("costs", "locked", "says"), BAD)
def test_what_makes_no_sense_is_refused(
    costs: Mapping[str, Cost], locked: tuple[str, ...], says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        next(space_of_three(Wishes()).nearest({"101", "555"}, costs, locked=locked))


def test_no_edit_leaves_unless_python_constraint_accepts_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(problem, "satisfies", lambda *_: False)
    with pytest.raises(DisagreementError, match="python-constraint refuses"):
        next(space_of_three(Wishes()).nearest({"101"}))
