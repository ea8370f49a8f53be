"""`nvqplan check`: whether pathways earn their qualification."""

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from nvqplan.advice.cache import RulebookCache
from nvqplan.checking.checks import check_curriculum
from nvqplan.checking.filters import read_and_check, settle
from nvqplan.cli import options as shared
from nvqplan.cli.filtering import choose_codes, close_filters, open_filters
from nvqplan.cli.options import (
    asks,
    is_given,
    least_failing,
    parse_date,
    parse_memory,
    parse_today,
    wrong_value,
)
from nvqplan.cli.outputs import Outputs, check_files
from nvqplan.cli.session import Session, parse_learner, refuse_age_twice
from nvqplan.cli.streams import write_notes
from nvqplan.core.curricula import Curriculum, Pathway
from nvqplan.core.findings import Findings, Located, Location
from nvqplan.core.sources import STDIN, Sources
from nvqplan.core.values import NamedTuple
from nvqplan.core.words import amount
from nvqplan.reports.results import ONE_MIX, Checked

if TYPE_CHECKING:
    from nvqplan.certificates.pack import Pack
    from nvqplan.cli.mending import FileMender

PathsArgument = Annotated[
    list[str] | None,
    shared.argument("[FILE|DIR|-]…", "Curriculum files, folders of them, or stdin."),
]
MixOption = Annotated[
    list[str] | None, shared.option("--units", "U,…", "One mix instead of files.")
]
RegisteredOnOption = Annotated[
    str | None,
    shared.option("--registered", "DATE", "Date of registration; left out: the newest window."),
]
FixOption = Annotated[
    bool,
    typer.Option(
        "--fix", help="Mend double entries, slips in numbers, missing mandatory and held units."
    ),
]
UnsafeOption = Annotated[
    bool, typer.Option("--unsafe", help="With --fix or --diff: the cheapest repairs as well.")
]
DiffOption = Annotated[
    bool, typer.Option("--diff", help="Show what --fix would change; write nothing.")
]
VerboseOption = Annotated[
    bool,
    typer.Option(
        "-v", "--verbose", help="Every rule: what the mix has, needs and spares, and what counts."
    ),
]
CertificateOption = Annotated[
    str | None,
    shared.option("--certificate", "FILE", "Write a witness of every legal pathway: see verify."),
]


class CheckOptions(NamedTuple):
    """Everything that `check` can be asked, in the order of its help."""

    context: typer.Context
    paths: PathsArgument = None
    units: MixOption = None
    qualification: shared.QualificationOption = None
    level: shared.LevelOption = None
    registered: RegisteredOnOption = None
    age: shared.AgeOption = None
    learner: shared.LearnerOption = None
    reading: shared.ReadingOption = "printed"
    select: shared.SelectOption = None
    ignore: shared.IgnoreOption = None
    fail_on: shared.FailOnOption = "error"
    strict: shared.StrictOption = False
    known: shared.BaselineOptions = shared.BaselineOptions()
    may_drop_held: shared.MayDropHeldOption = False
    fix: FixOption = False
    unsafe: UnsafeOption = False
    diff: DiffOption = False
    verbose: VerboseOption = False
    data: shared.DataOption = None
    memory: shared.MemoryOption = None
    format: shared.FindingsFormatOption = "text"
    output: shared.OutputsOption = None
    certificate: CertificateOption = None


CONTRADICTIONS = (
    (
        {"qualification", "level", "registered", "age", "learner"},
        {"units"},
        "-q, --level, --registered, --age and --learner go with --units, not files",
    ),
    ({"baseline", "update_baseline"}, {"paths"}, "--baseline goes with files, not with --units"),
    ({"fix", "diff"}, {"paths"}, "--fix and --diff go with files"),
    ({"unsafe"}, {"fix", "diff"}, "--unsafe goes with --fix or --diff"),
)
"""Options that go only with one of others, and what is said where they stand without."""


@asks
def command(options: CheckOptions) -> None:
    """Check curriculum files, or one mix.

    The verdict says whether exactly these units meet the rules of combination.

    Under a folder every *.yaml and *.yml file is checked; left out are hidden folders, and the
    proofs beside a rules.toml.

    \b
    Examples:
      nvqplan check curricula/
      nvqplan check sales.yaml support.yaml --format json
      nvqplan check sales.yaml --diff --unsafe
      nvqplan check curricula/ --format github --output sarif=found.sarif
      nvqplan check curricula/ --certificate certificate.json
      nvqplan check -q l3-diploma --units 101,301,204,303,305,405,229,328,329,330
      nvqplan check --level 4 --units 101,401,402,403 --age 19 --reading intended
    """
    _refuse_contradictions(options)
    failing = least_failing(options.context, options.fail_on, strict=options.strict)
    outputs = Outputs(options.format, options.output, failing, options.reading)
    outputs.run = outputs.run._replace(verbose=options.verbose)
    session = Session(options.data, outputs.run.sources, outputs.report_faults)
    selection = choose_codes(session, options.select, options.ignore)
    filters = open_filters(session, selection, options.known)
    checking = Checking(session, options)
    mender = checking.mender() if options.fix or options.diff else None
    checked = checking.mix() if options.units else checking.files(mender)
    pack = None if options.certificate is None else _certify(outputs, options, session)
    outputs.write(checked, shown=mender if options.diff else None)
    close_filters(filters, options.known)
    if pack is not None and not outputs.are_lost:
        _note_left_out(pack)
    if mender is not None and mender.is_at_fault:
        raise typer.Exit(3)
    outputs.exit()


def _refuse_contradictions(options: CheckOptions) -> None:
    """Refuse what cannot be meant together; what is configured gives way."""
    context = options.context
    given = {name for name in context.params if is_given(context, name)}
    if ("paths" in given) == ("units" in given):
        raise typer.BadParameter("name files to check, or one mix with -q and --units")
    for other, needed, message in CONTRADICTIONS:
        if given & other and not given & needed:
            raise typer.BadParameter(message)
    if {"diff", "format"} <= given:
        raise typer.BadParameter("--diff shows a diff, in no other --format")
    refuse_age_twice(options.context, options.learner)
    if options.fix and not options.diff and STDIN in (options.paths or ()):
        raise typer.BadParameter("--fix cannot write to standard input; --diff shows what it would")


def _certify(outputs: Outputs, options: CheckOptions, session: Session) -> "Pack":
    """Have what is legal certified as well; refuses to write over what is checked."""
    path = options.certificate or ""
    _refuse_certificate(path, options.paths or ())
    from nvqplan.certificates.document import hash_rulebook, head
    from nvqplan.certificates.pack import Pack

    day = str(parse_today(options.known.today))
    pack = Pack(head(day, options.reading, hash_rulebook(session.group.folder, session.sources)))
    outputs.add(f"--certificate '{path}'", pack, path)
    return pack


def _refuse_certificate(path: str, checked: Sequence[str]) -> None:
    """A certificate must not take the place of a curriculum, nor run into the report."""
    hint = "--certificate"
    if path in ("", "-"):
        raise wrong_value(hint, "names a file: standard output is the report's")
    is_checked = os.path.realpath(path) in map(os.path.realpath, checked)
    if is_checked or path.endswith((".yaml", ".yml")):
        raise wrong_value(hint, f"'{path}' would be written over a curriculum: name a .json file")


def _note_left_out(pack: "Pack") -> None:
    """Say which pathways have no certificate, and why."""
    if pack.left_out:
        pathways = amount(sum(pack.left_out.values()) + pack.certified, "pathways")
        reasons = ", ".join(f"{number:,} {reason}" for reason, number in pack.left_out.items())
        write_notes([f"note: {pack.certified:,} of {pathways} certified; left out: {reasons}"])


class Checking:
    """Checks one curriculum after the other by the same rulebook, as the options say."""

    def __init__(self, session: Session, options: CheckOptions) -> None:
        self._session = session
        self._options = options
        self._filters = session.group.filters
        memory = None if options.memory is None else parse_memory(options.memory)
        self._cache = RulebookCache(session.rulebook, memory)

    def files(self, mender: "FileMender | None") -> Iterator[Checked]:
        """File after file, each mended first, unless that is only shown."""
        sources = self._session.sources

        def check(path: str) -> Checked:
            found = tuple(mender.mend(path)) if mender and not self._options.diff else ()
            checked = self.file(path, sources)
            return checked._replace(findings=(*checked.findings, *found))

        return check_files(self._options.paths or (), sources, check)

    def file(self, path: str, sources: Sources) -> Checked:
        """What is to be reported of one file."""
        checked, curriculum = self._look(path, sources)
        return settle(checked, curriculum, self._filters, sources)

    def _look(self, path: str, sources: Sources) -> tuple[Checked, Curriculum | None]:
        return read_and_check(path, sources, self._check)

    def mix(self) -> Iterator[Checked]:
        """One mix as the only pathway of a curriculum that is no file."""
        options, place = self._options, Location(ONE_MIX, 1, 1)
        qualification = self._session.qualification(options.qualification, options.level)
        mix = Pathway("the mix", place, self._session.named(ONE_MIX, options.units))
        if not mix.units:
            raise wrong_value(ONE_MIX, "names no unit")
        name = Located(qualification.id, place, qualification.id)
        registered = parse_date(options.registered)
        age, learners = parse_learner(options.learner, self._session.sources)
        age = options.age if age is None else age
        facts = {"registered": registered, "youngest": age}
        given = frozenset(key for key, value in facts.items() if value is not None)
        curriculum = Curriculum(
            ONE_MIX, "", name, registered, age, None, (mix,), given, learners=learners
        )
        return iter([settle(self._check(curriculum, Findings()), None, self._filters)])

    def mender(self) -> "FileMender":
        """What mends files by this rulebook; every fix is held against the same checks."""
        from nvqplan.cli.mending import FileMender
        from nvqplan.fixing.fixer import Fixer

        def look(path: str, sources: Sources) -> Checked:
            return self._look(path, sources)[0]

        catalogue, unsafe = self._session.rulebook.catalogue, self._options.unsafe
        return FileMender(Fixer(catalogue, look, unsafe=unsafe), self._session.sources)

    def _check(self, curriculum: Curriculum, found: Findings) -> Checked:
        options = self._options
        checked = check_curriculum(
            curriculum, self._cache, options.reading, found, may_drop_held=options.may_drop_held
        )
        if not any(case.pathway.exceptions for case in checked.cases):
            return checked
        from nvqplan.checking.exceptions import approve

        return approve(checked, self._filters.today)
