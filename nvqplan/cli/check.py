"""`nvqplan check`: whether pathways earn their qualification."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date

import typer

from nvqplan.advice.workings import Workings
from nvqplan.checks import check_curriculum
from nvqplan.cli import check_options, options
from nvqplan.cli.certifying import Asked, certifying
from nvqplan.cli.desk import Desk
from nvqplan.cli.gathering import gather
from nvqplan.cli.screen import is_coloured, write_results
from nvqplan.curriculum import Curriculum, Pathway
from nvqplan.findings import Finding, Findings, Located, Location
from nvqplan.qualification import Qualification
from nvqplan.reading.curriculum import read_curriculum
from nvqplan.reports.report import Report
from nvqplan.results import ONE_MIX, Checked, Tally


def command(
    paths: check_options.Paths = None,
    units: check_options.Units = None,
    qualification: options.Qualification = None,
    level: options.Level = None,
    registered: options.RegisteredOn = None,
    age: options.Age = None,
    reading: options.Reading = "printed",
    strict: check_options.Strict = False,
    certificate: check_options.Certificate = None,
    today: check_options.Today = None,
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
      nvqplan check -q l3-diploma --units 101,301,204,303,305,405,229,328,329,330
      nvqplan check curricula/ --certificate certificate.json
      nvqplan check --level 4 --units 101,401,402,403 --age 19 --reading intended
    """
    if bool(paths) == bool(units):
        raise typer.BadParameter("name files to check, or one mix with -q and --units")
    if paths and (qualification, level, registered, age) != (None, None, None, None):
        raise typer.BadParameter("-q, --level, --registered and --age go with --units, not files")
    desk = Desk(data)
    if units:
        learner = (options.parse_date(registered), age)
        chosen = desk.qualification(qualification, level)
        checked = _check_mix(desk, units, chosen, learner, reading)
    else:
        checked = _check_files(desk, paths or (), reading)
    tally = Tally()
    asked = Asked(certificate, paths or (), today, reading)
    with certifying(checked, desk, asked) as certified:
        lines = _tell(certified, _report(desk, reading, format), tally)
        write_results(lines)
        for _ in lines:
            pass  # a reader who has gone away changes no verdict
    raise typer.Exit(tally.exit_code(strict=strict))


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
    yield check_curriculum(proposed, Workings(desk.rulebook), reading, Findings())


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


def _tell(checked: Iterator[Checked], report: Report, tally: Tally) -> Iterator[str]:
    yield from report.head()
    for each in checked:
        tally.add(each)
        yield from report.file(each)
    yield from report.tail(tally)


def _report(desk: Desk, reading: str, format: str) -> Report:
    if format == "json":
        from nvqplan.reports.documents import JsonReport

        return JsonReport(reading)
    from nvqplan.reports.check_text import TextReport
    from nvqplan.reports.ink import Ink

    return TextReport(desk.sources, Ink(coloured=is_coloured(sys.stdout)))
