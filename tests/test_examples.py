"""Every curriculum under examples/ prints just what its golden file says."""

from pathlib import Path

import pytest

from tests.transcripts import ROOT, WRITE, check_transcript

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_example_tells_its_story(example: Path) -> None:
    golden = ROOT / "tests" / "cases" / "examples" / f"{example.stem}.out"
    if WRITE and not golden.exists():
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(f"$ nvqplan check examples/{example.name}\n", encoding="utf-8")
    check_transcript(golden, ROOT)


def test_no_golden_file_without_an_example() -> None:
    goldens = {path.stem for path in (ROOT / "tests" / "cases" / "examples").glob("*.out")}
    assert goldens == {path.stem for path in EXAMPLES}
