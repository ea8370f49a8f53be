"""`nvqplan explain`: codes, words, units and qualifications, told as they are."""

import json
import random
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from nvqplan.api import open_rulebook
from nvqplan.core.codes import CODES
from nvqplan.core.explanations import explanations
from nvqplan.core.glossary import entries
from nvqplan.explaining.overviews import Explained, qualification_overview, unit_overview
from nvqplan.explaining.text import ExplainPage, say
from nvqplan.reports.terminal import Painter
from nvqplan.rules.kind import Kind
from nvqplan.rules.learner import Learner
from nvqplan.rules.qualification import Qualification
from nvqplan.rules.rule import Reading
from nvqplan.rules.terms import Terms
from nvqplan.space.mixes import Space
from tests.rulebook_3412 import RULEBOOK
from tests.transcripts import ROOT, run_command

BAKERY = open_rulebook(str(ROOT / "tests" / "cases" / "rulebooks" / "bakery"))
QUALIFICATIONS = (*RULEBOOK.qualifications, *BAKERY.qualifications)


def document(*arguments: str) -> Any:
    output, code = run_command(["explain", *arguments, "--format", "json"])
    assert code == 0
    told = json.loads(output[output.index("{") :])
    assert (told["version"], told["command"]) == (1, "explain")
    return told["explained"]


def kinds(qualification: Qualification) -> list[Kind]:
    printed = [rule.printed for rule in qualification.rules]
    return printed + [rule.intended.kind for rule in qualification.rules if rule.intended]


@pytest.mark.parametrize("qualification", QUALIFICATIONS, ids=lambda each: each.id)
def test_unit_that_a_rule_does_not_speak_of_changes_nothing_in_it(
    qualification: Qualification,
) -> None:
    drawn = random.Random(1)  # noqa: S311 - examples, not secrets
    offering, learner = qualification.offering, Learner(qualification.windows[-1:], 17)
    silent = 0
    for kind in kinds(qualification):
        for unit in offering.units:
            if kind.role(unit, offering):
                continue
            silent += 1
            for _ in range(5):
                mix = frozenset(drawn.sample(list(offering.units), len(offering.units) // 2))
                told = [
                    kind.outcomes(offering, learner, each) for each in (mix - {unit}, mix | {unit})
                ]
                assert [each.holds for each in told[0]] == [each.holds for each in told[1]]
    assert silent > 0


@pytest.mark.parametrize("qualification", QUALIFICATIONS, ids=lambda each: each.id)
def test_unit_that_a_rule_speaks_of_can_change_it(qualification: Qualification) -> None:
    offering, learner = qualification.offering, Learner(qualification.windows[-1:], 17)
    for kind in kinds(qualification):
        for unit in offering.units:
            if kind.role(unit, offering):
                others = [frozenset(), *(frozenset({other}) for other in offering.units)]
                outcomes = [
                    (
                        kind.outcomes(offering, learner, mix - {unit}),
                        kind.outcomes(offering, learner, mix | {unit}),
                    )
                    for mix in others
                ]
                assert any(without != with_it for without, with_it in outcomes)


def test_standing_is_that_of_the_space_of_mixes() -> None:
    overview = unit_overview(RULEBOOK.catalogue.units["319"], RULEBOOK, Terms("any"), {})
    (standing,) = overview.standings
    (diploma,) = RULEBOOK.named("l3-diploma")
    space = Space(diploma, Terms("any").learner(diploma))
    assert standing.status == space.status()["319"]
    assert [role.rule.id for role in standing.roles] == [
        "total",
        "level",
        "unit-319",
        "one-unit-two-numbers",
    ]


@pytest.mark.parametrize("qualification", QUALIFICATIONS, ids=lambda each: each.id)
def test_smallest_mix_is_legal_and_no_smaller_one_is(qualification: Qualification) -> None:
    terms = Terms()
    overview = qualification_overview(qualification, (), terms)
    space = Space(qualification, terms.learner(qualification))
    assert overview.mixes == space.count()
    assert overview.smallest is not None
    assert qualification.is_legal(overview.smallest.mix, space.learner, space.reading)
    assert overview.smallest.totals.credits == min(space.count_by("credits"))
    forced, impossible = overview.of_kind("forced"), overview.of_kind("impossible")
    assert set(forced) <= overview.smallest.mix
    assert overview.smallest.mix.isdisjoint(impossible)


def test_document_holds_what_the_text_tells() -> None:
    code, unit, qualification = document("NVQ302", "204", "l4-diploma")
    assert (code["kind"], code["title"], code["remedy"]) == (
        "code",
        CODES["NVQ302"].title,
        explanations()["NVQ302"].remedy,
    )
    assert unit["uan"] == "L/503/0394"
    assert [each["qualification"] for each in unit["standings"]] == ["l2-certificate", "l3-diploma"]
    assert unit["standings"][1]["of"] == 102_259_424_811_118
    assert qualification["forced"] == ["101", "309", "316", "401"]
    assert qualification["count"] == 2_147_270_640
    assert len(qualification["smallest"]) == 8


@pytest.mark.parametrize(
    "names",
    [(), ("319",), ("101", "l3-diploma", "nvq103"), ("GLH", "204"), ("l4-diploma", "506")],
    ids=str,
)
def test_document_is_what_its_schema_says(names: tuple[str, ...]) -> None:
    schema = json.loads((ROOT / "schemas" / "explain.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    output, _ = run_command(["explain", *names, "--format", "json"])
    told = json.loads(output[output.index("{") :])
    Draft202012Validator(schema).validate(told)
    told["explained"][0].popitem()
    assert not Draft202012Validator(schema).is_valid(told)


def test_list_of_codes_as_data_explains_every_code() -> None:
    assert [each["code"] for each in document()] == list(CODES)


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_text_keeps_to_the_width_of_the_terminal(width: int) -> None:
    page = ExplainPage(width, Painter(coloured=False))
    things: list[Explained] = [
        *CODES,
        *entries(),
        qualification_overview(RULEBOOK.qualifications[3], RULEBOOK.corrections, Terms()),
    ]
    for thing in things:
        for line in say(thing, page):
            shown = line.startswith(("  |", "  $"))
            assert shown or len(line) <= width or " " not in line.strip()


def test_too_many_mixes_to_count_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def small(qualification: Qualification, learner: Learner, reading: Reading) -> Space:
        return Space(qualification, learner, reading, memory=1000)

    monkeypatch.setattr("nvqplan.explaining.overviews.Space", small)
    for name in ("l3-diploma", "204"):
        output, code = run_command(["explain", name])
        assert code == 0
        assert "to count in 1 GiB" in output
    assert document("l3-diploma")[0]["count"] is None
    assert [each["status"] for each in document("204")[0]["standings"]] == [None, None]


def test_code_is_explained_without_a_rulebook(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a rulebook was read")

    monkeypatch.setattr("nvqplan.reading.rulebook.read_rulebook", refuse)
    assert run_command(["explain", "nvq401"])[1] == 0
