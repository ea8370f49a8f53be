"""`nvqplan enumerate`: every legal mix, one after another."""

import os
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

import typer

from nvqplan.cli import learner_options, options
from nvqplan.cli.parts import Listing, ListingOptions, choose_mixes
from nvqplan.cli.screen import terminal_width, write_notes
from nvqplan.cli.session import Session
from nvqplan.cli.streams import open_results
from nvqplan.space.mixes import Space

MANY = 100_000_000
"""Rows of which hardly anybody wants all."""

BATCH = 256
"""Rows that are written together."""

Chunks = Iterator[tuple[bytes, int]]
"""What to write, and how many mixes it is."""


def command(
    qualification: options.Qualification = None,
    level: options.Level = None,
    credits: options.Credits = None,
    taken: options.With = None,
    left: options.Without = None,
    max_glh: options.MaxGlh = None,
    minimal: options.Minimal = False,
    limit: options.Limit = None,
    start: options.Start = None,
    shard: options.Shard = None,
    hash: options.Hash = None,
    sample: options.Sample = None,
    seed: options.Seed = None,
    solver: options.Solver = "diagram",
    registered: options.Registered = None,
    learner: learner_options.Learner = None,
    reading: options.Reading = "printed",
    data: options.Data = None,
    memory: options.Memory = None,
    format: options.RowFormat = "table",
    sums: options.Sums = False,
    output: options.Output = None,
) -> None:
    """List legal mixes in a fixed order: all, a part, or a sample.

    Units stand in ascending order, but in CSV in the order by which mixes are numbered.

    \b
    Examples:
      nvqplan enumerate -q l1-award --limit 20
      nvqplan enumerate -q l2-certificate --credits 28 --format csv -o mixes.csv
      nvqplan enumerate --level 3 --sample 5 --seed 7 --format jsonl
      nvqplan enumerate --level 3 --minimal --shard 1/8 --hash 0123456789ab
    """
    session = Session(data)
    chosen = session.qualification(qualification, level)
    wishes = session.wishes(chosen, taken, left, credits, max_glh)
    wanted = ListingOptions(limit, start, shard, sample, seed, hash, solver == "backtracking")
    _check(wanted, format, minimal=minimal, sums=sums)
    terms = session.terms(chosen, registered, reading, learner)
    space = session.space(chosen, terms, wishes, memory, minimal=minimal)
    listing = choose_mixes(space, wanted)
    session.note_nothing(space)
    _note_numbers(space, listing)
    chunks = _write(space, listing, format, sums=sums)
    with open_results(output) as stream, _progress(listing.rows, output) as bar:
        for chunk, rows in chunks:
            stream.write(chunk)
            bar.update(rows)


def _check(wanted: ListingOptions, format: str, *, minimal: bool, sums: bool) -> None:
    wanted.check(minimal=minimal)
    if sums and format != "csv":
        raise typer.BadParameter("--sums goes with --format csv")


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
    shared = output is None and sys.stdout.isatty()
    return typer.progressbar(
        length=rows,
        label=f"{rows:,} mixes",
        file=sys.stderr,
        hidden=not watched or shared or os.environ.get("TERM") == "dumb",
        show_pos=True,
        width=0,
    )


def _write(space: Space, listing: Listing, format: str, *, sums: bool) -> Chunks:
    if format == "csv" and not sums and listing.bounds is not None:
        return _copied(space, *listing.bounds)
    return _rendered(space, listing, format, sums=sums)


def _copied(space: Space, first: int, last: int) -> Chunks:
    """CSV as fast as it can be had: one text a node, copied with whatever leads to the node."""
    yield b"units", 0
    yield from space.lines(first, last)
    yield b"\n", 0


def _rendered(space: Space, listing: Listing, format: str, *, sums: bool) -> Chunks:
    """Row by row in any format."""
    from nvqplan.reports.mix_rows import RowWriter, rows, shown_measures

    last = listing.bounds[1] if listing.bounds else space.count()
    written = RowWriter(format, last, terminal_width(), shown_measures(space), sums=sums)
    if written.head:
        yield f"{written.head}\n".encode(), 0
    found = map(written.line, rows(space, listing.mixes, ascend=format != "csv"))
    while batch := list(islice(found, BATCH)):
        yield "\n".join([*batch, ""]).encode(), len(batch)
