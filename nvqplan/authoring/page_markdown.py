"""A page of blocks as Markdown."""

from collections.abc import Iterable, Iterator, Sequence

from nvqplan.authoring.rulebook_page import Block, Heading, Table, Text
from nvqplan.core.words import markdown


def page_markdown(pages: Iterable[Iterable[Block]]) -> Iterator[str]:
    """The lines of all pages, one behind the other."""
    for page in pages:
        for block in page:
            yield from _block(block)
            yield ""


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {markdown(block.text)}"
    elif isinstance(block, Text):
        yield markdown(block.text)
    else:
        yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    width = len(table.heads)
    yield _row(table.heads)
    yield "|" + "|".join("--:" if i in table.figures else ":--" for i in range(width)) + "|"
    yield from map(_row, table.rows)
    if table.total:
        cells = (*table.total, *("" for _ in range(width - len(table.total))))
        yield "| " + " | ".join(f"**{markdown(cell)}**" if cell else "" for cell in cells) + " |"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(markdown, cells))} |"
