"""`nvqplan check`: whether pathways earn their qualification."""

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import typer

from nvqplan.checks import ONE_MIX, Checked, check_curriculum
from nvqplan.cli import options
from nvqplan.cli.desk import Desk
from nvqplan.cli.screen import is_coloured, write_results
from nvqplan.codes import CODES
from nvqplan.curriculum import Curriculum, Pathway
from nvqplan.findings import Finding, Findings, Located, Location
from nvqplan.qualification import Qualification
from nvqplan.reading.curriculum import read_curriculum
from nvqplan.reading.sources import STDIN
from nvqplan.reports.check_text import count_severities, write_check
from nvqplan.reports.ink import Ink


def command(
    paths: options.Paths = None,
    units: options.Units = None,
    qualification: options.Qualification = None,
    level: options.Level = None,
    registered: options.RegisteredOn = None,
    age: options.Age = None,
    reading: options.Reading = "printed",
    strict: options.Strict = False,
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
    if bool(paths) == bool(units):
        raise typer.BadParameter("name files to check, or one mix with -q and --units")
    if paths and (qualification, level, registered, age) != (None, None, None, None):
        raise typer.BadParameter("-q, --level, --registered and --age go with --units, not files")
    desk = Desk(data)
    if units:
        learner = (options.parse_date(registered), age)
        chosen = desk.qualification(qualification, level)
        checked = [_check_mix(desk, units, chosen, learner, reading)]
    else:
        checked = _check_paths(desk, paths or (), reading)
    _write(desk, checked, reading, format)
    raise typer.Exit(_exit_code(checked, strict=strict))


def _check_mix(
    desk: Desk,
    units: Sequence[str],
    qualification: Qualification,
    learner: tuple[date | None, int | None],
    reading: options.ReadingName,
) -> Checked:
    """Check one mix as the only pathway of a curriculum that is no file."""
    place = Location(ONE_MIX, 1, 1)
    mix = Pathway("the mix", place, desk.written(ONE_MIX, units))
    if not mix.units:
        raise typer.BadParameter("names no unit", param_hint=ONE_MIX)
    name = Located(qualification.id, place, qualification.id)
    given = zip(("registered", "youngest"), learner, strict=True)
    told = frozenset(key for key, value in given if value is not None)
    proposed = Curriculum(ONE_MIX, "", name, *learner, None, (mix,), told)
    return check_curriculum(proposed, desk.rulebook, reading, Findings())


def _check_file(desk: Desk, path: str, reading: options.ReadingName) -> Checked:
    found = Findings()
    curriculum = read_curriculum(path, desk.sources, found)
    if curriculum is None:
        return Checked(path, findings=tuple(found))
    return check_curriculum(curriculum, desk.rulebook, reading, found)


def _check_paths(desk: Desk, paths: Sequence[str], reading: options.ReadingName) -> list[Checked]:
    """Every file named, and every YAML file under a folder named, each once."""
    checked: dict[Path, Checked] = {}
    for path in paths:
        unread: list[Checked] = []
        files = _under(path, unread) if path not in ("", STDIN) and Path(path).is_dir() else [path]
        for file in files:
            if Path(file) not in checked:
                checked[Path(file)] = _check_file(desk, file, reading)
        if not files and not unread:
            unread = [_unreadable(path, "nothing to check: no *.yaml or *.yml file in this folder")]
        checked.update((Path(each.path), each) for each in unread)
    return list(checked.values())


def _under(folder: str, unread: list[Checked]) -> list[str]:
    """The YAML files under a folder in the order of their names; links to folders not followed."""

    def tell(error: OSError) -> None:
        unread.append(_unreadable(str(error.filename), f"cannot be read: {error.strerror}"))

    files = []
    for where, folders, names in os.walk(folder, onerror=tell):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found = (Path(where, name) for name in sorted(names) if name.endswith((".yaml", ".yml")))
        files += [str(path) for path in found if path.is_file() or not path.exists()]
    return files


def _unreadable(path: str, message: str) -> Checked:
    return Checked(path, findings=(Finding(Location(path, 1, 1), "NVQ101", message),))


def _write(desk: Desk, checked: Sequence[Checked], reading: str, format: str) -> None:
    if format == "json":
        from nvqplan.reports.documents import check_document, write_document

        document = check_document(checked, reading)
        write_results([write_document("check", document)])
    else:
        ink = Ink(coloured=is_coloured(sys.stdout))
        write_results(write_check(checked, desk.sources, ink))


def _exit_code(checked: Sequence[Checked], *, strict: bool) -> int:
    """2 where a file could not be read, 1 where there are errors, 0 where all is well."""
    findings = [finding for file in checked for finding in file.all_findings]
    if any(CODES[finding.code].stops for finding in findings):
        return 2
    counts = count_severities(findings)
    return 1 if counts["error"] or (strict and counts["warning"]) else 0
