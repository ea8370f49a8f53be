"""`nvqplan check`: whether pathways earn their qualification."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date

import typer

from nvqplan.advice.workings import Workings
from nvqplan.checks import check_curriculum
from nvqplan.cli import check_options, options
from nvqplan.cli.controlling import close_controls, open_controls, refuse_contradictions
from nvqplan.cli.desk import Desk
from nvqplan.cli.gathering import gather
from nvqplan.cli.screen import is_coloured, write_results
from nvqplan.controls.controls import Controls, settle
from nvqplan.curriculum import Curriculum, Pathway
from nvqplan.findings import Finding, Findings, Located, Location
from nvqplan.qualification import Qualification
from nvqplan.reading.comments import find_comments
from nvqplan.reading.curriculum import read_curriculum
from nvqplan.reports.report import Report
from nvqplan.results import ONE_MIX, Checked, Tally


def command(
    context: typer.Context,
    paths: check_options.Paths = None,
    units: check_options.Units = None,
    qualification: options.Qualification = None,
    level: options.Level = None,
    registered: options.RegisteredOn = None,
    age: options.Age = None,
    reading: options.Reading = "printed",
    select: check_options.Select = None,
    ignore: check_options.Ignore = None,
    fail_on: check_options.FailOn = "error",
    strict: check_options.Strict = False,
    baseline: check_options.Baseline = None,
    update_baseline: check_options.UpdateBaseline = False,
    today: options.Today = None,
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
      nvqplan check --level 4 --units 101,401,402,403 --age 19 --reading intended
    """
    refuse_contradictions(context)
    desk = Desk(data)
    controls = open_controls(desk, select, ignore, today, baseline, update=update_baseline)
    if units:
        learner = (options.parse_date(registered), age)
        chosen = desk.qualification(qualification, level)
        checked = _check_mix(desk, units, chosen, learner, reading, controls)
    else:
        checked = _check_files(desk, paths or (), reading, controls)
    tally = Tally()
    lines = _tell(checked, _report(desk, reading, format), tally)
    write_results(lines)
    for _ in lines:
        pass  # a reader who has gone away changes no verdict
    close_controls(controls, update=update_baseline)
    raise typer.Exit(tally.exit_code("warning" if strict else fail_on))


def _check_mix(
    desk: Desk,
    units: Sequence[str],
    qualification: Qualification,
    learner: tuple[date | None, int | None],
    reading: options.ReadingName,
    controls: Controls,
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
    checked = check_curriculum(proposed, Workings(desk.rulebook), reading, Findings())
    yield settle(checked, (), {}, controls)


def _check_files(
    desk: Desk, paths: Sequence[str], reading: options.ReadingName, controls: Controls
) -> Iterator[Checked]:
    """File after file; what has been told of one is not kept for the next."""
    workings = Workings(desk.rulebook)
    for path in gather(paths):
        if isinstance(path, Finding):
            yield Checked(path.location.path, findings=(path,))
            continue
        found = Findings()
        curriculum = read_curriculum(path, desk.sources, found)
        checked = Checked(path, findings=tuple(found))
        lines_of: dict[str, int] = {}
        if curriculum is not None:
            checked = check_curriculum(curriculum, workings, reading, found)
            lines_of = {each.name: each.place.line for each in curriculum.pathways}
        comments = find_comments(path, desk.sources.lines(path))
        yield settle(checked, comments, lines_of, controls)
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
