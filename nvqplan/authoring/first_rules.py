"""What `nvqplan rules new` writes: a rulebook to fill in, and its first proofs."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from nvqplan.authoring.first_files import flow, quoted, scalar
from nvqplan.authoring.outline import Outline
from nvqplan.core.units import Catalogue, Mix, Unit, sort_units
from nvqplan.core.words import amount, listing
from nvqplan.rules.qualification import PRINTED, Qualification
from nvqplan.rules.terms import Terms

HEAD = """\
# The rules of combination for the units of units.csv, to be filled in from the print.
#
# Groups, levels and credits are those of units.csv. Every figure of a rule is only a guess, small
# enough that some mix meets it: put the figures of the print in its place, and write your own
# sentence behind `says`, never the awarding body's. Take the # away from what you need below.
#
#   nvqplan rules print --data . --format html   a page to hold against the print, line by line
#   nvqplan rules test .                         the labelled mixes under proofs/
#   nvqplan count --data . -q first              how many mixes the rules let through
#   nvqplan schema rulebook --data .             by which an editor completes this file
"""

FACTS = """
# One [[qualification]] for each; its id is what you call it on the command line.
[[qualification]]
id = "first"
title = "Title of the qualification"
number = ""                      # the awarding body's number, such as 3412-04
qan = ""                         # the accreditation number, such as 600/1136/1
level = {level}
credits = {credits}{spaces}# the total in print; 0 where there is none
source = "Handbook, its version, chapter and page"
# verified = {{ on = 2026-11-01, by = "A. Author" }}    # when you have held all rules against it
# valid = {{ from = 2026-09-01, until = 2029-08-31 }}   # registration dates for which it counts
"""

AFTER = """
# What the print has wrong or leaves open. As printed is the default; --reading intended is this:
# [qualification.rule.intended]
# says = "The same as it was likely meant"
# why = "The evidence"
# {measure} = {{ at_least = 1 }}
"""

WINDOW = """
# For learners registered on some dates only: before, until, on, from or after a date.
# [[qualification.rule]]
# id = "window"
# says = "From 1 September 2027 on, every mix has {unit}"
# when = {{ registered = {{ from = 2027-09-01 }} }}
# units = {{ of = ["{unit}"], at_least = 1 }}

# The lowest age at registration.
# [[qualification.rule]]
# id = "age"
# says = "Learners are at least 16 at registration"
# age = {{ at_least = 16 }}
"""

PAIRS = """
# Units of which every mix has all.
# [[qualification.rule]]
# id = "mandatory"
# says = "{first} is mandatory"
# mandatory = ["{first}"]

# Sets of units of which no mix has two.
# [[qualification.rule]]
# id = "barred"
# says = "{first} and {second} bar each other"
# barred = [["{first}", "{second}"]]
"""

REQUIRES = """
# Units that build on others.
# [[qualification.rule]]
# id = "builds-on"
# says = "{third} builds on {first}"
# requires = {{ "{third}" = ["{first}"] }}

# No more than so many of some units. Name under absent what the print names and no table holds.
# [[qualification.rule]]
# id = "no-more-than"
# says = "At most two of {first}, {second} and {third}"
# units = {{ of = ["{first}", "{second}", "{third}"], absent = [], at_most = 2 }}
"""

SLIP = """
# A slip of the print that is no rule: a number, a title, a sum.
# [[correction]]
# unit = "{unit}"
# field = "title"
# printed = "As it stands in print"
# intended = "As it should be"
# why = "The evidence"
"""


def write_rules(catalogue: Catalogue, outline: Outline) -> str:
    """rules.toml: one qualification that every unit together meets, and what else can be said."""
    units = [number for listed in outline.groups.values() for number in listed]
    credits = str(outline.total)
    facts = FACTS.format(
        level=outline.level, credits=credits, spaces=" " * max(23 - len(credits), 1)
    )
    measure = "credits" if outline.total else "units"
    parts = [HEAD, facts, *_groups(catalogue, outline), *_rules(outline)]
    parts.append(AFTER.format(measure=measure))
    escaped = [quoted(number)[1:-1] for number in units]
    names = dict(zip(("first", "second", "third"), escaped, strict=False))
    if len(names) > 1:
        parts.append(PAIRS.format(**names))
    if len(names) > 2:  # noqa: PLR2004 - the third is the last that is named
        parts.append(REQUIRES.format(**names))
    return "".join((*parts, WINDOW.format(unit=escaped[-1]), SLIP.format(unit=escaped[0])))


def _groups(catalogue: Catalogue, outline: Outline) -> Iterator[str]:
    """Each group, a unit a line, so that it can be held against the print."""
    for name, numbers in outline.groups.items():
        yield f"\ngroups.{_key(name)} = [\n"
        for number in numbers:
            yield f"  {quoted(number)}, # {_say(catalogue.units[number])}\n"
        yield "]\n"
    if outline.left_out:
        yield f"# in no group, since units.csv names none: {', '.join(outline.left_out)}\n"


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else quoted(name)


def _say(unit: Unit) -> str:
    return f"{unit.title} (level {unit.level}, {amount(unit.credits, 'credits')})"


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


PROOFS = """\
# Labelled mixes: is the rulebook what you think it is? nvqplan rules test holds them against it.
# Work each out by hand from the print: a mix that the rules themselves have found, as these are,
# proves nothing yet. Good ones lie just on this and just on that side of a figure.
#
# A mix is `legal: true`, or `illegal:` with the ids of all rules that it breaks. Beside units may
# stand registered (a date), age and reading (printed or intended); above mixes, for all of them.
qualification: first
mixes:
"""


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
    return PROOFS + "".join(map(_proof, proofs))


def _proof(proof: FirstProof) -> str:
    label = f"illegal: {flow(proof.broken)}" if proof.broken else "legal: true"
    return f"  {scalar(proof.name)}:\n    units: {flow(proof.units)}\n    {label}\n"


def say_outline(outline: Outline) -> str:
    """What the rulebook begins with, in one line."""
    units = sum(map(len, outline.groups.values()))
    groups = listing(tuple(outline.groups))
    return f"{amount(units, 'units')} in groups {groups}; every figure of a rule is a guess"
