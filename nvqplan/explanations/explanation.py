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


def rulebook(rules: str = RULES, units: str = UNITS) -> dict[str, str | bytes]:
    """A folder that holds a small rulebook of a centre's own."""
    return {"rules.toml": rules, "units.csv": units}
