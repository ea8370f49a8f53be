"""A verdict is never told alone: whatever does not pass has a finding that fails, and no other."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nvqplan.advice.cache import RulebookCache
from nvqplan.checking.checks import check_curriculum
from nvqplan.core.codes import CODES
from nvqplan.core.curricula import Curriculum, Pathway, Status
from nvqplan.core.findings import Findings, Located, Location
from nvqplan.core.units import Catalogue
from nvqplan.rules.qualification import Rulebook
from nvqplan.solving.layers import OutgrownError
from nvqplan.space import mixes as space
from tests.rulebooks import DAYS, books
from tests.tapes import cases
from tests.transcripts import run_command

STATUS: st.SearchStrategy[Status] = st.sampled_from(["final", "draft"])
PLACE = Location("curriculum.yaml", 1, 1)


def located(units: frozenset[str]) -> tuple[Located, ...]:
    return tuple(Located(unit, PLACE, unit) for unit in sorted(units))


@cases(300)
@given(st.data())
def test_a_pathway_fails_exactly_where_an_error_says_so(data: st.DataObject) -> None:
    qualification = data.draw(books()).read()
    some = st.frozensets(st.sampled_from(sorted(qualification.offering.units)))
    mix, status = data.draw(some), data.draw(STATUS)
    held = mix & data.draw(some)
    offer = data.draw(st.none() | some.map(located))
    pathway = Pathway("p", PLACE, located(mix), status, located(held))
    curriculum = Curriculum(
        "curriculum.yaml",
        "",
        Located("q", PLACE, "q"),
        data.draw(st.sampled_from(DAYS)),
        data.draw(st.sampled_from([None, 14, 19])),
        offer,
        (pathway,),
    )
    catalogue = Catalogue(qualification.offering.units)
    cache = RulebookCache(Rulebook("", catalogue, (qualification,), ()))
    checked = check_curriculum(curriculum, cache, "printed", Findings())
    (case,) = checked.cases
    codes = [each.code for each in checked.all_findings if CODES[each.code].severity == "error"]
    outside = {"NVQ205"} if status == "final" else set()
    assert case.verdict.passes == (not set(codes) - outside)
    assert ("NVQ403" in codes) == case.is_rulebooks_fault


def test_a_draft_of_somebody_too_young_fails(tmp_path: Path) -> None:
    draft = "pathways:\n  d: {units: [101], status: draft}\n"
    for age, told in ((15, ["NVQ305"]), (16, [])):
        (tmp_path / "c.yaml").write_text(
            f"qualification: l3-diploma\nregistered: 2026-09-01\nyoungest: {age}\n{draft}", "utf-8"
        )
        output, code = run_command(["check", "c.yaml"], tmp_path)
        assert (re.findall(r"error\[(NVQ\d+)\]", output), code) == (told, len(told))


def test_rules_whose_mixes_outgrow_the_memory_judge_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def outgrow(*_: object) -> None:
        raise OutgrownError(1, 2, "for a test")

    monkeypatch.setattr(space, "compile_diagram", outgrow)
    text = "pathways:\n  a: {units: [101]}\n  b: {units: [112, 221], status: draft}\n"
    (tmp_path / "c.yaml").write_text(
        f"qualification: l2-certificate\nregistered: 2026-09-01\nyoungest: 18\n{text}", "utf-8"
    )
    output, code = run_command(["check", "c.yaml"], tmp_path)
    assert code == 1
    assert "a: illegal for l2-certificate" in output
    assert "error[NVQ310]" in output
    assert "repair" not in output
