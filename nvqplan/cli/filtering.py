"""Which findings in curriculum files are told and which fail: from options to filters."""

from collections.abc import Sequence
from typing import Protocol

import typer

from nvqplan.checking.filters import FindingFilters
from nvqplan.checking.selection import Selection, find_codes
from nvqplan.cli.clock import today
from nvqplan.cli.configuring import is_given
from nvqplan.cli.session import Session
from nvqplan.rules.learner import AGE


def refuse_strict_twice(context: typer.Context) -> None:
    """Refuse two answers to what fails; what is configured gives way."""
    if is_given(context, "strict") and is_given(context, "fail_on"):
        raise typer.BadParameter("give --strict or --fail-on, not both")


def choose_codes(
    session: Session, selected: Sequence[str] | None, ignored: Sequence[str] | None
) -> Selection:
    """What --select and --ignore ask for; unknown codes are refused."""
    for option, values in (("--select", selected), ("--ignore", ignored)):
        if values and not session.written(option, values):
            raise typer.BadParameter("names no code", param_hint=option)
    selection = Selection(
        find_codes(session.written("--select", selected), session.found),
        find_codes(session.written("--ignore", ignored), session.found, to_ignore=True),
    )
    session.refuse_if_found()
    return selection


def refuse_age_twice(context: typer.Context, learner: Sequence[str] | None) -> None:
    """Refuse two ages of one learner; what is configured gives way."""
    names = [each.partition("=")[0].strip() for each in learner or ()]
    if is_given(context, "age") and AGE in names:
        raise typer.BadParameter("give --age or --learner age=…, not both")


class FilterOptions(Protocol):
    """The options of a command that has filters."""

    @property
    def select(self) -> Sequence[str] | None: ...
    @property
    def ignore(self) -> Sequence[str] | None: ...
    @property
    def today(self) -> str | None: ...
    @property
    def baseline(self) -> str | None: ...
    @property
    def update_baseline(self) -> bool: ...


def open_filters(session: Session, asked: FilterOptions) -> FindingFilters:
    """The filters of this run, once everything about them is well."""
    selection = choose_codes(session, asked.select, asked.ignore)
    if asked.update_baseline and asked.baseline is None:
        raise typer.BadParameter("--update-baseline needs --baseline FILE")
    day = today(asked.today)
    if asked.baseline is None:
        return FindingFilters(day, selection)
    from nvqplan.cli.baselines import open_baseline

    return FindingFilters(
        day, selection, open_baseline(session, asked.baseline, update=asked.update_baseline)
    )


def close_filters(filters: FindingFilters, asked: FilterOptions) -> None:
    """What is left to do when all files are checked."""
    if filters.baseline is not None:
        from nvqplan.cli.baselines import close_baseline

        close_baseline(filters.baseline, update=asked.update_baseline)
