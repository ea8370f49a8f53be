"""If some units, then others: `implies = [{ if = ["303", "305"], then = ["204"] }]`."""

from itertools import combinations
from math import comb, prod
from typing import ClassVar, NamedTuple, Self

from nvqplan.core.fields import as_list, as_mapping, as_whole, check_known
from nvqplan.core.findings import Findings, Located
from nvqplan.core.units import Mix, Offering
from nvqplan.rules.entries import Entry, ask, found_all, implications, parse_entries
from nvqplan.rules.kind import Kind
from nvqplan.rules.learner import Learner
from nvqplan.rules.outcome import Outcome
from nvqplan.rules.requires import say_all
from nvqplan.solving.linear import Linear

MOST_SUMS = 100
"""So many sums one implication may be; a handbook's are one to three."""


class Implication(NamedTuple):
    """Where all of `conditions` are in the mix, so many of `needed` must be."""

    conditions: tuple[Entry, ...]
    needed: tuple[Entry, ...]
    at_least: int

    def __str__(self) -> str:
        together = " and ".join(map(str, self.conditions))
        if self.at_least == len(self.needed):
            return f"if {together}, then {say_all(self.needed)}"
        return f"if {together}, then at least {self.at_least} of {say_all(self.needed)}"

    def sums(self, name: str) -> list[Linear]:
        """At least k of n are in a mix just where one of every n + 1 - k of them is."""
        size = len(self.needed) + 1 - self.at_least
        return [
            machine
            for some in combinations(self.needed, size)
            for machine in implications(
                name, self.conditions, [number for each in some for number in each.numbers]
            )
        ]

    @property
    def size(self) -> int:
        """How many sums it is."""
        ways = prod([len(each.numbers) for each in self.conditions])
        return ways * comb(len(self.needed), len(self.needed) + 1 - self.at_least)

    def outcome(self, mix: Mix) -> Outcome:
        asking = found_all(self.conditions, mix)
        about = ", ".join(map(str, self.conditions))
        return ask(self.needed, mix, about, asking, self.at_least if asking else 0)


class Implies(Kind):
    """A mix with all units of one list holds those of another."""

    code: ClassVar[str] = "NVQ307"

    def __init__(self, implied: tuple[Implication, ...]) -> None:
        self.implied = implied

    @classmethod
    def parse(cls, key: str, node: Located, offering: Offering, found: Findings) -> Self:
        if node.value == []:
            found.add(node, "NVQ401", f"{key} names no unit")
        parsed = [_parse(each, offering, found) for each in as_list(node, key, found)]
        return cls(tuple(each for each in parsed if each is not None))

    def machines(self, name: str, offering: Offering, learner: Learner) -> tuple[Linear, ...]:
        return tuple(machine for each in self.implied for machine in each.sums(name))

    def outcomes(self, offering: Offering, learner: Learner, mix: Mix) -> tuple[Outcome, ...]:
        return tuple([each.outcome(mix) for each in self.implied])

    def figures(self) -> str:
        return "; ".join(map(str, self.implied))

    def role(self, unit: str, offering: Offering) -> str:
        concerned = (
            str(each)
            for each in self.implied
            if any(unit in entry.numbers for entry in (*each.conditions, *each.needed))
        )
        return "; ".join(concerned)


def _parse(node: Located, offering: Offering, found: Findings) -> Implication | None:
    problems = len(found)
    members = as_mapping(node, "an implication", found)
    if len(found) > problems:
        return None
    check_known(members, ("if", "then", "at_least"), "an implication", "NVQ401", found)
    for key in ("if", "then"):
        if key not in members:
            found.add(node, "NVQ401", f"an implication needs '{key}'")
    sides = [
        parse_entries(members[key], f"'{key}'", offering, found) if key in members else ()
        for key in ("if", "then")
    ]
    at_least, asked = len(sides[1]), len(found)
    if "at_least" in members:
        at_least = as_whole(members["at_least"], "at_least", found) or 0
        if len(found) == asked and not at_least:
            found.add(members["at_least"], "NVQ401", "at_least must be 1 or more, or be left out")
    if len(found) > problems:
        return None
    parsed = Implication(sides[0], sides[1], at_least)
    _check(parsed, members, found)
    return parsed


def _check(parsed: Implication, members: dict[str, Located], found: Findings) -> None:
    """Tell what would ask for nothing, for too much, or for a unit because it is there."""
    conditions = {number for each in parsed.conditions for number in each.numbers}
    for each in parsed.needed:
        for number in each.numbers:
            if number in conditions:
                found.add(members["then"], "NVQ401", f"unit '{number}' stands on both sides")
    size = len(parsed.needed)
    if parsed.at_least > size:
        message = f"at_least {parsed.at_least} is more than the {size} that 'then' names"
        found.add(members["at_least"], "NVQ401", message)
    elif parsed.size > MOST_SUMS:
        message = f"this is {parsed.size:,} sums, more than {MOST_SUMS}: name fewer units"
        found.add(members["then"], "NVQ401", message)
