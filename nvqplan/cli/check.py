"""`nvqplan check`: whether pathways earn their qualification."""

import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import groupby

import typer

from nvqplan.advice.workings import Workings
from nvqplan.checks import check_curriculum
from nvqplan.cli import check_options, options
from nvqplan.cli.desk import Desk
from nvqplan.cli.gathering import gather
from nvqplan.cli.outputs import Outputs, Wanted, parse_wanted
from nvqplan.cli.screen import is_coloured
from nvqplan.curriculum import Curriculum, Pathway
from nvqplan.findings import Finding, Findings, Located, Location
from nvqplan.qualification import Qualification
from nvqplan.reading.curriculum import read_curriculum
from nvqplan.reports.ink import Ink
from nvqplan.reports.report import FAILING, STRICTLY_FAILING, Run
from nvqplan.results import ONE_MIX, Checked, Tally, in_order


def command(
    paths: check_options.Paths = None,
    units: check_options.Units = None,
    qualification: options.Qualification = None,
    level: options.Level = None,
    registered: options.RegisteredOn = None,
    age: options.Age = None,
    reading: options.Reading = "printed",
    strict: check_options.Strict = False,
    data: options.Data = None,
    format: check_options.Format = "text",
    output: check_options.Outputs = None,
) -> None:
    """Check curriculum files, or one mix.

    The verdict says whether exactly these units meet the rules of combination.

    Under a folder every *.yaml and *.yml file is checked, hidden folders left out.

    \b
    Examples:
      nvqplan check curricula/
      nvqplan check sales.yaml support.yaml --format json
      nvqplan check curricula/ --format github --output sarif=found.sarif
      nvqplan check -q l3-diploma --units 101,301,204,303,305,405,229,328,329,330
      nvqplan check --level 4 --units 101,401,402,403 --age 19 --reading intended
    """
    if bool(paths) == bool(units):
        raise typer.BadParameter("name files to check, or one mix with -q and --units")
    if paths and (qualification, level, registered, age) != (None, None, None, None):
        raise typer.BadParameter("-q, --level, --registered and --age go with --units, not files")
    wanted = parse_wanted(format, output)
    told = partial(_outputs, wanted, reading, strict=strict)
    desk = Desk(data, partial(_tell_faults, told))
    if units:
        learner = (options.parse_date(registered), age)
        chosen = desk.qualification(qualification, level)
        checked = _check_mix(desk, units, chosen, learner, reading)
    else:
        checked = _check_files(desk, paths or (), reading)
    tally = Tally()
    outputs = told(desk)
    outputs.tell(checked, tally)
    raise typer.Exit(2 if outputs.are_lost else tally.exit_code(strict=strict))


def _outputs(
    wanted: Wanted, reading: str, desk: Desk, *, strict: bool, with_text: bool = True
) -> Outputs:
    ink = Ink(coloured=is_coloured(sys.stdout))
    run = Run(desk.sources, reading, ink, STRICTLY_FAILING if strict else FAILING)
    return Outputs(wanted, run, with_text=with_text)


def _tell_faults(told: Callable[..., Outputs], desk: Desk) -> None:
    """What is wrong with the rulebook in every format; as text it goes where refusals go."""
    by_file = groupby(in_order(desk.found), key=lambda finding: finding.location.path)
    faulty = (Checked(path, findings=tuple(found)) for path, found in by_file)
    told(desk, with_text=False).tell(faulty, Tally())


def _check_mix(
    desk: Desk,
    units: Sequence[str],
    qualification: Qualification,
    learner: tuple[date | None, int | None],
    reading: options.ReadingName,
) -> Iterator[Checked]:
    """Check one mix as the only pathway of a curriculum that is no file."""
    place = Location(ONE_MIX, 1, 1)
    mix = Pathway("the mix", place, desk.written(ONE_MIX, units))
    if not mix.units:
        raise typer.BadParameter("names no unit", param_hint=ONE_MIX)
    name = Located(qualification.id, place, qualification.id)
    given = zip(("registered", "youngest"), learner, strict=True)
    told = frozenset(key for key, value in given if value is not None)
    proposed = Curriculum(ONE_MIX, "", name, *learner, None, (mix,), told)
    return iter([check_curriculum(proposed, Workings(desk.rulebook), reading, Findings())])


def _check_files(
    desk: Desk, paths: Sequence[str], reading: options.ReadingName
) -> Iterator[Checked]:
    """File after file; what has been told of one is not kept for the next."""
    workings = Workings(desk.rulebook)
    for path in gather(paths):
        if isinstance(path, Finding):
            yield Checked(path.location.path, findings=(path,))
            continue
        found = Findings()
        curriculum = read_curriculum(path, desk.sources, found)
        if curriculum is None:
            yield Checked(path, findings=tuple(found))
        else:
            yield check_curriculum(curriculum, workings, reading, found)
        desk.sources.forget(path)
