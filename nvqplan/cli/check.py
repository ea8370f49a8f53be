"""`nvqplan check`: whether pathways earn their qualification."""

import sys
from collections.abc import Iterator

import typer

from nvqplan.cli import check_options, options
from nvqplan.cli.checking import Checking
from nvqplan.cli.desk import Desk
from nvqplan.cli.screen import is_coloured, write_results
from nvqplan.reading.sources import STDIN
from nvqplan.reports.report import Report
from nvqplan.results import Checked, Tally


def command(
    paths: check_options.Paths = None,
    units: check_options.Units = None,
    qualification: options.Qualification = None,
    level: options.Level = None,
    registered: options.RegisteredOn = None,
    age: options.Age = None,
    reading: options.Reading = "printed",
    strict: check_options.Strict = False,
    may_drop_held: check_options.MayDropHeld = False,
    verbose: check_options.Verbose = False,
    fix: check_options.Fix = False,
    unsafe: check_options.Unsafe = False,
    diff: check_options.Diff = False,
    data: options.Data = None,
    format: options.TextFormat = "text",
) -> None:
    """Check curriculum files, or one mix.

    The verdict says whether exactly these units meet the rules of combination.

    Under a folder every *.yaml and *.yml file is checked, hidden folders left out.

    \b
    Examples:
      nvqplan check curricula/
      nvqplan check sales.yaml support.yaml --format json
      nvqplan check sales.yaml --diff --unsafe
      nvqplan check -q l3-diploma --units 101,301,204,303,305,405,229,328,329,330
      nvqplan check --level 4 --units 101,401,402,403 --age 19 --reading intended
    """
    if bool(paths) == bool(units):
        raise typer.BadParameter("name files to check, or one mix with -q and --units")
    if paths and (qualification, level, registered, age) != (None, None, None, None):
        raise typer.BadParameter("-q, --level, --registered and --age go with --units, not files")
    _refuse_odd_fixes(paths, fix=fix, unsafe=unsafe, diff=diff)
    desk = Desk(data)
    checking = Checking(desk, reading, may_drop_held=may_drop_held)
    if units:
        chosen = desk.qualification(qualification, level)
        checked = checking.mix(units, chosen, options.parse_date(registered), age)
    else:
        checked = checking.files(paths or ())
    report = _report(desk, reading, format, verbose=verbose)
    if fix or diff:
        from nvqplan.cli.mending import DiffReport, mend
        from nvqplan.fixing.fixer import Fixer

        fixer = Fixer(desk.sources, desk.rulebook.catalogue, checking.file, unsafe=unsafe)
        report = DiffReport(desk.sources, fixer) if diff else report
        checked = checked if diff else mend(checked, fixer)
    tally = Tally()
    lines = _tell(checked, report, tally)
    write_results(lines)
    for _ in lines:
        pass  # a reader who has gone away changes no verdict
    raise typer.Exit(tally.exit_code(strict=strict))


def _refuse_odd_fixes(paths: list[str] | None, *, fix: bool, unsafe: bool, diff: bool) -> None:
    if (fix or diff) and not paths:
        raise typer.BadParameter("--fix and --diff go with files")
    if fix and not diff and STDIN in (paths or ()):
        raise typer.BadParameter("--fix cannot write to standard input; --diff shows what it would")
    if unsafe and not (fix or diff):
        raise typer.BadParameter("--unsafe goes with --fix or --diff")


def _tell(checked: Iterator[Checked], report: Report, tally: Tally) -> Iterator[str]:
    yield from report.head()
    for each in checked:
        tally.add(each)
        yield from report.file(each)
    yield from report.tail(tally)


def _report(desk: Desk, reading: str, format: str, *, verbose: bool) -> Report:
    if format == "json":
        from nvqplan.reports.documents import JsonReport

        return JsonReport(reading)
    from nvqplan.reports.check_text import TextReport
    from nvqplan.reports.ink import Ink

    return TextReport(desk.sources, Ink(coloured=is_coloured(sys.stdout)), verbose=verbose)
