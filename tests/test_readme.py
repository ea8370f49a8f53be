"""README promises what is true: its commands, its curriculum file and its rules all run."""

import re
from pathlib import Path

import pytest

from nvqplan.checking.configuration import SETTINGS, read_configuration
from nvqplan.core.findings import Findings
from nvqplan.core.sources import Sources
from nvqplan.reading.curriculum import read_curriculum
from nvqplan.reading.rulebook import find_data, read_rulebook
from nvqplan.reading.toml_tree import read_toml
from nvqplan.rules.qualification import Rulebook
from nvqplan.rules.rule import read_rule
from tests.controlled import check_text, settled
from tests.transcripts import ROOT, check_transcript

README = ROOT / "README.md"


def blocks(language: str) -> list[str]:
    fence = re.compile(rf"^```{language}\n(.*?)^```", re.MULTILINE | re.DOTALL)
    return fence.findall(README.read_text("utf-8"))


def real_rulebook() -> Rulebook:
    rulebook = read_rulebook(find_data(), Sources(), Findings())
    assert rulebook is not None
    return rulebook


def test_every_command_prints_what_readme_shows() -> None:
    check_transcript(README, ROOT)


@pytest.mark.parametrize("block", blocks("toml"))
def test_every_rule_shown_is_read_without_a_finding(block: str) -> None:
    found = Findings()
    root = read_toml("README.md", block, found)
    assert root is not None
    assert isinstance(root.value, dict)
    (diploma,) = real_rulebook().named("l3-diploma")
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
    assert [case.assessment.passes for case in checked.cases] == [False]
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


def test_the_two_commands_are_targets_of_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for command in ("demo", "test"):
        assert f"make {command}" in README.read_text("utf-8")
        assert re.search(rf"^{command}:", makefile, re.MULTILINE)
