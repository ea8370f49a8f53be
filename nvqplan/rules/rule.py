"""One rule of combination: what it says, whom it concerns, and how it may be read."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from nvqplan.fields import as_mapping, as_text, text_of
from nvqplan.findings import Findings, Located
from nvqplan.names import did_you_mean
from nvqplan.rules.age import Age
from nvqplan.rules.barred import Barred
from nvqplan.rules.best import Best
from nvqplan.rules.choose import Choose, conditions
from nvqplan.rules.components import Components
from nvqplan.rules.equivalent import Equivalent
from nvqplan.rules.figures import Figure
from nvqplan.rules.implies import Implies
from nvqplan.rules.kind import Kind
from nvqplan.rules.learner import ALWAYS, When, parse_when
from nvqplan.rules.mandatory import Mandatory
from nvqplan.rules.requires import Requires
from nvqplan.rules.share import Share
from nvqplan.rules.sums import Sum
from nvqplan.rules.together import Together
from nvqplan.rules.vouching import KEYS as VOUCHING
from nvqplan.rules.vouching import parse_provenance
from nvqplan.units import MEASURES, Offering
from nvqplan.validity import UNKNOWN, Provenance

KINDS: tuple[type[Kind], ...] = (
    Sum,
    Mandatory,
    Barred,
    Requires,
    Age,
    Figure,
    Share,
    Implies,
    Together,
    Equivalent,
    Choose,
    Components,
    Best,
)
"""Every kind of rule; the order is that of the messages that list them."""

ABOUT_LEARNERS: tuple[type[Kind], ...] = (Age, Figure)
"""Those that read no unit: what breaks them no choice of units mends."""

OF_MIXES = tuple(kind for kind in KINDS if kind is not Equivalent)
"""What can be read in two ways, or be remarked: which units are one is so for everybody."""

SUMMING = (Sum, Share, Components, Best)
"""Those that add up a measure."""

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

    def kind(self, reading: Reading) -> Kind:
        """The rule as the reading has it."""
        return self.intended.kind if self.intended and self.id in reading else self.printed

    @property
    def hangs_on_pathway(self) -> bool:
        """Whether it asks what only a pathway tells of its units: statuses, what is imported."""
        return self.place.mentions("status") or self.place.mentions("imported")

    def sentence(self, reading: Reading) -> str:
        return self.intended.says if self.intended and self.id in reading else self.says


def all_kinds(rules: Iterable[Rule]) -> Iterator[Kind]:
    """What the rules say in every reading, and what the alternatives among that ask for."""
    for rule in rules:
        for kind in (rule.printed, *([rule.intended.kind] if rule.intended else [])):
            yield kind
            yield from conditions(kind)


class Size(NamedTuple):
    """The measure by which mixes are large or small, and the total that surplus is counted from."""

    measure: str
    total: int


def size_of(credits: int, rules: Iterable[Rule], offering: Offering) -> Size:
    """Credits where the qualification states them; else what its widest sum with a minimum reads.

    Of sums over as many units credits go before units, units before columns, and hours come last.
    A total of 0 is none: where none of the widest is a sum of all units.
    """
    if credits:
        return Size("credits", credits)
    sums = [each.printed for each in rules if isinstance(each.printed, Sum)]
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


COMMON = ("id", "says", "source", "when", "intended", *VOUCHING)


def parse_rule(
    node: Located,
    source: str,
    offering: Offering,
    found: Findings,
    provenance: Provenance = UNKNOWN,
) -> Rule | None:
    """Read one `[[qualification.rule]]`; None where there is no rule to speak of.

    Source and provenance are those of its qualification, which count where it has none of its own.
    """
    members = as_mapping(node, "a rule", found)
    id, says = (text_of(members, key, node, "a rule", found) for key in ("id", "says"))
    kind = parse_kind(members, node, COMMON, offering, found)
    if isinstance(kind, Equivalent):
        _check_unconditional(members, found)
    declared = offering.declared
    when = parse_when(members["when"], declared, found) if "when" in members else ALWAYS
    if "source" in members:
        source = as_text(members["source"], "source", found) or source
    intended = _parse_intended(members, offering, found)
    vouched = parse_provenance(members, found, provenance)
    return Rule(id, says, source, when, kind, intended, node, vouched) if kind else None


def _parse_intended(
    members: Mapping[str, Located], offering: Offering, found: Findings
) -> Intended | None:
    """Read `intended = { says = …, why = …, credits = { … } }`."""
    if "intended" not in members:
        return None
    node = members["intended"]
    inner = as_mapping(node, "intended", found)
    says, why = (text_of(inner, key, node, "'intended'", found) for key in ("says", "why"))
    kind = parse_kind(inner, node, ("says", "why"), offering, found, OF_MIXES)
    return Intended(says, kind, why) if kind else None


def _check_unconditional(members: Mapping[str, Located], found: Findings) -> None:
    """What other rules mean by a unit cannot hang on the learner or on a reading."""
    for key in ("when", "intended"):
        if key in members:
            message = f"units are equivalent for every learner and reading: no '{key}' here"
            found.add(members[key].key, "NVQ401", message)


def kind_keys(offering: Offering, kinds: tuple[type[Kind], ...] = KINDS) -> tuple[str, ...]:
    """Every key that says of what kind a rule is."""
    return tuple(key for kind in kinds for key in kind.keys(offering))


def parse_kind(
    members: Mapping[str, Located],
    node: Located,
    common: tuple[str, ...],
    offering: Offering,
    found: Findings,
    known_kinds: tuple[type[Kind], ...] = KINDS,
) -> Kind | None:
    """The one member that is no common key says of what kind the rule is."""
    problems = len(found)
    keys = kind_keys(offering, known_kinds)
    kinds = []
    for key, value in members.items():
        if key in common:
            continue
        reader = next((kind for kind in known_kinds if key in kind.keys(offering)), None)
        if reader is None:
            known = (*keys, *common)
            help = did_you_mean(key, known, len(found)) or f"known: {', '.join(known)}"
            found.add(value.key, "NVQ401", f"unknown rule kind or measure '{key}'", help)
        else:
            kinds.append(reader.parse(key, value, offering, found))
    if len(kinds) == 1:
        return kinds[0]
    if kinds:
        found.add(node, "NVQ401", f"a rule says one thing, this says {len(kinds)}")
    elif len(found) == problems:
        found.add(node, "NVQ401", f"a rule needs one of {', '.join(keys)}")
    return None
