"""The action, the workflow and the GitLab template: as published schemas want them, and run.

Their shell steps are run here, with expressions put in as the service would; formats that this
check does not know yet are left out of the command.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from nvqplan.authoring.first_files import write_ci
from tests.transcripts import ROOT

SCHEMAS = ROOT / "tests" / "data" / "schemas" / "ci"
(GITHUB,), (GITLAB,) = (write_ci(service).values() for service in ("github", "gitlab"))
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="the steps are bash")


def faults(schema: str, text: str) -> list[str]:
    rules = json.loads((SCHEMAS / schema).read_text("utf-8"))
    document = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - makes nothing but text
    return [error.message for error in Draft7Validator(rules).iter_errors(as_service(document))]


def as_service(node: Any) -> Any:
    """The values that a YAML 1.2 reader sees: `on` is a word there, true and 3 are none."""
    if isinstance(node, dict):
        return {key: as_service(value) for key, value in node.items()}
    if isinstance(node, list):
        return [as_service(value) for value in node]
    return {"true": True, "false": False}.get(node, node)


def test_files_are_as_their_published_schemas_want_them() -> None:
    assert faults("github-action.json", (ROOT / "action.yml").read_text("utf-8")) == []
    assert faults("github-workflow.json", GITHUB) == []
    assert faults("gitlab-ci.json", GITLAB) == []


def test_schemas_would_refuse_a_slip() -> None:
    action = (ROOT / "action.yml").read_text("utf-8")
    assert faults("github-action.json", action.replace("using: composite", "use: composite"))
    assert faults("github-workflow.json", GITHUB.replace("runs-on", "run-on"))
    assert faults("gitlab-ci.json", GITLAB.replace("script:", "skript:"))


RUNNER = """\
#!{python}
import sys
arguments = sys.argv[1:]
with open({log!r}, "a") as log:
    print(*sys.argv[1:], sep="\\x1f", file=log)
sys.path.insert(0, {root!r})
sys.argv[1:] = arguments
from nvqplan.cli.main import run
run()
"""


class Machine:
    """A folder with a centre's files, and nvqplan and a recording pip on the path."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "centre"
        self.log, self.pip = folder / "log", folder / "pip"
        bin = folder / "bin"
        for path in (bin, self.folder):
            path.mkdir()
        told = {"python": sys.executable, "log": str(self.log), "root": str(ROOT)}
        self._script(bin / "nvqplan", RUNNER.format(**told))
        self._script(bin / "python", f'#!/bin/sh\nprintf "%s\\n" "$*" >> "{self.pip}"\n')
        self.path = f"{bin}{os.pathsep}{os.environ['PATH']}"

    def _script(self, path: Path, text: str) -> None:
        path.write_text(text, "utf-8")
        path.chmod(0o755)

    def add(self, name: str, example: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((ROOT / "examples" / example).read_bytes())

    def run(self, script: str, shell: list[str], **env: str) -> tuple[int, str]:
        done = subprocess.run(
            [*shell, script],
            cwd=self.folder,
            env={**os.environ, "PATH": self.path, **env},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def asked(self) -> list[list[str]]:
        return [line.split("\x1f") for line in self.log.read_text("utf-8").splitlines()]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


GITHUB_SHELL = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"]


def run_action(machine: Machine, **inputs: str) -> tuple[int, str]:
    """The shell steps of the action one after another, until one fails."""
    values = {name: told["default"] for name, told in ACTION["inputs"].items()} | inputs
    assert values.keys() == ACTION["inputs"].keys()
    code, output = 0, ""
    for step in ACTION["runs"]["steps"]:
        if "run" in step and code == 0:
            assert "${{" not in step["run"], "an expression in a script can inject commands"
            env = {name: put_in(text, values) for name, text in step["env"].items()}
            code, output = machine.run(step["run"], GITHUB_SHELL, **env)
    return code, output


def put_in(text: str, inputs: dict[str, str]) -> str:
    known = {f"inputs.{name}": value for name, value in inputs.items()}
    known["github.action_path"] = "/the/action"
    return re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda found: known[found[1]], text)


def test_action_passes_where_all_is_well(machine: Machine) -> None:
    machine.add("curricula/sales.yaml", "sales.yaml")
    code, output = run_action(machine)
    assert code == 0, output
    assert machine.asked() == [
        ["check", "--format", "github", "--output", "sarif=nvqplan.sarif", "--", "curricula"]
    ]
    assert machine.pip.read_text("utf-8") == "-m pip install --quiet /the/action\n"
    assert (machine.folder / "nvqplan.sarif").exists()


def test_action_fails_where_a_pathway_does(machine: Machine) -> None:
    machine.add("north/support team.yaml", "support.yaml")
    machine.add("south/sales.yaml", "sales.yaml")
    paths = "north/support team.yaml\nsouth\n"
    code, output = run_action(
        machine, paths=paths, arguments="--strict --reading printed", version="0.1.0"
    )
    assert code == 1, output
    assert machine.asked()[0][5:] == [
        *("--strict", "--reading", "printed", "--", "north/support team.yaml", "south")
    ]
    assert machine.pip.read_text("utf-8") == "-m pip install --quiet nvqplan==0.1.0\n"


def test_action_fails_otherwise_where_nothing_can_be_read(machine: Machine) -> None:
    assert run_action(machine)[0] == 2


def test_action_runs_no_command_that_a_path_holds(machine: Machine) -> None:
    machine.add("curricula/sales.yaml", "sales.yaml")
    code, _ = run_action(machine, paths="$(touch broken)\n`touch broken`\n;touch broken\n*")
    assert code == 2
    assert not (machine.folder / "broken").exists()


def test_workflow_that_init_writes_runs(machine: Machine) -> None:
    steps = yaml.safe_load(GITHUB)["jobs"]["check"]["steps"]
    scripts = [step["run"] for step in steps if "run" in step]
    for example, code in (("sales.yaml", 0), ("support.yaml", 1)):
        machine.add("curricula/one.yaml", example)
        codes = [machine.run(script, GITHUB_SHELL)[0] for script in scripts]
        assert codes == [0, code]
    assert machine.asked()[0] == ["check", "--format", "github", "curricula"]
    assert "-m pip install --quiet nvqplan==" in machine.pip.read_text("utf-8")


@pytest.mark.parametrize("shell", ["bash", "sh"])
def test_template_for_gitlab_runs(machine: Machine, shell: str) -> None:
    job = yaml.safe_load(GITLAB)["nvqplan"]
    script = "\n".join((*job["before_script"], *job["script"]))
    for example, code in (("sales.yaml", 0), ("support.yaml", 1)):
        machine.add("curricula/one.yaml", example)
        ended, output = machine.run(script, [shell, "-e", "-c"], **job["variables"])
        assert ended == code, output
    assert machine.asked()[0] == [
        *("check", "--output", "gitlab=gl-code-quality-report.json", "--", "curricula")
    ]
    report = machine.folder / job["artifacts"]["reports"]["codequality"]
    assert report.exists()
    assert job["artifacts"]["when"] == "always"
