"""Two versions of a rulebook held together, and the files of a centre under both."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from nvqplan.core.curricula import Curriculum
from nvqplan.core.findings import Finding
from nvqplan.core.values import NamedTuple
from nvqplan.reports.results import Case, Checked, in_order
from nvqplan.rules.terms import Terms
from nvqplan.versions.changes import Change, find_changes, tell_change
from nvqplan.versions.impact import Impact, measure_impact, tell_impact
from nvqplan.versions.moves import Turn, move_of, passes, tell_gone, tell_move
from nvqplan.versions.version import Version, pair_qualifications

NAMING = frozenset({"NVQ201", "NVQ202"})
"""Units that nobody knows or offers: where neither version does, that is no version's doing."""


class Comparison(NamedTuple):
    """What two versions say differently, and what that does to the mixes of each qualification."""

    old: Version
    new: Version
    terms: Terms
    changes: tuple[Change, ...]
    impacts: tuple[Impact, ...]

    @property
    def says_the_same(self) -> bool:
        return not (self.changes or self.lost or self.gained)

    @property
    def renamed(self) -> Mapping[str, str]:
        """From the ids of qualifications that have another one now to those."""
        pairs = [(each.old, each.new) for each in self.impacts]
        return {one.id: other.id for one, other in pairs if one and other and one.id != other.id}

    @property
    def paths(self) -> frozenset[str]:
        """The files of both versions."""
        rulebooks = (self.old.rulebook, self.new.rulebook)
        return frozenset(path for each in rulebooks for path in (each.path, each.catalogue.path))

    @property
    def lost(self) -> int:
        return sum(each.lost for each in self.impacts)

    @property
    def gained(self) -> int:
        return sum(each.gained for each in self.impacts)


class Difference(NamedTuple):
    """A finding on two versions, and the qualification that it is about; "" for the catalogue."""

    qualification: str
    finding: Finding


def compare_versions(old: Version, new: Version, terms: Terms, memory: int) -> Comparison:
    """Raises OutgrownError where counting mixes would take more than `memory` bytes."""
    pairs = pair_qualifications(old, new)
    impacts = tuple(measure_impact(one, other, terms, memory) for one, other in pairs)
    return Comparison(old, new, terms, find_changes(old, new), impacts)


def find_differences(comparison: Comparison) -> Iterator[Difference]:
    """All changes, then what they do to the mixes; the source of a rule is named once."""
    cited: set[tuple[str, str]] = set()
    for change in comparison.changes:
        rule = change.qualification, change.name
        finding = tell_change(change, with_source=rule not in cited)
        yield Difference(change.qualification, finding)
        cited.update([rule] if change.source else [])
    for impact in comparison.impacts:
        yield from (Difference(impact.id, finding) for finding in tell_impact(impact))


def by_file(differences: Iterable[Difference]) -> Iterator[Checked]:
    """The same findings, file by file of both versions."""
    findings = in_order(each.finding for each in differences)
    for path, of_file in groupby(findings, key=lambda finding: finding.location.path):
        yield Checked(path, findings=tuple(of_file))


def compare_file(
    old: Checked, new: Checked, curriculum: Curriculum, renamed: Mapping[str, str]
) -> Checked:
    """What becomes of each pathway of a file that was checked under both versions.

    Findings name qualifications that are `renamed` by their new ids. What keeps a file or a pathway
    from being compared is found under the newer version.
    """
    before = {case.pathway.name: case for case in old.cases}
    cases = (case._replace(before=before.get(case.pathway.name)) for case in new.cases)
    places = {each.name: each.place for each in curriculum.pathways}
    gone = [
        tell_gone(places[name], before[name], renamed.get(before[name].qualification.id))
        for name in new.unjudged
        if name in before and passes(before[name])
    ]
    findings = (*_unmade(old.all_findings, new.findings), *gone)
    return new._replace(findings=findings, cases=tuple(map(_compare, cases)), settled=())


def _unmade(old: Iterable[Finding], new: Iterable[Finding]) -> Iterator[Finding]:
    """What is found under the newer version, without names in pathways that only it lacks."""
    known = {each.location for each in old if each.code in NAMING}
    for each in new:
        if not (each.code in NAMING and each.pathway) or each.location in known:
            yield each


def _compare(case: Case) -> Case:
    """The case with what the versions make of it; only what breaks has to be mended.

    Units that neither version knows are found as by `check`.
    """
    move = move_of(case)
    named = [each for each in case.findings if each.code in NAMING]
    unknown = named if case.before is None else _unmade(case.before.findings, named)
    findings = (*unknown, *tell_move(case, move))
    if move.turn != "breaks":
        case = case._replace(nearby=case.nearby._replace(remedy=None))
    return case._replace(findings=findings)


Turns = Counter[Turn]
"""How many pathways take which turn."""


def turns_of(checked: Checked) -> Turns:
    """How many pathways of a file take which turn; what has no qualification any more breaks."""
    gone = sum(finding.code == "NVQ323" for finding in checked.findings)
    turns = Turns(move_of(case).turn for case in checked.cases)
    turns["breaks"] += gone
    turns["not judged"] += len(checked.unjudged) - gone
    return turns


class DiffResults(NamedTuple):
    """The comparison, the differences that are shown, and the pathways counted so far."""

    comparison: Comparison
    differences: Sequence[Difference]
    turns: Turns
