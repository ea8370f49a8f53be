"""Random machines: what a solver is asked, made so that most puzzles have some mixes."""

from dataclasses import dataclass

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from nvqplan.solving.either import Either
from nvqplan.solving.linear import Linear
from nvqplan.solving.machine import Machine
from tests.oracle import Mix
from tests.tapes import Drawn

HUGE = 10**12
VARIABLES = "abcdefgh"
WEIGHTS = (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6)


@dataclass(frozen=True)
class Puzzle:
    """What a solver is asked: which ways to decide the variables do all machines accept?"""

    variables: tuple[str, ...]
    machines: tuple[Machine, ...]


@st.composite
def puzzles(draw: DrawFn) -> Puzzle:
    """Up to eight variables and five machines, most of which one mix satisfies together."""
    variables = VARIABLES[: draw(st.integers(0, len(VARIABLES)))]
    planted = draw(_mixes(variables))
    drawn = draw(st.lists(machines(variables, planted), max_size=5))
    return Puzzle(tuple(variables), tuple(drawn))


def machines(variables: str, planted: Mix = frozenset()) -> SearchStrategy[Machine]:
    """Sums, and now and then a choice between sums or between further choices."""
    plain: SearchStrategy[Machine] = linears(variables, planted)
    either = _eithers(plain)
    return _one_of([(10, plain), (1, either), (1, _eithers(plain | either))])


@st.composite
def linears(draw: DrawFn, variables: str, planted: Mix = frozenset()) -> Linear:
    """Weights of any sign; bounds around what the planted mix adds up to, or anywhere."""
    size = len(variables)
    numbers = [
        WEIGHTS[byte % len(WEIGHTS)] for byte in draw(st.binary(min_size=size, max_size=size))
    ]
    weights = dict(zip(variables, numbers, strict=True))
    match draw(st.sampled_from(["any", "any", "any", "not zero", "one"])):
        case "not zero":
            weights = {variable: weight for variable, weight in weights.items() if weight}
        case "one":
            weights = dict(list(weights.items())[-1:])
    total = sum(weights.get(variable, 0) for variable in planted)
    low, high = total - draw(st.integers(0, 3)), total + draw(st.integers(0, 3))
    near: list[tuple[int | None, int | None]] = [(low, None), (None, high), (low, high)]
    rare = [(total, total), (total + 1, total + 5), (high, low), (total + 20, None), (None, None)]
    return Linear("sum", weights, *draw(st.sampled_from([*near * 6, *rare, *_HUGE_BOUNDS])))


_HUGE_BOUNDS = [(-HUGE, None), (-HUGE, HUGE), (None, HUGE), (HUGE, None)]


HowMany = tuple[int, int | None]


HOW_MANY: list[HowMany] = [*[(1, None)] * 4, (1, 1), (0, 1), (2, None), (2, 2), (0, 0), (3, 1)]
"""How many alternatives must hold, and may."""


def _eithers(inner: SearchStrategy[Machine]) -> SearchStrategy[Machine]:
    """Up to three alternatives of up to two machines; now and then none, or an empty one."""
    alternative = _tuples(inner, [1, 2, 1, 2, 1, 2, 0])
    alternatives = _tuples(alternative, [2, 1, 3, 2, 3, 2, 0])
    return st.builds(_either, alternatives, st.sampled_from(HOW_MANY))


def _either(alternatives: tuple[tuple[Machine, ...], ...], how_many: HowMany) -> Either:
    return Either("either", alternatives, *how_many)


def _tuples(each: SearchStrategy[Drawn], sizes: list[int]) -> SearchStrategy[tuple[Drawn, ...]]:
    drawn = {size: st.tuples(*[each] * size) for size in sizes}
    return st.sampled_from(sizes).flatmap(drawn.__getitem__)


def _one_of(weighed: list[tuple[int, SearchStrategy[Drawn]]]) -> SearchStrategy[Drawn]:
    """One strategy as often as its weight says: `st.one_of` takes equal ones for one."""
    places = [place for place, (weight, _) in enumerate(weighed) for _ in range(weight)]
    return st.sampled_from(places).flatmap(lambda place: weighed[place][1])


def _mixes(variables: str) -> SearchStrategy[Mix]:
    masks = st.integers(0, 2 ** len(variables) - 1)
    return masks.map(lambda mask: frozenset(v for i, v in enumerate(variables) if mask >> i & 1))


@st.composite
def alike(draw: DrawFn) -> Puzzle:
    """Eight variables of at most three kinds, and machines that tell only the kinds apart."""
    kinds = draw(st.lists(st.sampled_from("abc"), min_size=8, max_size=8))
    of_kinds = draw(st.lists(machines("abc"), min_size=1, max_size=3))
    return Puzzle(tuple(VARIABLES), tuple(_spread(each, kinds) for each in of_kinds))


def _spread(machine: Machine, kinds: list[str]) -> Machine:
    """The machine with every variable of a kind weighing what the kind weighed."""
    if isinstance(machine, Either):
        alternatives = [tuple(_spread(m, kinds) for m in each) for each in machine.alternatives]
        return Either(machine.name, tuple(alternatives), machine.at_least, machine.at_most)
    assert isinstance(machine, Linear)
    weights = {v: machine.weights.get(kind, 0) for v, kind in zip(VARIABLES, kinds, strict=True)}
    return Linear(machine.name, weights, machine.lower, machine.upper)


@st.composite
def credited(draw: DrawFn) -> Puzzle:
    """Sums as handbooks have them, of the credits of some units, or of how many they are."""
    credits = draw(st.lists(st.integers(1, 6), min_size=8, max_size=8))
    planted = draw(st.lists(st.booleans(), min_size=8, max_size=8))
    asked: list[Machine] = []
    for _ in range(draw(st.integers(1, 5))):
        of = draw(st.lists(st.sampled_from([0, 1, 1, 1]), min_size=8, max_size=8))
        sizes = draw(st.sampled_from([credits, credits, credits, [1] * 8]))
        weights = [size * counted for size, counted in zip(sizes, of, strict=True)]
        total = sum(weight for weight, taken in zip(weights, planted, strict=True) if taken)
        low, high = total - draw(st.integers(0, 9)), total + draw(st.integers(0, 3))
        bounds = draw(st.sampled_from([(low, None), (low, None), (None, high), (low, high)]))
        named = dict(zip(VARIABLES, weights, strict=True))
        asked.append(Linear("credits", {v: w for v, w in named.items() if w}, *bounds))
    return Puzzle(tuple(VARIABLES), tuple(asked))
