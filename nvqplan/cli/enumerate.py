"""`nvqplan enumerate`: every legal mix, one after another, or a part of them, or a sample."""

import os
import re
import sys
from collections.abc import Iterator
from itertools import count, islice
from typing import Annotated, Any, Literal

import typer

from nvqplan.cli import asking
from nvqplan.cli import options as shared
from nvqplan.cli.asking import open_space, read_terms, read_wishes
from nvqplan.cli.options import asks, wrong_value
from nvqplan.cli.session import Session
from nvqplan.cli.streams import open_results, terminal_width, write_notes
from nvqplan.cli.writers import find_writer
from nvqplan.core.units import Mix
from nvqplan.core.values import NamedTuple
from nvqplan.space.mixes import Space

MANY = 100_000_000
"""Rows of which hardly anybody wants all."""

BATCH = 256
"""Rows that are written together."""

SEARCHED = 1_000_000
"""More mixes than this python-constraint is not asked for: it would take minutes, or years."""

STEPS = 20_000_000
"""Nor is it left to search for longer than this many questions to the rules: about a minute."""

Chunks = Iterator[tuple[bytes, int]]
"""What to write, and how many mixes it is."""

Numbered = Iterator[tuple[int | None, Mix]]
"""Mixes with their number, the first of all being number 1; None where they have no order."""

LimitOption = Annotated[
    int | None, shared.option("--limit", "N", "List at most so many mixes.", min=0)
]
StartOption = Annotated[
    int | None, shared.option("--from", "I", "Begin with mix number I; see --hash.", min=1)
]
ShardOption = Annotated[
    str | None, shared.option("--shard", "I/N", "Part I of N equal parts, 1/8 to 8/8; see --hash.")
]
SampleOption = Annotated[
    int | None, shared.option("--sample", "N", "N mixes at random, all equally likely.", min=0)
]
SeedOption = Annotated[
    int | None,
    shared.option("--seed", "S", "Another seed draws another sample; left out: 0.", min=0),
]
SolverOption = Annotated[
    Literal["diagram", "backtracking"],
    typer.Option("--solver", help="Backtracking is python-constraint: in no order, much slower."),
]
SumsOption = Annotated[
    bool, typer.Option("--sums", help="CSV: number, credits and GLH of each mix too; slower.")
]


class ListingOptions(NamedTuple):
    """Everything that `enumerate` can be asked, in the order of its help."""

    qualification: shared.QualificationOption = None
    level: shared.LevelOption = None
    credits: asking.CreditsOption = None
    taken: asking.WithOption = None
    left: asking.WithoutOption = None
    max_glh: asking.MaxGlhOption = None
    minimal: asking.MinimalOption = False
    limit: LimitOption = None
    start: StartOption = None
    shard: ShardOption = None
    hash: asking.HashOption = None
    sample: SampleOption = None
    seed: SeedOption = None
    solver: SolverOption = "diagram"
    scope: asking.MixOptions = asking.MixOptions()
    format: Annotated[str, shared.format_option("enumerate")] = "table"
    sums: SumsOption = False
    output: shared.FileOption = None


@asks
def command(options: ListingOptions) -> None:
    """List legal mixes in a fixed order: all, a part, or a sample.

    Units stand in ascending order, but in CSV in the order by which mixes are numbered.

    \b
    Examples:
      nvqplan enumerate -q l1-award --limit 20
      nvqplan enumerate -q l2-certificate --credits 28 --format csv -o mixes.csv
      nvqplan enumerate --level 3 --sample 5 --seed 7 --format jsonl
      nvqplan enumerate --level 3 --minimal --shard 1/8 --hash 0123456789ab
    """
    session = Session(options.scope.data)
    chosen = session.qualification(options.qualification, options.level)
    taken, left = options.taken, options.left
    wishes = read_wishes(session, chosen, taken, left, options.credits, options.max_glh)
    _refuse_contradictions(options)
    terms = read_terms(session, chosen, options.scope)
    memory, minimal, hash = options.scope.memory, options.minimal, options.hash
    space = open_space(session, chosen, terms, wishes, memory, minimal=minimal, hash=hash)
    listing = _choose_mixes(space, options)
    asking.note_nothing(space)
    _note_numbers(space, listing)
    with open_results(options.output) as stream, _progress(listing.rows, options.output) as bar:
        for chunk, rows in _write(space, listing, options):
            stream.write(chunk)
            bar.update(rows)


def _refuse_contradictions(options: ListingOptions) -> None:
    """Refuse options that say two things at once, or nothing."""
    if options.seed is not None and options.sample is None:
        raise typer.BadParameter("--seed goes with --sample")
    ways = {"--from": options.start, "--shard": options.shard, "--sample": options.sample}
    given = [option for option, value in ways.items() if value is not None]
    if len(given) > 1 or (options.sample is not None and options.limit is not None):
        raise typer.BadParameter(f"give {' or '.join([*given, '--limit'][:2])}, not both")
    beyond = [*given, *["--hash"] * bool(options.hash), *["--minimal"] * options.minimal]
    if options.solver == "backtracking" and beyond:
        raise typer.BadParameter(f"{beyond[0]} does not go with --solver backtracking")
    if options.sums and options.format != "csv":
        raise typer.BadParameter("--sums goes with --format csv")


class Listing(NamedTuple):
    """The mixes that are wanted: how many, and from which to which where they follow each other."""

    rows: int
    bounds: tuple[int, int] | None
    mixes: Numbered
    numbered: bool = True


def _choose_mixes(space: Space, options: ListingOptions) -> Listing:
    """What the options ask for of this space; refuses what is not there."""
    if options.solver == "backtracking":
        return _searched(space, options.limit)
    if options.sample is not None:
        return _sampled(space, options.sample, options.seed or 0)
    first, last = _bounds(space, options)
    mixes = zip(count(first + 1), space.slice(first, last), strict=False)
    return Listing(last - first, (first, last), mixes)


def _bounds(space: Space, options: ListingOptions) -> tuple[int, int]:
    """The numbers, from 0 on, of the first mix and of the one after the last."""
    first, last = 0, space.diagram.count()
    if options.shard is not None:
        numbers = re.fullmatch(r"(\d{1,18})/(\d{1,18})", options.shard)
        if numbers is None or not 1 <= int(numbers[1]) <= int(numbers[2]):
            raise wrong_value("--shard", f"'{options.shard}' is no part such as 1/8, 2/8 … 8/8")
        first, last = space.shard_bounds(int(numbers[1]) - 1, int(numbers[2]))
    elif options.start is not None:
        if options.start > max(last, 1):
            raise wrong_value("--from", f"there are only {last:,} mixes")
        first = options.start - 1
    return first, last if options.limit is None else min(last, first + options.limit)


def _sampled(space: Space, size: int, seed: int) -> Listing:
    if size > space.count():
        raise wrong_value("--sample", f"there are only {space.count():,} mixes")
    mixes = ((number + 1, space.nth(number)) for number in space.draw(size, seed))
    return Listing(size, None, mixes)


def _searched(space: Space, limit: int | None) -> Listing:
    """Mixes that python-constraint finds; refused where it would hardly come to an end."""
    rows = space.count() if limit is None else min(space.count(), limit)
    if rows > SEARCHED:
        message = (
            f"there are {space.count():,} mixes, more than backtracking lists in minutes:"
            f" ask for at most {SEARCHED:,} of them, or leave it to the diagram"
        )
        raise wrong_value("--solver", message)
    return Listing(rows, None, _search(space, rows), numbered=False)


def _search(space: Space, rows: int) -> Numbered:
    from nvqplan.solving.problem import UnfinishedError

    try:
        for mix in islice(space.search(STEPS), rows):
            yield None, mix
    except UnfinishedError:
        why = f"there are {rows:,} such mixes, the diagram lists them at once"
        write_notes([f"nvqplan: backtracking has not come to an end in {STEPS:,} steps; {why}"])
        raise typer.Exit(2) from None


def _note_numbers(space: Space, listing: Listing) -> None:
    """How many mixes are listed of how many, and what their numbers depend on."""
    if not listing.rows:
        return
    numbered = f"; numbers hold for --hash {space.fingerprint}" if listing.numbered else ""
    fewer = "; --limit or --sample lists fewer" if listing.rows > MANY else ""
    write_notes([f"note: {listing.rows:,} of {space.count():,} mixes{numbered}{fewer}"])


def _progress(rows: int, output: str | None) -> Any:
    """A bar on standard error, where somebody watches it and no results run through it."""
    watched = sys.stderr is not None and sys.stderr.isatty()
    is_shared = output is None and sys.stdout.isatty()
    return typer.progressbar(
        length=rows,
        label=f"{rows:,} mixes",
        file=sys.stderr,
        hidden=not watched or is_shared or os.environ.get("TERM") == "dumb",
        show_pos=True,
        width=0,
    )


def _write(space: Space, listing: Listing, options: ListingOptions) -> Chunks:
    """Write row by row in any format.

    Plain CSV comes as fast as it can be had: one text a node, copied with whatever leads to it.
    """
    if options.format == "csv" and not options.sums and listing.bounds is not None:
        yield b"units", 0
        yield from space.lines(*listing.bounds)
        yield b"\n", 0
        return
    from nvqplan.reports.mix_rows import RowPage, rows, shown_measures

    last = listing.bounds[1] if listing.bounds else space.count()
    page = RowPage(shown_measures(space), last, terminal_width(), options.sums)
    layout = find_writer("enumerate", options.format)(page)
    if layout.head:
        yield f"{layout.head}\n".encode(), 0
    lines = map(layout.line, rows(space, listing.mixes, ascend=options.format != "csv"))
    while batch := list(islice(lines, BATCH)):
        yield "\n".join([*batch, ""]).encode(), len(batch)
