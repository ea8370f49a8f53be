"""Which codes are told: the longest beginning that fits decides, and what stops is always told."""

from pathlib import Path

import pytest

from nvqplan.checking.filters import FindingFilters
from nvqplan.checking.selection import Selection, find_codes
from nvqplan.core.codes import CODES, FAILING, FailOn
from nvqplan.core.findings import Findings, Located, Location
from nvqplan.reports.results import Tally
from tests.filtered import TODAY, check_text, said
from tests.transcripts import run_command

TEXT = """\
qualification: l3-diploma
pathways:
  a:
    units: [101, 301, 204, 303, 305, 405, 229, 328, 329, 330, 2o4]
"""


@pytest.mark.parametrize(
    ("selected", "ignored", "told"),
    [
        ([], [], {"NVQ201", "NVQ301", "NVQ305", "NVQ501"}),
        (["NVQ3"], [], {"NVQ301", "NVQ305"}),
        (["NVQ3", "NVQ501"], [], {"NVQ301", "NVQ305", "NVQ501"}),
        ([], ["NVQ3"], {"NVQ201", "NVQ501"}),
        (["NVQ3"], ["NVQ3"], set()),
        (["NVQ305"], ["NVQ3"], {"NVQ305"}),
        (["NVQ3"], ["NVQ305"], {"NVQ301"}),
        (["NVQ305"], ["NVQ305"], set()),
        (["NVQ"], ["NVQ3"], {"NVQ201", "NVQ501"}),
        ([], ["NVQ"], set()),
        (["NVQ30"], ["NVQ", "NVQ305"], {"NVQ301"}),
    ],
)
def test_longer_beginning_beats_the_shorter_and_ignore_its_equal(
    selected: list[str], ignored: list[str], told: set[str]
) -> None:
    selection = Selection(tuple(selected), tuple(ignored))
    asked = ("NVQ201", "NVQ301", "NVQ305", "NVQ501")
    assert {code for code in asked if selection.has(code)} == told


def test_what_stops_is_told_whatever_is_asked_for() -> None:
    stopping = [code for code, about in CODES.items() if about.stops]
    assert len(stopping) > 5
    for selection in (Selection(("NVQ301",)), Selection((), ("NVQ", *stopping))):
        assert all(map(selection.has, stopping))


@pytest.mark.parametrize("name", ["NVQ999", "NVQ6", "nvq301", "N", "NV", "301", "NVQ3011", "ALL"])
def test_unknown_code_is_found(name: str) -> None:
    found = Findings()
    written = [Located(name, Location("--select", 1, 1), name)]
    assert find_codes(written, found) == ()
    assert [each.code for each in found] == ["NVQ113"]


@pytest.mark.parametrize(
    ("name", "refused"), [("NVQ104", 1), ("NVQ40", 1), ("NVQ4", 0), ("NVQ1", 0), ("NVQ", 0)]
)
def test_only_what_covers_nothing_else_may_not_be_ignored(name: str, refused: int) -> None:
    for to_ignore in (True, False):
        found = Findings()
        written = [Located(name, Location("--ignore", 1, 1), name)]
        find_codes(written, found, to_ignore=to_ignore)
        assert len(found) == (refused if to_ignore else 0)


def test_what_is_not_selected_is_counted_as_ignored_and_nowhere_else(tmp_path: Path) -> None:
    plain, some = Tally(), Tally()
    plain.add(check_text(tmp_path, TEXT))
    checked = check_text(tmp_path, TEXT, FindingFilters(TODAY, Selection(("NVQ5",), ("NVQ503",))))
    some.add(checked)
    assert said(checked.all_findings) == [(1, "NVQ504")]
    assert (plain.findings, plain.ignored) == ({"error": 1, "warning": 0, "remark": 2}, 0)
    assert (some.findings, some.ignored) == ({"error": 0, "warning": 0, "remark": 1}, 2)
    assert (plain.passing, plain.exit_code(), some.passing, some.exit_code()) == (1, 1, 1, 0)


def test_comment_is_not_unused_because_its_code_is_not_selected(tmp_path: Path) -> None:
    text = TEXT.replace("2o4]", "2o4] # nvqplan: ignore[NVQ201] soon")
    checked = check_text(tmp_path, text, FindingFilters(TODAY, Selection(("NVQ5",), ("NVQ503",))))
    assert said(checked.all_findings) == [(1, "NVQ504")]
    assert (checked.ignored, len(checked.settled)) == (1, 1)


@pytest.mark.parametrize("fail_on", list(FAILING))
def test_exit_code_obeys_the_severity_named(fail_on: FailOn, tmp_path: Path) -> None:
    legal = TEXT.replace(", 2o4", "")
    (tmp_path / "remark.yaml").write_text(legal)
    (tmp_path / "error.yaml").write_text(TEXT)
    (tmp_path / "stop.yaml").write_text("a: [")
    warning = legal.replace("330]", "330] # nvqplan: ignore[NVQ201] soon")
    (tmp_path / "warning.yaml").write_text(warning)
    severities = ("remark", "warning", "error")
    codes = {
        each: run_command(["check", f"{each}.yaml", "--fail-on", fail_on], tmp_path)[1]
        for each in (*severities, "stop")
    }
    expected = {each: int(each in FAILING[fail_on]) for each in severities}
    assert codes == {**expected, "stop": 2}


def test_strict_is_another_word_for_warnings(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(TEXT.replace("2o4]", "] # nvqplan: ignore[NVQ201] soon"))
    ends = [
        run_command(["check", "a.yaml", *options], tmp_path)
        for options in ([], ["--strict"], ["--fail-on", "warning"])
    ]
    assert [code for _, code in ends] == [0, 1, 1]
    assert ends[1] == ends[2]
