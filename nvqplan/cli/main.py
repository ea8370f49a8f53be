"""The command `nvqplan`: which commands there are, and what happens when one fails."""

import os
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Annotated, Any

import typer
import typer.core
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from nvqplan import __version__
from nvqplan.cli.config import configurable
from nvqplan.cli.options import is_given
from nvqplan.cli.streams import write_notes
from nvqplan.core.words import did_you_mean, printable

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
    "lint",
    "config",
    "schema",
    "init",
)
"""Each is a module of this package with a function `command`; it is imported when it is called."""

SUBCOMMANDS = {"rules": ("new", "test", "print")}
"""What may stand behind a command, in modules such as `rules_new`."""

EVERY = (
    *COMMANDS,
    *(f"{command} {each}" for command, family in SUBCOMMANDS.items() for each in family),
)
"""All that can be called."""

CORE: Any = typer.core
SETTINGS: dict[str, Any] = {"rich_markup_mode": None, "pretty_exceptions_enable": False}


class ParentCommand(TyperCommand):
    """A command that others may stand behind: its help names them, a shell offers them."""

    def _members(self, ctx: Any) -> Iterator[tuple[str, str]]:
        commands, name = ctx.parent.command, str(self.name)
        for each in SUBCOMMANDS[name]:
            yield each, commands.get_command(ctx.parent, f"{name} {each}").get_short_help_str(60)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return [*super().collect_usage_pieces(ctx), f"[{'|'.join(SUBCOMMANDS[str(self.name)])}]"]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        super().format_options(ctx, formatter)
        with formatter.section("Commands"):
            formatter.write_dl(list(self._members(ctx)))

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        offered = super().shell_complete(ctx, incomplete)
        if ctx.args or any(is_given(ctx, str(each.name)) for each in self.params):
            return offered
        names = [each for each in self._members(ctx) if each[0].startswith(incomplete)]
        return [*(CORE.CompletionItem(name, help=help) for name, help in names), *offered]


class Commands(TyperGroup):
    """Finds a command by importing its module, so that no command pays for another."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        names: Any = dict.fromkeys(COMMANDS)
        self.commands = names  # read for the nearest name to a mistyped one

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in EVERY:
            return None
        app = typer.Typer(add_completion=False, **SETTINGS)
        module = import_module(f"nvqplan.cli.{cmd_name.replace(' ', '_')}")
        app.command(cmd_name, cls=ParentCommand if cmd_name in SUBCOMMANDS else None)(
            module.command
        )
        return configurable(typer.main.get_command(app))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """A word behind a command that has subcommands names one of those, an option never."""
        family = SUBCOMMANDS.get(args[0])
        if family is None or not args[1:] or args[1].startswith("-"):
            return super().resolve_command(ctx, args)
        if args[1] not in family:
            if ctx.resilient_parsing:
                return super().resolve_command(ctx, args)
            help = did_you_mean(args[1], family) or f"known: {', '.join(family)}"
            ctx.fail(f"No such command '{args[0]} {args[1]}': {help}")
        return super().resolve_command(ctx, [" ".join(args[:2]), *args[2:]])

    def invoke(self, ctx: Any) -> Any:
        """Run a command; a refusal repeats what was typed, but nothing that cannot be shown."""
        try:
            return super().invoke(ctx)
        except TyperException as error:
            refusal: Any = error
            message = "\n\t".join(map(printable, refusal.format_message().split("\n\t")))
            refusal.format_message = lambda: message
            raise


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    **SETTINGS,
)


def _show_version(is_asked: bool) -> None:
    if is_asked:
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
        from nvqplan.cli.completion import join_option_signs

        join_option_signs()
    try:
        try:
            app(prog_name="nvqplan")
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()
    except OSError as error:
        write_notes([f"nvqplan: {error.strerror or error}"])
        sys.exit(2)
    except MemoryError as error:
        help = "--memory allows more; wishes such as --with, --credits and --max-glh narrow it"
        write_notes([f"nvqplan: out of memory: {error or 'there is no more'}", f"  = {help}"])
        sys.exit(2)
    except Exception:  # noqa: BLE001 - whatever it is, it must not look like a verdict
        import traceback

        traceback.print_exc()
        write_notes(["nvqplan: this is a bug, not a verdict; please report it"])
        sys.exit(3)
