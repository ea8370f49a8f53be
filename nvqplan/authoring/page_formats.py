"""A page of blocks as Markdown, and as HTML that needs no other file and prints on A4."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from nvqplan.authoring.rulebook_page import Block, Heading, Table
from nvqplan.authoring.templates import template
from nvqplan.core.words import markdown, printable


def page_markdown(_title: str, pages: Iterable[Iterable[Block]]) -> Iterator[str]:
    """The lines of all pages, one behind the other."""
    for page in pages:
        for block in page:
            yield from _block(block)
            yield ""


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {markdown(block.text)}"
    elif isinstance(block, str):
        yield markdown(block)
    else:
        yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    columns = range(len(table.heads))
    yield _row(table.heads)
    yield f"|{'|'.join('--:' if i in table.figures else ':--' for i in columns)}|"
    yield from map(_row, table.rows)
    if table.total:
        bold = (f"**{markdown(cell)}**" if cell else "" for cell in table.total)
        yield f"| {' | '.join(bold)} |"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(markdown, cells))} |"


def page_html(title: str, pages: Iterable[Iterable[Block]]) -> Iterator[str]:
    """The lines of one document, each page a section that begins on a new sheet."""
    before, after = template("page.html").split("$sections\n")
    yield before.replace("$title", _escape(title)).rstrip("\n")
    for page in pages:
        yield "<section>"
        for block in page:
            yield from _html_block(block)
        yield "</section>"
    yield after.rstrip("\n")


def _html_block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"<h{block.level}>{_escape(block.text)}</h{block.level}>"
    elif isinstance(block, str):
        yield f"<p>{_escape(block)}</p>"
    else:
        yield from _html_table(block)


def _html_table(table: Table) -> Iterator[str]:
    yield "<table>"
    yield f"<thead>{_html_row('th', table.heads, table)}</thead>"
    yield "<tbody>"
    yield from (_html_row("td", row, table) for row in table.rows)
    yield "</tbody>"
    if table.total:
        yield f"<tfoot>{_html_row('td', table.total, table)}</tfoot>"
    yield "</table>"


def _html_row(tag: str, cells: Sequence[str], table: Table) -> str:
    figure = ' class="figure"'
    written = (
        f"<{tag}{figure if index in table.figures else ''}>{_escape(cell)}</{tag}>"
        for index, cell in enumerate(cells)
    )
    return f"<tr>{''.join(written)}</tr>"


def _escape(text: str) -> str:
    return escape(printable(text))
