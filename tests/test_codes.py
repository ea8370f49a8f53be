"""Every code has its explanation, and every example fires just the code that it explains."""

import re
from pathlib import Path

import pytest

from nvqplan.core.codes import CODES
from nvqplan.core.explanations import explanations, hundreds, read_hundreds
from tests.codes_page import PAGE, fire, write_page
from tests.transcripts import WRITE, nvqplan


def test_every_code_is_explained_once_and_in_order() -> None:
    assert list(explanations()) == list(CODES)
    assert sum(map(len, hundreds().values())) == len(CODES)
    for number, codes in enumerate(hundreds().values(), 1):
        assert [code for code in codes if not code.startswith(f"NVQ{number}")] == []


EXAMPLES = """\
# What several examples build on

## loaf
A file of two lines.

loaf.yaml
+ flour: 1
+ water: 1
"""
ENTRY = """\
## NVQ101
What it
means.

What to do.

"""


def test_an_example_begins_with_another_and_changes_its_lines() -> None:
    changes = """\
with loaf in old
with loaf
loaf.yaml
+ salt: 1
- flour: 1
+ rye: 1
+
new.yaml, in latin-1
+ Café
many.csv, 3 times
+ ab
$ nvqplan check .
"""
    texts = {"examples": EXAMPLES, "reading": f"# Reading\n\n{ENTRY}{changes}"}
    explanation = read_hundreds(texts)["Reading"]["NVQ101"]
    assert (explanation.means, explanation.remedy) == ("What it means.", "What to do.")
    assert explanation.command == "nvqplan check ."
    assert explanation.files == {
        "old/loaf.yaml": "flour: 1\nwater: 1\n",
        "loaf.yaml": "rye: 1\n\nwater: 1\nsalt: 1\n",
        "new.yaml": b"Caf\xe9\n",
        "many.csv": "ababab",
    }


RUN = "$ nvqplan check .\n"
NOT_ALL = "not just what it means, what to do, and an example with its command"
FAULTS = {
    "a code explained twice": (f"{ENTRY}{RUN}\n{ENTRY}{RUN}", "stands here for the second time"),
    "an unknown code": (f"{ENTRY}{RUN}".replace("101", "199"), "there is no such code"),
    "no remedy": (f"{ENTRY}{RUN}".replace("What to do.\n\n", ""), NOT_ALL),
    "a paragraph too many": (f"{ENTRY}Another.\n\n{RUN}", NOT_ALL),
    "no command": (f"{ENTRY}with loaf\n", NOT_ALL),
    "no example": (ENTRY, NOT_ALL),
    "an unknown example": (f"{ENTRY}with leaf\n{RUN}", "no example above is called leaf"),
    "an unknown line": (f"{ENTRY}with loaf\nloaf.yaml\n- salt\n{RUN}", "or several: salt"),
    "a line of no file": (f"{ENTRY}+ salt\n{RUN}", "no file is named above the line salt"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_an_explanation_is_told_with_its_place(fault: str) -> None:
    entries, message = FAULTS[fault]
    with pytest.raises(ValueError, match=rf"^reading\.txt, NVQ1\d\d: .*{re.escape(message)}$"):
        read_hundreds({"examples": EXAMPLES, "reading": f"# Reading\n\n{entries}"})


@pytest.mark.parametrize("command", ["check examples/sales.yaml", "units sales", "explain 204 GLH"])
def test_explanations_are_not_read_where_no_code_is_explained(command: str) -> None:
    explanations.cache_clear()
    hundreds.cache_clear()
    nvqplan(f"nvqplan {command}")
    assert hundreds.cache_info().currsize == 0
    nvqplan("nvqplan explain NVQ301")
    assert hundreds.cache_info().currsize == 1


@pytest.mark.parametrize("code", CODES)
def test_example_fires_just_the_code_that_it_explains(code: str, tmp_path: Path) -> None:
    printed = fire(explanations()[code], tmp_path)
    assert set(re.findall(r"(?:error|warning|remark)\[(NVQ\d+)\]", printed)) == {code}, printed
    assert f"{CODES[code].severity}[{code}]" in printed


@pytest.mark.parametrize("code", CODES)
def test_explanation_is_short_and_of_whole_sentences(code: str) -> None:
    for text in (explanations()[code].means, explanations()[code].remedy):
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
