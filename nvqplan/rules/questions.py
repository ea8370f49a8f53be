"""What rules ask about learners: who is alike to them, and who a little known learner may be."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import product
from typing import Self, TypeVar

from nvqplan.core.units import Declared
from nvqplan.core.values import NamedTuple
from nvqplan.rules.kind import Kind
from nvqplan.rules.learner import AGE, Learner, When, say_ages

MOST = 512
"""So many kinds of learners rules may tell apart: whoever is unknown may be of any of them."""

Assumptions = tuple[tuple[str, str], ...]
"""What is taken to be so: names, and what stands for them in a message."""


class Questions(NamedTuple):
    """What all rules of a qualification together ask.

    `windows` are the first days, old to new, of the windows of registration in which the same is
    said, the oldest stood for by its last. `ages` are those from which on another answer may be
    given, 0 first; `asks_age` is whether a `when` asks for one. `attributes` are those that a
    `when` asks for, with values in classes that all rules treat alike. `figures` are like `ages`.
    """

    windows: tuple[date, ...]
    ages: tuple[int, ...]
    asks_age: bool
    attributes: Mapping[str, tuple[tuple[str, ...], ...]]
    figures: Mapping[str, tuple[int, ...]]
    asks_status: bool
    asks_imported: bool
    asks_in_choices: bool
    """Whether something about learners alone is a condition of an alternative."""

    @classmethod
    def of(
        cls,
        whens: Sequence[When],
        kinds: Sequence[Kind],
        declared: Declared,
        asks_status: bool,
        asks_imported: bool,
    ) -> Self:
        """`kinds` are those of all rules in every reading, without what is in choices."""
        inner = [each for kind in kinds for each in kind.conditions()]
        days = sorted({cut for when in whens for cut in when.cuts()})
        figures: dict[str, set[int]] = {}
        for bounds in (each for kind in (*kinds, *inner) for each in kind.asks_of_learner):
            figures.setdefault(bounds.name, {0}).update(bounds.cuts())
        ages = figures.pop(AGE, {0}).union(cut for when in whens for cut in when.age_cuts())
        return cls(
            (days[0] - timedelta(days=1), *days) if days else (date.max,),
            tuple(sorted(ages)),
            any(when.asks_age for when in whens),
            dict(_classes(whens, declared)),
            {name: tuple(sorted(cuts)) for name, cuts in figures.items()},
            asks_status,
            asks_imported,
            any(each.asks_of_learner for each in inner),
        )

    @property
    def hang_on_pathway(self) -> bool:
        """Whether they ask what only a pathway tells of units, or offer ways for some learners.

        Then rules that no mix of one pathway meets may be met by those of another.
        """
        return self.asks_status or self.asks_imported or self.asks_in_choices

    @property
    def kinds_of_learners(self) -> int:
        """How many kinds of learners the `when` of rules can tell apart, or a few more."""
        number = len(self.windows) * (len(self.ages) if self.asks_age else 1)
        for classes in self.attributes.values():
            number *= len(classes)
        return number

    def like(self, learner: Learner) -> Learner:
        """Find the learner who stands for all to whom the same rules apply."""
        attributes = [each for each in learner.attributes if each[0] in self.attributes]
        figures = [each for each in learner.figures if each[0] in self.figures]
        return Learner(
            tuple([_step(self.windows, day) for day in learner.dates]),
            None if learner.age is None else _step(self.ages, learner.age),
            tuple([(name, self._like(name, value)) for name, value in attributes]),
            tuple([(name, _step(self.figures[name], figure)) for name, figure in figures]),
            learner.statuses if self.asks_status else (),
            learner.units_only,
        )

    def _like(self, name: str, value: str) -> str:
        return next(each[0] for each in self.attributes[name] if value in each)

    def open(self, learner: Learner) -> tuple[str, ...]:
        """What the rules that apply ask for and is unknown, registration apart: age first."""
        names = self._unknown(learner)
        if not names:
            return names
        return tuple([each for each in names if each == AGE or len(self.attributes[each]) > 1])

    def _unknown(self, learner: Learner) -> tuple[str, ...]:
        age = (AGE,) if self.asks_age and learner.age is None else ()
        if not self.attributes:
            return age
        known = dict(learner.attributes)
        return (*age, *[name for name in self.attributes if name not in known])

    def are_about(self, learner: Learner) -> bool:
        """Whether something that is known of the learner may break a rule by itself."""
        is_young = learner.age is not None and learner.age < self.ages[-1]
        return is_young or AGE in self.open(learner) or bool(learner.figures)

    def alternatives(self, learner: Learner) -> tuple[Learner, ...]:
        """Everybody that a learner may be, each of one date and with all known that rules ask for.

        The last is the one to be preferred: of the newest date, the highest age and the values
        that are declared first.
        """
        unknown = self._unknown(learner)
        if len(learner.dates) == 1 and not unknown:
            return (learner,)
        ages = self.ages if AGE in unknown else (learner.age,)
        names = [name for name in unknown if name != AGE]
        values = [[each[0] for each in reversed(self.attributes[name])] for name in names]
        return tuple(
            learner._replace(
                dates=(day,),
                age=age,
                attributes=(*learner.attributes, *zip(names, chosen, strict=True)),
            )
            for day in learner.dates
            for age in ages
            for chosen in product(*values)
        )

    def taken(self, alternative: Learner, names: Iterable[str]) -> Assumptions:
        """Say what an alternative takes to be so of these names, with all values that are alike."""
        values = dict(alternative.attributes)
        return tuple([(name, self._say(name, alternative.age, values)) for name in names])

    def _say(self, name: str, age: int | None, values: Mapping[str, str]) -> str:
        if name != AGE:
            return " or ".join(next(each for each in self.attributes[name] if values[name] in each))
        index = self.ages.index(age or 0)
        if index + 1 == len(self.ages):
            return f"{age} or older"
        above = self.ages[index + 1] - 1
        return f"{age}" if above == age else say_ages(age or 0, above)


def _classes(
    whens: Iterable[When], declared: Declared
) -> Iterator[tuple[str, tuple[tuple[str, ...], ...]]]:
    """Each attribute that rules ask for, as they are declared, with its classes of values."""
    conditions = [each for when in whens for each in when.attributes]
    for name, values in declared.attributes.items():
        meant = [some for each, some in conditions if each == name]
        classes: dict[tuple[bool, ...], list[str]] = {}
        for value in values:
            classes.setdefault(tuple(value in some for some in meant), []).append(value)
        if meant:
            yield name, tuple(tuple(each) for each in classes.values())


Step = TypeVar("Step", date, int)


def _step(steps: Sequence[Step], value: Step) -> Step:
    """Find the last of ascending steps that is not beyond a value, or the first one."""
    return max((step for step in steps if step <= value), default=steps[0])
