"""`nvqplan count`: how many legal mixes there are, and how they are spread."""

from collections.abc import Mapping
from typing import Annotated

from nvqplan.cli import asking, options
from nvqplan.cli.asking import open_space, read_terms, read_wishes
from nvqplan.cli.session import Session
from nvqplan.cli.streams import new_canvas
from nvqplan.cli.writers import write_answer
from nvqplan.core.words import did_you_mean
from nvqplan.space.mixes import Space

BY_LEVEL = "level"

Spreads = Mapping[str, Mapping[int, int]]
"""By measure, and then by sum, how many mixes have it."""

ByOption = Annotated[
    str | None,
    options.option(
        "--by", "M", "How mixes are spread by credits, glh, units, level, or a numeric column."
    ),
]


@options.asks
def command(
    qualification: options.QualificationOption = None,
    level: options.LevelOption = None,
    by: ByOption = None,
    taken: asking.WithOption = None,
    left: asking.WithoutOption = None,
    max_glh: asking.MaxGlhOption = None,
    credits: asking.CreditsOption = None,
    minimal: asking.MinimalOption = False,
    *,
    scope: asking.MixOptions,
    format: Annotated[str, options.format_option("count")] = "text",
) -> None:
    """Count the legal mixes exactly, without listing them.

    \b
    Examples:
      nvqplan count -q l3-diploma --registered any
      nvqplan count -q l2-certificate --credits 28 --with 204 --max-glh 150
      nvqplan count --level 3 --by credits
      nvqplan count -q l1-award --minimal --reading intended --format json
    """
    session = Session(scope.data)
    chosen = session.qualification(qualification, level)
    wishes = read_wishes(session, chosen, taken, left, credits, max_glh)
    terms = read_terms(session, chosen, scope)
    space = open_space(session, chosen, terms, wishes, scope.memory, minimal=minimal)
    spreads = {name: space.count_by(each) for name, each in _measures(space, by).items()}
    asking.note_nothing(space)
    write_answer("count", format, space, spreads, terms=terms)


def count_text(space: Space, spreads: Spreads) -> str:
    """How many mixes there are, or how they are spread where that is asked for."""
    if not spreads:
        return f"{space.count():,}"
    from nvqplan.reports.tables import draw_spreads

    return draw_spreads(spreads, space.qualification.size.measure, new_canvas())


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
        raise options.wrong_value("--by", f"unknown measure '{by}'; {help}")
    return {} if by is None else {by: by}
