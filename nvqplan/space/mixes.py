"""The legal mixes of one qualification, compiled once, and the questions one can ask of them.

This is the public Python interface; `nvqplan.api.open_space` opens one by name.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice, starmap
from operator import neg, sub
from typing import Literal

from nvqplan.core.units import Mix, sort_units
from nvqplan.core.values import NamedTuple
from nvqplan.rules.learner import Learner
from nvqplan.rules.qualification import PRINTED, Demand, Qualification, machines_of
from nvqplan.rules.rule import Reading
from nvqplan.solving.diagram import Diagram, arrange, compile_diagram
from nvqplan.solving.layers import GIBIBYTE
from nvqplan.solving.machine import Machine
from nvqplan.space.proof import DisagreementError, verify, verify_tight
from nvqplan.space.wishes import Wishes


class Frequency(NamedTuple):
    """In how many of all mixes a unit stands."""

    mixes: int
    of: int

    @property
    def kind(self) -> Literal["forced", "impossible", "free"]:
        """Whether the unit stands in every mix, in none, or can be chosen."""
        if not self.mixes:
            return "impossible"
        return "forced" if self.mixes == self.of else "free"


Score = tuple[int, ...]
"""What a unit or a mix weighs, or an edit costs; compared as tuples are, first number first."""


class Edit(NamedTuple):
    """What to drop from a mix and to add to it, in ascending order, the mix then, and the cost."""

    cost: Score
    drop: tuple[str, ...]
    add: tuple[str, ...]
    mix: Mix


def _price(units: Iterable[str], chosen: Mapping[str, Score]) -> dict[str, Score]:
    """The chosen costs, else (1, 0, …); ValueError for costs below 0 or of unequal length."""
    lengths = {len(cost) for cost in chosen.values()} or {1}
    if len(lengths) > 1 or min(map(min, chosen.values()), default=0) < 0:
        raise ValueError("costs must be of one length, and none less than 0")
    usual = 1, *[0] * (lengths.pop() - 1)
    return {unit: chosen.get(unit, usual) for unit in units}


class Space:
    """Every mix that meets all demands: the rules for a learner in a reading, and the wishes.

    Mixes are in one total order: `order` lists the units, and of two mixes the one comes first that
    takes the first unit in which they differ. It stays the same as long as `fingerprint` does.

    The first question that needs it compiles the rules, or raises OutgrownError where that would
    take more than `memory` bytes.
    """

    def __init__(
        self,
        qualification: Qualification,
        learner: Learner,
        reading: Reading = PRINTED,
        wishes: Wishes | None = None,
        memory: int = GIBIBYTE,
    ) -> None:
        self.qualification = qualification
        self.learner = learner
        self.reading = reading
        self.wishes = wishes or Wishes()
        self._refuse_strangers((*self.wishes.taken, *self.wishes.held))
        self.memory = memory
        self._steps: tuple[str, ...] = ()
        self._counted: int | None = None
        rules = qualification.demands(learner, reading)
        self.demands: tuple[Demand, ...] = (*rules, *self.wishes.demands(qualification))

    def _refuse_strangers(self, units: Iterable[str]) -> None:
        """Raise KeyError for what the qualification does not offer: it would count for nothing."""
        for unit in units:
            if unit not in self.qualification.offering.units:
                raise KeyError(f"{self.qualification.id} offers no unit '{unit}'")

    @property
    def _model(self) -> tuple[tuple[str, ...], list[Machine]]:
        return tuple(self.qualification.offering.units), machines_of(self.demands)

    @property
    def machines(self) -> list[Machine]:
        """All demands in the solver's words."""
        return machines_of(self.demands)

    @property
    def _is_compiled(self) -> bool:
        return "diagram" in self.__dict__

    @cached_property
    def diagram(self) -> Diagram:
        """The compiled rules, in the solver's words."""
        return compile_diagram(*self._model, self.memory)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The units in the order by which mixes are compared."""
        return tuple(self.diagram.order if self._is_compiled else arrange(*self._model))

    @cached_property
    def fingerprint(self) -> str:
        """Twelve hexadecimal digits that change with anything that can change a mix's number."""
        from hashlib import sha256

        decisive = (self.order, machines_of(self.demands), self._steps)
        return sha256(repr(decisive).encode()).hexdigest()[:12]

    def count(self) -> int:
        """How many mixes there are, exactly."""
        if self._is_compiled:
            return self.diagram.count()
        if self._counted is None:
            from nvqplan.solving.counting import count_accepted

            self._counted = count_accepted(*self._model, self.memory)
        return self._counted

    def count_by(self, measure: str | Mapping[str, int]) -> dict[int, int]:
        """How many mixes there are of each sum of a measure, the least sum first.

        A measure is `credits`, `glh`, `units`, a numeric column of the catalogue, `level 3` (the
        credits at that level) or any whole number a unit. Raises KeyError for an unknown one.
        """
        offering = self.qualification.offering
        weights = offering.weigh(measure) if isinstance(measure, str) else measure
        self._refuse_strangers(weights)
        return self.diagram.spread(weights, self.memory)

    def status(self) -> dict[str, Frequency]:
        """In how many mixes each unit stands, for all units at once, by number."""
        shares, of = self.diagram.shares(), self.diagram.count()
        return {unit: Frequency(shares[unit], of) for unit in self.qualification.offering.units}

    def given(self, taken: Collection[str] = (), left: Collection[str] = ()) -> "Space":
        """The mixes with all of `taken` and none of `left`; what is compiled is used again.

        Raises KeyError for a unit that the qualification does not offer.
        """
        self._refuse_strangers((*taken, *left))
        all_taken = sort_units((*self.wishes.taken, *taken))
        all_left = sort_units((*self.wishes.left, *left))
        wishes = self.wishes._replace(taken=all_taken, left=all_left)
        step = f"given {sort_units(taken)}, not {sort_units(left)}"
        return self._derive(step, self.diagram.given(taken, left), wishes)

    def minimal(self) -> "Space":
        """The mixes that hold no other mix of this space: no unit can be dropped from them."""
        from nvqplan.solving.derived import minimal

        return self._derive("minimal", minimal(self.diagram, self.memory), self.wishes)

    def _derive(self, step: str, diagram: Diagram, wishes: Wishes) -> "Space":
        space = Space(self.qualification, self.learner, self.reading, wishes, self.memory)
        space.diagram = diagram
        space._steps = (*self._steps, step)
        return space

    def mixes(self) -> Iterator[Mix]:
        """Every mix in order, in constant memory."""
        return self.slice(0, self.diagram.count())

    def slice(self, start: int, stop: int) -> Iterator[Mix]:
        """The mixes from number `start` up to `stop`, that one left out; the first is number 0."""
        from nvqplan.solving.listing import mixes

        return mixes(self.diagram, start, stop)

    def shard(self, index: int, shards: int) -> Iterator[Mix]:
        """One of so many parts, the first being 0: equal but for a mix, together everything."""
        return self.slice(*self.shard_bounds(index, shards))

    def shard_bounds(self, index: int, shards: int) -> tuple[int, int]:
        """Where a shard starts and stops; raises IndexError where there is no such shard."""
        if not 0 <= index < shards:
            raise IndexError(f"there is no shard {index} of {shards}")
        count = self.diagram.count()
        return count * index // shards, count * (index + 1) // shards

    def search(self, steps: int | None = None) -> Iterator[Mix]:
        """Every mix as python-constraint finds it, in no promised order: slow, and independent.

        Raises ValueError for minimal mixes, of which it knows nothing, and UnfinishedError once it
        has asked machines more than `steps` times.
        """
        from nvqplan.solving.problem import mixes

        if "minimal" in self._steps:
            raise ValueError("python-constraint cannot search for minimal mixes")
        units, machines = self._model
        return mixes(machines, units, steps)

    def lines(self, start: int, stop: int) -> Iterator[tuple[bytes, int]]:
        """The same as `slice`, as text: many mixes at a time, and how many they are.

        Each mix is a line break and its units in `order`, a space between them.
        """
        from nvqplan.solving.listing import lines

        return lines(self.diagram, start, stop)

    def nth(self, index: int) -> Mix:
        """The mix with so many before it, found without listing them; raises IndexError."""
        return self.diagram.nth(index)

    def rank(self, mix: Collection[str]) -> int:
        """How many mixes come before this one; raises ValueError where it is none of the space."""
        rank = self.diagram.rank(mix)
        if rank is None:
            raise ValueError(f"not in the space: {' '.join(sort_units(mix))}")
        return rank

    def sample(self, size: int, seed: int = 0, *, replace: bool = False) -> Iterator[Mix]:
        """Mixes drawn at random, each as likely as any other, the same ones for the same seed.

        Without `replace` none is drawn twice. Raises ValueError where there are too few, and for a
        seed less than 0.
        """
        return map(self.nth, self.draw(size, seed, replace=replace))

    def draw(self, size: int, seed: int = 0, *, replace: bool = False) -> Iterator[int]:
        """The numbers of the mixes that `sample` draws."""
        from nvqplan.solving.listing import draw

        return draw(self.diagram.count(), size, seed, replace=replace)

    def best(
        self, weights: Mapping[str, Score], k: int | None = None
    ) -> Iterator[tuple[Score, Mix]]:
        """The `k` best mixes by the sum of their units' weights, greatest first, each verified.

        Sums are compared as tuples; of equal ones the mix that comes first is the better. Lazy:
        each mix is found when it is asked for. Raises DisagreementError where python-constraint or
        the rules themselves refuse a mix, KeyError for a unit that the qualification does not
        offer, and ValueError for weights of unequal length.
        """
        self._refuse_strangers(weights)
        if len({len(weight) for weight in weights.values()}) > 1:
            raise ValueError("weights must be of one length")
        return ((score, self.verify(mix)) for score, mix in islice(self.ranked(weights), k))

    def ranked(self, weights: Mapping[str, Score]) -> Iterator[tuple[Score, Mix]]:
        """The same, all of them and none verified, for those who verify what they tell."""
        from nvqplan.solving.best import best

        return best(self.diagram, weights)

    def nearest(
        self,
        mix: Collection[str],
        costs: "Mapping[str, Score] | None" = None,
        *,
        locked: Collection[str] = (),
        k: int | None = None,
    ) -> "Iterator[Edit]":
        """The `k` cheapest ways to turn a proposal into a mix of the space, each verified.

        A unit costs what `costs` says when it is dropped or added, else (1, 0, …): without costs
        the number of edits counts. Units of the proposal that the qualification does not offer are
        dropped for nothing. `locked` units of it are never dropped: where no mix has them, there is
        no way. Raises ValueError for costs below 0 or of unequal length, and for a locked unit that
        is not in the proposal or not in the qualification.
        """
        units, proposed = self.qualification.offering.units, frozenset(mix)
        if not set(locked) <= proposed & units.keys():
            raise ValueError("a locked unit is not in the proposal, or not in the qualification")
        worth = {
            unit: cost if unit in proposed else tuple(map(neg, cost))
            for unit, cost in _price(units, costs or {}).items()
        }
        most = [sum(max(n, 0) for n in column) for column in zip(*worth.values(), strict=True)]

        def edit(kept: Score, found: Mix) -> Edit:
            cost = tuple(map(sub, most, kept))
            return Edit(cost, sort_units(proposed - found), sort_units(found - proposed), found)

        return starmap(edit, (self.given(locked) if locked else self).best(worth, k))

    def verify(self, mix: Mix) -> Mix:
        """The mix, after a second opinion: a fresh python-constraint problem's, and the rules'.

        Of a minimal mix also whether a single unit can be dropped. Raises DisagreementError.
        """
        verify(self.qualification, self.demands, mix)
        if not self.qualification.is_legal(mix, self.learner, self.reading):
            raise DisagreementError(f"the rules refuse {sorted(mix)}, which the diagram proposes")
        if "minimal" in self._steps:
            verify_tight(self.demands, mix)
        return mix
