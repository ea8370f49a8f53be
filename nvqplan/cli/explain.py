"""`nvqplan explain`: what a code or a word means, what a unit or a qualification is."""

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from nvqplan.cli import options
from nvqplan.cli.streams import new_painter, terminal_width, write_results
from nvqplan.cli.writers import write_answer
from nvqplan.core.codes import CODES
from nvqplan.core.findings import Findings, Located, Location
from nvqplan.core.glossary import GlossaryEntry, all_names, find_entry, join_names
from nvqplan.core.units import Unit
from nvqplan.core.words import did_you_mean
from nvqplan.rules.qualification import Qualification
from nvqplan.rules.terms import Terms

if TYPE_CHECKING:
    from nvqplan.cli.session import Session
    from nvqplan.explaining.overviews import Explained
    from nvqplan.explaining.text import ExplainPage

Thing = str | GlossaryEntry | Unit | Qualification
"""What a name can be of: a code is its own name."""

NamesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[CODE|WORD|UNIT|QUALIFICATION]…",
        help="What to explain.",
        autocompletion=options.completing("names"),
    ),
]


def command(
    names: NamesArgument = None,
    registered: options.RegisteredOption = None,
    reading: options.ReadingOption = "printed",
    data: options.DataOption = None,
    format: Annotated[str, options.format_option("explain")] = "text",
) -> None:
    """Explain a code, a word, a unit or a qualification.

    Without a name it lists the codes. A word is one that nvqplan prints or asks for, such as barred
    or GLH. Of a unit or a qualification it tells every rule that speaks of it, and how it stands in
    all legal mixes.

    \b
    Examples:
      nvqplan explain NVQ301
      nvqplan explain 204 H/503/0398
      nvqplan explain GLH rule of combination
      nvqplan explain l3-diploma --registered any
      nvqplan explain --format json
    """
    terms = Terms(options.parse_registered(registered), None, reading)
    if not names:
        _list_codes(format)
        return
    written = [name for part in " ".join(names).split(",") for name in join_names(part.split())]
    if not written:
        raise options.wrong_value("NAMES", "names nothing")
    known = [_find_without_rulebook(name) for name in written]
    if all(known) and not _are_named_in(data, written):
        write_answer("explain", format, [each for found in known for each in found])
        return
    from nvqplan.cli.session import Session

    session = Session(data)
    things = [thing for each in _locate(written, session) for thing in _find(each, session)]
    session.refuse_if_found()
    write_answer("explain", format, _draw(things, session, terms))


def _list_codes(format: str) -> None:
    """List all codes, which text does in short."""
    if format == "text":
        from nvqplan.explaining.text import list_codes

        write_results(list_codes(_page()))
    else:
        write_answer("explain", format, CODES)


def _find_without_rulebook(name: str) -> tuple[str | GlossaryEntry, ...]:
    """The code or the word of this name, which need no rulebook, least of all a sound one."""
    entry = find_entry(name)
    return (name.upper(),) if name.upper() in CODES else (entry,) if entry else ()


def _are_named_in(data: str | None, names: Iterable[str]) -> bool:
    """Whether a centre's own rulebook calls a unit or a qualification by one of these words."""
    words = [name for name in names if find_entry(name)]
    if data is None or not words:
        return False
    from nvqplan.core.sources import Sources
    from nvqplan.reading.rulebook import read_rulebook

    rulebook = read_rulebook(data, Sources(), Findings())
    return rulebook is not None and any(
        rulebook.named(word) or rulebook.catalogue.named(word) for word in words
    )


def _locate(names: Iterable[str], session: "Session") -> Iterator[Located]:
    """The names, each with its place on the command line."""
    column = session.sources.remember_option("NAMES", ",".join(names))
    for name in names:
        yield Located(name, Location("NAMES", 1, column), name)
        column += len(name) + 1


def _find(written: Located, session: "Session") -> tuple[Thing, ...]:
    """Everything that has this name; where nothing has, the nearest that something has."""
    name, rulebook = written.text, session.rulebook
    units = tuple(rulebook.catalogue.units[each] for each in rulebook.catalogue.named(name))
    found = (*_find_without_rulebook(name), *rulebook.named(name), *units)
    if not found:
        known = [*CODES, *rulebook.catalogue.units, *all_names()]
        known += [each for chosen in rulebook.qualifications for each in chosen.names]
        help = did_you_mean(name, known) or "nvqplan units and nvqplan rules list what there is"
        message = f"there is no code, word, unit or qualification '{name}'"
        session.found.add(written, "NVQ201", message, help, name)
    return found


def _draw(things: Iterable[Thing], session: "Session", terms: Terms) -> "list[Explained]":
    """Each unit and qualification with all that the rulebook knows of it."""
    from nvqplan.cli.asking import note_open, note_window
    from nvqplan.explaining.overviews import qualification_overview, unit_overview

    rulebook, successors = session.rulebook, session.successors()
    drawn: list[Explained] = []
    concerned: dict[str, Qualification] = {}
    for thing in things:
        if isinstance(thing, Unit):
            drawn.append(overview := unit_overview(thing, rulebook, terms, successors))
            concerned |= {each.qualification.id: each.qualification for each in overview.standings}
        elif isinstance(thing, Qualification):
            drawn.append(qualification_overview(thing, rulebook.corrections, terms))
            concerned[thing.id] = thing
        else:
            drawn.append(thing)
    for qualification in concerned.values():
        note_window(terms, qualification)
        note_open(terms, qualification)
    return drawn


def explain_text(explained: "Iterable[Explained]") -> Iterator[str]:
    """One explanation below the other, as wide as the terminal."""
    from nvqplan.explaining.text import say

    page = _page()
    for index, each in enumerate(explained):
        if index:
            yield ""
        yield from say(each, page)


def _page() -> "ExplainPage":
    from nvqplan.explaining.text import ExplainPage

    return ExplainPage(terminal_width(), new_painter(sys.stdout))
