"""A short run of `make fuzz`, and inputs that have once been too much for a reader."""

from pathlib import Path

import pytest

from nvqplan.checking.baseline import read_baseline
from nvqplan.checking.configuration import read_configuration
from nvqplan.core.findings import Findings
from nvqplan.core.sources import Sources
from tests import fuzz, hardness
from tests.fuzz import SHARES, Failure, make_input, smallest, try_input, try_inputs
from tests.hardness import CHECKS
from tests.readers import FULL_RULES, UNITS, read_book
from tests.spoiling import FULL_BASELINE, FULL_CONFIGURATION, corpus

DRAFT_BESIDE_THE_OFFER = """\
qualification: l3-diploma
offer: [310]
pathways:
  a: {units: [101, 301, 308, 408], status: draft}
"""

TWICE = """\
qualification: l1-award
pathways:
  a:
    units:
    - 101
    - 201
    - 101
"""

PINNED = {
    "curriculum": [
        b"",
        f"youngest: {'9' * 5000}".encode(),
        b"a: 1\rb: 2\r",
        "a: 1\u2028b: 2\x85".encode(),
        b"[" * 5000,
        DRAFT_BESIDE_THE_OFFER.encode(),
        b"qualification: l1-award\npathways: {a: {units: [101, 101, !!str 201, 101]}}\n",
        b"qualification: l1-award\npathways: {a: {units: !!seq [101, 101, 201]}}\n",
        TWICE.replace("- 201", "- &a 101").encode(),
        TWICE.replace("\n", "\u2028").encode(),
    ],
    "proofs": [b"", b"mixes: {a: {units: [101], legal: true}, b: 1}\n", b"[" * 5000],
    "rules": [
        b"",
        FULL_RULES.replace("\n", "\r\r\n").replace("age", "aeg").encode(),
        f"id = {'9' * 5000}".encode(),
        f"id = 0x{'9' * 5000}".encode(),
        f"{'a.' * 1100}b = 1".encode(),
    ],
    "units": [
        b"",
        UNITS.replace("\n", "\r").replace("12", "x").encode(),
        UNITS.splitlines()[0].encode(),
    ],
    "configuration": [b"", b"[" * 5000],
    "baseline": [
        b"",
        f'{{"version": {"9" * 5000}, "files": {{}}}}'.encode(),
        b"[" * 5000,
        b'{"version": 1, "files": {"a": [], "a": []}}',
        b'{"version": true, "files": {}}',
    ],
    "certificate": [b"", b"[" * 5000, b'{"certificate": 1e999}', b"\xff"],
}


@pytest.mark.parametrize("kind", SHARES)
def test_files_as_they_stand_hold(kind: str) -> None:
    for data in [*(text.encode() for text in corpus()[kind]), *PINNED[kind]]:
        CHECKS[kind](data)


def test_a_few_hundred_spoilt_files_hold() -> None:
    counts, failures = try_inputs(seed=0, only="", numbers=range(500))
    assert failures == []
    assert counts.keys() == SHARES.keys()


def test_seed_and_number_alone_make_an_input() -> None:
    some = [make_input(seed=7, number=number) for number in range(60)]
    assert some == [make_input(seed=7, number=number) for number in range(60)]
    assert len(set(some)) > 50


def test_failing_input_is_told_and_made_small(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(data: bytes) -> None:
        assert b"units" not in data

    monkeypatch.setitem(CHECKS, "rules", fail)
    failure = try_input(1, "rules", FULL_RULES.encode())
    assert isinstance(failure, Failure)
    assert smallest(failure).data == b"units"


def test_run_fails_where_an_input_does(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def linger(_: bytes) -> None:
        with hardness.in_time():
            while True:
                pass

    monkeypatch.setattr(hardness, "SLOWEST", 0.02)
    monkeypatch.setattr(fuzz, "TRIES", 3)
    monkeypatch.setattr(fuzz, "FAILURES", tmp_path)
    monkeypatch.setitem(CHECKS, "units", linger)
    told: list[str] = []
    failed = fuzz.run(inputs=3, seed=1, jobs=1, only="units", first=0, tell=told.append)
    assert failed == 3
    assert "NotHardError" in told[0]
    assert told[-2].startswith("3 inputs in ")
    assert told[-1] == "3 failed, in 1 ways\n"


def test_what_is_spoilt_was_whole(tmp_path: Path) -> None:
    texts = {"nvqplan.toml": FULL_CONFIGURATION, "known.json": FULL_BASELINE}
    found, sources = Findings(), Sources()
    for name, text in texts.items():
        sources.stage(name, text.encode())
    assert read_configuration("nvqplan.toml", sources, found)
    assert read_baseline("known.json", sources, found)
    rulebook, faults = read_book(tmp_path, FULL_RULES)
    assert rulebook is not None
    assert [*found, *faults] == []
