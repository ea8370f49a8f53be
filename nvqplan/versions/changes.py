"""What two versions of a rulebook say differently: unit by unit, group by group, rule by rule."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import count, starmap, takewhile
from typing import Any, Literal, NamedTuple

from nvqplan.core.findings import Finding, Location
from nvqplan.core.units import Unit, by_number
from nvqplan.core.validity import Provenance
from nvqplan.rules.qualification import Correction, Qualification, Remark
from nvqplan.rules.rule import Rule
from nvqplan.versions.version import Version, pair_qualifications

What = Literal["unit", "column", "qualification", "group", "rule", "remark", "correction"]
How = Literal["added", "removed", "changed", "reworded"]

SENTENCES = frozenset({"says", "source", "intended says", "intended why"})
"""What a rule may say otherwise and mean the same."""

CODES_OF: dict[What, str] = {
    "unit": "NVQ521",
    "column": "NVQ521",
    "qualification": "NVQ522",
    "group": "NVQ523",
    "rule": "NVQ524",
    "remark": "NVQ525",
    "correction": "NVQ525",
}

PLAIN = frozenset({"figures", "intended figures", "when", "topics", "nos"})
"""Fields that are told without quotation marks, though their texts have several words."""

Texts = dict[str, str]
"""The fields of a unit, a rule and so on, as text; "" is what nothing was said about."""


class ChangeEntry(NamedTuple):
    """A rule, remark or correction: its texts, and the place of a field, "" for all of it."""

    texts: Texts
    place: Callable[[str], Location]

    @property
    def about(self) -> str:
        return "; ".join(filter(None, self.texts.values()))


Entries = dict[str, ChangeEntry]
"""By name."""


class Change(NamedTuple):
    """One thing that differs, and where: in the newer version, or the older if it is gone there.

    `old` and `new` are the value of a `field`, or where there is no field what the added or removed
    thing is. A rule of which only sentences differ is `reworded`. `qualification` is "" for what is
    of no single one.
    """

    what: What
    how: How
    qualification: str
    name: str
    field: str
    old: str
    new: str
    place: Location
    source: str = ""
    """Of a rule, where the print has it."""


def find_changes(old: Version, new: Version) -> tuple[Change, ...]:
    """Every difference: the catalogue's first, then each qualification's, corrections last."""
    return (
        *_units(old, new),
        *_qualifications(old, new),
        *_entries("correction", "", _corrections(old), _corrections(new)),
    )


def _units(old: Version, new: Version) -> Iterator[Change]:
    before, after = old.rulebook.catalogue, new.rulebook.catalogue
    for name in before.columns:
        if name not in after.columns:
            yield Change("column", "removed", "", name, "", name, "", old.column(name))
    for name in after.columns:
        if name not in before.columns:
            yield Change("column", "added", "", name, "", "", name, new.column(name))
    shared = [name for name in before.columns if name in after.columns]
    for number in sorted({**before.units, **after.units}, key=by_number):
        one, other = before.units.get(number), after.units.get(number)
        if one is None and other is not None:
            yield Change("unit", "added", "", number, "", "", _about(other), new.unit(number))
        elif other is None and one is not None:
            yield Change("unit", "removed", "", number, "", _about(one), "", old.unit(number))
        elif one != other and one is not None and other is not None:
            texts = (unit_texts(each, shared) for each in (one, other))
            for field, was, now in _differing(*texts):
                place = new.unit(number, field)
                yield Change("unit", "changed", "", number, field, was, now, place)


def _about(unit: Unit) -> str:
    return f"{unit.title}, level {unit.level}, {unit.credits} credits, {unit.glh} GLH"


def unit_texts(unit: Unit, columns: Iterable[str]) -> Texts:
    return {
        "number": unit.number,
        "uan": unit.uan,
        "title": unit.title,
        "level": str(unit.level),
        "credits": str(unit.credits),
        "glh": str(unit.glh),
        "topics": ", ".join(unit.topics),
        "nos": ", ".join(unit.nos),
        "outcomes": "" if unit.outcomes is None else str(unit.outcomes),
        "criteria": "" if unit.criteria is None else str(unit.criteria),
        "source": unit.source,
        "provenance": _provenance(unit.provenance),
        **{name: str((unit.columns or {})[name]) for name in columns},
    }


def _qualifications(old: Version, new: Version) -> Iterator[Change]:
    for one, other in pair_qualifications(old, new):
        if one is not None and other is not None:
            yield from _qualification(old, new, one, other)
        elif other is not None:
            yield _whole("added", other.id, _qualification_about(other), new.qualification(other))
        elif one is not None:
            yield _whole("removed", one.id, _qualification_about(one), old.qualification(one))


def _whole(how: How, id: str, about: str, place: Location) -> Change:
    texts = ("", about) if how == "added" else (about, "")
    return Change("qualification", how, id, id, "", *texts, place)


def _qualification_about(each: Qualification) -> str:
    return f"{each.title}, level {each.level}, {each.credits} credits"


def _qualification(
    old: Version, new: Version, one: Qualification, other: Qualification
) -> Iterator[Change]:
    id = other.id
    for field, was, now in _differing(head_texts(one), head_texts(other)):
        place = new.qualification(other, field)
        yield Change("qualification", "changed", id, id, field, was, now, place)
    before, after = one.offering.groups, other.offering.groups
    for unit in sorted({**before, **after}, key=by_number):
        was, now = before.get(unit, ""), after.get(unit, "")
        if was != now:
            how: How = "changed" if was and now else "added" if now else "removed"
            place = new.group(other, unit) if now else old.group(one, unit)
            yield Change("group", how, id, unit, "", was, now, place)
    sources = {rule.id: rule.source for rule in (*one.rules, *other.rules)}
    for each in _entries("rule", id, _rules(old, one), _rules(new, other)):
        yield each._replace(source=sources[each.name])
    remarks = (_remarks(old, one), _remarks(new, other))
    yield from _entries("remark", id, *remarks)


def _rules(version: Version, qualification: Qualification) -> Entries:
    return {
        rule.id: ChangeEntry(rule_texts(rule, qualification), partial(version.rule, rule))
        for rule in qualification.rules
    }


def _remarks(version: Version, qualification: Qualification) -> Entries:
    return {
        remark.id: ChangeEntry(remark_texts(remark), partial(version.remark, qualification, remark))
        for remark in qualification.remarks
    }


def _corrections(version: Version) -> Entries:
    """By what they correct; several of one field are numbered."""
    entries: Entries = {}
    for each in version.rulebook.corrections:
        name = next(name for name in _names(each) if name not in entries)
        entries[name] = ChangeEntry(correction_texts(each), partial(version.correction, each))
    return entries


def _names(correction: Correction) -> Iterator[str]:
    name = f"{correction.field} of {correction.subject}"
    yield name
    yield from (f"{name}, number {number}" for number in count(2))


def _entries(what: What, qualification: str, old: Entries, new: Entries) -> Iterator[Change]:
    """What became of each of some things that are known by a name."""
    for name, (one, other) in _paired(old, new):
        if one is None:
            yield Change(what, "added", qualification, name, "", "", other.about, other.place(""))
        elif other is None:
            yield Change(what, "removed", qualification, name, "", one.about, "", one.place(""))
        else:
            differing = tuple(_differing(one.texts, other.texts))
            is_meant = any(field not in SENTENCES for field, *_ in differing)
            how: How = "changed" if is_meant or what != "rule" else "reworded"
            for field, was, now in differing:
                place = other.place(field)
                yield Change(what, how, qualification, name, field, was, now, place)


def head_texts(qualification: Qualification) -> Texts:
    """What is said of a qualification beside groups, rules and remarks."""
    return {
        "id": qualification.id,
        "title": qualification.title,
        "number": qualification.number,
        "qan": qualification.qan,
        "level": str(qualification.level),
        "credits": str(qualification.credits),
        "source": qualification.source,
        "sums": ", ".join(starmap(_declared_sums, qualification.sums.items())),
        "provenance": _provenance(qualification.provenance),
    }


def _declared_sums(group: str, sums: Mapping[str, int]) -> str:
    return f"{group} {', '.join(f'{measure} {sum}' for measure, sum in sums.items())}"


def rule_texts(rule: Rule, qualification: Qualification) -> Texts:
    """A rule field by field; a source that is the qualification's own is told once, with that."""
    texts = {
        "says": rule.says,
        "source": "" if rule.source == qualification.source else rule.source,
        "when": str(rule.when),
        "figures": rule.printed.figures(),
    }
    if rule.intended is not None:
        texts["intended says"] = rule.intended.says
        texts["intended figures"] = rule.intended.kind.figures()
        texts["intended why"] = rule.intended.why
    return {**texts, "provenance": _provenance(rule.provenance)}


def remark_texts(remark: Remark) -> Texts:
    return {"says": remark.says, "when": str(remark.when), "figures": remark.kind.figures()}


def correction_texts(correction: Correction) -> Texts:
    return {
        "printed": correction.printed,
        "intended": correction.intended,
        "why": correction.why,
    }


def _provenance(provenance: Provenance) -> str:
    valid, verified = provenance
    return ", ".join(filter(None, (str(valid), "" if verified is None else str(verified))))


def _differing(old: Texts, new: Texts) -> Iterator[tuple[str, str, str]]:
    """Each field of which the texts differ, with both of them."""
    for field in {**old, **new}:
        was, now = old.get(field, ""), new.get(field, "")
        if was != now:
            yield field, was, now


def _paired(
    old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """What is in either, in the order of the newer one, then what is gone."""
    for key in {**new, **old}:
        yield key, (old.get(key), new.get(key))


def tell_change(change: Change, *, with_source: bool = True) -> Finding:
    subject = f"{change.qualification} {change.name}".strip()
    source = change.source if with_source else ""
    return Finding(change.place, CODES_OF[change.what], say_change(change), source, subject)


def say_change(change: Change) -> str:
    """`rule 'group-b' of l2-certificate: at least 12 -> at least 15 credits of Group B`."""
    if change.what == "group":
        return _say_group(change)
    name = f"{change.what} {change.name}"
    if change.what in ("rule", "remark"):
        name = f"{change.what} '{change.name}' of {change.qualification}"
    elif change.what == "correction":
        name = f"correction to {change.name}"
    if not change.field:
        about = "" if change.what == "column" else f": {change.old or change.new}"
        return f"{name} is {change.how}{about}"
    only = ", in other words only" if change.how == "reworded" else ""
    fields = "" if change.field == "figures" else f"{_field(change.field)} "
    return f"{name}{'' if change.field == 'says' else ':'} {fields}{_fold(change)}{only}"


def _field(name: str) -> str:
    """A field as it is called in a sentence."""
    if name.startswith("intended "):
        return f"as intended, {_field(name.removeprefix('intended '))}"
    return name.upper() if name in ("glh", "uan", "nos", "qan") else name


def _say_group(change: Change) -> str:
    unit, of = f"unit {change.name}", f"of {change.qualification}"
    if change.how == "added":
        return f"{unit} joins Group {change.new} {of}"
    if change.how == "removed":
        return f"{unit} leaves Group {change.old} {of}"
    return f"{unit} moves from Group {change.old} to Group {change.new} {of}"


def _fold(change: Change) -> str:
    """`old -> new`; what figures have in common at the end is told once."""
    old, new = change.old, change.new
    if change.field in PLAIN and old and new:
        pairs = zip(reversed(old.split()), reversed(new.split()), strict=False)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        kept = old.split()[: len(old.split()) - same]
        if kept and same < len(new.split()):
            old = " ".join(kept)
    return " -> ".join(_quote(text, change.field) for text in (old, new))


def _quote(text: str, field: str) -> str:
    if not text:
        return "none"
    return f"'{text}'" if " " in text and field not in PLAIN else text
