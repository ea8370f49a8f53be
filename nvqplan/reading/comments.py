"""Comments of a YAML file that speak to nvqplan: found by their look, proven by the scanner."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter

from nvqplan.core.findings import Location
from nvqplan.core.values import NamedTuple

_START = re.compile(r"#[ \t]*nvqplan[ \t]*(?::|ignore\b)", re.IGNORECASE)
_OPENING = re.compile(r"---\s*(#.*)?|%.*")
"""The beginning of a document, before which it says nothing."""

Span = tuple[int, int]
"""From where to where a key or a value reaches."""


class Comment(NamedTuple):
    """One such comment, from its `#` to the end of its line or to the next one."""

    place: Location
    text: str
    target: int
    """The line it is about: its own, or where it stands alone the next one that holds YAML."""
    is_first: bool
    """Whether it stands alone above everything that the file says."""


def find_comments(path: str, lines: Sequence[str]) -> tuple[Comment, ...]:
    """Every comment to nvqplan in the order of the file; quoted and block text holds none.

    The file is scanned only where something looks like one; what the scanner refuses has none.
    """
    if not any("#" in line and _START.search(line) for line in lines):
        return ()
    spans = _value_spans("\n".join(lines))
    return () if spans is None else tuple(_comments(path, lines, spans))


def _comments(path: str, lines: Sequence[str], spans: Sequence[Span]) -> Iterator[Comment]:
    said = (_holds_yaml(line) and not _OPENING.fullmatch(line) for line in lines)
    first = next((number for number, says in enumerate(said) if says), len(lines))
    targets, offset = _next_yaml(lines), 0
    for number, line in enumerate(lines):
        starts = [each.start() for each in _START.finditer(line)]
        starts = [start for start in starts if _is_free(offset + start, spans)]
        for start, end in zip(starts, [*starts, len(line)][1:], strict=True):
            is_alone = start == starts[0] and not line[:start].rstrip("#").strip()
            target = targets[number] if is_alone else number + 1
            text = line[start:end].rstrip()
            place = Location(path, number + 1, start + 1)
            yield Comment(place, text, target, is_alone and number < first)
        offset += len(line) + 1


def _is_free(offset: int, spans: Sequence[Span]) -> bool:
    """Whether no value and no key reaches over a place in the text."""
    before = bisect_right(spans, offset, key=itemgetter(0))
    return before == 0 or spans[before - 1][1] <= offset


def _holds_yaml(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _next_yaml(lines: Sequence[str]) -> list[int]:
    """For each line the number of the next that holds YAML, its own where there is none."""
    targets = []
    target = 0
    for number in range(len(lines), 0, -1):
        targets.append(target or number)
        if _holds_yaml(lines[number - 1]):
            target = number
    return targets[::-1]


def _value_spans(text: str) -> list[Span] | None:
    """From where to where keys and values reach, in order; None where it cannot be scanned."""
    import yaml

    try:
        tokens = yaml.scan(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        scalars = [token for token in tokens if isinstance(token, yaml.ScalarToken)]
    except (yaml.YAMLError, RecursionError):
        return None
    return [
        # Behind the mark of a block text, before its first line, a comment may stand.
        (text.find("\n", start) if style in ("|", ">") else start, end)
        for start, end, style in (
            (token.start_mark.index, token.end_mark.index, token.style) for token in scalars
        )
    ]
