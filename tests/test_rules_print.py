"""`nvqplan rules print`: everything in the rulebook stands on the page, and as text only."""

import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from nvqplan.api import open_rulebook
from nvqplan.authoring.page_formats import page_html, page_markdown
from nvqplan.authoring.rulebook_page import Block, Heading, Table, page_of
from tests.rulebook_3412 import RULEBOOK
from tests.tapes import cases
from tests.transcripts import ROOT, run_command

PROVEN = str(ROOT / "tests" / "cases" / "rulebooks" / "proven")
VOID = {"meta"}
SHOWN = {"title", "h1", "h2", "h3", "p", "th", "td"}


class Page(HTMLParser):
    """The cells and headings that a browser shows, and whether every element is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.shown: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not any(name.startswith("on") or name in ("src", "href") for name, _ in attrs)
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
            self.shown.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in SHOWN:
            self.shown[-1] += data


def html(*arguments: str) -> str:
    output, code = run_command(["rules", "print", *arguments, "--format", "html"])
    assert code == 0
    return output


def markdown(*arguments: str) -> str:
    output, code = run_command(["rules", "print", *arguments])
    assert code == 0
    return output


def cells(text: str) -> list[str]:
    """What each cell and heading of a Markdown page shows."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    shown = []
    for token in tokens:
        if token.type == "inline":
            children = token.children or []
            assert {each.type for each in children} <= {
                "text",
                "strong_open",
                "strong_close",
                "html_inline",
            }
            assert all(
                each.content == "<!-- -->" for each in children if each.type == "html_inline"
            )
            shown.append("".join(each.content for each in children if each.type == "text"))
    return shown


@pytest.mark.parametrize("qualification", RULEBOOK.qualifications, ids=lambda each: each.id)
def test_everything_that_can_be_held_against_the_print_is_there(qualification: object) -> None:
    (each,) = (every for every in RULEBOOK.qualifications if every is qualification)
    texts = cells(markdown("-q", each.id)), Page(html("-q", each.id)).shown
    about = {each.id, *each.offering.units}
    for shown in texts:
        wanted = [each.title, each.id, each.qan, str(each.credits), each.source]
        for number, unit in each.offering.units.items():
            assert number in shown
            wanted += [unit.uan, unit.title, str(unit.credits), str(unit.glh), unit.source]
        for rule in each.rules:
            wanted += [rule.says, rule.printed.figures(), rule.source]
            wanted += [str(rule.when)] if str(rule.when) else []
            if rule.intended:
                wanted += [rule.intended.says, rule.intended.why, rule.intended.kind.figures()]
            wanted += [each.text for each in rule.absent]
        wanted += [remark.says for remark in each.remarks]
        for slip in RULEBOOK.corrections:
            if slip.subject in about:
                wanted += [slip.subject, slip.field, slip.printed, slip.intended, slip.why]
        missing = [text for text in wanted if text.strip() not in map(str.strip, shown)]
        assert missing == []


def test_sums_of_groups_are_shown() -> None:
    shown = cells(markdown("-q", "l4-diploma"))
    group_a = [unit for unit in RULEBOOK.catalogue.units.values() if unit.number in ("101", "401")]
    at = shown.index("all")
    sums = [str(sum(unit.credits for unit in group_a)), str(sum(unit.glh for unit in group_a))]
    assert shown[at : at + 4] == ["all", "", *sums]


def test_absent_units_barred_sets_and_windows_are_shown() -> None:
    shown = cells(markdown("-q", "l2-certificate"))
    assert shown[shown.index("Named, but in no table") + 1] == "116"
    assert "112, 221" in shown
    dates = cells(markdown("-q", "l3-diploma"))
    windows = ["until 30 June 2017", "on 1 July 2017", "from 2 July 2017"]
    assert [dates[dates.index(each) + 1] for each in windows] == ["unit-619", "none", "unit-319"]


def test_provenance_is_shown_where_somebody_says_it() -> None:
    shown = cells(markdown("--data", PROVEN, "-q", "baker"))
    assert "on 1 November 2022 by B. Author" in shown
    assert "from 1 September 2025 until 31 December 2026" in shown
    assert "until 31 August 2026; on 1 November 2026 by A. Author" in shown


def test_pages_are_utf_8_wherever_they_go(tmp_path: Path) -> None:
    for format in ("html", "markdown"):
        asked = ["rules", "print", "-q", "l1-award", "--format", format]
        shown, _ = run_command(asked)
        output, code = run_command([*asked, "-o", "page"], tmp_path)
        assert (code, output) == (0, "")
        assert (tmp_path / "page").read_bytes() == shown.encode()
        env = {**os.environ, "PYTHONIOENCODING": "ascii"}
        command = [sys.executable, "-m", "nvqplan", *asked]
        ended = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=True)
        assert ended.stdout == shown.encode()


def test_html_needs_nothing_else_and_prints_on_a4() -> None:
    text = html("--data", PROVEN)
    assert text.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert "size: A4" in text
    page = Page(text)
    assert page.tags.isdisjoint({"script", "link", "img", "iframe"})
    assert "http" not in text


ODD = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12
) | st.sampled_from(
    [
        "<b>",
        "&amp;",
        '"x"',
        "| a |",
        "*a*",
        "# a",
        "1. a",
        "- a",
        "`a`",
        "[a](b)",
        "<!-- a",
        "@me",
        "\\",
    ]
)


@st.composite
def blocks(draw: st.DrawFn) -> list[Block]:
    width = draw(st.integers(1, 4))
    row = st.tuples(*[ODD] * width)
    return [
        Heading(draw(st.integers(1, 3)), draw(ODD)),
        draw(ODD),
        Table(draw(row), tuple(draw(st.lists(row, max_size=3))), (0,), draw(row)),
    ]


def said(block: Block) -> list[str]:
    if isinstance(block, str):
        return [block]
    if isinstance(block, Heading):
        return [block.text]
    return [*block.heads, *(cell for row in block.rows for cell in row), *block.total]


def spaced(text: str) -> str:
    """What is left of a text where spaces and what cannot be seen do not count."""
    return (
        "".join(c if c.isprintable() or c == "\t" else "?" for c in text).replace(" ", "").strip()
    )


@cases(150)
@given(blocks())
def test_html_shows_any_text_as_itself(page: list[Block]) -> None:
    read = Page("\n".join(page_html("title", [page])))
    shown = "".join(spaced(text) for text in read.shown)
    assert shown.endswith("".join(spaced(t) for block in page for t in said(block)))
    assert read.tags <= {
        *("html", "head", "meta", "title", "style", "body", "section", "h1", "h2", "h3", "p"),
        *("table", "thead", "tbody", "tfoot", "tr", "th", "td"),
    }


@cases(150)
@given(blocks())
def test_markdown_makes_nothing_of_any_text(page: list[Block]) -> None:
    text = "\n".join(page_markdown("title", [page]))
    shown = "".join(spaced(each) for each in cells(text))
    wanted = "".join(spaced(each) for block in page for each in said(block))
    assert shown.replace("\t", "") == wanted.replace("\t", "")


def test_page_of_a_rulebook_that_says_little_is_small(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text(
        "unit,uan,title,level,credits,glh,topics,nos,outcomes,criteria,source\n1,,One,1,0,0,,,,,\n"
    )
    (tmp_path / "rules.toml").write_text(
        '[[qualification]]\nid = "x"\ntitle = "X"\nnumber = ""\nqan = ""\nlevel = 1\ncredits = 0\n'
        'source = "p"\ngroups.A = ["1"]\n'
        'rule = [{ id = "r", says = "One", units = { at_least = 1 } }]\n'
    )
    (only,) = open_rulebook(str(tmp_path)).qualifications
    heads = [each.text for each in page_of(only, ()) if isinstance(each, Heading)]
    assert heads == ["X", "Units", "Group A: 1 unit", "Rules", "Rule 1: r"]
