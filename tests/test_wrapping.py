"""Lines broken for a terminal: at blanks, within its width, and nothing lost."""

from hypothesis import given
from hypothesis import strategies as st

from nvqplan.reports.terminal import Painter, width_of, wrap

WORDS = st.lists(st.text("ab,:=你é", min_size=1, max_size=9), min_size=1, max_size=30)


@given(WORDS, st.integers(0, 6), st.integers(40, 90), st.sets(st.integers(0, 29)))
def test_no_line_is_too_wide_and_no_word_is_lost(
    words: list[str], depth: int, width: int, red: set[int]
) -> None:
    paint = Painter(coloured=True)
    written = [paint(word, "red") if index in red else word for index, word in enumerate(words)]
    lines = list(wrap([" " * depth + " ".join(written)], width))
    assert " ".join(lines).split() == written
    plain = list(wrap([" " * depth + " ".join(words)], width))
    assert all(width_of(line) <= width for line in plain)
    assert [len(line.split()) for line in plain] == [len(line.split()) for line in lines]
    assert all(line.startswith(" " * (depth + 2)) for line in plain[1:])


def test_lines_that_fit_and_lines_of_a_file_stay_as_they_are() -> None:
    shown = ["short", "  12 | units: " + "[101], " * 20, "     | " + " " * 60 + "^", "a " * 60]
    told = list(wrap(shown, 50))
    assert told[:3] == shown[:3]
    assert len(told) > 4
    assert list(wrap(["a " * 60], 20)) == ["a " * 60]
