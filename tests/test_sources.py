"""Files as text: what cannot be read is a finding, and what can is the same on every machine."""

import io
import sys
from pathlib import Path

import pytest

from nvqplan.core.findings import Finding, Findings, Location
from nvqplan.core.sources import LARGEST, Sources
from tests.readers import places, told


def read(path: Path | str) -> tuple[str | None, list[Finding]]:
    found = Findings()
    return Sources().read(str(path), found), list(found)


def read_bytes(folder: Path, data: bytes) -> tuple[str | None, list[Finding]]:
    path = folder / "file.yaml"
    path.write_bytes(data)
    return read(path)


def give_stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_missing_file_is_told(tmp_path: Path) -> None:
    text, found = read(tmp_path / "nowhere.yaml")
    assert text is None
    assert told(found) == ["NVQ101 cannot be read: No such file or directory"]
    assert found[0].location == Location(str(tmp_path / "nowhere.yaml"), 1, 1)


def test_directory_in_place_of_a_file_is_told(tmp_path: Path) -> None:
    text, found = read(tmp_path)
    assert text is None
    assert told(found) == ["NVQ101 cannot be read: Is a directory"]


def test_file_below_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a")
    text, found = read(tmp_path / "file" / "rules.toml")
    assert text is None
    assert told(found) == ["NVQ101 cannot be read: Not a directory"]


def test_link_to_itself_is_told(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    text, found = read(tmp_path / "loop")
    assert text is None
    assert told(found) == ["NVQ101 cannot be read: Too many levels of symbolic links"]


def test_file_that_may_not_be_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert told(read("secret.yaml")[1]) == ["NVQ101 cannot be read: Permission denied"]


def test_path_with_a_null_character_is_told() -> None:
    text, found = read("a\0b.yaml")
    assert text is None
    assert told(found) == ["NVQ101 cannot be read: embedded null byte"]


def test_empty_path_is_told() -> None:
    assert [each.code for each in read("")[1]] == ["NVQ101"]


def test_file_of_just_two_megabytes_is_read(tmp_path: Path) -> None:
    text, found = read_bytes(tmp_path, b"a" * LARGEST)
    assert found == []
    assert text == "a" * LARGEST


def test_file_over_two_megabytes_is_refused(tmp_path: Path) -> None:
    text, found = read_bytes(tmp_path, b"a" * (LARGEST + 1))
    assert text is None
    assert told(found) == ["NVQ103 is over 2 MB, too large for such a file"]


def test_standard_input_over_two_megabytes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    give_stdin(monkeypatch, b"a" * (LARGEST + 1))
    assert [each.code for each in read("-")[1]] == ["NVQ103"]


def test_dash_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    give_stdin(monkeypatch, b"\xef\xbb\xbfcentre: caf\xc3\xa9\r\n")
    text, found = read("-")
    assert found == []
    assert text == "centre: café\n"


def test_standard_input_that_is_no_utf8_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    give_stdin(monkeypatch, b"centre: caf\xe9\n")
    _, found = read("-")
    assert [(each.code, each.location) for each in found] == [("NVQ102", Location("-", 1, 12))]


def test_closed_standard_input_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)  # what `nvqplan check - <&-` leaves
    text, found = read("-")
    assert text is None
    assert [each.code for each in found] == ["NVQ101"]


def test_byte_order_mark_is_dropped(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, b"\xef\xbb\xbfunits: 1\n") == ("units: 1\n", [])


def test_windows_line_ends_become_plain_ones(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, b"a: 1\r\nb: 2\r\n") == ("a: 1\nb: 2\n", [])


@pytest.mark.parametrize("data", [b"", b"\n", b" \t\r\n \r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_empty_file_is_told(data: bytes, tmp_path: Path) -> None:
    text, found = read_bytes(tmp_path, data)
    assert text is None
    assert told(found) == ["NVQ105 the file is empty"]


@pytest.mark.parametrize(
    ("data", "place", "byte"),
    [
        (b"\xe9", (1, 1), "0xe9"),
        (b"caf\xe9\n", (1, 4), "0xe9"),
        (b"a: 1\nb: caf\xe9\n", (2, 7), "0xe9"),
        (b"a: 1\r\n\r\nb: caf\xe9\r\n", (3, 7), "0xe9"),
        ("é😀 ".encode() + b"\xe9", (1, 4), "0xe9"),
        (b"a: \xc3", (1, 4), "0xc3"),
        (b"a: \xed\xa0\x80", (1, 4), "0xed"),
        ("centre: x\n".encode("utf-16"), (1, 1), "0xff"),
        (b"\xef\xbb\xbfcaf\xe9\n", (1, 4), "0xe9"),
        (b"\xef\xbb\xbfa: 1\nb: caf\xe9\n", (2, 7), "0xe9"),
    ],
)
def test_first_byte_that_is_no_utf8_is_told_where_it_stands(
    data: bytes, place: tuple[int, int], byte: str, tmp_path: Path
) -> None:
    text, found = read_bytes(tmp_path, data)
    assert text is None
    assert told(found) == [f"NVQ102 is not UTF-8 (byte {byte}); save the file as UTF-8"]
    assert places(found) == [place]


def test_lines_of_what_was_read_can_be_shown(tmp_path: Path) -> None:
    path = str(tmp_path / "file.yaml")
    Path(path).write_bytes(b"\xef\xbb\xbffirst\r\nsecond")
    sources = Sources()
    sources.read(path, Findings())
    lines = [sources.line(Location(path, number, 1)) for number in (1, 2, 3)]
    assert lines == ["first", "second", ""]


def test_lines_of_what_was_never_read_are_empty() -> None:
    assert Sources().line(Location("nowhere.yaml", 1, 1)) == ""


def test_what_was_written_behind_an_option_can_be_shown() -> None:
    sources = Sources()
    column = sources.remember_option("--unit", "2o4")
    place = Location("--unit", 1, column)
    assert sources.line(place)[column - 1 :] == "2o4"
    assert sources.say_place(place) == "--unit"


def test_place_in_a_file_is_said_with_line_and_column() -> None:
    assert Sources().say_place(Location("a.yaml", 3, 7)) == "a.yaml:3:7"
