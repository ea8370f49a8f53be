"""How the source is laid out, counted: files, lines, and imports that cross a folder.

Run it: `python -m tests.house`.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.transcripts import ROOT

PACKAGE = ROOT / "nvqplan"


class Import(NamedTuple):
    """One file that imports another, both by their path in the package."""

    importer: Path
    imported: Path

    @property
    def crosses(self) -> bool:
        """Whether it leads out of a folder, into another than core, which is there for all."""
        into = self.imported.parts[0]
        return into not in (self.importer.parts[0], "core") and len(self.imported.parts) > 1


def files() -> tuple[Path, ...]:
    """Every source file of the package, by its path in it."""
    return tuple(sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py")))


def folders() -> tuple[Path, ...]:
    """Every folder that holds source, by its path in the package."""
    return tuple(sorted({path.parent for path in files()} - {Path()}))


def lines() -> int:
    return sum(len((PACKAGE / path).read_text("utf-8").splitlines()) for path in files())


def imports() -> tuple[Import, ...]:
    """Every pair of files of which one imports the other, wherever in it; each pair once."""
    known = {_module(path): path for path in files()}
    return tuple(
        Import(path, imported)
        for path in files()
        for imported in sorted(_imported(path, known))
        if imported != path
    )


def _module(path: Path) -> str:
    parts = path.parent.parts if path.name == "__init__.py" else path.with_suffix("").parts
    return ".".join(("nvqplan", *parts))


def _imported(path: Path, known: dict[str, Path]) -> set[Path]:
    return {known[name] for name in _names(PACKAGE / path, known) if name in known}


def _names(path: Path, known: dict[str, Path]) -> Iterator[str]:
    """The modules that a file imports; of a folder that it imports from, the file meant."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in known else node.module


def circles() -> tuple[tuple[Path, ...], ...]:
    """Files that import each other, however long the way round; those of one circle together."""
    after: dict[Path, set[Path]] = {path: set() for path in files()}
    for each in imports():
        after[each.importer].add(each.imported)
    reached = {path: _reach(path, after) for path in after}
    rings = {
        tuple(sorted(other for other in reached[path] if path in reached[other])) for path in after
    }
    return tuple(sorted(ring for ring in rings if ring))


def _reach(path: Path, after: dict[Path, set[Path]]) -> set[Path]:
    seen: set[Path] = set()
    ahead = list(after[path])
    while ahead:
        here = ahead.pop()
        if here not in seen:
            seen.add(here)
            ahead += after[here]
    return seen


def main() -> None:
    """Print the counts, and between which folders most files import each other."""
    crossing = [each for each in imports() if each.crosses]
    print(f"{len(files())} files, {lines():,} lines, {len(folders())} folders")
    print(f"{len(crossing)} pairs of files whose import crosses a folder, core not counted")
    pairs = Counter((each.importer.parts[0], each.imported.parts[0]) for each in crossing)
    for (importer, imported), number in pairs.most_common():
        print(f"{number:5}  {importer} -> {imported}")


if __name__ == "__main__":
    main()
