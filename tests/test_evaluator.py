"""All sums of a mix in one whole number say what each machine says by itself."""

from hypothesis import given
from hypothesis import strategies as st

from nvqplan.solving.evaluator import Alternatives, Evaluator
from nvqplan.solving.linear import Linear
from tests.oracle import Mix, subsets
from tests.puzzles import Puzzle, alike, credited, puzzles
from tests.tapes import cases

PUZZLES = puzzles() | credited() | alike()
FOREIGN = "foreign"


def broken(puzzle: Puzzle, mix: Mix) -> set[str]:
    return {machine.name for machine in puzzle.machines if not machine.holds(mix)}


@cases(300)
@given(PUZZLES, st.booleans())
def test_every_mix_is_weighed_as_by_each_machine(puzzle: Puzzle, with_foreign: bool) -> None:
    scales = Evaluator(puzzle.machines)
    foreign = frozenset([FOREIGN] if with_foreign else [])
    for mix in subsets(puzzle.variables):
        assert scales.hold(mix | foreign) == (not broken(puzzle, mix))
        assert scales.broken(mix | foreign) == broken(puzzle, mix)


@cases(200)
@given(PUZZLES, st.data())
def test_one_change_is_weighed_without_weighing_the_rest_again(
    puzzle: Puzzle, data: st.DataObject
) -> None:
    mix = frozenset(data.draw(st.sets(st.sampled_from([*puzzle.variables, FOREIGN]))))
    changed = [*puzzle.variables, FOREIGN]
    scales = Evaluator(puzzle.machines)
    after = {variable: broken(puzzle, mix ^ {variable}) for variable in changed}
    assert scales.broken_after(mix, changed) == after
    assert list(scales.broken_after(mix, changed)) == changed
    if scales.hold(mix):
        assert set(scales.droppable(mix)) == {each for each in mix if not after[each]}


def test_bounds_that_no_weight_comes_near_spill_into_no_other() -> None:
    far = Linear("far", {"a": 1}, lower=10**9)
    near = Linear("near", {"a": -(10**9), "b": 1}, upper=0)
    scales = Evaluator([near, far, near])
    assert scales.broken(frozenset("ab")) == {"far"}
    assert scales.broken(frozenset("b")) == {"far", "near"}


@cases(200)
@given(st.lists(PUZZLES, max_size=4), st.booleans())
def test_alternatives_are_weighed_at_once_as_each_by_itself(
    puzzles: list[Puzzle], with_foreign: bool
) -> None:
    scales = [Evaluator(puzzle.machines) for puzzle in puzzles]
    alternatives = Alternatives(scales)
    longest = max((puzzle.variables for puzzle in puzzles), key=len, default=())
    for mix in subsets(longest):
        named = mix | {FOREIGN} if with_foreign else mix
        assert alternatives.holding(named) == [each.hold(named) for each in scales]


def test_without_machines_everything_holds() -> None:
    assert Evaluator([]).hold(frozenset("a"))
    assert Evaluator([]).droppable(frozenset("a")) == ["a"]
