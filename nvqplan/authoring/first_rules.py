"""What `nvqplan rules new` writes: a rulebook to fill in, and its first proofs."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from string import Template

from nvqplan.authoring.first_files import flow, quoted, scalar
from nvqplan.authoring.templates import template
from nvqplan.core.atoms import LARGEST
from nvqplan.core.findings import Findings
from nvqplan.core.units import GROUP_MARK, Catalogue, Mix, sort_units
from nvqplan.core.values import NamedTuple
from nvqplan.core.words import amount, listing
from nvqplan.reading.csv_rows import read_rows
from nvqplan.rules.qualification import PRINTED, Qualification
from nvqplan.rules.terms import Terms

SECTION = "# ----\n"
"""Stands between the sections of the template of rules, and is written nowhere."""


class Outline(NamedTuple):
    """What can be said of rules before anybody has read the print; all units together meet them.

    `level` is the one that most credits are at, or above which; `at_level` are credits there.
    Where no unit has credits, `total` is 0 and units are counted instead.
    """

    groups: Mapping[str, tuple[str, ...]]
    level: int
    total: int
    at_level: int
    of_group: Mapping[str, int]
    """The fewest credits of a unit in the group; 0 where none of its units has any."""
    left_out: tuple[str, ...] = ()
    """Units whose group the catalogue leaves open."""


def read_groups(path: str, text: str) -> dict[str, str]:
    """What the column `group` of a catalogue says of each unit; nothing where there is none."""
    _, rows = read_rows(path, text, Findings())
    groups = {  # a dot in a name would say that the group lies in another
        row.text("unit").strip(): " ".join(row.text("group").split()).replace(GROUP_MARK, "-")
        for row in rows
        if "group" in row
    }
    return groups if any(groups.values()) else {}


def outline(catalogue: Catalogue, named: Mapping[str, str]) -> Outline:
    """Draw groups as units name them, else one a level, and ask for half of all credits."""
    groups: dict[str, list[str]] = {}
    left_out = []
    for number, unit in catalogue.units.items():
        name = named.get(number, "") if named else f"level-{unit.level}"
        groups.setdefault(name, []).append(number) if name else left_out.append(number)
    units = [catalogue.units[number] for listed in groups.values() for number in listed]
    credits = dict.fromkeys(sorted({unit.level for unit in units}), 0)
    for unit in units:
        credits[unit.level] += unit.credits
    level = max(credits, key=lambda each: credits[each])
    above = sum(unit.credits for unit in units if unit.level >= level)
    total = min((sum(unit.credits for unit in units) + 1) // 2, LARGEST)
    ordered = {name: tuple(groups[name]) for name in sorted(groups)}
    fewest = {
        name: min(filter(None, (catalogue.units[number].credits for number in listed)), default=0)
        for name, listed in ordered.items()
    }
    return Outline(ordered, level, total, min(above, total) // 2, fewest, tuple(left_out))


def write_rules(catalogue: Catalogue, outline: Outline) -> str:
    """rules.toml: one qualification that every unit together meets, and what else can be said.

    A section of the template that names more units than there are is left out.
    """
    units = [quoted(number)[1:-1] for listed in outline.groups.values() for number in listed]
    credits = str(outline.total)
    known = {
        "level": outline.level,
        "credits": credits,
        "spaces": " " * max(23 - len(credits), 1),
        "groups": "".join(_groups(catalogue, outline)),
        "rules": "".join(_rules(outline)),
        "measure": "credits" if outline.total else "units",
        "last": units[-1],
        **dict(zip(("first", "second", "third"), units, strict=False)),
    }
    sections = map(Template, template("rules.toml").split(SECTION))
    fitting = (each for each in sections if known.keys() >= {*each.get_identifiers()})
    return "".join(each.substitute(known) for each in fitting)


def _groups(catalogue: Catalogue, outline: Outline) -> Iterator[str]:
    """Each group, a unit a line, so that it can be held against the print."""
    for name, numbers in outline.groups.items():
        key = name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else quoted(name)
        yield f"\ngroups.{key} = [\n"
        for unit in (catalogue.units[number] for number in numbers):
            about = f"{unit.title} (level {unit.level}, {amount(unit.credits, 'credits')})"
            yield f"  {quoted(unit.number)}, # {about}\n"
        yield "]\n"
    if outline.left_out:
        yield f"# in no group, since units.csv names none: {', '.join(outline.left_out)}\n"


def _rules(outline: Outline) -> Iterator[str]:
    if outline.total:
        says = f"At least {amount(outline.total, 'credits')} in all"
        yield _rule("total", says, f"credits = {{ at_least = {outline.total} }}")
    else:
        yield _rule("total", "At least 1 unit", "units = { at_least = 1 }")
    if outline.at_level:
        yield "\n# A level is written as 3, for just that, or with at_least or at_most.\n"
        level = f"{{ level = {{ at_least = {outline.level} }} }}"
        says = f"At least {amount(outline.at_level, 'credits')} at level {outline.level} or above"
        sums = f"credits = {{ of = {level}, at_least = {outline.at_level} }}"
        yield _rule("level", says, sums).lstrip("\n")
    ids = _ids(outline.groups)
    for name, fewest in outline.of_group.items():
        measure, least = ("credits", fewest) if fewest else ("units", 1)
        says = f"At least {amount(least, measure)} from Group {name}"
        of = f"{{ group = {quoted(name)} }}"
        yield _rule(ids[name], says, f"{measure} = {{ of = {of}, at_least = {least} }}")


def _rule(id: str, says: str, rule: str) -> str:
    return f"\n[[qualification.rule]]\nid = {quoted(id)}\nsays = {quoted(says)}\n{rule}\n"


def _ids(groups: Iterable[str]) -> Mapping[str, str]:
    """An id for the rule of each group, no two alike."""
    ids: dict[str, str] = {}
    for name in groups:
        slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "other"
        id, number = f"group-{slug}", 2
        while id in ids.values():
            id, number = f"group-{slug}-{number}", number + 1
        ids[name] = id
    return ids


class FirstProof(NamedTuple):
    """A mix for the first file of proofs, and the rules that it breaks; none where it is legal."""

    name: str
    units: Sequence[str]
    broken: Sequence[str] = ()


def find_proofs(chosen: Qualification) -> Iterator[FirstProof]:
    """Mixes of a rulebook that is to be written: a legal one, and for most rules an illegal one."""
    units = tuple(chosen.offering.units)
    yield FirstProof("all units", units)
    yield FirstProof("no unit", (), _broken(chosen, frozenset()))
    for rule in chosen.rules:
        mix, offering = frozenset(units), chosen.offering
        counted = [unit for unit in units if rule.printed.role(unit, offering)]
        for unit in sorted(counted, key=lambda number: -offering.units[number].credits):
            if not _broken(chosen, mix) and _broken(chosen, mix - {unit}) in ([], [rule.id]):
                mix -= {unit}
        if mix and _broken(chosen, mix):
            yield FirstProof(f"only {rule.id} is not met", sort_units(mix), [rule.id])


def _broken(chosen: Qualification, mix: Mix) -> list[str]:
    judgement = chosen.judge(mix, Terms().learner(chosen), PRINTED)
    return [each.rule.id for each in judgement.broken]


def write_proofs(proofs: Iterable[FirstProof]) -> str:
    text = template("proofs.yaml")
    for name, units, broken in proofs:
        label = f"illegal: {flow(broken)}" if broken else "legal: true"
        text += f"  {scalar(name)}:\n    units: {flow(units)}\n    {label}\n"
    return text


def say_outline(outline: Outline) -> str:
    """What the rulebook begins with, in one line."""
    units = sum(map(len, outline.groups.values()))
    groups = listing(tuple(outline.groups))
    return f"{amount(units, 'units')} in groups {groups}; every figure of a rule is a guess"
