"""`nvqplan rules new`: the first files of a rulebook, from a catalogue of units."""

import os
from pathlib import Path
from typing import Annotated

import typer

from nvqplan.authoring.first_rules import (
    find_proofs,
    outline,
    read_groups,
    say_outline,
    write_proofs,
    write_rules,
)
from nvqplan.cli.options import wrong_value
from nvqplan.cli.streams import LEFT, finish_new, holds, refuse, write_new
from nvqplan.core.findings import Findings
from nvqplan.core.sources import STDIN, Sources
from nvqplan.reading.catalogue import read_catalogue
from nvqplan.reading.rulebook import read_rulebook
from nvqplan.rules.qualification import Qualification

CatalogueArgument = Annotated[
    str, typer.Argument(metavar="UNITS.csv", help="The catalogue of units to write rules for.")
]
FolderOption = Annotated[
    str | None,
    typer.Option(
        "-o", "--output", metavar="DIR", help="Where to write; left out: beside UNITS.csv."
    ),
]


def command(units: CatalogueArgument, folder: FolderOption = None) -> None:
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
        raise wrong_value("UNITS.csv", "cannot be standard input")
    sources, found = Sources(), Findings()
    text = sources.read(units, found)
    catalogue = None if text is None else read_catalogue(units, text, found)
    if text is None or catalogue is None or len(found):
        refuse(found, sources)
    drawn = outline(catalogue, read_groups(units, text))
    target = Path(folder if folder is not None else Path(units).parent)
    files = {"units.csv": text, "rules.toml": write_rules(catalogue, drawn)}
    files["proofs/first.yaml"] = write_proofs(find_proofs(_read_staged(str(target), files)))
    data = target.as_posix()
    next = f"nvqplan rules print --data {data} --format html; nvqplan rules test {data}"
    finish_new(_write(target, files), [say_outline(drawn), f"Next: {next}"])


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


def _read_staged(folder: str, files: dict[str, str]) -> Qualification:
    sources, found = Sources(), Findings()
    for name in ("units.csv", "rules.toml"):
        sources.stage(str(Path(folder) / name), files[name].encode())
    rulebook = read_rulebook(folder, sources, found)
    assert rulebook is not None, [each.message for each in found]
    return rulebook.qualifications[0]
