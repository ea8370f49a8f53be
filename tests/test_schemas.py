"""The schemas accept what the readers accept, and nothing else: held against each other.

docs/schemas.md says where that ends; the tests at the end of this file pin each such place.
"""

import json
import re
from collections.abc import Collection, Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from nvqplan.authoring.proving import Proving
from nvqplan.certificates.shape import CERTIFICATE, NotACertificateError, parse_certificate
from nvqplan.checking.baseline import BASELINE, read_baseline
from nvqplan.checking.configuration import read_configuration
from nvqplan.checking.settings import SETTINGS
from nvqplan.core.curricula import Curriculum
from nvqplan.core.findings import Findings
from nvqplan.core.records import Record
from nvqplan.core.shapes import Shape
from nvqplan.core.sources import Sources
from nvqplan.core.units import MEASURES, squeeze
from nvqplan.reading.curriculum import APPROVAL, CURRICULUM, PATHWAY, read_curriculum
from nvqplan.reading.names_schema import curriculum_schema, proofs_schema
from nvqplan.reading.proofs import MIX, PROOFS, read_proofs
from nvqplan.reading.rulebook import read_rulebook, rulebook_schema
from nvqplan.reading.yaml_tree import read_yaml
from nvqplan.rules.lookup import find_qualification, find_units
from nvqplan.rules.qualification import Rulebook
from tests.readers import FULL_RULES, UNITS, as_json, book, read_book
from tests.rulebook_3412 import RULEBOOK
from tests.rulebooks import as_toml
from tests.small_rulebooks import ODD_BOOK, ODD_UNITS
from tests.tapes import cases
from tests.transcripts import ROOT, WRITE, nvqplan, run_command

CURRICULA = Draft202012Validator(curriculum_schema(RULEBOOK))
RULEBOOKS = Draft202012Validator(rulebook_schema(MEASURES))


class Raw(str):
    """Text that stands in a file as it is, without quotation marks."""

    __slots__ = ()


# What is kept where, and up to date


@pytest.mark.parametrize("name", ["curriculum", "rulebook", "proofs"])
def test_committed_schema_is_what_the_command_writes(name: str) -> None:
    path = ROOT / "schemas" / f"{name}.schema.json"
    written = nvqplan(f"nvqplan schema {name}")
    if WRITE:
        path.write_text(written, "utf-8")
    assert path.read_text("utf-8") == written
    Draft202012Validator.check_schema(json.loads(written))


def test_every_name_that_is_offered_has_a_title() -> None:
    for name in ("unit", "qualification"):
        *listed, spelt = curriculum_schema(RULEBOOK)["$defs"][name]["anyOf"]
        assert "pattern" in spelt
        assert len({(type(each["const"]), each["const"]) for each in listed}) == len(listed)
        assert all(each["title"] == str(each["const"]) and each["description"] for each in listed)


def test_schema_of_a_rulebook_needs_its_catalogue_only(tmp_path: Path) -> None:
    head, *rows = UNITS.splitlines()
    points = "\n".join((f"{head},points", *(f"{row},1" for row in rows)))
    (tmp_path / "units.csv").write_text(points, "utf-8")
    output, code = run_command(["schema", "rulebook", "--data", "."], tmp_path)
    assert code == 0
    assert "points" in json.loads(output)["$defs"]["rule"]["properties"]
    (tmp_path / "units.csv").write_text("unit;title\n", "utf-8")
    output, code = run_command(["schema", "rulebook", "--data", "."], tmp_path)
    assert code == 2
    assert "units.csv:1:1: error[NVQ402]" in output


def test_schemas_of_results_are_written_as_they_are_kept() -> None:
    kept = (ROOT / "schemas" / "explain.schema.json").read_text("utf-8")
    assert nvqplan("nvqplan schema explain") == kept
    output, code = run_command(["schema", "curiculum"])
    assert (code, "did you mean 'curriculum'?" in output) == (2, True)


# Curriculum files


def write_yaml(value: Any) -> str:
    """A value as YAML that our reader resolves to it again."""
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{write_yaml(k)}: {write_yaml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(write_yaml, value)) + "]"
    if isinstance(value, str):
        return '"' + "".join(map(_escaped, value)) + '"'
    return value.isoformat() if isinstance(value, date) else json.dumps(value)


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    code = ord(character)
    return character if 32 <= code < 127 else f"\\U{code:08x}"


REFUSED = {"NVQ105", "NVQ107", "NVQ108", "NVQ109", "NVQ201", "NVQ204"}
"""What structure and names are told by; all else is not the schema's business."""


def read_names(curriculum: Curriculum, rulebook: Rulebook, found: Findings) -> None:
    find_qualification(curriculum.qualification, rulebook, found)
    units = [*(curriculum.offer or ())]
    for pathway in curriculum.pathways:
        units += [*pathway.units, *pathway.held, *pathway.apl, *pathway.exempt]
    find_units(units, rulebook.catalogue, found)


def both(text: str, rulebook: Rulebook = RULEBOOK, schema: Any = CURRICULA) -> tuple[bool, bool]:
    """Whether the reader accepts a curriculum, and whether the schema does."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "curriculum.yaml"
        path.write_text(text, "utf-8")
        found = Findings()
        curriculum = read_curriculum(str(path), Sources(), found)
        if curriculum is not None:
            read_names(curriculum, rulebook, found)
    tree = read_yaml("", text, Findings())
    told = {each.code for each in found}
    assert told <= REFUSED | {"NVQ106"}, (told, text)
    return not told & REFUSED, tree is not None and schema.is_valid(as_json(tree))


VISIBLE = st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs", "Cn"])


def spellings(name: str) -> st.SearchStrategy[str]:
    """A UAN, QAN or id with other marks and other letter case."""
    letters = squeeze(name)
    marks = st.binary(min_size=len(letters) + 1, max_size=len(letters) + 1)
    return st.tuples(marks, st.sampled_from([str.lower, str.upper])).map(
        lambda drawn: drawn[1](
            "".join(
                ("", "", "/", " ")[byte % 4] + letter
                for byte, letter in zip(drawn[0], f"{letters} ", strict=True)
            )
        )
    )


CLEAR = [
    unit
    for unit in RULEBOOK.catalogue.units.values()
    if len(RULEBOOK.catalogue.named(unit.uan)) == 1
]
UNIT_NAMES: st.SearchStrategy[Any] = st.sampled_from(CLEAR).flatmap(
    lambda unit: (
        st.sampled_from(
            [
                int(unit.number),
                unit.number,
                Raw(f"3412-{unit.number}"),
                f" {unit.number}\t",
                f"\n3412-{unit.number}",
            ]
        )
        | spellings(unit.uan)
    )
)
QUALIFICATION_NAMES = st.sampled_from(RULEBOOK.qualifications).flatmap(
    lambda each: (
        st.sampled_from([*each.names, Raw(squeeze(each.qan))])
        | st.sampled_from(each.names).flatmap(spellings)
    )
)
ODD: st.SearchStrategy[Any] = st.sampled_from(
    [
        *(
            "",
            " ",
            "\t",
            "101",
            "999",
            "final",
            "draft",
            "l3-diploma",
            "l3-diploma\n",
            "next autumn",
        ),
        *(0, 17, -1, 101, 999, 1_000_000, 1_000_001, 10**30, 1.5, True, False, None),
        *([], {}, [[]], [{}], [None], [101], [""], {"units": []}, {"a": {"units": [101]}}),
        *map(
            Raw, ("0112", "3412-04", "3412-999", "1:30", "2026-02-30", "2026-13-01", "0000-01-01")
        ),
        *map(Raw, ("2026-9-1", "2026-09-01 10:00:00", "~", "yes", "off", ".inf", ".nan", "1_000")),
    ]
) | st.text(VISIBLE, max_size=3).filter(lambda text: text != "<<")
KEYS = st.sampled_from(
    [
        *CURRICULUM.keys,
        *PATHWAY.keys,
        *APPROVAL.keys,
        "unit",
        "level",
        "glh",
        "pathway",
        "unit",
        "",
        " ",
        "x",
        "centre ",
    ]
)


LINE = st.text(VISIBLE.filter(str.isprintable)).map(lambda text: f"a{text}")
APPROVALS = st.fixed_dictionaries(
    {
        "rule": st.sampled_from(["level", "total", "no rule", 7]),
        "reason": LINE,
        "by": LINE,
        "until": st.dates(),
    }
)


LEARNERS = st.dictionaries(
    st.sampled_from(["role", "hours", "x y"]),
    st.sampled_from(["agent", 7, True, 1.5, Raw("3412-04")]),
)
IMPORTS = st.fixed_dictionaries(
    {
        "unit": st.sampled_from(["X/123/4567", 901, Raw("X/1")]),
        "level": st.integers(0, 9),
        "credits": st.integers(0, 1_000_000),
        "glh": st.integers(0, 90),
    },
    optional={"title": LINE, "points": st.integers(0, 9)},
)


@st.composite
def curricula(draw: st.DrawFn) -> dict[str, Any]:
    """A curriculum without a fault of structure or of names."""
    units = st.lists(UNIT_NAMES, max_size=4)
    pathway = st.fixed_dictionaries(
        {"units": units},
        optional={
            "status": st.sampled_from(["final", "draft", Raw("draft")]),
            "held": units,
            "apl": units,
            "exempt": units,
            "learners": LEARNERS,
            "imported": st.lists(IMPORTS, max_size=2),
            "exceptions": st.lists(APPROVALS, max_size=2),
        },
    )
    names = st.text(VISIBLE, max_size=4).filter(lambda name: name != "<<")
    return draw(
        st.fixed_dictionaries(
            {
                "qualification": QUALIFICATION_NAMES,
                "pathways": st.dictionaries(names, pathway, min_size=1, max_size=3),
            },
            optional={
                "centre": LINE,
                "registered": st.dates() | st.sampled_from([date(2000, 2, 29), date(1, 1, 1)]),
                "youngest": st.integers(0, 1_000_000),
                "learners": LEARNERS,
                "offer": units,
            },
        )
    )


def slots(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every member of a tree of lists and mappings, as its container and its key."""
    members = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, member in list(members):
        yield value, key
        yield from slots(member)


@st.composite
def spoilt(
    draw: st.DrawFn, whole: Any, odd: st.SearchStrategy[Any], keys: st.SearchStrategy[str]
) -> Any:
    """A tree in which up to three members are replaced, left out, renamed or added."""
    whole = deepcopy(whole)
    for _ in range(draw(st.integers(1, 3))):
        places = list(slots(whole))
        if not places:
            break
        container, key = draw(st.sampled_from(places))
        match draw(st.sampled_from(["replace", "replace", "leave out", "rename", "add"])):
            case "replace":
                container[key] = deepcopy(draw(odd))
            case "leave out":
                del container[key]
            case "rename" if isinstance(container, dict):
                container[draw(keys)] = container.pop(key)
            case "add" if isinstance(container, dict):
                container.setdefault(draw(keys), deepcopy(draw(odd)))
            case _:
                container.append(deepcopy(draw(odd))) if isinstance(container, list) else None
    return whole


def has_stray_date(whole: Any, keys: Collection[str]) -> bool:
    """Whether a date stands where text belongs: JSON has no dates, so a schema lets it pass."""
    return any(isinstance(each[key], date) and key not in keys for each, key in slots(whole))


@cases(100)
@given(curricula())
def test_curriculum_without_fault_is_accepted_by_both(whole: dict[str, Any]) -> None:
    assert both(write_yaml(whole)) == (True, True)


@cases(400)
@given(curricula().flatmap(lambda whole: spoilt(whole, ODD, KEYS)) | ODD)
def test_spoilt_curriculum_is_judged_alike(whole: Any) -> None:
    assume(not has_stray_date(whole, {"registered", "until"}))
    reader, schema = both(write_yaml(whole))
    assert reader == schema, write_yaml(whole)


def test_names_that_look_like_something_else_are_judged_alike(tmp_path: Path) -> None:
    rulebook, found = read_book(tmp_path, ODD_BOOK, ODD_UNITS)
    assert list(found) == []
    assert rulebook is not None
    schema = Draft202012Validator(curriculum_schema(rulebook))
    names = "7 77-7 77-0112 12-3 77-12-3 0112 112 101.5 101.50 123456 123/456 X/1 x1 same x.y+z"
    names += " xxyz NO no 1e3 1000 77 77-01 77-1 1234 99 ODD odd o/dd other OTHER 12-99"
    seen = set()
    for name in names.split():
        for written in (
            (write_yaml(name), name) if name not in ("NO", "101.50") else (write_yaml(name),)
        ):
            for text in (
                f'{{"qualification": other, "pathways": {{"a": {{"units": [{written}]}}}}}}',
                f'{{"qualification": {written}, "pathways": {{"a": {{"units": []}}}}}}',
            ):
                reader, accepted = both(text, rulebook, schema)
                assert reader == accepted, text
                seen.add(reader)
    assert seen == {True, False}


# Where the border is: what JSON does not know, told in docs/schemas.md


def curriculum_of(key: str, value: str) -> str:
    return f"qualification: l1-award\n{key}: {value}\npathways: {{a: {{units: [101]}}}}\n"


@pytest.mark.parametrize(
    "text",
    [
        curriculum_of("registered", '"2026-09-01"'),
        curriculum_of("centre", "2026-09-01"),
        curriculum_of("centre", '"a\\U000e0001"'),
        curriculum_of("centre", '"a\\u0378"'),
        curriculum_of("youngest", "17.0"),
        "qualification: l1-award\npathways: {a: {units: [+101]}}\n",
        "qualification: l1-award\npathways: {a: {units: [101.0]}}\n",
    ],
)
def test_schema_lets_pass_what_json_cannot_tell_apart(text: str) -> None:
    assert both(text) == (False, True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "qualification: l1-award\nqualification: l1-award\npathways: {a: {units: [101]}}\n",
            "NVQ106",
        ),
        ("qualification: l1-award\npathways: {a: {units: &b [101]}}\n", "NVQ110"),
        ("qualification: l1-award\npathways: {a: {units: [101]}}\n---\n", "NVQ104"),
        ("qualification: l1-award\npathways: {a: {units: [!!int 101]}}\n", "NVQ110"),
    ],
)
def test_yaml_itself_is_the_readers_business(text: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text(text, "utf-8")
    found = Findings()
    read_curriculum(str(tmp_path / "c.yaml"), Sources(), found)
    assert {each.code for each in found} == {code}


def test_merge_key_is_refused_as_a_pathway_by_both() -> None:
    whole = {"qualification": "l1-award", "pathways": {"<<": {"units": [101]}}}
    assert not CURRICULA.is_valid(whole)
    assert CURRICULA.is_valid({**whole, "pathways": {"<": {"units": [101]}}})


@pytest.mark.parametrize(
    "path", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda path: path.stem
)
def test_examples_are_judged_alike(path: Path) -> None:
    reader, schema = both(path.read_text("utf-8"))
    assert reader == schema


# Proofs


PROOF_SCHEMA = Draft202012Validator(proofs_schema(RULEBOOK))
TERMS = {
    "qualification": QUALIFICATION_NAMES,
    "registered": st.dates(),
    "age": st.integers(0, 1_000_000),
    "reading": st.sampled_from(["printed", "intended"]),
    "learners": LEARNERS,
}
OF_MIX = {
    **dict.fromkeys(("held", "apl", "exempt"), st.lists(UNIT_NAMES, max_size=2)),
    "imported": st.lists(IMPORTS, max_size=2),
}
KEYS_IN_PROOFS = st.sampled_from([*PROOFS.keys, *MIX.keys, "mix", "rule", "", " ", "x"])


@st.composite
def proofs(draw: st.DrawFn) -> dict[str, Any]:
    """A file of proofs without a fault of structure or of names."""
    whole: dict[str, Any] = draw(st.fixed_dictionaries({}, optional=TERMS))
    rules = st.lists(st.sampled_from(["level", "total", "x"]), min_size=1, max_size=3)
    label = st.fixed_dictionaries({"legal": st.just(True)}) | st.fixed_dictionaries(
        {"illegal": rules}
    )
    units = {"units": st.lists(UNIT_NAMES, max_size=4)}
    names = st.text(VISIBLE, max_size=4).filter(lambda name: name != "<<")
    mixes = {}
    for name in draw(st.sets(names, min_size=1, max_size=3)):
        mix: dict[str, Any] = draw(st.fixed_dictionaries(units, optional=TERMS | OF_MIX))
        if "qualification" not in whole:
            mix["qualification"] = draw(QUALIFICATION_NAMES)
        mixes[name] = {**mix, **draw(label)}
    return {**whole, "mixes": mixes}


def both_of_proofs(text: str) -> tuple[bool, bool]:
    """Whether the reader of proofs accepts a file, and whether the schema does."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "proofs.yaml"
        path.write_text(text, "utf-8")
        found = Findings()
        checked = Proving(RULEBOOK).file(read_proofs(str(path), Sources(), found), found)
    tree = read_yaml("", text, Findings())
    codes = {each.code for each in checked.all_findings}
    beyond = "NVQ106 NVQ202 NVQ203 NVQ206 NVQ207 NVQ208 NVQ210 NVQ211 NVQ441 NVQ444"
    assert codes <= REFUSED | {*beyond.split()}, text
    return not codes & REFUSED, tree is not None and PROOF_SCHEMA.is_valid(as_json(tree))


@cases(100)
@given(proofs())
def test_proofs_without_fault_are_accepted_by_both(whole: dict[str, Any]) -> None:
    assert both_of_proofs(write_yaml(whole)) == (True, True)


@cases(300)
@given(proofs().flatmap(lambda whole: spoilt(whole, ODD, KEYS_IN_PROOFS)) | ODD)
def test_spoilt_proofs_are_judged_alike(whole: Any) -> None:
    assume(not has_stray_date(whole, {"registered"}))
    reader, schema = both_of_proofs(write_yaml(whole))
    assert reader == schema, write_yaml(whole)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "data" / "proofs").glob("*.yaml")), ids=lambda path: path.stem
)
def test_proofs_of_3412_fit_their_schema(path: Path) -> None:
    assert both_of_proofs(path.read_text("utf-8")) == (True, True)


# Rulebooks


def write_toml(whole: dict[str, Any]) -> str:
    return "\n".join(f"{json.dumps(key)} = {as_toml(value)}" for key, value in whole.items())


def read_rules(text: str) -> Findings:
    with TemporaryDirectory() as folder:
        (Path(folder) / "rules.toml").write_text(text, "utf-8")
        (Path(folder) / "units.csv").write_text(UNITS, "utf-8")
        found = Findings()
        read_rulebook(folder, Sources(), found)
    return found


BEYOND = re.compile(
    "is in no group|is not in the catalogue|stands twice|is already in group"
    "|^unknown (group|topic) |^there is no (unit|qualification) .* to correct|is more than at_most"
    "|^no level is at least|^no registration date fits|asks for its .* credits in all"
    "|is said to be absent|^unknown measure |^there are . groups called |under two caps of one sum"
    "|^this cap is of no unit|stands on both sides|^at_least .* is more than the|^this is .* sums"
    "|is more than the whole|is in another equivalent set|^'valid' begins on"
    "|^unknown (attribute|figure|status|role|site) |is declared twice|takes no imported units",
    re.DOTALL,
)
"""What a rulebook says of its own names and figures: docs/schemas.md lists it."""


def plain_rules() -> dict[str, Any]:
    """A rulebook in which everything occurs, as plain data."""
    import tomllib

    whole = tomllib.loads(FULL_RULES)
    whole["qualification"][0]["credits"] = 0
    whole["qualification"][0]["sums"]["A"] = {"credits": 5, "units": 1}
    return whole


ODD_IN_RULES: st.SearchStrategy[Any] = st.sampled_from(
    [
        *("", " ", "101", "sales", "B", "next autumn", "two\nlines", "a\u00a0b"),
        *(0, 1, 16, -1, 1_000_000, 1_000_001, 1.5, True, False),
        *(
            [],
            {},
            [[]],
            [[], []],
            [{}],
            ["101"],
            ["101", "102"],
            [["101", "102"]],
            [101],
            [1, True],
        ),
        *({"at_least": 1}, {"at_most": 1}, {"exactly": 1}, {"exactly": 1, "at_least": 1}),
        *({"of": {}, "at_least": 1}, {"of": ["101"]}, {"of": "101", "at_most": 1}),
        *({"units": 2, "glh": 10}, {"units": -1}, {"credits": 5}),
        *({"registered": {}}, {"registered": {"on": date(2017, 7, 1)}}, {"group": []}),
    ]
)
KEYS_IN_RULES = st.sampled_from(
    [
        *("id", "title", "number", "qan", "level", "credits", "source", "groups", "rule", "remark"),
        "sums",
        *(
            "says",
            "when",
            "intended",
            "why",
            "mandatory",
            "barred",
            "requires",
            "age",
            "units",
            "glh",
        ),
        *("of", "absent", "at_least", "at_most", "exactly", "group", "topic", "registered", "on"),
        *("valid", "verified", "from", "until", "by", "attributes", "figures", "imported"),
        *("status", "role", "learner"),
        *("before", "unit", "qualification", "field", "printed", "correction", "x"),
    ]
)


def test_rulebook_without_fault_is_accepted_by_both() -> None:
    for text in (FULL_RULES, book(), (ROOT / "data" / "rules.toml").read_text("utf-8")):
        import tomllib

        tree = json.loads(json.dumps(tomllib.loads(text), default=date.isoformat))
        assert RULEBOOKS.is_valid(tree)
    assert list(read_rules(write_toml(plain_rules()))) == []


@cases(500)
@given(spoilt(plain_rules(), ODD_IN_RULES, KEYS_IN_RULES))
def test_spoilt_rulebook_is_judged_alike(whole: dict[str, Any]) -> None:
    assume(not has_stray_date(whole, {"before", "until", "on", "from", "after"}))
    text = write_toml(whole)
    told = [each.message for each in read_rules(text)]
    beyond = [message for message in told if BEYOND.search(message)]
    accepted = RULEBOOKS.is_valid(json.loads(json.dumps(whole, default=date.isoformat)))
    if accepted:
        assert told == beyond, text
    else:  # of a set that names an unknown unit nothing else is told
        assert told != beyond or any(re.search("in a (barred )?set", each) for each in told), text


# Settings, baselines and certificates, whose schemas nobody has asked for yet


def is_valid(shape: Record | Shape[Any], whole: Any) -> bool:
    return Draft202012Validator(shape.schema({})).is_valid(whole)


PLAIN: st.SearchStrategy[Any] = st.sampled_from(
    [
        *("", " ", "x", "printed", "NVQ301", "error", "2026-02-30", "2026-09-01", "two\nlines"),
        *(0, 1, 17, -1, 1.5, True, False, [], {}, [[]], ["NVQ3", "x"], {"a.yaml": []}),
    ]
)
WHOLE_SETTINGS = {"data": "d", "reading": "printed", "select": ["NVQ3"], "ignore": ["NVQ305"]}
WHOLE_SETTINGS |= {"fail-on": "warning", "baseline": "b.json"}
ENTRY = {"code": "NVQ301", "pathway": "a", "subject": "level", "fingerprint": "0f"}
WHOLE_BASELINE = {"version": 1, "files": {"a.yaml": [ENTRY, {**ENTRY, "fingerprint": "1f"}]}}
WHOLE_CERTIFICATE = json.loads(
    (ROOT / "tests" / "cases" / "certificates" / "bakery.json").read_text("utf-8")
)


@cases(150)
@given(spoilt(WHOLE_SETTINGS, PLAIN, st.sampled_from([*SETTINGS.keys, "x"])))
def test_spoilt_settings_are_judged_alike(whole: dict[str, Any]) -> None:
    sources, found = Sources(), Findings()
    sources.stage("nvqplan.toml", write_toml(whole).encode() or b"\n")
    read_configuration("nvqplan.toml", sources, found)
    accepted = {each.code for each in found} <= {"NVQ113"}  # of codes that there are not
    assert accepted == is_valid(SETTINGS, whole)


@cases(150)
@given(spoilt(WHOLE_BASELINE, PLAIN | st.none(), st.sampled_from([*ENTRY, *BASELINE.keys, "x"])))
def test_spoilt_baseline_is_judged_alike(whole: Any) -> None:
    sources, found = Sources(), Findings()
    sources.stage("b.json", json.dumps(whole).encode())
    accepted = read_baseline("b.json", sources, found) is not None
    assert accepted == (not list(found)) == is_valid(BASELINE, whole)


@cases(150)
@given(spoilt(WHOLE_CERTIFICATE, PLAIN | st.none(), st.sampled_from(["id", "units", "have", "x"])))
def test_spoilt_certificate_is_judged_alike(whole: dict[str, Any]) -> None:
    version = whole.get("certificate")
    assume(version == 1 or type(version) is not int)
    try:
        parse_certificate(json.dumps(whole))
    except NotACertificateError:
        assert not is_valid(CERTIFICATE, whole)
    else:
        assert is_valid(CERTIFICATE, whole)
