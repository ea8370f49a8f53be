"""`nvqplan rules`: the rules of combination in words, with their sources and readings."""

from collections.abc import Iterator, Sequence

from nvqplan.cli import options
from nvqplan.cli.screen import new_canvas, write_results
from nvqplan.cli.session import Session
from nvqplan.rules.qualification import Correction, Qualification


def command(
    qualification: options.Qualification = None,
    level: options.Level = None,
    data: options.Data = None,
    format: options.TableFormat = "table",
) -> None:
    """Tell the rules of combination, in words and figures.

    Each comes with its source, and a misprinted or open one with its other reading and why.

    \b
    Examples:
      nvqplan rules
      nvqplan rules -q l2-certificate
      nvqplan rules --level 4 --format json
    """
    session = Session(data)
    chosen = session.rulebook.qualifications
    if qualification is not None or level is not None:
        chosen = (session.qualification(qualification, level),)
    about = {name for each in chosen for name in (each.id, *each.offering.units)}
    corrections = [each for each in session.rulebook.corrections if each.subject in about]
    write_results(_write(chosen, corrections, format))


def _write(
    chosen: Sequence[Qualification], corrections: Sequence[Correction], format: str
) -> Iterator[str]:
    if format == "json":
        from nvqplan.reports.documents import rules_document, write_document

        yield write_document("rules", rules_document(chosen, corrections))
    elif format == "csv":
        from nvqplan.reports.as_csv import rules_csv

        yield rules_csv(chosen)
    else:
        from nvqplan.reports.tables import draw_rules

        yield draw_rules(chosen, corrections, new_canvas())
