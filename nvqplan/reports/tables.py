"""Results as tables for people; the only file that draws with Rich."""

import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from rich import box
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from nvqplan.advice.suggestions import Answer, Suggestion
from nvqplan.core.units import Unit
from nvqplan.core.values import NamedTuple
from nvqplan.core.words import amount, listing, name_measure, percent, printable
from nvqplan.reports.advice_text import say_awards
from nvqplan.rules.lookup import UnitListing
from nvqplan.rules.qualification import Correction, Judgement, Qualification, Remark
from nvqplan.rules.rule import Rule
from nvqplan.rules.wording import say_have, say_total
from nvqplan.space.mixes import Frequency

COLUMNS = {"credits": "Cr", "glh": "GLH"}
"""The heads of columns whose measures go by their own names elsewhere."""

BAR = 30
"""The longest bar, in characters."""

ROWS = 30
"""More sums than this are put together in ranges."""

BLOCKS: tuple[str, ...] = ("", *"▏▎▍▌▋▊▉█")
"""Eighths of a character, from none to all."""


class Canvas:
    """Draws to text, in the width and the colours that the caller's terminal has."""

    def __init__(self, width: int, *, coloured: bool, unicode: bool = True) -> None:
        self.unicode = unicode
        self._file = io.StringIO()
        self._console = Console(
            file=self._file,
            width=width,
            force_terminal=coloured,
            no_color=not coloured,
            color_system="standard" if coloured else None,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )

    def draw(self, *things: RenderableType) -> None:
        for thing in things:
            inside = thing.renderable if isinstance(thing, Padding) else thing
            if isinstance(inside, Table):
                _fix_widths(inside)
            self._console.print(thing)

    def text(self) -> str:
        """All that was drawn, without spaces at line ends."""
        drawn = self._file.getvalue() if self.unicode else self._file.getvalue().replace("─", "-")
        return "\n".join(line.rstrip() for line in drawn.split("\n")).rstrip("\n")


def draw_answer(answer: Answer, canvas: Canvas) -> str:
    """A table for each suggestion, its totals, its slack, and what sets it apart from the first."""
    suggestions = answer.suggestions
    for rank, suggestion in enumerate(suggestions, 1):
        numbers = " ".join(unit.number for unit in _by_group(answer, suggestion))
        canvas.draw(Text(f"{rank}. {numbers}", style="bold"))
        canvas.draw(_mix_table(answer, suggestion), _indent(_totals(answer, suggestion)))
        titles = suggestion.judgement.titles
        awards = say_awards(suggestion.sharings, titles, suggestion.missed)
        canvas.draw(*map(_indent, map(Text, awards)))
        if rank > 1:
            canvas.draw(_indent(_difference(suggestions[0], suggestion)))
        canvas.draw(_indent(_slack_table(suggestion.judgement)), "")
    canvas.draw(*_closing(answer))
    return canvas.text()


def _indent(thing: RenderableType) -> Padding:
    return Padding(thing, (0, 0, 0, 2))


def _closing(answer: Answer) -> Iterator[Text]:
    """What the marks mean, and how far the answer is proven."""
    marks = (
        ("* preferred", answer.preferences.preferred),
        ("- avoided", answer.preferences.avoided),
        ("= held already", answer.space.wishes.held),
    )
    shown = frozenset[str]().union(*(suggestion.mix for suggestion in answer.suggestions))
    legend = ", ".join(word for word, units in marks if not shown.isdisjoint(units))
    if legend:
        yield Text(legend, style="dim")
    count = answer.space.count()
    if len(answer.suggestions) < min(answer.top, count):
        surplus = amount(answer.suggestions[0].surplus, answer.qualification.size.measure)
        yield Text(f"No other mix has a surplus of {surplus}; --surplus allows more.")
    mixes = "mix fits" if count == 1 else "mixes fit"
    yield Text(
        f"Proven best: {count:,} legal {mixes}, none ranks above these. "
        "Each was confirmed by a second solver.",
        style="green",
    )


def _mix_table(answer: Answer, suggestion: Suggestion) -> Table:
    measures = answer.qualification.measures[1:]
    named = (f"{COLUMNS.get(each) or name_measure(each).capitalize()}>" for each in measures)
    table = _table("Group", "Unit", "", "Title~", "Lvl>", *named, "Topics")
    groups, preferences = answer.qualification.offering.groups, answer.preferences
    for unit in _by_group(answer, suggestion):
        preferred = unit.number in preferences.preferred
        mark = "*" * preferred + "-" * (unit.number in preferences.avoided)
        mark += "=" * (unit.number in answer.space.wishes.held)
        cells = (groups[unit.number], unit.number, mark, printable(unit.title), str(unit.level))
        figures = (str(unit.measure(each)) for each in measures)
        topics = "\n".join(map(printable, unit.topics))
        table.add_row(*cells, *figures, topics, style="bold green" if preferred else None)
    return table


def _by_group(answer: Answer, suggestion: Suggestion) -> list[Unit]:
    groups = answer.qualification.offering.groups
    return sorted(suggestion.units, key=lambda unit: groups[unit.number])


def _totals(answer: Answer, suggestion: Suggestion) -> Text:
    measure, total = answer.qualification.size
    over = "under" if suggestion.surplus < 0 else "over"
    sums = dict(suggestion.totals.sums)
    size = amount(suggestion.totals.size, measure)
    parts = [f"{size}, {abs(suggestion.surplus)} {over} the total" if total else size]
    if answer.preferences.preferred:
        parts.append(f"{suggestion.preferred} preferred")
    if answer.preferences.avoided:
        parts.append(f"{suggestion.avoided} avoided")
    measures = (*answer.qualification.measures[1:], "units")
    parts += [amount(sums[each], each) for each in measures if each != measure]
    return Text("; ".join(parts))


def _difference(first: Suggestion, other: Suggestion) -> Text:
    """What a suggestion swaps against the first, and what that changes."""
    gone, new = (
        listing(tuple(unit.number for unit in one.units if unit not in two.units)) or "nothing"
        for one, two in ((first, other), (other, first))
    )
    before, after = first.totals, other.totals
    measure = name_measure(before.measure)
    # Sums stand in the order in which mixes are ranked: hours first, units last.
    ranked = sorted(before.sums, key=lambda each: (each != "glh", each == "units"))
    changes = (
        (other.preferred - first.preferred, f"preferred {measure}"),
        (other.avoided - first.avoided, f"avoided {measure}"),
        *((after.sums[each] - before.sums[each], name_measure(each)) for each in ranked),
    )
    moved = ", ".join(f"{change:+d} {what}" for change, what in changes if change)
    same = "the same by every criterion, later by unit numbers"
    return Text(f"Against the first: {new} for {gone}; {moved or same}", style="italic")


def _slack_table(judgement: Judgement) -> Table:
    table = _table("Rule", "Have>", "Need", "Slack>")
    for judged in judgement.rules:
        for outcome in judged.outcomes:
            low = [f"at least {outcome.at_least}"] if outcome.at_least is not None else []
            high = [f"at most {outcome.at_most}"] if outcome.at_most is not None else []
            slack = "" if outcome.slack is None else f"{outcome.slack:,}"
            have = say_have(outcome)
            rule = " ".join(filter(None, (judged.rule.id, outcome.about)))
            table.add_row(rule, have, " and ".join(low + high), slack)
    return table


def draw_units(
    entries: Sequence[UnitListing], status: Mapping[str, Frequency], canvas: Canvas
) -> str:
    """Units with UAN, topics, NOS, slips of the print, groups, and status if known."""
    titles = ("Title~",) if status else ("Title, UAN, topics, NOS~",)
    share = ("Status", "In mixes>") if status else ()
    table = _table("Unit", *titles, "Lvl>", "Cr>", "GLH>", "Group", *share)
    for entry in entries:
        unit = entry.unit
        figures = (str(unit.level), str(unit.credits), str(unit.glh))
        where = "\n".join(f"{group} of {id}" for id, group in entry.groups.items())
        known = status.get(unit.number)
        cells = (known.kind, percent(known.mixes, known.of)) if known else ()
        about = Text(printable(unit.title)) if status else _about(entry)
        table.add_row(unit.number, about, *figures, where, *cells)
    canvas.draw(table, Text(amount(len(entries), "units"), style="dim"))
    return canvas.text()


def draw_spreads(spreads: Mapping[str, Mapping[int, int]], size: str, canvas: Canvas) -> str:
    """For each measure how many mixes have which sum, exactly, and as bars; of levels in `size`."""
    for measure, spread in spreads.items():
        rows, whole = ranges(spread), sum(spread.values())
        top = max((row.mixes for row in rows), default=1)
        name = name_measure(f"{size} at {measure}" if measure.startswith("level ") else measure)
        table = _table(f"{name[0].upper()}{name[1:]}>", "Mixes>", "Share>", "")
        for row in rows:
            drawn = bar(row.mixes, top, BAR, blocks=canvas.unicode)
            table.add_row(str(row), f"{row.mixes:,}", percent(row.mixes, whole), drawn)
        canvas.draw(table, Text(f"{whole:,} mixes", style="dim"), "")
    return canvas.text()


class SumRange(NamedTuple):
    """Sums from `least` to `most`, and how many mixes have one of them."""

    least: int
    most: int
    mixes: int

    def __str__(self) -> str:
        return f"{self.least}" if self.least == self.most else f"{self.least}..{self.most}"


def ranges(spread: Mapping[int, int]) -> list[SumRange]:
    """The sums one by one, or where they are many in ranges of 2, 5, 10, 20, 50 and so on."""
    if len(spread) <= ROWS:
        return [SumRange(total, total, mixes) for total, mixes in spread.items()]
    least, most = min(spread), max(spread)
    widths = (step * 10**zeros for zeros in count() for step in (1, 2, 5))
    width = next(width for width in widths if most - least < ROWS * width)
    together: dict[int, int] = {}
    for total, mixes in spread.items():
        start = total // width * width
        together[start] = together.get(start, 0) + mixes
    return [
        SumRange(max(start, least), min(start + width - 1, most), mixes)
        for start, mixes in together.items()
    ]


def bar(part: int, whole: int, width: int, *, blocks: bool) -> str:
    """A bar of up to `width` characters; what is not nothing is seen."""
    if not blocks:
        return "#" * -(-part * width // whole)
    eighths = max(8 * width * part // whole, bool(part))
    full, rest = divmod(eighths, 8)
    return BLOCKS[8] * full + BLOCKS[rest]


def _about(entry: UnitListing) -> Text:
    unit = entry.unit
    now = f" (now {', '.join(entry.successors)})" if entry.successors else ""
    nos = f"NOS {', '.join(unit.nos)}{now}" if unit.nos else ""
    parts = (part for part in (unit.uan, ", ".join(unit.topics), nos) if part)
    text = Text(printable(unit.title)).append(f"\n{printable('; '.join(parts))}", style="dim")
    for slip in entry.corrections:
        says = f"\n{slip.field} as printed: {slip.printed}; rather: {slip.intended}; {slip.why}"
        text.append(says, style="italic")
    return text


def draw_rules(
    qualifications: Sequence[Qualification], corrections: Sequence[Correction], canvas: Canvas
) -> str:
    """Each rule in words and figures, its source, and how else it may be read, and why."""
    for qualification in qualifications:
        named = ", ".join(qualification.names)
        canvas.draw(Text(f"{qualification.title} ({named})", style="bold"))
        canvas.draw(f"Level {qualification.level}, {say_total(qualification)}")
        canvas.draw(Text(qualification.source, style="dim"), "", _rule_table(qualification))
        canvas.draw(*map(_remark, qualification.remarks), "")
    if corrections:
        canvas.draw(Text("Slips of the print that are no rules", style="bold"))
        table = _table("Of", "Field~", "Printed~", "Intended~", "Why~", leading=1)
        for each in corrections:
            table.add_row(each.subject, each.field, each.printed, each.intended, each.why)
        canvas.draw(table)
    return canvas.text()


def _rule_table(qualification: Qualification) -> Table:
    table = _table("Rule", "Says~", "Figures~", leading=1)
    for rule in qualification.rules:
        table.add_row(rule.id, _sentences(rule, qualification), rule.printed.figures())
        if rule.intended:
            says = Text(f"or, as intended: {rule.intended.says}", style="italic")
            says.append(f"\nwhy: {rule.intended.why}", style="dim")
            table.add_row("", says, Text(rule.intended.kind.figures(), style="italic"))
    return table


def _sentences(rule: Rule, qualification: Qualification) -> Text:
    says = Text(rule.says)
    if str(rule.when):
        says.append(f"\nwhen {rule.when}", style="dim")
    if rule.source != qualification.source:
        says.append(f"\n{rule.source}", style="dim")
    return says


def _remark(remark: Remark) -> Text:
    when = f" ({remark.when})" if str(remark.when) else ""
    return Text(f"Remark{when}: {remark.says}", style="dim")


def _fix_widths(table: Table) -> None:
    """Tell the width of what does not wrap: Rich would lay out each cell to find it."""
    for column in table.columns:
        if column.no_wrap:
            cells = (str(cell) for cell in (column.header, *column.cells))
            lines = (line for cell in cells for line in cell.splitlines())
            column.width = max(map(cell_len, lines), default=0)


def _table(*columns: str, leading: int = 0) -> Table:
    """A plain table; a `>` behind a column's name puts its cells to the right, `~` lets it wrap."""
    table = Table(
        box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), leading=leading
    )
    for column in columns:
        right, wraps = column.endswith(">"), column.endswith("~")
        name = column.rstrip(">~")
        table.add_column(name, justify="right" if right else "left", no_wrap=not wraps)
    return table
