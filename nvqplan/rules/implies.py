"""If some units, then others: `implies = [{ if = ["303", "305"], then = ["204"] }]`."""

from collections.abc import Mapping
from itertools import combinations
from math import comb, prod
from typing import ClassVar

from nvqplan.core.atoms import WHOLE
from nvqplan.core.findings import Findings, Located
from nvqplan.core.records import RULES, Key, Members, Record
from nvqplan.core.shapes import Shape, Spot, described, list_of
from nvqplan.core.units import Mix, Offering
from nvqplan.core.values import NamedTuple
from nvqplan.rules.entries import NO_UNIT, Entry, ask, entries_in, found_all, implications
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
    described: ClassVar[str] = "Where all units of one list are in a mix, so are those of another."

    def __init__(self, implied: tuple[Implication, ...]) -> None:
        self.implied = implied

    @classmethod
    def shape(cls, key: str, offering: Offering) -> Shape["Implies"]:
        implied = list_of(_implication_in(offering), "an implication")
        return implied.at_least(1, NO_UNIT).into(cls)

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


def _implication_in(offering: Offering) -> Shape[Implication]:
    entries = entries_in(offering)
    conditions = Key("if", entries, needed=True, what="'if'")
    wanted = Key("then", entries, needed=True, what="'then'")

    def make(members: Members, at: Spot) -> Implication | None:
        if members.faulty or not (members.has(conditions) and members.has(wanted)):
            return None
        then = members.get(wanted, ())
        implied = Implication(members.get(conditions, ()), then, members.get(_AT_LEAST, len(then)))
        _check(implied, members.nodes, at)
        return implied

    voice = RULES._replace(lacking="of mappings")
    return Record((conditions, wanted, _AT_LEAST), voice).shape.made(make)


def _read_at_least(node: Located, what: str, found: Findings) -> int | None:
    number = WHOLE.read(node, what, found)
    if number == 0:
        found.add(node, "NVQ401", f"{what} must be 1 or more, or be left out")
    return number or None


_AT_LEAST = Key("at_least", Shape(_read_at_least, described({"type": "integer", "minimum": 1})))


def _check(parsed: Implication, members: Mapping[str, Located], at: Spot) -> None:
    """Tell what would ask for nothing, for too much, or for a unit because it is there."""
    conditions = {number for each in parsed.conditions for number in each.numbers}
    for each in parsed.needed:
        for number in each.numbers:
            if number in conditions:
                at.tell(f"unit '{number}' stands on both sides", at=members["then"])
    size = len(parsed.needed)
    if parsed.at_least > size:
        message = f"at_least {parsed.at_least} is more than the {size} that 'then' names"
        at.tell(message, at=members["at_least"])
    elif parsed.size > MOST_SUMS:
        message = f"this is {parsed.size:,} sums, more than {MOST_SUMS}: name fewer units"
        at.tell(message, at=members["then"])
