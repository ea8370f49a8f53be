"""`nvqplan schema`: what files may hold, for editors and other programs."""

import json
from pathlib import Path
from typing import Any

import typer

from nvqplan.cli import home_options, options
from nvqplan.cli.desk import Desk, refuse
from nvqplan.cli.screen import write_results
from nvqplan.findings import Findings
from nvqplan.reading.catalogue import read_catalogue
from nvqplan.reading.rulebook import find_data
from nvqplan.reading.sources import Sources


def command(of: home_options.SchemaOf, data: options.Data = None) -> None:
    """Write the JSON Schema of curriculum files, of rulebooks, or of what check --format json says.

    Editors complete and explain units and qualifications by it. That of curriculum files holds the
    names of the rulebook in force.

    \b
    Examples:
      nvqplan schema curriculum > curriculum.schema.json
      nvqplan schema rulebook --data mine > mine/rules.schema.json
    """
    if of == "check":
        write_results([_published("check")])
        return
    write_results([json.dumps(_make(of, data), indent=2)])


def _make(of: str, data: str | None) -> dict[str, Any]:
    if of == "curriculum":
        from nvqplan.schemas.curriculum import curriculum_schema

        return curriculum_schema(Desk(data).rulebook)
    from nvqplan.schemas.rulebook import rulebook_schema

    return rulebook_schema(_measures(data))


def _measures(data: str | None) -> tuple[str, ...]:
    """What the catalogue can be summed over: the rules may be what is still to be written."""
    path = str(Path(data or find_data(), "units.csv"))
    sources, found = Sources(), Findings()
    text = sources.read(path, found)
    catalogue = None if text is None else read_catalogue(path, text, found)
    if catalogue is None or len(found):
        refuse(found, sources)
    return catalogue.measures


def _published(name: str) -> str:
    """A schema that nvqplan brings along: in the wheel, else in the checkout."""
    package = Path(__file__).parent.parent
    for folder in (package / "_schemas", package.parent / "schemas"):
        path = folder / f"{name}.schema.json"
        if path.is_file():
            return path.read_text("utf-8").rstrip("\n")
    raise typer.BadParameter(f"this installation brings no schema of {name}", param_hint="OF")
