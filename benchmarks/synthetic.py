"""Seeded rulebooks of any size, as an awarding body might print them, each with a legal mix.

    python benchmarks/synthetic.py --units 200 --rules 6 --seed 1 --tight DIR

writes `units.csv` and `rules.toml`, for `nvqplan count --data DIR -q synthetic --registered any`.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from nvqplan.core.findings import Findings
from nvqplan.core.sources import Sources
from nvqplan.reading.rulebook import read_rulebook
from nvqplan.rules.qualification import Qualification

LEVEL = 3
"""The level of every synthetic qualification; its units are of levels 1 to 5."""

LEVELS = (1, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 5)
CREDITS = (1, 2, 2, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 6, 6, 6, 7, 7, 8, 9, 10, 10, 12, 15)
HOURS_OF_TEN_CREDITS = (20, 25, 30, 33, 40, 45, 50, 50, 55, 60, 65, 66, 66, 70, 75)
FEWEST_HOURS, MOST_HOURS = 2, 60

GROUPS = ((60, "BBCC"), (120, "BBCCD"), (200, "BBBCCCDDE"))
"""Up to so many units, the optional groups, as often as they are likely."""

HEADER = "unit,uan,title,level,credits,glh,topics,nos,outcomes,criteria,source"

Rule = tuple[str, str, Mapping[str, Any]]
"""Id, sentence and the member that says what is asked."""


class Shape(NamedTuple):
    """What is asked of a rulebook; `hours` adds a cap on guided learning hours."""

    units: int
    rules: int
    seed: int
    tight: bool = False
    hours: bool = False


class Unit(NamedTuple):
    number: str
    group: str
    level: int
    credits: int
    glh: int


class Draft:
    """The units, and the hidden mix that every rule is written around."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        dice = _dice("units", shape)
        self.units = _units(shape.units, dice)
        self.mix = _mix(self.units, dice)

    def dice(self, rule: str) -> Random:
        """The chance behind one rule, so that a further rule leaves all others as they were."""
        return _dice(rule, self.shape)

    def groups(self) -> Iterator[str]:
        """The optional groups, in order."""
        yield from sorted({unit.group for unit in self.units} - {"A"})

    def taken(self, units: Sequence[Unit]) -> list[Unit]:
        return [unit for unit in units if unit.number in self.mix]

    def left(self) -> list[Unit]:
        return [unit for unit in self.units if unit.number not in self.mix]

    def least(self, have: int) -> dict[str, int]:
        """A minimum that the hidden mix meets; where all is tight, hardly more is allowed."""
        if self.shape.tight:
            return {"at_least": have, "at_most": have + 2}
        return {"at_least": max(have * 4 // 5, 1)}

    def most(self, have: int) -> dict[str, int]:
        """A maximum that the hidden mix keeps."""
        return {"at_most": have if self.shape.tight else have * 3 // 2 + 2}


def qualification(shape: Shape) -> Qualification:
    """The rulebook's only qualification, through the reader that reads any rulebook."""
    with tempfile.TemporaryDirectory() as folder:
        write(shape, Path(folder))
        found = Findings()
        rulebook = read_rulebook(folder, Sources(), found)
        if rulebook is None:
            raise ValueError(f"{shape}: {[finding.message for finding in found]}")
        return rulebook.qualifications[0]


def write(shape: Shape, folder: Path) -> None:
    """Write units.csv and rules.toml; the same bytes for the same shape, wherever it runs."""
    draft = Draft(shape)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "units.csv").write_text(_units_csv(draft.units), "utf-8")
    (folder / "rules.toml").write_text(_rules_toml(draft), "utf-8")


def planted(shape: Shape) -> frozenset[str]:
    """The hidden mix, which is legal."""
    return Draft(shape).mix


def _dice(about: str, shape: Shape) -> Random:
    """Chance that depends on nothing but the seed, the number of units and what it decides."""
    return Random(f"{about} {shape.seed} {shape.units}")  # noqa: S311 (no secret)


def _units(count: int, dice: Random) -> tuple[Unit, ...]:
    """Few mandatory units in Group A, about a third of the others in B, the rest from C on."""
    mandatory = 2 + count // 75
    optional = next(groups for most, groups in GROUPS if count <= most)
    units = []
    for index in range(count):
        group = "A" if index < mandatory else dice.choice(optional)
        level = LEVEL if group == "A" else dice.choice(LEVELS)
        credits = dice.choice(CREDITS)
        glh = (credits * dice.choice(HOURS_OF_TEN_CREDITS) + 5) // 10
        glh = min(max(glh, FEWEST_HOURS), MOST_HOURS)
        units.append(Unit(str(1001 + index), group, level, credits, glh))
    return tuple(units)


def _mix(units: Sequence[Unit], dice: Random) -> frozenset[str]:
    """Group A, something from every group, and more until it is as large as a diploma."""
    wanted = 40 + len(units) // 10
    optional = [unit for unit in units if unit.group != "A"]
    dice.shuffle(optional)
    first = {unit.group: unit for unit in optional}
    mix = [unit for unit in units if unit.group == "A"] + list(first.values())
    for unit in optional:
        if sum(each.credits for each in mix) >= wanted:
            break
        if unit not in mix:
            mix.append(unit)
    return frozenset(unit.number for unit in mix)


def _rules(draft: Draft) -> list[Rule]:
    """The rules that nearly every handbook has, then others in an order that the seed decides."""
    groups = list(draft.groups())
    first = [_total(draft), _mandatory(draft)]
    first += [_hours(draft)] if draft.shape.hours else []
    first += [_group(draft, groups[0]), _level(draft)]
    further = [_barred(draft), _requires(draft), _level_cap(draft), _credit_cap(draft, groups[-1])]
    further += [_group(draft, group) for group in groups[1:]]
    further += [_unit_cap(draft, index) for index in range(1, 5)]
    draft.dice("rules").shuffle(further)
    return (first + further)[: draft.shape.rules]


def _total(draft: Draft) -> Rule:
    return "total", "Credits in all", {"credits": draft.least(_credits(draft.taken(draft.units)))}


def _mandatory(draft: Draft) -> Rule:
    units = [unit.number for unit in draft.units if unit.group == "A"]
    return "mandatory", "All units of Group A", {"mandatory": units}


def _group(draft: Draft, group: str) -> Rule:
    have = _credits([unit for unit in draft.taken(draft.units) if unit.group == group])
    asked = {"of": {"group": group}, **draft.least(have)}
    return f"group-{group.lower()}", f"Credits from Group {group}", {"credits": asked}


def _level(draft: Draft) -> Rule:
    have = _credits([unit for unit in draft.taken(draft.units) if unit.level >= LEVEL])
    asked = {"of": {"level": {"at_least": LEVEL}}, **draft.least(have)}
    return "level", f"Credits at level {LEVEL} or above", {"credits": asked}


def _level_cap(draft: Draft) -> Rule:
    have = _credits([unit for unit in draft.taken(draft.units) if unit.level < LEVEL])
    asked = {"of": {"level": {"at_most": LEVEL - 1}}, **draft.most(have)}
    return "level-cap", f"Credits below level {LEVEL}", {"credits": asked}


def _credit_cap(draft: Draft, group: str) -> Rule:
    have = _credits([unit for unit in draft.taken(draft.units) if unit.group == group])
    asked = {"of": {"group": group}, **draft.most(have)}
    return f"cap-{group.lower()}", f"Not too much of Group {group}", {"credits": asked}


def _unit_cap(draft: Draft, index: int) -> Rule:
    """At most two or so of a handful of units that teach much the same."""
    dice = draft.dice(f"cap {index}")
    handful = dice.sample(draft.units, dice.randint(4, 8))
    numbers = sorted(unit.number for unit in handful)
    cap = max(2, len(draft.taken(handful)))
    return f"cap-{index}", f"At most {cap} of these", {"units": {"of": numbers, "at_most": cap}}


def _hours(draft: Draft) -> Rule:
    """A cap on guided learning hours over all units."""
    have = sum(unit.glh for unit in draft.taken(draft.units))
    cap = have + 5 if draft.shape.tight else have * 5 // 4
    return "hours", f"At most {cap} guided learning hours", {"glh": {"at_most": cap}}


def _barred(draft: Draft) -> Rule:
    """Pairs of which the hidden mix has at most one."""
    dice = draft.dice("barred")
    left = draft.left()
    pairs: list[list[str]] = []
    for _ in range(2 + len(draft.units) // 25):
        unit = left.pop(dice.randrange(len(left)))
        others = [each for each in draft.units if each.group != "A" and each != unit]
        pairs.append(sorted((unit.number, dice.choice(others).number)))
    unique = sorted({(one, other) for one, other in pairs})
    return "barred", "Units that teach the same", {"barred": [list(pair) for pair in unique]}


def _requires(draft: Draft) -> Rule:
    """Units outside the hidden mix, and each time a unit of its group that it builds on."""
    dice = draft.dice("requires")
    needs = {}
    for unit in dice.sample(draft.left(), 2 + len(draft.units) // 50):
        others = [each.number for each in draft.units if each.group != "A" and each != unit]
        needs[unit.number] = [dice.choice(others)]
    return "requires", "Units that build on others", {"requires": needs}


def _credits(units: Sequence[Unit]) -> int:
    return sum(unit.credits for unit in units)


def _units_csv(units: Sequence[Unit]) -> str:
    rows = [
        f"{unit.number},,Unit {unit.number},{unit.level},{unit.credits},{unit.glh},,,,,synthetic"
        for unit in units
    ]
    return "\n".join([HEADER, *rows]) + "\n"


def _rules_toml(draft: Draft) -> str:
    rules = _rules(draft)
    total = rules[0][2]["credits"]["at_least"]
    groups = {
        group: [unit.number for unit in draft.units if unit.group == group]
        for group in ("A", *draft.groups())
    }
    lines = [f"# {draft.shape}", "[[qualification]]", 'id = "synthetic"', 'title = "Synthetic"']
    lines += ['number = ""', 'qan = ""', f"level = {LEVEL}", f"credits = {total}"]
    lines += ['source = "benchmarks/synthetic.py"', f"groups = {_toml(groups)}"]
    for id, says, asked in rules:
        lines += ["", "[[qualification.rule]]", *_members({"id": id, "says": says, **asked})]
    return "\n".join(lines) + "\n"


def _members(table: Mapping[str, Any]) -> list[str]:
    return [f"{key} = {_toml(value)}" for key, value in table.items()]


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(_members(value))} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=100, choices=range(30, 201), metavar="30..200")
    parser.add_argument("--rules", type=int, default=6, choices=range(3, 13), metavar="3..12")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tight", action="store_true", help="bounds above and below, few mixes")
    parser.add_argument("--hours", action="store_true", help="with a cap on guided learning hours")
    parser.add_argument("folder", type=Path, metavar="DIR")
    args = parser.parse_args()
    write(Shape(args.units, args.rules, args.seed, args.tight, args.hours), args.folder)


if __name__ == "__main__":
    main()
