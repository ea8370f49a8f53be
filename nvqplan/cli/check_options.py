"""Options of `check` alone."""

from typing import Annotated

import typer

from nvqplan.reports.formats import FORMATS

Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="[FILE|DIR|-]…", help="Curriculum files, folders of them, or stdin."),
]
Units = Annotated[
    list[str] | None, typer.Option("--units", metavar="U,…", help="One mix instead of files.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Warnings fail as errors do.")]


def _formats() -> list[str]:
    return list(FORMATS)


Format = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help=f"What standard output shows: {', '.join(FORMATS)}.",
        autocompletion=_formats,
    ),
]
Outputs = Annotated[
    list[str] | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FORMAT=FILE",
        help="A format to a file as well, there once it is whole; as often as you like.",
    ),
]
