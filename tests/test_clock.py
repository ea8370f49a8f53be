"""Today is the day that --today names, else that of the clock; nothing else reads it."""

from datetime import date
from pathlib import Path

import pytest
import typer

from nvqplan.cli import options
from tests.transcripts import run_command


def test_day_is_the_one_given() -> None:
    assert options.parse_today("2027-03-31") == date(2027, 3, 31)


def test_day_is_the_clocks_where_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped(date):
        @classmethod
        def today(cls) -> "Stopped":
            return cls(2031, 5, 6)

    monkeypatch.setattr(options, "date", Stopped)
    assert options.parse_today(None) == date(2031, 5, 6)


@pytest.mark.parametrize("written", ["soon", "", "2027-02-30", "31/03/2027"])
def test_what_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(typer.BadParameter, match="is not a date such as"):
        options.parse_today(written)


def test_check_asks_the_clock_where_nobody_says_the_day(tmp_path: Path) -> None:
    comment = "# nvqplan: ignore[NVQ504] adults until {}\n"
    text = "qualification: l3-diploma\nregistered: 2026-09-01\npathways:\n  a: {units: [101]}\n"
    for last, is_over in (("2000-01-01", True), ("9999-12-31", False)):
        (tmp_path / "a.yaml").write_text(comment.format(last) + text)
        output, _ = run_command(["check", "a.yaml"], tmp_path)
        assert ("NVQ511" in output) is is_over
