"""Proofs held against their rulebook: whether each labelled mix is what its author says."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from nvqplan.advice.cache import RulebookCache
from nvqplan.advice.proposal import Proposal
from nvqplan.authoring.breaking import Breach, find_breach, is_provable
from nvqplan.checking.resolving import find_strays, find_twice, resolve
from nvqplan.core.curricula import ACHIEVED
from nvqplan.core.findings import Finding, Findings, Located, Related
from nvqplan.core.units import sort_units
from nvqplan.core.values import NamedTuple
from nvqplan.core.words import amount, listing, say_date
from nvqplan.reading.proofs import Proof, ProofFile
from nvqplan.reports.results import Checked, Proven
from nvqplan.rules.lookup import find_qualification, find_rules, find_units
from nvqplan.rules.qualification import Judged, Judgement, Qualification, Rulebook
from nvqplan.rules.wording import say_against, say_counted
from nvqplan.solving.layers import OutgrownError


class TestedProof(NamedTuple):
    """A proof whose names are all known, and what the rules say of its mix."""

    proof: Proof
    proposal: Proposal
    judgement: Judgement

    @property
    def qualification(self) -> Qualification:
        """The qualification, with the units that the mix imports."""
        return self.proposal.qualification

    @property
    def key(self) -> tuple[object, ...]:
        """Two proofs with the same key prove the same thing."""
        offering, proposal = self.qualification.offering, self.proposal
        imported = tuple(offering.units[unit] for unit in sort_units(offering.imported))
        return (self.qualification.id, proposal.mix, proposal.terms, repr(imported))

    @property
    def broken(self) -> frozenset[str]:
        """The ids of the rules that the mix breaks."""
        return frozenset(each.rule.id for each in self.judgement.broken)

    @property
    def labelled(self) -> frozenset[str]:
        """The ids of the rules that the author says it breaks."""
        return frozenset(each.text for each in self.proof.broken)


class Proving:
    """Tests file after file, and keeps what the rulebook as a whole is asked in the end."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._cache = RulebookCache(rulebook)
        self._first: dict[tuple[object, ...], Proof] = {}
        self.agreed: list[TestedProof] = []
        """The mixes that are what their authors say."""
        self.files = 0
        self.mixes = 0
        self.alone: list[tuple[str, str]] = []
        """Qualification and rule, for each rule that is proven never to be broken alone."""

    def file(self, file: ProofFile, found: Findings) -> Checked:
        """What is found in one file; `found` holds what reading it has found already."""
        self.files += 1
        self.mixes += len(file.proofs) + len(file.unread)
        proofs, unjudged = [], [*file.unread]
        shared = file.qualification
        if shared is not None and shared not in [each.qualification for each in file.proofs]:
            find_qualification(shared, self._cache.rulebook, found)
        for proof in file.proofs:
            found.pathway = proof.name
            tested = judge_proof(proof, self._cache, found)
            if tested is None:
                unjudged.append(proof.name)
                continue
            faults = [*check_label(tested)]
            if not faults:
                self.agreed.append(tested)
            in_proof = (*faults, *self._check_twice(tested))
            proofs.append(Proven(proof.name, not faults, in_proof))
        found.pathway = ""
        # A fault in what the file says for all its mixes is reported once, not for each of them.
        once = {each[:3]: each for each in reversed(tuple(found))}
        findings = tuple(reversed(once.values()))
        return Checked(file.path, findings=findings, unjudged=tuple(unjudged), proofs=tuple(proofs))

    def _check_twice(self, tested: TestedProof) -> Iterator[Finding]:
        proof = tested.proof
        first = self._first.setdefault(tested.key, proof)
        if first is not proof:
            message = f"'{proof.name}' is the same mix on the same terms as '{first.name}'"
            related = (Related(first.mix.place, f"'{first.name}'"),)
            help = f"first in {first.mix.place}"
            yield Finding(proof.mix.place, "NVQ444", message, help, "", proof.name, related)

    def coverage(self) -> Iterator[Finding]:
        """What the proofs of all files leave open, at the rules' own lines."""
        for qualification in self._cache.rulebook.qualifications:
            tested = [each for each in self.agreed if each.qualification.id == qualification.id]
            yield from check_legal(qualification, tested)
            if tested:
                yield from self._check_rules(qualification, tested)

    def _check_rules(
        self, qualification: Qualification, tested: Sequence[TestedProof]
    ) -> Iterator[Finding]:
        """Rules that no proof breaks alone, although some mix does.

        Where it is neither found nor proven that none does, nothing is said.
        """
        broken_alone = {next(iter(each.broken)) for each in tested if len(each.broken) == 1}
        for rule in qualification.rules:
            if rule.id in broken_alone:
                continue
            try:
                breach = find_breach(qualification, rule)
            except OutgrownError:
                help = "whether any mix does would take too much memory to find out"
            else:
                if breach is None:
                    if is_provable(qualification, rule):
                        self.alone.append((qualification.id, rule.id))
                    continue
                help = f"this mix does: {_say_breach(breach)}"
            message = f"no proof breaks rule '{rule.id}' of {qualification.id} alone"
            help = f"{help}\n{rule.source}"
            yield Finding(rule.place.location, "NVQ442", message, help, rule.id)


def judge_proof(proof: Proof, cache: RulebookCache, found: Findings) -> TestedProof | None:
    """What the rules say of the mix; None where a name is unknown or a unit stands twice."""
    problems, rulebook, mix = len(found), cache.rulebook, proof.mix
    qualification = find_qualification(proof.qualification, rulebook, found)
    if qualification is None:
        find_units(mix.all_listed, rulebook.catalogue, found)
        return None
    empty = Proposal(qualification, frozenset(), proof.terms)
    proposal, lists, _ = resolve(mix, empty, cache, found)
    strays = find_strays(proof.name, lists, proposal) if proposal is not None else ()
    for each in (*find_twice(lists), *strays):
        found.take(each)
    find_rules(proof.broken, qualification, found)
    if proposal is None or len(found) > problems:
        return None
    judgement = proposal.qualification.judge(proposal.mix, proposal.learner, proposal.reading)
    return TestedProof(proof, proposal, judgement)


def check_label(tested: TestedProof) -> Iterator[Finding]:
    """Report where the rules say something else than the label, and what they say instead."""
    proof, judgement = tested.proof, tested.judgement
    if tested.labelled and not tested.broken:
        message = f"'{proof.name}' is said to be illegal, and breaks no rule"
        help = [line for each in proof.broken for line in _say_held(each.text, tested)]
        yield _fault(tested, proof.label, message, help)
        return
    for each in proof.broken:
        if each.text not in tested.broken:
            message = f"'{proof.name}' does not break rule '{each.text}'"
            yield _fault(tested, each, message, _say_held(each.text, tested), each.text)
    more = [each for each in judgement.broken if each.rule.id not in tested.labelled]
    if more:
        ids = listing(tuple(f"'{each.rule.id}'" for each in more))
        read = ", as intended" if proof.terms.reading == "intended" else ""
        breaks = "also breaks" if tested.labelled else "is said to be legal, and breaks"
        help = [line for each in more for line in _say_judged(each, tested)]
        message = f"'{proof.name}' {breaks} {ids}{read}"
        yield _fault(tested, proof.label, message, help, more[0].rule.id)


def _fault(
    tested: TestedProof, place: Located, message: str, help: Iterable[str], subject: str = ""
) -> Finding:
    proof = tested.proof
    rules = [each.rule for each in tested.judgement.rules if each.rule.id == subject]
    related = tuple(Related(rule.place, f"rule '{rule.id}'") for rule in rules)
    lines = "\n".join(help)
    return Finding(place.location, "NVQ441", message, lines, subject, proof.name, related)


def _say_held(id: str, tested: TestedProof) -> Iterator[str]:
    """How the mix stands to a rule that it is said to break."""
    judged = next((each for each in tested.judgement.rules if each.rule.id == id), None)
    if judged is not None:
        return _say_judged(judged, tested)
    (rule,) = (each for each in tested.qualification.rules if each.id == id)
    day = say_date(tested.judgement.registered)
    does_not = f"{rule.says}: does not apply to learners registered on {day}"
    return iter((does_not, rule.cited))


def _say_judged(judged: Judged, tested: TestedProof) -> Iterator[str]:
    """A rule's sentence, its figures for the mix, and where the print has it."""
    rule, offering = judged.rule, tested.qualification.offering
    says = rule.sentence(tested.proposal.reading)
    if not judged.outcomes:
        yield f"{says}: nobody tells what it asks about, such as the age"
    for outcome in judged.broken or judged.outcomes:
        counted = say_counted(outcome, offering)
        yield f"{say_against(says, outcome)}{f'; {counted}' if counted else ''}"
    yield rule.cited


def check_legal(qualification: Qualification, tested: Sequence[TestedProof]) -> Iterator[Finding]:
    """Report a qualification of which no proof shows a mix at all, or none that is legal."""
    if not tested:
        message = f"there is no proof of {qualification.id}"
    elif any(not each.broken for each in tested):
        return
    else:
        message = f"no proof shows a legal mix of {qualification.id}"
    place, source = qualification.place.location, qualification.source
    yield Finding(place, "NVQ443", message, source, qualification.id)


def _say_breach(breach: Breach) -> str:
    """A mix with all that it is judged by, in the keys of a file of proofs."""
    learner = breach.learner
    (day,) = learner.dates
    facts = [f"{name}: {value}" for name, value in (*learner.attributes, *learner.figures)]
    terms = [] if day == date.max else [f"registered {day}"]
    terms += [] if learner.age is None else [f"age {learner.age}"]
    terms += [f"learners {{{', '.join(facts)}}}"] if facts else []
    for status in ACHIEVED:
        units = [unit for unit in breach.units if dict(learner.statuses).get(unit) == status]
        terms += [f"{status} [{', '.join(units)}]"] if units else []
    terms += ["read as intended"] if breach.reading else []
    return "; ".join((f"units [{', '.join(breach.units)}]", *terms))


def say_proofs(proving: Proving) -> str:
    """How many mixes are what their authors say, in one sentence."""
    agreed = len(proving.agreed)
    are = "is" if agreed == 1 else "are"
    mixes, where = amount(proving.mixes, "mixes"), amount(proving.files, "files")
    never = ", ".join(f"'{rule}' of {qualification}" for qualification, rule in proving.alone)
    proven = f"; proven that no mix breaks alone: {never}" if never else ""
    return f"{agreed:,} of {mixes} in {where} {are} as labelled{proven}"
