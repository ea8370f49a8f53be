"""`nvqplan rules new`: the first files of a rulebook, from a catalogue of units."""

import os
from collections.abc import Iterator
from pathlib import Path

import typer

from nvqplan.authoring.first_rules import (
    FirstProof,
    outline,
    read_groups,
    say_outline,
    write_proofs,
    write_rules,
)
from nvqplan.cli import rules_options
from nvqplan.cli.new_files import LEFT, WRITTEN, holds, write_new
from nvqplan.cli.screen import write_results
from nvqplan.cli.session import refuse
from nvqplan.core.findings import Findings
from nvqplan.core.sources import STDIN, Sources
from nvqplan.core.units import Mix, sort_units
from nvqplan.reading.catalogue import read_catalogue
from nvqplan.reading.rulebook import read_rulebook
from nvqplan.rules.qualification import PRINTED, Qualification
from nvqplan.rules.terms import Terms


def command(units: rules_options.Units, folder: rules_options.Folder = None) -> None:
    """Write the first files of a rulebook.

    rules.toml has the groups, levels and credits of UNITS.csv, whose column group names groups,
    else there is one a level; every figure is a guess that some mix meets, and all that can be
    said beside stands there as a comment. proofs/first.yaml has the first labelled mixes. The
    catalogue is copied where it is not there yet. No file that is there is overwritten: it is
    told, and where it is not what would have been written, the exit code is 1.

    \b
    Examples:
      nvqplan rules new rulebook/units.csv
      nvqplan rules new export.csv -o rulebook
    """
    if units == STDIN:
        raise typer.BadParameter("cannot be standard input", param_hint="UNITS.csv")
    sources, found = Sources(), Findings()
    text = sources.read(units, found)
    catalogue = None if text is None else read_catalogue(units, text, found)
    if text is None or catalogue is None or len(found):
        refuse(found, sources)
    drawn = outline(catalogue, read_groups(units, text))
    target = Path(folder if folder is not None else Path(units).parent)
    files = {"units.csv": text, "rules.toml": write_rules(catalogue, drawn)}
    files["proofs/first.yaml"] = write_proofs(_prove(str(target), files))
    told = _write(target, files)
    write_results(f"{path}: {what}" for path, what in told.items())
    if WRITTEN in told.values():
        data = target.as_posix()
        next = f"nvqplan rules print --data {data} --format html; nvqplan rules test {data}"
        write_results(["", say_outline(drawn), f"Next: {next}"])
    raise typer.Exit(1 if LEFT in told.values() else 0)


def _write(target: Path, files: dict[str, str]) -> dict[str, str]:
    """What became of each file; rules are not written beside a catalogue that is another one."""
    paths = {name: target / name for name in files}
    if os.path.lexists(paths["units.csv"]) and not _is_same(paths["units.csv"], files["units.csv"]):
        return {str(paths["units.csv"]): LEFT}
    return {
        str(path): write_new(path, files[name])
        for name, path in paths.items()
        if name != "units.csv" or not path.exists()
    }


def _is_same(path: Path, text: str) -> bool:
    """Whether a catalogue is the same when it is read."""
    return holds(path, text) or Sources().read(str(path), Findings()) == text


def _prove(folder: str, files: dict[str, str]) -> Iterator[FirstProof]:
    """Mixes of the rulebook that is to be written: a legal one, and for most rules an illegal."""
    chosen = _read_staged(folder, files)
    units = tuple(chosen.offering.units)
    yield FirstProof("all units", units)
    yield FirstProof("no unit", (), _broken(chosen, frozenset()))
    for rule in chosen.rules:
        mix, offering = frozenset(units), chosen.offering
        counted = [unit for unit in units if rule.printed.role(unit, offering)]
        for unit in sorted(counted, key=lambda number: -offering.units[number].credits):
            if not _broken(chosen, mix) and _broken(chosen, mix - {unit}) in ([], [rule.id]):
                mix -= {unit}
        if mix and _broken(chosen, mix):
            yield FirstProof(f"only {rule.id} is not met", sort_units(mix), [rule.id])


def _broken(chosen: Qualification, mix: Mix) -> list[str]:
    judgement = chosen.judge(mix, Terms().learner(chosen), PRINTED)
    return [each.rule.id for each in judgement.broken]


def _read_staged(folder: str, files: dict[str, str]) -> Qualification:
    sources, found = Sources(), Findings()
    for name in ("units.csv", "rules.toml"):
        sources.stage(str(Path(folder) / name), files[name].encode())
    rulebook = read_rulebook(folder, sources, found)
    assert rulebook is not None, [each.message for each in found]
    return rulebook.qualifications[0]
