"""docs/architecture.md is true of the source: its folders, what they import, the files it names.

So are the links of all documents.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from nvqplan.cli.writers import FORMATS
from tests.house import PACKAGE, folders
from tests.transcripts import ROOT, WRITE

PAGE = ROOT / "docs" / "architecture.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
PAGES = [ROOT / "README.md", CONTRIBUTING, *sorted((ROOT / "docs").glob("*.md"))]

TABLE = re.compile(r"(?<=\| folder \| what it does \| may import \|\n\|---\|---\|---\|\n)(\|.*\n)*")


def layers() -> list[list[str]]:
    """The folders as import-linter holds them, those first that import nothing of ours."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contract, *_ = settings["tool"]["importlinter"]["contracts"]
    names = [[name.strip() for name in layer.split("|")] for layer in contract["layers"]]
    return [[name for name in layer if (PACKAGE / name).is_dir()] for layer in reversed(names)]


def sentence(folder: Path) -> str:
    """The first line of what a folder says of itself."""
    text = ast.get_docstring(ast.parse((PACKAGE / folder / "__init__.py").read_text("utf-8")))
    assert text is not None
    return text.splitlines()[0]


def write_rows() -> Iterator[str]:
    """A row a folder, with the folders in it behind it."""
    for layer in layers():
        beside = ", but no other question" if len(layer) > 1 else ""
        for name in layer:
            imports = "nothing of ours" if name in ("core", "solving") else f"all above{beside}"
            for folder in (each for each in folders() if each.parts[0] == name):
                yield f"| `{folder.as_posix()}/` | {sentence(folder)} | {imports} |\n"


def test_every_format_of_findings_has_its_row_for_whoever_runs_ci() -> None:
    page = (ROOT / "docs" / "ci.md").read_text("utf-8")
    assert [format for format in FORMATS if f"\n| `{format}` |" not in page] == []


def test_the_page_has_every_folder_with_its_own_sentence() -> None:
    page = PAGE.read_text("utf-8")
    true = TABLE.sub(lambda _: "".join(write_rows()), page)
    if WRITE:
        PAGE.write_text(true, "utf-8")
    assert page == true or WRITE
    assert all(f"| `{folder.as_posix()}/` |" in true for folder in folders())


@pytest.mark.parametrize("page", [PAGE, CONTRIBUTING], ids=lambda path: path.stem)
def test_every_file_that_is_named_exists(page: Path) -> None:
    named = set(re.findall(r"`([\w.-]+/[\w./-]*)`", page.read_text("utf-8")))
    assert len(named) > 5
    missing = [
        name
        for name in named
        if not (PACKAGE / name).is_dir() and not list(ROOT.glob(re.sub("NAME|CLASS", "*", name)))
    ]
    assert missing == []


def test_every_target_of_make_that_is_told_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    told = set(re.findall(r"(?:^    |`)make (\w+)", CONTRIBUTING.read_text("utf-8"), re.MULTILINE))
    assert len(told) > 8
    assert [name for name in told if not re.search(rf"^{name}:", makefile, re.MULTILINE)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for link in re.findall(r"\]\((?!https:)([^)\s]+)\)", text):
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def anchors(page: Path) -> set[str]:
    """What the headings of a page can be linked by."""
    headings = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
