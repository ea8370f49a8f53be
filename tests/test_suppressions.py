"""Suppressions: what they cover, until when, and what is wrong with them."""

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nvqplan.checking.filters import FindingFilters
from nvqplan.checking.suppressions import ABOUT_COMMENTS
from nvqplan.core.codes import CODES
from nvqplan.core.findings import Finding
from nvqplan.reports.results import Checked
from tests.filtered import check_text, said, settled
from tests.tapes import cases

HEAD = "qualification: l3-diploma\nregistered: 2026-09-01\nyoungest: 17\npathways:\n"
LEGAL = "101, 301, 204, 303, 305, 405, 229, 328, 329, 330"
UNKNOWN = [("NVQ201", "comment")]


def told(folder: Path, text: str, today: date = date(2026, 9, 1)) -> list[tuple[int, str]]:
    return said(check_text(folder, text, FindingFilters(today)).all_findings)


def test_own_line_is_covered_and_no_other(tmp_path: Path) -> None:
    text = (
        f"{HEAD}  a:\n    units: [{LEGAL}, 2o4] # nvqplan: ignore[NVQ201] soon\n    held: [2o4]\n"
    )
    checked = check_text(tmp_path, text)
    assert said(checked.all_findings) == [(7, "NVQ201")]
    assert settled(checked) == UNKNOWN
    assert checked.settled[0].reason == "soon"


def test_comment_alone_covers_the_next_line_that_holds_yaml(tmp_path: Path) -> None:
    text = (
        f"{HEAD}  a:\n    # nvqplan: ignore[NVQ201] soon\n\n    # more\n    units: [{LEGAL}, 2o4]\n"
    )
    checked = check_text(tmp_path, text)
    assert (said(checked.all_findings), settled(checked)) == ([], UNKNOWN)


@pytest.mark.parametrize(
    "key", ["  # nvqplan: ignore[NVQ201] soon\n  a:\n", "  a: # nvqplan: ignore[NVQ201] soon\n"]
)
def test_comment_at_the_name_of_a_pathway_covers_all_of_it(key: str, tmp_path: Path) -> None:
    other = f"  b:\n    units: [{LEGAL}, 2o4]\n"
    text = f"{HEAD}{key}    units: [{LEGAL}]\n    held: [2o4]\n{other}"
    checked = check_text(tmp_path, text)
    assert [each.pathway for each in checked.all_findings] == ["b"]
    assert settled(checked) == UNKNOWN


def test_it_covers_what_the_reader_finds_in_a_pathway(tmp_path: Path) -> None:
    text = f"{HEAD}  a: # nvqplan: ignore[NVQ107] a note\n    units: [{LEGAL}]\n    note: x\n"
    checked = check_text(tmp_path, text)
    assert (said(checked.all_findings), settled(checked)) == ([], [("NVQ107", "comment")])


def test_comment_above_the_first_key_covers_the_file_but_no_pathway(tmp_path: Path) -> None:
    text = f"""\
# nvqplan: ignore[NVQ504, NVQ201] adults
qualification: l3-diploma
pathways:
  a: {{units: [{LEGAL}, 2o4]}}
"""
    checked = check_text(tmp_path, text)
    assert said(checked.all_findings) == [(1, "NVQ512"), (2, "NVQ503"), (4, "NVQ201")]
    assert settled(checked) == [("NVQ504", "comment")]


def test_comment_further_down_covers_nothing_of_the_file(tmp_path: Path) -> None:
    comment = "# nvqplan: ignore[NVQ504] adults"
    text = f"qualification: l3-diploma\nregistered: 2026-09-01\n{comment}\npathways:\n"
    assert told(tmp_path, f"{text}  a: {{units: [{LEGAL}]}} {comment}\n") == [
        (1, "NVQ504"),
        (3, "NVQ512"),
        (5, "NVQ512"),
    ]


def test_text_in_quotes_suppresses_nothing(tmp_path: Path) -> None:
    text = f"{HEAD}  a:\n    units: [{LEGAL}, '2o4 # nvqplan: ignore[NVQ201] soon']\n"
    assert told(tmp_path, text) == [(6, "NVQ201")]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2027, 3, 30), []),
        (date(2027, 3, 31), []),
        (date(2027, 4, 1), [(6, "NVQ201"), (6, "NVQ511")]),
    ],
)
def test_last_day_is_the_last_day(
    today: date, expected: list[tuple[int, str]], tmp_path: Path
) -> None:
    comment = "# nvqplan: ignore[NVQ201] soon until 2027-03-31"
    assert told(tmp_path, f"{HEAD}  a:\n    units: [{LEGAL}, 2o4] {comment}\n", today) == expected


@pytest.mark.parametrize(
    ("comment", "codes"),
    [
        ("nvqplan: ignore[NVQ201] soon", []),
        ("nvqplan: ignore[ NVQ201 ,NVQ201,] - soon", []),
        ("nvqplan:ignore[NVQ201] until the end until 2027-03-31", []),
        ("nvqplan: ignore[NVQ201]", ["NVQ112", "NVQ201"]),
        ("nvqplan: ignore[NVQ201] -", ["NVQ112", "NVQ201"]),
        ("nvqplan: ignore[NVQ201] until 2027-03-31", ["NVQ112", "NVQ201"]),
        ("nvqplan: ignore[NVQ201] soon until 31/3/2027", ["NVQ111", "NVQ201"]),
        ("nvqplan: ignore[NVQ201] soon until 2027-02-30", ["NVQ111", "NVQ201"]),
        ("nvqplan: ignore[NVQ201] soon until 2027-03-31, then mended", ["NVQ111", "NVQ201"]),
        ("nvqplan: ignore[NVQ201] soon until", ["NVQ111", "NVQ201"]),
        ("nvqplan: ignore[] soon", ["NVQ111", "NVQ201"]),
        ("nvqplan: ignore soon", ["NVQ111", "NVQ201"]),
        ("nvqplan ignore[NVQ201] soon", ["NVQ111", "NVQ201"]),
        ("nvqplan: ignore[NVQ201 soon", ["NVQ111", "NVQ201"]),
        ("nvqplan: disable[NVQ201] soon", ["NVQ111", "NVQ201"]),
        ("nvqplan: ignore[NVQ201] so\x85on", ["NVQ104"]),
        ("nvqplan: ignore[NVQ2] soon", ["NVQ113", "NVQ201"]),
        ("nvqplan: ignore[NVQ201,NVQ2O2] soon", ["NVQ113"]),
        ("nvqplan: ignore[NVQ201,NVQ104] soon", ["NVQ113"]),
        ("nvqplan: ignore[NVQ201,NVQ512] soon", ["NVQ113"]),
        ("nvqplan: ignore[NVQ201,NVQ301] soon", ["NVQ512"]),
    ],
)
def test_each_comment_is_understood_or_told(comment: str, codes: list[str], tmp_path: Path) -> None:
    text = f"{HEAD}  a:\n    units: [{LEGAL}, 2o4] # {comment}\n"
    assert sorted(code for _, code in told(tmp_path, text)) == codes


def test_nothing_is_unused_in_a_file_that_was_not_judged(tmp_path: Path) -> None:
    comment = "# nvqplan: ignore[NVQ301] soon"
    assert told(tmp_path, f"{HEAD}  a: {comment}\n    units: 101\n") == [(6, "NVQ108")]
    assert told(tmp_path, f"{comment}\nqualification: l9\npathways: {{}}\n") == [
        (2, "NVQ204"),
        (3, "NVQ109"),
    ]
    assert told(tmp_path, f"{comment}\na: [") == [(2, "NVQ104")]


def test_any_of_two_comments_is_enough_and_both_are_used(tmp_path: Path) -> None:
    first = "# nvqplan: ignore[NVQ201] at the pathway"
    second = "# nvqplan: ignore[NVQ201] at the line"
    text = f"{HEAD}  a: {first}\n    units: [{LEGAL}, 2o4] {second}\n"
    checked = check_text(tmp_path, text)
    assert said(checked.all_findings) == []
    assert [each.reason for each in checked.settled] == ["at the pathway"]


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_line_ends_and_a_byte_order_mark_change_nothing(end: str, tmp_path: Path) -> None:
    text = f"{HEAD}  a:\n    units: [{LEGAL}, 2o4] # nvqplan: ignore[NVQ201] soon\n"
    checked = check_text(tmp_path, "\ufeff" + text.replace("\n", end))
    assert (said(checked.all_findings), settled(checked)) == ([], UNKNOWN)


BASE = f"""\
qualification: l3-diploma
registered: 2026-09-01
offer: [101, 301, 204]
pathways:
  legal:
    units: [{LEGAL}]
    held:
      - 101
      - 2o4
  illegal:
    units:
      - 101
      - 101
      - 212
      - 318
    note: x
  draft:
    units: [101, 212, 318]
    status: draft
""".splitlines()

Comment = tuple[int, bool, list[str], str]
"""The line that it is at, whether it stands alone, its codes, and what else it says."""

COMMENTS = st.tuples(
    st.integers(0, len(BASE) - 1),
    st.booleans(),
    st.lists(st.sampled_from([*CODES, "NVQ999"]), min_size=1, max_size=3),
    st.sampled_from([" soon", "", " soon until 2026-09-01", " soon until 2026-08-31", " until x"]),
)


def with_comments(comments: list[Comment]) -> str:
    above: dict[int, list[str]] = {}
    behind: dict[int, str] = {}
    for line, is_alone, codes, rest in comments:
        comment = f"# nvqplan: ignore[{', '.join(codes)}]{rest}"
        if is_alone:
            above.setdefault(line, []).append(comment)
        else:
            behind[line] = f" {comment}"
    lines = (
        text
        for number, line in enumerate(BASE)
        for text in (*above.get(number, ()), line + behind.get(number, ""))
    )
    return "\n".join(lines)


def check_base(comments: list[Comment]) -> Checked:
    with TemporaryDirectory() as name:
        return check_text(Path(name), with_comments(comments))


@cache
def plainly_checked() -> Checked:
    return check_base([])


def essence(finding: Finding) -> tuple[str, ...]:
    return finding.code, finding.message, finding.subject, finding.pathway


def verdicts(checked: Checked) -> list[object]:
    return [(case.pathway.name, case.verdict.passes) for case in checked.cases]


@cases(150)
@given(st.lists(COMMENTS, max_size=6))
def test_suppression_changes_no_verdict_and_no_other_finding(
    comments: list[Comment],
) -> None:
    plain, checked = plainly_checked(), check_base(comments)
    assert verdicts(checked) == verdicts(plain)
    about = [each for each in checked.all_findings if each.code in ABOUT_COMMENTS]
    left = Counter(essence(each) for each in checked.all_findings if each not in about)
    taken = Counter(essence(each.finding) for each in checked.settled)
    # "first in line 12" stands in a help, so lines that move change no essence
    assert left + taken == Counter(map(essence, plain.all_findings))
    in_force = {code for _, _, codes, rest in comments if "soon" in rest for code in codes}
    assert {each.finding.code for each in checked.settled} <= in_force
    assert all(each.finding.code not in ABOUT_COMMENTS for each in checked.settled)
