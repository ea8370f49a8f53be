"""Which kinds of rules there are, and how a rule comes to be of one.

How to add a kind stands in `docs/architecture.md`: three source files, then texts and proofs.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from typing import Any

from nvqplan.core.findings import Findings, Located
from nvqplan.core.records import RULES, Key, Members, Record, one_of_keys
from nvqplan.core.shapes import Schema, Shape, Spot, ref
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

VOICE = RULES._replace(
    unknown="unknown rule kind or measure '{key}'",
    known="known: ",
    names_unknown=False,
    in_file_order=True,
)
"""The voice of what is of some kind."""

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


@lru_cache(256)
def _shape_at(key: str, offering: Offering) -> Shape[Kind]:
    """What stands under the key of a kind, which is imported then; many rules are alike."""
    return kind_at(key).shape(key, offering)


@lru_cache(256)
def _of_kind(key: str, offering: Offering) -> Key[Kind]:
    """The key of a kind; how that is written is looked up when such a rule is read."""

    def read(node: Located, key: str, found: Findings) -> Kind | None:
        return _shape_at(key, offering).read(node, key, found)

    def schema(definitions: Schema) -> Schema:
        kind = kind_at(key)
        shape = _shape_at(key, offering).stating(description=kind.described)
        return ref(kind.__name__.lower(), shape).schema(definitions)

    return Key(key, Shape(read, schema))


def one_kind(
    keys: tuple[str, ...], offering: Offering, common: Iterable[Key[Any]] = ()
) -> Shape[Members]:
    """A record in which, beside `common` keys, one of these says of what kind a rule is."""
    kinds = [_of_kind(key, offering) for key in keys]
    names = frozenset(keys)

    def check(members: Members, at: Spot) -> Members:
        written = names.intersection(members.nodes)
        if len(written) > 1:
            at.tell(f"a rule says one thing, this says {len(written)}")
        elif not written and members.are_known:
            at.tell(f"a rule needs one of {', '.join(keys)}")
        return members

    record = Record((*kinds, *common), VOICE, more={"oneOf": one_of_keys(keys)})
    return record.shape.made(check)


def kind_in(members: Members, offering: Offering) -> Kind | None:
    """The one kind that `one_kind` has read; None where there is none, or more than one."""
    values, measures = members.values, offering.measures
    kinds = [values[key] for key in values if key in KINDS or key in measures]
    return kinds[0] if len(kinds) == 1 else None


@lru_cache(8)
def condition_in(offering: Offering) -> Shape[Kind]:
    """A rule without a name, as one of the conditions of an alternative."""
    record = one_kind(keys_of_mixes(offering), offering)
    return ref("condition", record.into(lambda members: kind_in(members, offering)))
