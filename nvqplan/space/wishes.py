"""What a learner or a centre asks of a mix beyond the rules, as demands that may collide."""

from collections.abc import Iterator, Mapping

from nvqplan.core.values import NamedTuple
from nvqplan.core.words import name_measure
from nvqplan.rules.qualification import Demand, Qualification
from nvqplan.solving.linear import Linear


class Wishes(NamedTuple):
    """Hard wishes: a mix that misses one is out. Units are numbers that the qualification offers.

    `held` units are already achieved: part of every mix, and exempt from the `offer`. `credits`
    are the least and the most credits of a mix, `max_glh` its most guided learning hours. A
    `surplus` is in the measure of the qualification's size.
    """

    taken: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    offer: frozenset[str] | None = None
    credits: tuple[int | None, int | None] = (None, None)
    surplus: int | None = None
    max_glh: int | None = None

    def demands(self, qualification: Qualification) -> Iterator[Demand]:
        """Yield each wish as a demand of its own, so that a conflict can name it."""
        units = qualification.offering.units
        for unit in self.taken:
            yield wish(f"--with {unit}", f"unit {unit} is in the mix", {unit: 1}, 1, unit=unit)
        for unit in self.held:
            yield wish(f"--held {unit}", f"unit {unit} is held already", {unit: 1}, 1, unit=unit)
        for unit in self.left:
            if unit in units:
                says = f"unit {unit} is not in the mix"
                yield wish(f"--without {unit}", says, {unit: 1}, upper=0, unit=unit)
        if self.offer is not None:
            outside = [unit for unit in units if unit not in self.offer and unit not in self.held]
            says = f"no unit but the {len(self.offer & units.keys())} on offer"
            yield wish("--offer", says, dict.fromkeys(outside, 1), upper=0)
        credits = qualification.offering.weigh("credits")
        least, most = self.credits
        if least is not None or most is not None:
            end = "" if most is None else most
            bounds = f"{least}" if least == most else f"{least or 0}..{end}"
            yield wish(f"--credits {bounds}", f"{bounds} credits", credits, least, most)
        if self.surplus is not None:
            measure, total = qualification.size
            says = f"at most {self.surplus} {name_measure(measure)} over {total}"
            most = total + self.surplus
            yield wish(f"--surplus {self.surplus}", says, qualification.sizes, upper=most)
        if self.max_glh is not None:
            hours = qualification.offering.weigh("glh")
            says = f"at most {self.max_glh} guided learning hours"
            yield wish(f"--max-glh {self.max_glh}", says, hours, upper=self.max_glh)


def wish(
    id: str,
    says: str,
    weights: Mapping[str, int],
    lower: int | None = None,
    upper: int | None = None,
    unit: str = "",
) -> Demand:
    """A wish for a weighted sum between two bounds; `unit` where it is a wish for one unit."""
    return Demand(id, says, (Linear(id, weights, lower, upper),), is_wish=True, unit=unit)
