"""Random pairs of rulebooks, such as an old and a new version; and versions from real files."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st

from nvqplan.core.findings import Findings
from nvqplan.core.sources import Sources
from nvqplan.reading.rulebook import read_rulebook
from nvqplan.versions.version import Version
from tests.rulebooks import LENGTH, Book, make_book
from tests.tapes import Tape, tapes

_TOTAL = re.compile(r"^credits = \d+$", re.MULTILINE)
_RULE = "\n[[qualification.rule]]\n"


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Book, Book]:
    """Two rulebooks that have nothing, much or all in common; of the same learner."""
    tape = draw(tapes(2 * LENGTH))
    old = make_book(tape)
    if tape.one_in(3):
        new = replace(make_book(tape), said=old.said)
        if _takes(old) == _takes(new):
            return old, new
        said = replace(old.said, imported=())
        return replace(old, said=said), replace(new, said=said)
    old = new = replace(old, rules=_TOTAL.sub("credits = 0", old.rules))
    for _ in range(tape.whole(0, 5)):
        new = _edited(new, tape)
    return old, new


def _takes(book: Book) -> tuple[bool, bool]:
    """Whether a rulebook takes imported units, and whether it has points."""
    return "\nimported = " in book.rules, "points" in book.units


def _edited(book: Book, tape: Tape) -> Book:
    """One edit, or another one where that leaves the rules unsound, such as 3 of a list of 2."""
    for edit in tape.some(_EDITS, len(_EDITS)):
        units, rules = edit(book.units, book.rules, tape.whole(0, 9))
        edited = replace(book, units=units, rules=rules)
        if edited != book and _reads(edited):
            return edited
    return book


def _reads(book: Book) -> bool:
    with TemporaryDirectory() as folder:
        Path(folder, "units.csv").write_text(book.units, "utf-8")
        Path(folder, "rules.toml").write_text(book.rules, "utf-8")
        return read_rulebook(folder, Sources(), Findings()) is not None


def _move_bound(units: str, rules: str, number: int) -> tuple[str, str]:
    """One figure of a rule, one more or one less."""
    found = list(re.finditer(r"(?:at_least|exactly) = (\d+)", rules.partition(_RULE)[2]))
    if not found:
        return units, rules
    head, _, body = rules.partition(_RULE)
    place, step = found[number % len(found)], 1 if number % 2 else -1
    figure = max(int(place[1]) + step, 1)
    if place[0].startswith("at_least"):
        most = re.match(r", at_most = (\d+)", body[place.end() :])
        figure = min(figure, int(most[1])) if most else figure
    return units, head + _RULE + body[: place.start(1)] + str(figure) + body[place.end(1) :]


def _drop_rule(units: str, rules: str, number: int) -> tuple[str, str]:
    head, *bodies = rules.split(_RULE)
    if len(bodies) > 1:
        del bodies[number % len(bodies)]
    return units, _RULE.join((head, *bodies))


def _reword(units: str, rules: str, _: int) -> tuple[str, str]:
    return units, rules.replace('"Rule ', '"The rule ', 1)


def _change_unit(units: str, rules: str, number: int) -> tuple[str, str]:
    """The level, the credits or the hours of one unit."""
    lines = units.splitlines()
    row = 1 + number % (len(lines) - 1)
    cells = lines[row].split(",")
    column = 3 + number % 3
    cells[column] = str(1 + (int(cells[column]) + 1) % 4)
    lines[row] = ",".join(cells)
    return "\n".join(lines) + "\n", rules


def _swap_groups(units: str, rules: str, _: int) -> tuple[str, str]:
    """The units of two groups, each to the other; rules that name one group count others now."""
    line = re.search(r"^groups = .*$", rules, re.MULTILINE)
    assert line is not None
    names = re.findall(r"([ABC]) = \[", line[0])
    if not names:
        return units, rules
    one, other = names[0], names[-1]
    swapped = line[0].replace(f"{one} = [", "? = [").replace(f"{other} = [", f"{one} = [")
    return units, rules.replace(line[0], swapped.replace("? = [", f"{other} = ["))


def _withdraw_unit(units: str, rules: str, number: int) -> tuple[str, str]:
    """A unit out of its group, if no rule names it and others are left there."""
    line = re.search(r"^groups = .*$", rules, re.MULTILINE)
    assert line is not None
    numbers = re.findall(r'"(\d+)"', line[0])
    unit = numbers[number % len(numbers)]
    rest = re.sub(rf'"{unit}", |, "{unit}"', "", line[0])
    others = rules.replace(line[0], "")
    if f'"{unit}"' in rest or re.search(rf"\b{unit}\b", others) or "topic" in others:
        return units, rules
    return units, rules.replace(line[0], rest)


_EDITS = (
    _move_bound,
    _move_bound,
    _withdraw_unit,
    _withdraw_unit,
    _change_unit,
    _drop_rule,
    _swap_groups,
    _reword,
)


@contextmanager
def written(**versions: Book) -> Iterator[tuple[Path, list[Version], Sources]]:
    """A folder with a folder a version, each read from its files, in the order given."""
    sources, found = Sources(), Findings()
    with TemporaryDirectory() as folder:
        opened = []
        for name, book in versions.items():
            place = Path(folder, name)
            place.mkdir()
            (place / "units.csv").write_text(book.units, "utf-8")
            (place / "rules.toml").write_text(book.rules, "utf-8")
            rulebook = read_rulebook(str(place), sources, found)
            assert rulebook is not None, (list(found), book)
            opened.append(Version(name, rulebook, sources))
        yield Path(folder), opened, sources
