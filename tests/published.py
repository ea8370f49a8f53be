"""Readers of the formats of `check` that go by what is published of them, not by nvqplan."""

import json
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import xmlschema
from jsonschema import Draft4Validator, Draft202012Validator
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.transcripts import ROOT

SCHEMAS = ROOT / "tests" / "data" / "schemas"


def read_json(text: str) -> Any:
    """A document in which no string holds half a character: few programs read those."""
    document = json.loads(text)
    json.dumps(document, ensure_ascii=False).encode("utf-8")
    return document


@cache
def sarif_schema() -> Draft4Validator:
    schema = json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text("utf-8"))
    return Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER)


@cache
def gitlab_schema() -> Draft202012Validator:
    return Draft202012Validator(
        json.loads((SCHEMAS / "gitlab-code-quality.schema.json").read_text("utf-8"))
    )


@cache
def own_schema(command: str) -> Draft202012Validator:
    schema = json.loads((ROOT / "schemas" / f"{command}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


@cache
def junit_schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd")


def read_sarif(text: str) -> Any:
    log = read_json(text)
    sarif_schema().validate(log)
    (run,) = log["runs"]
    return run


def read_gitlab(text: str) -> Any:
    issues = read_json(text)
    gitlab_schema().validate(issues)
    prints = [issue["fingerprint"] for issue in issues]
    assert len(set(prints)) == len(prints)
    return issues


def read_check(text: str) -> Any:
    document = read_json(text)
    own_schema("check").validate(document)
    return document


def read_junit(text: str) -> ET.Element:
    junit_schema().validate(text)
    root = ET.fromstring(text)  # noqa: S314 - what nvqplan has just written
    for suite in root.iter("testsuite"):
        cases = suite.findall("testcase")
        assert suite.get("tests") == str(len(cases))
        assert suite.get("failures") == str(len(suite.findall("testcase/failure")))
        assert suite.get("errors") == str(len(suite.findall("testcase/error")))
    return root


class Command(NamedTuple):
    """A workflow command of GitHub's: an annotation."""

    level: str
    properties: dict[str, str]
    message: str


def read_github(text: str) -> tuple[list[Command], list[str]]:
    """The commands in a log, and its other lines, none of which the runner may take for one."""
    assert text.endswith("\n")
    lines = text.split("\n")[:-1]
    commands = [_command(line) for line in lines if line.lstrip().startswith("::")]
    others = [line for line in lines if not line.lstrip().startswith("::")]
    assert not any("##[" in line for line in others)
    return commands, others


def _command(line: str) -> Command:
    head, mark, message = line.lstrip().removeprefix("::").partition("::")
    assert mark
    level, _, told = head.partition(" ")
    assert level in {"error", "warning", "notice"}
    properties = dict(each.split("=", 1) for each in told.split(",") if each)
    assert set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
    plain = {name: _unescape(value, {":": "%3A", ",": "%2C"}) for name, value in properties.items()}
    return Command(level, plain, _unescape(message, {}))


def _unescape(text: str, more: dict[str, str]) -> str:
    for plain, escaped in {"\r": "%0D", "\n": "%0A", **more, "%": "%25"}.items():
        text = text.replace(escaped, plain)
    return text


class Page(NamedTuple):
    """What a reader of Markdown sees: the text of its headings, cells and items."""

    headings: list[str]
    cells: list[list[str]]
    items: list[str]


def read_markdown(text: str) -> Page:
    """A page with nothing on it but headings, tables, lists, emphasis and code."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    page = Page([], [], [])
    for before, token in pairwise(tokens):
        assert token.type not in {"code_block", "html_block", "blockquote_open", "hr"}
        if token.type == "tr_open":
            page.cells.append([])
        if token.type != "inline":
            continue
        if before.type in {"th_open", "td_open"}:
            page.cells[-1].append(_seen(token))
        else:
            (page.headings if before.type == "heading_open" else page.items).append(_seen(token))
    return page


def _seen(token: Token) -> str:
    allowed = {"text", "text_special", "code_inline", "strong_open", "strong_close", "html_inline"}
    seen = []
    for child in token.children or []:
        assert child.type in allowed, child
        assert child.type != "html_inline" or child.content == "<!-- -->"
        seen.append(child.content if child.type != "html_inline" else "")
    return "".join(seen)


READERS: dict[str, Callable[[str], Any]] = {
    "text": str,
    "json": read_check,
    "sarif": read_sarif,
    "github": read_github,
    "gitlab": read_gitlab,
    "junit": read_junit,
    "markdown": read_markdown,
}
