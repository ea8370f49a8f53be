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
Strict = Annotated[bool, typer.Option("--strict", help="Warnings fail as errors do.")]
MayDropHeld = Annotated[
    bool, typer.Option("--may-drop-held", help="Repairs may drop units that the learner holds.")
]
Verbose = Annotated[
    bool,
    typer.Option(
        "-v", "--verbose", help="Every rule: what the mix has, needs and spares, and what counts."
    ),
]
Fix = Annotated[
    bool,
    typer.Option(
        "--fix", help="Mend the files: double entries, slips in numbers, missing mandatory units."
    ),
]
Unsafe = Annotated[
    bool, typer.Option("--unsafe", help="With --fix or --diff: the cheapest repairs as well.")
]
Diff = Annotated[bool, typer.Option("--diff", help="Show what --fix would change; write nothing.")]
