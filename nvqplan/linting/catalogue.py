"""Questions to the catalogue of units: one plain function a question."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from nvqplan.core.findings import Finding, Located, Related
from nvqplan.core.units import Unit, squeeze
from nvqplan.core.values import NamedTuple
from nvqplan.core.words import amount, listing
from nvqplan.linting.scopes import Field, Suspicion, member
from nvqplan.reading.catalogue import CRITERIA, parse_criteria
from nvqplan.rules.qualification import Qualification, Rulebook

UAN_LETTERS = "ADFHJKLMRTY"
QAN_CHARACTERS = "0123456789X"
FACTORS = (8, 7, 6, 5, 4, 3, 2)
"""A check character is that of the digits' sum, each times its factor, modulo 11.

Found by fitting, not published: it holds for every number of the handbook but misprints.
"""

_UAN = re.compile(r"(?P<check>[A-Z])/(?P<digits>\d{3}/\d{4})", re.ASCII)
_QAN = re.compile(r"(?P<digits>\d{3}/\d{4})/(?P<check>[\dX])", re.ASCII)

MOST_CREDITS = 60
"""Half a year of full-time study: no unit of a vocational qualification comes near it."""

HOURS_A_CREDIT = 10
"""A credit stands for ten hours of learning, with or without a teacher; GLH are those with one."""


class Shelf(NamedTuple):
    """What is asked about: units of a rulebook, and the qualifications for which they are asked."""

    rulebook: Rulebook
    qualifications: tuple[Qualification, ...]
    units: tuple[Unit, ...]

    def cell(self, unit: Unit, column: str) -> Located:
        return self.rulebook.catalogue.rows[unit.number][column]

    def suspect(
        self,
        unit: Unit,
        column: str,
        code: str,
        message: str,
        help: str = "",
        like: Unit | None = None,
        at_fault: Sequence[Unit] = (),
    ) -> Suspicion:
        """A finding in one cell, which may be `like` another; one of all these is `at_fault`."""
        related = (Related(self.cell(like, column), f"unit {like.number}"),) if like else ()
        place = self.cell(unit, column).location
        finding = Finding(place, code, message, help, unit.number, related=related)
        return Suspicion(finding, tuple(self._field(each, column) for each in at_fault or (unit,)))

    def _field(self, unit: Unit, column: str) -> Field:
        text = "" if column == CRITERIA else self.cell(unit, column).text
        return Field(unit.number, column, " ".join(text.split()))


def check_uans(shelf: Shelf) -> Iterator[Suspicion]:
    """A digit mistyped in a UAN no longer fits the letter."""
    for unit in shelf.units:
        if letter := _right_character(_UAN, unit.uan, UAN_LETTERS):
            message = f"the UAN {unit.uan} of unit {unit.number} has a slip: its digits ask for"
            help = "a digit or the letter is mistyped; learners are registered by this number"
            yield shelf.suspect(unit, "uan", "NVQ420", f"{message} {letter}", help)


def check_qans(shelf: Shelf) -> Iterator[Suspicion]:
    """A digit mistyped in a QAN no longer fits the last character."""
    for each in shelf.qualifications:
        if last := _right_character(_QAN, each.qan, QAN_CHARACTERS):
            message = f"the QAN {each.qan} of {each.id} has a slip: its digits ask for {last}"
            help = "a digit or the last character is mistyped"
            place = member(each.place, "qan").location
            finding = Finding(place, "NVQ420", message, help, each.id)
            yield Suspicion(finding, (Field(each.id, "qan", each.qan),))


def _right_character(pattern: re.Pattern[str], number: str, characters: str) -> str:
    """What the digits ask for where another check character is written, else ""."""
    match = pattern.fullmatch(number)
    if match is None:
        return ""
    digits = match["digits"].replace("/", "")
    total = sum(factor * int(digit) for factor, digit in zip(FACTORS, digits, strict=True))
    right = characters[total % 11]
    return "" if right == match["check"] else right


def check_shared_uans(shelf: Shelf) -> Iterator[Suspicion]:
    """A UAN names one unit; the finding is at the second that has it, and names the first."""
    first: dict[str, Unit] = {}
    for unit in shelf.units:
        before = first.setdefault(squeeze(unit.uan), unit) if unit.uan else unit
        if before is not unit:
            message = f"units {before.number} and {unit.number} share the UAN {unit.uan}"
            help = "one of the two is misprinted: look both up where the units are published"
            yield shelf.suspect(unit, "uan", "NVQ421", message, help, before, (before, unit))


def check_homeless(shelf: Shelf) -> Iterator[Suspicion]:
    """A unit that no qualification offers was most likely left out of a group."""
    offered = {n for each in shelf.rulebook.qualifications for n in each.offering.units}
    for unit in shelf.units:
        if unit.number not in offered:
            message = f"unit {unit.number} is in no group of any qualification"
            help = "add it to a group, or take it out of the catalogue: no mix can hold it"
            yield shelf.suspect(unit, "unit", "NVQ422", message, help)


def check_titles(shelf: Shelf) -> Iterator[Suspicion]:
    """Titles that differ in letter case, spaces, punctuation or a plural s are one title."""
    alike: dict[str, list[Unit]] = {}
    for unit in shelf.units:
        alike.setdefault(_bare(unit.title), []).append(unit)
    for units in alike.values():
        spellings = Counter(unit.title for unit in units)
        usual, *others = [title for title, _ in spellings.most_common()]
        like = [unit for unit in units if unit.title == usual]
        for other in others:
            odd = [unit for unit in units if unit.title == other]
            numbers = listing(tuple(each.number for each in like))
            message = f"the title '{other}' of unit {odd[0].number} is '{usual}' in {numbers}"
            at_fault = units if spellings[usual] == spellings[other] else odd
            help = "choose one spelling"
            yield shelf.suspect(odd[0], "title", "NVQ423", message, help, like[0], at_fault)


def _bare(title: str) -> str:
    """A title without all in which spellings differ; C++ is not C#."""
    words = re.findall(r"[^\W_]+|[+#]", title.casefold().replace("&", " and "))
    return "".join(word.removesuffix("s") for word in words)


def check_figures(shelf: Shelf) -> Iterator[Suspicion]:
    """Credits and hours that no unit has; a column that is 0 throughout is not in use."""
    units = shelf.rulebook.catalogue.units.values()
    in_credits, in_hours = any(unit.credits for unit in units), any(unit.glh for unit in units)
    for unit in shelf.units:
        if in_credits and not 1 <= unit.credits <= MOST_CREDITS:
            message = f"unit {unit.number} has {amount(unit.credits, 'credits')}"
            help = f"a unit has between 1 and {MOST_CREDITS}"
            yield shelf.suspect(unit, "credits", "NVQ424", message, help)
        most = HOURS_A_CREDIT * unit.credits if unit.credits else unit.glh
        if in_hours and not 1 <= unit.glh <= most:
            message = f"unit {unit.number} has {amount(unit.glh, 'glh')}"
            if unit.credits:
                message += f" for {amount(unit.credits, 'credits')}"
            help = f"a credit stands for {HOURS_A_CREDIT} hours of learning, guided ones included"
            yield shelf.suspect(unit, "glh", "NVQ424", message, help)


def check_criteria(shelf: Shelf) -> Iterator[Suspicion]:
    """Where the catalogue has the numbers of criteria, none is missing or stands twice.

    Where it has their count only, no outcome can be without one.
    """
    for unit in shelf.units:
        numbers = parse_criteria(shelf.cell(unit, "criteria").text)
        if numbers:
            message = "; ".join(_faults(numbers, unit.outcomes))
        else:
            few = unit.criteria is not None and unit.criteria < (unit.outcomes or 0)
            counts = f"{unit.criteria} criteria for {unit.outcomes} outcomes"
            message = f"there are {counts}: each outcome has one at least" if few else ""
        if message:
            about = f"criteria of unit {unit.number}: {message}"
            yield shelf.suspect(unit, "criteria", "NVQ425", about)


def _faults(numbers: tuple[tuple[int, int], ...], outcomes: int | None) -> Iterator[str]:
    """What is wrong with the numbers of criteria, in words."""
    times_given = Counter(numbers)
    highest: dict[int, int] = {}
    for outcome, number in times_given:
        highest[outcome] = max(number, highest.get(outcome, 0))
    last = max((*highest, outcomes or 0))
    for outcome in range(1, last + 1):
        gaps = [n for n in range(1, highest.get(outcome, 1)) if (outcome, n) not in times_given]
        if outcome not in highest:
            yield f"there is none of outcome {outcome}"
        elif gaps:
            yield f"there is no {listing(tuple(f'{outcome}.{n}' for n in gaps))}"
    if outcomes is not None and last > outcomes:
        yield f"they are of {last} outcomes, not {outcomes}"
    twice = [f"{outcome}.{n}" for (outcome, n), times in times_given.items() if times > 1]
    if twice:
        yield f"{listing(tuple(twice))} twice"


QUESTIONS = (
    check_uans,
    check_qans,
    check_shared_uans,
    check_homeless,
    check_titles,
    check_figures,
    check_criteria,
)
"""Every question asked of the catalogue."""
