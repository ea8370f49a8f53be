"""What there is to say of a finding code, and how its example is written."""

from collections.abc import Mapping
from typing import NamedTuple


class Explanation(NamedTuple):
    """What a code means, what to do about it, and the shortest input that fires just this code.

    `files` are what a folder holds by name, text or bytes, in which `command` is run.
    """

    means: str
    remedy: str
    files: Mapping[str, str | bytes]
    command: str = "nvqplan check example.yaml"


def curriculum(text: str) -> dict[str, str | bytes]:
    """A folder that holds one curriculum file, of this text."""
    return {"example.yaml": text}


UNITS = """\
unit,uan,title,level,credits,glh,topics,nos,outcomes,criteria,source
B1,,Hygiene in the bakery,1,2,10,hygiene,,,,Bakery book
B2,,Bread,2,4,30,bread,,,,Bakery book
B3,,Sourdough,3,5,40,bread,,,,Bakery book
"""

RULES = """\
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


LEARNERS = """
[[qualification.rule]]
id = "lead"
says = "Team leaders bake sourdough"
when = { role = "team-leader" }
mandatory = ["B3"]

[[qualification.rule]]
id = "oven"
says = "At least 100 hours at the oven"
learner = { practice_hours = { at_least = 100 } }

[[qualification.rule]]
id = "elsewhere"
says = "At most 4 credits from elsewhere"
credits = { of = { imported = true }, at_most = 4 }
"""
DECLARED = """\
attributes.role = ["agent", "team-leader"]
figures = ["practice_hours"]

"""


def asking(pathway: str, told: str = "role: agent, practice_hours: 120") -> dict[str, str | bytes]:
    """A folder with a rulebook that asks of learners, and a curriculum of one pathway."""
    rules = DECLARED + RULES.replace("groups.A", "imported = {}\ngroups.A") + LEARNERS
    learners = f"learners: {{{told}}}\n" if told else ""
    text = f"qualification: baker\n{learners}pathways:\n  first: {{{pathway}}}\n"
    return {**rulebook(rules), **curriculum(text)}


ASKED = "nvqplan check --data . example.yaml"
"""How its example is checked."""


def rulebook(rules: str = RULES, units: str = UNITS) -> dict[str, str | bytes]:
    """A folder that holds a small rulebook of a centre's own."""
    return {"rules.toml": rules, "units.csv": units}
