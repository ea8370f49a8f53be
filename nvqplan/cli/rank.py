"""`nvqplan rank`: which mix it is of how many."""

from collections.abc import Sequence
from typing import Annotated

import typer

from nvqplan.cli import asking, options
from nvqplan.cli.asking import open_space, read_terms, read_wishes
from nvqplan.cli.session import Session
from nvqplan.cli.streams import write_notes, write_results
from nvqplan.cli.writers import write_answer
from nvqplan.space.mixes import Space

UnitsOption = Annotated[list[str], options.option("--units", "U,…", "The units of the mix.")]


@options.asks
def command(
    units: UnitsOption,
    qualification: options.QualificationOption = None,
    level: options.LevelOption = None,
    taken: asking.WithOption = None,
    left: asking.WithoutOption = None,
    max_glh: asking.MaxGlhOption = None,
    credits: asking.CreditsOption = None,
    minimal: asking.MinimalOption = False,
    hash: asking.HashOption = None,
    *,
    scope: asking.MixOptions,
    format: Annotated[str, options.format_option("rank")] = "text",
) -> None:
    """Tell which mix it is of how many, by the order of enumerate.

    The same wishes must be given as to enumerate, since they number the mixes. A mix that is none
    of them has no number (exit 1).

    \b
    Examples:
      nvqplan rank -q l1-award --units 101,201,102,103,105,226
      nvqplan rank --level 3 --units 101,301,204,303,305,405,229,328,329,330 --credits 42
    """
    session = Session(scope.data)
    chosen = session.qualification(qualification, level)
    mix = session.units("--units", units, chosen)
    if not session.named("--units", units):
        raise options.wrong_value("--units", "names no unit")
    wishes = read_wishes(session, chosen, taken, left, credits, max_glh)
    terms = read_terms(session, chosen, scope)
    space = open_space(session, chosen, terms, wishes, scope.memory, minimal=minimal, hash=hash)
    number = _number(space, mix)
    if number is None and format == "text":
        write_results([_say_why_not(space, mix)])
    else:
        write_answer("rank", format, space, number, terms=terms)
    raise typer.Exit(1 if number is None else 0)


def _number(space: Space, mix: Sequence[str]) -> int | None:
    """The number of a mix, the first being 1; None where it is none of the space."""
    try:
        return space.rank(mix) + 1
    except ValueError:
        return None


def rank_text(space: Space, number: int) -> str:
    """The number among how many."""
    write_notes([f"note: numbers hold for --hash {space.fingerprint}"])
    return f"{number:,} of {space.count():,}"


def _say_why_not(space: Space, mix: Sequence[str]) -> str:
    legal = space.qualification.is_legal(frozenset(mix), space.learner, space.reading)
    why = "it is legal, but not what was asked for" if legal else "nvqplan check tells why"
    return f"{' '.join(mix)} is none of the {space.count():,} mixes: {why}"
