"""Options of `explain`, `schema` and `init`, each of one of them alone."""

from typing import Annotated, Literal

import typer

from nvqplan.cli import completion

Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[CODE|UNIT|QUALIFICATION]…",
        help="What to explain.",
        autocompletion=completion.complete_names,
    ),
]
SchemaOf = Annotated[
    str,
    typer.Argument(
        metavar="curriculum|rulebook|proofs|COMMAND",
        help="Of which files, or of which command's JSON.",
        autocompletion=completion.complete_schemas,
    ),
]
InitFolder = Annotated[
    str, typer.Argument(metavar="[FOLDER]", help="Where to write; left out: here.")
]
Ci = Annotated[
    Literal["github", "gitlab", "none"], typer.Option("--ci", help="For which CI a workflow is.")
]
