"""Shares: `share = { of = { level = 2 }, in = { group = ["B", "C"] }, at_least = 50 }`.

Half of the optional credits at level 2 is linear: `part / whole >= n / d` is the same as
`d * part - n * whole >= 0`, in which a unit of the part weighs `(d - n)` and any other of the whole
`-n` times what it adds. Where the whole is 0, so is the sum: nothing of nothing is any share.
"""

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import partial
from typing import ClassVar

from nvqplan.core.atoms import NAME, WHOLE
from nvqplan.core.findings import Findings, Located
from nvqplan.core.records import RULES, Key, Members, Record, one_of_keys
from nvqplan.core.shapes import Shape, Spot, described, either, wrong
from nvqplan.core.units import Mix, Offering
from nvqplan.core.values import NamedTuple
from nvqplan.rules.filters import Filter, Kept, filter_in
from nvqplan.rules.kind import Kind, say_bounds
from nvqplan.rules.learner import Learner
from nvqplan.rules.outcome import Outcome
from nvqplan.solving.linear import Linear

PER_CENT = 100

FRACTION = r"(0|[1-9][0-9]{0,5})/([1-9][0-9]{0,5})"
"""How a share is written that is no whole number of per cent."""


class Bound(NamedTuple):
    """A share of a whole, `per` of `of`: 50 of 100, or 2 of 3."""

    per: int
    of: int

    @property
    def lowest(self) -> tuple[int, int]:
        """The same in its lowest terms."""
        share = Fraction(self.per, self.of)
        return share.numerator, share.denominator

    def __str__(self) -> str:
        return f"{self.per} %" if self.of == PER_CENT else f"{self.per}/{self.of}"


def _read_per_cent(node: Located, what: str, found: Findings) -> Bound | None:
    per_cent = WHOLE.read(node, what, found)
    if per_cent is not None and per_cent > PER_CENT:
        found.add(node, "NVQ401", f"{what} must not be over {PER_CENT} per cent")
    return None if per_cent is None else Bound(per_cent, PER_CENT)


def _read_fraction(node: Located, what: str, found: Findings) -> Bound | None:
    written = re.fullmatch(FRACTION, node.text)
    if written is None:
        wrong(node, what, 'a whole number of per cent, or a fraction such as "2/3"', found)
        return None
    bound = Bound(int(written[1]), int(written[2]))
    if bound.per > bound.of:
        found.add(node, "NVQ401", f"{what} is more than the whole: {bound}")
    return bound


_PER_CENT = described({"type": "integer", "minimum": 0, "maximum": PER_CENT})
_FRACTION = described({"type": "string", "pattern": f"^{FRACTION}$(?!\\n)"})
_BOUND = either((int, Shape(_read_per_cent, _PER_CENT)), (str, Shape(_read_fraction, _FRACTION)))
"""`50`, which is per cent, or `"2/3"`."""
AT_LEAST, AT_MOST = Key("at_least", _BOUND), Key("at_most", _BOUND)
Bounds = tuple[Bound | None, Bound | None]
Added = Mapping[str, int]


class Share(Kind):
    """Units of one filter must add so large a part of what units of another filter add."""

    code: ClassVar[str] = "NVQ306"
    described: ClassVar[str] = "A part of a sum, in per cent or as a fraction."

    def __init__(self, measure: str, of: Filter, within: Filter, bounds: Bounds) -> None:
        self.measure = measure
        self.of = of
        self.within = within
        self.at_least, self.at_most = bounds
        self._weights = Kept((of, within), self._weigh)

    @classmethod
    def shape(cls, key: str, offering: Offering) -> Shape["Share"]:
        missing = "{what} needs 'of', the units whose part is asked about"
        of = Key("of", filter_in(offering), needed=True, missing=missing)
        within = Key("in", filter_in(offering))
        measure = Key("measure", NAME.made(partial(_check_measure, offering)))

        def make(members: Members, at: Spot) -> Share:
            least, most = members.get(AT_LEAST), members.get(AT_MOST)
            is_bounded = members.has(AT_LEAST) or members.has(AT_MOST)
            if members.are_known and members.has(of) and not is_bounded:
                at.tell(f"{at.what} needs at_least, at_most or both, in per cent")
            if least and most and Fraction(*least) > Fraction(*most):
                at.tell(f"at_least {least} is more than at_most {most}")
            filters = members.get(of, Filter()), members.get(within, Filter())
            return cls(members.get(measure, "credits"), *filters, (least, most))

        voice = RULES._replace(lacking="where all are known")
        one = one_of_keys(("at_least", "at_most"))
        record = Record((of, within, measure, AT_LEAST, AT_MOST), voice, more={"anyOf": one})
        return record.shape.made(make)

    def machines(self, name: str, offering: Offering, learner: Learner) -> tuple[Linear, ...]:
        part, whole = self._weights.get(offering, learner)
        machines = []
        if self.at_least is not None:
            machines.append(Linear(name, _difference(part, whole, self.at_least), lower=0))
        if self.at_most is not None:
            machines.append(Linear(name, _difference(part, whole, self.at_most), upper=0))
        return tuple(machines)

    def outcomes(self, offering: Offering, learner: Learner, mix: Mix) -> tuple[Outcome, ...]:
        """The bounds are figures of this very mix: half of 30 credits is 15."""
        part, whole = self._weights.get(offering, learner)
        counted = tuple([number for number in part if number in mix])
        have = sum([part[number] for number in counted])
        all_of_it = sum([weight for number, weight in whole.items() if number in mix])
        least, most = self.at_least, self.at_most
        low = None if least is None else -(-all_of_it * least.per // least.of)
        high = None if most is None else all_of_it * most.per // most.of
        return (Outcome(self.measure, have, low, high, counted, out_of=all_of_it),)

    def _weigh(self, offering: Offering, learner: Learner | None) -> tuple[Added, Added]:
        """What each unit adds to the part, and what to the whole."""
        inside = set(self.of.select(offering, learner))
        whole = self.within.weigh(self.measure, offering, learner)
        return {number: whole[number] for number in whole if number in inside}, whole

    def figures(self) -> str:
        bounds = say_bounds(self.at_least, self.at_most)
        return f"{bounds} of the {self.measure} of {self.within}: {self.of}"

    def role(self, unit: str, offering: Offering) -> str:
        part, whole = self._weights.get(offering, None)
        if not whole.get(unit):
            return ""
        amount = "" if self.measure == "units" else f" with {whole[unit]} {self.measure}"
        return f"counts to the {'part' if unit in part else 'rest'}{amount}"


def _difference(part: Added, whole: Added, share: Bound) -> dict[str, int]:
    """`d * part - n * whole`, unit by unit."""
    per, of = share.lowest
    return {number: of * part.get(number, 0) - per * weight for number, weight in whole.items()}


def _check_measure(offering: Offering, name: Located, at: Spot) -> str:
    if name.text in offering.measures:
        return name.text
    at.tell_unknown(at.what, name.text, offering.measures, name)
    return "credits"
