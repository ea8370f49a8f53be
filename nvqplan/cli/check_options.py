"""Options of `check` alone."""

from typing import Annotated, Literal

import typer

Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="[FILE|DIR|-]…", help="Curriculum files, folders of them, or stdin."),
]
Units = Annotated[
    list[str] | None, typer.Option("--units", metavar="U,…", help="One mix instead of files.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Warnings fail too: --fail-on warning.")]
Select = Annotated[
    list[str] | None,
    typer.Option("--select", metavar="CODE,…", help="Only findings of these codes: NVQ3, NVQ301."),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore", metavar="CODE,…", help="None of these; of two that fit, the longer counts."
    ),
]
FailOn = Annotated[
    Literal["error", "warning", "remark", "never"],
    typer.Option("--fail-on", help="The least severe findings that end in exit code 1."),
]
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
