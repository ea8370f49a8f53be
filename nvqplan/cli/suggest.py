"""`nvqplan suggest`: the best legal mixes for somebody's wishes."""

from collections.abc import Iterator
from typing import NoReturn

import typer

from nvqplan.advice.suggestions import Answer, Preferences, answer_wishes
from nvqplan.cli import learner_options, options
from nvqplan.cli.screen import new_canvas, write_notes, write_results
from nvqplan.cli.session import Session
from nvqplan.core.findings import Location
from nvqplan.reports.advice_text import say_no_fit
from nvqplan.rules.lookup import find_topics, find_units
from nvqplan.rules.terms import Terms


def command(
    qualification: options.Qualification = None,
    level: options.Level = None,
    prefer: options.Prefer = None,
    avoid: options.Avoid = None,
    taken: options.With = None,
    left: options.Without = None,
    held: options.Held = None,
    offer: options.Offer = None,
    credits: options.Credits = None,
    max_glh: options.MaxGlh = None,
    surplus: options.Surplus = None,
    top: options.Top = 3,
    registered: options.Registered = None,
    learner: learner_options.Learner = None,
    reading: options.Reading = "printed",
    data: options.Data = None,
    memory: options.Memory = None,
    format: options.TableFormat = "table",
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
    session = Session(data)
    chosen = session.qualification(qualification, level)
    terms = session.terms(chosen, registered, reading, learner)
    of_held = session.units("--held", held, chosen)
    terms = terms._replace(statuses=tuple((unit, "held") for unit in sorted(of_held)))
    wishes = session.wishes(chosen, taken, left, credits, max_glh)._replace(
        held=of_held, offer=_read_offer(session, offer), surplus=surplus
    )
    preferences = Preferences(
        _liked(session, "--prefer", prefer), _liked(session, "--avoid", avoid)
    )
    space = session.space(chosen, terms, wishes, memory)
    session.note_age(terms, chosen)
    if prefer and preferences.preferred.isdisjoint(chosen.offering.units):
        write_notes([f"note: {chosen.id} offers no unit of --prefer {','.join(prefer)}"])
    _tell(answer_wishes(space, preferences, top), terms, format)


def _tell(answer: Answer, terms: Terms, format: str) -> NoReturn:
    """Write the answer, a conflict that CSV has no shape for as a note, and exit."""
    if format == "csv" and not answer.suggestions:
        write_notes(say_no_fit(answer))
    else:
        write_results(_write(answer, terms, format))
    raise typer.Exit(0 if answer.suggestions else 1)


def _liked(session: Session, option: str, values: list[str] | None) -> frozenset[str]:
    return find_topics(session.written(option, values), session.rulebook.catalogue, session.found)


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
    named = find_units(curriculum.offer, session.rulebook.catalogue, session.found)
    return frozenset(each.number for each in named)


def _write(answer: Answer, terms: Terms, format: str) -> Iterator[str]:
    if format == "json":
        from nvqplan.reports.documents import suggest_document, write_document

        yield write_document("suggest", suggest_document(answer, terms))
    elif not answer.suggestions:
        yield from say_no_fit(answer)
    elif format == "csv":
        from nvqplan.reports.as_csv import suggestions_csv

        yield suggestions_csv(answer)
    else:
        from nvqplan.reports.tables import draw_answer

        yield draw_answer(answer, new_canvas())
