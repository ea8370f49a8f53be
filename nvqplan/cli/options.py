"""Options that several commands share, each declared once, and how their values are read."""

import re
from datetime import date
from typing import Annotated, Literal

import typer

from nvqplan.cli import completion

ReadingName = Literal["printed", "intended"]


def parse_date(
    written: str | None,
    wanted: str = "a date such as 2026-09-01",
    option: str = "--registered",
) -> date | None:
    """The value of an option that must be one date."""
    try:
        return None if written is None else date.fromisoformat(written)
    except ValueError:
        message = f"'{written}' is not {wanted}"
        raise typer.BadParameter(message, param_hint=option) from None


def parse_registered(written: str | None) -> date | Literal["any"] | None:
    """The value of --registered where all dates may be meant."""
    return "any" if written == "any" else parse_date(written, "a date such as 2026-09-01, or any")


Bounds = tuple[int | None, int | None]


def parse_credits(written: str | None) -> Bounds:
    """The value of --credits: `42`, `42..45`, `42..` or `..45`."""
    if written is None:
        return None, None
    told = re.fullmatch(r"(\d{1,9})|(\d{0,9})\.\.(\d{0,9})", written)
    if told is None or written == "..":
        message = f"'{written}' is neither a number such as 42 nor a range such as 42..45"
        raise typer.BadParameter(message, param_hint="--credits")
    if told[1]:
        return int(told[1]), int(told[1])
    least, most = (int(bound) if bound else None for bound in (told[2], told[3]))
    if least is not None and most is not None and least > most:
        raise typer.BadParameter(f"{least} is more than {most}", param_hint="--credits")
    return least, most


def parse_memory(written: str | None) -> int:
    """The value of --memory in bytes: `512MiB`, `1.5G`."""
    if written is None:
        from nvqplan.solving.layers import GIBIBYTE

        return GIBIBYTE
    told = re.fullmatch(r"(\d{1,9})(?:\.(\d))? ?([KMGT])(?:i?B)?", written, re.IGNORECASE)
    if told is None:
        message = f"'{written}' is not an amount such as 512MiB or 2GiB"
        raise typer.BadParameter(message, param_hint="--memory")
    tenths = 10 * int(told[1]) + int(told[2] or 0)
    return (tenths << 10 * "KMGT".index(told[3].upper()) + 10) // 10


Data = Annotated[
    str | None,
    typer.Option("--data", metavar="DIR", help="Folder with your own units.csv and rules.toml."),
]
Today = Annotated[
    str | None,
    typer.Option("--today", metavar="DATE", help="Taken for today where something expires."),
]
Qualification = Annotated[
    str | None,
    typer.Option(
        "-q",
        "--qualification",
        metavar="Q",
        help="Id, number or QAN, e.g. l3-diploma.",
        autocompletion=completion.complete_qualifications,
    ),
]
Level = Annotated[
    int | None,
    typer.Option(
        "--level",
        metavar="N",
        help="The qualification at this level, if only one is.",
        autocompletion=completion.complete_levels,
    ),
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
    typer.Option(
        "--with",
        metavar="U,…",
        help="Units that the mix must contain.",
        autocompletion=completion.complete_units,
    ),
]
Without = Annotated[
    list[str] | None,
    typer.Option(
        "--without",
        metavar="U,…",
        help="Units that the mix must not contain.",
        autocompletion=completion.complete_units,
    ),
]
Held = Annotated[
    list[str] | None,
    typer.Option(
        "--held",
        metavar="U,…",
        help="Units achieved already: part of every mix.",
        autocompletion=completion.complete_units,
    ),
]
Prefer = Annotated[
    list[str] | None,
    typer.Option(
        "--prefer",
        metavar="T,…",
        help="Topics or units sought: most credits (or what is counted) of them.",
        autocompletion=completion.complete_topics_or_units,
    ),
]
Avoid = Annotated[
    list[str] | None,
    typer.Option(
        "--avoid",
        metavar="T,…",
        help="Topics or units shunned: fewest credits (or what is counted).",
        autocompletion=completion.complete_topics_or_units,
    ),
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
        help="Allow N credits (or what is counted) over the total; left out: as few as feasible.",
    ),
]
Top = Annotated[
    int, typer.Option("--top", metavar="K", min=1, max=10_000, help="How many mixes to show.")
]
Credits = Annotated[
    str | None,
    typer.Option(
        "--credits", metavar="N|N..M", help="So many credits in all: 42, 42..45, 42.. or ..45."
    ),
]
Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[WORDS]…",
        help="Words that number, UAN, title or topics hold.",
        autocompletion=completion.complete_topics,
    ),
]
Topic = Annotated[
    list[str] | None,
    typer.Option(
        "--topic",
        metavar="T,…",
        help="Only units of these topics.",
        autocompletion=completion.complete_topics,
    ),
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
SettingsFormat = Annotated[
    Literal["table", "json"], typer.Option("--format", help="A table for people, or JSON.")
]
Memory = Annotated[
    str | None,
    typer.Option(
        "--memory",
        metavar="SIZE",
        help="Give up rather than take more: 512MiB, 2GiB; left out: 1GiB.",
    ),
]
By = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="M",
        help="How mixes are spread by credits, glh, units, level, or a numeric column.",
        autocompletion=completion.complete_measures,
    ),
]
Minimal = Annotated[
    bool,
    typer.Option("--minimal", help="Only mixes that hold no other: nothing can be dropped."),
]
Share = Annotated[
    bool,
    typer.Option("--share", help="With -q: in how many legal mixes each unit is; forced ones."),
]
OneMix = Annotated[
    list[str],
    typer.Option(
        "--units",
        metavar="U,…",
        help="The units of the mix.",
        autocompletion=completion.complete_units,
    ),
]
Hash = Annotated[
    str | None,
    typer.Option(
        "--hash",
        metavar="HASH",
        help="Refuse if mixes are not numbered as where it was noted.",
    ),
]
Limit = Annotated[
    int | None, typer.Option("--limit", metavar="N", min=0, help="List at most so many mixes.")
]
Start = Annotated[
    int | None,
    typer.Option("--from", metavar="I", min=1, help="Begin with mix number I; see --hash."),
]
Shard = Annotated[
    str | None,
    typer.Option("--shard", metavar="I/N", help="Part I of N equal parts, 1/8 to 8/8; see --hash."),
]
Sample = Annotated[
    int | None,
    typer.Option("--sample", metavar="N", min=0, help="N mixes at random, all equally likely."),
]
Seed = Annotated[
    int | None,
    typer.Option(
        "--seed", metavar="S", min=0, help="Another seed draws another sample; left out: 0."
    ),
]
Sums = Annotated[
    bool, typer.Option("--sums", help="CSV: number, credits and GLH of each mix too; slower.")
]
Output = Annotated[
    str | None,
    typer.Option(
        "-o", "--output", metavar="FILE", help="Write to a file, which is there once it is whole."
    ),
]
Solver = Annotated[
    Literal["diagram", "backtracking"],
    typer.Option("--solver", help="Backtracking is python-constraint: in no order, much slower."),
]
RowFormat = Annotated[
    Literal["table", "csv", "jsonl"],
    typer.Option("--format", help="A table for people, CSV or JSON lines for programs."),
]
CountFormat = Annotated[
    Literal["text", "json", "csv"],
    typer.Option("--format", help="Text for people, JSON or CSV for programs."),
]
