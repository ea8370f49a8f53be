"""Options that several commands share, each declared once, and how their values are read."""

import inspect
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Annotated, Any, Literal

import typer
import typer.main

from nvqplan.cli.writers import FORMATS, formats_of
from nvqplan.core.codes import FailOn
from nvqplan.core.values import NamedTuple

CHOICE: Any = typer.main

FORMAT_NAMES = {
    "text": "Text",
    "table": "A table",
    "json": "JSON",
    "csv": "CSV",
    "jsonl": "JSON lines",
}
"""What help calls a format; of those that a command has the first is for people."""


def asks(command: Callable[..., None]) -> Callable[..., None]:
    """A command some of whose parameters are named tuples, the fields of which are its options.

    Typer reads options from a signature: it is shown the fields in the place of their tuples.
    """
    options = [*_options_of(command)]

    def run(**given: Any) -> None:
        command(**_gather(command, given))

    shown: Any = run
    shown.__doc__ = command.__doc__
    shown.__signature__ = inspect.Signature(options)
    shown.__annotations__ = {each.name: each.annotation for each in options}
    return run


def _options_of(asking: Any) -> Iterator[inspect.Parameter]:
    """What a command takes, or a named tuple, of which a signature would be dear."""
    kind, none = inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.empty
    defaults = getattr(asking, "_field_defaults", None)
    if defaults is None:
        taken = inspect.signature(asking).parameters
        defaults = {name: each.default for name, each in taken.items()}
    for name, shape in _asked_by(asking):
        if hasattr(shape, "_fields"):
            yield from _options_of(shape)
        else:
            yield inspect.Parameter(name, kind, default=defaults.get(name, none), annotation=shape)


def _gather(asking: Any, given: dict[str, Any]) -> dict[str, Any]:
    """What a command or a named tuple takes, named tuples made of what is given."""
    return {
        name: shape(**_gather(shape, given)) if hasattr(shape, "_fields") else given[name]
        for name, shape in _asked_by(asking)
    }


def _asked_by(asking: Any) -> list[tuple[str, Any]]:
    return [each for each in asking.__annotations__.items() if each[0] != "return"]


def is_given(context: typer.Context, parameter: str) -> bool:
    """Whether an option or argument stands on the command line."""
    source = context.get_parameter_source(parameter)
    return source is not None and source.name == "COMMANDLINE"


def wrong_value(option: str, says: str) -> typer.BadParameter:
    """What refuses the value of an option, or of an argument by its name in help."""
    return typer.BadParameter(says, param_hint=option)


def least_failing(context: typer.Context, fail_on: FailOn, *, strict: bool) -> FailOn:
    """The least severe findings that fail; two answers are refused, configured ones give way."""
    if is_given(context, "strict") and is_given(context, "fail_on"):
        raise typer.BadParameter("give --strict or --fail-on, not both")
    return "warning" if strict else fail_on


def parse_date(
    written: str | None, expected: str = "a date such as 2026-09-01", option: str = "--registered"
) -> date | None:
    """The value of an option that must be one date."""
    try:
        return None if written is None else date.fromisoformat(written)
    except ValueError:
        raise wrong_value(option, f"'{written}' is not {expected}") from None


def parse_registered(written: str | None) -> date | Literal["any"] | None:
    """The value of --registered where all dates may be meant."""
    return "any" if written == "any" else parse_date(written, "a date such as 2026-09-01, or any")


def parse_today(written: str | None) -> date:
    """The date given with --today, else that of the clock, which nothing else reads."""
    return parse_date(written, option="--today") or date.today()  # noqa: DTZ011 - the user's day


def parse_memory(written: str | None) -> int:
    """The value of --memory in bytes: `512MiB`, `1.5G`."""
    if written is None:
        from nvqplan.solving.layers import GIBIBYTE

        return GIBIBYTE
    parts = re.fullmatch(r"(\d{1,9})(?:\.(\d))? ?([KMGT])(?:i?B)?", written, re.IGNORECASE)
    if parts is None:
        raise wrong_value("--memory", f"'{written}' is not an amount such as 512MiB or 2GiB")
    tenths = 10 * int(parts[1]) + int(parts[2] or 0)
    return (tenths << 10 * "KMGT".index(parts[3].upper()) + 10) // 10


COMPLETIONS: dict[str, str | Callable[[], list[str]]] = {
    "Q": "qualifications",
    "U,…": "units",
    "T,…": "topics or units",
    "M": "measures",
    "CODE,…": "codes",
    "NAME=VALUE": "learners",
    "FORMAT": lambda: list(FORMATS),
    "FORMAT=FILE": lambda: [f"{format}=" for format in FORMATS],
}
"""What a shell offers for a value, by what help calls it: a word for `completion`, or a list."""


def completing(what: str) -> Callable[[typer.Context, str], list[tuple[str, str]]]:
    """What a shell asks for the values of an option.

    It has no annotations, since Typer looks them up for each option in each run.
    """
    return lambda ctx, incomplete: _complete(what, ctx, incomplete)


def _complete(what: str, ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    from nvqplan.cli import completion

    return completion.complete(what, ctx, incomplete)


def option(names: str, metavar: str, help: str, completes: str = "", **more: Any) -> Any:
    """An option that takes a value, which a shell may complete; a short name stands first."""
    what = completes or COMPLETIONS.get(metavar)
    complete = completing(what) if isinstance(what, str) else what
    return typer.Option(*names.split(), metavar=metavar, help=help, autocompletion=complete, **more)


def argument(metavar: str, help: str, completes: str = "") -> Any:
    complete = completing(completes) if completes else None
    return typer.Argument(metavar=metavar, help=help, autocompletion=complete)


def format_option(command: str, help: str = "") -> Any:
    """The option --format of a command, whose choices are its rows in the table of writers."""
    formats = formats_of(command)
    if not help:
        first, *others = (FORMAT_NAMES.get(each, each) for each in formats)
        help = f"{first} for people, {' or '.join(others)} for programs."
    return typer.Option("--format", click_type=CHOICE.TyperChoice(formats), help=help)


DataOption = Annotated[
    str | None, option("--data", "DIR", "Folder with your own units.csv and rules.toml.")
]
TodayOption = Annotated[
    str | None, option("--today", "DATE", "Taken for today where something expires.")
]
QualificationOption = Annotated[
    str | None, option("-q --qualification", "Q", "Id, number or QAN, e.g. l3-diploma.")
]
LevelOption = Annotated[
    int | None, option("--level", "N", "The qualification at this level, if only one is.", "levels")
]
ReadingOption = Annotated[
    Literal["printed", "intended"],
    typer.Option("--reading", help="Misprinted rules as printed, or as likely intended."),
]
RegisteredOption = Annotated[
    str | None,
    option(
        "--registered", "DATE|any", "Date of registration, or any; left out: the newest window."
    ),
]
AgeOption = Annotated[int | None, option("--age", "N", "The learner's age at registration.", min=0)]
LearnerOption = Annotated[
    list[str] | None,
    option(
        "--learner",
        "NAME=VALUE",
        "What rules ask of learners: role=team-leader; as often as you like.",
    ),
]
MemoryOption = Annotated[
    str | None,
    option("--memory", "SIZE", "Give up rather than take more: 512MiB, 2GiB; left out: 1GiB."),
]
SelectOption = Annotated[
    list[str] | None, option("--select", "CODE,…", "Only findings of these codes: NVQ3, NVQ301.")
]
IgnoreOption = Annotated[
    list[str] | None,
    option("--ignore", "CODE,…", "None of these; of two that fit, the longer counts."),
]
FAIL_ON = typer.Option("--fail-on", help="The least severe findings that end in exit code 1.")
FailOnOption = Annotated[FailOn, FAIL_ON]
StrictOption = Annotated[
    bool, typer.Option("--strict", help="Warnings fail too: --fail-on warning.")
]
BaselineOption = Annotated[
    str | None, option("--baseline", "FILE", "Known findings, which are not told.")
]
UpdateBaselineOption = Annotated[
    bool,
    typer.Option(
        "--update-baseline",
        help="Take out what is no longer found; record all where there is no FILE yet.",
    ),
]
MayDropHeldOption = Annotated[
    bool, typer.Option("--may-drop-held", help="Repairs may drop units that the learner holds.")
]
FileOption = Annotated[
    str | None, option("-o --output", "FILE", "Write to a file, which is there once it is whole.")
]
FindingsFormatOption = Annotated[
    str, option("--format", "FORMAT", f"What standard output shows: {', '.join(FORMATS)}.")
]
OutputsOption = Annotated[
    list[str] | None,
    option(
        "-o --output",
        "FORMAT=FILE",
        "A format to a file as well, there once it is whole; as often as you like.",
    ),
]


class BaselineOptions(NamedTuple):
    """Which findings are known already, and the day on which that is looked at."""

    baseline: BaselineOption = None
    update_baseline: UpdateBaselineOption = False
    today: TodayOption = None
