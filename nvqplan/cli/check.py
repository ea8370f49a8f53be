"""`nvqplan check`: whether pathways earn their qualification."""

from functools import partial
from typing import TYPE_CHECKING

import typer

from nvqplan.cli.asking import asks
from nvqplan.cli.check_options import CheckOptions
from nvqplan.cli.checking import Checking
from nvqplan.cli.configuring import is_given
from nvqplan.cli.filtering import close_filters, open_filters, refuse_age_twice, refuse_strict_twice
from nvqplan.cli.outputs import OutputOptions, Outputs, new_run, parse_wanted, tell_faults
from nvqplan.cli.session import Session
from nvqplan.core.sources import STDIN
from nvqplan.reports.results import Tally

if TYPE_CHECKING:
    from nvqplan.cli.mending import Careful


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


@asks(CheckOptions)
def command(asked: CheckOptions) -> None:
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
    _refuse_contradictions(asked)
    wanted = parse_wanted(asked.format, asked.output)
    told = partial(_outputs, asked, wanted)
    session = Session(asked.data, partial(tell_faults, told))
    filters = open_filters(session, asked)
    checking = Checking(session, asked, filters)
    careful, mender = None, None
    if asked.fix or asked.diff:
        from nvqplan.cli.mending import Careful, FileMender

        careful = Careful(checking.fixer())
        mender = None if asked.diff else FileMender(careful)
    checked = checking.mix() if asked.units else checking.files(mender)
    tally = Tally()
    outputs = told(session, careful=careful if asked.diff else None)
    pack = None
    if asked.certificate is not None:
        from nvqplan.cli.certifying import add_certificate

        pack = add_certificate(outputs, asked, session)
    outputs.tell(checked, tally)
    close_filters(filters, asked)
    if pack is not None and not outputs.are_lost:
        from nvqplan.cli.certifying import note_left_out

        note_left_out(pack)
    if careful is not None and careful.is_at_fault:
        raise typer.Exit(3)
    raise typer.Exit(2 if outputs.are_lost else tally.exit_code(asked.failing))


def _refuse_contradictions(asked: CheckOptions) -> None:
    """Refuse what cannot be meant together; what is configured gives way."""
    context = asked.context
    given = {name for name in context.params if is_given(context, name)}
    if ("paths" in given) == ("units" in given):
        raise typer.BadParameter("name files to check, or one mix with -q and --units")
    for other, needed, message in CONTRADICTIONS:
        if given & other and not given & needed:
            raise typer.BadParameter(message)
    if {"diff", "format"} <= given:
        raise typer.BadParameter("--diff shows a diff, in no other --format")
    refuse_age_twice(asked.context, asked.learner)
    refuse_strict_twice(asked.context)
    if asked.fix and not asked.diff and STDIN in (asked.paths or ()):
        raise typer.BadParameter("--fix cannot write to standard input; --diff shows what it would")


def _outputs(
    asked: CheckOptions,
    wanted: OutputOptions,
    session: Session,
    *,
    with_text: bool = True,
    careful: "Careful | None" = None,
) -> Outputs:
    """Where results go; with a careful fixer standard output shows what it would change."""
    run = new_run(session.sources, asked.failing)
    run = run._replace(reading=asked.reading, verbose=asked.verbose)
    return Outputs(wanted, run, with_text=with_text, careful=careful)
