"""The glossary: every word that nvqplan prints or asks for, explained to people once.

The entries stand in glossary.txt, a paragraph each, in the order of the alphabet. The first line of
one is its name; what else it is called -> what to see as well. `nvqplan explain` and
docs/glossary.md print them: `make docs` writes the page.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from nvqplan.core.values import NamedTuple


class GlossaryEntry(NamedTuple):
    """A word, what it means, what else it is called, and which entries say more."""

    name: str
    means: str
    aliases: tuple[str, ...]
    see: tuple[str, ...]


@cache
def entries() -> tuple[GlossaryEntry, ...]:
    """The glossary in the order of the alphabet."""
    text = Path(__file__).with_suffix(".txt").read_text("utf-8")
    return tuple(map(_entry, text.rstrip().split("\n\n")))


def _entry(paragraph: str) -> GlossaryEntry:
    head, *lines = paragraph.split("\n")
    names, _, see = head.partition(" -> ")
    name, _, aliases = names.partition("; ")
    return GlossaryEntry(name, " ".join(lines), _listed(aliases), _listed(see))


def _listed(names: str) -> tuple[str, ...]:
    return tuple(names.split(", ")) if names else ()


@cache
def _by_name() -> dict[str, GlossaryEntry]:
    return {name.casefold(): each for each in entries() for name in (each.name, *each.aliases)}


def find_entry(name: str) -> GlossaryEntry | None:
    """The entry that is called so, in capital or small letters, one or several."""
    known, written = _by_name(), name.casefold()
    return known.get(written) or known.get(written.removesuffix("s"))


def all_names() -> Iterator[str]:
    """Every name of every entry, as it is written."""
    return (name for each in entries() for name in (each.name, *each.aliases))


def join_names(words: Sequence[str]) -> list[str]:
    """The words, those of a name such as `rule of combination` joined; so are those near one."""
    joined, at = list[str](), 0
    while at < len(words):
        size = next((size for size in range(4, 1, -1) if _is_name(words[at : at + size], size)), 1)
        joined.append(" ".join(words[at : at + size]))
        at += size
    return joined


def _is_name(words: Sequence[str], size: int) -> bool:
    """Whether so many words are a name of the glossary, or one that is mistyped."""
    from difflib import get_close_matches

    long = [name for name in _by_name() if name.count(" ") == size - 1]
    return len(words) == size and bool(get_close_matches(" ".join(words).casefold(), long, 1, 0.85))
