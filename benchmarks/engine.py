"""The decision diagram against other solvers on the same rules, in one process."""

from collections.abc import Iterator

from peers import graphillion
from timing import Row, summarise, time_calls

from nvqplan.findings import Findings
from nvqplan.qualification import Qualification, Terms
from nvqplan.reading.rulebook import find_data, read_rulebook
from nvqplan.reading.sources import Sources
from nvqplan.solving.machine import Machine
from nvqplan.solving.problem import mixes
from nvqplan.space import Space

PAIRS = 101
TARGETS = {"l3-diploma": 2.0}
KNOWN = {"l3-diploma": 153_389_687_974_836}
LISTED = "l1-certificate"
"""Few enough mixes for a search that finds them one by one."""


def rows() -> Iterator[Row]:
    rulebook = read_rulebook(find_data(), Sources(), Findings())
    if rulebook is None:
        raise SystemExit("the rulebook has faults, see: nvqplan rules")
    for qualification in rulebook.qualifications:
        yield _count(qualification)
    yield from (_list(each) for each in rulebook.qualifications if each.id == LISTED)


def _space(qualification: Qualification) -> Space:
    """Every legal mix, whatever the date of registration."""
    return Space(qualification, Terms("any").learner(qualification))


def _machines(space: Space) -> list[Machine]:
    return [machine for demand in space.demands for machine in demand.machines]


def _count(qualification: Qualification) -> Row:
    """Ours starts from the qualification, the peer from a model that is ready for it."""

    def ours() -> int:
        return _space(qualification).count()

    order, peer = graphillion(qualification, _machines(_space(qualification)))
    _agree(qualification, ours(), peer())
    pairs = time_calls(ours, peer, PAIRS)
    target = TARGETS.get(qualification.id)
    return summarise(f"count {qualification.id}", f"Graphillion ({order})", pairs, target)


def _list(qualification: Qualification) -> Row:
    """Every mix one by one, ours from the diagram, the peer's by backtracking."""
    space = _space(qualification)
    machines, units = _machines(space), tuple(qualification.offering.units)

    def ours() -> int:
        return sum(1 for _ in _space(qualification).mixes())

    def peer() -> int:
        return sum(1 for _ in mixes(machines, units))

    _agree(qualification, ours(), peer())
    return summarise(f"list {qualification.id}", "python-constraint", time_calls(ours, peer, 5))


def _agree(qualification: Qualification, ours: int, peer: int) -> None:
    """A fast wrong answer is worth nothing."""
    if {ours, peer} != {KNOWN.get(qualification.id, ours)}:
        raise SystemExit(f"{qualification.id}: ours counts {ours:,}, the peer {peer:,}")
