"""Spoilt files: whatever stands in them, the readers do not fall over and point into the file."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from nvqplan.codes import CODES
from nvqplan.controls.baseline_file import read_baseline
from nvqplan.controls.configuration import read_configuration
from nvqplan.controls.suppressions import read_suppressions
from nvqplan.findings import Findings
from nvqplan.reading.comments import find_comments
from nvqplan.reading.curriculum import read_curriculum
from nvqplan.reading.sources import Sources
from tests.readers import FULL_PATHWAYS, FULL_RULES, UNITS, as_read, is_inside, read_book

MARKS = [*"[]{}()\"',:;#=.-?|>\\%@`~&*!/<", '"""', "'''"]
YAML = [
    "&a ",
    "*a ",
    "!!str ",
    "!!seq ",
    "!x ",
    "<<: ",
    "---\n",
    "...\n",
    "- ",
    "? ",
    ": ",
    "|\n",
    "{a: ",
]
TOML = [
    "[a]\n",
    "[[a]]\n",
    "a.b = 1\n",
    "[[qualification]]\n",
    "[[qualification.rule]]\n",
    "\\u0000",
]
VALUES = [
    "07:30:00",
    "9999-12-31",
    "0001-01-01",
    "2017-02-30",
    "2017-01-01 10:00:00",
    "inf",
    "nan",
    "-1",
]
VALUES += [
    "0x1F",
    "0112",
    "1e999",
    "9" * 5000,
    "true",
    "null",
    '""',
    "[]",
    "{}",
    "²",
    "'x'",
    "[[1]]",
]
BLANKS = ["\n", "\r", "\r\n", "\r\r\n", "\t", " ", "\x0b", "\x0c", "\x85", "\u2028", "\xa0"]
LETTERS = [
    "é",
    "😀",
    "\ufeff",
    "\x00",
    "\x07",
    "\x7f",
    "\ud7ff",
    "\U0010ffff",
    "[" * 700,
    "a." * 1100,
]
PIECES = [piece.encode() for piece in [*MARKS, *YAML, *TOML, *VALUES, *BLANKS, *LETTERS]]
PIECES += [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xfe\xff"]


@st.composite
def spoilt(draw: st.DrawFn, text: str) -> bytes:
    """A valid file with a few pieces put in, left out, doubled or put in place of others."""
    data = text.encode()
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        end = start + draw(st.sampled_from([0, 0, 1, 2, 5, 20, 200]))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=4) | st.just(data[start:end] * 2))
        data = data[:start] + piece + data[end:]
    return data


@st.composite
def respelt(draw: st.DrawFn, text: str) -> bytes:
    """A valid file in which words and values stand in the place of others."""
    words = text.split(" ")
    for _ in range(draw(st.integers(1, 4))):
        index = draw(st.integers(0, len(words) - 1))
        words[index] = draw(st.sampled_from([*words, *VALUES]))
    return " ".join(words).encode()


def check_findings(found: Findings, files: dict[str, bytes], folder: Path) -> None:
    """Every finding has a known code and stands inside its file."""
    for finding in found:
        path = Path(finding.location.path)
        text = as_read(path, files[path.name])
        if finding.code == "NVQ102":  # then the text is what we made of it, line ends and all
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        assert path.parent == folder
        assert finding.code in CODES
        assert finding.message
        assert is_inside(finding, text), finding


def check_curriculum(data: bytes) -> None:
    with TemporaryDirectory() as name:
        path = Path(name) / "curriculum.yaml"
        path.write_bytes(data)
        found = Findings()
        sources = Sources()
        curriculum = read_curriculum(str(path), sources, found)
        assert curriculum is not None or len(found) > 0
        comments = find_comments(str(path), sources.lines(str(path)))
        list(read_suppressions(comments, found))
        check_findings(found, {path.name: data}, Path(name))


def check_rulebook(rules: bytes, units: bytes) -> None:
    with TemporaryDirectory() as name:
        rulebook, found = read_book(Path(name), rules, units)
        assert (rulebook is None) == (len(found) > 0)
        check_findings(found, {"rules.toml": rules, "units.csv": units}, Path(name))


FULL_CONFIGURATION = """\
data = "rulebook"  # of our own
reading = "printed"
select = ["NVQ3", "NVQ501"]
ignore = ["NVQ305"]
fail-on = "warning"
baseline = "known.json"
"""

FULL_BASELINE = """\
{
  "version": 1,
  "files": {
    "a.yaml": [
      {"code": "NVQ301", "pathway": "sales", "subject": "level", "fingerprint": "0f48"}
    ]
  }
}
"""


def check_configuration(data: bytes) -> None:
    with TemporaryDirectory() as name:
        path = Path(name) / "nvqplan.toml"
        path.write_bytes(data)
        found = Findings()
        configuration = read_configuration(str(path), Sources(), found)
        assert (configuration is None) == (len(found) > 0)
        check_findings(found, {path.name: data}, Path(name))


def check_baseline(data: bytes) -> None:
    with TemporaryDirectory() as name:
        path = Path(name) / "known.json"
        path.write_bytes(data)
        found = Findings()
        assert (read_baseline(str(path), Sources(), found) is None) == (len(found) > 0)
        check_findings(found, {path.name: data}, Path(name))


THOROUGH = settings(max_examples=300, deadline=None, derandomize=True)


@THOROUGH
@given(spoilt(FULL_PATHWAYS) | respelt(FULL_PATHWAYS))
@example(f"youngest: {'9' * 5000}".encode())
@example(b"a: 1\rb: 2\r")
@example("a: 1\u2028b: 2\x85".encode())
@example(b"[" * 5000)
def test_spoilt_curriculum_is_told_inside_the_file(data: bytes) -> None:
    check_curriculum(data)


@THOROUGH
@given(spoilt(FULL_RULES) | respelt(FULL_RULES))
@example(FULL_RULES.replace("\n", "\r\r\n").replace("age", "aeg").encode())
@example(f"id = {'9' * 5000}".encode())
@example(f"id = 0x{'9' * 5000}".encode())
@example(f"{'a.' * 1100}b = 1".encode())
def test_spoilt_rulebook_is_told_inside_the_file(data: bytes) -> None:
    check_rulebook(data, UNITS.encode())


@THOROUGH
@given(spoilt(UNITS))
@example(UNITS.replace("\n", "\r").replace("12", "x").encode())
@example(UNITS.splitlines()[0].encode())
def test_spoilt_catalogue_is_told_inside_the_file(data: bytes) -> None:
    check_rulebook(FULL_RULES.encode(), data)


@THOROUGH
@given(spoilt(FULL_CONFIGURATION) | respelt(FULL_CONFIGURATION))
def test_spoilt_configuration_is_told_inside_the_file(data: bytes) -> None:
    check_configuration(data)


@THOROUGH
@given(spoilt(FULL_BASELINE) | respelt(FULL_BASELINE))
@example(f'{{"version": {"9" * 5000}, "files": {{}}}}'.encode())
@example(b"[" * 5000)
@example(b'{"version": 1, "files": {"a": [], "a": []}}')
@example(b'{"version": true, "files": {}}')
def test_spoilt_baseline_is_told_inside_the_file(data: bytes) -> None:
    check_baseline(data)


@THOROUGH
@given(st.binary(max_size=60))
@example(b"")
def test_file_of_any_bytes_is_told_inside_the_file(data: bytes) -> None:
    check_curriculum(data)
    check_configuration(data)
    check_baseline(data)
    check_rulebook(data, UNITS.encode())
    check_rulebook(FULL_RULES.encode(), data)


def test_files_that_are_not_spoilt_have_no_fault() -> None:
    with TemporaryDirectory() as name:
        found = Findings()
        for file, text in (("nvqplan.toml", FULL_CONFIGURATION), ("known.json", FULL_BASELINE)):
            Path(name, file).write_text(text, "utf-8")
        assert read_configuration(str(Path(name, "nvqplan.toml")), Sources(), found)
        assert read_baseline(str(Path(name, "known.json")), Sources(), found)
        assert list(found) == []
        rulebook, found = read_book(Path(name), FULL_RULES)
        assert list(found) == []
        assert rulebook is not None
