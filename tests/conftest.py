"""How the suite runs: random cases that are the same everywhere, and the slowest tests first.

How long each slow test takes is written down in slow.txt, by `NVQPLAN_TIMES=write make test`. Tests
that it names come first, so that all cores end together, and `make quick` leaves most of them out.
"""

import os
import signal
from collections import Counter
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, is_hypothesis_test, settings

from tests.tapes import FUZZ

settings.register_profile(
    "suite",
    derandomize=FUZZ <= 1,
    database=None,
    deadline=None,
    print_blob=False,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("suite")

# Whoever starts the suite in the background makes it deaf to Ctrl-C, and all that tests start.
signal.signal(signal.SIGINT, signal.default_int_handler)

TIMES = Path(__file__).with_name("slow.txt")
SECONDS = 0.2
"""A test that computes for longer is slow."""

NEVER_LEFT_OUT = ("tests/test_cases.py",)
"""What users read: all of it is looked at however little time there is."""


def recorded() -> dict[str, float]:
    """The seconds that each slow test computed when all were timed last."""
    lines = TIMES.read_text("utf-8").splitlines()
    return {test: float(seconds) for seconds, _, test in (line.partition(" ") for line in lines)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the slowest first; mark those as slow of which `make quick` cannot take a part.

    Tests of random cases take a part of their cases there, and so are not left out.
    """
    seconds = recorded()
    items.sort(key=lambda item: -seconds.get(item.nodeid, 0))
    for item in items:
        is_random = isinstance(item, pytest.Function) and is_hypothesis_test(item.function)
        is_kept = is_random or item.nodeid.startswith(NEVER_LEFT_OUT)
        if item.nodeid in seconds and not is_kept:
            item.add_marker(pytest.mark.slow)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    before = sum(os.times()[:4])
    yield
    item.user_properties.append(("computed", sum(os.times()[:4]) - before))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    passed = terminalreporter.stats.get("passed", [])
    if os.environ.get("NVQPLAN_TIMES") == "write":
        computed = [(dict(each.user_properties)["computed"], each.nodeid) for each in passed]
        slow = sorted((each for each in computed if each[0] >= SECONDS), reverse=True)
        TIMES.write_text("".join(f"{seconds:.1f} {test}\n" for seconds, test in slow), "utf-8")
    if FUZZ < 1:
        ran = {each.nodeid for each in passed}
        left_out = [test.partition("::")[0] for test in recorded() if test not in ran]
        files = Counter(Path(path).stem for path in left_out)
        kinds = ", ".join(f"{count} of {name}" for name, count in sorted(files.items()))
        said = f"Left out: {1 - FUZZ:.0%} of all random cases and {files.total()} slow tests"
        terminalreporter.write_line(f"{said} ({kinds}). `make test` runs everything.")
