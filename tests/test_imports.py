"""No command imports what it does not use: start-up is most of what a user waits for."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nvqplan.certificates.document import write_whole
from nvqplan.checking.baseline import write_baseline
from nvqplan.cli.writers import FORMATS
from tests.certificates import make, open_book, told
from tests.readers import UNITS, all_kinds
from tests.transcripts import ROOT

LEGAL = """
qualification: l3-diploma
registered: 2026-09-01
youngest: 17
pathways:
  sales:
    units: [101, 301, 204, 303, 305, 405, 229, 328, 329, 330]
"""
FILES = {
    "legal.yaml": LEGAL,
    "short.yaml": LEGAL.replace(", 330]", "]"),
    "barred.yaml": LEGAL.replace(", 330]", ", 330, 212, 318]"),
}

WATCHED = {
    "constraint",
    "csv",
    "difflib",
    "importlib.metadata",
    "json",
    "multiprocessing",
    "pydantic",
    "rich",
    "tomllib",
    "urllib.request",
    "typer",
    "yaml",
}

TYPER = {"typer", "difflib"}
RULEBOOK = TYPER | {"csv", "tomllib"}
CURRICULUM = RULEBOOK | {"yaml"}
SECOND_OPINION = {"constraint", "multiprocessing"}

COMMANDS = {
    "--version": TYPER,
    "--help": CURRICULUM,  # each command's summary stands in its module
    "check legal.yaml": CURRICULUM,
    "check legal.yaml --format json": CURRICULUM | {"json"},
    "check legal.yaml --format sarif": CURRICULUM | {"json"},
    "check legal.yaml --format github": CURRICULUM,
    "check legal.yaml --format gitlab": CURRICULUM | {"json"},
    "check legal.yaml --format junit": CURRICULUM,
    "check legal.yaml --format markdown": CURRICULUM,
    "check legal.yaml --format junit --output sarif=found": CURRICULUM | {"json"},
    "check short.yaml": CURRICULUM | SECOND_OPINION,  # verifies the repairs that it proposes
    "check barred.yaml": CURRICULUM | SECOND_OPINION,
    "check legal.yaml --baseline known.base": CURRICULUM | {"json"},
    "check legal.yaml --certificate cert": CURRICULUM | {"json"},
    "verify c.json": RULEBOOK | {"json"},
    "suggest --level 3": RULEBOOK | SECOND_OPINION | {"rich"},
    "suggest --level 3 --format csv": RULEBOOK | SECOND_OPINION,
    "count --level 3": RULEBOOK,
    "count --level 3 --by credits": RULEBOOK | {"rich"},
    "enumerate -q l1-award --limit 9": RULEBOOK | {"json"},
    "enumerate -q l1-award --limit 9 --format csv": RULEBOOK,
    "enumerate -q l1-award --limit 9 --solver backtracking": RULEBOOK | SECOND_OPINION | {"json"},
    "rank -q l1-award --units 101,102,103,105,201,226": RULEBOOK,
    "units sales": RULEBOOK | {"rich"},
    "units sales --format csv": RULEBOOK,
    "units -q l1-award --share --format csv": RULEBOOK,
    "rules --level 3": RULEBOOK | {"rich"},
    "lint -q l1-award": RULEBOOK | SECOND_OPINION,
    "lint -q l1-award --format sarif": RULEBOOK | SECOND_OPINION | {"json"},
    "rules new units.csv -o new": RULEBOOK | {"yaml", "json"},
    "rules test": CURRICULUM,
    "rules test --format junit": CURRICULUM,
    "rules print --level 3": RULEBOOK,
    "rules print --level 3 --format html": RULEBOOK,
    "diff old old": RULEBOOK,
    "diff old new --fail-on never": RULEBOOK | SECOND_OPINION,  # verifies the mixes that it shows
    "diff old old --plans legal.yaml": CURRICULUM,
    "diff old old --format json": RULEBOOK | {"json"},
    "config": TYPER,
    "explain": TYPER,
    "explain NVQ301": TYPER,
    "explain 204": RULEBOOK,
    "explain l1-award --format json": RULEBOOK | SECOND_OPINION | {"json"},
    "schema rulebook": RULEBOOK | {"json"},
    "schema curriculum": CURRICULUM | {"json"},
    "schema proofs": CURRICULUM | {"json"},
    "init new -q l1-award": CURRICULUM | SECOND_OPINION | {"json"},
}
"""Of the modules watched, those that each command imports: no more, and no less."""

ILLEGAL = {"check short.yaml", "check barred.yaml"}

TELLING = """
import sys
from nvqplan.cli.main import run
try:
    run()
finally:
    print(*sys.modules, file=sys.stderr)
"""


NO_SPACE = {"check legal.yaml"}
"""Commands that ask nothing of all mixes, and so import no space of them."""


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_imports_what_it_uses(command: str, tmp_path: Path) -> None:
    (tmp_path / "known.base").write_bytes(write_baseline({}))
    (tmp_path / "units.csv").write_text(UNITS, "utf-8")
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    if command.startswith("diff"):
        shutil.copytree(ROOT / "tests" / "cases" / "versions" / "2017", tmp_path / "old")
        shutil.copytree(ROOT / "tests" / "cases" / "versions" / "2026", tmp_path / "new")
    legal = frozenset({"101", "103", "104", "201"})
    certificate = make(open_book(), "l1-award", legal, told())
    (tmp_path / "c.json").write_text(write_whole(certificate), "utf-8")
    # A child that measures its coverage imports on its own account.
    env = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run(
        [sys.executable, "-c", TELLING, *command.split()],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == (1 if command in ILLEGAL else 0), done.stderr
    imported = done.stderr.split()
    assert WATCHED.intersection(imported) == COMMANDS[command]
    assert not (command in NO_SPACE and "nvqplan.space.mixes" in imported)
    if command in ("check legal.yaml", "check short.yaml", "count --level 3"):
        rules = [rule for each in open_book().rulebook.qualifications for rule in each.rules]
        kinds = {kind.__module__ for kind in all_kinds()}
        assert kinds.intersection(imported) <= {type(r.printed).__module__ for r in rules}
    if command.startswith("check"):
        formats = {name for name in imported if name.startswith("nvqplan.reports.check_")}
        written = {each for each in FORMATS if each in command} or {"text"}
        assert formats == {f"nvqplan.reports.check_{each}" for each in written}


USING = """
import sys

def note(frame, event, argument):
    code = frame.f_code
    if event == "call" and code.co_flags & 2 and not code.co_name.endswith("comp>"):
        used.add(frame.f_globals.get("__name__", ""))

used = set()
sys.setprofile(note)
from nvqplan.cli.main import run
try:
    run()
finally:
    sys.setprofile(None)
    loaded = [name for name in sys.modules if name.partition(".")[0] == "nvqplan"]
    print("loaded:", *loaded, "used:", *used, file=sys.stderr)
"""
"""Says which modules were loaded, and of which a function was called that is no class and no list.

A value that is made calls the constructor of its class, which is a function of that module.
"""


def does_something(module: str) -> bool:
    """Whether a module has functions that do something."""
    path = ROOT.joinpath(*module.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    nodes = list(ast.walk(ast.parse(file.read_text("utf-8"))))
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef)]
    return any(not isinstance(line, ast.Expr) for each in functions for line in each.body)


@pytest.mark.parametrize("command", ["check legal.yaml", "suggest --level 3"])
def test_a_command_uses_every_module_of_ours_that_it_imports(command: str, tmp_path: Path) -> None:
    """A function of it is called, or a value of its types is made, or it has constants only."""
    (tmp_path / "legal.yaml").write_text(LEGAL, "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", USING, *command.split()],
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if not name.startswith("COV")},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded, _, called = done.stderr.rpartition("loaded:")[2].partition("used:")
    for_nothing = set(loaded.split()) - set(called.split())
    assert [module for module in sorted(for_nothing) if does_something(module)] == []
