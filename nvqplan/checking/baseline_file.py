"""The file of a baseline: JSON, sorted, one finding a line, so that a diff shows what went."""

import json
from collections.abc import Iterator
from typing import Any

from nvqplan.checking.baseline import Baseline, Files, Known
from nvqplan.core.fields import as_list, as_mapping, check_known, wrong
from nvqplan.core.findings import Findings, Located, Location
from nvqplan.core.sources import Sources

VERSION = 1
KEYS = ("version", "files")
ENTRY_KEYS = ("code", "pathway", "subject", "fingerprint")

LARGEST = 50_000_000
"""Bytes; some 300,000 findings."""


def read_baseline(path: str, sources: Sources, found: Findings) -> Baseline | None:
    """The baseline of a file; None with findings where it is not just as nvqplan writes it."""
    text = sources.read(path, found, LARGEST)
    if text is None:
        return None
    try:
        document = json.loads(text, object_pairs_hook=_members)
    except json.JSONDecodeError as error:
        place = Location(path, error.lineno, error.colno)
        found.add(place, "NVQ104", f"not valid JSON: {error.msg}")
        return None
    except (RecursionError, ValueError):
        document = None
    files = _read_files(document)
    if files is None:
        _tell_faults(path, text, found)
        return None
    return Baseline(path, files)


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a key is given twice")
    return members


def _read_files(document: Any) -> Files | None:
    """The known findings; None for anything that nvqplan would not have written."""
    if not _has_keys(document, KEYS) or not isinstance(document["files"], dict):
        return None
    version = document["version"]
    entries = {file: _read_entries(each) for file, each in document["files"].items()}
    known = {file: each for file, each in entries.items() if each is not None}
    is_sound = type(version) is int and version == VERSION and len(known) == len(entries)
    return known if is_sound else None


def _read_entries(entries: Any) -> dict[str, Known] | None:
    read: dict[str, Known] = {}
    for entry in entries if isinstance(entries, list) else [entries]:
        if not _has_keys(entry, ENTRY_KEYS):
            return None
        if not all(isinstance(value, str) for value in entry.values()):
            return None
        known = Known(**entry)
        read[known.fingerprint] = known
    return read if isinstance(entries, list) else None


def _has_keys(value: Any, keys: tuple[str, ...]) -> bool:
    return isinstance(value, dict) and len(value) == len(keys) and all(key in value for key in keys)


def _tell_faults(path: str, text: str, found: Findings) -> None:
    """Say where a file that is JSON is no baseline; it is YAML too, whose reader knows places."""
    from nvqplan.reading.yaml_tree import read_yaml

    problems = len(found)
    root = read_yaml(path, text, found)
    if root is not None:
        members = _check_members(root, KEYS, "a baseline", found)
        version = members.get("version")
        if version is not None and (version.value != VERSION or version.value is True):
            found.add(version, "NVQ108", f"version must be {VERSION}, this is {version.text}")
        files = as_mapping(members["files"], "files", found) if "files" in members else {}
        for name, entries in files.items():
            for entry in as_list(entries, f"the findings of '{name}'", found):
                for key, node in _check_members(entry, ENTRY_KEYS, "a finding", found).items():
                    if key in ENTRY_KEYS and not isinstance(node.value, str):
                        wrong(node, key, "text", found)
    if len(found) == problems:
        found.add(Location(path, 1, 1), "NVQ108", "this is no baseline that nvqplan wrote")


def _check_members(
    node: Located, keys: tuple[str, ...], what: str, found: Findings
) -> dict[str, Located]:
    """The members of a mapping that must have just these keys."""
    members = as_mapping(node, what, found)
    check_known(members, keys, what, "NVQ107", found)
    if isinstance(node.value, dict):
        for key in keys:
            if key not in members:
                found.add(node, "NVQ109", f"'{key}' is missing in {what}", subject=key)
    return members


def write_baseline(files: Files) -> bytes:
    """The file, for the same known findings always the same bytes."""
    told = ",\n".join(_write_files(files))
    inner = f"{{\n{told}\n  }}" if told else "{}"
    text = f'{{\n  "version": {VERSION},\n  "files": {inner}\n}}\n'
    # Half of a surrogate pair cannot be encoded; spelt out it is just how JSON writes it.
    return text.encode("utf-8", "backslashreplace")


def _write_files(files: Files) -> Iterator[str]:
    for file, known in sorted(files.items()):
        if known:
            entries = ",\n".join(f"      {_write_entry(each)}" for each in sorted(known.values()))
            yield f"    {json.dumps(file, ensure_ascii=False)}: [\n{entries}\n    ]"


def _write_entry(known: Known) -> str:
    return json.dumps({key: getattr(known, key) for key in ENTRY_KEYS}, ensure_ascii=False)
