"""What lint says of all mixes, held against brute force on random rulebooks."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import Phase, find, given, settings

from nvqplan.core.findings import Finding
from tests.oracle import Mix, subsets
from tests.rulebooks import Book, books
from tests.tapes import cases
from tests.truths import Reading, Truth, lint_text, named_in


def told(findings: list[Finding], code: str) -> set[tuple[str, str]]:
    """What findings of a code are about, and in which reading they hold."""
    return {
        (each.subject.rpartition("/")[2], (each.message.rpartition(", read as ")[2])[:8])
        if ", read as " in each.message
        else (each.subject.rpartition("/")[2], "")
        for each in findings
        if each.code == code
    }


def units_that_cannot_be_chosen_and_rules_that_never_bite(
    truth: Truth, findings: list[Finding]
) -> None:
    assert told(findings, "NVQ433") == truth.holding(truth.dead)
    assert told(findings, "NVQ434") == truth.holding(truth.forced)
    assert told(findings, "NVQ435") == truth.holding(truth.idle)
    assert told(findings, "NVQ437") == truth.holding(truth.unreachable)


def contradictions_are_found_on_whatever_day_they_are(
    truth: Truth, findings: list[Finding]
) -> None:
    unmet = [(r, p) for r in truth.readings for p in truth.people if not truth.legal(r, p)]
    found = [f for f in findings if f.code == "NVQ432"]
    assert bool(found) == bool(unmet)
    for finding in found:
        ids = frozenset(named_in(finding))
        assert any(
            all(broken & ids for broken in truth.breaking[each].values()) for each in unmet
        ), finding


def bounds_that_are_stricter_than_printed(truth: Truth, findings: list[Finding]) -> None:
    held: dict[tuple[str, int, int], list[str]] = {}
    for reading in truth.readings:
        for each in truth.stricter(reading):
            held.setdefault(each, []).append("intended" if reading else "printed")
    expected = {
        (*each, "" if len(names) == len(truth.readings) else names[0])
        for each, names in held.items()
    }
    stricter = [f for f in findings if f.code == "NVQ436"]
    shape = re.compile(
        r"'at (?:least|most) (\d+)' of rule '(.*)' of q is really (\d+) \w+"
        r"(?:, as long as no unit is imported)?(?:, read as (\w+))?"
    )
    told = []
    for finding in stricter:
        words = shape.fullmatch(finding.message)
        assert words is not None, finding.message
        told.append((words[2], int(words[1]), int(words[3]), words[4] or ""))
    assert set(told) == expected
    assert len(told) == len(expected)


def readings_on_which_verdicts_hang(truth: Truth, findings: list[Finding]) -> None:
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
    findings = [f for f in findings if f.code == "NVQ439"]
    counted = {}
    for finding in findings:
        figures = {"printed": 0, "intended": 0}
        for line in finding.help.splitlines():
            if " legal only as " in line:
                figures[line.split(" legal only as ")[1].split(",")[0]] = int(line.split()[0])
        counted[finding.subject.rpartition("/")[2]] = (figures["printed"], figures["intended"])
    assert counted.keys() == hanging.keys()
    assert all(figures in hanging[id] for id, figures in counted.items())


def the_rules_that_a_finding_names_are_all_it_takes_and_none_too_many(
    truth: Truth, findings: list[Finding]
) -> None:
    for finding in findings:
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


def every_mix_that_is_shown_is_a_witness(truth: Truth, findings: list[Finding]) -> None:
    for finding in findings:
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


def nothing_is_claimed_of_what_a_pathway_alone_can_answer(
    truth: Truth, findings: list[Finding]
) -> None:
    takes_imports = "\nimported = " in truth.book.rules
    for finding in findings:
        if "NVQ432" <= finding.code <= "NVQ437" or finding.code == "NVQ439":
            subject = finding.subject.rpartition("/")[2]
            assert truth.aside.isdisjoint({subject, *named_in(finding)})
            assert ("as long as no unit is imported" in finding.message) == takes_imports


def what_is_found_holds_whatever_a_pathway_tells(truth: Truth, findings: list[Finding]) -> None:
    """Of learners of any age whose units are achieved somehow, under all rules."""
    handbook = replace(truth.book, said=replace(truth.book.said, imported=())).handbook()
    for finding in findings:
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


PROPERTIES = (
    units_that_cannot_be_chosen_and_rules_that_never_bite,
    contradictions_are_found_on_whatever_day_they_are,
    bounds_that_are_stricter_than_printed,
    readings_on_which_verdicts_hang,
    the_rules_that_a_finding_names_are_all_it_takes_and_none_too_many,
    every_mix_that_is_shown_is_a_witness,
    nothing_is_claimed_of_what_a_pathway_alone_can_answer,
    what_is_found_holds_whatever_a_pathway_tells,
)
"""What holds of every rulebook, each on the same cases: brute force over one is what takes long."""


@cases(150)
@given(books())
def test_what_lint_says_of_all_mixes_is_true(book: Book) -> None:
    truth, findings = Truth(book), lint_text(book.units, book.rules)
    for holds in PROPERTIES:
        holds(truth, findings)


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
