"""rules.toml and units.csv together: a rulebook that is whole, or findings that say why not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from nvqplan.core.atoms import NAME, NODE, TEXT, WHOLE, Atom, Schema
from nvqplan.core.findings import Findings, Located
from nvqplan.core.names import did_you_mean
from nvqplan.core.shapes import (
    RULES,
    Either,
    Enough,
    Fault,
    Key,
    ListOf,
    Made,
    MapOf,
    Members,
    Record,
    Ref,
    Shape,
    document_schema,
    one_of_keys,
)
from nvqplan.core.sources import Sources
from nvqplan.core.units import GROUP_MARK, IMPORTED, Catalogue, Declared, Offering, by_number
from nvqplan.core.validity import PROVENANCE, provenance_of
from nvqplan.reading import declarations
from nvqplan.reading.catalogue import read_catalogue
from nvqplan.reading.declarations import declared_in
from nvqplan.reading.toml_tree import read_toml
from nvqplan.rules.filters import Filter, groups_in
from nvqplan.rules.kinds import keys_of_mixes, kind_in, one_kind
from nvqplan.rules.learner import ALWAYS, when_in
from nvqplan.rules.qualification import Correction, Qualification, Remark, Rulebook
from nvqplan.rules.questions import MOST
from nvqplan.rules.rule import ID, SAYS, Rule, read_rule, rule_in
from nvqplan.rules.sums import Sum

T = TypeVar("T")

FILES = ("units.csv", "rules.toml")
"""What a folder with a rulebook holds: its catalogue, its rules."""


class Tables(NamedTuple, Generic[T]):
    """A list of tables, each written `[[so]]`."""

    table: Shape[T]
    least: int = 0

    def read(self, node: Located, what: str, found: Findings) -> tuple[T, ...]:
        if isinstance(node.value, dict):
            found.add(node, "NVQ401", f"{what} is a list of tables", f"write it as [[{what}]]")
            return ()
        return ListOf(self.table).read(node, what, found)

    def schema(self, definitions: Schema) -> Schema:
        least = {"minItems": self.least} if self.least else {}
        return {**ListOf(self.table).schema(definitions), **least}


def _read_optional(node: Located, what: str, found: Findings) -> str | None:
    return "" if node.value == "" else TEXT.read(node, what, found)


_OPTIONAL = Atom(_read_optional, {"anyOf": [{"const": ""}, TEXT.described]})
"""A number or a QAN; "" stands for none."""


class _Groups(NamedTuple):
    """The groups of a qualification or of a group, which lists units or holds groups."""

    above: str = ""

    def read(self, node: Located, what: str, found: Findings) -> tuple[tuple[str, Located], ...]:
        """Every group that lists units, by the whole way to it, with its units."""
        return tuple(self._walk(node, what, found))

    def _walk(self, node: Located, what: str, found: Findings) -> Iterator[tuple[str, Located]]:
        for name, inside in MapOf(NODE).read(node, what, found).items():
            group = self.above + name
            if GROUP_MARK in name:
                message = f"'{name}': the name of a group must not hold '{GROUP_MARK}'"
                help = "groups.B.B1 = […] is the group B1 of B, and rules may call it 'B.B1'"
                found.add(inside.key, "NVQ401", message, help)
            elif inside.value in ([], {}):
                found.add(inside, "NVQ401", f"group {group} lists no unit")
            elif isinstance(inside.value, dict):
                yield from _Groups(group + GROUP_MARK).read(inside, f"group {group}", found)
            else:
                for each in ListOf(NAME).read(inside, f"group {group}", found):
                    yield group, each

    def schema(self, definitions: Schema) -> Schema:
        names = {"not": {"pattern": f"\\{GROUP_MARK}"}}
        return MapOf(_GROUP, names=names).schema(definitions)


_FEW = Fault("{what} lists no unit")
_GROUP: Ref[Any] = Ref(
    "group",
    Either(((list, Enough(ListOf(NAME), 1, _FEW)), (dict, Enough(_Groups(), 1, _FEW)))),
)

TITLE = Key("title", TEXT, needed=True)
NUMBER = Key("number", _OPTIONAL, "The awarding body's number, or nothing.", needed=True)
QAN = Key("qan", _OPTIONAL, "The qualification accreditation number, or nothing.", needed=True)
LEVEL = Key("level", WHOLE, needed=True)
CREDITS = Key("credits", WHOLE, "The total that a rule asks for, or 0.", needed=True)
SOURCE = Key("source", TEXT, "Where the print has it.", needed=True)
GROUPS = Key(
    "groups",
    _Groups(),
    "The units of each group, or the groups in it.",
    needed=True,
    missing="{what} needs groups",
)
RULE_TABLES = Key("rule", Tables(Ref("rule", NODE), 1), needed=True, missing="")
SUMS = Key(
    "sums",
    MapOf(Ref("declared_sum", NODE)),
    "What all units of a group add, where the print declares it.",
)
REMARKS = Key("remark", Tables(Ref("remark", NODE)))
GROUP = Key("group", NAME)
IMPORTS = Key(
    "imported",
    Record((GROUP,), RULES),
    "That pathways may import units, and into which group.",
)
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
CORRECTION = Record(
    (*SUBJECTS, *CORRECTION_TEXTS),
    RULES,
    more={"oneOf": one_of_keys(each.name for each in SUBJECTS)},
)

QUALIFICATIONS = Key(
    "qualification", Tables(Ref("qualification", NODE), 1), needed=True, missing=""
)
CORRECTIONS = Key("correction", Tables(Ref("correction", NODE)))
ROOT = Record((QUALIFICATIONS, CORRECTIONS, *declarations.KEYS), RULES)


def rulebook_schema(measures: tuple[str, ...]) -> Schema:
    """The schema of rules files for a catalogue that can be summed over these measures."""
    offering, given = Offering({}, {}, measures), dict[str, Any]()
    parts: Mapping[str, Shape[Any]] = {
        "rule": rule_in(offering).record,
        "remark": remark_in(offering),
        "correction": CORRECTION,
        "declared_sum": sum_in(offering),
        "qualification": QUALIFICATION,  # refers to the others, which it does not read itself
    }
    for name, part in parts.items():
        Ref(name, part).schema(given)
    description = "Qualifications, their groups and rules of combination: rules.toml."
    return document_schema("nvqplan rulebook", description, ROOT, given)


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
    known_as = replace(catalogue, schemes=tuple(filter(None, schemes)))
    return Rulebook(path, known_as, tuple(qualifications), corrections)


def _read_qualification(
    node: Located, catalogue: Catalogue, above: Declared, found: Findings
) -> Qualification:
    problems = len(found)
    members = QUALIFICATION.read(node, "a qualification", found)
    id, source = members.get(ID, ""), members.get(SOURCE, "")
    credits = members.get(CREDITS, 0)
    rule_tables = members.get(RULE_TABLES, ())
    offering = _read_offering(members, catalogue, found)
    offering = replace(
        offering,
        declared=declared_in(members, above, found),
        imports_to=_imports_to(members, offering.group_names, found),
        alike=_read_alike(rule_tables, offering, found),
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
    qualification = Qualification(
        id,
        members.get(TITLE, ""),
        members.get(NUMBER, ""),
        members.get(QAN, ""),
        members.get(LEVEL, 0),
        credits,
        source,
        offering,
        rules,
        _read_remarks(members.get(REMARKS, ()), offering, found),
        node,
        _read_sums(members.get(SUMS, {}), offering, found),
        vouched,
    )
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


def _read_alike(
    rules: Sequence[Located], offering: Offering, found: Findings
) -> Mapping[str, tuple[str, ...]]:
    """From each number of a unit that has several to all of them."""
    tables = [rule.value for rule in rules if isinstance(rule.value, dict)]
    named = [table["equivalent"] for table in tables if "equivalent" in table]
    if not named:
        return {}
    from nvqplan.rules.equivalent import read_alike

    return read_alike(named, offering, found)


def _has_total(rules: tuple[Rule, ...], credits: int) -> bool:
    """Whether some rule, whoever the learner, asks for so many credits of all units."""
    return any(
        isinstance(rule.printed, Sum)
        and (rule.printed.measure, rule.printed.of) == ("credits", Filter())
        and rule.printed.at_least == credits
        and rule.when == ALWAYS
        for rule in rules
    )


def _read_offering(members: Members, catalogue: Catalogue, found: Findings) -> Offering:
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


def sum_in(offering: Offering) -> Either[dict[str, int]]:
    """What a group adds: `12` credits, or `{ points = 20, units = 5 }`."""
    keys = [Key(measure, WHOLE) for measure in offering.measures]
    by_measure = Record(keys, RULES, member="{what}")
    few = Fault("{what} names no measure")
    described = {"description": "Credits, or what the group adds by measure."}
    return Either(
        (
            (int, Made(WHOLE, lambda credits, *_: {"credits": credits})),
            (dict, Made(Enough(by_measure, 1, few), lambda members, *_: members.values)),
        ),
        more=described,
    )


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


def remark_in(offering: Offering) -> Made[Any, Remark]:
    """How one `[[qualification.remark]]` is written."""
    when = Key("when", when_in(offering.declared))

    def make(members: Members, *_: object) -> Remark | None:
        kind = kind_in(members, offering)
        id, says = members.get(ID, ""), members.get(SAYS, "")
        return Remark(id, says, members.get(when, ALWAYS), kind) if kind else None

    return Made(one_kind(keys_of_mixes(offering), offering, (ID, SAYS, when)), make)


def _read_remarks(
    tables: Sequence[Located], offering: Offering, found: Findings
) -> tuple[Remark, ...]:
    shape = remark_in(offering)
    remarks = [shape.read(each, "a remark", found) for each in tables]
    named = [(each.id, node) for each, node in zip(remarks, tables, strict=True) if each]
    _tell_twice(named, "remark", found)
    return tuple(remark for remark in remarks if remark is not None)


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
