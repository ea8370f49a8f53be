"""Codes, units and qualifications explained, as text that fits the terminal."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from nvqplan.core.codes import CODES, Code
from nvqplan.core.explanations import explanations, hundreds
from nvqplan.core.glossary import GlossaryEntry
from nvqplan.core.validity import UNKNOWN
from nvqplan.core.words import amount, percent, printable, say_sums
from nvqplan.explaining.overviews import (
    Explained,
    QualificationOverview,
    Role,
    Standing,
    UnitOverview,
)
from nvqplan.reports.terminal import Painter
from nvqplan.rules.qualification import Correction, Qualification
from nvqplan.rules.rule import Rule
from nvqplan.rules.wording import say_provenance, say_total

LONGEST = 200
"""Characters of a line of an example that are shown."""

INDENT = "  "


class ExplainPage:
    """Paragraphs in the width and the colours that the caller's terminal has."""

    def __init__(self, width: int, paint: Painter) -> None:
        self._width = max(width, 20)
        self.paint = paint

    def title(self, text: str) -> Iterator[str]:
        yield from (self.paint(line, "bold") for line in self._wrapped(text, "", ""))

    def heading(self, text: str) -> Iterator[str]:
        yield ""
        yield from self.title(text)

    def paragraph(self, text: str, indent: str = INDENT) -> Iterator[str]:
        yield from self._wrapped(text, indent, indent)

    def entry(self, name: str, texts: Iterable[str], column: int) -> Iterator[str]:
        """A name, and from `column` on what there is to say of it, each on lines of its own.

        Where that would leave the texts less than half of the width, they stand below the name.
        """
        before = f"{INDENT}{printable(name)}".ljust(column)
        if column * 2 > self._width:
            yield before.rstrip()
            before, column = INDENT * 2, len(INDENT * 2)
        for text in texts:
            yield from self._wrapped(text, before, " " * column)
            before = " " * column

    def _wrapped(self, text: str, first: str, later: str) -> list[str]:
        return wrap(
            printable(text),
            self._width,
            initial_indent=first,
            subsequent_indent=later,
            break_on_hyphens=False,
            break_long_words=False,
        )


def say(explained: Explained, page: ExplainPage) -> Iterator[str]:
    """A code by its name, a word of the glossary, a unit or a qualification as it was drawn."""
    if isinstance(explained, GlossaryEntry):
        return say_entry(explained, page)
    if isinstance(explained, UnitOverview):
        return say_unit(explained, page)
    if isinstance(explained, QualificationOverview):
        return say_qualification(explained, page)
    return say_code(explained, page)


def say_code(name: str, page: ExplainPage) -> Iterator[str]:
    """What a code means, its example, what to do about it, and what it does to the exit code."""
    code, explanation = CODES[name], explanations()[name]
    yield from page.title(f"{name} {code.title}")
    yield from page.paragraph(f"{code.severity}; {say_exit(code)}", "")
    yield from page.heading("What it means")
    yield from page.paragraph(explanation.means)
    yield from page.heading("Example")
    for file, content in explanation.files.items():
        yield f"{INDENT}{file}"
        yield from (f"{INDENT}| {line}".rstrip() for line in example_lines(content))
    yield f"{INDENT}$ {explanation.command}"
    yield from page.heading("What to do")
    yield from page.paragraph(explanation.remedy)


def say_entry(entry: GlossaryEntry, page: ExplainPage) -> Iterator[str]:
    """A word of the glossary, what else it is called, what it means, and what to see as well."""
    yield from page.title(entry.name)
    if entry.aliases:
        yield from page.paragraph(f"also: {', '.join(entry.aliases)}", "")
    yield ""
    yield from page.paragraph(entry.means)
    if entry.see:
        yield ""
        yield from page.paragraph(f"see also: {', '.join(entry.see)}", "")


def say_exit(code: Code) -> str:
    """What a finding of this kind does to the exit code."""
    if code.stops:
        return "exit code 2, whatever else is found"
    if code.severity == "error":
        return "exit code 1"
    return "exit code 0, with --fail-on warning 1" if code.severity == "warning" else "exit code 0"


def example_lines(content: str | bytes) -> list[str]:
    """The lines of an example's file; bytes that are no text as escapes, long lines cut."""
    text = content if isinstance(content, str) else content.decode("utf-8", "backslashreplace")
    return [
        line if len(line) <= LONGEST else f"{line[:60]}... ({len(line):,} characters)"
        for line in text.splitlines()
    ]


def list_codes(page: ExplainPage) -> Iterator[str]:
    """Every code with its severity and title, by what they are about."""
    for index, (about, names) in enumerate(hundreds().items()):
        yield from page.heading(about) if index else page.title(about)
        for name in names:
            yield f"{INDENT}{name}  {CODES[name].severity.ljust(7)}  {CODES[name].title}"


def say_unit(overview: UnitOverview, page: ExplainPage) -> Iterator[str]:
    """A unit's figures, and in each qualification its group, its rules and its legal mixes."""
    unit = overview.entry.unit
    yield from page.title(f"{unit.number} {unit.title}")
    credits = [amount(unit.credits, "credits")] if unit.credits else []
    figures = ", ".join((f"level {unit.level}", *credits, amount(unit.glh, "glh")))
    sizes = {"outcomes": unit.outcomes, "criteria": unit.criteria}
    counts = [amount(each, what) for what, each in sizes.items() if each is not None]
    yield from page.paragraph("; ".join(filter(None, (unit.uan, figures, *counts))), "")
    if unit.topics:
        yield from page.paragraph(f"topics: {', '.join(unit.topics)}", "")
    if unit.nos:
        successors = overview.entry.successors
        now = f" (now {', '.join(successors)})" if successors else ""
        yield from page.paragraph(f"NOS: {', '.join(unit.nos)}{now}", "")
    if known := say_provenance(unit.source, unit.provenance):
        yield from page.paragraph(known, "")
    for standing in overview.standings:
        yield from _say_standing(standing, page)
    if not overview.standings:
        yield from page.heading("No qualification of the rulebook offers it")
    yield from _say_corrections(overview.entry.corrections, page)


def _say_standing(standing: Standing, page: ExplainPage) -> Iterator[str]:
    chosen = standing.qualification
    yield from page.heading(f"{chosen.id}, Group {standing.group}: {_say_status(standing)}")
    column = _column(role.rule.id for role in standing.roles)
    for role in standing.roles:
        yield from page.entry(role.rule.id, _say_role(role, chosen), column)


def _say_role(role: Role, chosen: Qualification) -> Iterator[str]:
    """What the unit is to a rule, in each reading where they differ, and when the rule applies."""
    rule = role.rule
    when = f"; {rule.when}" if str(rule.when) else ""
    yield f"{role.printed or 'does not count'}: {rule.says}{when}"
    if rule.intended:
        yield f"as intended {role.intended or 'does not count'}: {rule.intended.says}"
    if rule.source != chosen.source:
        yield rule.source


def _say_status(standing: Standing) -> str:
    status = standing.status
    if status is None:
        return "too many mixes to count in 1 GiB"
    if not status.of:
        return "no mix is legal"
    mixes = f"the {status.of:,} legal mixes"
    if status.kind == "free":
        return f"free, in {percent(status.mixes, status.of)} of {mixes}"
    return f"forced, in all of {mixes}" if status.kind == "forced" else f"in none of {mixes}"


def say_qualification(overview: QualificationOverview, page: ExplainPage) -> Iterator[str]:
    """A qualification's rules with their sources and readings, and its legal mixes."""
    chosen = overview.qualification
    yield from page.title(chosen.title)
    units = amount(len(chosen.offering.units), "units")
    figures = f"level {chosen.level}, {say_total(chosen)}, {units} on offer"
    yield from page.paragraph(f"{', '.join(chosen.names)}; {figures}", "")
    yield from page.paragraph(say_provenance(chosen.source, chosen.provenance), "")
    yield from page.heading("Rules")
    column = _column(rule.id for rule in chosen.rules)
    for rule in chosen.rules:
        yield from page.entry(rule.id, _say_rule(rule, chosen), column)
    if chosen.remarks:
        yield from page.heading("Remarks")
    for remark in chosen.remarks:
        when = f"{remark.when}: " if str(remark.when) else ""
        yield from page.paragraph(f"{when}{remark.says}")
    yield from _say_corrections(overview.corrections, page)
    yield from page.heading("Legal mixes")
    yield from _say_mixes(overview, page)


def _say_rule(rule: Rule, chosen: Qualification) -> Iterator[str]:
    yield rule.says
    yield rule.printed.figures()
    if str(rule.when):
        yield f"when {rule.when}"
    if rule.intended:
        yield f"or, as intended: {rule.intended.says}"
        yield rule.intended.kind.figures()
        yield f"why: {rule.intended.why}"
    # What the qualification says of all rules is not said again.
    source = "" if rule.source == chosen.source else rule.source
    own = UNKNOWN if rule.provenance == chosen.provenance else rule.provenance
    if known := say_provenance(source, own):
        yield known


def _say_mixes(overview: QualificationOverview, page: ExplainPage) -> Iterator[str]:
    smallest = overview.smallest
    if overview.mixes is None:
        yield from page.paragraph("too many to count in 1 GiB")
    elif smallest is None:
        yield from page.paragraph("none: the rules leave no mix")
    else:
        sums = say_sums(smallest.totals.sums_beside)
        mix = " ".join(unit.number for unit in smallest.units)
        entries = {
            "number": f"{overview.mixes:,}",
            "forced": " ".join(overview.of_kind("forced")) or "no unit",
            "impossible": " ".join(overview.of_kind("impossible")) or "no unit",
            "smallest": f"{mix}: {sums}",
        }
        for name, text in entries.items():
            yield from page.entry(name, [text], _column(entries))


def _say_corrections(slips: Sequence[Correction], page: ExplainPage) -> Iterator[str]:
    if slips:
        yield from page.heading("Slips of the print that are no rules")
    for slip in slips:
        printed = f"{slip.field} as printed: {slip.printed}; rather: {slip.intended}"
        yield from page.paragraph(f"{printed}; {slip.why}")


def _column(names: Iterable[str]) -> int:
    """Where the texts behind these names begin."""
    return len(INDENT) + min(max(map(len, names), default=0), 24) + 2
