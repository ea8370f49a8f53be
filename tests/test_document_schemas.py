"""The JSON contract: every document is what its schema says, no key more and no key less."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from nvqplan import __version__
from nvqplan.cli.writers import FINDINGS, WRITERS
from tests.published import own_schema, read_json
from tests.transcripts import ROOT, run_command

SCHEMAS = {
    path.name.removesuffix(".schema.json"): json.loads(path.read_text("utf-8"))
    for path in sorted((ROOT / "schemas").glob("*.schema.json"))
    if path.name.removesuffix(".schema.json") not in ("curriculum", "rulebook", "proofs")
}
COMMANDS = {
    "check": [
        "check examples",
        "check tests/cases",
        "check -q l3-diploma --units 101,301,204 --age 16 --registered 2017-06-30",
        "check --level 4 --units 101,401,309,316,304,307,403,404 --reading intended",
        "check examples --data tests/cases/rulebooks/nowhere",
        "check --data examples/rulebooks/rangers examples/rulebooks/rangers/curricula",
        "check --data examples/rulebooks/hospitality examples/rulebooks/hospitality/curricula",
        "check --data tests/cases/rulebooks/shared tests/cases/rule-components.yaml",
        "check --data tests/cases/rulebooks/garage -q mechanic --units G3,G28,G9",
        "check -",
    ],
    "suggest": [
        "suggest -q l3-diploma --prefer sales --top 2",
        "suggest -q l1-award --registered any --top 1",
        "suggest -q l2-certificate --max-glh 92",
        "suggest --data examples/rulebooks/rangers -q ranger-certificate --prefer fire --top 2",
        "suggest --data tests/cases/rulebooks/desk -q desk --prefer sales",
    ],
    "count": [
        "count -q l1-award",
        "count -q l3-diploma --registered any",
        "count -q l1-award --by credits",
        "count -q l1-award --by level",
        "count --data examples/rulebooks/rangers -q ranger-certificate --by points",
        "count -q l1-award --max-glh 0 --by units --registered 2026-09-01",
    ],
    "rank": [
        "rank -q l1-award --units 101,102,103,105,201,226",
        "rank -q l1-award --units 101",
    ],
    "units": ["units", "units 306", "units -q l3-diploma --share --with 319 --registered any"],
    "explain": ["explain", "explain NVQ301 204", "explain l1-award"],
    "lint": ["lint", "lint -q l4-diploma --data data", "lint --data tests/cases/rulebooks/faulty"],
    "rules-test": [
        "rules test",
        "rules test tests/cases/rulebooks/proven --strict --today 2027-01-15",
        "rules test tests/cases/rulebooks/faulty",
    ],
    "diff": [
        "diff tests/cases/versions/2017 tests/cases/versions/2026 --plans tests/cases/versions",
        "diff tests/cases/versions/2026 tests/cases/versions/2017 --registered any --age 16",
        "diff tests/cases/versions/2017 tests/cases/versions/2026 --plans examples --select NVQ1",
        (
            "diff tests/cases/versions/joinery tests/cases/versions/wood --learner role=foreman"
            " --plans tests/cases/versions/wood.yaml --today 2026-12-01"
        ),
        "diff data data",
        "diff tests/cases/rulebooks/faulty tests/cases/versions/2017",
    ],
    "config": ["config --config tests/cases/configured/nvqplan.toml", "config --select NVQ3"],
    "verify": [
        f"verify tests/cases/certificates/{name}.json --data tests/cases/rulebooks/bakery"
        for name in ("bakery-forged", "bakery")
    ],
    "rules": ["rules", "rules --data tests/cases/rulebooks/workshop"]
    + [f"rules --level {level}" for level in (2, 3, 4)],
}
NAMES = {
    "by_level",
    "by_group",
    "groups",
    "columns",
    "by",
    "learner",
    "statuses",
    "sources",
    "attributes",
    "sums",
}
"""Keys behind which others stand that are names."""

LINES = [(command, line) for command, lines in COMMANDS.items() for line in lines]


@pytest.mark.parametrize(("command", "line"), LINES)
def test_documents_are_what_their_schema_says(command: str, line: str) -> None:
    document = document_of(line)
    own_schema(command).validate(document)
    assert document["nvqplan"] == __version__


def document_of(line: str) -> Any:
    """What a command writes to standard output; the notes before and behind it are not its."""
    output, _ = run_command([*line.split(), "--format", "json"], stdin=b"pathways: 1\n")
    return read_json(output[output.index("{\n") : output.rindex("\n}") + 2])


def test_every_command_that_writes_a_document_has_a_schema() -> None:
    assert set(SCHEMAS) == set(COMMANDS)
    of_findings = {"check", "lint", "diff", "rules-test"}
    others = {command for command, format in WRITERS if format == "json"} - {FINDINGS}
    assert set(SCHEMAS) == of_findings | others


@pytest.mark.parametrize("command", COMMANDS)
def test_a_key_that_the_schema_does_not_know_is_refused(command: str) -> None:
    """So that no key is added without its description; the parts that name things are open."""
    document = document_of(COMMANDS[command][0])
    closed = 0
    for where in dict(objects(document)).values():
        spoilt = deepcopy(document)
        part = spoilt
        for step in where:
            part = part[step]
        if where and where[-1] in NAMES:
            continue
        part["more"] = 1
        closed += 1
        assert not own_schema(command).is_valid(spoilt), where
    assert closed > 0


Steps = tuple[str | int, ...]


def objects(value: Any, where: Steps = ()) -> Iterator[tuple[Steps, Steps]]:
    """Every object in a document: its place without list indices, and with them."""
    if isinstance(value, dict):
        yield tuple(step for step in where if isinstance(step, str)), where
        for key, member in value.items():
            yield from objects(member, (*where, key))
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from objects(member, (*where, index))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_key_is_described_and_none_may_be_missing(command: str) -> None:
    schema = SCHEMAS[command]
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:nvqplan:schema:{command}:1"
    assert schema["properties"]["version"] == {**schema["properties"]["version"], "const": 1}
    for part in (schema, *schema.get("$defs", {}).values()):
        assert part["description"].endswith(".")
        if part["type"] != "object":
            continue
        assert part["additionalProperties"] is False
        optional = set(part["properties"]) - set(part["required"])
        assert optional <= {"status", "mixes", "of"}
        for name, member in part["properties"].items():
            referred = schema.get("$defs", {}).get(member.get("$ref", "").rpartition("/")[2], {})
            assert "description" in member or "description" in referred, name


@pytest.mark.parametrize("command", COMMANDS)
def test_every_part_of_a_schema_is_used(command: str) -> None:
    text = json.dumps(SCHEMAS[command])
    for name in SCHEMAS[command].get("$defs", {}):
        assert f'"#/$defs/{name}"' in text


def test_schemas_are_in_the_wheel() -> None:
    project = Path(ROOT / "pyproject.toml").read_text("utf-8")
    assert '"schemas" = "nvqplan/_schemas"' in project
