"""The rules of a rulebook made ready: what is the same for many mixes is worked out once."""

from collections.abc import Iterator
from functools import cached_property
from itertools import compress
from typing import TYPE_CHECKING

from nvqplan.qualification import Qualification, Rulebook, machines_of
from nvqplan.rules.learner import Learner
from nvqplan.rules.rule import Reading
from nvqplan.solving.slack import Alternatives, Scales
from nvqplan.terms import Terms
from nvqplan.units import Mix, Unit

if TYPE_CHECKING:
    from nvqplan.space import Space

Key = tuple[Qualification, Learner, Reading]
"""A qualification, a learner who stands for all to whom the same rules apply, and a reading."""

KEPT = 16
"""Spaces of mixes that are kept at a time: enough for the files of a centre, and bounded."""

NOTED = 1_000
"""For so many learners and readings it is noted for whom they stand, and what the machines are."""


class Workings:
    """The machines and spaces of each qualification, for each learner and reading asked about."""

    def __init__(self, rulebook: Rulebook, memory: int | None = None) -> None:
        """No space may take more than `memory` bytes, or than 1 GiB where that is not told."""
        self.rulebook = rulebook
        self._allowed = memory
        self._keys: dict[Key, Key] = {}
        self._terms: Terms | None = None
        self._beside: dict[tuple[Scales, ...], Alternatives] = {}
        self._otherwise: dict[Key, Alternatives] = {}
        self._books = Alternatives(())
        self._scales: dict[Key, Scales] = {}
        self._asked: dict[Key, Scales] = {}
        self._spaces: dict[Key, Space] = {}
        self._importing: dict[tuple[str, str], Qualification] = {}

    @cached_property
    def asks_status(self) -> bool:
        """Whether any rule asks how units are achieved; else all mixes are judged alike."""
        return any(each.questions.asks_status for each in self.rulebook.qualifications)

    def scales(self, qualification: Qualification, learner: Learner, reading: Reading) -> Scales:
        """The machines of all rules, those first that ask for something and read few units."""
        asked = qualification, learner, reading
        scales = self._asked.get(asked)
        if scales is None:
            if len(self._asked) >= NOTED:
                self._asked.clear()
            scales = self._asked[asked] = self._scales_of(self._key(*asked))
        return scales

    def _scales_of(self, key: Key) -> Scales:
        if key not in self._scales:
            if len(self._scales) >= NOTED:
                self._scales.clear()
            qualification, learner, reading = key
            machines = machines_of(qualification.demands(learner, reading))
            machines.sort(key=lambda machine: (machine.holds(()), len(machine.variables)))
            self._scales[key] = Scales(machines)
        return self._scales[key]

    def earned(self, mix: Mix, terms: Terms) -> Iterator[Qualification]:
        """The qualifications whose rules a mix meets on these terms."""
        if terms != self._terms:  # the same for all pathways of a file
            self._terms = terms
            scales = [
                self.scales(each, terms.learner(each), terms.rules_read_as_intended(each))
                for each in self.rulebook.qualifications
            ]
            self._books = self._alternatives(tuple(scales))
        return compress(self.rulebook.qualifications, self._books.holding(mix))

    def otherwise(
        self, qualification: Qualification, learner: Learner, reading: Reading
    ) -> Alternatives:
        """The machines in each of the readings beside this one."""
        asked = qualification, learner, reading
        if asked not in self._otherwise:
            if len(self._otherwise) >= NOTED:
                self._otherwise.clear()
            others = readings_beside(qualification, reading)
            scales = [self.scales(qualification, learner, each) for each in others]
            self._otherwise[asked] = self._alternatives(tuple(scales))
        return self._otherwise[asked]

    def _alternatives(self, scales: tuple[Scales, ...]) -> Alternatives:
        if scales not in self._beside:
            if len(self._beside) >= NOTED:
                self._beside.clear()
            self._beside[scales] = Alternatives(scales)
        return self._beside[scales]

    def space(self, qualification: Qualification, learner: Learner, reading: Reading) -> "Space":
        """All legal mixes; of too many spaces that is forgotten which was asked for longest ago."""
        from nvqplan.solving.layers import GIBIBYTE
        from nvqplan.space import Space

        key = self._key(qualification, learner, reading)
        space = self._spaces.pop(key, None)
        if space is None:
            memory = self._allowed or GIBIBYTE
            space = Space(qualification, key[1], reading, memory=memory)
        while len(self._spaces) >= KEPT:
            del self._spaces[next(iter(self._spaces))]
        self._spaces[key] = space
        return space

    def importing(self, qualification: Qualification, units: tuple[Unit, ...]) -> Qualification:
        """A qualification with units that a pathway imports, the same for the same ones."""
        told = qualification.id, repr(units)
        if told not in self._importing:
            if len(self._importing) >= KEPT:
                self._importing.clear()
            self._importing[told] = qualification.importing(units)
        return self._importing[told]

    def _key(self, qualification: Qualification, learner: Learner, reading: Reading) -> Key:
        """With the learner who stands for all to whom the same rules apply."""
        asked = qualification, learner, reading
        key = self._keys.get(asked)
        if key is None:
            if len(self._keys) >= NOTED:
                self._keys.clear()
            like = qualification.questions.like(learner)
            key = self._keys[asked] = qualification, like, reading
        return key


def readings_beside(qualification: Qualification, reading: Reading) -> list[Reading]:
    """Those where one rule is read the other way, each in turn, and at last where all are."""
    alone = [reading ^ {rule.id} for rule in qualification.readable]
    return [*alone, reading ^ qualification.intended]
