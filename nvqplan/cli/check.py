"""`nvqplan check`: whether pathways earn their qualification."""

import sys
from collections.abc import Callable
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

import typer

from nvqplan.cli.asking import asks
from nvqplan.cli.check_options import Asked
from nvqplan.cli.checking import Checking
from nvqplan.cli.desk import Desk
from nvqplan.cli.outputs import Outputs, Wanted, parse_wanted
from nvqplan.cli.screen import is_coloured
from nvqplan.reading.sources import STDIN
from nvqplan.reports.ink import Ink
from nvqplan.reports.report import FAILING, STRICTLY_FAILING, Run
from nvqplan.results import Checked, Tally, in_order

if TYPE_CHECKING:
    from nvqplan.fixing.fixer import Fixer


@asks(Asked)
def command(asked: Asked) -> None:
    """Check curriculum files, or one mix.

    The verdict says whether exactly these units meet the rules of combination.

    Under a folder every *.yaml and *.yml file is checked, hidden folders left out.

    \b
    Examples:
      nvqplan check curricula/
      nvqplan check sales.yaml support.yaml --format json
      nvqplan check sales.yaml --diff --unsafe
      nvqplan check curricula/ --format github --output sarif=found.sarif
      nvqplan check -q l3-diploma --units 101,301,204,303,305,405,229,328,329,330
      nvqplan check --level 4 --units 101,401,402,403 --age 19 --reading intended
    """
    _refuse_contradictions(asked)
    wanted = parse_wanted(asked.format, asked.output)
    told = partial(_outputs, asked, wanted)
    desk = Desk(asked.data, partial(_tell_faults, told))
    checking = Checking(desk, asked)
    checked = checking.mix() if asked.units else checking.files()
    fixer = checking.fixer() if asked.fix or asked.diff else None
    if fixer is not None and not asked.diff:
        from nvqplan.cli.mending import mend

        checked = mend(checked, fixer, desk.sources)
    tally = Tally()
    outputs = told(desk, fixer=fixer if asked.diff else None)
    outputs.tell(checked, tally)
    raise typer.Exit(2 if outputs.are_lost else tally.exit_code(strict=asked.strict))


def _refuse_contradictions(asked: Asked) -> None:
    """Refuse what cannot be meant together."""
    if bool(asked.paths) == bool(asked.units):
        raise typer.BadParameter("name files to check, or one mix with -q and --units")
    about = (asked.qualification, asked.level, asked.registered, asked.age)
    if asked.paths and about != (None, None, None, None):
        raise typer.BadParameter("-q, --level, --registered and --age go with --units, not files")
    mends = asked.fix or asked.diff
    if mends and not asked.paths:
        raise typer.BadParameter("--fix and --diff go with files")
    if asked.fix and not asked.diff and STDIN in (asked.paths or ()):
        raise typer.BadParameter("--fix cannot write to standard input; --diff shows what it would")
    if asked.unsafe and not mends:
        raise typer.BadParameter("--unsafe goes with --fix or --diff")


def _outputs(
    asked: Asked,
    wanted: Wanted,
    desk: Desk,
    *,
    with_text: bool = True,
    fixer: "Fixer | None" = None,
) -> Outputs:
    """Where results go; with a fixer standard output shows what it would change."""
    ink = Ink(coloured=is_coloured(sys.stdout))
    failing = STRICTLY_FAILING if asked.strict else FAILING
    run = Run(desk.sources, asked.reading, ink, failing, verbose=asked.verbose)
    return Outputs(wanted, run, with_text=with_text, fixer=fixer)


def _tell_faults(told: Callable[..., Outputs], desk: Desk) -> None:
    """What is wrong with the rulebook in every format; as text it goes where refusals go."""
    by_file = groupby(in_order(desk.found), key=lambda finding: finding.location.path)
    faulty = (Checked(path, findings=tuple(found)) for path, found in by_file)
    told(desk, with_text=False).tell(faulty, Tally())
