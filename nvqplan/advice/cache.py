"""What the rules of a rulebook say to many mixes, worked out once: machines, spaces of mixes."""

from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from nvqplan.core.units import Mix, Unit
from nvqplan.rules.learner import Learner
from nvqplan.rules.qualification import Qualification, Rulebook, machines_of
from nvqplan.rules.rule import Reading
from nvqplan.rules.terms import Terms
from nvqplan.solving.evaluator import Alternatives, Evaluator

if TYPE_CHECKING:
    from nvqplan.space.mixes import Space

CacheKey = tuple[Qualification, Learner, Reading]
"""A qualification, a learner who stands for all to whom the same rules apply, and a reading."""

KEPT = 16
"""Spaces of mixes that are kept at a time: enough for the files of a centre, and bounded."""

NOTED = 1_000
"""For how many learners and readings the cache keeps for whom they stand, and their machines."""


class RulebookCache:
    """The machines and spaces of each qualification, for the learners and readings that occur."""

    def __init__(self, rulebook: Rulebook, memory: int | None = None) -> None:
        """No space may take more than `memory` bytes, None being 1 GiB."""
        self.rulebook = rulebook
        self._allowed = memory
        self._importing: dict[tuple[str, str], Qualification] = {}
        self._key = lru_cache(NOTED)(_key)
        self._evaluator_of = lru_cache(NOTED)(_evaluator_of)
        self._space_of = lru_cache(KEPT)(self._space)
        self._alternatives = lru_cache(NOTED)(Alternatives)
        self.evaluator = lru_cache(NOTED)(self._evaluator)
        self.beside = lru_cache(NOTED)(self._beside)

    @cached_property
    def asks_status(self) -> bool:
        """Whether any rule asks how units are achieved; else all mixes are judged alike."""
        return any(each.questions.asks_status for each in self.rulebook.qualifications)

    def _evaluator(
        self, qualification: Qualification, learner: Learner, reading: Reading
    ) -> Evaluator:
        """The machines of all rules, those first that ask for something and read few units."""
        return self._evaluator_of(self._key(qualification, learner, reading))

    def earned(self, mix: Mix, terms: Terms) -> Iterator[Qualification]:
        """The qualifications whose rules a mix meets on these terms."""
        for each in self.rulebook.qualifications:
            if each.mandatory <= mix:  # of most others a mix has not even these
                learner, reading = terms.learner(each), terms.rules_read_as_intended(each)
                if self.evaluator(each, learner, reading).hold(mix):
                    yield each

    def _beside(
        self, qualification: Qualification, learner: Learner, reading: Reading
    ) -> Alternatives:
        """The machines in each of the readings beside this one."""
        others = readings_beside(qualification, reading)
        evaluators = [self.evaluator(qualification, learner, each) for each in others]
        return self._alternatives(tuple(evaluators))

    def space(self, qualification: Qualification, learner: Learner, reading: Reading) -> "Space":
        """All legal mixes; where too many spaces are kept, the longest unused one is forgotten."""
        return self._space_of(self._key(qualification, learner, reading))

    def _space(self, key: CacheKey) -> "Space":
        from nvqplan.solving.layers import GIBIBYTE
        from nvqplan.space.mixes import Space

        return Space(*key, memory=self._allowed or GIBIBYTE)

    def importing(self, qualification: Qualification, units: tuple[Unit, ...]) -> Qualification:
        """A qualification with units that a pathway imports, the same for the same ones."""
        key = qualification.id, repr(units)
        if key not in self._importing:
            if len(self._importing) >= KEPT:
                self._importing.clear()
            self._importing[key] = qualification.importing(units)
        return self._importing[key]


def _key(qualification: Qualification, learner: Learner, reading: Reading) -> CacheKey:
    """With the learner who stands for all to whom the same rules apply."""
    return qualification, qualification.questions.like(learner), reading


def _evaluator_of(key: CacheKey) -> Evaluator:
    qualification, learner, reading = key
    machines = machines_of(qualification.demands(learner, reading))
    machines.sort(key=lambda machine: (machine.holds(()), len(machine.variables)))
    return Evaluator(machines)


def readings_beside(qualification: Qualification, reading: Reading) -> list[Reading]:
    """Those where one rule is read the other way, each in turn, and at last where all are."""
    alone = [reading ^ {rule.id} for rule in qualification.readable]
    return [*alone, reading ^ qualification.intended]
