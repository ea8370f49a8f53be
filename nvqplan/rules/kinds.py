"""Which kinds of rules there are, and how a rule comes to be of one."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from typing import Any, NamedTuple

from nvqplan.core.atoms import Schema
from nvqplan.core.findings import Findings, Located
from nvqplan.core.shapes import RULES, Key, Made, Members, Record, Ref, one_of_keys
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
"""From the key under which a rule is written to its kind, which is imported when a rulebook has it.

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
"""Which units are one is so in every reading and for every learner."""


def kind_keys(offering: Offering) -> tuple[str, ...]:
    """Every key that says of what kind a rule is."""
    return (*offering.measures, *KINDS)


def keys_of_mixes(offering: Offering) -> tuple[str, ...]:
    """Those of what can be read in two ways, be remarked, or be a condition among others."""
    return tuple([key for key in kind_keys(offering) if key not in FOR_EVERYBODY])


def kind_at(key: str) -> type[Kind]:
    """The kind of the rules under a key, which is one of `kind_keys`."""
    if key not in KINDS:
        return Sum
    module, name = KINDS[key].split(".")
    kind: type[Kind] = getattr(import_module(f"nvqplan.rules.{module}"), name)
    return kind


def key_of(kind: Kind) -> str:
    """The key under which a rule of this kind is written."""
    if isinstance(kind, Sum):
        return kind.measure
    return next(key for key in KINDS if kind_at(key) is type(kind))


def all_kinds() -> Iterator[type[Kind]]:
    """Every kind once, sums first."""
    yield Sum
    yield from dict.fromkeys(map(kind_at, KINDS))


class _OfKind(NamedTuple):
    """What stands under the key of a kind, which is imported when such a rule is read."""

    key: str
    offering: Offering

    def read(self, node: Located, key: str, found: Findings) -> Kind | None:
        return kind_at(key).shape(key, self.offering).read(node, key, found)

    def schema(self, definitions: Schema) -> Schema:
        kind = kind_at(self.key)
        return Ref(kind.__name__.lower(), kind.shape(self.key, self.offering)).schema(definitions)


def one_kind(
    keys: Iterable[str], offering: Offering, common: Iterable[Key[Any]] = ()
) -> Made[Members, Members]:
    """A record in which, beside `common` keys, one of these says of what kind a rule is."""
    kinds = [Key(key, _OfKind(key, offering)) for key in keys]

    def check(members: Members, node: Located, _: str, found: Findings) -> Members:
        written = [key for key in kinds if members.has(key)]
        if len(written) > 1:
            found.add(node, "NVQ401", f"a rule says one thing, this says {len(written)}")
        elif not written and members.are_known:
            found.add(node, "NVQ401", f"a rule needs one of {', '.join(keys)}")
        return members

    return Made(Record((*kinds, *common), VOICE), check, {"oneOf": one_of_keys(keys)})


def kind_in(members: Members, offering: Offering) -> Kind | None:
    """The one kind that `one_kind` has read; None where there is none, or more than one."""
    kinds = [members.values[key] for key in kind_keys(offering) if key in members.values]
    return kinds[0] if len(kinds) == 1 else None


@lru_cache(8)
def condition_in(offering: Offering) -> Ref[Kind]:
    """A rule without a name, as one of the conditions of an alternative."""
    record = one_kind(keys_of_mixes(offering), offering)
    return Ref("condition", Made(record, lambda members, *_: kind_in(members, offering)))
