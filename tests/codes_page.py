"""docs/codes.md: every code with its example and what nvqplan prints about it."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from nvqplan.core.codes import CODES
from nvqplan.core.explanations import Explanation, hundreds
from nvqplan.explaining.text import example_lines, say_exit
from tests.transcripts import ROOT, nvqplan

PAGE = ROOT / "docs" / "codes.md"

LANGUAGES = {".yaml": "yaml", ".toml": "toml", ".csv": "csv"}

HEAD = """\
# Finding codes

What `nvqplan explain CODE` tells, on one page. Written by `make docs` from `nvqplan/core/codes.py`
and `nvqplan/core/explanations/`; every example here has been run.

An *error* makes nvqplan exit with 1, or with 2 where a file could not be read or a rulebook is at
fault. A *warning* fails with `--strict` only, a *remark* never.
"""


def fire(explanation: Explanation, folder: Path) -> str:
    """What the example's command prints in a folder of its files."""
    for name, content in explanation.files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    return nvqplan(explanation.command, folder)


def write_page() -> str:
    return "\n".join((HEAD, *_contents(), *_sections())).rstrip("\n") + "\n"


def _contents() -> Iterator[str]:
    yield "| Code | Severity | Title |"
    yield "|---|---|---|"
    for code, told in CODES.items():
        yield f"| [{code}](#{_anchor(code)}) | {told.severity} | {told.title} |"
    yield ""


def _anchor(code: str) -> str:
    return f"{code.lower()}-{CODES[code].title.lower().replace(' ', '-')}"


def _sections() -> Iterator[str]:
    for about, told in hundreds().items():
        yield f"## {about}\n"
        for code, explanation in told.items():
            yield f"### {code} {CODES[code].title}\n"
            severity = CODES[code].severity.capitalize()
            yield f"*{severity}; {say_exit(CODES[code])}.* {explanation.means}\n"
            yield from _example(explanation)
            yield f"**What to do.** {explanation.remedy}\n"


def _example(explanation: Explanation) -> Iterator[str]:
    for name, content in explanation.files.items():
        yield f"`{name}`:\n"
        yield f"```{LANGUAGES[Path(name).suffix]}"
        yield from example_lines(content)
        yield "```\n"
    with TemporaryDirectory() as folder:
        printed = fire(explanation, Path(folder))
    lines = (line for text in printed.splitlines() for line in example_lines(text) or [""])
    yield "\n".join(("```", f"$ {explanation.command}", *lines, "```\n"))
