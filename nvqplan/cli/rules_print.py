"""`nvqplan rules print`: the rules as a page to hold against the print."""

from typing import Annotated

from nvqplan.authoring.rulebook_page import page_of
from nvqplan.cli import options
from nvqplan.cli.session import Session
from nvqplan.cli.streams import open_results
from nvqplan.cli.writers import written


def command(
    qualification: options.QualificationOption = None,
    level: options.LevelOption = None,
    data: options.DataOption = None,
    format: Annotated[
        str, options.format_option("rules print", help="A page for an editor or a browser.")
    ] = "markdown",
    output: options.FileOption = None,
) -> None:
    """Write rules and units as a page.

    Its author holds it against the print line by line: what the qualification is, every unit of
    every group, every rule with figures, source, readings and dates, and the known slips. HTML
    needs no other file and prints on A4. Both are UTF-8, wherever they go.

    \b
    Examples:
      nvqplan rules print -q l3-diploma
      nvqplan rules print -q l3-diploma --format html -o l3-diploma.html
      nvqplan rules print --data rulebook --format html -o rulebook.html
    """
    session = Session(data)
    chosen = session.qualifications(qualification, level)
    title = "; ".join(each.title for each in chosen)
    pages = (page_of(each, session.corrections([each])) for each in chosen)
    with open_results(output) as file:
        for line in written("rules print", format, title, pages):
            file.write(f"{line}\n".encode())
