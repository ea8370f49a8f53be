"""The house keeps its budgets: small files, short functions, and nothing of any one machine."""

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

from nvqplan.cli.main import EVERY
from nvqplan.cli.writers import FINDINGS, WRITERS, find_writer
from tests import house
from tests.transcripts import ROOT

MODULES = sorted((ROOT / "nvqplan").rglob("*.py"))
TEXTS = sorted(
    path
    for folder in (
        "nvqplan",
        "tests",
        "examples",
        "benchmarks",
        "data",
        "requirements",
        "schemas",
        ".ci",
    )
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".py", ".md", ".toml", ".csv", ".yaml", ".txt", ".out", ".json", ""}
    and path.is_file()
)


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    tree = ast.parse(path.read_text("utf-8"))
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def length(function: ast.FunctionDef) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


def test_no_file_and_no_function_is_longer_than_can_be_read_at_once() -> None:
    """An alarm and no architect: a file ends where its subject ends, most of them long before."""
    files = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in MODULES
    }
    assert {name: lines for name, lines in files.items() if lines > 400} == {}
    lengths = {(path.name, f.name): length(f) for path in MODULES for f in functions(path)}
    assert {name: lines for name, lines in lengths.items() if lines > 50} == {}
    assert statistics.median(lengths.values()) < 15


def test_a_command_is_at_most_30_lines_its_options_and_help_not_counted() -> None:
    bodies = {
        path.name: body(f) for path in MODULES for f in functions(path) if f.name == "command"
    }
    assert len(bodies) == len(EVERY)
    assert {name: lines for name, lines in bodies.items() if lines > 30} == {}


def body(function: ast.FunctionDef) -> int:
    """The lines of a function behind its signature and its docstring."""
    return (function.end_lineno or 0) - (function.body[0].end_lineno or 0)


def test_every_row_of_the_table_of_writers_is_of_a_command_and_names_what_there_is() -> None:
    for command, format in WRITERS:
        assert command in (*EVERY, FINDINGS)
        assert callable(find_writer(command, format))


def test_the_house_is_small_and_few_walls_are_crossed() -> None:
    crossing = [each for each in house.imports() if each.crosses]
    assert len(house.files()) <= 190
    assert house.lines() <= 23_500
    assert len(house.folders()) <= 20
    assert len(crossing) <= 450


def test_nothing_lies_loose_at_the_top() -> None:
    loose = {path.name for path in house.files() if path.parent == Path()}
    assert loose == {"__init__.py", "__main__.py", "api.py"}


def test_every_folder_says_in_one_sentence_what_it_answers_for() -> None:
    for folder in house.folders():
        tree = ast.parse((house.PACKAGE / folder / "__init__.py").read_text("utf-8"))
        sentence = (ast.get_docstring(tree) or "").partition("\n\n")[0]
        assert sentence.endswith("."), folder


def test_a_type_name_means_one_thing() -> None:
    """Classes and aliases; an option is no type, and is called as people write it."""
    places: dict[str, list[str]] = {}
    for path in MODULES:
        for name in types(ast.parse(path.read_text("utf-8"))):
            places.setdefault(name.lstrip("_"), []).append(path.name)
    assert {name: files for name, files in places.items() if len(files) > 1} == {}


NO_TYPE = re.compile(r"TypeVar\(|Annotated\[")


def types(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign) and not NO_TYPE.match(ast.unparse(node.value)):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            yield from (name for name in names if re.match(r"_?[A-Z]\w*[a-z]", name))


def test_nothing_in_the_repository_is_of_one_machine() -> None:
    foreign = re.compile(r"/work/|/root/|/home/\w|\bfile://|https?://(?:\d|localhost|[\w.]*pypi)")
    named = {
        str(path.relative_to(ROOT))
        for path in TEXTS
        if path != Path(__file__) and foreign.search(path.read_text("utf-8", "replace"))
    }
    assert named == set()


def test_no_type_or_lint_complaint_is_silenced_without_a_reason() -> None:
    silenced = re.compile(r"# (?:type: ignore|noqa)(?!.* - )")
    assert [path.name for path in MODULES if silenced.search(path.read_text("utf-8"))] == []


def test_only_today_reads_the_clock_and_nothing_the_network() -> None:
    reads = re.compile(
        r"\.today\(|\.now\(|\btime\.\w+\(|^\s*(?:import|from) (?:socket|urllib|http)\b",
        re.MULTILINE,
    )
    assert [path.name for path in MODULES if reads.search(path.read_text("utf-8"))] == [
        "options.py"
    ]


def test_documents_are_written_key_by_key() -> None:
    by_field_names = re.compile(
        r"\._asdict\b|\._fields\b|\bgetattr\((?!import_module|signal|self)\w+, \w"
    )
    named = {path.name for path in MODULES if by_field_names.search(path.read_text("utf-8"))}
    assert named == {"values.py"}  # where fields are made


def test_no_files_import_each_other() -> None:
    assert house.circles() == ()


def test_no_test_module_is_imported_by_another() -> None:
    """What tests share stands in modules that hold no test, where others look for it."""
    imports = re.compile(r"^\s*(?:from|import) tests(?:\.| import )test_", re.MULTILINE)
    tests = sorted((ROOT / "tests").glob("*.py"))
    assert [path.name for path in tests if imports.search(path.read_text("utf-8"))] == []
