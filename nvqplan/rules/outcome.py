"""What a rule says of one mix, in figures that an explanation can be written from."""

from typing import NamedTuple


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

    @property
    def is_of_learner(self) -> bool:
        """Whether no unit counts towards it: it is about an age, or a figure by its own name."""
        return self.measure in ("years", self.about)

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
