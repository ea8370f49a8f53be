"""The pre-commit hook for real: pre-commit clones, builds, installs and runs it, with no network.

What the hook needs is lent from the environment of the tests, so that pip asks no registry.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.transcripts import ROOT

LEGAL = (ROOT / "examples" / "sales.yaml").read_text("utf-8")
ILLEGAL = (ROOT / "examples" / "support.yaml").read_text("utf-8")

PACKED = (
    ".pre-commit-hooks.yaml",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "nvqplan",
    "data",
    "schemas",
)

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="pre-commit needs git")


def environment(folder: Path) -> dict[str, str]:
    """A home of its own, nothing of the machine's git or pip, and our packages to build with."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    return {
        **kept,
        "HOME": str(folder),
        "PRE_COMMIT_HOME": str(folder / "pre-commit"),
        "PYTHONPATH": sysconfig.get_path("purelib"),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_BUILD_ISOLATION": "0",
        "PIP_NO_DEPS": "1",
        "PIP_NO_INDEX": "1",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "A",
        "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@example.org",
    }


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    env = environment(folder.parent)
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def commit_all(folder: Path) -> None:
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "All"]):
        done = run(folder, "git", *command)
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository as a stranger would clone it."""
    folder = tmp_path_factory.mktemp("pre-commit") / "nvqplan"
    folder.mkdir()
    for name in PACKED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    commit_all(folder)
    return folder


def centre(ours: Path, name: str, files: dict[str, str]) -> Path:
    """A centre's repository with these files."""
    folder = ours.parent / name
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    commit_all(folder)
    return folder


def run_hook(folder: Path, ours: Path) -> subprocess.CompletedProcess[str]:
    """Run the hook as a centre configures it, on all its files."""
    revision = run(ours, "git", "rev-parse", "HEAD").stdout.strip()
    config = f"repos: [{{repo: '{ours}', rev: {revision}, hooks: [{{id: nvqplan}}]}}]\n"
    (folder / ".pre-commit-config.yaml").write_text(config, "utf-8")
    run(folder, "git", "add", "-A")
    return run(folder, sys.executable, "-m", "pre_commit", "run", "--all-files", "--verbose")


def test_manifest_is_valid(ours: Path) -> None:
    manifest = str(ROOT / ".pre-commit-hooks.yaml")
    done = run(ours, sys.executable, "-m", "pre_commit", "validate-manifest", manifest)
    assert (done.returncode, done.stdout) == (0, "")


def test_hook_checks_curriculum_files_and_no_others(ours: Path) -> None:
    files = {
        "curricula/sales.yaml": LEGAL,
        "north/curricula/deep/sales 2.yml": LEGAL,
        "sales.curriculum.yaml": LEGAL,
        ".github/workflows/ci.yml": "on: push\njobs: {}\n",
        "notes.yaml": "a: 1\n",
        "curricula/notes.txt": "nothing\n",
    }
    done = run_hook(centre(ours, "legal", files), ours)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout
    assert "meet the rules" in done.stdout
    assert "in 3 files" in done.stdout


def test_hook_fails_where_a_pathway_does(ours: Path) -> None:
    files = {"curricula/support.yaml": ILLEGAL, "curricula/sales.yaml": LEGAL}
    done = run_hook(centre(ours, "illegal", files), ours)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "curricula/support.yaml:8:3: error[NVQ301]" in done.stdout


def test_hook_has_nothing_to_do_without_curriculum_files(ours: Path) -> None:
    done = run_hook(centre(ours, "none", {"notes.yaml": "a: 1\n"}), ours)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no files to check" in done.stdout
