"""Today: the one fact that is read from outside, where nobody says which day to take it for."""

from datetime import date

import typer


def today(written: str | None) -> date:
    """The day that --today names, else that of the clock."""
    if written is None:
        return date.today()  # noqa: DTZ011 - the day where the user is, as on a letter
    try:
        return date.fromisoformat(written)
    except ValueError:
        message = f"'{written}' is not a date such as 2026-09-01"
        raise typer.BadParameter(message, param_hint="--today") from None
