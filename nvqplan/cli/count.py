"""`nvqplan count`: how many legal mixes there are, and how they are spread."""

from collections.abc import Iterator, Mapping

import typer

from nvqplan.cli import learner_options, options
from nvqplan.cli.screen import new_canvas, write_results
from nvqplan.cli.session import Session
from nvqplan.core.names import did_you_mean
from nvqplan.rules.terms import Terms
from nvqplan.space.mixes import Space

BY_LEVEL = "level"


def command(
    qualification: options.Qualification = None,
    level: options.Level = None,
    by: options.By = None,
    taken: options.With = None,
    left: options.Without = None,
    max_glh: options.MaxGlh = None,
    credits: options.Credits = None,
    minimal: options.Minimal = False,
    registered: options.Registered = None,
    learner: learner_options.Learner = None,
    reading: options.Reading = "printed",
    data: options.Data = None,
    memory: options.Memory = None,
    format: options.CountFormat = "text",
) -> None:
    """Count the legal mixes exactly, without listing them.

    \b
    Examples:
      nvqplan count -q l3-diploma --registered any
      nvqplan count -q l2-certificate --credits 28 --with 204 --max-glh 150
      nvqplan count --level 3 --by credits
      nvqplan count -q l1-award --minimal --reading intended --format json
    """
    session = Session(data)
    chosen = session.qualification(qualification, level)
    wishes = session.wishes(chosen, taken, left, credits, max_glh)
    terms = session.terms(chosen, registered, reading, learner)
    space = session.space(chosen, terms, wishes, memory, minimal=minimal)
    spreads = {name: space.count_by(each) for name, each in _measures(space, by).items()}
    session.note_nothing(space)
    write_results(_write(space, terms, spreads, format))


def _write(
    space: Space, terms: Terms, spreads: Mapping[str, Mapping[int, int]], format: str
) -> Iterator[str]:
    if format == "json":
        from nvqplan.reports.documents import count_document, write_document

        yield write_document("count", count_document(space, terms, spreads))
    elif format == "csv":
        from nvqplan.reports.as_csv import count_csv

        yield count_csv(space.count(), spreads)
    elif spreads:
        from nvqplan.reports.tables import draw_spreads

        yield draw_spreads(spreads, space.qualification.size.measure, new_canvas())
    else:
        yield f"{space.count():,}"


def _measures(space: Space, by: str | None) -> dict[str, str | dict[str, int]]:
    """What to sum over: a level at a time, each over its own size."""
    qualification = space.qualification
    units, known = qualification.offering.units, (*qualification.offering.measures, BY_LEVEL)
    if by == BY_LEVEL:
        return {
            f"level {level}": {n: qualification.sizes[n] for n in units if units[n].level == level}
            for level in sorted({unit.level for unit in units.values()})
        }
    if by is not None and by not in known:
        help = did_you_mean(by, known) or f"known: {', '.join(known)}"
        raise typer.BadParameter(f"unknown measure '{by}'; {help}", param_hint="--by")
    return {} if by is None else {by: by}
