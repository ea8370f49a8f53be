"""README and the pages for people promise what is true: what they show is run.

Every command there prints what stands below it, every curriculum and every rule is read.
"""

import re
from pathlib import Path

import pytest

from nvqplan.checking.configuration import read_configuration
from nvqplan.checking.settings import SETTINGS
from nvqplan.core.findings import Findings
from nvqplan.core.sources import Sources
from nvqplan.reading.curriculum import read_curriculum
from nvqplan.reading.toml_tree import read_toml
from nvqplan.rules.rule import read_rule
from tests.filtered import check_text, settled
from tests.rulebook_3412 import RULEBOOK
from tests.transcripts import ROOT, check_transcript

README = ROOT / "README.md"
DOCUMENTS = sorted((ROOT / "docs").glob("*.md"))

ELSEWHERE = {"codes": "codes_page.py", "proofs": "test_docs.py"}
"""Documents with commands that are run on files of their own, and the file that does it."""

SHOWING = [path for path in DOCUMENTS if "\n$ nvqplan " in path.read_text("utf-8")]
PAGES = [README, *(path for path in SHOWING if path.stem not in ELSEWHERE)]


def blocks(language: str) -> list[str]:
    """The blocks of a language on all pages, each once."""
    fence = re.compile(rf"^```{language}\n(.*?)^```", re.MULTILINE | re.DOTALL)
    shown = [block for path in PAGES for block in fence.findall(path.read_text("utf-8"))]
    return list(dict.fromkeys(shown))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_every_command_prints_what_the_page_shows(page: Path) -> None:
    check_transcript(page, ROOT)


def test_commands_of_every_other_document_are_run_elsewhere() -> None:
    assert ELSEWHERE.keys() <= {path.stem for path in SHOWING}
    for name, runner in ELSEWHERE.items():
        assert f'"docs" / "{name}.md"' in (ROOT / "tests" / runner).read_text("utf-8")


@pytest.mark.parametrize("block", blocks("toml"))
def test_every_rule_shown_is_read_without_a_finding(block: str) -> None:
    found = Findings()
    root = read_toml("README.md", block, found)
    assert root is not None
    assert isinstance(root.value, dict)
    (diploma,) = RULEBOOK.named("l3-diploma")
    rules = root.value["qualification"].value
    assert isinstance(rules, dict)
    written = rules["rule"].value
    assert isinstance(written, list)
    read = [read_rule(each, "README", diploma.offering, found) for each in written]
    assert None not in read
    assert list(found) == []


@pytest.mark.parametrize("block", blocks("yaml"))
def test_every_curriculum_shown_is_read_without_a_finding(block: str, tmp_path: Path) -> None:
    path = tmp_path / "curriculum.yaml"
    path.write_text(block, encoding="utf-8")
    found = Findings()
    assert read_curriculum(str(path), Sources(), found) is not None
    assert list(found) == []


def test_the_exception_shown_is_illegal_and_does_not_fail(tmp_path: Path) -> None:
    (block,) = (each for each in blocks("yaml") if "exceptions:" in each)
    checked = check_text(tmp_path, block)
    assert [case.verdict.passes for case in checked.cases] == [False]
    assert [each.code for each in checked.all_findings] == ["NVQ506"]
    assert settled(checked) == [("NVQ301", "exception"), ("NVQ502", "comment")]


def test_the_configuration_shown_is_read_without_a_finding(tmp_path: Path) -> None:
    (block,) = blocks("toml nvqplan.toml")
    path = tmp_path / "nvqplan.toml"
    path.write_text(block, encoding="utf-8")
    found = Findings()
    configuration = read_configuration(str(path), Sources(), found)
    assert list(found) == []
    assert configuration is not None
    assert list(configuration.settings) == list(SETTINGS.keys)


def test_readme_is_short() -> None:
    assert len(README.read_text("utf-8").splitlines()) <= 250


def test_the_curriculum_that_readme_shows_is_the_example_that_it_checks() -> None:
    example = (ROOT / "examples" / "barred.yaml").read_text("utf-8")
    shown = re.search(r"```yaml\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    assert shown
    assert example.endswith(shown[1])


def test_the_two_commands_are_targets_of_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for command in ("demo", "test"):
        assert f"make {command}" in README.read_text("utf-8")
        assert re.search(rf"^{command}:", makefile, re.MULTILINE)
