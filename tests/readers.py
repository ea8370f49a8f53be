"""What the tests of the readers share: small valid files, and texts with marked places.

A `^` in a text marks where a finding is expected; it is taken out before the text is read.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from nvqplan.core.curricula import Curriculum
from nvqplan.core.findings import Finding, Findings, Located
from nvqplan.core.sources import Sources
from nvqplan.reading.curriculum import read_curriculum
from nvqplan.reading.rulebook import read_rulebook
from nvqplan.rules.kind import Kind
from nvqplan.rules.kinds import KINDS, kind_at
from nvqplan.rules.qualification import Rulebook
from nvqplan.rules.sums import Sum

MARK = "^"

UNITS = """\
unit,uan,title,level,credits,glh,topics,nos,outcomes,criteria,source
101,A/101,Comply with procedures,1,2,9,safety,CC1,3,14,p1
102,A/102,Sell a little,1,3,12,sales,CC2,2,15,p2
201,A/201,Sell more,2,4,15,sales,CC3,,,p3
202,A/202,Support customers,2,5,20,support team,CC4 CC5,4,20,p4
301,A/301,Of another qualification,3,6,30,sales,CC6,1,2,p5
"""

RULES = """\
[[qualification]]
id = "award"
title = "Award in Tests"
number = "9999-01"
qan = "600/0001/X"
level = 2
credits = 10
source = "Handbook"
groups.A = ["101"]
groups.B = ["102", "201", "202"]

[[qualification.rule]]
id = "total"
says = "At least 10 credits"
credits = { at_least = 10 }

[[qualification.rule]]
id = "other"
says = "Another rule"
RULE
"""

SOUND = 'mandatory = ["101"]'
"""A rule for the empty place of RULES, for those who look elsewhere."""

PATHWAYS = """\
qualification: award
pathways:
  sales:
    units: [101, 102]
"""


def book(rule: str = SOUND) -> str:
    """The text of a rulebook in which this is the second rule of the one qualification."""
    return RULES.replace("RULE", rule)


FULL_RULES = 'attributes.site = ["north", "south"]\n' + book("""\
source = "Footnote"
valid = { from = 2016-09-01, until = 2027-08-31 }
verified = { on = 2026-11-01, by = "A. Author" }
when = { registered = { from = 2017-01-01, before = 2018-01-01 } }
credits = { of = { group = "B", level = { at_least = 1, at_most = 2 } }, at_most = 9 }
intended = { says = "Other", why = "Why", units = { of = ["101"], absent = ["9"], exactly = 1 } }

[[qualification.rule]]
id = "bars"
says = "Bars"
barred = [["101", "102"], ["201", "202"]]

[[qualification.rule]]
id = "needs"
says = "Needs"
requires = { "202" = ["101", "102"] }

[[qualification.rule]]
id = "age"
says = "Age"
age = { at_least = 16 }

[[qualification.rule]]
id = "hours"
says = "Hours"
when = { role = "leader", site = ["north"], age = { at_least = 18, at_most = 60 } }
learner = { hours = { at_least = 10, at_most = 900 } }

[[qualification.rule]]
id = "status"
says = "Status"
units = { of = { status = ["apl", "exempt"], imported = false }, at_most = 1 }

[[qualification.rule]]
id = "must"
says = "Must"
mandatory = ["101", ["102", "201"]]

[[qualification.rule]]
id = "half"
says = "Half"
share = { of = { level = [1] }, in = ["101"], measure = "glh", at_least = 50, at_most = "2/3" }

[[qualification.rule]]
id = "capped"
says = "Capped"
credits = { at_least = 1, counting = [{ of = { level = 2, except = ["201"] }, at_most = 2 }] }

[[qualification.rule]]
id = "either"
says = "Either"
credits = { of = { any = [["101", "201"], { level = 2 }] }, at_least = 1 }

[[qualification.rule]]
id = "if"
says = "If"
implies = [{ if = ["101"], then = [["201", "202"]], at_least = 1 }]

[[qualification.rule]]
id = "pair"
says = "Pair"
together = [["101", "102"]]

[[qualification.rule]]
id = "same"
says = "Same"
equivalent = [["102", "202"]]

[[qualification.remark]]
id = "remark"
says = "Remark"
when = { registered = { on = 2017-07-01 } }
glh = { of = { group = ["A", "B"], units = ["101", "202"], topic = "sales" }, at_least = 1 }

[[correction]]
unit = "102"
field = "nos"
printed = "CC2"
intended = "CC3"
why = "Evidence"

[[correction]]
qualification = "award"
field = "title"
printed = "Award in Test"
intended = "Award in Tests"
why = "Evidence"
""").replace(
    "groups.A",
    'sums.B = 12\nattributes.role = ["agent", "leader"]\nfigures = ["hours"]\n'
    'imported = { group = "B" }\ngroups.A',
    1,
)
"""A rulebook in which everything occurs that a rulebook may hold."""

FULL_PATHWAYS = """\
centre: Northfield Skills
qualification: 3412-04
registered: 2026-09-01        # the learners' registration
youngest: 17
learners: {role: team-leader, hours: 120}
offer: [101, 0112, 3412-204, L/503/0394]
pathways:
  inbound sales:
    units: [101, "204"]
    status: draft
    held:
      - 101
    apl: [204]
    exempt: []
    learners: {role: agent}
    imported:
      - {unit: X/123/4567, title: Elsewhere, level: 3, credits: 5, glh: 30}
    exceptions:
      - rule: level
        reason: Approved transfer  # nvqplan: ignore[NVQ506] known until 2027-03-31
        by: J. Smith, EQA
        until: 2027-03-31
  no: {units: []}
  2024: {units: [0112]}
"""
"""A curriculum in which everything occurs that a curriculum may hold."""


def unmark(text: str) -> tuple[str, list[tuple[int, int]]]:
    """A text without its marks, and the line and column of each."""
    places = []
    before, *rest = text.split(MARK)
    for part in rest:
        places.append((before.count("\n") + 1, len(before) - before.rfind("\n")))
        before += part
    return before, places


def read_book(
    folder: Path, rules: str | bytes | None = None, units: str | bytes = UNITS
) -> tuple[Rulebook | None, Findings]:
    """Read a rulebook of these two files."""
    write(folder / "rules.toml", book() if rules is None else rules)
    write(folder / "units.csv", units)
    found = Findings()
    return read_rulebook(str(folder), Sources(), found), found


def read_paths(folder: Path, text: str | bytes) -> tuple[Curriculum | None, Findings]:
    """Read a curriculum file of this text."""
    path = folder / "curriculum.yaml"
    write(path, text)
    found = Findings()
    return read_curriculum(str(path), Sources(), found), found


def write(path: Path, text: str | bytes) -> None:
    path.write_bytes(text.encode() if isinstance(text, str) else text)


def places(found: Iterable[Finding]) -> list[tuple[int, int]]:
    """Line and column of each finding, in the order of the file."""
    return sorted((each.location.line, each.location.column) for each in found)


def told(found: Iterable[Finding]) -> list[str]:
    """Code, message and help of each finding, in the order of the file."""
    in_order = sorted(found, key=lambda each: (each.location, each.code))
    return [f"{each.code} {each.message}; {each.help}".removesuffix("; ") for each in in_order]


def is_inside(finding: Finding, text: str) -> bool:
    """Whether a finding stands at a character of the text, or right behind the end of a line."""
    _, line, column = finding.location
    lines = text.split("\n")
    return 1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1


def as_read(path: Path, data: bytes) -> str:
    """The text that the readers are given of such a file."""
    path.write_bytes(data)
    text = Sources().read(str(path), Findings())
    return data.decode("utf-8-sig", "replace") if text is None else text


def as_json(node: Located) -> Any:
    """A tree as our reader resolves it, in the values that JSON has."""
    value = node.value
    if isinstance(value, dict):
        return {key: as_json(member) for key, member in value.items()}
    if isinstance(value, list):
        return [as_json(member) for member in value]
    return value.isoformat() if isinstance(value, date) else value


def all_kinds() -> Iterator[type[Kind]]:
    """Every kind of rule once, sums first."""
    yield Sum
    yield from dict.fromkeys(map(kind_at, KINDS))
