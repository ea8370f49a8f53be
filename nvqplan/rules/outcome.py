"""What a rule says of one mix, in figures that an explanation can be written from."""

from nvqplan.core.units import Offering
from nvqplan.core.values import NamedTuple

TITLES = "titles"
"""The measure of the endorsed titles that a mix earns."""


class Beyond(NamedTuple):
    """What a mix has of some units over the most of them that counts."""

    units: str
    amount: int


class Option(NamedTuple):
    """An alternative by its name, and what each of its conditions says of the mix."""

    name: str
    outcomes: tuple["Outcome", ...]

    @property
    def holds(self) -> bool:
        return all(outcome.holds for outcome in self.outcomes)


class Outcome(NamedTuple):
    """One comparison of a rule: what the mix has and what the rule asks for or allows."""

    measure: str
    have: int
    at_least: int | None = None
    at_most: int | None = None
    counted: tuple[str, ...] = ()
    """The units of the mix that make up `have`."""
    missing: tuple[str, ...] = ()
    """The very units that the rule asks for and the mix lacks; empty where any will do."""
    about: str = ""
    """What tells it from the rule's others: a barred set, a unit that requires some, a figure."""
    choices: tuple[tuple[str, ...], ...] = ()
    """Sets of units of each of which the rule asks for one, and the mix has none."""
    asked_by: tuple[str, ...] = ()
    """The units of the mix that make the rule ask."""
    out_of: int | None = None
    """Of a share: the whole, of which `have` is a part; the bounds are its share of this mix."""
    counted_as: tuple[int, ...] = ()
    """What each counted unit adds, where some add less than their measure."""
    beyond: tuple[Beyond, ...] = ()
    """What the mix has and does not count."""
    options: tuple[Option, ...] = ()
    """Of a choice, every alternative; `have` is how many of them hold."""
    is_of_learner: bool = False
    """Whether no unit counts towards it: it is about an age, or a figure by its own name."""

    @property
    def short_by(self) -> int:
        return max((self.at_least or 0) - self.have, 0)

    @property
    def over_by(self) -> int:
        return 0 if self.at_most is None else max(self.have - self.at_most, 0)

    @property
    def holds(self) -> bool:
        have, least, most = self.have, self.at_least, self.at_most
        return (least is None or have >= least) and (most is None or have <= most)

    @property
    def slack(self) -> int | None:
        """How far the mix is inside the nearest bound, None where there is no bound."""
        over = [] if self.at_least is None else [self.have - self.at_least]
        under = [] if self.at_most is None else [self.at_most - self.have]
        return min(over + under, default=None)

    def adds(self, offering: Offering) -> dict[str, int]:
        """What each counted unit adds to `have`, by number."""
        units = offering.units
        amounts = self.counted_as or [units[each].measure(self.measure) for each in self.counted]
        return dict(zip(self.counted, amounts, strict=True))
