"""The best mixes and random ones of the Level 3 Diploma, against every peer that can tell them."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import cycle

import ours
import peer_clingo
import peer_cpsat
import peer_graphillion
from memory import Peaks
from models import Chooser, Model, Weights, model_of, open_task
from tasks import DIPLOMA, PEAK_MB
from timing import Row, clock, summarise, time_prepared

from nvqplan.space.mixes import Space

WEIGHTINGS = 21
BEST_AT_MOST = 0.5
DRAWS = 5
SAMPLE_AT_MOST = 0.1
STATUS_MS = 20.0
STAGES = {False: "", True: ", compiled"}


def best_rows(peaks: Peaks) -> Iterator[Row]:
    """Each from the rules, and where the rules are compiled already."""
    model = model_of(open_task(DIPLOMA), str(DIPLOMA))
    for compiled in STAGES:
        yield from _best(model, peaks["best", DIPLOMA], compiled=compiled)
        yield _verified(compiled=compiled)


def sample_rows(peaks: Peaks) -> Iterator[Row]:
    """The same of random mixes; and the status of all units."""
    model = model_of(open_task(DIPLOMA), str(DIPLOMA))
    for compiled in STAGES:
        yield _sample(model, peaks["sample", DIPLOMA], compiled=compiled)
    yield _status()


def _best(model: Model, peak: float, *, compiled: bool) -> Iterator[Row]:
    """Ours against the fastest peer, then the others; each time with other weights.

    From the rules ours compiles a diagram first, which any question is answered from then; the
    peers need none for this one. That row promises no time.
    """
    weightings = [ours.weigh(open_task(DIPLOMA), seed) for seed in range(WEIGHTINGS)]
    expected = [_ours(compiled=compiled)(weights, ours.BEST) for weights in weightings]
    work, found = f"{ours.BEST} best{STAGES[compiled]}", []
    for name, prepare in _peers(model, compiled=compiled):
        if [prepare()(weights, ours.BEST) for weights in weightings] != expected:
            raise SystemExit(f"{work}: {name} finds other sums than ours")
        mine = _asked(lambda: _ours(compiled=compiled), weightings)
        theirs = _asked(prepare, weightings)
        found.append(summarise(work, name, time_prepared(mine, theirs, WEIGHTINGS)))
    best, *others = sorted(found, key=lambda row: row.peer_ms)
    at_most = BEST_AT_MOST if compiled else None
    yield best._replace(at_most=at_most, peak_mb=peak, peak_at_most=PEAK_MB)
    yield from others


def _verified(*, compiled: bool) -> Row:
    """What the second opinion costs, which no peer asks for."""
    weightings = [ours.weigh(open_task(DIPLOMA), seed) for seed in range(WEIGHTINGS)]
    pairs = time_prepared(
        _asked(lambda: partial(ours.best_verified, _space(compiled=compiled)), weightings),
        _asked(lambda: partial(ours.best, _space(compiled=compiled)), weightings),
        WEIGHTINGS,
    )
    return summarise(f"{ours.BEST} best{STAGES[compiled]}, verified", "ours, unverified", pairs)


def _peers(model: Model, *, compiled: bool) -> Iterator[tuple[str, Callable[[], Chooser]]]:
    """Each by name, with what it does before the clock starts; CP-SAT has nothing to compile."""
    for name, choose in peer_graphillion.choosers(model, compiled=compiled).items():
        yield f"{peer_graphillion.NAME} {name}", partial(_same, choose)
    ground, choose = peer_clingo.chooser(model), peer_cpsat.chooser(model)
    yield peer_clingo.NAME, ground if compiled else partial(_same, _late(ground))
    yield peer_cpsat.NAME, partial(_same, choose)


def _ours(*, compiled: bool) -> Chooser:
    space = _space(compiled=compiled)
    return lambda weights, wanted: ours.best(space, weights, wanted)


def _same(choose: Chooser) -> Chooser:
    return choose


def _late(prepare: Callable[[], Chooser]) -> Chooser:
    """All of it in the clock."""

    def choose(weights: Weights, wanted: int) -> list[int]:
        return prepare()(weights, wanted)

    return choose


def _asked(
    prepare: Callable[[], Chooser], weightings: Iterable[Weights]
) -> Callable[[], Callable[[], object]]:
    """Prepare for one weighting after another."""
    turns = cycle(weightings)
    return lambda: partial(prepare(), next(turns), ours.BEST)


def _status() -> Row:
    """The status of all units after each unit in turn is taken, against the time allowed for it."""
    space = _space(compiled=True)
    units = space.qualification.offering.units
    took = [clock(partial(ours.status_after, space, unit)) for unit in units]
    pairs = [(milliseconds, STATUS_MS) for milliseconds in took]
    return summarise("status after a choice", "what is allowed", pairs, 1.0)


def _space(*, compiled: bool) -> Space:
    space = open_task(DIPLOMA)
    return ours.compile_diagram(space) if compiled else space


def _sample(model: Model, peak: float, *, compiled: bool) -> Row:
    """Graphillion alone draws at random, without drawing a mix twice."""
    draw = peer_graphillion.sampler(model, compiled=compiled)
    for mixes in (ours.sample(open_task(DIPLOMA), ours.SAMPLES), draw(ours.SAMPLES)):
        different = {frozenset(mix) for mix in mixes}
        if len(different) != ours.SAMPLES or not all(map(model.allows, different)):
            raise SystemExit("a sample holds a mix twice, or one that breaks a rule")

    def prepare() -> Callable[[], object]:
        space = _space(compiled=compiled)
        return lambda: ours.sample(space, ours.SAMPLES)

    pairs = time_prepared(prepare, lambda: lambda: draw(ours.SAMPLES), DRAWS)
    work = f"{ours.SAMPLES:,} samples{STAGES[compiled]}"
    return summarise(work, peer_graphillion.NAME, pairs, SAMPLE_AT_MOST, peak, PEAK_MB)
