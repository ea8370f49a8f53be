"""Write curriculum files such as centres keep: the same ones at every run.

    python benchmarks/curricula.py FOLDER FILES [FAULTY]

Five pathways a file. Of a hundred pathways FAULTY are faulty (0 to 10, left out: 10), in five ways
in turn, and 4 are drafts; one file in ten names what its centre delivers.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from nvqplan.api import open_rulebook, open_space
from nvqplan.core.units import sort_units
from nvqplan.rules.qualification import Qualification, Rulebook
from nvqplan.space.wishes import Wishes

PATHWAYS = 5
SPARE = 4
"""Credits over the total that centres allow themselves: each unit costs a registration."""

IS_FAULTY = 4
"""The last digit of the number of a pathway that may be faulty."""

DRAFT_EVERY = 25
OFFER_EVERY = 10
OFFERED = 0.8
"""Of the units of a qualification, the share that a centre delivers."""

SHARES = {
    "l2-certificate": 8,
    "l3-diploma": 8,
    "l1-certificate": 1,
    "l1-award": 1,
    "l4-diploma": 2,
}
"""Files in twenty."""

NAMES = ("inbound", "outbound", "sales", "support", "team-lead", "digital", "evening", "retention")
CENTRES = ("Northfield Skills", "Harbour Contact Academy", "Mill Lane College", "Weir Training")


class Wanted(NamedTuple):
    """One pathway to be written."""

    units: Sequence[str]
    is_draft: bool = False
    held: Sequence[str] = ()


def main() -> None:
    folder, files, faulty = Path(sys.argv[1]), int(sys.argv[2]), int((*sys.argv[3:], "10")[0])
    folder.mkdir()
    rulebook = open_rulebook()
    ids = [id for id, share in SHARES.items() for _ in range(share)]
    mixes = {id: _mixes(id, rulebook, files * PATHWAYS) for id in SHARES}
    for number in range(files):
        id = ids[number * 7 % len(ids)]
        (qualification,) = rulebook.named(id)
        random = Random(number)  # noqa: S311 - has to be repeatable
        text = _curriculum(number, qualification, mixes[id], random, faulty)
        (folder / f"centre-{number:04}.yaml").write_text(text, "utf-8")


def _mixes(id: str, rulebook: Rulebook, size: int) -> Iterator[tuple[str, ...]]:
    """Legal mixes of about the total, each equally likely."""
    (qualification,) = rulebook.named(id)
    wishes = Wishes(credits=(qualification.credits, qualification.credits + SPARE))
    space = open_space(id, wishes=wishes, rulebook=rulebook)
    for mix in space.sample(size, seed=1, replace=True):
        yield sort_units(mix)


def _curriculum(
    number: int,
    qualification: Qualification,
    mixes: Iterator[tuple[str, ...]],
    random: Random,
    faulty: int,
) -> str:
    wanted = [
        _wanted(number * PATHWAYS + index, next(mixes), qualification, random, faulty)
        for index in range(PATHWAYS)
    ]
    lines = [f"# Pathways for the intake of autumn 2026, file {number}."] if number % 2 else []
    name = qualification.number if qualification.number and number % 3 else qualification.id
    lines += [
        f"centre: {CENTRES[number % len(CENTRES)]}",
        f"qualification: {name}  # {qualification.title}",
        f"registered: 2026-09-{1 + number % 28:02}",
        f"youngest: {18 + number % 3}",
    ]
    if number % OFFER_EVERY == 0:
        lines += ["offer:", *_list(_offer(wanted, qualification, random), 2, number)]
    lines.append("pathways:")
    for index, each in enumerate(wanted):
        lines += _pathway(f"{NAMES[(number + index) % len(NAMES)]}-{index}", each, number)
    return "\n".join(lines) + "\n"


def _offer(wanted: Sequence[Wanted], qualification: Qualification, random: Random) -> list[str]:
    """Most units of the qualification, and all that the pathways name of it."""
    named = {unit for each in wanted for unit in each.units}
    offered = [unit for unit in qualification.offering.units if random.random() < OFFERED]
    return list(sort_units({*offered, *named.intersection(qualification.offering.units)}))


def _wanted(
    place: int,
    mix: tuple[str, ...],
    qualification: Qualification,
    random: Random,
    faulty: int,
) -> Wanted:
    """One pathway by its number: faulty, a draft, or legal."""
    if place % 10 == IS_FAULTY and place // 10 % 10 < faulty:
        return Wanted(_faulty(place // 10 % 5, list(mix), qualification, random))
    if place % DRAFT_EVERY == 0:
        return Wanted(mix[: len(mix) // 2], is_draft=True)
    return Wanted(mix, held=mix[:1] if place % 6 == 0 else ())


def _faulty(way: int, mix: list[str], qualification: Qualification, random: Random) -> list[str]:
    """A mandatory unit forgotten, three too few, a barred one too many, a slip, a stranger."""
    barred = _barred_by(mix, qualification)
    stranger = "102" if qualification.id == "l4-diploma" else "401"
    return (
        [unit for unit in mix if unit != "101"],
        [*mix[:2], *mix[5:]],
        [*mix, random.choice(barred)] if barred else mix[:-1],
        [*mix[:-1], mix[-1].replace("0", "o").replace("1", "l")],
        [*mix[:-1], stranger],
    )[way]


def _barred_by(mix: Sequence[str], qualification: Qualification) -> list[str]:
    """Units that may not stand beside what the mix holds."""
    sets = [
        units
        for rule in qualification.rules
        for units in getattr(rule.printed, "sets", ())
        if set(units) & set(mix)
    ]
    return [unit for units in sets for unit in units if unit not in mix]


def _pathway(name: str, wanted: Wanted, number: int) -> Iterator[str]:
    yield f"  {name}:"
    if wanted.is_draft:
        yield "    status: draft  # the options are still open"
    yield from _key("units", wanted.units, number)
    if wanted.held:
        yield from _key("held", wanted.held, 0)


def _key(key: str, units: Sequence[str], number: int) -> Iterator[str]:
    """A list in flow style on one line, or in block style, as the file is written."""
    if number % 3:
        yield f"    {key}: [{', '.join(units)}]"
    else:
        yield f"    {key}:"
        yield from _list(units, 6, 3)


def _list(units: Sequence[str], indent: int, number: int) -> Iterator[str]:
    for index, unit in enumerate(units):
        comment = "  # mandatory" if index == 0 and number % 2 else ""
        yield f"{' ' * indent}- {unit}{comment}"


if __name__ == "__main__":
    main()
