"""What a rule may ask about the learner: registration date, age on that day, and attributes."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from nvqplan.core.atoms import DATE, NAME, WHOLE
from nvqplan.core.findings import Findings, Located
from nvqplan.core.records import RULES, Key, Members, Record
from nvqplan.core.shapes import Shape, Spot, list_of, one_or_more
from nvqplan.core.units import Declared
from nvqplan.core.values import NamedTuple
from nvqplan.core.words import did_you_mean, say_date

DAY = timedelta(days=1)

TAUGHT = "taught"
STATUSES = (TAUGHT, "held", "apl", "exempt")
"""The ways to achieve a unit; where nothing is said of a unit, it is achieved in the first."""


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


AT_LEAST, AT_MOST = Key("at_least", WHOLE), Key("at_most", WHOLE)

Range = tuple[int | None, int | None]
"""The least and the most that something may be."""


def _make_range(members: Members, at: Spot) -> Range:
    least, most = members.get(AT_LEAST), members.get(AT_MOST)
    if least is not None and most is not None and least > most:
        at.tell(f"at_least {least} is more than at_most {most}")
    return least, most


RANGE = (
    Record((AT_LEAST, AT_MOST), RULES)
    .shape.at_least(1, "'{what}' needs at_least, at_most or both")
    .made(_make_range)
)
"""`{ at_least = 16, at_most = 18 }`, of which one will do."""

_WINDOWS: Mapping[str, Callable[[date], When]] = {
    "before": lambda day: When(last=day - DAY) if day > date.min else NEVER,
    "until": lambda day: When(last=day),
    "on": lambda day: When(day, day),
    "from": lambda day: When(first=day),
    "after": lambda day: When(first=day + DAY) if day < date.max else NEVER,
}


def _make_window(members: Members) -> When:
    windows = [_WINDOWS[name](day) for name, day in members.values.items() if day is not None]
    windows.append(ALWAYS)
    return When(max([each.first for each in windows]), min([each.last for each in windows]))


_REGISTERED = Key(
    "registered",
    Record([Key(name, DATE) for name in _WINDOWS], RULES)
    .shape.at_least(1, "'{what}' needs a comparison with a date", f"known: {', '.join(_WINDOWS)}")
    .into(_make_window),
)
_AGE = Key("age", RANGE)

_VALUES = one_or_more(NAME, list_of(NAME).at_least(1, "'{what}' names no value"))
"""The values of an attribute, one or a list."""


def _attribute_in(declared: Declared) -> Shape[tuple[str, ...]]:
    """An attribute that a `when` asks about; it and the values must be declared."""

    def read(node: Located, name: str, found: Findings) -> tuple[str, ...]:
        known, at = declared.attributes.get(name), Spot(node, name, found)
        nearest = did_you_mean(name, ("registered", "age", *declared.attributes), len(found))
        if known is None and isinstance(node.value, dict):
            found.add(node.key, "NVQ401", f"unknown key '{name}' in when", nearest, name)
            return ()
        values = _VALUES.read(node, name, found) or ()
        if known is None:
            help = nearest or f'declare it: attributes.{name} = ["…", "…"]'
            at.tell(f"unknown attribute '{name}' in when", help, node.key)
            return ()
        for value in values:
            if value.text not in known:
                at.tell_unknown(name, value.text, known, value)
        return tuple(value.text for value in values)

    return Shape(read, _VALUES.schema)


def when_in(declared: Declared) -> Shape[When]:
    """`{ registered = { from = DATE }, age = { at_least = 18 }, role = "team-leader" }`."""
    record = Record((_REGISTERED, _AGE), RULES, others=_attribute_in(declared))

    def make(members: Members, at: Spot) -> When:
        window = members.get(_REGISTERED, ALWAYS)
        least, most = members.get(_AGE, (None, None))
        if window.first > window.last:
            at.tell(f"no registration date fits this '{at.what}'")
        asked = (
            (name, values) for name, values in members.values.items() if name not in record.keys
        )
        return When(window.first, window.last, least or 0, most, tuple(sorted(asked)))

    few = "'{what}' needs a condition, such as 'registered' or 'age'"
    return record.shape.at_least(1, few).made(make)
