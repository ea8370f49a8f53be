"""What lint finds in the rulebook that comes with nvqplan, and in copies with one slip each."""

import re
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from nvqplan.api import open_rulebook, open_space
from nvqplan.core.findings import Finding
from nvqplan.linting.linter import lint
from nvqplan.reading.rulebook import find_data
from nvqplan.rules.learner import Learner
from tests.truths import lint_text

UNITS = Path(find_data(), "units.csv").read_text("utf-8")
RULES = Path(find_data(), "rules.toml").read_text("utf-8")

KNOWN = [
    ("NVQ421 NVQ427", "203", "units.csv", "L/503/0394"),
    ("NVQ427", "113", "units.csv", "Using the Internet"),
    ("NVQ427", "115", "units.csv", "IT Communication Fundamentals"),
    ("NVQ427", "306", "units.csv", "CC23"),
    ("NVQ425 NVQ427", "407", "units.csv", "1.1-1.3 2.1-2.3 3.1 3.3-3.5 4.1-4.4"),
    ("NVQ423", "318", "units.csv", "Bespoke software"),
    ("NVQ431 NVQ427", "l4-diploma", "rules.toml", "6"),
    ("NVQ438 NVQ427", "l3-diploma", "rules.toml", "{ registered = { before"),
    ("NVQ430", "l2-certificate/it-units", "rules.toml", '"116"'),
    ("NVQ434", "l4-diploma/309", "rules.toml", '"309"'),
    ("NVQ434", "l4-diploma/316", "rules.toml", '"316"'),
    ("NVQ436", "l4-diploma/level", "rules.toml", "23"),
    ("NVQ435", "l1-award/level", "rules.toml", '"At least 7 credits at level 1 or above"'),
    ("NVQ435", "l1-certificate/level", "rules.toml", '"level"'),
    ("NVQ435", "l2-certificate/level", "rules.toml", '"At least 15 credits at level 2 or'),
    ("NVQ439", "l1-award/level", "rules.toml", '"At least 7 credits at level 1 or above"'),
    ("NVQ439", "l2-certificate/level", "rules.toml", '"At least 15 credits at level 2 or above"'),
    ("NVQ439", "l2-certificate/it-units", "rules.toml", '"At most two of 112 to 115'),
    ("NVQ439", "l3-diploma/level", "rules.toml", '"At least 23 credits at level 3 or above"'),
    ("NVQ439", "l4-diploma/level", "rules.toml", '"At least 23 credits at level 4 or above"'),
]
"""Every finding: its code, of a known slip first that by which it was found; what it is about; the
file, and what stands there."""

CODE_OF = {
    "share the UAN": "NVQ421",
    "the title ": "NVQ423",
    "criteria of unit": "NVQ425",
    "declares": "NVQ431",
    "says nothing of registration": "NVQ438",
}


def codes(finding: Finding) -> str:
    """The code, of a known slip behind the one by which it was found."""
    found = [line for line in finding.help.splitlines() if line.startswith("found here: ")]
    return " ".join([*(c for line in found for w, c in CODE_OF.items() if w in line), finding.code])


def written_at(finding: Finding, texts: dict[str, str]) -> str:
    line = texts[Path(finding.location.path).name].split("\n")[finding.location.line - 1]
    return line[finding.location.column - 1 :]


def test_every_slip_of_3412_is_found_and_nothing_else() -> None:
    findings = [each for checked in lint(open_rulebook()) for each in checked.findings]
    told = {(codes(f), f.subject, Path(f.location.path).name) for f in findings}
    assert told == {known[:3] for known in KNOWN}
    assert len(findings) == len(KNOWN)
    texts = {"units.csv": UNITS, "rules.toml": RULES}
    for code, subject, _, text in KNOWN:
        (finding,) = (f for f in findings if (codes(f), f.subject) == (code, subject))
        assert written_at(finding, texts).startswith(text)


def test_what_lint_says_of_3412_is_so() -> None:
    """Each new truth once more, by counting and by hand."""
    book = open_rulebook()
    by_id = {each.id: each for each in book.qualifications}
    fourth = by_id["l4-diploma"]
    at_level_3 = [u.credits for u in fourth.offering.units.values() if u.level == 3]
    assert sorted(at_level_3) == [4, 4, 4, 7, 10]
    assert sum(at_level_3) - 7 < 23  # so that 309 is forced, and 316 with it
    assert {17 + 4 * others for others in range(4)}.isdisjoint({23, 24})
    certificate = by_id["l1-certificate"]
    assert certificate.credits - 6 - book.catalogue.units["201"].credits == 11
    assert {u.level for u in certificate.offering.units.values()} == {1, 2}
    award = by_id["l1-award"]
    legal = award.is_legal(frozenset({"101", "105", "201", "218"}), LEARNER, frozenset())
    meant = award.is_legal(frozenset({"101", "105", "201", "218"}), LEARNER, award.intended)
    assert (legal, meant) == (False, True)


LEARNER = Learner((date(2026, 9, 1),))


def test_3412_takes_no_more_than_a_few_seconds() -> None:
    book = open_rulebook()
    begun = time.perf_counter()
    lint(book)
    assert time.perf_counter() - begun < 5


class Seed(NamedTuple):
    """One slip, and all that lint finds more than in the clean copy: code, subject, what stands."""

    file: str
    clean: str
    spoilt: str
    new: list[tuple[str, str, str]]
    gone: Sequence[tuple[str, str]] = ()
    """What is no longer found, since there is no mix to ask."""


SEEDS = {
    "a digit of a UAN": Seed(
        "units.csv", "T/503/0387", "T/503/0378", [("NVQ420", "304", "T/503/0378")]
    ),
    "the letter of a UAN": Seed(
        "units.csv", "T/503/0387", "Y/503/0387", [("NVQ420", "304", "Y/503/0387")]
    ),
    "a digit of a QAN": Seed(
        "rules.toml", "600/1135/X", "600/1153/X", [("NVQ420", "l2-certificate", '"600/1153/X"')]
    ),
    "the last character of a QAN": Seed(
        "rules.toml", "600/1288/2", "600/1288/X", [("NVQ420", "l4-diploma", '"600/1288/X"')]
    ),
    "a UAN used again": Seed(
        "units.csv", "330,T/502/8641", "330,A/502/8639", [("NVQ421", "330", "A/502/8639")]
    ),
    "a unit forgotten in every group": Seed(
        "rules.toml", '"111", "112", "113"', '"112", "113"', [("NVQ422", "111", "111,L/502/4627")]
    ),
    "a title with a plural": Seed(
        "units.csv",
        "222,A/502/4297,Using the Internet",
        "222,A/502/4297,Using the  internets",
        [("NVQ423", "222", "Using the  internets")],
    ),
    "a title with a hyphen": Seed(
        "units.csv",
        "619,A/615/8558,Manage own professional development",
        "619,A/615/8558,Manage own professional-development",
        [("NVQ423", "619", "Manage own professional-development")],
    ),
    "no credits": Seed(
        "units.csv",
        "in own area of responsibility,5,4,25,",
        "in own area of responsibility,5,0,25,",
        [("NVQ424", "512", "0,25")],
    ),
    "credits with a digit too many": Seed(
        "units.csv",
        "in own area of responsibility,5,4,25,",
        "in own area of responsibility,5,440,25,",
        [("NVQ424", "512", "440,25")],
    ),
    "no hours": Seed(
        "units.csv",
        "in own area of responsibility,5,4,25,",
        "in own area of responsibility,5,4,0,",
        [("NVQ424", "512", "0,management")],
    ),
    "hours with a digit too many": Seed(
        "units.csv",
        "in own area of responsibility,5,4,25,",
        "in own area of responsibility,5,4,255,",
        [("NVQ424", "512", "255,management")],
    ),
    "criteria with a gap": Seed(
        "units.csv",
        "CC37,3,12,",
        "CC37,3,1.1-1.4 2.2-2.4 3.1-3.5,",
        [("NVQ425", "507", "1.1-1.4 2.2-2.4")],
    ),
    "criteria of too few outcomes": Seed(
        "units.csv", "CC37,3,12,", "CC37,3,1.1-1.4 2.1-2.8,", [("NVQ425", "507", "1.1-1.4 2.1")]
    ),
    "fewer criteria than outcomes": Seed(
        "units.csv", "CC37,3,12,", "CC37,3,2,", [("NVQ425", "507", "2,3412")]
    ),
    "a group's declared sum": Seed(
        "rules.toml",
        '"226", "227"]\nsums.A = 6\n\n[[qualification.rule]]\nid = "total"\nsays = "At least 12 ',
        '"226", "227"]\nsums.A = 5\n\n[[qualification.rule]]\nid = "total"\nsays = "At least 12 ',
        [("NVQ431", "l1-award", "5")],
    ),
    "a slip no longer on record": Seed(
        "rules.toml",
        'qualification = "l4-diploma"\nfield = "credits of Group A"',
        'qualification = "l4-diploma"\nfield = "credits of Group B"',
        [("NVQ431", "l4-diploma", "6"), ("NVQ427", "l4-diploma", "[[correction]]")],
    ),
    "a unit named that no table has": Seed(
        "rules.toml",
        'of = ["112", "113", "114"], at_most = 2',
        'of = ["112", "113", "114"], absent = ["118"], at_most = 2',
        [("NVQ430", "l1-certificate/it-units", '"118"')],
    ),
    "a unit barred from a mandatory one": Seed(
        "rules.toml",
        'barred = [["212", "318"]]',
        'barred = [["212", "318"], ["301", "317"]]',
        [("NVQ433", "l3-diploma/317", '"317"')],
    ),
    "a unit that a mandatory one requires": Seed(
        "rules.toml",
        'barred = [["212", "318"]]',
        'requires = { "301" = ["204"] }',
        [("NVQ434", "l3-diploma/204", '"204"')],
    ),
    "a minimum far too low": Seed(
        "rules.toml",
        'credits = { of = { group = "B" }, at_least = 6 }',
        'credits = { of = { group = "B" }, at_least = 0 }',
        [("NVQ435", "l1-certificate/group-b", '"group-b"')],
    ),
    "a maximum far too high": Seed(
        "rules.toml",
        'of = ["112", "113", "114"], at_most = 2',
        'of = ["112", "113", "114"], at_most = 20',
        [("NVQ437", "l1-certificate/it-units", "20 }")],
    ),
    "a title misspelt as a correction says": Seed(
        "units.csv",
        "113,T/502/4296,Using the Internet",
        "113,T/502/4296,Using the internet",
        [("NVQ423 NVQ427", "113", "Using the internet")],
    ),
    "a minimum that no mix has": Seed(
        "rules.toml",
        'barred = [["212", "318"]]',
        'credits = { of = ["323", "325", "329"], at_least = 5 }',
        [("NVQ436", "l3-diploma/barred", "5 }")],
    ),
    "a maximum that no mix has": Seed(
        "rules.toml",
        'barred = [["212", "318"]]',
        'credits = { of = ["323", "325", "329"], at_most = 5 }',
        [("NVQ436", "l3-diploma/barred", "5 }")],
    ),
    "rules that contradict each other": Seed(
        "rules.toml",
        'credits = { of = { group = "B" }, at_least = 3 }',
        'credits = { of = { group = "B" }, at_least = 30 }',
        [("NVQ432", "l1-award", '"group-b"')],
        [("NVQ435", "l1-award/level"), ("NVQ439", "l1-award/level")],
    ),
    "dates between two rules": Seed(
        "rules.toml",
        'id = "age"\nsays = "Learners are at least 18',
        'id = "old"\nsays = "507 is no more"\n'
        'when = { registered = { before = 2019-03-31 } }\nunits = { of = ["507"], at_most = 0 }\n\n'
        '[[qualification.rule]]\nid = "new"\nsays = "508 is no more"\n'
        'when = { registered = { after = 2019-03-31 } }\nunits = { of = ["508"], at_most = 0 }\n\n'
        '[[qualification.rule]]\nid = "age"\nsays = "Learners are at least 18',
        [("NVQ438", "l4-diploma/new", "{ registered = { after = 2019")],
    ),
    "a title that nobody can earn": Seed(
        "rules.toml",
        'barred = [["212", "318"]]',
        'barred = [["212", "318"]]\n\n[[qualification.rule]]\nid = "title"\nsays = "For software"\n'
        "[qualification.rule.titles]\nat_least = 0\n"
        'of.Software = { mandatory = ["212", "318"] }\nof.Sales = { mandatory = ["212"] }',
        [("NVQ450", "l3-diploma/title", '{ mandatory = ["212", "318"]')],
    ),
    "a second reading": Seed(
        "rules.toml",
        'barred = [["212", "318"]]',
        'barred = [["212", "318"]]\n\n[qualification.rule.intended]\n'
        'says = "Three bar each other"\n'
        'barred = [["212", "318", "311"]]\nwhy = "they teach the same"',
        [("NVQ439", "l3-diploma/barred", '"Three bar each other"')],
    ),
}


def identity(finding: Finding, texts: dict[str, str]) -> tuple[str, str, str, str]:
    message = re.sub(r" \(registered .*", "", finding.message)
    return codes(finding), finding.subject, message, written_at(finding, texts)


@pytest.mark.parametrize("name", SEEDS)
def test_a_seeded_slip_is_found_where_it_stands_and_nothing_else_is_new(name: str) -> None:
    seed = SEEDS[name]
    texts = {"units.csv": UNITS, "rules.toml": RULES}
    assert texts[seed.file].count(seed.clean) == 1
    spoilt = {**texts, seed.file: texts[seed.file].replace(seed.clean, seed.spoilt)}
    before = {identity(f, texts) for f in lint_text(texts["units.csv"], texts["rules.toml"])}
    after = {identity(f, spoilt) for f in lint_text(spoilt["units.csv"], spoilt["rules.toml"])}
    new, gone = after - before, before - after
    assert {each[:2] for each in new} == {each[:2] for each in seed.new}, sorted(new)
    for code, subject, text in seed.new:
        (found,) = (each for each in new if each[:2] == (code, subject))
        assert found[3].startswith(text)
    found_otherwise = {(code.split()[-1], subject) for code, subject, _ in seed.new}
    gone_for = {(each[0].split()[-1], each[1]) for each in gone} - found_otherwise
    assert gone_for == set(seed.gone), sorted(gone)


def test_the_clean_copy_gives_no_alarm_beyond_the_known_ones() -> None:
    assert len(lint_text(UNITS, RULES)) == len(KNOWN)


@pytest.mark.parametrize("id", ["l1-award", "l3-diploma", "l4-diploma"])
def test_the_mixes_on_which_a_reading_decides_are_those_by_which_the_counts_differ(id: str) -> None:
    """Where one rule alone can be read in two ways, printed and intended differ by just these."""
    (finding,) = (
        each
        for checked in lint(open_rulebook())
        for each in checked.findings
        if (each.code, each.subject) == ("NVQ439", f"{id}/level")
    )
    told = re.findall(r"^([\d,]+) mixes are legal only as (\w+)", finding.help, re.MULTILINE)
    only = {name: int(count.replace(",", "")) for count, name in told}
    printed, intended = (open_space(id, reading=each).count() for each in ("printed", "intended"))
    assert printed - only.get("printed", 0) + only["intended"] == intended
