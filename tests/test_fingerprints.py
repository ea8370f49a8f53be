"""Fingerprints stay when lines move, and tell every finding of a file from every other."""

from hypothesis import given
from hypothesis import strategies as st

from nvqplan.findings import Finding, Location
from nvqplan.fingerprints import fingerprints

TEXTS = st.text(max_size=3) | st.sampled_from(["", "101", "\x00", "', '"])
FINDINGS = st.builds(
    Finding,
    st.builds(Location, st.just("a.yaml"), st.integers(1, 9), st.integers(1, 9)),
    st.sampled_from(["NVQ201", "NVQ301"]),
    TEXTS,
    subject=TEXTS,
    pathway=TEXTS,
)


@given(st.lists(FINDINGS, max_size=8))
def test_fingerprints_are_unique_in_a_file(findings: list[Finding]) -> None:
    told = list(fingerprints(findings))
    assert [finding for finding, _ in told] == findings
    prints = [digits for _, digits in told]
    assert len(set(prints)) == len(prints)
    assert all(len(digits) == 16 and set(digits) <= set("0123456789abcdef") for digits in prints)


@given(st.lists(FINDINGS, max_size=8))
def test_fingerprints_stay_when_lines_move(findings: list[Finding]) -> None:
    moved = [each._replace(location=Location("a.yaml", 77, 7)) for each in findings]
    assert [digits for _, digits in fingerprints(moved)] == [
        digits for _, digits in fingerprints(findings)
    ]


def test_a_message_counts_only_where_nothing_else_says_what_it_is_about() -> None:
    place = Location("a.yaml", 1, 1)
    short = Finding(place, "NVQ301", "short by 1", subject="group-b", pathway="p")
    shorter = short._replace(message="short by 2")
    bare, other = short._replace(subject=""), shorter._replace(subject="")
    told = [next(fingerprints([each]))[1] for each in (short, shorter, bare, other)]
    assert told[0] == told[1]
    assert len(set(told)) == 3


def test_a_fingerprint_is_the_same_in_every_version_of_nvqplan() -> None:
    finding = Finding(Location("a.yaml", 1, 1), "NVQ203", "twice", subject="101", pathway="sales é")
    assert [digits for _, digits in fingerprints([finding, finding])] == [
        "4ee17e46aac5d407",
        "feca36e372f5fbbf",
    ]
