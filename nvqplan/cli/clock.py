"""Today's date, which expiries and dates of issue ask for; nothing else reads the clock."""

from datetime import date

from nvqplan.cli.options import parse_date


def today(written: str | None) -> date:
    """The date given with --today, else that of the clock."""
    return parse_date(written, option="--today") or date.today()  # noqa: DTZ011 - the user's day
