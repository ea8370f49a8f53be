"""`nvqplan config`, and how every command takes from the configuration what no option says."""

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperOption

from nvqplan.checking.configuration import look_up_configuration, read_configuration
from nvqplan.cli import options
from nvqplan.cli.options import is_given, wrong_value
from nvqplan.cli.streams import refuse
from nvqplan.core.findings import Findings, Located, Location
from nvqplan.core.sources import Sources

if TYPE_CHECKING:
    from nvqplan.checking.settings import Configuration

PARAMETERS = {
    key: key.replace("-", "_")
    for key in ("data", "reading", "select", "ignore", "fail-on", "baseline")
}
"""What the parameter of a command is called that a setting stands for."""

FOUND = "nvqplan.configuration"
OFF, FILE = "no_config", "config"


def command(
    context: typer.Context,
    data: options.DataOption = None,
    reading: options.ReadingOption = "printed",
    select: options.SelectOption = None,
    ignore: options.IgnoreOption = None,
    fail_on: options.FailOnOption = "error",
    baseline: options.BaselineOption = None,
    format: Annotated[
        str, options.format_option("config", help="A table for people, or JSON.")
    ] = "table",
) -> None:
    """Tell which settings are in force, and from where.

    An option counts before the configuration: the nearest nvqplan.toml, or pyproject.toml with
    [tool.nvqplan], from the current folder upward. Its paths are meant from its own folder.

    \b
    Examples:
      nvqplan config
      nvqplan config --fail-on warning
      nvqplan config --config shared/nvqplan.toml --format json
    """
    from nvqplan.checking.settings import SettingInForce
    from nvqplan.cli.writers import write_answer

    configuration: Configuration | None = context.meta.get(FOUND)
    written = {} if configuration is None else configuration.settings
    path = None if configuration is None else configuration.path
    selected, ignored = _codes("--select", select), _codes("--ignore", ignore)
    values = (data, reading, selected, ignored, fail_on, baseline)
    settings = []
    for key, value in zip(PARAMETERS, values, strict=True):
        by_option = is_given(context, PARAMETERS[key])
        place = written[key].place if key in written and not by_option else None
        settings.append(SettingInForce(key, value, place, by_option))
    write_answer("config", format, path, settings)


def _codes(option: str, values: list[str] | None) -> list[str] | None:
    """The codes that an option names, all of them known."""
    from nvqplan.checking.selection import find_codes

    names = re.findall(r"[^,\s]+", ",".join(values or ()))
    place, found = Location(option, 1, 1), Findings()
    written = [Located(name, place, name) for name in names]
    codes = find_codes(written, found, to_ignore=option == "--ignore")
    for each in found:
        raise wrong_value(option, f"{each.message}; {each.help}".rstrip("; "))
    return None if values is None else list(codes)


def configurable(command: Any) -> Any:
    """The command with --config and --no-config, where it has a parameter of the configuration."""
    if any(each.name in PARAMETERS.values() for each in command.params):
        off = _option("--no-config", "Read no configuration.", is_flag=True)
        file = _option(
            "--config",
            "Configuration; left out: the nearest nvqplan.toml, upward from here.",
            metavar="FILE",
        )
        command.params.extend((off, file))
    return command


def _option(name: str, help: str, **more: Any) -> TyperOption:
    """An option that is read before all others and that the command itself does not see."""
    return TyperOption(
        param_decls=[name], help=help, is_eager=True, expose_value=False, callback=_note, **more
    )


def _note(context: typer.Context, parameter: Any, value: Any) -> None:
    """Read the configuration once both options are known, before any other parameter."""
    noted = context.meta.setdefault(__name__, {})
    noted[parameter.name] = value
    if len(noted) < len((OFF, FILE)) or context.resilient_parsing:
        return
    if noted[OFF] and noted[FILE]:
        raise typer.BadParameter("give --config or --no-config, not both")
    configuration = None if noted[OFF] else _read(noted[FILE])
    if configuration is not None:
        context.meta[FOUND] = configuration
        context.default_map = {
            PARAMETERS[key]: setting.value for key, setting in configuration.settings.items()
        }


def _read(path: str | None) -> "Configuration | None":
    sources, found = Sources(), Findings()
    if path is None:
        configuration = look_up_configuration(sources, found)
    else:
        configuration = read_configuration(path, sources, found)
    if len(found):
        from nvqplan.reports.results import in_order

        refuse(in_order(found), sources)
    return configuration
