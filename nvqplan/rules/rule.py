"""One rule of combination: what it says, whom it concerns, and how it may be read."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from nvqplan.core.atoms import TEXT
from nvqplan.core.findings import Findings, Located
from nvqplan.core.records import Key, Members, one_of_keys
from nvqplan.core.shapes import Shape, Spot
from nvqplan.core.units import MEASURES, Offering
from nvqplan.core.validity import PROVENANCE, UNKNOWN, Provenance, provenance_of
from nvqplan.core.values import NamedTuple
from nvqplan.rules.kind import Kind
from nvqplan.rules.kinds import FOR_EVERYBODY, keys_of_mixes, kind_in, kind_keys, one_kind
from nvqplan.rules.learner import ALWAYS, When, when_in

Reading = frozenset[str]
"""The ids of the rules that are read as intended; all others are read as printed."""


class Intended(NamedTuple):
    """How a misprinted or open rule was most likely meant, and the evidence."""

    says: str
    kind: Kind
    why: str


class Rule(NamedTuple):
    """One rule of combination; `says` in our own words, `source` where the print has it."""

    id: str
    says: str
    source: str
    when: When
    printed: Kind
    intended: Intended | None
    place: Located
    provenance: Provenance = UNKNOWN

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """What it says in each of its readings."""
        return (self.printed, *([self.intended.kind] if self.intended else []))

    def kind(self, reading: Reading) -> Kind:
        """The rule as the reading has it."""
        return self.intended.kind if self.intended and self.id in reading else self.printed

    @property
    def cited(self) -> str:
        """Which rule it is, and where the print has it."""
        return f"rule '{self.id}', {self.source}"

    @property
    def absent(self) -> tuple[Located, ...]:
        """The units that it names as the print does, though no table has them."""
        return tuple([unit for each in self.place.under("absent") for unit in each.members])

    @property
    def hangs_on_pathway(self) -> bool:
        """Whether it asks what only a pathway tells of units, or offers ways for some learners."""
        ways = (each.asks_of_learner for kind in self.kinds for each in kind.conditions())
        return self.place.mentions("status") or self.place.mentions("imported") or any(ways)

    def sentence(self, reading: Reading) -> str:
        return self.intended.says if self.intended and self.id in reading else self.says


def kinds_of(rules: Iterable[Rule]) -> Iterator[Kind]:
    """Yield the kinds of all rules in every reading, and the conditions of their alternatives."""
    for rule in rules:
        for kind in rule.kinds:
            yield kind
            yield from kind.conditions()


class Size(NamedTuple):
    """The measure by which mixes are large or small, and the total that surplus is counted from."""

    measure: str
    total: int


def size_of(credits: int, rules: Iterable[Rule], offering: Offering) -> Size:
    """The size is in credits where the qualification states them, else as its widest minimum is.

    Of sums over as many units credits go before units, units before columns, and hours come last.
    A total of 0 is none: where none of the widest is a sum of all units.
    """
    if credits:
        return Size("credits", credits)
    sums = filter(None, (rule.printed.as_sum for rule in rules))
    widths = [(each, len(each.of.select(offering))) for each in sums if each.at_least]
    widest = max((width for _, width in widths), default=0)
    rank = ("credits", "units", *offering.measures[len(MEASURES) :], "glh").index
    least = {each: each.at_least or 0 for each, width in widths if width == widest}
    measure = min((each.measure for each in least), key=rank, default="")
    if not measure:
        measure = "credits" if any(u.credits for u in offering.units.values()) else "units"
    whole = widest == len(offering.units)
    totals = [total for each, total in least.items() if whole and each.measure == measure]
    return Size(measure, min(totals, default=0))


ID = Key("id", TEXT, needed=True)
SAYS = Key("says", TEXT, needed=True)
_MISSING = "'{what}' needs '{key}'"
_MEANT = SAYS._replace(missing=_MISSING)
_WHY = Key("why", TEXT, needed=True, missing=_MISSING)
_SAYS = SAYS._replace(description="A short sentence of your own.")
_SOURCE = Key("source", TEXT, "Where the print has it; left out: as of the whole.")

WHEN, INTENDED = "when", "intended"
_OTHER_READING = "The other reading of a misprinted or open rule."

COMMON = ("id", "says", "source", WHEN, INTENDED, *(key.name for key in PROVENANCE))
"""The keys that every rule may have."""


@lru_cache(8)
def rule_in(offering: Offering) -> Shape[Members]:
    """How one `[[qualification.rule]]` is written."""
    when = Key(WHEN, when_in(offering.declared))
    intended = Key(INTENDED, _intended_in(offering), _OTHER_READING)
    common = (ID, _SAYS, _SOURCE, when, intended, *PROVENANCE)
    conditional = {"not": {"anyOf": one_of_keys((WHEN, INTENDED))}}
    for_all = dict.fromkeys(FOR_EVERYBODY, conditional)
    record = one_kind(kind_keys(offering), offering, common)
    return record.made(_check_unconditional).stating(dependentSchemas=for_all)


def _intended_in(offering: Offering) -> Shape[Intended]:
    """`{ says = …, why = …, credits = { … } }`."""

    def make(members: Members) -> Intended | None:
        kind = kind_in(members, offering)
        return Intended(members.get(_MEANT, ""), kind, members.get(_WHY, "")) if kind else None

    return one_kind(keys_of_mixes(offering), offering, (_MEANT, _WHY)).into(make)


def _check_unconditional(members: Members, at: Spot) -> Members:
    """What other rules mean by a unit cannot hang on the learner or on a reading."""
    for key in (WHEN, INTENDED):
        if key in members.nodes and members.nodes.keys() & FOR_EVERYBODY:
            message = f"units are equivalent for every learner and reading: no '{key}' here"
            at.tell(message, at=members.nodes[key].key)
    return members


def read_rule(
    node: Located,
    source: str,
    offering: Offering,
    found: Findings,
    provenance: Provenance = UNKNOWN,
) -> Rule | None:
    """Read one `[[qualification.rule]]`; None where there is no rule to speak of.

    Source and provenance are those of its qualification, which count where it has none of its own.
    """
    members = rule_in(offering).read(node, "a rule", found)
    kind = members and kind_in(members, offering)
    if members is None or kind is None:
        return None
    return Rule(
        members.get(ID, ""),
        members.get(SAYS, ""),
        members.get(_SOURCE, source),
        members.values.get(WHEN) or ALWAYS,
        kind,
        members.values.get(INTENDED),
        node,
        provenance_of(members, provenance),
    )
