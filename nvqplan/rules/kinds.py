"""Which kinds of rules there are, and how a rule comes to be of one.

**To add a kind:** its file in this folder, its line in `KINDS`, its code in `core/codes.py` with an
explanation beside those of the others; then a golden pair `tests/cases/rule-NAME` and a section in
`docs/rules-language.md`. Tests fail until all are there, and no other source file is touched.
"""

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module

from nvqplan.core.findings import Findings, Located
from nvqplan.core.names import did_you_mean
from nvqplan.core.units import Offering
from nvqplan.rules.kind import Kind
from nvqplan.rules.sums import Sum

KINDS: Mapping[str, str] = {
    "mandatory": "mandatory.Mandatory",
    "barred": "barred.Barred",
    "requires": "requires.Requires",
    "age": "age.Age",
    "learner": "figures.Figure",
    "share": "share.Share",
    "implies": "implies.Implies",
    "together": "together.Together",
    "equivalent": "equivalent.Equivalent",
    "choose": "choose.Choose",
    "titles": "choose.Choose",
    "components": "components.Components",
    "best": "best.Best",
}
"""Each key under which a rule is written, with its kind; that is imported when a rulebook has it.

Sums are written under their measure. The order is that of the messages that list all keys.
"""

FOR_EVERYBODY = ("equivalent",)
"""Rules about which units are one: they hold in every reading and for every learner."""


def kind_keys(offering: Offering) -> tuple[str, ...]:
    """Every key that says of what kind a rule is."""
    return (*offering.measures, *KINDS)


def keys_of_mixes(offering: Offering) -> tuple[str, ...]:
    """The keys of rules that can have two readings, be remarks, or be conditions."""
    return tuple([key for key in kind_keys(offering) if key not in FOR_EVERYBODY])


def kind_at(key: str) -> type[Kind]:
    """The kind of the rules under a key, which is one of `kind_keys`."""
    if key not in KINDS:
        return Sum
    module, name = KINDS[key].split(".")
    kind: type[Kind] = getattr(import_module(f"nvqplan.rules.{module}"), name)
    return kind


def key_of(kind: Kind) -> str:
    """The key under which a rule of this kind is written; of a sum its measure."""
    name = f"{type(kind).__module__.rpartition('.')[2]}.{type(kind).__name__}"
    return next((key for key in KINDS if KINDS[key] == name), kind.measure)


def all_kinds() -> Iterator[type[Kind]]:
    """Every kind once, sums first."""
    yield Sum
    yield from dict.fromkeys(map(kind_at, KINDS))


def read_alike(
    rules: Sequence[Located], offering: Offering, found: Findings
) -> Mapping[str, tuple[str, ...]]:
    """Map each number of a unit that has several to all of them, as rules `FOR_EVERYBODY` say."""
    tables = [rule.value for rule in rules if isinstance(rule.value, dict)]
    named = [table[key] for table in tables for key in FOR_EVERYBODY if key in table]
    if not named:
        return {}
    from nvqplan.rules.equivalent import find_alike

    return find_alike(named, offering, found)


def parse_kind(
    members: Mapping[str, Located],
    node: Located,
    common: tuple[str, ...],
    keys: tuple[str, ...],
    offering: Offering,
    found: Findings,
) -> Kind | None:
    """Read the rule under the one member that is no `common` key; it must be one of the `keys`."""
    problems = len(found)
    kinds = []
    for key, value in members.items():
        if key in common:
            continue
        if key in keys:
            kinds.append(kind_at(key).parse(key, value, offering, found))
        else:
            known = (*keys, *common)
            help = did_you_mean(key, known, len(found)) or f"known: {', '.join(known)}"
            found.add(value.key, "NVQ401", f"unknown rule kind or measure '{key}'", help)
    if len(kinds) == 1:
        return kinds[0]
    if kinds:
        found.add(node, "NVQ401", f"a rule says one thing, this says {len(kinds)}")
    elif len(found) == problems:
        found.add(node, "NVQ401", f"a rule needs one of {', '.join(keys)}")
    return None
