"""Options of `check` alone."""

from typing import Annotated

import typer

Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="[FILE|DIR|-]…", help="Curriculum files, folders of them, or stdin."),
]
Units = Annotated[
    list[str] | None, typer.Option("--units", metavar="U,…", help="One mix instead of files.")
]
Certificate = Annotated[
    str | None,
    typer.Option(
        "--certificate", metavar="FILE", help="Write a witness of every legal pathway: see verify."
    ),
]
Today = Annotated[
    str | None,
    typer.Option("--today", metavar="DATE", help="The day that counts as today, not the clock's."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Warnings fail as errors do.")]
