"""`nvqplan units`: the catalogue, searched."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from nvqplan.cli import asking, options
from nvqplan.cli.asking import open_space, read_terms, read_wishes
from nvqplan.cli.options import is_given
from nvqplan.cli.session import Session
from nvqplan.cli.writers import write_answer
from nvqplan.core.units import Unit
from nvqplan.rules.lookup import list_unit

if TYPE_CHECKING:
    from nvqplan.space.mixes import Frequency

WordsArgument = Annotated[
    list[str] | None,
    options.argument("[WORDS]…", "Words that number, UAN, title or topics hold.", "topics"),
]
TopicOption = Annotated[
    list[str] | None, options.option("--topic", "T,…", "Only units of these topics.", "topics")
]
UnitLevelOption = Annotated[int | None, options.option("--level", "N", "Only units at this level.")]
ShareOption = Annotated[
    bool,
    typer.Option("--share", help="With -q: in how many legal mixes each unit is; forced ones."),
]


@options.asks
def command(
    context: typer.Context,
    words: WordsArgument = None,
    qualification: options.QualificationOption = None,
    topic: TopicOption = None,
    level: UnitLevelOption = None,
    share: ShareOption = False,
    taken: asking.WithOption = None,
    left: asking.WithoutOption = None,
    *,
    scope: asking.MixOptions,
    format: Annotated[str, options.format_option("units")] = "table",
) -> None:
    """List the units of the catalogue, or those that fit.

    --share tells in how many legal mixes each stands, after the choices --with and --without.

    \b
    Examples:
      nvqplan units complaint
      nvqplan units -q l3-diploma --topic sales
      nvqplan units -q l3-diploma --share --with 204,305
      nvqplan units bespoke software --level 3 --format csv
    """
    _check(context, share=share, named=bool(qualification))
    session = Session(scope.data)
    chosen = session.qualification(qualification, None) if qualification else None
    rulebook = session.rulebook
    topics = session.topics("--topic", topic)
    status: Mapping[str, Frequency] = {}
    if chosen and share:
        terms = read_terms(session, chosen, scope)
        wishes = read_wishes(session, chosen, taken, left)
        space = open_space(session, chosen, terms, wishes, scope.memory)
        status = asking.note_nothing(space).status()
    session.refuse_if_found()
    units = [
        unit
        for unit in rulebook.catalogue.units.values()
        if (chosen is None or unit.number in chosen.offering.units)
        and (not topic or unit.number in topics)
        and (level is None or unit.level == level)
        and _has_words(unit, words or ())
    ]
    qualifications = (chosen,) if chosen else rulebook.qualifications
    successors = session.successors()
    entries = [list_unit(unit, qualifications, rulebook.corrections, successors) for unit in units]
    write_answer("units", format, entries, status)


def _check(context: typer.Context, *, share: bool, named: bool) -> None:
    for_share = ("taken", "left", "registered", "learner", "reading", "memory")
    if not share and any(is_given(context, name) for name in for_share):
        with_share = "--with, --without, --registered, --learner, --reading and --memory"
        raise typer.BadParameter(f"{with_share} go with --share")
    if share and not named:
        raise typer.BadParameter("--share needs a qualification: name it with -q")


def _has_words(unit: Unit, words: Sequence[str]) -> bool:
    text = " ".join((unit.number, unit.uan, unit.title, *unit.topics, *unit.nos)).casefold()
    return all(word.casefold() in text for word in words)
