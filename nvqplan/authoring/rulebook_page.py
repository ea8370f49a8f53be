"""A qualification as a page that its author holds against the print, line by line.

What the page says stands here, as blocks; how they look is for `page_formats`.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from nvqplan.core.units import MEASURES, Unit
from nvqplan.core.validity import UNKNOWN, Provenance
from nvqplan.core.values import NamedTuple
from nvqplan.core.words import amount, say_date
from nvqplan.rules.kind import Kind
from nvqplan.rules.learner import DAY, When
from nvqplan.rules.qualification import Correction, Qualification
from nvqplan.rules.rule import Rule
from nvqplan.rules.wording import say_validity, say_verified

TICK = "☐"
"""Stands before every line that is to be held against the print."""


class Heading(NamedTuple):
    """A heading; 1 is the page's own."""

    level: int
    text: str


class Table(NamedTuple):
    """Rows under heads; `figures` are the columns of numbers, `total` the row that sums them."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: tuple[int, ...] = ()
    total: tuple[str, ...] = ()


Block = Heading | str | Table
"""A text is a paragraph."""


def page_of(qualification: Qualification, corrections: Sequence[Correction]) -> Iterator[Block]:
    """All blocks of a qualification, in the order of a handbook: facts, units, rules, slips."""
    yield Heading(1, qualification.title)
    yield (
        "Hold every line against the print and tick it off. Sentences are the rulebook's own;"
        " numbers, figures and dates must be those of the print."
    )
    yield _facts(qualification)
    yield Heading(2, "Units")
    for group in qualification.offering.group_names:
        yield from _group(qualification, group)
    yield Heading(2, "Rules")
    for number, rule in enumerate(qualification.rules, 1):
        yield from _rule(number, rule, qualification)
    yield from _windows(qualification)
    yield from _remarks(qualification)
    yield from _slips(corrections)


def _ticked(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Table:
    """A table each row of which is to be ticked off."""
    return Table(("", *heads), tuple((TICK, *row) for row in rows))


def _named(rows: Iterable[tuple[str, str]]) -> Table:
    """Names and what is said under them; what nobody says is left out."""
    return _ticked(("What", "As the rulebook has it"), (row for row in rows if row[1]))


def _facts(qualification: Qualification) -> Table:
    units, groups = qualification.offering.units, qualification.offering.group_names
    return _named(
        (
            ("Id", qualification.id),
            ("Number", qualification.number or "none"),
            ("QAN", qualification.qan or "none"),
            ("Level", str(qualification.level)),
            ("Credits", str(qualification.credits) if qualification.credits else "no total"),
            ("Units", f"{len(units)}, in groups {', '.join(groups)}"),
            ("Source", qualification.source),
            *_provenance(qualification.provenance, "rules"),
        )
    )


def _provenance(provenance: Provenance, of: str = "") -> Iterator[tuple[str, str]]:
    about = f" ({of})" if of else ""
    yield f"Valid{about}", say_validity(provenance.valid).removeprefix("valid ")
    yield f"Verified{about}", say_verified(provenance.verified).removeprefix("verified ")


def _group(qualification: Qualification, group: str) -> Iterator[Block]:
    offering = qualification.offering
    units = [unit for number, unit in offering.units.items() if offering.groups[number] == group]
    yield Heading(3, f"Group {group}: {amount(len(units), 'units')}")
    measures = [each for each in offering.measures if each != "units"]
    vouched = any(unit.provenance != UNKNOWN for unit in offering.units.values())
    names = [_head(each) for each in measures]
    behind = ("NOS", "Source", *(["Valid, verified"] if vouched else []))
    sums = [str(sum(unit.measure(measure) for unit in units)) for measure in measures]
    yield Table(
        ("", "Unit", "UAN", "Title", "Level", *names, *behind),
        tuple(_unit(unit, measures, vouched=vouched) for unit in units),
        tuple(range(4, 5 + len(measures))),
        ("", "", "", "all", "", *sums, *("" for _ in behind)),
    )


def _head(measure: str) -> str:
    if measure == "glh":
        return "GLH"
    return measure.capitalize() if measure in MEASURES else measure


def _unit(unit: Unit, measures: Sequence[str], *, vouched: bool) -> tuple[str, ...]:
    figures = (str(unit.measure(measure)) for measure in measures)
    row = (TICK, unit.number, unit.uan, unit.title, str(unit.level), *figures)
    vouching = "; ".join(text for _, text in _provenance(unit.provenance) if text)
    return (*row, " ".join(unit.nos), unit.source, *([vouching] if vouched else []))


def _rule(number: int, rule: Rule, qualification: Qualification) -> Iterator[Block]:
    yield Heading(3, f"Rule {number}: {rule.id}")
    intended = rule.intended
    yield _named(
        (
            ("Says", rule.says),
            ("Figures", rule.printed.figures()),
            ("Concerns learners", str(rule.when)),
            ("Named, but in no table", ", ".join(dict.fromkeys(each.text for each in rule.absent))),
            ("Source", rule.source),
            *(() if rule.provenance == qualification.provenance else _provenance(rule.provenance)),
        )
    )
    yield from _members(rule.printed, qualification)
    if intended is not None:
        yield "The print is wrong or open here; as it was likely intended:"
        figures = intended.kind.figures()
        yield _named((("Says", intended.says), ("Figures", figures), ("Why", intended.why)))
        yield from _members(intended.kind, qualification)


def _members(kind: Kind, qualification: Qualification) -> Iterator[Block]:
    """The units that a rule speaks of, each line to be ticked off."""
    head, rows = kind.unit_table(qualification.offering)
    if rows:
        yield _ticked(head, rows)


def _windows(qualification: Qualification) -> Iterator[Block]:
    """The stretches of registration dates in which the same rules apply."""
    windows = qualification.windows
    if len(windows) == 1:
        return
    yield Heading(2, "Dates of registration")
    dated = [rule for rule in qualification.rules if rule.when.cuts()]
    ends = (*(day - DAY for day in windows[1:]), date.max)
    rows = []
    for index, (day, last) in enumerate(zip(windows, ends, strict=True)):
        ids = ", ".join(rule.id for rule in dated if rule.when.covers(day))
        first = day if index else date.min
        window = str(When(first, last)).removeprefix("registered ")
        rows.append((f"on {say_date(day)}" if first == last else window, ids or "none"))
    yield _ticked(("Registered", "Rules that apply on these dates only"), rows)


def _remarks(qualification: Qualification) -> Iterator[Block]:
    if remarks := qualification.remarks:
        yield Heading(2, "Remarks")
        yield _ticked(
            ("Remark", "Says", "Of mixes with", "Concerns learners"),
            ((each.id, each.says, each.kind.figures(), str(each.when)) for each in remarks),
        )


def _slips(corrections: Sequence[Correction]) -> Iterator[Block]:
    if corrections:
        yield Heading(2, "Slips of the print that are no rules")
        heads = ("Of", "Field", "Printed", "Intended", "Why")
        yield _ticked(heads, (each.texts for each in corrections))
