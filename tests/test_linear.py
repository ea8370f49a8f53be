"""The weighted sum between two bounds, alone and along an order of the variables."""

import tracemalloc
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from nvqplan.solving.diagram import compile_diagram
from nvqplan.solving.linear import Linear
from nvqplan.solving.machine import HOPELESS, State, Walk
from tests.oracle import Mix, machine_holds, subsets
from tests.puzzles import HUGE, VARIABLES, linears
from tests.tapes import cases

EVERYTHING = frozenset(VARIABLES)


def follow(walk: Walk, order: Sequence[str]) -> dict[Mix, list[State]]:
    """For each mix the states before the first layer and after each; no hope stays HOPELESS."""
    states: dict[Mix, list[State]] = {mix: [walk.start] for mix in subsets(order)}
    for layer, variable in enumerate(order):
        alive = {met[-1] for met in states.values() if met[-1] is not HOPELESS}
        branches = walk.branch(layer, alive) if layer in walk.layers else None
        for mix, met in states.items():
            if branches and met[-1] is not HOPELESS:
                met.append(branches[variable in mix][met[-1]])
            else:
                met.append(met[-1])
    return states


def ways_to_finish(machine: Linear, order: str, layer: int, mix: Mix) -> frozenset[Mix]:
    """Those choices among the variables from a layer on that make the machine hold."""
    begun = mix & set(order[:layer])
    rests = subsets(order[layer:])
    return frozenset(rest for rest in rests if machine_holds(machine, begun | rest))


def test_bounds_are_part_of_what_is_allowed() -> None:
    machine = Linear("credits", {"a": 3, "b": 4, "c": 5}, lower=4, upper=7)
    allowed = {"".join(sorted(mix)) for mix in subsets("abc") if machine.holds(mix)}
    assert allowed == {"b", "c", "ab"}


def test_a_negative_weight_takes_away() -> None:
    requires = Linear("305 needs 204", {"204": 1, "305": -1}, lower=0)
    assert requires.holds(frozenset({"204", "305"}))
    assert not requires.holds(frozenset({"305"}))


def test_no_bound_allows_everything() -> None:
    machine = Linear("none", {"a": 3, "b": -4})
    assert all(machine.holds(mix) for mix in subsets("ab"))


def test_variables_of_weight_zero_are_not_read() -> None:
    machine = Linear("credits", {"a": 0, "b": 2, "c": 0})
    assert machine.variables == ("b",)
    assert list(machine.along("abc").layers) == [1]


def test_a_machine_that_reads_nothing_holds_or_not_from_the_start() -> None:
    never, always = Linear("age", {}, lower=1), Linear("age", {}, upper=0)
    assert (never.can_hold({}), never.along("ab").start) == (False, HOPELESS)
    assert always.can_hold({})
    assert always.along("ab").start is not HOPELESS


def test_a_rule_for_one_variable_that_it_cannot_meet_is_hopeless_at_once() -> None:
    assert Linear("too much", {"a": 2}, lower=3).along("ab").start is HOPELESS
    assert Linear("too little", {"a": -2}, upper=-3).along("ab").start is HOPELESS


def test_sums_that_no_choice_reaches_are_hopeless_at_once() -> None:
    assert Linear("odd", {"a": 2, "b": 4, "c": 6}, lower=5, upper=5).along("abc").start is HOPELESS


def test_what_can_no_longer_fail_is_one_state() -> None:
    states = follow(
        Linear("at least 2", {"a": 2, "b": 1, "c": 5}, lower=2).along("abc"),
        "abc",
    )
    enough, more, not_yet = (states[frozenset(mix)][2] for mix in ("a", "ab", "b"))
    assert enough == more
    assert enough != not_yet


def test_variables_outside_the_order_of_a_walk_are_left() -> None:
    assert Linear("with x", {"x": 1, "a": 1}, lower=2).along("ab").start is HOPELESS


@cases(400)
@given(linears(VARIABLES))
def test_machine_holds_where_its_sum_is_within_the_bounds(machine: Linear) -> None:
    for mix in subsets(VARIABLES):
        assert machine.holds(mix) == machine_holds(machine, mix)


@cases(200)
@given(linears("abcde"), st.permutations("abcde"))
def test_states_of_a_walk_are_one_exactly_where_the_rest_finishes_them_alike(
    machine: Linear, order: list[str]
) -> None:
    states = follow(machine.along(order), order)
    for layer in range(len(order) + 1):
        met: dict[State, frozenset[Mix]] = {}
        for mix in subsets(order[:layer]):
            state = states[mix][layer]
            finishing = ways_to_finish(machine, "".join(order), layer, mix)
            assert (state is HOPELESS) == (not finishing)
            assert met.setdefault(state, finishing) == finishing
        assert len(set(met.values())) == len(met)


@cases(300)
@given(linears(VARIABLES), st.dictionaries(st.sampled_from(VARIABLES), st.booleans()))
def test_can_hold_gives_up_only_where_no_mix_is_left(
    machine: Linear, assigned: dict[str, bool]
) -> None:
    taken = frozenset(variable for variable, is_taken in assigned.items() if is_taken)
    open_ = EVERYTHING - assigned.keys()
    left = [mix for mix in subsets(open_) if machine_holds(machine, taken | mix)]
    assert machine.can_hold(assigned) or not left


@cases(200)
@given(linears(VARIABLES), st.frozensets(st.sampled_from(VARIABLES)))
def test_can_hold_knows_the_answer_once_all_is_decided(machine: Linear, mix: Mix) -> None:
    assigned = {variable: variable in mix for variable in VARIABLES}
    assert machine.can_hold(assigned) == machine_holds(machine, mix)


def test_can_hold_gives_up_as_soon_as_a_bound_is_out_of_reach() -> None:
    machine = Linear("credits", {"a": 3, "b": 4, "c": -5}, lower=4, upper=6)
    assert machine.can_hold({})
    assert not machine.can_hold({"b": False})
    assert not machine.can_hold({"a": True, "b": True, "c": False})
    assert machine.can_hold({"a": True, "b": True})


def test_huge_bounds_hold_or_fail_like_any_other() -> None:
    weights = dict.fromkeys(VARIABLES, 1)
    assert Linear("wide", weights, -HUGE, HUGE).along(VARIABLES).start is not HOPELESS
    assert Linear("high", weights, HUGE, None).along(VARIABLES).start is HOPELESS
    assert Linear("low", weights, None, -HUGE).along(VARIABLES).start is HOPELESS


def test_sums_of_pence_stay_within_memory() -> None:
    fees = {f"{n}": 2_000 + 917 * n * n % 28_001 for n in range(24)}
    tracemalloc.start()
    diagram = compile_diagram(list(fees), [Linear("fees", fees, upper=sum(fees.values()) // 2)])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    over = compile_diagram(list(fees), [Linear("fees", fees, lower=sum(fees.values()) // 2 + 1)])
    assert diagram.count() + over.count() == 2 ** len(fees)
    assert peak < 150_000_000
