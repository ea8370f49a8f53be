"""Files spoilt by chance: trees moved, doubled and renamed, then bytes flipped, cut and put in.

Every choice comes from one `Random`, so that a number is enough to have an input again.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.readers import FULL_PATHWAYS, FULL_RULES, UNITS
from tests.transcripts import ROOT

MARKS = [*"[]{}()\"',:;#=.-?|>\\%@`~&*!/<", '"""', "'''"]
YAML = ["&a ", "*a ", "!!str ", "!!seq ", "!x ", "<<: ", "---\n", "...\n", "- ", "? ", ": "]
YAML += ["|\n", ">-\n", "{a: ", "%YAML 1.1\n", "\n--- # nvqplan: ignore[NVQ501] x\n"]
TOML = ["[a]\n", "[[a]]\n", "a.b = 1\n", "[[qualification]]\n", "[[qualification.rule]]\n"]
DAYS = ["9999-12-31", "0001-01-01", "2017-02-30", "2017-07-01", "2026-09-01", "07:30:00"]
DAYS += ["2017-01-01 10:00:00", "2026-09-01T00:00:00Z"]
NUMBERS = ["-1", "0", "17", "0x1F", "0112", "1e999", "inf", "nan", ".5", "1_000", "9" * 5000]
VALUES = [*DAYS, *NUMBERS, "true", "null", '""', "[]", "{}", "²", "'x'", "[[1]]", "draft", "final"]
BLANKS = ["\n", "\r", "\r\n", "\r\r\n", "\t", " ", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"]
SIGNS = ["é", "😀", "你好", "e\u0301", "\u202e", "\u200b", "\ufeff", "\x00", "\x07", "\x7f", "\x9b"]
SIGNS += ["\xa0", "\ud7ff", "\U0010ffff", "\x1b[31m", "\x1b]0;x\x07", "\\ud800", "\\x1b", "\\u0000"]
DEEP = ["[" * 700, "{a: " * 300, "- " * 400, "a." * 1100, "x" * 3000, "[" * 40 + "]" * 40]
PIECES = [each.encode() for each in [*MARKS, *YAML, *TOML, *VALUES, *BLANKS, *SIGNS, *DEEP]]
PIECES += [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xfe\xff", b"\xff\xfe"]

IDS = ["l1-award", "l2-certificate", "l3-diploma", "l4-diploma", "3412-04", "3412-01", "l5"]
NUMBERED = "101 112 201 203 204 205 207 212 220 221 229 301 302 303 304 305 308 318 319 328 329 330"
UNIT_NAMES = [
    *NUMBERED.split(),
    *["401", "402", "404", "405", "406", "408", "619", "999", "2o4", "3412-204", "L/503/0394"],
]
KEYS = "centre qualification registered youngest offer pathways units status held exceptions"
KEYS += " rule reason by until code pathway subject fingerprint version files"
RULES = ["total", "level", "mandatory", "group-b", "barred", "unit-319", "age", "nothing"]
NAMES = [*KEYS.split(), *UNIT_NAMES, *RULES, *IDS]
CODES = ["NVQ501", "NVQ301", "NVQ203", "NVQ305", "NVQ506", "NVQ999", "NVQ104", "NVQ512", "nvq301"]

PAGES = [ROOT / name for name in ("README.md", "docs/tour.md", "docs/checking.md")]
SHOWN = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
"""A curriculum on such a page."""

Tree = Any
"""A leaf as it is written, a list of trees, or a tuple of pairs: keys may stand twice."""


@cache
def corpus() -> dict[str, list[str]]:
    """Valid files of each kind, and some that hold what ought to be told."""
    folders = (ROOT / "examples", ROOT / "tests" / "cases")
    curricula = [path.read_text("utf-8") for folder in folders for path in _yaml_files(folder)]
    shown = [block for page in PAGES for block in re.findall(SHOWN, page.read_text("utf-8"))]
    books = sorted((ROOT / "tests" / "cases" / "rulebooks").rglob("rules.toml"))
    kept = ROOT / "tests" / "cases"
    certificates = sorted((kept / "certificates").glob("*.json"))
    proofs = [ROOT / "data" / "proofs" / "l3-diploma.yaml"]
    proofs += sorted((kept / "rulebooks").rglob("proofs/*.yaml"))
    return {
        "curriculum": [FULL_PATHWAYS, *shown, *curricula],
        "proofs": [path.read_text("utf-8") for path in proofs],
        "rules": [FULL_RULES, *(path.read_text("utf-8") for path in books)],
        "units": [UNITS, (kept / "rulebooks" / "proven" / "units.csv").read_text("utf-8")],
        "configuration": [FULL_CONFIGURATION],
        "baseline": [FULL_BASELINE],
        "certificate": [path.read_text("utf-8") for path in certificates],
    }


def _yaml_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.yaml") if b"\x00" not in path.read_bytes())


FULL_CONFIGURATION = """\
data = "rulebook"  # of our own
reading = "printed"
select = ["NVQ3", "NVQ501"]
ignore = ["NVQ305"]
fail-on = "warning"
baseline = "known.json"
"""

FULL_BASELINE = """\
{
  "version": 1,
  "files": {
    "a.yaml": [
      {"code": "NVQ301", "pathway": "sales", "subject": "level", "fingerprint": "0f48"}
    ]
  }
}
"""


def spoil(kind: str, random: Random) -> bytes:
    """One input of a kind: spoilt as a tree, as lines and words, as bytes, or in several ways."""
    if random.random() < 0.02:
        return random.randbytes(random.randint(0, 60))
    text = random.choice(corpus()[kind])
    if kind == "curriculum" and random.random() < 0.7:
        text = _write_yaml(_spoilt_tree(_yaml_tree(text), random), random)
    elif kind in ("baseline", "certificate") and random.random() < 0.7:
        text = _write_json(_spoilt_tree(_json_tree(text), random))
    elif random.random() < 0.6:
        text = _spoil_lines(_spoil_words(text, random), random)
    data = text.encode("utf-8", "surrogatepass")
    if random.random() < 0.1:
        data = data.replace(b"\n", random.choice(BLANKS).encode())
    if random.random() < 0.05:
        data = b"\xef\xbb\xbf" + data
    return _spoil_bytes(data, random) if random.random() < 0.4 else data


def _spoil_bytes(data: bytes, random: Random) -> bytes:
    for _ in range(random.randint(1, 3)):
        start = random.randint(0, len(data))
        end = start + random.choice([0, 0, 1, 2, 5, 20, 200])
        there = data[start:end]
        pieces = (
            random.choice(PIECES),
            random.randbytes(random.randint(0, 4)),
            there * 2,
            bytes(byte ^ 1 << random.randrange(8) for byte in there),
        )
        data = data[:start] + random.choice(pieces) + data[end:]
    return data


def _spoil_words(text: str, random: Random) -> str:
    words = re.split(r"([\s,\[\]{}:=\"]+)", text)
    for _ in range(random.randint(0, 4)):
        words[random.randrange(len(words))] = random.choice([*words, *VALUES, *NAMES])
    return "".join(words)


def _spoil_lines(text: str, random: Random) -> str:
    lines = text.splitlines(keepends=True)
    for _ in range(random.randint(0, 2)):
        index = random.randrange(len(lines) + 1)
        there = lines[index : index + random.randint(1, 3)]
        lines[index : index + len(there)] = random.choice([[], there * 2, there[::-1]])
        lines[index:index] = random.choice([[], [random.choice(lines or [""])]])
    return "".join(lines)


@cache
def _yaml_tree(text: str) -> Tree:
    def tree(node: Any) -> Tree:
        if isinstance(node, yaml.MappingNode):
            return tuple((key.value, tree(value)) for key, value in node.value)
        if isinstance(node, yaml.SequenceNode):
            return [tree(each) for each in node.value]
        return node.value if isinstance(node, yaml.ScalarNode) else ""

    try:
        return tree(yaml.compose(text, Loader=yaml.SafeLoader))
    except yaml.YAMLError:
        return ()


@cache
def _json_tree(text: str) -> Tree:
    def tree(value: Any) -> Tree:
        if isinstance(value, dict):
            return tuple((key, tree(each)) for key, each in value.items())
        return [tree(each) for each in value] if isinstance(value, list) else json.dumps(value)

    return tree(json.loads(text))


def _spoilt_tree(tree: Tree, random: Random) -> Tree:
    for _ in range(random.choice([0, 1, 1, 2, 3, 6])):
        tree = _change(tree, random.choice(list(_places(tree))), random, tree)
    return tree


def _places(tree: Tree, path: tuple[int, ...] = ()) -> Iterator[tuple[int, ...]]:
    yield path
    if not isinstance(tree, str):
        for index, each in enumerate(tree):
            yield from _places(each[1] if isinstance(tree, tuple) else each, (*path, index))


def _change(tree: Tree, path: tuple[int, ...], random: Random, whole: Tree) -> Tree:
    """The tree with what stands at one place changed; what is around it is copied."""
    if not path:
        return _changed(tree, random, whole)
    members = list(tree)
    index, *rest = path
    if isinstance(tree, tuple):
        key, value = members[index]
        members[index] = key, _change(value, tuple(rest), random, whole)
        return tuple(members)
    members[index] = _change(members[index], tuple(rest), random, whole)
    return members


def _changed(tree: Tree, random: Random, whole: Tree) -> Tree:
    leaf = random.choice([*VALUES, *UNIT_NAMES, *UNIT_NAMES, *IDS, *SIGNS])
    if isinstance(tree, str):
        return random.choice([leaf, leaf, leaf, [tree], (("units", [tree]),), [[tree, tree]]])
    members = list(tree)
    if members:
        index = random.randrange(len(members))
        choice = random.randrange(6)
        if choice == 0:
            del members[index]
        elif choice == 1:
            members.insert(random.randrange(len(members) + 1), members[index])
        elif choice == 2:
            random.shuffle(members)
        elif choice == 3 and isinstance(tree, tuple):
            members[index] = random.choice([*NAMES, leaf]), members[index][1]
        elif choice == 4:
            members *= random.randint(1, 3)
        else:
            nested = _anywhere(whole, random)
            members[index] = (members[index][0], nested) if isinstance(tree, tuple) else nested
    elif isinstance(tree, list):
        members = random.sample(UNIT_NAMES, random.randint(0, 9))
    else:
        members = [(random.choice(NAMES), leaf)]
    return tuple(members) if isinstance(tree, tuple) else members


def _anywhere(tree: Tree, random: Random) -> Tree:
    for index in random.choice(list(_places(tree))):
        tree = tree[index][1] if isinstance(tree, tuple) else tree[index]
    return tree


def _write_json(tree: Tree) -> str:
    if isinstance(tree, tuple):
        return "{" + ", ".join(f"{json.dumps(k)}: {_write_json(v)}" for k, v in tree) + "}"
    return tree if isinstance(tree, str) else "[" + ", ".join(map(_write_json, tree)) + "]"


def _write_yaml(tree: Tree, random: Random) -> str:
    talks = random.choice([0.0, 0.0, 0.1, 0.4])
    return "".join(_note(line, talks, random) for line in _block(tree, "", random))


def _block(tree: Tree, margin: str, random: Random) -> Iterator[str]:
    """Lines of block style; what is put in flow style stays in one line, or breaks somewhere."""
    if isinstance(tree, str) or not tree or random.random() < 0.2:
        yield margin + _flow(tree, random)
        return
    for member in tree:
        key, value = member if isinstance(tree, tuple) else (None, member)
        head = "-" if key is None else f"{_scalar(key, random)}:"
        if isinstance(value, str) or not value or random.random() < 0.5:
            yield f"{margin}{head} {_flow(value, random)}"
        else:
            yield margin + head
            yield from _block(value, margin + random.choice(["  ", "  ", "    "]), random)


def _flow(tree: Tree, random: Random) -> str:
    comma = random.choice(
        [", ", ", ", ",", " , ", ",\n      ", ", # nvqplan: ignore[NVQ203] x\n  "]
    )
    if isinstance(tree, tuple):
        told = (f"{_scalar(key, random)}: {_flow(value, random)}" for key, value in tree)
        return "{" + comma.join(told) + "}"
    if isinstance(tree, str):
        return _scalar(tree, random)
    return "[" + comma.join(_flow(each, random) for each in tree) + random.choice(["]", ",]", " ]"])


def _scalar(text: str, random: Random) -> str:
    choice = random.random()
    if choice < 0.07:
        return "'" + text.replace("'", "''") + "'"
    if choice < 0.14:
        return json.dumps(text)
    return text


def _note(line: str, talks: float, random: Random) -> str:
    """A line with its end, maybe with a comment above or behind it."""
    if random.random() >= talks:
        return line + "\n"
    margin = line[: len(line) - len(line.lstrip())]
    comment = _comment(random)
    return random.choice([f"{line}  {comment}\n", f"{margin}{comment}\n{line}\n"])


def _comment(random: Random) -> str:
    """A comment to nvqplan, or something like one."""
    start = random.choice(
        ["# nvqplan: ignore", "#nvqplan:ignore", "# NVQPLAN: ignore", "# nvqplan"]
    )
    codes = random.choice([", ", ",", " "]).join(random.choices(CODES, k=random.randint(0, 3)))
    reason = random.choice(
        [" known", "", " - ", " until", " é \u202e", " # nvqplan: ignore[NVQ301] y"]
    )
    until = random.choice(
        ["", "", " until 2027-03-31", " until 2020-01-01", " until 9", " until: x"]
    )
    return f"{start}{random.choice(['[{}]', '[{}', '{}', '[{}]]']).format(codes)}{reason}{until}"
