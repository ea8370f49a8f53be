"""Benchmarks that end: calibration, limits and the budget of a run, with fake clocks and peers."""

import importlib
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture
def benchmarks(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Import a module of the benchmarks, as a script beside it would."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(FOLDER)
    yield importlib.import_module
    for name in set(sys.modules) - before:
        if str(FOLDER) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]


@pytest.mark.parametrize(
    ("row_ms", "total", "rows"),
    [
        (1.0, 10**15, 1000),
        (0.01, 10**15, 128_000),
        (0.01, 5000, 5000),
        (5.0, 300, 300),
    ],
)
def test_rows_are_doubled_until_they_take_a_second(
    benchmarks: Any, row_ms: float, total: int, rows: int
) -> None:
    calibrate = benchmarks("timing").calibrate
    assert calibrate(lambda rows: rows * row_ms, total) == rows


def test_one_noisy_sample_is_made_up_for_by_the_next(benchmarks: Any) -> None:
    """A first sample of nothing at all once led to one and a half billion rows."""
    noise = iter([0.0, 0.0, 7.0])
    asked: list[int] = []

    def took(rows: int) -> float:
        asked.append(rows)
        return next(noise, rows * 0.1)

    assert benchmarks("timing").calibrate(took, 10**15) == 16_000
    assert asked == [1000, 2000, 4000, 8000, 16_000]


def test_work_is_killed_at_its_limit_and_what_it_told_is_kept(benchmarks: Any) -> None:
    def endless() -> Iterator[int]:
        yield 1
        yield 2
        for _ in count():
            time.sleep(1)

    begun = time.monotonic()
    results = benchmarks("bounded").run_within(0.3, endless)
    assert list(islice(results, 2)) == [1, 2]
    with pytest.raises(TimeoutError):
        next(results)
    assert time.monotonic() - begun < 5


def test_what_killed_work_has_started_ends_with_it(benchmarks: Any, tmp_path: Path) -> None:
    alive = tmp_path / "alive"
    script = f"import time; time.sleep(1); open({str(alive)!r}, 'w')"

    def starting() -> Iterator[int]:
        subprocess.run((sys.executable, "-c", script), check=True)
        yield 1

    with pytest.raises(TimeoutError):
        list(benchmarks("bounded").run_within(0.3, starting))
    time.sleep(1.2)
    assert not alive.exists()


def test_work_that_fails_ends_the_run(benchmarks: Any, capfd: pytest.CaptureFixture[str]) -> None:
    def failing() -> Iterator[int]:
        yield 1
        raise SystemExit("other mixes than ours")

    with pytest.raises(SystemExit):
        list(benchmarks("bounded").run_within(10, failing))
    assert "other mixes" in capfd.readouterr().err


def test_a_budget_gives_no_more_than_is_left(benchmarks: Any) -> None:
    now = iter([100.0, 100.0, 850.0, 2000.0])
    budget = benchmarks("bounded").Budget(900, lambda: next(now))
    assert [budget.left(150) for _ in range(3)] == [150, 150, 0]


def test_what_was_not_run_is_told_and_makes_the_exit_code(
    benchmarks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, bounded, timing = (benchmarks(name) for name in ("run", "bounded", "timing"))
    kept = timing.Row("count", "peer", 1.0, 2.0, 0.5, at_most=1.0)
    missed, informs = kept._replace(ratio=2.0), kept._replace(ratio=9.0, at_most=None)
    late = bounded.Missing("list", "peer", "killed after 60 s", is_peer=True)
    assert run.exit_code([kept, informs]) == run.exit_code([kept, late]) == 0
    assert run.exit_code([kept, missed]) == 1

    def endless() -> Iterator[Any]:
        yield kept
        time.sleep(60)

    monkeypatch.setattr(run, "PIECE", 0.3)
    lines = list(run.piece("counts", endless, bounded.Budget(900)))
    assert lines == [kept, bounded.Missing("counts", "", "killed after 0 s")]
    assert run.exit_code([missed, *lines]) == 2
    over = list(run.piece("counts", endless, bounded.Budget(0)))
    assert over == [bounded.Missing("counts", "", "not run: no time left")]
    assert run.exit_code(over) == 2
