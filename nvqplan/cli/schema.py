"""`nvqplan schema`: what files may hold, for editors and other programs."""

from pathlib import Path
from typing import Annotated, Any

from nvqplan.cli import options
from nvqplan.cli.session import Session
from nvqplan.cli.streams import refuse, write_results
from nvqplan.core.findings import Findings
from nvqplan.core.sources import Sources, find_brought
from nvqplan.core.words import did_you_mean
from nvqplan.reading.catalogue import read_catalogue
from nvqplan.reading.rulebook import find_data

MADE = ("curriculum", "rulebook", "proofs")
"""Schemas that are made from the rulebook in force."""

SchemaArgument = Annotated[
    str,
    options.argument(
        "curriculum|rulebook|proofs|COMMAND",
        "Of which files, or of which command's JSON.",
        "schemas",
    ),
]


def command(of: SchemaArgument, data: options.DataOption = None) -> None:
    """Write the JSON Schema of files or of results.

    Editors complete and explain curriculum files, rulebooks and their proofs by theirs; those of
    curriculum files and proofs hold the names of the rulebook in force. Any other name is of a
    command that writes JSON.

    \b
    Examples:
      nvqplan schema curriculum > curriculum.schema.json
      nvqplan schema rulebook --data mine > mine/rules.schema.json
      nvqplan schema explain
    """
    if of not in MADE:
        write_results([_published(of)])
        return
    import json

    write_results([json.dumps(_make(of, data), indent=2)])


def _make(of: str, data: str | None) -> dict[str, Any]:
    if of == "curriculum":
        from nvqplan.reading.names_schema import curriculum_schema

        return curriculum_schema(Session(data).rulebook)
    if of == "proofs":
        from nvqplan.reading.names_schema import proofs_schema

        return proofs_schema(Session(data).rulebook)
    from nvqplan.reading.rulebook import rulebook_schema

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
    """A schema that nvqplan brings along."""
    ending = ".schema.json"
    files = sorted(find_brought("schemas").glob(f"*{ending}"))
    paths = {path.name.removesuffix(ending): path for path in files}
    if name in paths:
        return paths[name].read_text("utf-8").rstrip("\n")
    known = sorted({*MADE, *paths})
    help = did_you_mean(name, known) or f"known: {', '.join(known)}"
    raise options.wrong_value("OF", f"there is no schema of '{name}'; {help}")
