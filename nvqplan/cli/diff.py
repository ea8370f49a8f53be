"""`nvqplan diff`: what a new version of a rulebook changes, and what it breaks."""

from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

import typer

from nvqplan.checking.filters import FindingFilters, withhold
from nvqplan.checking.selection import Selection, select
from nvqplan.cli.asking import asks
from nvqplan.cli.diff_options import DiffOptions
from nvqplan.cli.filtering import close_filters, open_filters, refuse_age_twice, refuse_strict_twice
from nvqplan.cli.gathering import gather
from nvqplan.cli.options import parse_memory, parse_registered
from nvqplan.cli.outputs import (
    OutputOptions,
    Outputs,
    new_run,
    parse_wanted,
    refuse_to_overwrite,
    tell_faults,
)
from nvqplan.cli.screen import write_notes
from nvqplan.cli.session import Session
from nvqplan.core.codes import OF_VERSIONS
from nvqplan.core.findings import Finding, Findings
from nvqplan.reports.results import Checked, Tally
from nvqplan.rules.lookup import find_told_by_any
from nvqplan.rules.terms import Terms

if TYPE_CHECKING:
    from nvqplan.core.curricula import Curriculum
    from nvqplan.versions.comparing import Comparison, DiffResults, Turns


@asks(DiffOptions)
def command(asked: DiffOptions) -> None:
    """Tell what a new version of a rulebook changes.

    Units, groups and rules, in words; how many mixes of each qualification are lost and gained,
    exactly, with the smallest of them; and with --plans which pathways break, become tight or newly
    pass. Pathways are judged for the learners of their files, mixes for --registered, --age and
    --learner. A qualification with a new id is known by its number or QAN.

    Exit codes: 1 if a pathway breaks or cannot be judged, without --plans if mixes are lost, or
    what --fail-on says; 2 if something could not be read; else 0.

    \b
    Examples:
      nvqplan diff rulebook-2025 rulebook-2026
      nvqplan diff rulebook-2025 rulebook-2026 --plans curricula/
      nvqplan diff old new --plans curricula/ --format json --output sarif=found.sarif
      nvqplan diff old new --registered any --reading intended
    """
    wanted = parse_wanted(asked.format, asked.output)
    _refuse_contradictions(asked, wanted)
    outputs_of = partial(_outputs, asked, wanted)
    session = Session(asked.new, partial(tell_faults, outputs_of), older=asked.old)
    filters = open_filters(session, asked)._replace(sought=Selection(OF_VERSIONS))
    comparison = _compare(session, asked)
    from nvqplan.versions.comparing import DiffResults, Turns, by_file, find_differences

    differences, turns = tuple(find_differences(comparison)), Turns()
    shown = [each for each in differences if filters.selection.has(each.finding.code)]
    outputs = outputs_of(session, results=DiffResults(comparison, shown, turns))
    tally = Tally()
    rulebooks = [select(each, filters.selection) for each in by_file(differences)]
    tally.ignored += sum(each.ignored for each in rulebooks if not each.findings)
    plans = _plans(session, asked, comparison, filters, turns)
    outputs.tell(chain(filter(_tells, rulebooks), plans), tally)
    close_filters(filters, asked)
    raise typer.Exit(2 if outputs.are_lost else tally.exit_code(asked.failing))


def _refuse_contradictions(asked: DiffOptions, wanted: OutputOptions) -> None:
    """Refuse what cannot be meant, and results in the place of what is compared."""
    refuse_strict_twice(asked.context)
    refuse_age_twice(asked.context, asked.learner)
    if (asked.baseline is not None or asked.update_baseline) and not asked.plans:
        raise typer.BadParameter("--baseline goes with --plans")
    if not (asked.old and asked.new):
        raise typer.BadParameter("OLD and NEW name two folders, one of the names is empty")
    refuse_to_overwrite(wanted, (asked.old, asked.new))


def _tells(checked: Checked) -> bool:
    return bool(checked.findings)


def _compare(session: Session, asked: DiffOptions) -> "Comparison":
    from nvqplan.versions.comparing import compare_versions
    from nvqplan.versions.version import Version

    memory = parse_memory(asked.memory)
    old = Version(asked.old, session.older or session.rulebook, session.sources)
    new = Version(asked.new, session.rulebook, session.sources)
    both = (*old.rulebook.qualifications, *new.rulebook.qualifications)
    age, written = session.told(asked.learner)
    known = find_told_by_any(written, both, session.found)
    session.refuse_if_found()
    age = asked.age if age is None else age
    terms = Terms(parse_registered(asked.registered), age, asked.reading, *known)
    if terms.registered is None and max(len(each.windows) for each in both) > 1:
        write_notes(["note: no --registered, mixes are counted for each version's newest window"])
    session.note_open(terms, *both)
    return compare_versions(old, new, terms, memory)


def _plans(
    session: Session,
    asked: DiffOptions,
    comparison: "Comparison",
    filters: FindingFilters,
    turns: "Turns",
) -> Iterator[Checked]:
    """File after file under both versions; what has been told of one is not kept."""
    if not asked.plans:
        return
    from nvqplan.advice.cache import RulebookCache
    from nvqplan.checking.checks import check_curriculum
    from nvqplan.checking.exceptions import approve
    from nvqplan.reading.comments import find_comments
    from nvqplan.reading.curriculum import read_curriculum
    from nvqplan.versions.comparing import compare_file

    versions = [RulebookCache(each.rulebook) for each in (comparison.old, comparison.new)]
    may_drop_held = asked.may_drop_held

    def compare(curriculum: "Curriculum", found: Findings) -> Checked:
        old, new = (
            check_curriculum(
                curriculum, each, asked.reading, found.copy(), may_drop_held=may_drop_held
            )
            for each in versions
        )
        both = approve(old, filters.today), approve(new, filters.today)
        return compare_file(*both, curriculum, comparison.renamed)

    for path in gather(asked.plans):
        if isinstance(path, Finding):
            yield Checked(path.location.path, findings=(path,))
            continue
        found = Findings()
        curriculum = read_curriculum(path, session.sources, found)
        checked = Checked(path, findings=tuple(found))
        if curriculum is not None:
            checked = compare(curriculum, found)
        turns.add(checked)
        comments = find_comments(path, session.sources.lines(path))
        yield withhold(checked, comments, curriculum, filters)
        session.sources.forget(path)


def _outputs(
    asked: DiffOptions,
    wanted: OutputOptions,
    session: Session,
    *,
    with_text: bool = True,
    results: "DiffResults | None" = None,
) -> Outputs:
    """Where results go; where the rulebooks are at fault there are none."""
    run = new_run(session.sources, asked.failing)._replace(reading=asked.reading)
    from nvqplan.versions.text import new_diff_report, sum_of

    if results is not None:
        comparison, _, turns = results
        run = run._replace(say_sum=sum_of(comparison, turns))
    return Outputs(wanted, run, with_text=with_text, make=partial(new_diff_report, results))
