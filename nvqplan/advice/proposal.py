"""What somebody proposes: a mix, its figures, and the terms on which it is judged."""

from collections.abc import Iterable, Mapping

from nvqplan.core.units import Mix, ways_to
from nvqplan.core.values import NamedTuple
from nvqplan.rules.learner import Learner
from nvqplan.rules.qualification import Qualification
from nvqplan.rules.rule import Reading
from nvqplan.rules.terms import Terms

MENU = 3
"""How many alternatives are shown; one more is searched for, to know whether there are more."""


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


class Totals(NamedTuple):
    """The figures of the units of a mix that a qualification offers.

    `sums` are those that are worth showing, by measure, the number of units first. `by_level` and
    `by_group` count in the `measure` by which the qualification states its size, most often
    credits; what a group has includes the groups in it.
    """

    units: int
    credits: int
    glh: int
    sums: Mapping[str, int]
    measure: str
    by_level: Mapping[int, int]
    by_group: Mapping[str, int]

    @property
    def size(self) -> int:
        """The whole mix in the measure of its size."""
        return sum(self.by_level.values())

    @property
    def sums_beside(self) -> Mapping[str, int]:
        """The sums worth showing; the number of units only where it is the size or alone."""
        if self.measure == "units" or len(self.sums) == 1:
            return self.sums
        return {measure: sum for measure, sum in self.sums.items() if measure != "units"}


def totals_of(qualification: Qualification, mix: Mix) -> Totals:
    """The figures of the units that the qualification offers."""
    offering, sizes = qualification.offering, qualification.sizes
    units = [offering.units[number] for number in mix if number in offering.units]
    by_level: dict[int, int] = {}
    by_group = dict.fromkeys(offering.group_names, 0)
    for unit in units:
        size = sizes[unit.number]
        by_level[unit.level] = by_level.get(unit.level, 0) + size
        for group in ways_to(offering.groups[unit.number]):
            by_group[group] += size
    credits, glh = sum([unit.credits for unit in units]), sum([unit.glh for unit in units])
    known = {"units": len(units), "credits": credits, "glh": glh}
    sums = {
        each: known[each] if each in known else sum([unit.measure(each) for unit in units])
        for each in qualification.measures
    }
    measure = qualification.size.measure
    return Totals(len(units), credits, glh, sums, measure, dict(sorted(by_level.items())), by_group)
