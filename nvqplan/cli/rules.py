"""`nvqplan rules`: the rules of combination in words, with their sources and readings."""

from typing import Annotated

from nvqplan.cli import options
from nvqplan.cli.session import Session
from nvqplan.cli.writers import write_answer


def command(
    qualification: options.QualificationOption = None,
    level: options.LevelOption = None,
    data: options.DataOption = None,
    format: Annotated[str, options.format_option("rules")] = "table",
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
    chosen = session.qualifications(qualification, level)
    write_answer("rules", format, chosen, session.corrections(chosen))
