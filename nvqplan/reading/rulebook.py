"""rules.toml and units.csv together: a rulebook that is whole, or findings that say why not."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from nvqplan.core.atoms import NAME, NODE, TEXT, WHOLE
from nvqplan.core.findings import Findings, Located
from nvqplan.core.records import RULES, Key, Members, Record, document_schema, one_of_keys
from nvqplan.core.shapes import Schema, Shape, Spot, either, list_of, map_of, ref
from nvqplan.core.sources import Sources, find_brought
from nvqplan.core.units import GROUP_MARK, IMPORTED, Catalogue, Declared, Offering, by_number
from nvqplan.core.validity import PROVENANCE, provenance_of
from nvqplan.core.words import did_you_mean
from nvqplan.reading import declarations
from nvqplan.reading.catalogue import read_catalogue
from nvqplan.reading.declarations import declared_in
from nvqplan.reading.toml_tree import read_toml
from nvqplan.rules.filters import Filter, groups_in
from nvqplan.rules.kinds import keys_of_mixes, kind_in, one_kind, read_alike
from nvqplan.rules.learner import ALWAYS, when_in
from nvqplan.rules.qualification import Correction, Particulars, Qualification, Remark, Rulebook
from nvqplan.rules.questions import MOST
from nvqplan.rules.rule import ID, SAYS, Rule, read_rule, rule_in

FILES = ("units.csv", "rules.toml")
"""What a folder with a rulebook holds: its catalogue, its rules."""


def _tables(name: str, least: int = 0) -> Shape[tuple[Located, ...]]:
    """A list of tables, each written `[[so]]` and read further on."""
    tables = list_of(ref(name, NODE))

    def read(node: Located, what: str, found: Findings) -> tuple[Located, ...] | None:
        if isinstance(node.value, dict):
            found.add(node, "NVQ401", f"{what} is a list of tables", f"write it as [[{what}]]")
            return None
        return tables.read(node, what, found)

    return Shape(read, tables.stating(minItems=least).schema if least else tables.schema)


def _read_optional(node: Located, what: str, found: Findings) -> str | None:
    return "" if node.value == "" else TEXT.read(node, what, found)


_OPTIONAL = Shape(_read_optional, lambda _: {"anyOf": [{"const": ""}, TEXT.schema(_)]})
"""A number or a QAN; "" stands for none."""

Grouped = tuple[tuple[str, Located], ...]
"""Units, each behind the whole way to its group."""


def _groups_in(above: str = "") -> Shape[Grouped]:
    """The groups of a qualification or of a group, which lists units or holds groups."""

    def make(groups: dict[str, Located], at: Spot) -> Grouped:
        return tuple(each for name, node in groups.items() for each in inside(name, node, at))

    def inside(name: str, node: Located, at: Spot) -> Iterable[tuple[str, Located]]:
        group = above + name
        if GROUP_MARK in name:
            message = f"'{name}': the name of a group must not hold '{GROUP_MARK}'"
            help = "groups.B.B1 = […] is the group B1 of B, and rules may call it 'B.B1'"
            at.tell(message, help, node.key)
        elif node.value in ([], {}):
            at.tell(f"group {group} lists no unit", at=node)
        elif isinstance(node.value, dict):
            return _groups_in(group + GROUP_MARK).read(node, f"group {group}", at.found) or ()
        else:
            units = list_of(NAME).read(node, f"group {group}", at.found) or ()
            return [(group, unit) for unit in units]
        return ()

    names = {"not": {"pattern": re.escape(GROUP_MARK)}}
    return Shape(map_of(NODE).made(make).read, map_of(ref("group", NODE), names=names).schema)


TITLE = Key("title", TEXT, needed=True)
NUMBER = Key("number", _OPTIONAL, "The awarding body's number, or nothing.", needed=True)
QAN = Key("qan", _OPTIONAL, "The qualification accreditation number, or nothing.", needed=True)
LEVEL = Key("level", WHOLE, needed=True)
CREDITS = Key("credits", WHOLE, "The total that a rule asks for, or 0.", needed=True)
SOURCE = Key("source", TEXT, "Where the print has it.", needed=True)
GROUPS = Key(
    "groups",
    _groups_in(),
    "The units of each group, or the groups in it.",
    needed=True,
    missing="{what} needs groups",
)
RULE_TABLES = Key("rule", _tables("rule", 1), needed=True, missing="")
_SUMS = map_of(ref("declared_sum", NODE))
SUMS = Key("sums", _SUMS, "What all units of a group add, where the print declares it.")
REMARKS = Key("remark", _tables("remark"))
GROUP = Key("group", NAME)
_IMPORTS = Record((GROUP,), RULES).shape
IMPORTS = Key("imported", _IMPORTS, "That pathways may import units, and into which group.")
QUALIFICATION = Record(
    (
        ID._replace(description="What it is called on the command line."),
        *(TITLE, NUMBER, QAN, LEVEL, CREDITS, SOURCE, GROUPS, RULE_TABLES),
        *(SUMS, REMARKS, IMPORTS, *PROVENANCE, *declarations.KEYS),
    ),
    RULES,
)

SUBJECTS = (Key("unit", NAME), Key("qualification", NAME))
CORRECTION_TEXTS = tuple(
    Key(name, TEXT, needed=True) for name in ("field", "printed", "intended", "why")
)
_ONE_SUBJECT = {"oneOf": one_of_keys(each.name for each in SUBJECTS)}
CORRECTION = Record((*SUBJECTS, *CORRECTION_TEXTS), RULES, more=_ONE_SUBJECT)

QUALIFICATIONS = Key("qualification", _tables("qualification", 1), needed=True, missing="")
CORRECTIONS = Key("correction", _tables("correction"))
ROOT = Record((QUALIFICATIONS, CORRECTIONS, *declarations.KEYS), RULES)


def rulebook_schema(measures: tuple[str, ...]) -> Schema:
    """The schema of rules files for a catalogue that can be summed over these measures."""
    offering, given = Offering({}, {}, measures), dict[str, Any]()
    units = list_of(NAME).stating(minItems=1)
    parts: Mapping[str, Shape[Any]] = {
        "rule": rule_in(offering),
        "remark": remark_in(offering),
        "correction": CORRECTION.shape,
        "declared_sum": sum_in(offering),
        "group": either((list, units), (dict, _groups_in().stating(minProperties=1))),
        "qualification": QUALIFICATION.shape,  # refers to the others
    }
    for name, part in parts.items():
        ref(name, part).schema(given)
    description = "Qualifications, their groups and rules of combination: rules.toml."
    return document_schema("nvqplan rulebook", description, ROOT.shape, given)


def find_data() -> str:
    """The folder of the rulebook that comes with nvqplan."""
    return str(find_brought("data"))


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
    members = ROOT.read(root, "a rulebook", found)
    declared = declared_in(members, Declared(), found)
    qualifications = [
        _read_qualification(each, catalogue, declared, found)
        for each in members.get(QUALIFICATIONS, ())
    ]
    if not qualifications:
        found.add(root, "NVQ401", "a rulebook needs at least one [[qualification]]")
    _tell_twice([(each.id, each.place) for each in qualifications], "qualification", found)
    ids = tuple(each.id for each in qualifications)
    known = {"unit": tuple(catalogue.units), "qualification": ids}
    corrections = tuple(
        _read_correction(each, known, found) for each in members.get(CORRECTIONS, ())
    )
    schemes = dict.fromkeys(each.number.rpartition("-")[0] for each in qualifications)
    known_as = catalogue.behind(tuple(filter(None, schemes)))
    return Rulebook(path, known_as, tuple(qualifications), corrections)


def _read_qualification(
    node: Located, catalogue: Catalogue, above: Declared, found: Findings
) -> Qualification:
    problems = len(found)
    members = QUALIFICATION.read(node, "a qualification", found)
    id, source = members.get(ID, ""), members.get(SOURCE, "")
    credits = members.get(CREDITS, 0)
    rule_tables = members.get(RULE_TABLES, ())
    units = _read_groups(members, catalogue, found)
    offering = Offering(
        units.units,
        units.groups,
        units.measures,
        declared_in(members, above, found),
        _imports_to(members, units.group_names, found),
        alike=read_alike(rule_tables, units, found),
    )
    vouched = provenance_of(members)
    read = [read_rule(each, source, offering, found, vouched) for each in rule_tables]
    rules = tuple(rule for rule in read if rule is not None)
    if not rules:
        found.add(node, "NVQ401", f"the qualification '{id}' has no rule")
    elif len(found) == problems and credits and not _has_total(rules, credits):
        message = f"no rule of '{id}' asks for its {credits} credits in all"
        help = (
            f"add credits = {{ at_least = {credits} }}, or say credits = 0 where there is no total"
        )
        found.add(members.nodes[CREDITS.name], "NVQ401", message, help)
    _tell_twice([(rule.id, rule.place) for rule in rules], "rule", found)
    own = Particulars(
        id,
        members.get(TITLE, ""),
        members.get(NUMBER, ""),
        members.get(QAN, ""),
        members.get(LEVEL, 0),
        credits,
        source,
        _read_remarks(members.get(REMARKS, ()), offering, found),
        node,
        _read_sums(members.get(SUMS, {}), offering, found),
        vouched,
    )
    qualification = Qualification(own, offering, rules)
    if len(found) == problems and qualification.questions.kinds_of_learners > MOST:
        message = f"the rules of '{id}' tell over {MOST} kinds of learners apart"
        found.add(node, "NVQ401", message, "ask for fewer attributes, or in fewer ways")
    return qualification


def _imports_to(members: Members, groups: tuple[str, ...], found: Findings) -> str | None:
    """The group of imported units, one of their own where none is named; None: none are taken."""
    inner = members.get(IMPORTS)
    if inner is None or not inner.has(GROUP):
        return None if inner is None else IMPORTED
    name = inner.get(GROUP)
    named = None if name is None else groups_in(groups).read(name, GROUP.name, found)
    return next(iter(named or ()), None)


def _has_total(rules: tuple[Rule, ...], credits: int) -> bool:
    """Whether some rule, whoever the learner, asks for so many credits of all units."""
    return any(
        (summed.measure, summed.of, summed.at_least) == ("credits", Filter(), credits)
        for rule in rules
        if rule.when == ALWAYS and (summed := rule.printed.as_sum)
    )


def _read_groups(members: Members, catalogue: Catalogue, found: Findings) -> Offering:
    """The groups of a qualification; a unit stands in one of them."""
    groups: dict[str, str] = {}
    for name, each in members.get(GROUPS, ()):
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


def sum_in(offering: Offering) -> Shape[dict[str, int]]:
    """What a group adds: `12` credits, or `{ points = 20, units = 5 }`."""
    keys = [Key(measure, WHOLE) for measure in offering.measures]
    record = Record(keys, RULES, member="{what}").shape.at_least(1, "{what} names no measure")
    by_measure: Shape[dict[str, int]] = record.into(lambda members: members.values)
    credits = WHOLE.into(lambda credits: {"credits": credits})
    described = "Credits, or what the group adds by measure."
    return either((int, credits), (dict, by_measure)).stating(description=described)


def _read_sums(
    nodes: Mapping[str, Located], offering: Offering, found: Findings
) -> dict[str, dict[str, int]]:
    """The sums of whole groups as the print declares them, be they right or wrong."""
    sums, shape = {}, sum_in(offering)
    for name, node in nodes.items():
        if name not in offering.group_names:
            known = f"known: {', '.join(offering.group_names)}"
            help = did_you_mean(name, offering.group_names, len(found)) or known
            found.add(node.key, "NVQ401", f"unknown group '{name}' in sums", help)
        sums[name] = shape.read(node, f"the sum of group {name}", found) or {}
    return sums


def remark_in(offering: Offering) -> Shape[Remark]:
    """How one `[[qualification.remark]]` is written."""
    when = Key("when", when_in(offering.declared))

    def make(members: Members, at: Spot) -> Remark | None:
        kind = kind_in(members, offering)
        id, says = members.get(ID, ""), members.get(SAYS, "")
        return Remark(id, says, members.get(when, ALWAYS), kind, at.node) if kind else None

    return one_kind(keys_of_mixes(offering), offering, (ID, SAYS, when)).made(make)


def _read_remarks(
    tables: Sequence[Located], offering: Offering, found: Findings
) -> tuple[Remark, ...]:
    if not tables:
        return ()
    shape = remark_in(offering)
    read = [shape.read(each, "a remark", found) for each in tables]
    remarks = tuple(each for each in read if each is not None)
    _tell_twice([(each.id, each.place) for each in remarks], "remark", found)
    return remarks


def _read_correction(
    node: Located, known: Mapping[str, tuple[str, ...]], found: Findings
) -> Correction:
    """A slip of the print; `known` are the subjects that it may be of, by key."""
    members = CORRECTION.read(node, "a correction", found)
    if sum(members.has(key) for key in SUBJECTS) != 1:
        found.add(node, "NVQ401", "a correction is of one unit or of one qualification")
    subjects = [members.get(key) for key in SUBJECTS]
    for key, each in zip(SUBJECTS, subjects, strict=True):
        if each is not None and each.text not in known[key.name]:
            help = did_you_mean(each.text, known[key.name], len(found))
            found.add(each, "NVQ401", f"there is no {key.name} '{each.text}' to correct", help)
    subject = next((each.text for each in subjects if each is not None), "")
    field, printed, intended, why = (members.get(key, "") for key in CORRECTION_TEXTS)
    return Correction(subject, field, printed, intended, why, node)


def _tell_twice(named: Iterable[tuple[str, Located]], what: str, found: Findings) -> None:
    seen: set[str] = set()
    for name, place in named:
        if name in seen:
            found.add(place, "NVQ401", f"the {what} '{name}' stands twice")
        seen.add(name)
