"""The command line in a process of its own, where streams and exits are what is tested."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.transcripts import ROOT

needs_full_device = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="this system has no device that is always full"
)


def run(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nvqplan", *arguments]
    defaults: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.run(
        command, cwd=ROOT, text=True, encoding="utf-8", check=False, **{**defaults, **options}
    )
