"""Options of `check` alone."""

from typing import Annotated, Literal, NamedTuple

import typer

from nvqplan.cli import completion, learner_options, options
from nvqplan.reports.report import FORMATS

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
Certificate = Annotated[
    str | None,
    typer.Option(
        "--certificate", metavar="FILE", help="Write a witness of every legal pathway: see verify."
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Warnings fail too: --fail-on warning.")]
Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="CODE,…",
        autocompletion=completion.complete_codes,
        help="Only findings of these codes: NVQ3, NVQ301.",
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        metavar="CODE,…",
        autocompletion=completion.complete_codes,
        help="None of these; of two that fit, the longer counts.",
    ),
]
FAIL_ON = typer.Option("--fail-on", help="The least severe findings that end in exit code 1.")
FailOn = Annotated[Literal["error", "warning", "remark", "never"], FAIL_ON]
Baseline = Annotated[
    str | None,
    typer.Option("--baseline", metavar="FILE", help="Known findings, which are not told."),
]
UpdateBaseline = Annotated[
    bool,
    typer.Option(
        "--update-baseline",
        help="Take out what is no longer found; record all where there is no FILE yet.",
    ),
]
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
        "--fix", help="Mend double entries, slips in numbers, missing mandatory and held units."
    ),
]
Unsafe = Annotated[
    bool, typer.Option("--unsafe", help="With --fix or --diff: the cheapest repairs as well.")
]
Diff = Annotated[bool, typer.Option("--diff", help="Show what --fix would change; write nothing.")]


def _formats() -> list[str]:
    return list(FORMATS)


def _formats_of_files() -> list[str]:
    return [f"{format}=" for format in FORMATS]


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
        autocompletion=_formats_of_files,
        help="A format to a file as well, there once it is whole; as often as you like.",
    ),
]


class CheckOptions(NamedTuple):
    """Everything that `check` can be asked, in the order of its help."""

    context: typer.Context
    paths: Paths = None
    units: Units = None
    qualification: options.Qualification = None
    level: options.Level = None
    registered: options.RegisteredOn = None
    age: options.Age = None
    learner: learner_options.Learner = None
    reading: options.Reading = "printed"
    select: Select = None
    ignore: Ignore = None
    fail_on: FailOn = "error"
    strict: Strict = False
    baseline: Baseline = None
    update_baseline: UpdateBaseline = False
    today: options.Today = None
    may_drop_held: MayDropHeld = False
    fix: Fix = False
    unsafe: Unsafe = False
    diff: Diff = False
    verbose: Verbose = False
    data: options.Data = None
    memory: options.Memory = None
    format: Format = "text"
    output: Outputs = None
    certificate: Certificate = None

    @property
    def failing(self) -> Literal["error", "warning", "remark", "never"]:
        """The least severe findings that fail."""
        return "warning" if self.strict else self.fail_on
