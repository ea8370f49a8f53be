"""Options that several commands share, each declared once."""

from datetime import date
from typing import Annotated, Literal

import typer

ReadingName = Literal["printed", "intended"]


def parse_date(written: str | None, wanted: str = "a date such as 2026-09-01") -> date | None:
    """The value of --registered where it must be one date."""
    try:
        return None if written is None else date.fromisoformat(written)
    except ValueError:
        message = f"'{written}' is not {wanted}"
        raise typer.BadParameter(message, param_hint="--registered") from None


def parse_registered(written: str | None) -> date | Literal["any"] | None:
    """The value of --registered where all dates may be meant."""
    return "any" if written == "any" else parse_date(written, "a date such as 2026-09-01, or any")


Data = Annotated[
    str | None,
    typer.Option("--data", metavar="DIR", help="Folder with your own units.csv and rules.toml."),
]
Qualification = Annotated[
    str | None,
    typer.Option("-q", "--qualification", metavar="Q", help="Id, number or QAN, e.g. l3-diploma."),
]
Level = Annotated[
    int | None,
    typer.Option("--level", metavar="N", help="The qualification at this level, if only one is."),
]
Reading = Annotated[
    ReadingName,
    typer.Option("--reading", help="Misprinted rules as printed, or as likely intended."),
]
RegisteredOn = Annotated[
    str | None,
    typer.Option(
        "--registered", metavar="DATE", help="Date of registration; left out: the newest window."
    ),
]
Registered = Annotated[
    str | None,
    typer.Option(
        "--registered",
        metavar="DATE|any",
        help="Date of registration, or any; left out: the newest window.",
    ),
]
Age = Annotated[
    int | None, typer.Option("--age", metavar="N", min=0, help="The learner's age at registration.")
]
With = Annotated[
    list[str] | None,
    typer.Option("--with", metavar="U,…", help="Units that the mix must contain."),
]
Without = Annotated[
    list[str] | None,
    typer.Option("--without", metavar="U,…", help="Units that the mix must not contain."),
]
Held = Annotated[
    list[str] | None,
    typer.Option("--held", metavar="U,…", help="Units achieved already: part of every mix."),
]
Prefer = Annotated[
    list[str] | None,
    typer.Option("--prefer", metavar="T,…", help="Topics or units sought: most credits of them."),
]
Avoid = Annotated[
    list[str] | None,
    typer.Option("--avoid", metavar="T,…", help="Topics or units shunned: fewest credits."),
]
Offer = Annotated[
    str | None,
    typer.Option("--offer", metavar="FILE", help="Only units in this curriculum file's offer."),
]
Surplus = Annotated[
    int | None,
    typer.Option(
        "--surplus",
        metavar="N",
        min=0,
        help="Allow up to N credits over the total; left out: as few as feasible.",
    ),
]
Top = Annotated[int, typer.Option("--top", metavar="K", min=1, help="How many mixes to show.")]
Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="[FILE|DIR|-]…", help="Curriculum files, folders of them, or stdin."),
]
Units = Annotated[
    list[str] | None, typer.Option("--units", metavar="U,…", help="One mix instead of files.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Warnings fail as errors do.")]
Credits = Annotated[
    str | None, typer.Option("--credits", metavar="N|N..M", help="So many credits in all.")
]
Words = Annotated[
    list[str] | None,
    typer.Argument(metavar="[WORDS]…", help="Words that number, UAN, title or topics hold."),
]
Topic = Annotated[
    list[str] | None, typer.Option("--topic", metavar="T,…", help="Only units of these topics.")
]
UnitLevel = Annotated[
    int | None, typer.Option("--level", metavar="N", help="Only units at this level.")
]
MaxGlh = Annotated[
    int | None,
    typer.Option("--max-glh", metavar="N", min=0, help="At most this many guided learning hours."),
]
TextFormat = Annotated[
    Literal["text", "json"], typer.Option("--format", help="Text for people, JSON for programs.")
]
TableFormat = Annotated[
    Literal["table", "json", "csv"],
    typer.Option("--format", help="A table for people, JSON or CSV for programs."),
]
