"""What rules ask about learners: who all are alike to them, and who one may be who told little."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import product
from typing import NamedTuple, Self, TypeVar

from nvqplan.core.units import Declared
from nvqplan.rules.kind import Kind
from nvqplan.rules.learner import AGE, Learner, When, say_ages

MOST = 512
"""So many kinds of learners rules may tell apart: each is one alternative where nothing is told."""

Assumptions = tuple[tuple[str, str], ...]
"""What is taken to be so: names, and what stands for them in a message."""


class Questions(NamedTuple):
    """What all rules of a qualification together ask.

    `windows` are the first days, old to new, of the windows of registration in which the same is
    said, the oldest stood for by its last. `ages` are those from which on another answer may be
    given, 0 first; whether a `when` asks for one is `asks_age`. `attributes` are those asked about,
    their values in classes that all rules treat alike. `figures` are like `ages`, by name.
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
        """The one who stands for all learners to whom the same rules apply."""
        return Learner(
            tuple([_step(self.windows, day) for day in learner.dates]),
            None if learner.age is None else _step(self.ages, learner.age),
            tuple([(name, self._like(name, value)) for name, value in self._told(learner)]),
            tuple(
                [
                    (name, _step(self.figures[name], figure))
                    for name, figure in learner.figures
                    if name in self.figures
                ]
            ),
            learner.statuses if self.asks_status else (),
            learner.units_only,
        )

    def _told(self, learner: Learner) -> Iterator[tuple[str, str]]:
        return (each for each in learner.attributes if each[0] in self.attributes)

    def _like(self, name: str, value: str) -> str:
        return next(each[0] for each in self.attributes[name] if value in each)

    def open(self, learner: Learner) -> tuple[str, ...]:
        """On what the rules that apply hang and nobody told, registration apart: age first."""
        names = self._untold(learner)
        if not names:
            return names
        return tuple([each for each in names if each == AGE or len(self.attributes[each]) > 1])

    def _untold(self, learner: Learner) -> tuple[str, ...]:
        age = (AGE,) if self.asks_age and learner.age is None else ()
        if not self.attributes:
            return age
        told = dict(learner.attributes)
        return (*age, *[name for name in self.attributes if name not in told])

    def are_about(self, learner: Learner) -> bool:
        """Whether something told of the learner may break a rule by itself."""
        is_young = learner.age is not None and learner.age < self.ages[-1]
        return is_young or AGE in self.open(learner) or bool(learner.figures)

    def alternatives(self, learner: Learner) -> tuple[Learner, ...]:
        """Everybody that a learner may be, each of one date and with all told that is asked.

        The last is the one to be preferred: of the newest date, the highest age and the values
        that are declared first.
        """
        untold = self._untold(learner)
        if len(learner.dates) == 1 and not untold:
            return (learner,)
        ages = self.ages if AGE in untold else (learner.age,)
        names = [name for name in untold if name != AGE]
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
        """In words what an alternative takes to be so of these names, those alike to it too."""
        told = dict(alternative.attributes)
        return tuple([(name, self._say(name, alternative.age, told)) for name in names])

    def _say(self, name: str, age: int | None, told: Mapping[str, str]) -> str:
        if name != AGE:
            return " or ".join(next(each for each in self.attributes[name] if told[name] in each))
        index = self.ages.index(age or 0)
        if index + 1 == len(self.ages):
            return f"{age} or older"
        above = self.ages[index + 1] - 1
        return f"{age}" if above == age else say_ages(age or 0, above)


def _classes(
    whens: Iterable[When], declared: Declared
) -> Iterator[tuple[str, tuple[tuple[str, ...], ...]]]:
    """Each attribute asked about, in the order of declaration, with its classes of values."""
    asked = [each for when in whens for each in when.attributes]
    for name, values in declared.attributes.items():
        meant = [wanted for each, wanted in asked if each == name]
        classes: dict[tuple[bool, ...], list[str]] = {}
        for value in values:
            classes.setdefault(tuple(value in wanted for wanted in meant), []).append(value)
        if meant:
            yield name, tuple(tuple(each) for each in classes.values())


Step = TypeVar("Step", date, int)


def _step(steps: Sequence[Step], value: Step) -> Step:
    """The last of ascending steps that is not beyond a value, the first for what is before all."""
    return steps[max(bisect_right(steps, value) - 1, 0)]
