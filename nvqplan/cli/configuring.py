"""--config and --no-config: each command takes from the configuration what no option says."""

import sys
from typing import Any

import typer
from typer.core import TyperOption

from nvqplan.checking.configuration import (
    SETTINGS,
    Configuration,
    look_up_configuration,
    read_configuration,
)
from nvqplan.cli.screen import is_coloured, write_refusals
from nvqplan.core.findings import Findings, Location
from nvqplan.core.sources import Sources

PARAMETERS = {key: key.replace("-", "_") for key in SETTINGS.keys}
"""What the parameter of a command is called that a setting stands for."""

_FOUND = "nvqplan.configuration"
_OFF, _FILE = "no_config", "config"


def configurable(command: Any) -> Any:
    """The command with the two options, where it has a parameter that can be configured."""
    if any(each.name in PARAMETERS.values() for each in command.params):
        off = TyperOption(
            param_decls=["--no-config"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_note,
            help="Read no configuration.",
        )
        file = TyperOption(
            param_decls=["--config"],
            metavar="FILE",
            is_eager=True,
            expose_value=False,
            callback=_note,
            help="Configuration; left out: the nearest nvqplan.toml, upward from here.",
        )
        command.params.extend((off, file))
    return command


def configuration_of(context: typer.Context) -> Configuration | None:
    """The configuration that a command was given."""
    found: Configuration | None = context.meta.get(_FOUND)
    return found


def is_given(context: typer.Context, parameter: str) -> bool:
    """Whether an option or argument stands on the command line."""
    source = context.get_parameter_source(parameter)
    return source is not None and source.name == "COMMANDLINE"


def place_of_setting(context: typer.Context, key: str) -> Location | None:
    """Where the configuration says what is in force; None where an option or nobody says it."""
    configuration = configuration_of(context)
    if configuration is None or is_given(context, PARAMETERS[key]):
        return None
    setting = configuration.settings.get(key)
    return setting.place if setting else None


def _note(context: typer.Context, parameter: Any, value: Any) -> None:
    """Read the configuration once both options are known, before any other parameter."""
    noted = context.meta.setdefault(__name__, {})
    noted[parameter.name] = value
    if len(noted) < len((_OFF, _FILE)) or context.resilient_parsing:
        return
    if noted[_OFF] and noted[_FILE]:
        raise typer.BadParameter("give --config or --no-config, not both")
    if noted[_OFF]:
        return
    configuration = _read(noted[_FILE])
    if configuration is not None:
        context.meta[_FOUND] = configuration
        context.default_map = {
            PARAMETERS[key]: setting.value for key, setting in configuration.settings.items()
        }


def _read(path: str | None) -> Configuration | None:
    sources, found = Sources(), Findings()
    if path is None:
        configuration = look_up_configuration(sources, found)
    else:
        configuration = read_configuration(path, sources, found)
    if len(found):
        from nvqplan.reports.findings_text import write_findings
        from nvqplan.reports.painter import Painter
        from nvqplan.reports.results import in_order

        write_refusals(
            write_findings(in_order(found), sources, Painter(coloured=is_coloured(sys.stderr)))
        )
        raise typer.Exit(2)
    return configuration
