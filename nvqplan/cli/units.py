"""`nvqplan units`: the catalogue, searched."""

from collections.abc import Iterator, Sequence

from nvqplan.cli import options
from nvqplan.cli.desk import Desk
from nvqplan.cli.screen import new_canvas, write_results
from nvqplan.lookup import Entry, find_topics, list_unit
from nvqplan.units import Unit


def command(
    words: options.Words = None,
    qualification: options.Qualification = None,
    topic: options.Topic = None,
    level: options.UnitLevel = None,
    data: options.Data = None,
    format: options.TableFormat = "table",
) -> None:
    """List the units of the catalogue, or those that fit.

    \b
    Examples:
      nvqplan units complaint
      nvqplan units -q l3-diploma --topic sales
      nvqplan units bespoke software --level 3 --format csv
    """
    desk = Desk(data)
    chosen = desk.qualification(qualification, None) if qualification else None
    topics = find_topics(desk.written("--topic", topic), desk.rulebook.catalogue, desk.found)
    desk.refuse_if_found()
    units = [
        unit
        for unit in desk.rulebook.catalogue.units.values()
        if (chosen is None or unit.number in chosen.offering.units)
        and (not topic or unit.number in topics)
        and (level is None or unit.level == level)
        and _has_words(unit, words or ())
    ]
    qualifications = (chosen,) if chosen else desk.rulebook.qualifications
    successors = desk.successors()
    entries = [
        list_unit(unit, qualifications, desk.rulebook.corrections, successors) for unit in units
    ]
    write_results(_write(entries, format))


def _has_words(unit: Unit, words: Sequence[str]) -> bool:
    text = " ".join((unit.number, unit.uan, unit.title, *unit.topics, *unit.nos)).casefold()
    return all(word.casefold() in text for word in words)


def _write(entries: Sequence[Entry], format: str) -> Iterator[str]:
    if format == "json":
        from nvqplan.reports.documents import units_document, write_document

        yield write_document("units", units_document(entries))
    elif format == "csv":
        from nvqplan.reports.as_csv import units_csv

        yield units_csv(entries)
    else:
        from nvqplan.reports.tables import draw_units

        yield draw_units(entries, new_canvas())
