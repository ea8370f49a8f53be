"""Which findings of `check` are told and which of them fail: from options to controls."""

from collections.abc import Sequence

import typer

from nvqplan.cli.clock import today
from nvqplan.cli.configuring import is_given
from nvqplan.cli.desk import Desk
from nvqplan.controls.controls import Controls
from nvqplan.controls.selection import Selection, find_codes


def refuse_contradictions(context: typer.Context) -> None:
    """Refuse options of `check` that say two things at once; what is configured gives way."""
    given = {name for name in context.params if is_given(context, name)}
    if ("paths" in given) == ("units" in given):
        raise typer.BadParameter("name files to check, or one mix with -q and --units")
    if "paths" in given and given & {"qualification", "level", "registered", "age"}:
        raise typer.BadParameter("-q, --level, --registered and --age go with --units, not files")
    if "units" in given and given & {"baseline", "update_baseline"}:
        raise typer.BadParameter("--baseline goes with files, not with --units")
    if {"strict", "fail_on"} <= given:
        raise typer.BadParameter("give --strict or --fail-on, not both")


def _select(desk: Desk, selected: Sequence[str] | None, ignored: Sequence[str] | None) -> Selection:
    """What --select and --ignore ask for; unknown codes are refused."""
    for option, values in (("--select", selected), ("--ignore", ignored)):
        if values and not desk.written(option, values):
            raise typer.BadParameter("names no code", param_hint=option)
    selection = Selection(
        find_codes(desk.written("--select", selected), desk.found),
        find_codes(desk.written("--ignore", ignored), desk.found, to_ignore=True),
    )
    desk.refuse_if_found()
    return selection


def open_controls(
    desk: Desk,
    selected: Sequence[str] | None,
    ignored: Sequence[str] | None,
    date: str | None,
    baseline: str | None,
    *,
    update: bool,
) -> Controls:
    """The controls of this run, once everything about them is well."""
    selection = _select(desk, selected, ignored)
    if update and baseline is None:
        raise typer.BadParameter("--update-baseline needs --baseline FILE")
    day = today(date)
    if baseline is None:
        return Controls(day, selection)
    from nvqplan.cli.baselines import open_baseline

    return Controls(day, selection, open_baseline(desk, baseline, update=update))


def close_controls(controls: Controls, *, update: bool) -> None:
    """What is left to do when all files are checked."""
    if controls.baseline is not None:
        from nvqplan.cli.baselines import close_baseline

        close_baseline(controls.baseline, update=update)
