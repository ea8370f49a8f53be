"""`nvqplan count`: how many legal mixes there are."""

import re

import typer

from nvqplan.cli import options
from nvqplan.cli.desk import Desk
from nvqplan.cli.screen import write_results
from nvqplan.qualification import Terms
from nvqplan.space import Space
from nvqplan.wishes import Wishes

Bounds = tuple[int | None, int | None]


def _parse_credits(written: str | None) -> Bounds:
    """`42`, `42..45`, `42..` or `..45`."""
    if written is None:
        return None, None
    told = re.fullmatch(r"(\d{1,9})|(\d{0,9})\.\.(\d{0,9})", written)
    if told is None or written == "..":
        message = f"'{written}' is neither a number such as 42 nor a range such as 42..45"
        raise typer.BadParameter(message, param_hint="--credits")
    if told[1]:
        return int(told[1]), int(told[1])
    least, most = (int(bound) if bound else None for bound in (told[2], told[3]))
    if least is not None and most is not None and least > most:
        raise typer.BadParameter(f"{least} is more than {most}", param_hint="--credits")
    return least, most


def command(
    qualification: options.Qualification = None,
    level: options.Level = None,
    taken: options.With = None,
    left: options.Without = None,
    max_glh: options.MaxGlh = None,
    credits: options.Credits = None,
    registered: options.Registered = None,
    reading: options.Reading = "printed",
    data: options.Data = None,
    format: options.TextFormat = "text",
) -> None:
    """Count the legal mixes exactly, without listing them.

    \b
    Examples:
      nvqplan count -q l3-diploma --registered any
      nvqplan count -q l2-certificate --credits 28 --with 204 --max-glh 150
      nvqplan count -q l1-award --reading intended --format json
    """
    desk = Desk(data)
    chosen = desk.qualification(qualification, level)
    wishes = Wishes(
        taken=desk.units("--with", taken, chosen),
        left=desk.units("--without", left),
        credits=_parse_credits(credits),
        max_glh=max_glh,
    )
    desk.refuse_if_found()
    terms = Terms(options.parse_registered(registered), None, reading)
    desk.note_window(terms, chosen)
    space = Space(chosen, terms.learner(chosen), terms.rules_read_as_intended(chosen), wishes)
    if format == "json":
        from nvqplan.reports.documents import count_document, write_document

        write_results([write_document("count", count_document(chosen, terms, space.count()))])
    else:
        write_results([f"{space.count():,}"])
