"""Edits of a YAML text, its lists above all, and of its file: all around an edit stays as it is."""

import errno
import os
import re
import stat
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from nvqplan.core.values import NamedTuple
from nvqplan.reading.yaml_tree import Loader


class TextEdit(NamedTuple):
    """What stands from one offset up to another, and what is to stand there."""

    start: int
    end: int
    text: str = ""


class TextSpan(NamedTuple):
    """From one offset of a text up to another."""

    start: int
    end: int


class YamlList(NamedTuple):
    """A list of scalars: where it begins, its items, and the commas or the dashes between them."""

    start: int
    items: tuple[TextSpan, ...]
    marks: tuple[TextSpan, ...]
    is_flow: bool


_PLAIN = re.compile(r"[A-Za-z0-9](?:[\w./-]*\w)?")
_BLANKS = " \t"
_END = re.compile(r"\r\n|\r|\n")
_MARK = "\ufeff"
_ODD_ENDS = re.compile("[\x85\u2028\u2029]")
_LIST_ENDS = (yaml.FlowSequenceEndToken, yaml.BlockEndToken, yaml.KeyToken)


def find_lists(text: str) -> dict[int, YamlList]:
    """Every list of scalars in a valid YAML text, by the offset at which it begins.

    Left out are those with tags or aliases, and all where YAML takes other characters for line
    ends: of such a text a line cannot be edited.
    """
    if _ODD_ENDS.search(text):
        return {}
    lists: dict[int, YamlList] = {}
    dashes: set[TextSpan] = set()
    tokens = list(yaml.scan(text, Loader=Loader))
    for index, token in enumerate(tokens):
        is_flow = isinstance(token, yaml.FlowSequenceStartToken)
        is_dash = isinstance(token, yaml.BlockEntryToken) and _span(token) not in dashes
        if (is_flow or is_dash) and (listed := _read(tokens, index, is_flow=is_flow)):
            lists[listed.start] = listed
            dashes.update(listed.marks)
    return lists


def _read(tokens: Sequence[Any], index: int, *, is_flow: bool) -> YamlList | None:
    """The list that begins with a token; None where it holds anything but scalars."""
    items, marks = list[TextSpan](), list[TextSpan]()
    mark = yaml.FlowEntryToken if is_flow else yaml.BlockEntryToken
    start, index = tokens[index].start_mark.index, index + is_flow
    while isinstance(tokens[index], (yaml.ScalarToken, mark)):
        kind = items if isinstance(tokens[index], yaml.ScalarToken) else marks
        kind.append(_span(tokens[index]))
        index += 1
    is_whole = isinstance(tokens[index], _LIST_ENDS)
    return YamlList(start, tuple(items), tuple(marks), is_flow) if is_whole else None


def _span(token: Any) -> TextSpan:
    return TextSpan(token.start_mark.index, token.end_mark.index)


def edit_list(
    text: str, listed: YamlList, drop: Collection[int], add: Sequence[str]
) -> tuple[TextEdit, ...] | None:
    """The edits that take items out, by their index, and put names in at the end.

    None where a list of dashes would be left empty: then it would be no list any more.
    """
    drop = frozenset(drop)
    kept = [item for index, item in enumerate(listed.items) if index not in drop]
    if not (listed.is_flow or kept or add):
        return None
    gone = [item for index, item in enumerate(listed.items) if index in drop]
    marks = _commas(listed, drop) if listed.is_flow else [listed.marks[index] for index in drop]
    edits = _clear(text, [*gone, *marks])
    if add:
        edits.append(_insertion(text, listed, kept, add))
    return tuple(sorted(edits))


def respell(text: str, item: TextSpan, name: str) -> TextEdit:
    """The edit that writes an item otherwise, in the quotes that it stands in."""
    return TextEdit(*item, _written(text[item.start], name))


def apply_edits(text: str, edits: Iterable[TextEdit]) -> str:
    """The text with edits that do not overlap made in it."""
    parts, at = [], 0
    for edit in sorted(edits):
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])


def _commas(listed: YamlList, drop: Collection[int]) -> list[TextSpan]:
    """The comma behind each item that goes; for the last items the one before them."""
    gone = {listed.marks[index]: None for index in sorted(drop) if index < len(listed.marks)}
    if len(listed.marks) in drop:
        before = (comma for comma in reversed(listed.marks) if comma not in gone)
        gone.update(dict.fromkeys(islice(before, 1)))
    return list(gone)


def _clear(text: str, spans: Iterable[TextSpan]) -> list[TextEdit]:
    """Take spans out, and of the blanks around them what would be left over."""
    merged: list[TextSpan] = []
    for span in sorted(spans):
        if merged and not text[merged[-1].end : span.start].strip(_BLANKS):
            merged[-1] = TextSpan(merged[-1].start, span.end)
        else:
            merged.append(span)
    return [TextEdit(*_with_blanks(text, span)) for span in merged]


def _with_blanks(text: str, span: TextSpan) -> TextSpan:
    """A whole line where nothing else stands in it, else the blanks on one side."""
    before, behind = span
    while before and text[before - 1] in _BLANKS:
        before -= 1
    while behind < len(text) and text[behind] in _BLANKS:
        behind += 1
    ends_line = behind == len(text) or text[behind] == "\n"
    if not before or text[before - 1] == "\n":
        end_of_line = min(behind + 1, len(text))
        return TextSpan(before, end_of_line) if ends_line else TextSpan(span.start, behind)
    if ends_line or (before < span.start and behind > span.end) or text[behind] in "]}":
        return TextSpan(before, behind if ends_line else span.end)
    is_first = text[before - 1] == "[" and text[behind] != "#"
    return TextSpan(span.start, behind) if is_first else span


def _insertion(text: str, listed: YamlList, kept: list[TextSpan], add: Sequence[str]) -> TextEdit:
    """Names behind the last item that stays, in the quotes and the blanks of that list."""
    model = (kept or listed.items)[-1:]
    names = [_written(text[model[0].start] if model else "", name) for name in add]
    if listed.is_flow:
        comma = next((text[mark.end : mark.end + 1] for mark in listed.marks), " ")
        between = ", " if comma.isspace() else ","
        if kept:
            return TextEdit(kept[-1].end, kept[-1].end, "".join(between + name for name in names))
        start = listed.start + 1
        blank = " " if text[start] == "#" else ""
        return TextEdit(start, start, between.join(names) + blank)
    (item,) = model
    dash = listed.marks[listed.items.index(item)]
    column = dash.start - (text.rfind("\n", 0, dash.start) + 1)
    end = text.find("\n", item.end) + 1
    before = " " * column + text[dash.start : item.start]
    lines = "".join(f"{before}{name}\n" for name in names)
    return TextEdit(end, end, lines) if end else TextEdit(len(text), len(text), f"\n{lines[:-1]}")


def _written(quote: str, name: str) -> str:
    """A name as YAML: in the quotes of its neighbours, or in some where it needs them."""
    if not _PLAIN.fullmatch(name) or name.lower() == "null":
        doubled = name.replace("'", "''")
        return f"'{doubled}'"
    return f"{quote}{name}{quote}" if quote in ("'", '"') else name


class ChangedError(OSError):
    """Somebody else has written to the file in the meantime."""


def edit_bytes(data: bytes, edits: Iterable[TextEdit]) -> bytes:
    """Make edits, whose offsets are those of the text as it is read, in the bytes of a file.

    Byte order marks and line ends, of whatever kind, stay; new lines end as the first one does.
    """
    text = data.decode("utf-8")
    marks = len(text) - len(text.lstrip(_MARK))
    ends = list(_END.finditer(text, marks))
    newline = ends[0].group() if ends else "\n"
    doubled = [end.start() for end in ends if end.end() - end.start() > 1]
    read = [start - marks - before for before, start in enumerate(doubled)]

    def place(offset: int) -> int:
        """An offset as it is in the file: one more for each line end before it that is two."""
        return offset + marks + bisect_left(read, offset)

    moved = (
        TextEdit(place(edit.start), place(edit.end), edit.text.replace("\n", newline))
        for edit in edits
    )
    return apply_edits(text, moved).encode()


def replace_file(path: str, before: bytes, after: bytes) -> None:
    """Put new bytes in the place of the old, whole or not at all; links go on to lead there.

    Raises ChangedError where the file is no longer what it was, OSError where it cannot be written,
    or is not meant to be: a file that is only to be read could be replaced all the same.
    """
    target = Path(os.path.realpath(path))
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    try:
        with part.open("xb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(stat.S_IMODE(target.stat().st_mode))
        if target.read_bytes() != before:
            raise ChangedError("it has changed while it was being mended")
        part.replace(target)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
