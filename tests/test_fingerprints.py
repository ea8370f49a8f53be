"""Fingerprints: one for each finding of a file, the same while lines and pathways move."""

from pathlib import Path

from nvqplan.core.findings import FINGERPRINT, Finding, Location, with_fingerprints
from nvqplan.reports.results import Checked, Settled
from tests.filtered import check_text

HEAD = "qualification: l3-diploma\nregistered: 2026-09-01\npathways:\n"
FIRST = "  first:\n    units: [101, 101, 2o4, 2o4]\n"
SECOND = "  second:\n    units: [101, 212, 318]\n    held: [101, 101]\n"


def named(checked: Checked) -> dict[str, tuple[str, str, str]]:
    pairs = list(with_fingerprints(checked.shown_and_settled))
    names = {name: (each.code, each.pathway, each.subject) for each, name in pairs}
    assert len(names) == len(pairs) == len(checked.all_findings) + len(checked.settled)
    assert all(len(name) == FINGERPRINT for name in names)
    return names


def test_fingerprints_survive_moved_lines_and_pathways(tmp_path: Path) -> None:
    plain = named(check_text(tmp_path, HEAD + FIRST + SECOND))
    assert len(plain) > 10
    moved = "# a note\n\n" + HEAD.replace("pathways", "centre: X\n\npathways") + SECOND + FIRST
    assert named(check_text(tmp_path, moved)) == plain


def test_fingerprints_do_not_hang_on_what_is_settled(tmp_path: Path) -> None:
    plain = check_text(tmp_path, HEAD + FIRST + SECOND)
    comment = "  # nvqplan: ignore[NVQ201, NVQ203] soon\n"
    some = check_text(tmp_path, HEAD + comment + FIRST + SECOND)
    assert len(some.settled) == 3
    assert named(some) == named(plain)


def test_equal_findings_in_one_place_are_numbered_alike_whichever_is_settled() -> None:
    place = Location("a.yaml", 1, 1)
    first, second = (Finding(place, "NVQ303", words, subject="barred") for words in "ab")
    settled = [Settled(first, "baseline", ""), Settled(second, "baseline", "")]
    for checked in (
        Checked("a.yaml", findings=(first, second)),
        Checked("a.yaml", findings=(second,), settled=(settled[0],)),
        Checked("a.yaml", findings=(first,), settled=(settled[1],)),
        Checked("a.yaml", settled=tuple(reversed(settled))),
    ):
        assert [each for each, _ in with_fingerprints(checked.shown_and_settled)] == [first, second]


def test_what_a_finding_is_about_tells_it_from_others_and_figures_do_not() -> None:
    place = Location("a.yaml", 1, 1)
    plain = Finding(place, "NVQ108", "must not be over 1,000,000")
    same = plain._replace(message="must not be over 42", location=place._replace(line=9))
    others = [
        plain._replace(code="NVQ107"),
        plain._replace(pathway="a"),
        plain._replace(subject="level"),
        plain._replace(message="must not be under 1,000,000"),
        plain._replace(subject="must not be over 0"),
    ]
    ((_, name),) = with_fingerprints([plain])
    assert [each for _, each in with_fingerprints([same])] == [name]
    assert name not in [each for other in others for _, each in with_fingerprints([other])]


def test_equal_findings_are_numbered() -> None:
    plain = Finding(Location("a.yaml", 1, 1), "NVQ203", "unit 101 is given twice", subject="101")
    names = [name for _, name in with_fingerprints([plain] * 3)]
    assert len(set(names)) == 3
    assert names[:2] == [name for _, name in with_fingerprints([plain] * 2)]


def test_fingerprints_are_what_old_baselines_hold() -> None:
    plain = Finding(Location("a.yaml", 1, 1), "NVQ301", "x", subject="level", pathway="sales")
    ((_, name),) = with_fingerprints([plain])
    assert name == "507754123df892085c882040820ae3ad"
