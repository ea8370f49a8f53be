"""What two versions of a rulebook say differently: unit by unit, group by group, rule by rule."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain, starmap, takewhile
from typing import Literal

from nvqplan.core.findings import Finding, Located, Location
from nvqplan.core.units import Unit, sort_units
from nvqplan.core.values import NamedTuple
from nvqplan.rules.qualification import Correction, Qualification, Remark
from nvqplan.rules.rule import Rule
from nvqplan.versions.version import Version, pair_qualifications, place_in

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
"""Fields that are written without quotation marks, though their texts have several words."""


Texts = dict[str, str]
"""The fields of a unit, a rule and so on, as text; "" where it has none."""


class Subject(NamedTuple):
    """Something that a version of a rulebook has: a unit, a group of one, a rule and so on."""

    texts: Texts
    place: Callable[[str], Location]
    """Where one of its fields stands; "" for all of it."""
    about: str
    """What it is, where the other version does not have it."""
    source: str = ""


Subjects = Mapping[str, Subject]
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
    columns = _columns(old), _columns(new)
    shared = [name for name in columns[0] if name in columns[1]]
    units = _units(old, shared), _units(new, shared)
    return (
        *_compare("column", "", *columns, {**columns[0], **columns[1]}),
        *_compare("unit", "", *units, sort_units((*units[0], *units[1]))),
        *chain(*starmap(_qualification, pair_qualifications(old, new))),
        *_compare("correction", "", _corrections(old), _corrections(new)),
    )


def _compare(
    what: What, qualification: str, old: Subjects, new: Subjects, names: Iterable[str] | None = None
) -> Iterator[Change]:
    """What became of each subject, by default in the order of the newer version, then what is gone.

    A rule that differs in nothing but sentences is reworded.
    """
    for name in {**new, **old} if names is None else names:
        before, after = old.get(name), new.get(name)
        here = after or before
        assert here is not None
        if before is None or after is None:
            how: How = "removed" if before else "added"
            differing = [("", before.about if before else "", after.about if after else "")]
        else:
            old_texts, new_texts = before.texts, after.texts
            pairs = [
                (field, old_texts.get(field, ""), new_texts.get(field, ""))
                for field in {**old_texts, **new_texts}
            ]
            differing = [each for each in pairs if each[1] != each[2]]
            is_meant = any(field not in SENTENCES for field, *_ in differing)
            how = "changed" if is_meant or what != "rule" else "reworded"
        for field, was, now in differing:
            place = here.place(field)
            yield Change(what, how, qualification, name, field, was, now, place, here.source)


def _qualification(one: Qualification | None, other: Qualification | None) -> Iterator[Change]:
    """What a qualification says of itself; what is in it, where both versions have it."""
    known = other or one
    assert known is not None
    id = known.id
    yield from _compare("qualification", id, _head(id, one), _head(id, other))
    if one is None or other is None:
        return
    groups = _groups(one), _groups(other)
    yield from _compare("group", id, *groups, sort_units((*groups[0], *groups[1])))
    yield from _compare("rule", id, _rules(one), _rules(other))
    yield from _compare("remark", id, _remarks(one), _remarks(other))


def _columns(version: Version) -> Subjects:
    return {
        name: Subject({}, partial(version.place_of_column, name), name)
        for name in version.rulebook.catalogue.columns
    }


def _units(version: Version, columns: Iterable[str]) -> Subjects:
    return {
        number: Subject(
            unit_texts(unit, columns),
            partial(version.place_of_unit, number),
            f"{unit.title}, level {unit.level}, {unit.credits} credits, {unit.glh} GLH",
        )
        for number, unit in version.rulebook.catalogue.units.items()
    }


def _head(id: str, qualification: Qualification | None) -> Subjects:
    if qualification is None:
        return {}
    title, level, credits = qualification.title, qualification.level, qualification.credits
    about = f"{title}, level {level}, {credits} credits"
    return {id: Subject(head_texts(qualification), partial(place_in, qualification.place), about)}


def _groups(qualification: Qualification) -> Subjects:
    places = qualification.places
    return {
        unit: _subject({"": group}, places[unit])
        for unit, group in qualification.offering.groups.items()
    }


def _rules(qualification: Qualification) -> Subjects:
    return {
        rule.id: _subject(rule_texts(rule, qualification), rule.place, rule.source)
        for rule in qualification.rules
    }


def _remarks(qualification: Qualification) -> Subjects:
    return {each.id: _subject(remark_texts(each), each.place) for each in qualification.remarks}


def _corrections(version: Version) -> Subjects:
    """By what they correct; several of one field are numbered."""
    subjects, seen = dict[str, Subject](), Counter[str]()
    for each in version.rulebook.corrections:
        name = f"{each.field} of {each.subject}"
        seen[name] += 1
        name = name if seen[name] == 1 else f"{name}, number {seen[name]}"
        subjects[name] = _subject(correction_texts(each), each.place)
    return subjects


def _subject(texts: Texts, node: Located, source: str = "") -> Subject:
    """A subject that stands in a node, and is described by all that it says."""
    about = "; ".join(filter(None, texts.values()))
    return Subject(texts, partial(place_in, node), about, source)


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
        "provenance": str(unit.provenance),
        **{name: str((unit.columns or {})[name]) for name in columns},
    }


def head_texts(qualification: Qualification) -> Texts:
    """What a qualification says beside groups, rules and remarks."""
    sums = (
        f"{group} {', '.join(f'{measure} {sum}' for measure, sum in declared.items())}"
        for group, declared in qualification.sums.items()
    )
    return {
        "id": qualification.id,
        "title": qualification.title,
        "number": qualification.number,
        "qan": qualification.qan,
        "level": str(qualification.level),
        "credits": str(qualification.credits),
        "source": qualification.source,
        "sums": ", ".join(sums),
        "provenance": str(qualification.provenance),
    }


def rule_texts(rule: Rule, qualification: Qualification) -> Texts:
    """A rule field by field; a source that is the qualification's own stands with that alone."""
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
    return {**texts, "provenance": str(rule.provenance)}


def remark_texts(remark: Remark) -> Texts:
    figures = remark.kind.figures()
    return {"says": remark.says, "when": str(remark.when), "figures": figures}


def correction_texts(correction: Correction) -> Texts:
    printed, intended = correction.printed, correction.intended
    return {"printed": printed, "intended": intended, "why": correction.why}


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
    """`old -> new`; what figures have in common at the end stands once."""
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
