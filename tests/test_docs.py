"""What the documents show is what happens: their examples are executed."""

import doctest
import re
from pathlib import Path
from typing import Any

import pytest

from nvqplan import api
from nvqplan.api import RulebookError, open_rulebook, open_space
from nvqplan.space.wishes import Wishes
from tests.transcripts import ROOT, check_transcript

DOCS = [path for path in sorted((ROOT / "docs").glob("*.md")) if ">>>" in path.read_text("utf-8")]


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.stem)
def test_examples_of_a_document_give_what_it_shows(path: object) -> None:
    results = doctest.testfile(str(path), module_relative=False)
    assert results.attempted > 0
    assert results.failed == 0


def test_examples_in_the_interface_itself_give_what_they_show() -> None:
    assert doctest.testmod(api) == (0, 2)


def test_a_rulebook_with_faults_tells_all_of_them() -> None:
    with pytest.raises(RulebookError, match=r"rules\.toml") as told:
        open_rulebook(str(ROOT / "tests" / "cases" / "rulebooks" / "faulty"))
    assert len(str(told.value).splitlines()) > 1


def test_a_space_knows_its_rulebook_reading_and_memory() -> None:
    book = open_rulebook()
    intended = open_space("600/1288/2", reading="intended", rulebook=book)
    assert (intended.qualification.id, intended.count()) == ("l4-diploma", 17_151_977_375)
    slips: list[dict[str, Any]] = [{"reading": "Intended"}, {"registered": "2020-01-01"}]
    for slip in slips:
        with pytest.raises(ValueError, match="is no"):
            open_space("l1-award", **slip)
    for ask in (
        lambda: open_space("l1-award", wishes=Wishes(taken=("999",))),
        lambda: open_space("l1-award").count_by({"999": 1}),
        lambda: open_space("l1-award").best({"999": (1,)}),
    ):
        with pytest.raises(KeyError, match="offers no unit '999'"):
            ask()
    with pytest.raises(MemoryError):
        open_space("l3-diploma", memory=1_000).count()


def test_the_rulebook_of_a_document_is_what_its_commands_are_run_on(tmp_path: Path) -> None:
    page = ROOT / "docs" / "proofs.md"
    shown = re.findall(
        r"^`([\w./]+)`[^\n]*:\n\n```\w+\n(.*?)^```",
        page.read_text("utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    files = ["rules.toml", "units.csv", "proofs/baker.yaml", "proofs/learners.yaml"]
    assert [name for name, _ in shown] == files
    for name, text in shown:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    check_transcript(page, tmp_path)
