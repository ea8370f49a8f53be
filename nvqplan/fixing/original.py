"""A file as it lies on the disk: its bytes changed in few places, and replaced at one stroke."""

import errno
import os
import re
import stat
from bisect import bisect_left
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from nvqplan.fixing.lists import TextEdit, apply_edits

_END = re.compile(r"\r\n|\r|\n")
_MARK = "\ufeff"


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
