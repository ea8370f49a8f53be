"""Golden pairs: a curriculum or a rulebook, and the very text that nvqplan prints about it."""

import re
from pathlib import Path

import pytest

from nvqplan.core.codes import CODES
from tests.readers import all_kinds
from tests.transcripts import ROOT, check_transcript, nvqplan

CASES = ROOT / "tests" / "cases"
GOLDENS = sorted(CASES.glob("*.out"))


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda path: path.stem)
def test_case_prints_its_golden_text(golden: Path) -> None:
    check_transcript(golden, CASES)


def test_every_curriculum_has_a_golden_text() -> None:
    assert {path.stem for path in CASES.glob("*.yaml")} <= {path.stem for path in GOLDENS}


def test_every_code_is_fired_by_some_case() -> None:
    told = "".join(path.read_text(encoding="utf-8") for path in CASES.rglob("*.out"))
    assert set(re.findall(r"(?:error|warning|remark)\[(NVQ\d+)\]", told)) == set(CODES) - {"NVQ103"}


def test_a_file_over_2_mb_is_refused(tmp_path: Path) -> None:
    (tmp_path / "log.yaml").write_bytes(b"#" * 2_000_001)
    assert nvqplan("nvqplan check log.yaml", tmp_path) == (
        "log.yaml:1:1: error[NVQ103] is over 2 MB, too large for such a file\n"
        "0 of 0 pathways in 1 file meet the rules; 1 error\n"
        "[exit 2]\n"
    )


def test_every_kind_of_rule_has_a_code_of_its_own_and_a_case() -> None:
    kinds = list(all_kinds())
    assert len({kind.code for kind in kinds}) == len(kinds)
    for kind in kinds:
        assert (CASES / f"rule-{kind.__name__.lower()}.out").exists()
