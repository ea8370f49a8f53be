"""`nvqplan units`: the catalogue, searched."""

from collections.abc import Iterator, Mapping, Sequence

import typer

from nvqplan.cli import learner_options, options
from nvqplan.cli.configuring import is_given
from nvqplan.cli.screen import new_canvas, write_results
from nvqplan.cli.session import Session
from nvqplan.core.units import Unit
from nvqplan.rules.lookup import UnitListing, find_topics, list_unit
from nvqplan.space.mixes import Frequency


def command(
    context: typer.Context,
    words: options.Words = None,
    qualification: options.Qualification = None,
    topic: options.Topic = None,
    level: options.UnitLevel = None,
    share: options.Share = False,
    taken: options.With = None,
    left: options.Without = None,
    registered: options.Registered = None,
    learner: learner_options.Learner = None,
    reading: options.Reading = "printed",
    data: options.Data = None,
    memory: options.Memory = None,
    format: options.TableFormat = "table",
) -> None:
    """List the units of the catalogue, or those that fit.

    --share tells in how many legal mixes each stands, after the choices --with and --without.

    \b
    Examples:
      nvqplan units complaint
      nvqplan units -q l3-diploma --topic sales
      nvqplan units -q l3-diploma --share --with 204,305
      nvqplan units bespoke software --level 3 --format csv
    """
    _check(context, share=share, named=bool(qualification))
    session = Session(data)
    chosen = session.qualification(qualification, None) if qualification else None
    rulebook = session.rulebook
    topics = find_topics(session.written("--topic", topic), rulebook.catalogue, session.found)
    status: Mapping[str, Frequency] = {}
    if chosen and share:
        terms = session.terms(chosen, registered, reading, learner)
        space = session.space(chosen, terms, session.wishes(chosen, taken, left), memory)
        status = session.note_nothing(space).status()
    session.refuse_if_found()
    units = [
        unit
        for unit in rulebook.catalogue.units.values()
        if (chosen is None or unit.number in chosen.offering.units)
        and (not topic or unit.number in topics)
        and (level is None or unit.level == level)
        and _has_words(unit, words or ())
    ]
    qualifications = (chosen,) if chosen else rulebook.qualifications
    successors = session.successors()
    entries = [list_unit(unit, qualifications, rulebook.corrections, successors) for unit in units]
    write_results(_write(entries, status, format))


def _check(context: typer.Context, *, share: bool, named: bool) -> None:
    for_share = ("taken", "left", "registered", "learner", "reading", "memory")
    if not share and any(is_given(context, name) for name in for_share):
        with_share = "--with, --without, --registered, --learner, --reading and --memory"
        raise typer.BadParameter(f"{with_share} go with --share")
    if share and not named:
        raise typer.BadParameter("--share needs a qualification: name it with -q")


def _has_words(unit: Unit, words: Sequence[str]) -> bool:
    text = " ".join((unit.number, unit.uan, unit.title, *unit.topics, *unit.nos)).casefold()
    return all(word.casefold() in text for word in words)


def _write(
    entries: Sequence[UnitListing], status: Mapping[str, Frequency], format: str
) -> Iterator[str]:
    if format == "json":
        from nvqplan.reports.documents import units_document, write_document

        yield write_document("units", units_document(entries, status))
    elif format == "csv":
        from nvqplan.reports.as_csv import units_csv

        yield units_csv(entries, status)
    else:
        from nvqplan.reports.tables import draw_units

        yield draw_units(entries, status, new_canvas())
