"""The glossary: one table, which `nvqplan explain` and docs/glossary.md print alike."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nvqplan.api import open_rulebook
from nvqplan.core.codes import CODES
from nvqplan.core.glossary import GlossaryEntry, all_names, entries, find_entry, join_names
from tests.published import own_schema
from tests.transcripts import ROOT, WRITE, nvqplan, run_command

PAGE = ROOT / "docs" / "glossary.md"

HEAD = """\
# Glossary

What `nvqplan explain WORD` says, on one page. Written by `make docs` from
`nvqplan/core/glossary.txt`.
"""

ASKED_FOR = """
unit, UAN, QAN, GLH, credit, level, group, mandatory, optional, barred, rule of combination, mix,
pathway, curriculum, finding, reading, printed, intended, surplus, learner, cohort, registered,
offer, achieved, held, RPL, APL, credit transfer, exempt, imported, draft, final, new, droppable,
repair, wish, prefer, avoid, NOS, endorsed title, component, share, counting cap, certificate,
proof, baseline, exception, suppression, EQA, IQA, awarding body, handbook, qualification, rule,
legal, illegal, meets the rules, adds, cheapest finish, distance, topic, slack, forced,
impossible, free, tight
"""

BOOK = """
[[qualification]]
id = "award"
title = "Award in Baking"
number = ""
qan = ""
level = 1
credits = 2
source = "Bakery book"
groups.A = ["B1"]

[[qualification.rule]]
id = "total"
says = "At least 2 credits in all"
credits = { at_least = 2 }
"""
CATALOGUE = """\
unit,uan,title,level,credits,glh,topics,nos,outcomes,criteria,source
B1,,Hygiene in the bakery,1,2,10,hygiene,,,,Bakery book
"""


def write_page() -> str:
    index = ", ".join(map(_link, (entry.name for entry in entries())))
    return "\n".join(
        (HEAD, f"{index}.\n", *(line for each in entries() for line in _section(each)))
    )


def _section(entry: GlossaryEntry) -> Iterator[str]:
    yield f"## {entry.name}\n"
    if entry.aliases:
        yield f"*Also: {', '.join(entry.aliases)}.*\n"
    yield f"{entry.means}\n"
    if entry.see:
        yield f"See also: {', '.join(map(_link, entry.see))}.\n"


def _link(name: str) -> str:
    return f"[{name}](#{name.lower().replace(' ', '-')})"


def explained(*arguments: str) -> list[dict[str, Any]]:
    output, code = run_command(["explain", *arguments, "--format", "json"])
    assert code == 0
    document = json.loads(output)
    own_schema("explain").validate(document)
    return list(document["explained"])


def test_the_page_is_what_make_docs_writes() -> None:
    page = write_page().rstrip("\n") + "\n"
    if WRITE:
        PAGE.write_text(page, "utf-8")
    assert PAGE.read_text("utf-8") == page


def test_entries_are_in_order_and_no_name_is_of_two() -> None:
    names = [entry.name.casefold() for entry in entries()]
    assert names == sorted(names)
    every = [name.casefold() for name in all_names()]
    assert len(set(every)) == len(every)
    assert all(find_entry(other) in entries() for entry in entries() for other in entry.see)
    assert {other for entry in entries() for other in entry.see} <= {e.name for e in entries()}


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.name)
def test_entry_is_of_one_to_four_whole_sentences(entry: GlossaryEntry) -> None:
    assert re.fullmatch(r"([A-Z]|nvqplan|\().*\.", entry.means)
    assert 1 <= len(re.findall(r"[.:?](?= |$)", entry.means)) <= 5
    assert entry.means.isprintable()
    assert "  " not in entry.means


@pytest.mark.parametrize("word", [word.strip() for word in ASKED_FOR.split(",")])
def test_word_is_explained_in_any_letter_case_without_a_rulebook(
    word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a rulebook was read")

    monkeypatch.setattr("nvqplan.reading.rulebook.read_rulebook", refuse)
    (told,) = explained(word)
    assert word in (told["name"], *told["aliases"])
    assert explained(word.upper()) == explained(word.lower()) == [told]


def test_name_of_several_words_is_one_name_with_quotation_marks_or_without() -> None:
    (rule,) = explained("rule of combination")
    assert explained("Rules", "of", "combination") == [rule]
    assert explained("GLH,rule of combination", "units")[1] == rule
    assert [each["name"] for each in explained("credit", "level")] == ["credit", "level"]
    assert [each["name"] for each in explained("credit,transfer")] == ["credit", "credit transfer"]
    assert join_names(["204", "H/503/0398", "unit", "204"]) == ["204", "H/503/0398", "unit", "204"]


def test_a_mistyped_word_gets_the_nearest_real_one() -> None:
    for slip, meant in {"bared": "barred", "rule of combinaton": "rule of combination"}.items():
        printed = nvqplan(f"nvqplan explain {slip}")
        assert f"'{slip}'\n" in printed
        assert f"did you mean '{meant}'?" in printed
        assert printed.endswith("[exit 2]\n")


def test_a_word_hides_nothing_of_the_rulebook_that_comes_along() -> None:
    book = open_rulebook()
    for name in all_names():
        assert name.upper() not in CODES
        assert not book.named(name)
        assert not book.catalogue.named(name)


def test_a_word_and_what_a_rulebook_calls_so_are_both_shown(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text(BOOK, "utf-8")
    (tmp_path / "units.csv").write_text(CATALOGUE, "utf-8")
    told = explained("award", "GLH", "--data", str(tmp_path))
    assert [each["kind"] for each in told] == ["word", "qualification", "word"]
    assert [each["kind"] for each in explained("GLH", "--data", str(tmp_path))] == ["word"]


def test_a_word_needs_no_sound_rulebook() -> None:
    faulty = str(ROOT / "tests" / "cases" / "rulebooks" / "faulty")
    assert [each["name"] for each in explained("glh", "nvq401", "--data", faulty)[:1]] == ["GLH"]
