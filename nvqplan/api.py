"""The door for Python programs: a rulebook by its folder, a space of mixes by its names.

>>> from nvqplan.api import open_space
>>> open_space("l3-diploma", registered="any").count()
153389687974836
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from nvqplan.core.findings import Findings, Located, Location
from nvqplan.core.sources import Sources
from nvqplan.reading.rulebook import find_data, read_rulebook
from nvqplan.rules.lookup import find_facts, find_qualification
from nvqplan.rules.qualification import Rulebook
from nvqplan.rules.terms import Terms
from nvqplan.solving.layers import GIBIBYTE
from nvqplan.space.mixes import Space
from nvqplan.space.wishes import Wishes


class RulebookError(ValueError):
    """A rulebook with faults, or a name that it does not know; tells every finding."""

    def __init__(self, found: Findings) -> None:
        super().__init__("\n".join(_say(found)))


def _say(found: Findings) -> list[str]:
    return [
        f"{each.location.path}:{each.location.line}:{each.location.column}: {each.message}"
        + (f" ({each.help})" if each.help else "")
        for each in found
    ]


def open_rulebook(data: str | None = None) -> Rulebook:
    """The rulebook in a folder with units.csv and rules.toml, or the one that nvqplan brings.

    Raises RulebookError where the files have faults or cannot be read.
    """
    found = Findings()
    rulebook = read_rulebook(data or find_data(), Sources(), found)
    if rulebook is None:
        raise RulebookError(found)
    return rulebook


def open_space(
    qualification: str,
    *,
    registered: date | Literal["any"] | None = None,
    age: int | None = None,
    learner: Mapping[str, str | int] | None = None,
    reading: Literal["printed", "intended"] = "printed",
    wishes: Wishes | None = None,
    rulebook: Rulebook | None = None,
    memory: int = GIBIBYTE,
) -> Space:
    """The legal mixes of a qualification, named by id, number or QAN, that meet the wishes.

    Without a date of `registered` learners are registered in the newest window; "any" stands for
    all. `learner` tells what rules ask else, such as `{"role": "team-leader"}`; what it leaves out,
    like an `age` that the `when` of a rule asks for, stands for anything. `memory` is in bytes.
    Raises RulebookError where nothing, or more, has that name, or `learner` tells what the rulebook
    does not know, ValueError for another reading or a registration that is no date, and KeyError
    for wishes of units that the qualification does not offer.
    """
    if reading not in ("printed", "intended"):
        raise ValueError(f"'{reading}' is no reading: printed or intended")
    if not (registered in (None, "any") or isinstance(registered, date)):
        raise ValueError(f"'{registered}' is no date, nor any")
    found = Findings()
    book = rulebook or open_rulebook()
    written = Located(qualification, Location("qualification", 1, 1), qualification)
    chosen = find_qualification(written, book, found)
    if chosen is None:
        raise RulebookError(found)
    at = Location("learner", 1, 1)
    written_of = {n: Located(each, at, str(each), at) for n, each in (learner or {}).items()}
    facts = find_facts(written_of, chosen, found)
    if facts is None:
        raise RulebookError(found)
    held = tuple((unit, "held") for unit in sorted(wishes.held)) if wishes else ()
    terms = Terms(registered, age, reading, *facts, statuses=held)
    read_as = terms.rules_read_as_intended(chosen)
    return Space(chosen, terms.learner(chosen), read_as, wishes, memory)
