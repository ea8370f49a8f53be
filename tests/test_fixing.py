"""Files mended in their text: what is meant is changed, and every other byte stays."""

import errno
import os
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nvqplan.checking.checks import check_curriculum
from nvqplan.core.findings import Findings
from nvqplan.core.sources import Sources
from nvqplan.fixing import fixer
from nvqplan.fixing.edits import (
    ChangedError,
    TextEdit,
    apply_edits,
    edit_bytes,
    edit_list,
    find_lists,
    replace_file,
)
from nvqplan.fixing.fixer import Fixed, Fixer, ListChange
from nvqplan.reading.curriculum import read_curriculum
from nvqplan.reports.results import Case, Checked
from tests.rulebook_3412 import CACHE, RULEBOOK
from tests.tapes import cases
from tests.transcripts import ROOT, run_command

UNITS = ("101", "201", "203", "204", "205", "207", "212", "220", "112", "221", "308", "405")
NAMES = st.sampled_from([*UNITS, "2o1", "2O4", "3412-203", "9999"])


def fix(data: bytes, *, unsafe: bool = True) -> Fixed:
    def check(path: str, sources: Sources) -> Checked:
        found = Findings()
        curriculum = read_curriculum(path, sources, found)
        if curriculum is None:
            return Checked(path, findings=tuple(found))
        return check_curriculum(curriculum, CACHE, "printed", found)

    return Fixer(RULEBOOK.catalogue, check, unsafe=unsafe).fix("c.yaml", data)


def edited(text: str, drop: list[int], *add: str) -> str | None:
    (listed,) = find_lists(text).values()
    edits = edit_list(text, listed, drop, add)
    return None if edits is None else apply_edits(text, edits)


@pytest.mark.parametrize(
    ("before", "drop", "add", "after"),
    [
        ("u: [1, 2, 3]", [1], [], "u: [1, 3]"),
        ("u: [1, 2, 3]", [0], [], "u: [2, 3]"),
        ("u: [1, 2, 3]", [1, 2], [], "u: [1]"),
        ("u: [1, 2, 3]", [0, 1, 2], [], "u: []"),
        ("u: [1, 2, 3,]", [2], ["4"], "u: [1, 2, 4,]"),
        ("u: [ 1, 2 ]", [0], ["4", "5"], "u: [ 2, 4, 5 ]"),
        ("u: [1,2]", [], ["4"], "u: [1,2,4]"),
        ("u: []", [], ["4", "5"], "u: [4, 5]"),
        ("u: ['1', \"2\"]", [], ["4"], 'u: [\'1\', "2", "4"]'),
        (
            "u: [1, # one\n    2, # two\n    3 # three\n]",
            [1],
            [],
            "u: [1, # one\n    # two\n    3 # three\n]",
        ),
        ("u: [1, # one\n    2,\n    3]", [1], [], "u: [1, # one\n    3]"),
        ("u: [1, # one\n    2]", [0], ["4"], "u: [ # one\n    2, 4]"),
        ("u:\n  - 1\n  - 2 # two\n\n  - 3\n", [1], [], "u:\n  - 1\n  # two\n\n  - 3\n"),
        ("u:\n- 1\n- 2", [1], ["4"], "u:\n- 1\n- 4\n"),
        ("u:\n- 1\n- 2", [0], [], "u:\n- 2"),
        ("u:\n  -   '1'\n", [], ["4"], "u:\n  -   '1'\n  -   '4'\n"),
        ("u:\n- 1 # one\n", [0], ["4"], "u:\n# one\n- 4\n"),
        ("u: [# none\n    ]", [], ["4"], "u: [4 # none\n    ]"),
        ("? u\n: - 1\n", [], ["4"], "? u\n: - 1\n  - 4\n"),
    ],
)
def test_edits_leave_nothing_over(before: str, drop: list[int], add: list[str], after: str) -> None:
    assert edited(before, drop, *add) == after


def test_a_list_of_dashes_is_never_left_empty() -> None:
    assert edited("u:\n- 1\n", [0]) is None


def test_names_that_are_no_plain_text_are_quoted() -> None:
    assert edited("u: [1]", [], "null", "~", "-1") == "u: [1, 'null', '~', '-1']"


class Piece(NamedTuple):
    """A list as somebody may write it, and the texts in it that must be there afterwards."""

    text: str
    comments: tuple[str, ...]


@st.composite
def lists(draw: st.DrawFn, key: str, names: list[str]) -> Piece:
    comments: list[str] = []

    def note() -> str:
        if not draw(st.integers(0, 3)):
            comments.append(f"# {key} {len(comments)} [x], - 'y'")
            return " " * draw(st.integers(1, 3)) + comments[-1]
        return ""

    ways = [st.sampled_from([name, f"'{name}'", f'"{name}"']) for name in names]
    quoted = [draw(way) for way in ways]
    has_dashes = draw(st.booleans())
    if has_dashes and names:
        dash = "    " + draw(st.sampled_from(["- ", "-  ", "  - "]))
        blank = draw(st.sampled_from(["", "\n", "      # between\n"]))
        head = f"    {key}:{note()}\n"
        lines = "".join(f"{dash}{name}{note()}\n{blank}" for name in quoted)
        return Piece(head + lines, tuple(comments))
    comma = draw(st.sampled_from([", ", ",", " , ", ",\n      "]))
    pad = draw(st.sampled_from(["", " ", "\n      "]))
    if "\n" in comma:
        items = "".join(f"{name},{note()}\n      " for name in quoted)
        return Piece(f"    {key}: [{pad}{items}]{note()}\n", tuple(comments))
    return Piece(f"    {key}: [{pad}{comma.join(quoted)}{pad}]{note()}\n", tuple(comments))


class Document(NamedTuple):
    data: bytes
    around: tuple[bytes, ...]
    comments: tuple[bytes, ...]


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A curriculum in any style of lists, line ends and marks."""
    head = "# head\nqualification: 'l2-certificate'   # q\nregistered: 2026-09-01\n\n"
    offer = draw(st.none() | st.lists(st.sampled_from(UNITS)))
    head += "" if offer is None else f"offer: [{', '.join(offer)}]\n"
    around, inside = [head + "pathways:\n"], []
    for index in range(draw(st.integers(1, 3))):
        around[-1] += f"\n  pathway-{index}: # p{index}\n"
        status = draw(st.sampled_from(["final", "draft"]))
        names = draw(st.lists(NAMES, min_size=0, max_size=9))
        inside.append(draw(lists("units", names)))
        around.append(f"    status: {status}  # s{index}\n")
        if draw(st.booleans()):
            held = draw(st.lists(NAMES, max_size=3))
            inside.append(draw(lists("held", held)))
            around.append(f"# after {index}\n")
    text = around[0] + "".join(
        piece.text + rest for piece, rest in zip(inside, around[1:], strict=True)
    )
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    mark = draw(st.sampled_from(["", "\ufeff"]))

    def written(part: str) -> bytes:
        return part.replace("\n", end).encode()

    comments = tuple(written(each) for piece in inside for each in piece.comments)
    return Document(mark.encode() + written(text), tuple(map(written, around)), comments)


def in_turn(parts: tuple[bytes, ...], data: bytes) -> bool:
    """Whether all parts stand in the data, one after the other."""
    at = 0
    for part in parts:
        at = data.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True


@cases(150)
@given(documents(), st.booleans())
def test_all_that_is_not_mended_stays_byte_for_byte(document: Document, unsafe: bool) -> None:
    fixed = fix(document.data, unsafe=unsafe)
    assert fixed.before == document.data
    assert bool(fixed.changes) == (fixed.after != fixed.before)
    assert in_turn(document.around, fixed.after)
    assert in_turn(document.comments, fixed.after)
    assert fixed.after[:3] == document.data[:3]
    lonely = fixed.after.replace(b"\r\n", b"")
    assert (b"\n" in lonely, b"\r" in lonely) == (
        b"\n" in document.data.replace(b"\r\n", b""),
        b"\r" in document.data.replace(b"\r\n", b""),
    )


@cases(150)
@given(documents(), st.booleans())
def test_mending_twice_changes_nothing_more(document: Document, unsafe: bool) -> None:
    once = fix(document.data, unsafe=unsafe)
    assert fix(once.after, unsafe=unsafe).changes == ()
    assert not {"NVQ203"} & {each.code for each in once.checked.all_findings}


@cases(100)
@given(documents())
def test_repairs_make_every_pathway_pass(document: Document) -> None:
    for case in fix(document.data).checked.cases:
        remedy = case.nearby.remedy
        left = remedy.all_repairs if remedy is not None else ()
        on_offer = [each for each in left if not each.outside]
        assert case.verdict.passes or not on_offer or not case.pathway.units


def test_offsets_are_those_of_the_text_as_it_is_read() -> None:
    data = "\ufeffé\r\nb\rc\nd".encode()
    text = "é\nb\nc\nd"
    for at, letter in enumerate(text):
        if letter != "\n":
            told = edit_bytes(data, [TextEdit(at, at + 1, "X")]).decode("utf-8-sig")
            assert told == "é\r\nb\rc\nd".replace(letter, "X")


LEGAL = (
    "qualification: l1-award\nregistered: 2026-09-01\nyoungest: 17\npathways:\n  a:\n    units: "
)
TWICE = f"{LEGAL}[101, 201, 103, 104, 101] # keep\n"


def curriculum(folder: Path) -> Path:
    path = folder / "a b\nc.yaml"
    path.write_text(TWICE, "utf-8")
    return path


def test_fix_writes_and_tells(tmp_path: Path) -> None:
    path = curriculum(tmp_path)
    path.chmod(0o640)
    output, code = run_command(["check", str(path), "--fix"], tmp_path)
    assert code == 0
    assert "a b?c.yaml: a: units: drop 101\n" in output
    assert path.read_text("utf-8") == f"{LEGAL}[101, 201, 103, 104] # keep\n"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_diff_writes_nothing_and_tells_the_verdict_as_it_stands(tmp_path: Path) -> None:
    path = curriculum(tmp_path)
    output, code = run_command(["check", str(path), "--fix", "--diff"], tmp_path)
    assert code == 1
    assert output.splitlines()[-2:] == [
        "-    units: [101, 201, 103, 104, 101] # keep",
        "+    units: [101, 201, 103, 104] # keep",
    ]
    assert path.read_text("utf-8") == TWICE


def test_a_link_goes_on_to_lead_to_the_file(tmp_path: Path) -> None:
    path = curriculum(tmp_path)
    link = tmp_path / "link.yaml"
    link.symlink_to(path)
    assert run_command(["check", str(link), "--fix"], tmp_path)[1] == 0
    assert link.is_symlink()
    assert path.read_text("utf-8") != TWICE


def test_a_full_disk_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = curriculum(tmp_path)

    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", refuse)
    output, code = run_command(["check", str(path), "--fix"], tmp_path)
    assert code == 2
    assert (
        "error[NVQ101] cannot be mended, and is left as it was: No space left on device" in output
    )
    assert "NVQ203" in output
    assert path.read_text("utf-8") == TWICE
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_changes_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = curriculum(tmp_path)
    with pytest.raises(ChangedError):
        replace_file(str(path), b"what it was", b"what it is to be")
    assert path.read_text("utf-8") == TWICE
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_fixed_is_refused() -> None:
    for options in (
        ["--units", "101", "-q", "l1-award", "--fix"],
        ["-", "--fix"],
        ["x", "--unsafe"],
    ):
        assert run_command(["check", *options])[1] == 2


def test_a_file_that_cannot_be_read_is_not_mended(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(TWICE.replace("]", ""), "utf-8")
    assert run_command(["check", str(path), "--fix"], tmp_path)[1] == 2
    assert path.read_text("utf-8") == TWICE.replace("]", "")


HARBOUR = "qualification: l2-certificate\nregistered: 2026-09-01\nyoungest: 18\n"
OFFER = "offer: [101, 203, 204, 205, 206, 207, 212, 220, 308, 208, 209, 210]\n"
LEFT_ALONE = {
    "half a repair": HARBOUR.replace("18", "15").replace("l2-certificate", "l3-diploma")
    + "pathways:\n  d:\n    units:\n      - 201\n    held: [201]\n    status: draft\n",
    "what is not on offer": f"{HARBOUR}{OFFER}pathways:\n"
    "  d: {units: [101, 201, 212, 220], status: draft}\n",
    "an approved exception": f"{HARBOUR}pathways:\n  d:\n"
    "    units: [101, 203, 204, 205, 206, 207, 308]\n"
    "    exceptions: [{rule: mandatory, reason: r, by: b, until: 2999-12-31}]\n",
}


@pytest.mark.parametrize("text", LEFT_ALONE.values(), ids=[*LEFT_ALONE])
def test_what_is_for_people_to_decide_is_left_alone(text: str, tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text(text, "utf-8")
    _, code = run_command(["check", "c.yaml", "--fix", "--unsafe"], tmp_path)
    assert code in (0, 1)
    assert (tmp_path / "c.yaml").read_text("utf-8") == text


def test_of_several_mandatory_units_people_choose_one(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text("qualification: mechanic\npathways:\n  a: {units: [G3]}\n", "utf-8")
    book = str(ROOT / "tests" / "cases" / "rulebooks" / "garage")
    run_command(["check", "c.yaml", "--fix", "--data", book], tmp_path)
    assert path.read_text("utf-8").endswith("{units: [G3, G1]}\n")


def test_a_held_unit_that_is_not_listed_costs_nothing_and_is_put_in(tmp_path: Path) -> None:
    offer = "offer: [101, 201, 203, 206, 207, 212]\n"
    units = "pathways:\n  d: {units: [101, 201, 203, 206, 207, 212], held: [229]}\n"
    (tmp_path / "c.yaml").write_text(HARBOUR + offer + units, "utf-8")
    output, code = run_command(["check", "c.yaml"], tmp_path)
    assert code == 1
    assert "repair: add 229: 30 credits" in output
    assert run_command(["check", "c.yaml", "--fix"], tmp_path)[1] == 0


def test_a_held_unit_of_another_qualification_is_not_dropped(tmp_path: Path) -> None:
    text = f"{HARBOUR}pathways:\n  d: {{units: [101, 201, 206, 207, 301], held: [101, 301]}}\n"
    (tmp_path / "c.yaml").write_text(text, "utf-8")
    run_command(["check", "c.yaml", "--fix", "--unsafe"], tmp_path)
    written = (tmp_path / "c.yaml").read_text("utf-8")
    assert "held: [101, 301]" in written
    assert " 301," in written.partition("held")[0]


def test_a_baseline_takes_in_what_is_left_when_all_is_mended(tmp_path: Path) -> None:
    text = f"{HARBOUR}pathways:\n  e: {{units: [101, 201]}}\n"
    (tmp_path / "c.yaml").write_text(text, "utf-8")
    known = ["check", "c.yaml", "--baseline", "k.json"]
    assert run_command([*known, "--update-baseline", "--fix", "--unsafe"], tmp_path)[1] == 0
    assert (tmp_path / "c.yaml").read_text("utf-8") != text
    (tmp_path / "c.yaml").write_text(text, "utf-8")
    assert run_command(known, tmp_path)[1] == 1


def test_a_fix_that_does_something_else_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = curriculum(tmp_path)
    monkeypatch.setattr(fixer, "edit_list", lambda *_: (TextEdit(0, 0, "centre: C\n"),))
    (tmp_path / "other.yaml").write_text(LEGAL + "[101, 201, 103, 104]\n", "utf-8")
    for option in ("--fix", "--diff"):
        output, code = run_command(["check", str(path), "other.yaml", option], tmp_path)
        assert code == 3
        assert "the fix would change more than it should; this is a bug" in output
        assert path.read_text("utf-8") == TWICE
        assert ("other.yaml: a: legal" in output) == (option == "--fix")


def test_a_repair_that_mends_nothing_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"{HARBOUR}pathways:\n  e: {{units: [101, 201]}}\n"
    (tmp_path / "c.yaml").write_text(text, "utf-8")

    def wrong(case: Case) -> list[ListChange]:
        return [ListChange("e", "units", case.pathway.lists["units"], add=("203",))]

    monkeypatch.setattr(fixer, "repair_changes", wrong)
    output, code = run_command(["check", "c.yaml", "--fix", "--unsafe"], tmp_path)
    assert (code, "the repair of e fails; this is a bug" in output) == (3, True)
    assert (tmp_path / "c.yaml").read_text("utf-8") == text


def test_nothing_to_mend_is_said(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text(LEGAL + "[101, 201, 103, 104]\n", "utf-8")
    output, code = run_command(["check", "c.yaml", "--diff"], tmp_path)
    assert (output, code) == ("note: there is nothing that this would mend\n", 0)
