"""rules.toml and units.csv together: a rulebook that is whole, or findings that say why not."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from nvqplan.core.fields import (
    as_list,
    as_mapping,
    as_name,
    as_names,
    as_whole,
    check_known,
    text_of,
)
from nvqplan.core.findings import Findings, Located
from nvqplan.core.names import did_you_mean
from nvqplan.core.sources import Sources
from nvqplan.core.units import GROUP_MARK, Catalogue, Declared, Offering, by_number
from nvqplan.reading import declarations
from nvqplan.reading.catalogue import read_catalogue
from nvqplan.reading.declarations import read_declared, read_imports
from nvqplan.reading.toml_tree import read_toml
from nvqplan.rules.filters import Filter
from nvqplan.rules.kinds import keys_of_mixes, parse_kind, read_alike
from nvqplan.rules.learner import ALWAYS, parse_when
from nvqplan.rules.qualification import Correction, Qualification, Remark, Rulebook
from nvqplan.rules.questions import MOST
from nvqplan.rules.rule import Rule, parse_rule
from nvqplan.rules.vouching import KEYS as VOUCHING
from nvqplan.rules.vouching import parse_provenance

REQUIRED = ("id", "title", "number", "qan", "level", "credits", "source", "groups", "rule")
KEYS = (*REQUIRED, "sums", "remark", "imported", *VOUCHING, *declarations.KEYS)

FILES = ("units.csv", "rules.toml")
"""What a folder with a rulebook holds: its catalogue, its rules."""

CORRECTION_TEXTS = ("field", "printed", "intended", "why")


def find_data() -> str:
    """The folder of the rulebook that comes with nvqplan: in the wheel, else in the checkout."""
    package = Path(__file__).parent.parent
    packed = package / "_data"
    return str(packed if packed.is_dir() else package.parent / "data")


def read_rulebook(folder: str, sources: Sources, found: Findings) -> Rulebook | None:
    """The rulebook of a folder; None where anything in it is at fault, all of which is found."""
    problems = len(found)
    units_path, rules_path = (str(Path(folder) / name) for name in FILES)
    units_text = sources.read(units_path, found)
    catalogue = None if units_text is None else read_catalogue(units_path, units_text, found)
    rules_text = sources.read(rules_path, found)
    root = None if rules_text is None else read_toml(rules_path, rules_text, found)
    if root is None or catalogue is None or not catalogue.units:
        return None
    rulebook = _read_root(rules_path, root, catalogue, found)
    return rulebook if len(found) == problems else None


def _read_root(path: str, root: Located, catalogue: Catalogue, found: Findings) -> Rulebook:
    members = as_mapping(root, "a rulebook", found)
    known_here = ("qualification", "correction", *declarations.KEYS)
    check_known(members, known_here, "a rulebook", "NVQ401", found)
    declared = read_declared(members, Declared(), found)
    qualifications = [
        _read_qualification(each, catalogue, declared, found)
        for each in _tables(members, "qualification", found)
    ]
    if not qualifications:
        found.add(root, "NVQ401", "a rulebook needs at least one [[qualification]]")
    _tell_twice([(each.id, each.place) for each in qualifications], "qualification", found)
    ids = tuple(each.id for each in qualifications)
    known = {"unit": tuple(catalogue.units), "qualification": ids}
    corrections = tuple(
        _read_correction(each, known, found) for each in _tables(members, "correction", found)
    )
    schemes = dict.fromkeys(each.number.rpartition("-")[0] for each in qualifications)
    known_as = replace(catalogue, schemes=tuple(filter(None, schemes)))
    return Rulebook(path, known_as, tuple(qualifications), corrections)


def _read_qualification(
    node: Located, catalogue: Catalogue, above: Declared, found: Findings
) -> Qualification:
    problems = len(found)
    members = as_mapping(node, "a qualification", found)
    check_known(members, KEYS, "a qualification", "NVQ401", found)
    id, title, source = (
        text_of(members, key, node, "a qualification", found) for key in ("id", "title", "source")
    )
    number, qan = (_name(members, key, node, found) for key in ("number", "qan"))
    level, credits = (_whole(members, key, node, found) for key in ("level", "credits"))
    rule_tables = _tables(members, "rule", found)
    offering = _read_offering(members, node, catalogue, found)
    offering = replace(
        offering,
        declared=read_declared(members, above, found),
        imports_to=read_imports(members, offering.group_names, found),
        alike=read_alike(rule_tables, offering, found),
    )
    vouched = parse_provenance(members, found)
    parsed = [parse_rule(each, source, offering, found, vouched) for each in rule_tables]
    rules = tuple(rule for rule in parsed if rule is not None)
    if not rules:
        found.add(node, "NVQ401", f"the qualification '{id}' has no rule")
    elif len(found) == problems and credits and not _has_total(rules, credits):
        message = f"no rule of '{id}' asks for its {credits} credits in all"
        help = (
            f"add credits = {{ at_least = {credits} }}, or say credits = 0 where there is no total"
        )
        found.add(members["credits"], "NVQ401", message, help)
    _tell_twice([(rule.id, rule.place) for rule in rules], "rule", found)
    remarks = _read_remarks(members, offering, found)
    sums = _read_sums(members, offering, found)
    read = Qualification(
        *(id, title, number, qan, level, credits, source, offering, rules, remarks, node),
        sums,
        vouched,
    )
    if len(found) == problems and read.questions.kinds_of_learners > MOST:
        message = f"the rules of '{id}' tell over {MOST} kinds of learners apart"
        found.add(node, "NVQ401", message, "ask for fewer attributes, or in fewer ways")
    return read


def _has_total(rules: tuple[Rule, ...], credits: int) -> bool:
    """Whether some rule, whoever the learner, asks for so many credits of all units."""
    return any(
        (summed.measure, summed.of, summed.at_least) == ("credits", Filter(), credits)
        for rule in rules
        if rule.when == ALWAYS and (summed := rule.printed.as_sum)
    )


def _read_offering(
    members: Mapping[str, Located], node: Located, catalogue: Catalogue, found: Findings
) -> Offering:
    """The groups of a qualification; a unit stands in one of them."""
    groups: dict[str, str] = {}
    if "groups" not in members:
        found.add(node, "NVQ401", "a qualification needs groups")
    else:
        for name, listed in _walk_groups(members["groups"], "groups", "", found):
            for each in as_names(listed, f"group {name}", found):
                if each.text not in catalogue.units:
                    help = did_you_mean(each.text, catalogue.units, len(found))
                    message = f"unit '{each.text}' of group {name} is not in the catalogue"
                    found.add(each, "NVQ401", message, help)
                elif each.text in groups:
                    other = groups[each.text]
                    found.add(each, "NVQ401", f"unit '{each.text}' is already in group {other}")
                else:
                    groups[each.text] = name
    numbers = sorted(groups, key=by_number)
    units = {number: catalogue.units[number] for number in numbers}
    return Offering(units, {number: groups[number] for number in numbers}, catalogue.measures)


def _walk_groups(
    node: Located, what: str, above: str, found: Findings
) -> Iterator[tuple[str, Located]]:
    """Every group that lists units, by the whole way to it; one that holds groups lists none."""
    for name, inside in as_mapping(node, what, found).items():
        group = above + name
        if GROUP_MARK in name:
            message = f"'{name}': the name of a group must not hold '{GROUP_MARK}'"
            help = (
                f"groups.B.B1 = […] is the group B1 of B, and rules may call it 'B{GROUP_MARK}B1'"
            )
            found.add(inside.key, "NVQ401", message, help)
        elif inside.value in ([], {}):
            found.add(inside, "NVQ401", f"group {group} lists no unit")
        elif isinstance(inside.value, dict):
            yield from _walk_groups(inside, f"group {group}", group + GROUP_MARK, found)
        else:
            yield group, inside


def _read_sums(
    members: Mapping[str, Located], offering: Offering, found: Findings
) -> dict[str, dict[str, int]]:
    """The sums of whole groups as the print declares them, be they right or wrong."""
    sums = {}
    if "sums" in members:
        declared = as_mapping(members["sums"], "sums", found)
        for name, node in declared.items():
            if name not in offering.group_names:
                known = f"known: {', '.join(offering.group_names)}"
                help = did_you_mean(name, offering.group_names, len(found)) or known
                found.add(node.key, "NVQ401", f"unknown group '{name}' in sums", help)
            sums[name] = _read_sum(node, f"the sum of group {name}", offering, found)
    return sums


def _read_sum(node: Located, what: str, offering: Offering, found: Findings) -> dict[str, int]:
    """`12` credits, or `{ points = 20, units = 5 }`."""
    if not isinstance(node.value, dict):
        return {"credits": as_whole(node, what, found) or 0}
    if not node.value:
        found.add(node, "NVQ401", f"{what} names no measure")
    check_known(node.value, offering.measures, what, "NVQ401", found)
    return {
        measure: as_whole(each, what, found) or 0
        for measure, each in node.value.items()
        if measure in offering.measures
    }


def _read_remarks(
    members: Mapping[str, Located], offering: Offering, found: Findings
) -> tuple[Remark, ...]:
    tables = _tables(members, "remark", found)
    remarks = tuple(_read_remark(each, offering, found) for each in tables)
    named = [(each.id, node) for each, node in zip(remarks, tables, strict=True) if each]
    _tell_twice(named, "remark", found)
    return tuple(remark for remark in remarks if remark is not None)


def _read_remark(node: Located, offering: Offering, found: Findings) -> Remark | None:
    members = as_mapping(node, "a remark", found)
    id, says = (text_of(members, key, node, "a remark", found) for key in ("id", "says"))
    declared = offering.declared
    when = parse_when(members["when"], declared, found) if "when" in members else ALWAYS
    keys = keys_of_mixes(offering)
    kind = parse_kind(members, node, ("id", "says", "when"), keys, offering, found)
    return Remark(id, says, when, kind) if kind else None


def _read_correction(
    node: Located, known: Mapping[str, tuple[str, ...]], found: Findings
) -> Correction:
    """A slip of the print; `known` are the subjects that it may be of, by key."""
    members = as_mapping(node, "a correction", found)
    check_known(members, (*known, *CORRECTION_TEXTS), "a correction", "NVQ401", found)
    subjects = [members[key] for key in known if key in members]
    if len(subjects) != 1:
        found.add(node, "NVQ401", "a correction is of one unit or of one qualification")
    for key in known:
        name = as_name(members[key], key, found) if key in members else None
        if name is not None and name not in known[key]:
            help = did_you_mean(name, known[key], len(found))
            found.add(members[key], "NVQ401", f"there is no {key} '{name}' to correct", help)
    field, printed, intended, why = (
        text_of(members, key, node, "a correction", found) for key in CORRECTION_TEXTS
    )
    subject = subjects[0].text if subjects else ""
    return Correction(subject, field, printed, intended, why, node)


def _tables(members: Mapping[str, Located], key: str, found: Findings) -> list[Located]:
    if key in members and isinstance(members[key].value, dict):
        found.add(members[key], "NVQ401", f"{key} is a list of tables", f"write it as [[{key}]]")
        return []
    return as_list(members[key], key, found) if key in members else []


def _tell_twice(named: list[tuple[str, Located]], what: str, found: Findings) -> None:
    seen: set[str] = set()
    for name, place in named:
        if name in seen:
            found.add(place, "NVQ401", f"the {what} '{name}' stands twice")
        seen.add(name)


def _name(members: Mapping[str, Located], key: str, node: Located, found: Findings) -> str:
    """A number or a QAN; "" stands for none."""
    if key in members and members[key].value == "":
        return ""
    return text_of(members, key, node, "a qualification", found)


def _whole(members: Mapping[str, Located], key: str, node: Located, found: Findings) -> int:
    if key not in members:
        found.add(node, "NVQ401", f"a qualification needs '{key}'")
        return 0
    return as_whole(members[key], key, found) or 0
