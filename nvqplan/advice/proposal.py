"""What somebody proposes: a mix, and the terms on which it is judged."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from nvqplan.core.units import Mix
from nvqplan.rules.learner import Learner
from nvqplan.rules.qualification import Qualification
from nvqplan.rules.rule import Reading
from nvqplan.rules.terms import Terms

MENU = 3
"""How many alternatives are told; one more is found, to tell that there are more."""


class Proposal(NamedTuple):
    """A mix as it stands, and the terms on which it is judged.

    `mix` and `held` hold only units that the qualification offers. Held units, those among them
    that are accredited, exempt or imported, are kept in all that is advised, unless they
    `may_drop_held`; a `draft` may still grow. The centre delivers its `offer`, where None is every
    unit.
    """

    qualification: Qualification
    mix: Mix
    terms: Terms
    held: Mix = frozenset()
    offer: Mix | None = None
    draft: bool = False
    may_drop_held: bool = False
    held_beside: Mix = frozenset()
    """Units that are held and, by a slip, not in the mix."""
    named: Mix = frozenset()
    """Every unit of the catalogue that was named, those of other qualifications too."""
    statuses: Mapping[str, str] = {}
    """Of the units that need not be taught, how each is achieved."""

    def outside(self, units: Iterable[str]) -> Mix:
        """Those of some units that the centre does not deliver and the learner does not hold."""
        if self.offer is None:
            return frozenset()
        return frozenset(units) - self.offer - self.held - self.held_beside

    def how(self, unit: str) -> str:
        """In words how a unit of the mix comes to be in it."""
        if unit in self.statuses:
            return {"apl": "accredited (APL)"}.get(self.statuses[unit], self.statuses[unit])
        if unit in self.qualification.offering.imported:
            return "imported"
        return "held" if unit in self.held else "in the pathway"

    @property
    def strangers(self) -> Mix:
        """Units that were named though the qualification does not offer them, held ones apart."""
        return self.named - self.qualification.offering.units.keys() - self.held_beside

    def of(self, learner: Learner) -> "Proposal":
        """The same for a learner of whom more is known, or taken to be so."""
        terms = self.terms._replace(age=learner.age, attributes=learner.attributes)
        return self._replace(terms=terms)

    @property
    def learner(self) -> Learner:
        return self.terms.learner(self.qualification)

    @property
    def reading(self) -> Reading:
        return self.terms.rules_read_as_intended(self.qualification)
