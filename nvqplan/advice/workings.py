"""The rules of a rulebook made ready: what is the same for many mixes is worked out once."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from nvqplan.qualification import Qualification, Rulebook, Terms, machines_of
from nvqplan.rules.learner import Learner
from nvqplan.rules.rule import Reading
from nvqplan.solving.slack import Scales
from nvqplan.units import Mix

if TYPE_CHECKING:
    from nvqplan.space import Space

Key = tuple[str, Learner, Reading]
"""A qualification, a learner who stands for all to whom the same rules apply, and a reading."""

KEPT = 16
"""Spaces of mixes that are kept at a time: enough for the files of a centre, and bounded."""

NOTED = 1_000
"""For so many learners and readings it is noted for whom they stand."""


class Workings:
    """The machines and spaces of each qualification, for each learner and reading asked about."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._steps: dict[str, tuple[Sequence[date], Sequence[int]]] = {}
        self._keys: dict[Key, Key] = {}
        self._terms: Terms | None = None
        self._books: list[tuple[Qualification, Scales]] = []
        self._scales: dict[Key, Scales] = {}
        self._spaces: dict[Key, Space] = {}

    def scales(self, qualification: Qualification, learner: Learner, reading: Reading) -> Scales:
        """The machines of all rules, those first that ask for something and read few units."""
        key = self._key(qualification, learner, reading)
        if key not in self._scales:
            machines = machines_of(qualification.demands(key[1], reading))
            machines.sort(key=lambda machine: (machine.holds(()), len(machine.variables)))
            self._scales[key] = Scales(machines)
        return self._scales[key]

    def earned(self, mix: Mix, terms: Terms) -> Iterator[Qualification]:
        """The qualifications whose rules a mix meets on these terms."""
        if terms != self._terms:  # the same for all pathways of a file
            self._terms = terms
            self._books = [
                (each, self.scales(each, terms.learner(each), terms.rules_read_as_intended(each)))
                for each in self.rulebook.qualifications
            ]
        for qualification, scales in self._books:
            if scales.hold(mix):
                yield qualification

    def space(self, qualification: Qualification, learner: Learner, reading: Reading) -> "Space":
        """All legal mixes; of too many spaces that is forgotten which was asked for longest ago."""
        from nvqplan.space import Space

        key = self._key(qualification, learner, reading)
        space = self._spaces.pop(key, None) or Space(qualification, key[1], reading)
        while len(self._spaces) >= KEPT:
            del self._spaces[next(iter(self._spaces))]
        self._spaces[key] = space
        return space

    def _key(self, qualification: Qualification, learner: Learner, reading: Reading) -> Key:
        """With the first day of each window in which a date lies, and the last age passed."""
        asked = qualification.id, learner, reading
        key = self._keys.get(asked)
        if key is None:
            if len(self._keys) >= NOTED:
                self._keys.clear()
            key = self._keys[asked] = (
                qualification.id,
                self._like(qualification, learner),
                reading,
            )
        return key

    def _like(self, qualification: Qualification, learner: Learner) -> Learner:
        if qualification.id not in self._steps:
            self._steps[qualification.id] = qualification.windows, (0, *qualification.ages)
        windows, ages = self._steps[qualification.id]
        dates = tuple([_step(windows, day) for day in learner.dates])
        return Learner(dates, None if learner.age is None else _step(ages, learner.age))


Step = TypeVar("Step", date, int)


def _step(steps: Sequence[Step], value: Step) -> Step:
    """The last of ascending steps that is not beyond a value, the first for what is before all."""
    return steps[max(bisect_right(steps, value) - 1, 0)]
