"""What a rule may ask about the learner: registration date, age on that day, and attributes."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from nvqplan.core.fields import as_date, as_mapping, as_names, as_whole, check_known
from nvqplan.core.findings import Findings, Located
from nvqplan.core.names import did_you_mean
from nvqplan.core.units import Declared
from nvqplan.core.words import say_date

DAY = timedelta(days=1)

TAUGHT = "taught"
STATUSES = (TAUGHT, "held", "apl", "exempt")
"""The ways to achieve a unit; where nothing is said of a unit, it is achieved in the first."""


RANGE = ("at_least", "at_most")


class Learner(NamedTuple):
    """A learner, or all learners of a file; `age` in years at registration, None if unknown.

    Several dates mean that the date is open: a mix is legal if it is legal on one of them. So it is
    with an attribute, or an age, that some rule asks for and that is unknown.
    """

    dates: tuple[date, ...]
    age: int | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    """Each known name with its value, such as role and team-leader."""
    figures: tuple[tuple[str, int], ...] = ()
    """Each known name with its number, such as practice_hours and 120."""
    statuses: tuple[tuple[str, str], ...] = ()
    """Each unit that is not to be taught with its status."""
    units_only: bool = False
    """Whether what rules ask of the learner alone, such as an age, is left aside."""


AGE = "age"
"""What the age of a learner is called among the figures that rules ask for."""


class FigureBounds(NamedTuple):
    """A figure of the learner, be it the age, and the least and the most that it may be."""

    name: str
    at_least: int | None
    at_most: int | None = None

    def __str__(self) -> str:
        low = [f"at least {self.at_least}"] if self.at_least is not None else []
        high = [f"at most {self.at_most}"] if self.at_most is not None else []
        return f"{' and '.join(low + high)} {self.name.replace('_', ' ')}"

    def allow(self, name: str, figure: int) -> bool:
        """Whether a figure of that name is allowed; figures of other names are."""
        low, high = self.at_least or 0, self.at_most
        return name != self.name or (low <= figure and (high is None or figure <= high))

    def cuts(self) -> Iterator[int]:
        """The figures from which on the answer differs from that to one less."""
        if self.at_least is not None:
            yield self.at_least
        if self.at_most is not None:
            yield self.at_most + 1


class When(NamedTuple):
    """The learners to whom a rule applies: first and last date, lowest and highest age included."""

    first: date = date.min
    last: date = date.max
    lowest: int = 0
    highest: int | None = None
    attributes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Each attribute that it asks for, with the values that it means."""

    def applies(self, learner: Learner) -> bool:
        """Whether it applies to a learner of one date, of whom all that it asks for is known."""
        if not self.covers(learner.dates[0]):
            return False
        return not (self.asks_age or self.attributes) or self._means(learner)

    def covers(self, day: date) -> bool:
        """Whether it may apply to somebody registered on that day."""
        return self.first <= day <= self.last

    def _means(self, learner: Learner) -> bool:
        if self.asks_age:
            age = learner.age
            if age is None:
                raise ValueError("the age is asked for and unknown")
            if age < self.lowest or (self.highest is not None and age > self.highest):
                return False
        attributes = dict(learner.attributes)
        return all(attributes[name] in values for name, values in self.attributes)

    @property
    def asks_age(self) -> bool:
        return self.lowest > 0 or self.highest is not None

    def cuts(self) -> tuple[date, ...]:
        """The days from which on the answer differs from the day before."""
        after = (self.last + DAY,) if self.last < date.max else ()
        return ((self.first,) if self.first > date.min else ()) + after

    def age_cuts(self) -> tuple[int, ...]:
        """The ages from which on the answer differs from the age before."""
        above = () if self.highest is None else (self.highest + 1,)
        return ((self.lowest,) if self.lowest else ()) + above

    def narrowed(self, other: "When") -> "When":
        """The learners of both, as far as dates go."""
        return self._replace(first=max(self.first, other.first), last=min(self.last, other.last))

    def __str__(self) -> str:
        """In words, "" for everybody."""
        return ", ".join(self._words())

    def _words(self) -> Iterator[str]:
        first = [f"from {say_date(self.first)}"] if self.first > date.min else []
        last = [f"until {say_date(self.last)}"] if self.last < date.max else []
        if first or last:
            yield f"registered {' '.join(first + last)}"
        if self.asks_age:
            yield f"aged {say_ages(self.lowest, self.highest)}"
        for name, values in self.attributes:
            yield f"{name} {' or '.join(values)}"


def say_ages(lowest: int, highest: int | None) -> str:
    if highest is None:
        return f"{lowest} or older"
    return f"{lowest} to {highest}" if lowest else f"{highest} or younger"


ALWAYS = When()
NEVER = When(date.max, date.min)


def parse_when(node: Located, declared: Declared, found: Findings) -> When:
    """Read `{ registered = { from = DATE }, age = { at_least = 18 }, role = "team-leader" }`."""
    members = as_mapping(node, "when", found)
    if node.value == {}:
        found.add(node, "NVQ401", "'when' needs a condition, such as 'registered' or 'age'")
    window, (lowest, highest), attributes = ALWAYS, (0, None), []
    for name, member in members.items():
        if name == "registered":
            window = _parse_registered(member, found)
        elif name == "age":
            least, highest = parse_range(member, name, found)
            lowest = least or 0
        else:
            attributes.append((name, _parse_values(name, member, declared, found)))
    if window.first > window.last:
        found.add(node, "NVQ401", "no registration date fits this 'when'")
    return When(window.first, window.last, lowest, highest, tuple(sorted(attributes)))


def _parse_registered(node: Located, found: Findings) -> When:
    bounds = as_mapping(node, "registered", found)
    check_known(bounds, _BOUNDS, "registered", "NVQ401", found)
    window = ALWAYS
    for name, bound in bounds.items():
        day = as_date(bound, name, found) if name in _BOUNDS else None
        if day is not None:
            window = window.narrowed(_BOUNDS[name](day))
    if node.value == {}:
        help = f"known: {', '.join(_BOUNDS)}"
        found.add(node, "NVQ401", "'registered' needs a comparison with a date", help)
    return window


def parse_range(node: Located, name: str, found: Findings) -> tuple[int | None, int | None]:
    """Read `{ at_least = 16, at_most = 18 }`, of which one will do."""
    bounds = as_mapping(node, name, found)
    check_known(bounds, RANGE, name, "NVQ401", found)
    if node.value == {}:
        found.add(node, "NVQ401", f"'{name}' needs at_least, at_most or both")
    least, most = (
        as_whole(bounds[bound], bound, found) if bound in bounds else None for bound in RANGE
    )
    if least is not None and most is not None and least > most:
        found.add(node, "NVQ401", f"at_least {least} is more than at_most {most}")
    return least, most


def _parse_values(name: str, node: Located, declared: Declared, found: Findings) -> tuple[str, ...]:
    """The values of an attribute, one or a list; both must be declared."""
    known = declared.attributes.get(name)
    nearest = did_you_mean(name, ("registered", "age", *declared.attributes), len(found))
    if known is None and isinstance(node.value, dict):
        found.add(node.key, "NVQ401", f"unknown key '{name}' in when", nearest, name)
        return ()
    if node.value == []:
        found.add(node, "NVQ401", f"'{name}' names no value")
    listed = node if isinstance(node.value, list) else Located([node], lambda: node.location)
    values = as_names(listed, name, found)
    if known is None:
        help = nearest or f'declare it: attributes.{name} = ["…", "…"]'
        found.add(node.key, "NVQ401", f"unknown attribute '{name}' in when", help)
        return ()
    for value in values:
        if value.text not in known:
            help = did_you_mean(value.text, known, len(found)) or f"known: {', '.join(known)}"
            found.add(value, "NVQ401", f"unknown {name} '{value.text}'", help)
    return tuple(value.text for value in values)


_BOUNDS: dict[str, Callable[[date], When]] = {
    "before": lambda day: When(last=day - DAY) if day > date.min else NEVER,
    "until": lambda day: When(last=day),
    "on": lambda day: When(day, day),
    "from": lambda day: When(first=day),
    "after": lambda day: When(first=day + DAY) if day < date.max else NEVER,
}
