"""Kinds know themselves: nobody outside rules/ tells them apart, and a new one touches nothing."""

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import ClassVar

import pytest

from nvqplan.core.codes import CODES, Code
from nvqplan.core.explanations import Explanation, explanations, read_hundreds
from nvqplan.core.shapes import Shape
from nvqplan.core.units import Mix, Offering
from nvqplan.rules import kinds
from nvqplan.rules.entries import units_in
from nvqplan.rules.kind import Kind
from nvqplan.rules.kinds import kind_at
from nvqplan.rules.learner import Learner
from nvqplan.rules.outcome import Outcome
from nvqplan.solving.linear import Linear
from tests.readers import all_kinds
from tests.transcripts import ROOT, nvqplan

PACKAGE = ROOT / "nvqplan"


def asks_which_kind(text: str, *, may_import: bool = False) -> Iterator[str]:
    """What in a source text tells kinds apart: imports of their modules, isinstance, getattr."""
    modules = {kind.__module__ for kind in all_kinds()}
    names = {kind.__name__ for kind in all_kinds()}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import | ast.ImportFrom) and not may_import:
            yield from (f"imports {each}" for each in imported(node) if each in modules)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == "isinstance":
                meant = {each.id for each in ast.walk(node.args[1]) if isinstance(each, ast.Name)}
                yield from (f"asks for {name}" for name in sorted(names & meant))
            elif node.func.id in ("getattr", "hasattr") and "kind" in ast.unparse(node.args[0]):
                yield f"looks for {ast.unparse(node.args[1])}"


def imported(node: ast.Import | ast.ImportFrom) -> Iterable[str]:
    """The modules that a statement imports, or may import."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]


def test_nobody_outside_rules_imports_a_kind_and_nobody_asks_which_one_it_is() -> None:
    told_apart = {
        str(path.relative_to(PACKAGE)): found
        for path in PACKAGE.rglob("*.py")
        if (
            found := list(
                asks_which_kind(path.read_text("utf-8"), may_import=path.parent.name == "rules")
            )
        )
    }
    assert told_apart == {}


def test_whoever_tells_kinds_apart_is_found() -> None:
    text = """
import nvqplan.rules.share
from nvqplan.rules import age, terms
from nvqplan.rules.barred import Barred
def names(kind, rule):
    measure = getattr(rule.kind, "measure", "")
    return isinstance(kind, Age | Barred) and isinstance(kind, str)
"""
    assert list(asks_which_kind(text)) == [
        "imports nvqplan.rules.share",
        "imports nvqplan.rules.age",
        "imports nvqplan.rules.barred",
        "looks for 'measure'",
        "asks for Age",
        "asks for Barred",
    ]
    assert len(list(asks_which_kind(text, may_import=True))) == 3


class OneOf(Kind):
    """An invented kind: just one of these units is in the mix."""

    code: ClassVar[str] = "NVQ399"

    def __init__(self, units: tuple[str, ...]) -> None:
        self.units = units

    @classmethod
    def shape(cls, key: str, offering: Offering) -> Shape["OneOf"]:
        return units_in(offering).into(cls)

    def machines(self, name: str, offering: Offering, learner: Learner) -> tuple[Linear, ...]:
        return (Linear(name, dict.fromkeys(self.units, 1), 1, 1),)

    def outcomes(self, offering: Offering, learner: Learner, mix: Mix) -> tuple[Outcome, ...]:
        present = tuple(number for number in self.units if number in mix)
        return (Outcome("units", len(present), 1, 1, present),)

    def figures(self) -> str:
        return f"just one of {', '.join(self.units)}"

    def role(self, unit: str, offering: Offering) -> str:
        return "one of a kind" if unit in self.units else ""


UNITS = """\
unit,uan,title,level,credits,glh,topics,nos,outcomes,criteria,source
1,,First,1,3,30,,,,,Book p1
2,,Second,1,4,40,,,,,Book p2
3,,Third,1,5,50,,,,,Book p3
"""
RULES = """\
[[qualification]]
id = "invented"
title = "An invented qualification"
number = ""
qan = ""
level = 1
credits = 0
source = "Book"
groups.A = ["1", "2", "3"]

[[qualification.rule]]
id = "only"
says = "Just one of 1 and 2"
one_of = ["1", "2"]

[[qualification.rule]]
id = "way"
says = "With 3, or with 1 alone"
choose = { at_least = 1, of = { three = { mandatory = ["3"] }, one = { one_of = ["1", "3"] } } }
"""
CURRICULUM = """\
qualification: invented
pathways:
  both: {units: [1, 2, 3]}
  good: {units: [1, 3]}
"""


EXPLANATION = """\
# Rules of combination

## NVQ399
Two are one too many.

Drop one.

$ nvqplan check --data . c.yaml
"""


def explanation() -> Explanation:
    """What the text file of the rules would say of the invented kind."""
    return read_hundreds({"rules": EXPLANATION})["Rules of combination"][OneOf.code]


@pytest.fixture
def invented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A rulebook with the invented kind, added where any is: in three sources and one text."""
    module = ModuleType("nvqplan.rules.one_of")
    monkeypatch.setattr(module, "OneOf", OneOf, raising=False)
    monkeypatch.setattr(OneOf, "__module__", module.__name__)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(kinds.KINDS, "one_of", "one_of.OneOf")
    monkeypatch.setitem(CODES, OneOf.code, Code("not just one of some units"))
    monkeypatch.setitem(explanations(), OneOf.code, explanation())
    for name, text in {"units.csv": UNITS, "rules.toml": RULES, "c.yaml": CURRICULUM}.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


INVENTED = {
    "check --data . c.yaml": (
        "error[NVQ399] Just one of 1 and 2: have 2 units, allowed 1, over by 1",
        "drop 2",
        "good: legal",
    ),
    "check --data . --certificate made.json c.yaml": ("under rules that no certificate can show",),
    "rules --data . -q invented --format csv": ('"just one of 1, 2"', "one (just one of 1, 3)"),
    "rules print --data . -q invented": ("| ☐ | one of a kind | 1, 2 |",),
    "explain NVQ399": ("Two are one too many.",),
    "explain 1 --data .": ("one of a kind",),
    "lint --data .": ("1 qualification in 2 files looked at\n",),
    "suggest --data . -q invented --with 2 --format csv": ("1,A,2,,Second", "1,A,3,,Third"),
    "count --data . -q invented": ("3\n",),
}


@pytest.mark.parametrize("command", INVENTED)
def test_a_new_kind_touches_nothing_but_its_file_kinds_and_codes(
    command: str, invented: Path
) -> None:
    printed = nvqplan(f"nvqplan {command}", invented, 200)
    assert [each for each in INVENTED[command] if each not in printed] == [], printed


@pytest.mark.usefixtures("invented")
def test_a_kind_knows_its_key() -> None:
    assert kinds.key_of(OneOf(("1",))) == "one_of"
    assert kind_at("one_of") is OneOf
    assert OneOf in all_kinds()
