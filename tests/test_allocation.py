"""Components that share units: a mix is legal where its units can be shared out in some way."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from nvqplan.solving.allocation import Allocation, Component
from nvqplan.solving.best import best
from nvqplan.solving.diagram import compile_diagram
from nvqplan.solving.machine import HOPELESS
from nvqplan.solving.problem import mixes
from tests.oracle import Mix, accepted, subsets
from tests.tapes import cases

VARIABLES = "abcdef"


@st.composite
def allocations(draw: st.DrawFn) -> Allocation:
    def component() -> Component:
        weights = draw(st.dictionaries(st.sampled_from(VARIABLES), st.integers(0, 5)))
        lower = draw(st.integers(0, 9))
        upper = draw(st.none() | st.integers(lower, lower + 3))
        return Component(weights, lower, upper)

    return Allocation("shared", tuple(component() for _ in range(draw(st.integers(0, 3)))))


@cases(300)
@given(allocations())
def test_a_mix_is_accepted_where_some_way_to_share_it_out_is(machine: Allocation) -> None:
    expected = accepted([machine], VARIABLES)
    diagram = compile_diagram(VARIABLES, [machine])
    assert diagram.count() == len(expected)
    assert {mix for _, mix in best(diagram, {})} == expected
    assert set(mixes([machine], VARIABLES)) == expected
    assert {mix for mix in subsets(VARIABLES) if machine.holds(mix)} == expected


@cases(200)
@given(allocations(), st.dictionaries(st.sampled_from(VARIABLES), st.booleans()))
def test_can_hold_gives_up_only_where_no_mix_is_left(
    machine: Allocation, assigned: dict[str, bool]
) -> None:
    taken = frozenset(variable for variable, is_taken in assigned.items() if is_taken)
    legal = accepted([machine], VARIABLES)
    left = [mix for mix in legal if taken <= mix and mix - taken <= set(VARIABLES) - set(assigned)]
    assert machine.can_hold(assigned) == bool(left)


@cases(200)
@given(allocations(), st.frozensets(st.sampled_from(VARIABLES)))
def test_the_way_that_is_told_uses_each_unit_once_and_lacks_least(
    machine: Allocation, mix: Mix
) -> None:
    used = machine.share(mix)
    named = [variable for each in used for variable in each]
    assert len(named) == len(set(named))
    assert mix.issuperset(named)
    lack = 0
    for component, variables in zip(machine.components, used, strict=True):
        total = sum(component.weights[variable] for variable in variables)
        assert component.upper is None or total <= max(component.upper, 0)
        lack += max(component.lower - total, 0)
    assert lack == min(_lacks(machine, sorted(mix)))


def _lacks(machine: Allocation, mix: list[str]) -> list[int]:
    """What is missing in all, for every way to use each unit for one component or none."""
    lacks = []
    for places in product(range(-1, len(machine.components)), repeat=len(mix)):
        lack = 0
        for index, component in enumerate(machine.components):
            chosen = [v for v, place in zip(mix, places, strict=True) if place == index]
            total = sum(component.weights.get(v, 0) for v in chosen)
            if component.upper is not None and total > component.upper:
                break
            lack += max(component.lower - total, 0)
        else:
            lacks.append(lack)
    return lacks


def test_two_components_cannot_both_use_the_only_unit() -> None:
    both = Allocation("both", (Component({"a": 5}, 5), Component({"a": 5, "b": 3}, 3)))
    assert accepted([both], "ab") == {frozenset("ab")}
    assert both.share("ab") == (("a",), ("b",))
    assert both.along("b").start is HOPELESS
