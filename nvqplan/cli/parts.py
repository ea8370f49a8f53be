"""Which of all mixes a listing is to hold: from where on, which part, or a sample."""

import re
from collections.abc import Iterator
from itertools import count, islice
from typing import NamedTuple

import typer

from nvqplan.space import Space
from nvqplan.units import Mix

SEARCHED = 1_000_000
"""More mixes than this python-constraint is not asked for: it would take minutes, or years."""

Numbered = Iterator[tuple[int | None, Mix]]
"""Mixes with their number, the first of all being number 1; None where they have no order."""


class Wanted(NamedTuple):
    """What the options of a listing ask for; numbers start at 1, as people count."""

    limit: int | None = None
    start: int | None = None
    shard: str | None = None
    sample: int | None = None
    seed: int = 0
    hash: str | None = None
    searched: bool = False

    def check(self, *, minimal: bool) -> None:
        """Refuse options that say two things at once."""
        ways = {"--from": self.start, "--shard": self.shard, "--sample": self.sample}
        given = [option for option, value in ways.items() if value is not None]
        if len(given) > 1 or (self.sample is not None and self.limit is not None):
            message = f"{' and '.join([*given, '--limit'][:2])} say two things: give one of them"
            raise typer.BadParameter(message)
        numbered = [*given, *["--hash"] * bool(self.hash), *["--minimal"] * minimal]
        if self.searched and numbered:
            message = f"{numbered[0]} does not go with backtracking, which knows no order"
            raise typer.BadParameter(message)


class Listing(NamedTuple):
    """The mixes that are wanted: how many, and from which to which where they follow each other."""

    rows: int
    bounds: tuple[int, int] | None
    mixes: Numbered


def choose_mixes(space: Space, wanted: Wanted) -> Listing:
    """What the options ask for of this space; refuses what is not there."""
    if wanted.searched:
        return _searched(space, wanted.limit)
    if wanted.hash not in (None, space.fingerprint):
        message = f"the rules or the wishes are not the same: numbers hold for {space.fingerprint}"
        raise typer.BadParameter(message, param_hint="--hash")
    if wanted.sample is not None:
        return _sampled(space, wanted.sample, wanted.seed)
    first, last = _bounds(space, wanted)
    mixes = zip(count(first + 1), space.slice(first, last), strict=False)
    return Listing(last - first, (first, last), mixes)


def _bounds(space: Space, wanted: Wanted) -> tuple[int, int]:
    """The numbers, from 0 on, of the first mix wanted and of the one after the last."""
    first, last = 0, space.count()
    if wanted.shard is not None:
        told = re.fullmatch(r"(\d{1,9})/(\d{1,9})", wanted.shard)
        if told is None or not 1 <= int(told[1]) <= int(told[2]):
            message = f"'{wanted.shard}' is no part such as 1/8, 2/8 … 8/8"
            raise typer.BadParameter(message, param_hint="--shard")
        first, last = space.shard_bounds(int(told[1]) - 1, int(told[2]))
    elif wanted.start is not None:
        if wanted.start > last:
            message = f"there are only {last:,} mixes"
            raise typer.BadParameter(message, param_hint="--from")
        first = wanted.start - 1
    return first, last if wanted.limit is None else min(last, first + wanted.limit)


def _sampled(space: Space, size: int, seed: int) -> Listing:
    if size > space.count():
        raise typer.BadParameter(f"there are only {space.count():,} mixes", param_hint="--sample")
    mixes = ((space.rank(mix) + 1, mix) for mix in space.sample(size, seed))
    return Listing(size, None, mixes)


def _searched(space: Space, limit: int | None) -> Listing:
    """Mixes that python-constraint finds; refused where it would not come to an end."""
    rows = space.count() if limit is None else min(space.count(), limit)
    if rows > SEARCHED:
        message = (
            f"there are {space.count():,} mixes, too many for backtracking to find them all:"
            f" give a --limit of {SEARCHED:,} or less, or leave it to the diagram"
        )
        raise typer.BadParameter(message, param_hint="--solver")
    return Listing(rows, None, ((None, mix) for mix in islice(space.search(), rows)))
