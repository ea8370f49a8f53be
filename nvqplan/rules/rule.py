"""One rule of combination: what it says, whom it concerns, and how it may be read."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from nvqplan.core.fields import as_mapping, as_text, text_of
from nvqplan.core.findings import Findings, Located
from nvqplan.core.units import MEASURES, Offering
from nvqplan.core.validity import UNKNOWN, Provenance
from nvqplan.rules.kind import Kind
from nvqplan.rules.kinds import FOR_EVERYBODY, keys_of_mixes, kind_keys, parse_kind
from nvqplan.rules.learner import ALWAYS, When, parse_when
from nvqplan.rules.vouching import KEYS as VOUCHING
from nvqplan.rules.vouching import parse_provenance

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
    def absent(self) -> tuple[Located, ...]:
        """The units that it names as the print does, though no table has them."""
        return tuple(_absent(self.place))

    @property
    def hangs_on_pathway(self) -> bool:
        """Whether it asks what only a pathway tells of its units: statuses, what is imported."""
        return self.place.mentions("status") or self.place.mentions("imported")

    @property
    def hangs_on_chooser(self) -> bool:
        """Whether an alternative of it asks for the age or a figure of the learner."""
        return any(each.asks_of_learner for kind in self.kinds for each in kind.conditions())

    def sentence(self, reading: Reading) -> str:
        return self.intended.says if self.intended and self.id in reading else self.says


def _absent(node: Located) -> Iterator[Located]:
    """The units under each key `absent`, however deep in a rule."""
    if isinstance(node.value, list):
        for each in node.value:
            yield from _absent(each)
    for key, each in node.value.items() if isinstance(node.value, dict) else ():
        if key == "absent" and isinstance(each.value, list):
            yield from each.value
        else:
            yield from _absent(each)


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
    kind = parse_kind(members, node, COMMON, kind_keys(offering), offering, found)
    if members.keys() & FOR_EVERYBODY:
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
    keys = keys_of_mixes(offering)
    kind = parse_kind(inner, node, ("says", "why"), keys, offering, found)
    return Intended(says, kind, why) if kind else None


def _check_unconditional(members: Mapping[str, Located], found: Findings) -> None:
    """Refuse conditions: what other rules mean by a unit cannot hang on learner or reading."""
    for key in ("when", "intended"):
        if key in members:
            message = f"units are equivalent for every learner and reading: no '{key}' here"
            found.add(members[key].key, "NVQ401", message)
