"""`nvqplan rules print`: the rules as a page to hold against the print."""

from collections.abc import Iterator, Sequence

from nvqplan.authoring.page_formats import page_html, page_markdown
from nvqplan.authoring.rulebook_page import Block, page_of
from nvqplan.cli import options, rules_options
from nvqplan.cli.session import Session
from nvqplan.cli.streams import open_results
from nvqplan.rules.qualification import Qualification, Rulebook


def command(
    qualification: options.Qualification = None,
    level: options.Level = None,
    data: options.Data = None,
    format: rules_options.Page = "markdown",
    output: options.Output = None,
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
    chosen = session.rulebook.qualifications
    if qualification is not None or level is not None:
        chosen = (session.qualification(qualification, level),)
    with open_results(output) as file:
        for line in _write(session.rulebook, chosen, format):
            file.write(f"{line}\n".encode())


def _write(rulebook: Rulebook, chosen: Sequence[Qualification], format: str) -> Iterator[str]:
    pages = (_page(rulebook, each) for each in chosen)
    if format == "html":
        return page_html("; ".join(each.title for each in chosen), pages)
    return page_markdown(pages)


def _page(rulebook: Rulebook, qualification: Qualification) -> Iterator[Block]:
    about = {qualification.id, *qualification.offering.units}
    return page_of(qualification, [each for each in rulebook.corrections if each.subject in about])
