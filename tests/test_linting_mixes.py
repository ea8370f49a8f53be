"""What lint says of all mixes, held against brute force on random rulebooks."""

import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings

from nvqplan.core.findings import Finding, Findings
from nvqplan.core.sources import Sources
from nvqplan.linting.linter import lint
from nvqplan.reading.rulebook import read_rulebook
from tests.oracle import CHOICES, NOBODY, Handbook, Mix, Person, applies, keys, subsets
from tests.rulebooks import Book, books, cases

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


def told(findings: list[Finding], code: str) -> set[tuple[str, str]]:
    """What findings of a code are about, and in which reading they hold."""
    return {
        (each.subject.rpartition("/")[2], (each.message.rpartition(", read as ")[2])[:8])
        if ", read as " in each.message
        else (each.subject.rpartition("/")[2], "")
        for each in findings
        if each.code == code
    }


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


@cases(100)
@given(books())
def test_units_that_cannot_be_chosen_and_rules_that_never_bite(book: Book) -> None:
    truth = Truth(book)
    findings = lint_text(book.units, book.rules)
    assert told(findings, "NVQ433") == truth.holding(truth.dead)
    assert told(findings, "NVQ434") == truth.holding(truth.forced)
    assert told(findings, "NVQ435") == truth.holding(truth.idle)
    assert told(findings, "NVQ437") == truth.holding(truth.unreachable)


@cases(100)
@given(books())
def test_contradictions_are_found_on_whatever_day_they_are(book: Book) -> None:
    truth = Truth(book)
    unmet = [(r, p) for r in truth.readings for p in truth.people if not truth.legal(r, p)]
    found = [f for f in lint_text(book.units, book.rules) if f.code == "NVQ432"]
    assert bool(found) == bool(unmet)
    for finding in found:
        ids = frozenset(named_in(finding))
        assert any(
            all(broken & ids for broken in truth.breaking[each].values()) for each in unmet
        ), finding


@cases(150)
@given(books())
def test_bounds_that_are_stricter_than_printed(book: Book) -> None:
    truth = Truth(book)
    held: dict[tuple[str, int, int], list[str]] = {}
    for reading in truth.readings:
        for each in truth.stricter(reading):
            held.setdefault(each, []).append("intended" if reading else "printed")
    expected = {
        (*each, "" if len(names) == len(truth.readings) else names[0])
        for each, names in held.items()
    }
    findings = [f for f in lint_text(book.units, book.rules) if f.code == "NVQ436"]
    shape = re.compile(
        r"'at (?:least|most) (\d+)' of rule '(.*)' of q is really (\d+) \w+"
        r"(?:, as long as no unit is imported)?(?:, read as (\w+))?"
    )
    told = []
    for finding in findings:
        words = shape.fullmatch(finding.message)
        assert words is not None, finding.message
        told.append((words[2], int(words[1]), int(words[3]), words[4] or ""))
    assert set(told) == expected
    assert len(told) == len(expected)


@cases(100)
@given(books())
def test_readings_on_which_verdicts_hang(book: Book) -> None:
    truth = Truth(book)
    handbook, printed = truth.handbook, frozenset[str]()
    hanging: dict[str, set[tuple[int, int]]] = {}
    for rule in handbook.rules:
        for person in truth.people if "intended" in rule else ():
            if truth.applies(rule, person):
                meant = frozenset([rule["id"]])
                legal = [
                    {m for m in subsets(handbook.units) if not [*truth.broken(m, person, reading)]}
                    for reading in (printed, meant)
                ]
                if legal[0] != legal[1]:
                    both = (len(legal[0] - legal[1]), len(legal[1] - legal[0]))
                    hanging.setdefault(rule["id"], set()).add(both)
    findings = [f for f in lint_text(book.units, book.rules) if f.code == "NVQ439"]
    counted = {}
    for finding in findings:
        figures = {"printed": 0, "intended": 0}
        for line in finding.help.splitlines():
            if " legal only as " in line:
                figures[line.split(" legal only as ")[1].split(",")[0]] = int(line.split()[0])
        counted[finding.subject.rpartition("/")[2]] = (figures["printed"], figures["intended"])
    assert counted.keys() == hanging.keys()
    assert all(figures in hanging[id] for id, figures in counted.items())


@cases(100)
@given(books())
def test_the_rules_that_a_finding_names_are_all_it_takes_and_none_too_many(book: Book) -> None:
    truth = Truth(book)
    for finding in lint_text(book.units, book.rules):
        if finding.code not in {"NVQ432", "NVQ433", "NVQ434", "NVQ435"}:
            continue
        wish = partial(is_wished, finding.code, finding.subject.rpartition("/")[2])
        named = named_in(finding)
        assert len(finding.related) == len(set(named)) == len(named)
        assert any(
            is_blocked(mixes, frozenset(named), wish)
            and not any(is_blocked(mixes, frozenset(named) - {id}, wish) for id in named)
            for mixes in truth.breaking.values()
        ), finding


def named_in(finding: Finding) -> list[str]:
    """The rules that a finding says do it together."""
    return re.findall(r"^rule '([\w-]+)':", finding.help, re.MULTILINE)


def is_wished(code: str, about: str, mix: Mix, broken: Reading) -> bool:
    """Whether a mix is what a finding says there is not."""
    if code == "NVQ435":
        return about in broken
    return code == "NVQ432" or (about in mix) == (code == "NVQ433")


def is_blocked(
    mixes: dict[Mix, Reading], rules: Reading, wish: Callable[[Mix, Reading], bool]
) -> bool:
    """Whether no mix that meets these rules is as wished."""
    return not any(wish(mix, broken) for mix, broken in mixes.items() if not broken & rules)


@cases(100)
@given(books())
def test_every_mix_that_is_shown_is_a_witness(book: Book) -> None:
    truth = Truth(book)
    for finding in lint_text(book.units, book.rules):
        rule = finding.subject.rpartition("/")[2]
        for line in finding.help.splitlines():
            shown = re.search(r"(?:nearest is|such as|as in) (no unit at all|[\d ]+)$", line)
            if shown is None:
                continue
            mix = frozenset(shown[1].split() if shown[1][0] != "n" else ())
            readings = truth.readings
            if "legal only as" in line:
                readings = [frozenset([rule]) if "as intended" in line else frozenset()]
            assert any(
                not list(truth.broken(mix, person, reading))
                for reading in readings
                for person in truth.people
            ), finding
            assert truth.aside == set(re.findall("'(.*?)'", left_aside(finding))), finding


def left_aside(finding: Finding) -> str:
    """The line that names the rules which were not asked."""
    lines = [each for each in finding.help.splitlines() if each.startswith("left aside")]
    return "".join(lines)


@cases(100)
@given(books())
def test_nothing_is_claimed_of_what_a_pathway_alone_can_answer(book: Book) -> None:
    truth = Truth(book)
    takes_imports = "\nimported = " in book.rules
    for finding in lint_text(book.units, book.rules):
        if "NVQ432" <= finding.code <= "NVQ437" or finding.code == "NVQ439":
            subject = finding.subject.rpartition("/")[2]
            assert truth.aside.isdisjoint({subject, *named_in(finding)})
            assert ("as long as no unit is imported" in finding.message) == takes_imports


@cases(150)
@given(books())
def test_what_is_found_holds_whatever_a_pathway_tells(book: Book) -> None:
    """Of learners of any age whose units are achieved somehow, under all rules."""
    truth = Truth(book)
    handbook = replace(book, said=replace(book.said, imported=())).handbook()
    for finding in lint_text(book.units, book.rules):
        about, intended = finding.subject.rpartition("/")[2], truth.readings[-1]
        readings = {"printed": [frozenset[str]()], "intended": [intended]}.get(
            finding.message.rpartition(", read as ")[2], truth.readings
        )
        for reading in readings:
            if finding.code == "NVQ435":
                people = [(d, *p) for d in handbook.days() for p in handbook.people(None)]
                assert not any(
                    list(handbook.broken(mix, day, age, reading, attributes)) == [about]
                    for day, age, attributes in people
                    for mix in subsets(handbook.units)
                ), finding
            elif finding.code in {"NVQ433", "NVQ434"}:
                legal = handbook.legal(handbook.days(), None, reading)
                assert not any((about in mix) == (finding.code == "NVQ433") for mix in legal)


@pytest.mark.parametrize("code", [f"NVQ{number}" for number in (*range(432, 438), 439, 450)])
def test_random_rulebooks_have_faults_of_every_kind(code: str) -> None:
    settled = settings(max_examples=2_000, phases=[Phase.generate], database=None)
    find(
        books(),
        lambda b: code in {f.code for f in lint_text(b.units, b.rules)},
        settings=settled,
    )


def test_one_of_several_mandatory_units_is_no_figure_that_could_be_stricter() -> None:
    units = "unit,uan,title,level,credits,glh,topics,nos,outcomes,criteria,source\n"
    units += "".join(f"{number},,Unit {number},1,1,1,,,,,\n" for number in (101, 102, 204, 305))
    head = 'id = "q"\ntitle = "Q"\nnumber = ""\nqan = ""\nsource = "a"\nlevel = 2\ncredits = 0\n'
    rules = f'[[qualification]]\n{head}groups.A = ["101", "102", "204", "305"]\n'
    for kind in (
        'equivalent = [["204", "102"]]',
        'mandatory = [["204", "305"]]',
        'requires = { 305 = ["204"] }',
        'implies = [{ if = [["101", "102"]], then = ["305"] }]',
    ):
        rules += f'[[qualification.rule]]\nid = "{kind[:4]}"\nsays = "A rule"\n{kind}\n'
    found = lint_text(units, rules)
    assert "NVQ432" not in {each.code for each in found}
    assert not told(found, "NVQ436")
