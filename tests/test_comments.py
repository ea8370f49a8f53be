"""Which comments speak to nvqplan, and about which line: never a text that only looks like one."""

from time import perf_counter

import pytest

from nvqplan.reading.comments import Comment, find_comments

IGNORE = "# nvqplan: ignore[NVQ301] why"


def comments(text: str) -> tuple[Comment, ...]:
    return find_comments("a.yaml", text.split("\n"))


def spots(text: str) -> list[tuple[int, int, int]]:
    """Line and column of each comment, and the line that it is about."""
    return [(each.place.line, each.place.column, each.target) for each in comments(text)]


@pytest.mark.parametrize(
    "text",
    [
        f'a: "{IGNORE}"',
        f"a: '{IGNORE}'",
        f'a: "first\n  {IGNORE}\n  last"',
        f"a: |\n  {IGNORE}\nb: 1",
        f"a: >-\n  first\n\n  {IGNORE}\n",
        f"a: [x, '{IGNORE}', y]",
        f'"{IGNORE}": 1',
        f"? |\n  {IGNORE}\n: 1",
        "a: x# nvqplan ignore",
        "a: http://b/#nvqplan:ignore",
        "# about nvqplan and what it ignores",
        "# see nvqplan.toml",
        "a: 1",
        "",
    ],
)
def test_text_that_is_no_comment_says_nothing(text: str) -> None:
    assert comments(text) == ()


@pytest.mark.parametrize(
    ("text", "spot"),
    [
        (f"a: 1 {IGNORE}", (1, 6, 1)),
        (f'a: "é😀" {IGNORE}', (1, 9, 1)),
        (f"a: '# nvqplan: x' {IGNORE}", (1, 19, 1)),
        (f"a: | {IGNORE}\n  text\n", (1, 6, 1)),
        (f"a: |\n  text\n{IGNORE}\nb: 1", (3, 1, 4)),
        (f"a: [1,\n  {IGNORE}\n  2]", (2, 3, 3)),
        (f"a: 1\n{IGNORE}\n\n# more\nb: 1", (2, 1, 5)),
        (f"a: 1\n{IGNORE}\n", (2, 1, 2)),
        (f"a: 1\n#{IGNORE}\nb: 2", (2, 2, 3)),
        (f"a: 1\n# {IGNORE}\nb: 2", (2, 3, 2)),
        (f"a: 1 # reviewed {IGNORE}", (1, 17, 1)),
        ("a: 1 #nvqplan:ignore[NVQ301] why", (1, 6, 1)),
        ("a: 1 # NVQPLAN ignore", (1, 6, 1)),
    ],
)
def test_comment_is_about_its_line_or_the_next_that_holds_yaml(
    text: str, spot: tuple[int, int, int]
) -> None:
    assert spots(text) == [spot]


def test_two_comments_in_a_line_are_two() -> None:
    first, second = comments(f"a: 1 {IGNORE} {IGNORE}")
    assert (first.text, second.text) == (IGNORE, IGNORE)


@pytest.mark.parametrize("head", ["", "\n", "# by J. Smith\n", "---\n", "%YAML 1.1\n--- # x\n"])
def test_comment_above_the_first_key_is_first(head: str) -> None:
    (comment,) = comments(f"{head}{IGNORE}\na: 1")
    assert comment.is_first


@pytest.mark.parametrize("text", [f"a: 1 {IGNORE}", f"a: 1\n{IGNORE}", f"--- 1\n{IGNORE}"])
def test_comment_behind_or_below_something_is_not_first(text: str) -> None:
    (comment,) = comments(text)
    assert not comment.is_first


def test_what_cannot_be_scanned_has_no_comments() -> None:
    assert comments(f"a: 1\n\t{IGNORE}\nb: 2") == ()  # libyaml takes no tab there either
    assert comments(f"a: \x07 {IGNORE}") == ()


def test_thousands_of_comments_take_no_time_that_grows_with_their_square() -> None:
    started = perf_counter()
    assert len(comments(f"{IGNORE}\n" * 20_000 + "a: 1")) == 20_000
    assert len(comments(f"a:\n{f'- 1 {IGNORE}{chr(10)}' * 10_000}")) == 10_000
    assert comments("#" * 500_000) == ()
    assert perf_counter() - started < 5


def test_files_without_any_are_not_scanned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yaml.scan", None)
    assert comments("# nothing to say of nvqplan\na: 1 # one") == ()
    with pytest.raises(TypeError):
        comments(IGNORE)
