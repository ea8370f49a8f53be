"""Options of `rules new`, `rules test` and `rules print`, each of one of them alone."""

from typing import Annotated, Literal

import typer

Units = Annotated[
    str, typer.Argument(metavar="UNITS.csv", help="The catalogue of units to write rules for.")
]
Folder = Annotated[
    str | None,
    typer.Option(
        "-o", "--output", metavar="DIR", help="Where to write; left out: beside UNITS.csv."
    ),
]
Tested = Annotated[
    str | None,
    typer.Argument(
        metavar="[DIR]", help="The rulebook to test; left out: the one in force, see config."
    ),
]
Strict = Annotated[
    bool,
    typer.Option(
        "--strict", help="Remarks fail too, and what nobody has verified lately is remarked on."
    ),
]
Page = Annotated[
    Literal["markdown", "html"], typer.Option("--format", help="A page for an editor or a browser.")
]
