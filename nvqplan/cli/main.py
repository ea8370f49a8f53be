"""The command `nvqplan`: which commands there are, and what happens when one fails."""

import os
import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from nvqplan import __version__
from nvqplan.cli.completion import join_option_signs
from nvqplan.cli.configuring import configurable
from nvqplan.cli.screen import write_notes
from nvqplan.reports.ink import printable

COMMANDS = (
    "check",
    "suggest",
    "count",
    "enumerate",
    "rank",
    "units",
    "rules",
    "explain",
    "diff",
    "verify",
    "config",
    "schema",
    "init",
)
"""Each is a module of this package with a function `command`; it is imported when it is called."""

SETTINGS: dict[str, Any] = {"rich_markup_mode": None, "pretty_exceptions_enable": False}


class Commands(TyperGroup):
    """Finds a command by importing its module, so that no command pays for another."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        names: Any = dict.fromkeys(COMMANDS)
        self.commands = names  # read for the nearest name to a mistyped one

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        app = typer.Typer(add_completion=False, **SETTINGS)
        app.command(cmd_name)(import_module(f"nvqplan.cli.{cmd_name}").command)
        return configurable(typer.main.get_command(app))

    def invoke(self, ctx: Any) -> Any:
        """Run a command; a refusal repeats what was typed, but nothing that cannot be shown."""
        try:
            return super().invoke(ctx)
        except TyperException as error:
            refusal: Any = error
            told = "\n\t".join(map(printable, refusal.format_message().split("\n\t")))
            refusal.format_message = lambda: told
            raise


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    **SETTINGS,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"nvqplan {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Plan and validate mixes of units for vocational qualifications.

    Exit codes: 0 legal or done, 1 findings, 2 could not run, 3 a bug in nvqplan.
    """


def run() -> None:
    """Run the command line; what nobody foresaw is a bug, and says so."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    if "_NVQPLAN_COMPLETE" in os.environ:
        join_option_signs()
    try:
        app(prog_name="nvqplan")
    except OSError as error:
        write_notes([f"nvqplan: {error.strerror or error}"])
        sys.exit(2)
    except MemoryError as error:
        help = "wishes such as --with, --credits and --max-glh narrow it, --memory allows more"
        write_notes([f"nvqplan: out of memory: {error or 'there is no more'}", f"  = {help}"])
        sys.exit(2)
    except Exception:  # noqa: BLE001 - whatever it is, it must not look like a verdict
        import traceback

        traceback.print_exc()
        write_notes(["nvqplan: this is a bug, not a verdict; please report it"])
        sys.exit(3)
