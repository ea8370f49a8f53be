"""`--memory` holds for every question that a run puts to the solver, whichever module asks it."""

from collections.abc import Callable
from typing import Any

import pytest

from nvqplan.solving import counting, diagram
from nvqplan.space import mixes, proof
from tests.transcripts import ROOT, run_command

ALLOWED = 777 << 20
OLD, NEW, PLANS = (
    str(ROOT / "tests" / "cases" / "versions" / each) for each in ("2017", "2026", "plans")
)
FAILING = str(ROOT / "examples" / "barred.yaml")
RUNS = {
    "check": ["check", FAILING, "--unsafe", "--diff"],
    "check a draft": ["check", str(ROOT / "examples" / "support.yaml")],
    "suggest": ["suggest", "--level", "3", "--with", "101", "--credits", "1..2"],
    "diff": ["diff", OLD, NEW, "--plans", PLANS],
    "lint": ["lint", "-q", "l1-award"],
}


@pytest.mark.parametrize("run", RUNS)
def test_no_question_takes_more_than_is_allowed(run: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def noting(ask: Callable[..., Any]) -> Callable[..., Any]:
        def asking(variables: Any, machines: Any, memory: int = 0) -> Any:
            asked.append(memory)
            return ask(variables, machines, memory)

        return asking

    compiling, counted = noting(diagram.compile_diagram), noting(counting.count_accepted)
    monkeypatch.setattr(mixes, "compile_diagram", compiling)
    monkeypatch.setattr(proof, "compile_diagram", compiling)
    monkeypatch.setattr(counting, "count_accepted", counted)
    _, code = run_command([*RUNS[run], "--memory", "777MiB"])
    assert code in (0, 1)
    assert set(asked) == {ALLOWED}
