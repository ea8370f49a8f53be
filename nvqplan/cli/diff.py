"""`nvqplan diff`: what a new version of a rulebook changes, and what it breaks."""

from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from nvqplan.checking.exceptions import approve
from nvqplan.checking.filters import FindingFilters, read_and_check, settle
from nvqplan.checking.selection import Selection, select
from nvqplan.cli import options as shared
from nvqplan.cli.asking import note_open
from nvqplan.cli.filtering import choose_codes, close_filters, open_filters
from nvqplan.cli.options import asks, least_failing, parse_memory, parse_registered
from nvqplan.cli.outputs import Outputs, check_files
from nvqplan.cli.session import Session, parse_learner, refuse_age_twice
from nvqplan.cli.streams import write_notes
from nvqplan.core.codes import OF_VERSIONS, FailOn
from nvqplan.core.curricula import Curriculum
from nvqplan.core.findings import Findings
from nvqplan.core.values import NamedTuple
from nvqplan.reports.results import Checked
from nvqplan.rules.lookup import find_facts_of_any
from nvqplan.rules.terms import Terms

if TYPE_CHECKING:
    from nvqplan.versions.comparing import Comparison, Turns

OldArgument = Annotated[
    str, typer.Argument(metavar="OLD", help="Folder with units.csv and rules.toml as they were.")
]
NewArgument = Annotated[str, typer.Argument(metavar="NEW", help="The same of the new version.")]
PlansOption = Annotated[
    list[str] | None,
    shared.option(
        "--plans",
        "FILE|DIR",
        "Curriculum files, or folders of them, to hold against both; may be repeated.",
    ),
]
PlansFailOnOption = Annotated[FailOn | None, shared.FAIL_ON]


class DiffOptions(NamedTuple):
    """Everything that `diff` can be asked, in the order of its help."""

    context: typer.Context
    old: OldArgument
    new: NewArgument
    plans: PlansOption = None
    registered: shared.RegisteredOption = None
    age: shared.AgeOption = None
    learner: shared.LearnerOption = None
    reading: shared.ReadingOption = "printed"
    select: shared.SelectOption = None
    ignore: shared.IgnoreOption = None
    fail_on: PlansFailOnOption = None
    strict: shared.StrictOption = False
    known: shared.BaselineOptions = shared.BaselineOptions()
    may_drop_held: shared.MayDropHeldOption = False
    memory: shared.MemoryOption = None
    format: shared.FindingsFormatOption = "text"
    output: shared.OutputsOption = None


@asks
def command(options: DiffOptions) -> None:
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
    # What fails are pathways that break, or without them the mixes lost, which are warnings.
    fail_on = options.fail_on or ("error" if options.plans else "warning")
    failing = least_failing(options.context, fail_on, strict=options.strict)
    outputs = Outputs(options.format, options.output, failing, options.reading, "diff")
    _refuse_contradictions(options)
    outputs.refuse_to_overwrite(options.old, options.new)
    session = Session(options.new, outputs.run.sources, outputs.report_faults, options.old)
    selection = choose_codes(session, options.select, options.ignore)
    filters = open_filters(session, selection, options.known, Selection(OF_VERSIONS))
    comparison = _compare(session, options)
    from nvqplan.versions.comparing import DiffResults, Turns, by_file, find_differences
    from nvqplan.versions.text import sum_of

    differences, turns = tuple(find_differences(comparison)), Turns()
    shown = [each for each in differences if filters.selection.has(each.finding.code)]
    outputs.say_sum(sum_of(comparison, turns))
    results = DiffResults(comparison, shown, turns)
    rulebooks = [select(each, filters.selection) for each in by_file(differences)]
    outputs.tally.ignored += sum(each.ignored for each in rulebooks if not each.findings)
    plans = _plans(session, options, comparison, filters, turns) if options.plans else ()
    outputs.write(chain((each for each in rulebooks if each.findings), plans), results)
    close_filters(filters, options.known)
    outputs.exit()


def _refuse_contradictions(options: DiffOptions) -> None:
    """Refuse what cannot be meant."""
    refuse_age_twice(options.context, options.learner)
    if (options.known.baseline is not None or options.known.update_baseline) and not options.plans:
        raise typer.BadParameter("--baseline goes with --plans")
    if not (options.old and options.new):
        raise typer.BadParameter("OLD and NEW name two folders, one of the names is empty")


def _compare(session: Session, options: DiffOptions) -> "Comparison":
    from nvqplan.versions.comparing import compare_versions
    from nvqplan.versions.version import Version

    memory = parse_memory(options.memory)
    old = Version(options.old, session.older or session.rulebook, session.sources)
    new = Version(options.new, session.rulebook, session.sources)
    both = (*old.rulebook.qualifications, *new.rulebook.qualifications)
    age, facts = parse_learner(options.learner, session.sources)
    known = find_facts_of_any(facts, both, session.found)
    session.refuse_if_found()
    age = options.age if age is None else age
    terms = Terms(parse_registered(options.registered), age, options.reading, *known)
    if terms.registered is None and max(len(each.windows) for each in both) > 1:
        write_notes(["note: no --registered, mixes are counted for each version's newest window"])
    note_open(terms, *both)
    return compare_versions(old, new, terms, memory)


def _plans(
    session: Session,
    options: DiffOptions,
    comparison: "Comparison",
    filters: FindingFilters,
    turns: "Turns",
) -> Iterator[Checked]:
    """File after file under both versions."""
    from nvqplan.advice.cache import RulebookCache
    from nvqplan.checking.checks import check_curriculum
    from nvqplan.versions.comparing import compare_file, turns_of

    memory = parse_memory(options.memory)
    versions = [RulebookCache(each.rulebook, memory) for each in (comparison.old, comparison.new)]
    judge = partial(check_curriculum, may_drop_held=options.may_drop_held)

    def compare(curriculum: Curriculum, found: Findings) -> Checked:
        old, new = (
            approve(judge(curriculum, each, options.reading, found.copy()), filters.today)
            for each in versions
        )
        return compare_file(old, new, curriculum, comparison.renamed)

    def check(path: str) -> Checked:
        checked, curriculum = read_and_check(path, session.sources, compare)
        turns.update(turns_of(checked))
        return settle(checked, curriculum, filters, session.sources)

    return check_files(options.plans or (), session.sources, check)
