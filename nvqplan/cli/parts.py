"""Which of all mixes a listing is to hold: from where on, which part, or a sample."""

import re
from collections.abc import Iterator
from itertools import count, islice
from typing import NamedTuple

import typer

from nvqplan.cli.screen import write_notes
from nvqplan.core.units import Mix
from nvqplan.space.mixes import Space

SEARCHED = 1_000_000
"""More mixes than this python-constraint is not asked for: it would take minutes, or years."""

STEPS = 20_000_000
"""Nor is it left to search for longer than this many questions to the rules: about a minute."""

Numbered = Iterator[tuple[int | None, Mix]]
"""Mixes with their number, the first of all being number 1; None where they have no order."""


class ListingOptions(NamedTuple):
    """What the options of a listing ask for; numbers start at 1, as people count."""

    limit: int | None = None
    start: int | None = None
    shard: str | None = None
    sample: int | None = None
    seed: int | None = None
    hash: str | None = None
    searched: bool = False

    def check(self, *, minimal: bool) -> None:
        """Refuse options that say two things at once, or nothing."""
        if self.seed is not None and self.sample is None:
            raise typer.BadParameter("--seed goes with --sample")
        ways = {"--from": self.start, "--shard": self.shard, "--sample": self.sample}
        given = [option for option, value in ways.items() if value is not None]
        if len(given) > 1 or (self.sample is not None and self.limit is not None):
            raise typer.BadParameter(f"give {' or '.join([*given, '--limit'][:2])}, not both")
        beyond = [*given, *["--hash"] * bool(self.hash), *["--minimal"] * minimal]
        if self.searched and beyond:
            raise typer.BadParameter(f"{beyond[0]} does not go with --solver backtracking")


class Listing(NamedTuple):
    """The mixes that are wanted: how many, and from which to which where they follow each other."""

    rows: int
    bounds: tuple[int, int] | None
    mixes: Numbered
    numbered: bool = True


def choose_mixes(space: Space, wanted: ListingOptions) -> Listing:
    """What the options ask for of this space; refuses what is not there."""
    if wanted.searched:
        return _searched(space, wanted.limit)
    check_hash(space, wanted.hash)
    if wanted.sample is not None:
        return _sampled(space, wanted.sample, wanted.seed or 0)
    first, last = _bounds(space, wanted)
    mixes = zip(count(first + 1), space.slice(first, last), strict=False)
    return Listing(last - first, (first, last), mixes)


def check_hash(space: Space, hash: str | None) -> None:
    """Refuse numbers that were noted under other rules, wishes or choices."""
    if hash is not None and hash.lower() != space.fingerprint:
        message = f"rules or wishes are not the same: here numbers hold for {space.fingerprint}"
        raise typer.BadParameter(message, param_hint="--hash")


def _bounds(space: Space, wanted: ListingOptions) -> tuple[int, int]:
    """The numbers, from 0 on, of the first mix wanted and of the one after the last."""
    first, last = 0, space.diagram.count()
    if wanted.shard is not None:
        told = re.fullmatch(r"(\d{1,18})/(\d{1,18})", wanted.shard)
        if told is None or not 1 <= int(told[1]) <= int(told[2]):
            message = f"'{wanted.shard}' is no part such as 1/8, 2/8 … 8/8"
            raise typer.BadParameter(message, param_hint="--shard")
        first, last = space.shard_bounds(int(told[1]) - 1, int(told[2]))
    elif wanted.start is not None:
        if wanted.start > max(last, 1):
            message = f"there are only {last:,} mixes"
            raise typer.BadParameter(message, param_hint="--from")
        first = wanted.start - 1
    return first, last if wanted.limit is None else min(last, first + wanted.limit)


def _sampled(space: Space, size: int, seed: int) -> Listing:
    if size > space.count():
        raise typer.BadParameter(f"there are only {space.count():,} mixes", param_hint="--sample")
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
        raise typer.BadParameter(message, param_hint="--solver")
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
