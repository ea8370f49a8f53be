"""What lint says of all mixes, held against brute force on random rulebooks."""

import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings

from nvqplan.findings import Finding, Findings
from nvqplan.linting.linter import lint
from nvqplan.reading.rulebook import read_rulebook
from nvqplan.reading.sources import Sources
from tests.oracle import Handbook, Mix, lets_through, subsets
from tests.rulebooks import Book, books, cases

MEASURES = ("credits", "units", "glh", "points")
OTHER_KINDS = ("counting", "best", "components", "choose", "titles", "share", "implies")
"""Rules that can leave just one unit to meet them, which is as good as naming it."""

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


@dataclass(frozen=True)
class Truth:
    """All mixes of a small rulebook, on each day and in each reading."""

    book: Book

    @cached_property
    def handbook(self) -> Handbook:
        return self.book.handbook()

    @cached_property
    def readings(self) -> list[Reading]:
        meant = frozenset(rule["id"] for rule in self.handbook.rules if "intended" in rule)
        return [frozenset(), meant] if meant else [frozenset()]

    @cached_property
    def breaking(self) -> dict[tuple[Reading, date], dict[Mix, frozenset[str]]]:
        """Which rules each mix breaks."""
        return {
            (reading, day): {
                mix: frozenset(self.handbook.broken(mix, day, None, reading))
                for mix in subsets(self.handbook.units)
            }
            for reading in self.readings
            for day in self.handbook.days()
        }

    def legal(self, reading: Reading, day: date) -> list[Mix]:
        return [mix for mix, broken in self.breaking[reading, day].items() if not broken]

    def days(self, reading: Reading, rule: dict[str, Any] | None = None) -> list[date]:
        """The days on which some mix is legal, and on which a rule applies."""
        return [
            day
            for day in self.handbook.days()
            if self.legal(reading, day) and (rule is None or self.applies(rule, day))
        ]

    def applies(self, rule: dict[str, Any], day: date) -> bool:
        bounds = rule.get("when", {}).get("registered", {})
        order = {
            "before": lambda b: day < b,
            "until": lambda b: day <= b,
            "on": lambda b: day == b,
            "from": lambda b: day >= b,
            "after": lambda b: day > b,
        }
        return all(order[name](bound) for name, bound in bounds.items())

    def kept(self, rule: str, reading: Reading, day: date) -> list[Mix]:
        """The mixes that meet all other rules."""
        return [mix for mix, b in self.breaking[reading, day].items() if b <= {rule}]

    def bites(self, rule: str, reading: Reading, day: date) -> bool:
        return any(
            rule in broken and len(broken) == 1 for broken in self.breaking[reading, day].values()
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
        mixes = [mix for day in self.days(reading) for mix in self.legal(reading, day)]
        yield from (u for u in self.handbook.units if mixes and not any(u in m for m in mixes))

    def forced(self, reading: Reading) -> Iterator[str]:
        days = self.days(reading)
        mixes = [mix for day in days for mix in self.legal(reading, day)]
        for unit in self.handbook.units:
            named = days and all(self.is_mandatory(unit, reading, day) for day in days)
            if mixes and all(unit in mix for mix in mixes) and not named:
                yield unit

    def is_mandatory(self, unit: str, reading: Reading, day: date) -> bool:
        """Whether a rule asks for all units that it speaks of, and this is one."""
        for rule in self.handbook.rules:
            if not self.applies(rule, day):
                continue
            read = self.read(rule, reading)
            if unit in read.get("mandatory", ()):
                return True
            for measure, _, least, _ in sums_of(read):
                counted = self.counted(read, measure)
                spare = sum(counted.values()) - (least or 0)
                if least is not None and unit in counted and spare < min(counted.values()):
                    return True
        return False

    def read(self, rule: dict[str, Any], reading: Reading) -> dict[str, Any]:
        meant: dict[str, Any] = rule["intended"] if rule["id"] in reading else rule
        return meant

    def counted(self, read: dict[str, Any], measure: str) -> dict[str, int]:
        """What each unit adds to a sum, but for those that add nothing."""
        of = read[measure].get("of")
        units = self.handbook.units.items()
        return {n: int(u[measure]) for n, u in units if lets_through(of, u) and int(u[measure])}

    def idle(self, reading: Reading) -> Iterator[str]:
        for rule in self.handbook.rules:
            id, days = rule["id"], self.days(reading, rule)
            read = self.read(rule, reading)
            bounds = [(low, high) for _, _, low, high in sums_of(read)]
            far = id in set(self.unreachable(reading)) and bounds[0][0] is None
            only_tells = read.get("titles", {}).keys() == {"at_least", "of"}
            only_tells = only_tells and not read["titles"]["at_least"]
            is_asked = days and "age" not in read and not far and not only_tells
            if is_asked and not any(self.bites(id, reading, day) for day in days):
                yield id

    def nearest(self, rule: dict[str, Any], reading: Reading, way: Any) -> list[int]:
        """Of each day the least or the most that a legal mix has of a sum."""
        ((measure, of, _, _),) = sums_of(self.read(rule, reading))
        return [
            way(self.handbook.sum_of(measure, mix, of) for mix in self.legal(reading, day))
            for day in self.days(reading, rule)
        ]

    def beyond(self, rule: dict[str, Any], reading: Reading, is_beyond: Any) -> bool:
        """Whether on some day a mix that meets the other rules is beyond a bound."""
        ((measure, of, _, _),) = sums_of(self.read(rule, reading))
        return any(
            is_beyond(self.handbook.sum_of(measure, mix, of))
            for day in self.days(reading, rule)
            for mix in self.kept(rule["id"], reading, day)
        )

    def stricter(self, reading: Reading) -> Iterator[tuple[str, int, int]]:
        """Rule, bound as printed, and as it really is; not where only some of a sum counts."""
        for rule in self.handbook.rules:
            if "counting" in str(self.read(rule, reading)):
                continue
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


def sums_of(read: dict[str, Any]) -> Iterator[tuple[str, Any, int | None, int | None]]:
    """The measure, the filter and the bounds of a rule that is a sum."""
    for measure in MEASURES:
        if measure in read:
            told = read[measure]
            exactly = told.get("exactly")
            bounds = told.get("at_least", exactly), told.get("at_most", exactly)
            yield (measure, told.get("of"), *bounds)


@cases(100)
@given(books(plain=True))
def test_units_that_cannot_be_chosen_and_rules_that_never_bite(book: Book) -> None:
    truth = Truth(book)
    findings = lint_text(book.units, book.rules)
    assert told(findings, "NVQ433") == truth.holding(truth.dead)
    if not any(f"{kind} = " in book.rules for kind in OTHER_KINDS):
        assert told(findings, "NVQ434") == truth.holding(truth.forced)
    assert told(findings, "NVQ435") == truth.holding(truth.idle)
    assert told(findings, "NVQ437") == truth.holding(truth.unreachable)


@cases(100)
@given(books(plain=True))
def test_contradictions_are_found_on_whatever_day_they_are(book: Book) -> None:
    truth = Truth(book)
    unmet = [(r, d) for r in truth.readings for d in truth.handbook.days() if not truth.legal(r, d)]
    found = [f for f in lint_text(book.units, book.rules) if f.code == "NVQ432"]
    assert bool(found) == bool(unmet)
    for finding in found:
        ids = frozenset(named_in(finding))
        assert any(
            all(broken & ids for broken in truth.breaking[each].values()) for each in unmet
        ), finding


@cases(150)
@given(books(plain=True))
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
        r"'at (?:least|most) (\d+)' of rule '(.*)' of q is really (\d+) \w+(?:, read as (\w+))?"
    )
    told = []
    for finding in findings:
        words = shape.fullmatch(finding.message)
        assert words is not None, finding.message
        told.append((words[2], int(words[1]), int(words[3]), words[4] or ""))
    assert set(told) == expected
    assert len(told) == len(expected)


@cases(100)
@given(books(plain=True))
def test_readings_on_which_verdicts_hang(book: Book) -> None:
    truth = Truth(book)
    handbook, printed = truth.handbook, frozenset[str]()
    hanging = {}
    for rule in handbook.rules:
        for day in handbook.days() if "intended" in rule else ():
            if truth.applies(rule, day):
                mixes = subsets(handbook.units)
                meant = frozenset([rule["id"]])
                legal = [
                    {mix for mix in mixes if handbook.is_legal(mix, [day], None, reading)}
                    for reading in (printed, meant)
                ]
                if legal[0] != legal[1]:
                    hanging[rule["id"]] = (len(legal[0] - legal[1]), len(legal[1] - legal[0]))
    findings = [f for f in lint_text(book.units, book.rules) if f.code == "NVQ439"]
    counted = {}
    for finding in findings:
        figures = {"printed": 0, "intended": 0}
        for line in finding.help.splitlines():
            if " legal only as " in line:
                figures[line.split(" legal only as ")[1].split(",")[0]] = int(line.split()[0])
        counted[finding.subject.rpartition("/")[2]] = (figures["printed"], figures["intended"])
    assert counted == hanging


@cases(100)
@given(books(plain=True))
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
@given(books(plain=True))
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
            legal = [
                truth.handbook.is_legal(mix, [day], None, reading)
                for reading in readings
                for day in truth.handbook.days()
            ]
            assert any(legal), finding


@pytest.mark.parametrize("code", [f"NVQ{number}" for number in (*range(432, 438), 439, 450)])
def test_random_rulebooks_have_faults_of_every_kind(code: str) -> None:
    settled = settings(max_examples=2_000, phases=[Phase.generate], database=None)
    find(
        books(plain=True),
        lambda b: code in {f.code for f in lint_text(b.units, b.rules)},
        settings=settled,
    )
