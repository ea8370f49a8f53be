"""Every code has its explanation, and every example fires just the code that it explains."""

import re
from pathlib import Path

import pytest

from nvqplan.codes import CODES
from nvqplan.explanations import EXPLANATIONS, HUNDREDS
from nvqplan.explanations.explanation import Explanation
from tests.transcripts import nvqplan


def fire(explanation: Explanation, folder: Path) -> str:
    """What the example's command prints in a folder of its files."""
    for name, content in explanation.files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(data)
    return nvqplan(explanation.command, folder)


def test_every_code_is_explained_once_and_in_order() -> None:
    assert list(EXPLANATIONS) == list(CODES)
    assert sum(len(told) for _, told in HUNDREDS.values()) == len(CODES)
    for hundred, (_, told) in HUNDREDS.items():
        assert [code for code in told if not code.startswith(hundred)] == []


@pytest.mark.parametrize("code", CODES)
def test_example_fires_just_the_code_that_it_explains(code: str, tmp_path: Path) -> None:
    printed = fire(EXPLANATIONS[code], tmp_path)
    assert set(re.findall(r"\[(NVQ\d+)\]", printed)) == {code}, printed
    assert f"{CODES[code].severity}[{code}]" in printed


@pytest.mark.parametrize("code", CODES)
def test_explanation_is_short_and_of_whole_sentences(code: str) -> None:
    for text in (EXPLANATIONS[code].means, EXPLANATIONS[code].remedy):
        assert re.fullmatch(r"[A-Z].*\.", text)
        assert len(text) <= 300
        assert text.isprintable()
        assert "  " not in text
