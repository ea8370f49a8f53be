"""`nvqplan rank`: which mix it is of how many."""

from collections.abc import Sequence

import typer

from nvqplan.cli import learner_options, options
from nvqplan.cli.parts import check_hash
from nvqplan.cli.screen import write_notes, write_results
from nvqplan.cli.session import Session
from nvqplan.space.mixes import Space


def command(
    units: options.OneMix,
    qualification: options.Qualification = None,
    level: options.Level = None,
    taken: options.With = None,
    left: options.Without = None,
    max_glh: options.MaxGlh = None,
    credits: options.Credits = None,
    minimal: options.Minimal = False,
    hash: options.Hash = None,
    registered: options.Registered = None,
    learner: learner_options.Learner = None,
    reading: options.Reading = "printed",
    data: options.Data = None,
    memory: options.Memory = None,
    format: options.TextFormat = "text",
) -> None:
    """Tell which mix it is of how many, by the order of enumerate.

    The same wishes must be given as to enumerate, since they number the mixes. A mix that is none
    of them has no number (exit 1).

    \b
    Examples:
      nvqplan rank -q l1-award --units 101,201,102,103,105,226
      nvqplan rank --level 3 --units 101,301,204,303,305,405,229,328,329,330 --credits 42
    """
    session = Session(data)
    chosen = session.qualification(qualification, level)
    mix = session.units("--units", units, chosen)
    if not session.written("--units", units):
        raise typer.BadParameter("names no unit", param_hint="--units")
    wishes = session.wishes(chosen, taken, left, credits, max_glh)
    terms = session.terms(chosen, registered, reading, learner)
    space = session.space(chosen, terms, wishes, memory, minimal=minimal)
    check_hash(space, hash)
    number = _number(space, mix)
    if format == "json":
        from nvqplan.reports.documents import rank_document, write_document

        write_results([write_document("rank", rank_document(space, terms, number))])
    elif number is None:
        legal = chosen.is_legal(frozenset(mix), space.learner, space.reading)
        why = "it is legal, but not what was asked for" if legal else "nvqplan check tells why"
        write_results([f"{' '.join(mix)} is none of the {space.count():,} mixes: {why}"])
    else:
        write_notes([f"note: numbers hold for --hash {space.fingerprint}"])
        write_results([f"{number:,} of {space.count():,}"])
    raise typer.Exit(1 if number is None else 0)


def _number(space: Space, mix: Sequence[str]) -> int | None:
    """The number of a mix, the first being 1; None where it is none of the space."""
    try:
        return space.rank(mix) + 1
    except ValueError:
        return None
