"""`nvqplan config`: which settings are in force, and from where."""

import re
from collections.abc import Iterator

import typer

from nvqplan.checking.selection import find_codes
from nvqplan.checking.settings import InForce, settings_document, settings_text
from nvqplan.cli import check_options, options
from nvqplan.cli.configuring import PARAMETERS, configuration_of, is_given, place_of_setting
from nvqplan.cli.screen import write_results
from nvqplan.core.findings import Findings, Located, Location


def command(
    context: typer.Context,
    data: options.Data = None,
    reading: options.Reading = "printed",
    select: check_options.Select = None,
    ignore: check_options.Ignore = None,
    fail_on: check_options.FailOn = "error",
    baseline: check_options.Baseline = None,
    format: options.SettingsFormat = "table",
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
    configuration = configuration_of(context)
    path = None if configuration is None else configuration.path
    selected, ignored = _codes("--select", select), _codes("--ignore", ignore)
    values = (data, reading, selected, ignored, fail_on, baseline)
    settings = [
        InForce(key, value, place_of_setting(context, key), is_given(context, PARAMETERS[key]))
        for key, value in zip(PARAMETERS, values, strict=True)
    ]
    write_results(_write(path, settings, format))


def _codes(option: str, values: list[str] | None) -> list[str] | None:
    """The codes that an option names, all of them known."""
    names = re.findall(r"[^,\s]+", ",".join(values or ()))
    place, found = Location(option, 1, 1), Findings()
    written = [Located(name, place, name) for name in names]
    codes = find_codes(written, found, to_ignore=option == "--ignore")
    for each in found:
        raise typer.BadParameter(f"{each.message}; {each.help}".rstrip("; "), param_hint=option)
    return None if values is None else list(codes)


def _write(path: str | None, settings: list[InForce], format: str) -> Iterator[str]:
    if format == "json":
        from nvqplan.reports.documents import write_document

        yield write_document("config", settings_document(path, settings))
    else:
        yield from settings_text(path, settings)
