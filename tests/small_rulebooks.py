"""Small rulebooks that several test modules ask about, spelt out once."""

from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from nvqplan.core.findings import Findings
from nvqplan.core.sources import Sources
from nvqplan.reading.rulebook import read_rulebook
from nvqplan.rules.learner import Learner
from nvqplan.rules.qualification import PRINTED, Rulebook
from nvqplan.space.mixes import Space
from nvqplan.space.wishes import Wishes
from tests.rulebooks import NEWEST, Book

FOUR_UNITS = """\
unit,uan,title,level,credits,glh,topics,nos,outcomes,criteria,source
101,,A,1,2,10,sales,,,,
102,,B,1,3,20,it,,,,
103,,C,2,4,30,sales,,,,
104,,D,2,4,40,sales,,,,
"""

FOUR_RULES = """\
[[qualification]]
id = "q"
title = "Q"
number = "1"
qan = ""
level = 1
credits = 9
source = "S"
groups.A = ["101", "102", "103", "104"]

[[qualification.rule]]
id = "total"
says = "At least 9 credits"
credits = { at_least = 9 }

[[qualification.rule]]
id = "barred"
says = "101 and 102 bar each other"
barred = [["101", "102"]]

[[qualification.rule]]
id = "age"
says = "16 or older"
age = { at_least = 16 }
"""

BAKERY_UNITS = """\
unit,uan,title,level,credits,glh,topics,nos,outcomes,criteria,source
B1,,Hygiene in the bakery,1,2,10,hygiene,,,,Bakery book
B2,,Bread,2,4,30,bread,,,,Bakery book
B3,,Sourdough,3,5,40,bread,,,,Bakery book
"""

BAKERY_RULES = """\
[[qualification]]
id = "baker"
title = "Certificate in Baking"
number = ""
qan = ""
level = 2
credits = 6
source = "Bakery book"
groups.A = ["B1", "B2", "B3"]

[[qualification.rule]]
id = "total"
says = "At least 6 credits in all"
credits = { at_least = 6 }
"""
"""A rulebook that lint finds nothing wrong with."""

TITLED_UNITS = """\
unit,uan,title,level,credits,glh,topics,nos,outcomes,criteria,source
1,,A,1,2,10,field,,,,
2,,B,1,3,10,field desk,,,,
3,,C,2,4,20,desk,,,,
4,,D,2,3,30,it,,,,
"""

TITLED_HEAD = """\
figures = ["hours"]
[[qualification]]
id = "q"
title = "Q"
number = "1"
qan = ""
level = 1
credits = 0
source = "S"
groups.A = ["1", "2", "3", "4"]
[[qualification.rule]]
id = "r"
says = "R"
"""


FILTERS: list[Any] = [
    ["1", "3"],
    ["2"],
    {"topic": "desk"},
    {"level": 2},
    {"level": 1, "except": ["1"]},
]


@st.composite
def sums(draw: st.DrawFn) -> dict[str, Any]:
    of = {"of": draw(st.sampled_from(FILTERS))} if draw(st.booleans()) else {}
    return {**of, "at_least": draw(st.integers(0, 6))}


CONDITION = sums().map(lambda each: {"credits": each}) | st.lists(
    st.sampled_from("1234"), min_size=1, max_size=3, unique=True
).map(lambda units: {"mandatory": units})


THREE = Book(
    """\
unit,uan,title,level,credits,glh,topics,nos,outcomes,criteria,source
101,,A,1,2,10,,,,,
102,,B,1,3,20,,,,,
103,,C,2,4,30,,,,,
""",
    """\
[[qualification]]
id = "q"
title = "Q"
number = "1"
qan = ""
level = 1
credits = 5
source = "S"
groups.A = ["101", "102", "103"]

[[qualification.rule]]
id = "total"
says = "At least 5 credits"
credits = { at_least = 5 }
""",
)


def space_of_three(wishes: Wishes) -> Space:
    return Space(THREE.read(), Learner((NEWEST,)), PRINTED, wishes)


PLAIN_UNITS = """\
unit,uan,title,level,credits,glh,topics,nos,outcomes,criteria,source
1,,One,1,1,1,,,,,
2,,Two,2,2,2,,,,,
3,,Three,3,3,3,,,,,
4,,Four,4,4,4,,,,,
"""

PLAIN_HEAD = """\
[[qualification]]
id = "{id}"
title = "T"
number = ""
qan = ""
level = 1
credits = 0
source = "S"
groups.A = ["1", "2", "3", "4"]

"""


def write_rulebook(folder: Path, *rules: str) -> Rulebook:
    (folder / "units.csv").write_text(PLAIN_UNITS, "utf-8")
    books = (PLAIN_HEAD.format(id=f"q{n}") + text for n, text in enumerate(rules))
    (folder / "rules.toml").write_text("".join(books), "utf-8")
    found = Findings()
    read = read_rulebook(str(folder), Sources(), found)
    assert read is not None, list(found)
    return read


AT_MOST = """\
[[qualification.rule]]
id = "cap"
says = "At most 4 credits"
credits = { at_most = 4 }

[[qualification.rule]]
id = "floor"
says = "At least 3 credits"
credits = { at_least = 3 }

"""

ODD_UNITS = """\
unit,uan,title,level,credits,glh,topics,nos,outcomes,criteria,source
7,123/456,Seven,1,2,9,,,,,p
0112,X/1,Written with a nought,1,2,9,,,,,p
NO,X/2,Written like a word,1,2,9,,,,,p
101.5,X/3,Written like a fraction,1,2,9,,,,,p
1e3,same,Written like a power,1,2,9,,,,,p
x.y+z,SAME,Written with signs,1,2,9,,,,,p
12-3,,Written with a dash,1,2,9,,,,,p
"""

ODD_BOOK = """\
[[qualification]]
id = "ODD"
title = "An award"
number = "77-01"
qan = "12 34"
level = 1
credits = 0
source = "p"
groups.A = ["7", "0112", "NO", "101.5", "1e3", "x.y+z", "12-3"]
rule = [{ id = "r", says = "One", units = { at_least = 1 } }]

[[qualification]]
id = "other"
title = "Another award"
number = "o/d d"
qan = "99"
level = 1
credits = 0
source = "p"
groups.A = ["7"]
rule = [{ id = "r", says = "One", units = { at_least = 1 } }]
"""
