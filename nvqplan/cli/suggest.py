"""`nvqplan suggest`: the best legal mixes for somebody's wishes."""

from typing import Annotated, NoReturn

import typer

from nvqplan.advice.suggestions import Answer, Preferences, answer_wishes
from nvqplan.cli import asking, options
from nvqplan.cli.asking import open_space, read_terms, read_wishes
from nvqplan.cli.session import Session
from nvqplan.cli.streams import write_notes, write_results
from nvqplan.cli.writers import write_answer
from nvqplan.core.findings import Location
from nvqplan.reports.advice_text import say_no_fit
from nvqplan.rules.lookup import find_units
from nvqplan.rules.terms import Terms

HeldOption = Annotated[
    list[str] | None, options.option("--held", "U,…", "Units achieved already: part of every mix.")
]
PreferOption = Annotated[
    list[str] | None,
    options.option(
        "--prefer", "T,…", "Topics or units sought: most credits (or what is counted) of them."
    ),
]
AvoidOption = Annotated[
    list[str] | None,
    options.option(
        "--avoid", "T,…", "Topics or units shunned: fewest credits (or what is counted)."
    ),
]
OfferOption = Annotated[
    str | None, options.option("--offer", "FILE", "Only units in this curriculum file's offer.")
]
SurplusOption = Annotated[
    int | None,
    options.option(
        "--surplus",
        "N",
        "Allow N credits (or what is counted) over the total; left out: as few as feasible.",
        min=0,
    ),
]
TopOption = Annotated[
    int, options.option("--top", "K", "How many mixes to show.", min=1, max=10_000)
]


@options.asks
def command(
    qualification: options.QualificationOption = None,
    level: options.LevelOption = None,
    prefer: PreferOption = None,
    avoid: AvoidOption = None,
    taken: asking.WithOption = None,
    left: asking.WithoutOption = None,
    held: HeldOption = None,
    offer: OfferOption = None,
    credits: asking.CreditsOption = None,
    max_glh: asking.MaxGlhOption = None,
    surplus: SurplusOption = None,
    top: TopOption = 3,
    *,
    scope: asking.MixOptions,
    format: Annotated[str, options.format_option("suggest")] = "table",
) -> None:
    """Suggest the best legal mixes, proven optimal.

    Mixes are ranked by the smallest feasible surplus of credits (unless --surplus allows more),
    then by most preferred credits, fewest avoided credits, least GLH, fewest units, and unit
    numbers ascending. A rulebook that states no credits is weighed by what it counts instead: the
    units, hours or points that its widest sum asks for. Where no mix fits, the rules and wishes
    that collide are named (exit 1).

    \b
    Examples:
      nvqplan suggest --level 3 --prefer sales
      nvqplan suggest -q l2-certificate --prefer it --avoid sales --max-glh 150
      nvqplan suggest -q 3412-04 --held 101,301 --with 204 --surplus 2 --top 10
    """
    session = Session(scope.data)
    chosen = session.qualification(qualification, level)
    terms = read_terms(session, chosen, scope)
    achieved = session.units("--held", held, chosen)
    terms = terms._replace(statuses=tuple((unit, "held") for unit in sorted(achieved)))
    wishes = read_wishes(session, chosen, taken, left, credits, max_glh)._replace(
        held=achieved, offer=_read_offer(session, offer), surplus=surplus
    )
    preferred = session.topics("--prefer", prefer)
    preferences = Preferences(preferred, session.topics("--avoid", avoid))
    space = open_space(session, chosen, terms, wishes, scope.memory)
    asking.note_age(terms, chosen)
    if prefer and preferred.isdisjoint(chosen.offering.units):
        write_notes([f"note: {chosen.id} offers no unit of --prefer {','.join(prefer)}"])
    _write(answer_wishes(space, preferences, top), terms, format)


def _write(answer: Answer, terms: Terms, format: str) -> NoReturn:
    """Write the answer, a conflict that CSV has no shape for as a note, and exit."""
    if answer.suggestions or format == "json":
        write_answer("suggest", format, answer, terms=terms)
    else:
        (write_notes if format == "csv" else write_results)(say_no_fit(answer))
    raise typer.Exit(0 if answer.suggestions else 1)


def _read_offer(session: Session, path: str | None) -> frozenset[str] | None:
    """The units that a curriculum file says its centre delivers."""
    if path is None:
        return None
    from nvqplan.reading.curriculum import read_curriculum

    curriculum = read_curriculum(path, session.sources, session.found)
    if curriculum is None:
        session.refuse()
    if curriculum.offer is None:
        help = "offer: [101, 204, 229]"
        session.found.add(Location(path, 1, 1), "NVQ109", "the file has no 'offer'", help)
        session.refuse()
    units = find_units(curriculum.offer, session.rulebook.catalogue, session.found)
    return frozenset(each.number for each in units)
