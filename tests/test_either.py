"""Alternatives of which one must hold: a choice that nobody has made yet."""

from hypothesis import given
from hypothesis import strategies as st

from nvqplan.solving.best import best
from nvqplan.solving.diagram import compile_diagram
from nvqplan.solving.either import Either
from nvqplan.solving.linear import Linear
from nvqplan.solving.machine import HOPELESS, SURE, Machine
from tests.oracle import Mix, accepted, machine_holds, subsets
from tests.puzzles import HOW_MANY, machines
from tests.tapes import cases

NOTHING = Linear("never", {}, lower=1)
A = Linear("a", {"a": 1}, lower=1)
B = Linear("b", {"b": 1}, lower=1)


def found(machine: Machine, variables: str) -> set[str]:
    """The mixes that the diagram finds for one machine."""
    return {"".join(sorted(mix)) for _, mix in best(compile_diagram(variables, [machine]), {})}


def test_one_alternative_is_enough() -> None:
    assert found(Either("a or b", ((A,), (B,))), "ab") == {"a", "b", "ab"}


def test_all_machines_of_an_alternative_must_hold() -> None:
    assert found(Either("a and b", ((A, B),)), "ab") == {"ab"}


def test_a_mix_that_meets_several_alternatives_is_counted_once() -> None:
    either = Either("a, b or a", ((A,), (B,), (A,)))
    assert compile_diagram("abc", [either]).count() == 6


def test_an_empty_alternative_always_holds() -> None:
    either = Either("nothing asked", ((A,), ()))
    assert all(either.holds(mix) for mix in subsets("ab"))
    assert either.along("ab").start is SURE
    assert compile_diagram("ab", [either]).count() == 4


def test_no_alternatives_never_hold() -> None:
    never = Either("nothing possible", ())
    assert not any(never.holds(mix) for mix in subsets("ab"))
    assert never.along("ab").start is HOPELESS
    assert not never.can_hold({})
    assert compile_diagram("ab", [never]).count() == 0


def test_an_alternative_that_can_never_hold_is_no_way_out() -> None:
    assert found(Either("a or never", ((A,), (B, NOTHING))), "ab") == {"a", "ab"}
    assert Either("never", ((NOTHING,), (NOTHING, A))).along("ab").start is HOPELESS


def test_it_is_sure_once_an_alternative_holds_with_nothing_left_to_read() -> None:
    walk = Either("a or b", ((A,), (B,))).along("ab")
    left, taken = walk.branch(0, {walk.start})
    assert taken[walk.start] is SURE
    assert left[walk.start] not in (SURE, HOPELESS)


def test_it_is_not_sure_while_the_alternative_still_reads() -> None:
    both = Either("a without b, or c", ((A, Linear("no b", {"b": 1}, upper=0)), (NOTHING,)))
    assert found(both, "ab") == {"a"}


def test_exactly_one_is_not_both() -> None:
    one = Either("a or b", ((A,), (B,)), 1, 1)
    assert found(one, "ab") == {"a", "b"}
    assert found(Either("neither", ((A,), (B,)), 0, 0), "ab") == {""}
    assert found(Either("both", ((A,), (B,)), 2), "ab") == {"ab"}


def test_it_is_sure_only_once_no_further_alternative_can_hold() -> None:
    walk = Either("a or b", ((A,), (B,)), 1, 1).along("ab")
    _, taken = walk.branch(0, {walk.start})
    assert taken[walk.start] not in (SURE, HOPELESS)
    left, both = walk.branch(1, {taken[walk.start]})
    assert (left[taken[walk.start]], both[taken[walk.start]]) == (SURE, HOPELESS)


def test_variables_are_those_of_all_alternatives_each_once() -> None:
    unread = Linear("0", {"c": 0}, lower=0)
    assert Either("a, b", ((B, A), (A,), (unread,))).variables == ("b", "a")


def test_windows_of_registration_count_a_mix_once() -> None:
    no_319 = Linear("from July", {"319": 1}, upper=0)
    no_619 = Linear("before July", {"619": 1}, upper=0)
    either = Either("registration", ((no_619,), (), (no_319,)))
    assert compile_diagram(("319", "619"), [either]).count() == 4
    assert compile_diagram(("319", "619"), [Either("r", ((no_619,), (no_319,)))]).count() == 3


def nested() -> st.SearchStrategy[Either]:
    alternatives = st.lists(st.lists(machines("abcdef"), max_size=2).map(tuple), max_size=3)
    return st.builds(
        lambda each, how_many: Either("nested", tuple(each), *how_many),
        alternatives,
        st.sampled_from(HOW_MANY),
    )


@cases(200)
@given(nested())
def test_either_holds_where_all_of_some_alternative_do(either: Either) -> None:
    for mix in subsets("abcdef"):
        assert either.holds(mix) == machine_holds(either, mix)


@cases(200)
@given(nested())
def test_the_diagram_finds_each_mix_of_nested_choices_once(either: Either) -> None:
    diagram = compile_diagram("abcdef", [either])
    expected = accepted([either], "abcdef")
    assert diagram.count() == len(expected)
    assert {mix for _, mix in best(diagram, {})} == expected


@cases(150)
@given(nested())
def test_a_choice_holds_where_all_of_some_alternative_holds(either: Either) -> None:
    for mix in subsets("abcdef"):
        assert either.holds(mix) == machine_holds(either, mix)


@cases(150)
@given(nested(), st.dictionaries(st.sampled_from("abcdef"), st.booleans()))
def test_can_hold_gives_up_only_where_no_mix_is_left(
    either: Either, assigned: dict[str, bool]
) -> None:
    taken = frozenset(variable for variable, is_taken in assigned.items() if is_taken)
    open_ = frozenset("abcdef") - assigned.keys()
    left = [mix for mix in subsets(open_) if machine_holds(either, taken | mix)]
    assert either.can_hold(assigned) or not left


@cases(100)
@given(nested(), st.frozensets(st.sampled_from("abcdef")))
def test_can_hold_knows_the_answer_once_all_is_decided(either: Either, mix: Mix) -> None:
    assigned = {variable: variable in mix for variable in "abcdef"}
    assert either.can_hold(assigned) == machine_holds(either, mix)
