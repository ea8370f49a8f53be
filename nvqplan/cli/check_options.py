"""Options of `check` alone."""

from typing import Annotated, NamedTuple

import typer

from nvqplan.cli import options
from nvqplan.reports.formats import FORMATS

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


class Asked(NamedTuple):
    """Everything that `check` can be asked, in the order of its help."""

    paths: Paths = None
    units: Units = None
    qualification: options.Qualification = None
    level: options.Level = None
    registered: options.RegisteredOn = None
    age: options.Age = None
    reading: options.Reading = "printed"
    strict: Strict = False
    may_drop_held: MayDropHeld = False
    fix: Fix = False
    unsafe: Unsafe = False
    diff: Diff = False
    verbose: Verbose = False
    data: options.Data = None
    format: Format = "text"
    output: Outputs = None
