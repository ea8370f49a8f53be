"""docs/rules-language.md: every kind has a section, and what the page says of mixes is true."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from nvqplan.core.units import MEASURES, Offering
from nvqplan.rules.kinds import keys_of_mixes, kind_keys
from nvqplan.rules.learner import Learner
from nvqplan.rules.qualification import PRINTED, Qualification
from nvqplan.rules.wording import say_outcome
from tests.readers import read_book, told
from tests.transcripts import ROOT, WRITE

PAGE = ROOT / "docs" / "rules-language.md"
NEWEST = date(2090, 1, 1)

_BLOCK = re.compile(r"^```([\w ]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TERMS = r"age (\d+)|registered ([\d-]+)|(intended)|(\w+) (\d+)"
_MIX = re.compile(rf"([\w ]+?)(?: \((?:{_TERMS})\))?: (.*)")


def page() -> str:
    return PAGE.read_text("utf-8")


def sections() -> dict[str, str]:
    """The text under each heading."""
    parts = re.split(r"^## (.*)\n", page(), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def blocks(language: str, text: str) -> list[str]:
    return [body for name, body in _BLOCK.findall(text) if name == language]


def head() -> str:
    (one,) = blocks("toml head", page())
    return one


def units() -> str:
    (one,) = blocks("csv", page())
    return one


def read(folder: Path, rules: str) -> Qualification:
    rulebook, found = read_book(folder, f"{head()}\n{rules}", units())
    assert list(found) == []
    assert rulebook is not None
    return rulebook.qualifications[0]


def terms_of(asked: re.Match[str]) -> tuple[frozenset[str], Learner, bool]:
    """The mix of a line, for whom it is judged, and whether by what is intended."""
    names, age, day, intended, figure, number, _ = asked.groups()
    registered = date.fromisoformat(day) if day else NEWEST
    figures = ((figure, int(number)),) if figure else ()
    learner = Learner((registered,), int(age) if age else None, figures=figures)
    return frozenset(names.split()), learner, bool(intended)


def say(qualification: Qualification, line: str) -> str:
    """The line as it ought to be."""
    asked = _MIX.fullmatch(line)
    assert asked is not None, line
    mix, learner, intended = terms_of(asked)
    assert mix <= set(qualification.offering.units), line
    judgement = qualification.judge(mix, learner, qualification.intended if intended else PRINTED)
    broken = [say_outcome(each) for judged in judgement.broken for each in judged.broken]
    remarks = qualification.remarks_on(mix, judgement.learner) if judgement.legal else ()
    verdict = [*broken] or ["holds", *(f"remark: {each.says}" for each in remarks)]
    return f"{line[: asked.start(7) - 2]}: {'; '.join(verdict)}"


WITH_MIXES = [name for name, text in sections().items() if "```mixes" in text]


@pytest.mark.parametrize("name", WITH_MIXES)
def test_mixes_fare_as_the_page_says(name: str, tmp_path: Path) -> None:
    text = sections()[name]
    qualification = read(tmp_path, "\n".join(blocks("toml", text)))
    for block in blocks("mixes", text):
        true = "".join(f"{say(qualification, line)}\n" for line in block.splitlines())
        if WRITE:
            PAGE.write_text(page().replace(block, true), "utf-8")
        assert block == true or WRITE


@pytest.mark.parametrize("name", WITH_MIXES)
def test_every_rule_shown_is_kept_by_a_mix_and_broken_by_another(name: str, tmp_path: Path) -> None:
    text = sections()[name]
    qualification = read(tmp_path, "\n".join(blocks("toml", text)))
    lines = [line for block in blocks("mixes", text) for line in block.splitlines()]
    assert any(line.endswith(": holds") for line in lines)
    shown = {rule.id for rule in qualification.rules} - {"misprint"}
    assert set(broken_by(qualification, lines)) == (shown if "remark:" not in text else set())


def broken_by(qualification: Qualification, lines: list[str]) -> Iterator[str]:
    for line in lines:
        asked = _MIX.fullmatch(line)
        assert asked is not None
        mix, learner, intended = terms_of(asked)
        reading = qualification.intended if intended else PRINTED
        for judged in qualification.judge(mix, learner, reading).broken:
            yield judged.rule.id


def refused() -> list[tuple[str, str]]:
    return re.findall(
        r"^```toml refused\n(.*?)^```\n\n```text\n(.*?)\n```$", page(), re.MULTILINE | re.DOTALL
    )


@pytest.mark.parametrize(("rule", "message"), refused())
def test_what_the_page_calls_refused_is_refused_so(rule: str, message: str, tmp_path: Path) -> None:
    rules = f'{head()}\n[[qualification.rule]]\nid = "r"\nsays = "S"\n{rule}'
    rulebook, found = read_book(tmp_path, rules, units())
    assert rulebook is None
    assert [each.partition(" ")[2] for each in told(found)] == [message]


def test_every_refusal_shown_is_run() -> None:
    assert len(refused()) == page().count("```toml refused") > 0


def test_every_kind_has_a_section() -> None:
    headings = " ".join(sections())
    offering = Offering({}, {}, MEASURES)
    for key in kind_keys(offering):
        assert f"`{key}`" in headings, key
    assert len(WITH_MIXES) >= len(keys_of_mixes(offering))


def test_the_table_of_contents_leads_to_every_section_with_rules() -> None:
    links = re.findall(r"\]\(#([\w-]+)\)", page())
    anchors = [re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in sections()]
    assert links == [each for each in anchors if each in links]
    assert set(anchors) - set(links) == {"a-rulebook", "remarks-and-corrections"}
