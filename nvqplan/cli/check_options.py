"""Options of `check` alone."""

from typing import Annotated

import typer

from nvqplan.cli import completion

Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="[FILE|DIR|-]…", help="Curriculum files, folders of them, or stdin."),
]
Units = Annotated[
    list[str] | None,
    typer.Option(
        "--units",
        metavar="U,…",
        help="One mix instead of files.",
        autocompletion=completion.complete_units,
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Warnings fail as errors do.")]
