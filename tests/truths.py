"""What is true of a small rulebook by brute force, to hold what lint says against it."""

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from nvqplan.core.findings import Finding, Findings
from nvqplan.core.sources import Sources
from nvqplan.linting.linter import lint
from nvqplan.reading.rulebook import read_rulebook
from tests.oracle import CHOICES, NOBODY, Handbook, Mix, Person, applies, keys, subsets
from tests.rulebooks import Book

MEASURES = ("credits", "units", "glh", "points")


Reading = frozenset[str]


def lint_text(units: str, rules: str) -> list[Finding]:
    """Everything that lint finds in a rulebook."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "units.csv").write_text(units, encoding="utf-8")
        Path(folder, "rules.toml").write_text(rules, encoding="utf-8")
        found = Findings()
        rulebook = read_rulebook(folder, Sources(), found)
        assert rulebook is not None, list(found)
        return [finding for checked in lint(rulebook) for finding in checked.findings]


def is_for_a_pathway(rule: dict[str, Any]) -> bool:
    """Whether a mix alone does not tell if a rule is met, so that nothing is claimed of it."""
    asked = set(keys({**rule, "when": {}}))
    choices = [c for r in (rule, rule.get("intended", {})) for key in CHOICES for c in [r.get(key)]]
    in_choices = {key for each in choices if each for key in keys(each["of"])}
    return bool(asked & {"status", "imported"} or in_choices & {"age", "learner"})


@dataclass(frozen=True)
class Truth:
    """All mixes of a small rulebook, for each learner and in each reading.

    Units are taught and none is imported. What only a pathway answers is left aside, and what is
    asked of the learner alone.
    """

    book: Book

    @cached_property
    def handbook(self) -> Handbook:
        handbook = replace(self.book, said=NOBODY).handbook()
        handbook.rules = [rule for rule in handbook.rules if not is_for_a_pathway(rule)]
        return handbook

    @cached_property
    def aside(self) -> set[str]:
        rules = {rule["id"] for rule in self.book.handbook().rules}
        return rules - {rule["id"] for rule in self.handbook.rules}

    @cached_property
    def readings(self) -> list[Reading]:
        meant = frozenset(rule["id"] for rule in self.handbook.rules if "intended" in rule)
        return [frozenset(), meant] if meant else [frozenset()]

    @cached_property
    def people(self) -> list[Person]:
        """Of those who are asked the same one, the last."""
        alike = {
            tuple(applies(rule, day, age, told) for rule in self.handbook.rules): Person(
                day, age, tuple(told.items())
            )
            for day in self.handbook.days()
            for age, told in self.handbook.people(None)
        }
        return list(alike.values())

    @cached_property
    def breaking(self) -> dict[tuple[Reading, Person], dict[Mix, frozenset[str]]]:
        """Which rules each mix breaks."""
        return {
            (reading, person): {
                mix: frozenset(self.broken(mix, person, reading))
                for mix in subsets(self.handbook.units)
            }
            for reading in self.readings
            for person in self.people
        }

    def broken(self, mix: Mix, person: Person, reading: Reading) -> Iterator[str]:
        day, age, told = person
        return self.handbook.broken(mix, day, age, reading, dict(told), aside=True)

    def legal(self, reading: Reading, person: Person) -> list[Mix]:
        return [mix for mix, broken in self.breaking[reading, person].items() if not broken]

    def met(self, reading: Reading, rule: dict[str, Any] | None = None) -> list[Person]:
        """The people for whom some mix is legal, and to whom a rule applies."""
        return [
            person
            for person in self.people
            if self.legal(reading, person) and (rule is None or self.applies(rule, person))
        ]

    def applies(self, rule: dict[str, Any], person: Person) -> bool:
        return applies(rule, person.day, person.age, dict(person.attributes))

    def kept(self, rule: str, reading: Reading, person: Person) -> list[Mix]:
        """The mixes that meet all other rules."""
        return [mix for mix, b in self.breaking[reading, person].items() if b <= {rule}]

    def bites(self, rule: str, reading: Reading, person: Person) -> bool:
        return any(
            rule in broken and len(broken) == 1
            for broken in self.breaking[reading, person].values()
        )

    def holding(self, question: Any) -> set[tuple[str, str]]:
        """Of what a question holds, and in which reading if not in all."""
        held: dict[str, list[Reading]] = {}
        for reading in self.readings:
            for name in question(reading):
                held.setdefault(name, []).append(reading)
        names = {frozenset[str](): "printed"}
        return {
            (name, "" if len(each) == len(self.readings) else names.get(each[0], "intended"))
            for name, each in held.items()
        }

    def dead(self, reading: Reading) -> Iterator[str]:
        mixes = [mix for person in self.met(reading) for mix in self.legal(reading, person)]
        yield from (u for u in self.handbook.units if mixes and not any(u in m for m in mixes))

    def forced(self, reading: Reading) -> Iterator[str]:
        met = self.met(reading)
        mixes = [mix for person in met for mix in self.legal(reading, person)]
        for unit in self.handbook.units:
            named = all(self.is_mandatory(unit, reading, person) for person in met)
            if mixes and all(unit in mix for mix in mixes) and not named:
                yield unit

    def is_mandatory(self, unit: str, reading: Reading, person: Person) -> bool:
        """Whether a rule, or an entry of a list, is met by all mixes that hold some units.

        And by no other mix, and this unit is one of them.
        """
        applying = [rule for rule in self.handbook.rules if self.applies(rule, person)]
        return any(
            unit in needed
            for rule in applying
            for part in parts(self.read(rule, reading))
            for needed in [self.needed(part)]
        )

    def needed(self, part: dict[str, Any]) -> Mix:
        """The units that are all a statement asks for; none where it asks for anything else."""
        every = subsets(self.handbook.units)
        meeting = {mix for mix in every if self.handbook.meets(part, mix)}
        needed = frozenset(self.handbook.units).intersection(*meeting)
        return needed if meeting == {mix for mix in every if mix >= needed} else frozenset()

    def read(self, rule: dict[str, Any], reading: Reading) -> dict[str, Any]:
        meant: dict[str, Any] = rule["intended"] if rule["id"] in reading else rule
        return meant

    def idle(self, reading: Reading) -> Iterator[str]:
        for rule in self.handbook.rules:
            id, met = rule["id"], self.met(reading, rule)
            read = self.read(rule, reading)
            bounds = [(low, high) for _, _, low, high in sums_of(read)]
            far = id in set(self.unreachable(reading)) and bounds[0][0] is None
            only_tells = read.get("titles", {}).keys() == {"at_least", "of"}
            only_tells = only_tells and not read["titles"]["at_least"]
            of_units = not {"age", "learner"} & read.keys()
            is_asked = met and of_units and not far and not only_tells
            if is_asked and not any(self.bites(id, reading, person) for person in met):
                yield id

    def nearest(self, rule: dict[str, Any], reading: Reading, way: Any) -> list[int]:
        """Of each learner the least or the most that a legal mix has of a sum."""
        ((measure, told, _, _),) = sums_of(self.read(rule, reading))
        return [
            way(self.handbook.counted(measure, told, mix) for mix in self.legal(reading, person))
            for person in self.met(reading, rule)
        ]

    def beyond(self, rule: dict[str, Any], reading: Reading, is_beyond: Any) -> bool:
        """Whether for some learner a mix that meets the other rules is beyond a bound."""
        ((measure, told, _, _),) = sums_of(self.read(rule, reading))
        return any(
            is_beyond(self.handbook.counted(measure, told, mix))
            for person in self.met(reading, rule)
            for mix in self.kept(rule["id"], reading, person)
        )

    def stricter(self, reading: Reading) -> Iterator[tuple[str, int, int]]:
        """Rule, bound as printed, and as it really is."""
        for rule in self.handbook.rules:
            for _, _, low, high in sums_of(self.read(rule, reading)):
                if low is not None:
                    least = self.nearest(rule, reading, min)
                    beyond = self.beyond(rule, reading, lambda total, low=low: total < low)
                    if least and min(least) > low and beyond:
                        yield rule["id"], low, min(least)
                if high is not None:
                    most = self.nearest(rule, reading, max)
                    beyond = self.beyond(rule, reading, lambda total, high=high: total > high)
                    if most and max(most) < high and beyond:
                        yield rule["id"], high, max(most)

    def unreachable(self, reading: Reading) -> Iterator[str]:
        for rule in self.handbook.rules:
            for _, _, _, high in sums_of(self.read(rule, reading)):
                if high is None:
                    continue
                most = self.nearest(rule, reading, max)
                beyond = self.beyond(rule, reading, lambda total, high=high: total > high)
                if most and max(most) < high and not beyond:
                    yield rule["id"]


def parts(read: dict[str, Any]) -> list[dict[str, Any]]:
    """What a rule says: of a list of mandatory units each entry is a statement of its own."""
    return [{"mandatory": [each]} for each in read["mandatory"]] if "mandatory" in read else [read]


def sums_of(read: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], int | None, int | None]]:
    """The measure, all that is said of it and the bounds of a rule that is a sum."""
    for measure in MEASURES:
        if measure in read:
            told = read[measure]
            exactly = told.get("exactly")
            bounds = told.get("at_least", exactly), told.get("at_most", exactly)
            yield (measure, told, *bounds)


def named_in(finding: Finding) -> list[str]:
    """The rules that a finding says do it together."""
    return re.findall(r"^rule '([\w-]+)':", finding.help, re.MULTILINE)
