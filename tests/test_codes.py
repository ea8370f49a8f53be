"""Every code has its explanation, and every example fires just the code that it explains."""

import re
from pathlib import Path

import pytest

from nvqplan.core.codes import CODES
from nvqplan.core.explanations import EXPLANATIONS, HUNDREDS
from tests.codes_page import PAGE, fire, write_page
from tests.transcripts import WRITE


def test_every_code_is_explained_once_and_in_order() -> None:
    assert list(EXPLANATIONS) == list(CODES)
    assert sum(len(told) for _, told in HUNDREDS.values()) == len(CODES)
    for hundred, (_, told) in HUNDREDS.items():
        assert [code for code in told if not code.startswith(hundred)] == []


@pytest.mark.parametrize("code", CODES)
def test_example_fires_just_the_code_that_it_explains(code: str, tmp_path: Path) -> None:
    printed = fire(EXPLANATIONS[code], tmp_path)
    assert set(re.findall(r"(?:error|warning|remark)\[(NVQ\d+)\]", printed)) == {code}, printed
    assert f"{CODES[code].severity}[{code}]" in printed


@pytest.mark.parametrize("code", CODES)
def test_explanation_is_short_and_of_whole_sentences(code: str) -> None:
    for text in (EXPLANATIONS[code].means, EXPLANATIONS[code].remedy):
        assert re.fullmatch(r"[A-Z].*\.", text)
        assert len(text) <= 300
        assert text.isprintable()
        assert "  " not in text


def test_the_page_of_codes_is_what_make_docs_writes() -> None:
    page = write_page()
    if WRITE:
        PAGE.write_text(page, "utf-8")
    assert PAGE.read_text("utf-8") == page
    links = re.findall(r"\(#([^)]+)\)", page)
    headings = re.findall(r"^### (.+)$", page, re.MULTILINE)
    assert links == [heading.lower().replace(" ", "-") for heading in headings]
