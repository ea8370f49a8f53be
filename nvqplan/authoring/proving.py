"""Proofs held against their rulebook: whether each labelled mix is what its author says."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from nvqplan.authoring.breaking import Breach, find_breaches
from nvqplan.findings import Finding, Findings, Located, Related
from nvqplan.lookup import find_qualification, find_rule_ids, find_units, offered
from nvqplan.qualification import Judged, Judgement, Qualification, Rulebook
from nvqplan.reading.proofs import Proof, ProofFile
from nvqplan.results import Checked, Proven
from nvqplan.rules.learner import Learner, say_date
from nvqplan.rules.rule import Rule
from nvqplan.solving.layers import OutgrownError
from nvqplan.units import Mix
from nvqplan.wording import amount, listing, say_against, say_counted, say_source


class Tested(NamedTuple):
    """A proof whose names are all known, and what the rules say of its mix."""

    proof: Proof
    qualification: Qualification
    mix: Mix
    judgement: Judgement

    @property
    def broken(self) -> frozenset[str]:
        """The ids of the rules that the mix breaks."""
        return frozenset(each.rule.id for each in self.judgement.broken)

    @property
    def said(self) -> frozenset[str]:
        """The ids of the rules that the author says it breaks."""
        return frozenset(each.text for each in self.proof.broken)


class Proving:
    """Tests file after file, and keeps what the rulebook as a whole is asked in the end."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._first: dict[tuple[object, ...], Proof] = {}
        self._agreed: list[Tested] = []
        self.files = 0
        self.mixes = 0
        self.alone: list[tuple[str, str]] = []
        """Qualification and rule, for each rule that is proven never to be broken alone."""

    @property
    def agreed(self) -> int:
        """How many mixes are what their authors say."""
        return len(self._agreed)

    def file(self, file: ProofFile, found: Findings) -> Checked:
        """What is to be told of one file; `found` holds what reading it has found already."""
        self.files += 1
        self.mixes += len(file.proofs) + len(file.unread)
        proofs, unjudged = [], [*file.unread]
        shared = file.qualification
        if shared is not None and shared not in [each.qualification for each in file.proofs]:
            find_qualification(shared, self._rulebook, found)
        for proof in file.proofs:
            found.pathway = proof.name
            tested = judge_proof(proof, self._rulebook, found)
            if tested is None:
                unjudged.append(proof.name)
                continue
            faults = [*check_label(tested)]
            if not faults:
                self._agreed.append(tested)
            findings = (*faults, *self._check_twice(tested))
            proofs.append(Proven(proof.name, not faults, findings))
        found.pathway = ""
        return Checked(
            file.path, findings=tuple(found), unjudged=tuple(unjudged), proofs=tuple(proofs)
        )

    def _check_twice(self, tested: Tested) -> Iterator[Finding]:
        proof = tested.proof
        key = (tested.qualification.id, tested.mix, proof.terms)
        first = self._first.setdefault(key, proof)
        if first is not proof:
            message = f"'{proof.name}' is the same mix on the same terms as '{first.name}'"
            related = (Related(first.place, f"'{first.name}'"),)
            help = f"first in {first.place}"
            yield Finding(proof.place, "NVQ444", message, help, "", proof.name, related)

    def coverage(self) -> Iterator[Finding]:
        """What the proofs of all files leave open, at the rules' own lines."""
        for qualification in self._rulebook.qualifications:
            tested = [each for each in self._agreed if each.qualification is qualification]
            yield from check_legal(qualification, tested)
            if tested:
                yield from self._check_rules(qualification, tested)

    def _check_rules(
        self, qualification: Qualification, tested: Sequence[Tested]
    ) -> Iterator[Finding]:
        """Rules that no proof breaks alone, although some mix does that a proof can show.

        Proofs tell of learners no more than date and age, and of units neither how they are
        achieved nor that they are imported: nothing is said of what only such learners break.
        """
        broken_alone = {next(iter(each.broken)) for each in tested if len(each.broken) == 1}
        for rule in qualification.rules:
            if rule.id in broken_alone or rule.hangs_on_pathway:
                continue
            try:
                breach, is_sure = _find_provable(qualification, rule)
            except OutgrownError:
                help = "whether any mix does would take too much memory to find out"
            else:
                if breach is None:
                    self.alone += [(qualification.id, rule.id)] if is_sure else []
                    continue
                help = f"this mix does: {_say_mix(breach.units, breach.learner)}"
                if breach.reading:
                    help += "; read as intended"
            message = f"no proof breaks rule '{rule.id}' of {qualification.id} alone"
            help = f"{help}\n{rule.source}"
            yield Finding(rule.place.location, "NVQ442", message, help, rule.id)


def _find_provable(qualification: Qualification, rule: Rule) -> tuple[Breach | None, bool]:
    """A mix that breaks just this rule by what proofs tell; else whether surely no mix does."""
    questions, takes = qualification.questions, qualification.offering.imports_to
    is_sure = not (questions.asks_status or questions.asks_imported) and takes is None
    for breach in find_breaches(qualification, rule):
        is_sure = False
        told = breach.learner._replace(attributes=(), figures=())
        broken = qualification.judge(frozenset(breach.units), told, breach.reading).broken
        if [each.rule.id for each in broken] == [rule.id]:
            return breach, is_sure
    return None, is_sure


def judge_proof(proof: Proof, rulebook: Rulebook, found: Findings) -> Tested | None:
    """What the rules say of the mix; None where a name is unknown or a unit stands twice."""
    problems = len(found)
    units = find_units(proof.units, rulebook.catalogue, found)
    qualification = find_qualification(proof.qualification, rulebook, found)
    if qualification is None:
        return None
    mix = offered(units, qualification, found)
    seen: set[str] = set()
    for number, place in units:
        if number in seen:
            found.add(place, "NVQ203", f"unit {number} is given twice", subject=number)
        seen.add(number)
    find_rule_ids(proof.broken, qualification, found)
    if len(found) > problems:
        return None
    learner = proof.terms.learner(qualification)
    reading = proof.terms.rules_read_as_intended(qualification)
    return Tested(proof, qualification, mix, qualification.judge(mix, learner, reading))


def check_label(tested: Tested) -> Iterator[Finding]:
    """Where the rules say something else than the label, what they say instead."""
    proof, judgement = tested.proof, tested.judgement
    if tested.said and not tested.broken:
        message = f"'{proof.name}' is said to be illegal, and breaks no rule"
        help = [line for each in proof.broken for line in _say_held(each.text, tested)]
        yield _fault(tested, proof.label, message, help)
        return
    for each in proof.broken:
        if each.text not in tested.broken:
            message = f"'{proof.name}' does not break rule '{each.text}'"
            yield _fault(tested, each, message, _say_held(each.text, tested), each.text)
    more = [each for each in judgement.broken if each.rule.id not in tested.said]
    if more:
        ids = listing(tuple(f"'{each.rule.id}'" for each in more))
        said = "also breaks" if tested.said else "is said to be legal, and breaks"
        help = [line for each in more for line in _say_judged(each, tested)]
        message = f"'{proof.name}' {said} {ids}{_as_read(tested)}"
        yield _fault(tested, proof.label, message, help, more[0].rule.id)


def _fault(
    tested: Tested, place: Located, message: str, help: Iterable[str], subject: str = ""
) -> Finding:
    proof = tested.proof
    rules = [each.rule for each in tested.judgement.rules if each.rule.id == subject]
    related = tuple(Related(rule.place, f"rule '{rule.id}'") for rule in rules)
    told = "\n".join(help)
    return Finding(place.location, "NVQ441", message, told, subject, proof.name, related)


def _as_read(tested: Tested) -> str:
    return ", as intended" if tested.proof.terms.reading == "intended" else ""


def _say_held(id: str, tested: Tested) -> Iterator[str]:
    """How the mix stands to a rule that it is said to break."""
    judged = next((each for each in tested.judgement.rules if each.rule.id == id), None)
    if judged is not None:
        yield from _say_judged(judged, tested)
        return
    (rule,) = (each for each in tested.qualification.rules if each.id == id)
    day = say_date(tested.judgement.registered)
    yield f"{rule.says}: does not apply to learners registered on {day}"
    yield say_source(rule)


def _say_judged(judged: Judged, tested: Tested) -> Iterator[str]:
    """A rule's sentence, its figures for the mix, and where the print has it."""
    rule, offering = judged.rule, tested.qualification.offering
    says = rule.sentence(tested.proof.terms.rules_read_as_intended(tested.qualification))
    if not judged.outcomes:
        yield f"{says}: nobody tells what it asks about, such as the age"
    for outcome in judged.broken or judged.outcomes:
        counted = say_counted(outcome, offering)
        yield f"{say_against(says, outcome)}{f'; {counted}' if counted else ''}"
    yield say_source(rule)


def check_legal(qualification: Qualification, tested: Sequence[Tested]) -> Iterator[Finding]:
    """A qualification of which no mix at all, or no legal one, is shown."""
    if not tested:
        message = f"there is no proof of {qualification.id}"
    elif any(not each.broken for each in tested):
        return
    else:
        message = f"no proof shows a legal mix of {qualification.id}"
    place, source = qualification.place.location, qualification.source
    yield Finding(place, "NVQ443", message, source, qualification.id)


def _say_mix(units: Sequence[str], learner: Learner) -> str:
    (day,) = learner.dates
    terms = [] if day == date.max else [f"registered {day}"]
    terms += [] if learner.age is None else [f"age {learner.age}"]
    return "; ".join((f"units [{', '.join(units)}]", *terms))


def say_proofs(proving: Proving) -> str:
    """How many mixes are what their authors say, in one sentence."""
    are = "is" if proving.agreed == 1 else "are"
    mixes, where = amount(proving.mixes, "mixes"), amount(proving.files, "files")
    told = f"{proving.agreed:,} of {mixes} in {where} {are} as labelled"
    if not proving.alone:
        return told
    never = ", ".join(f"'{rule}' of {qualification}" for qualification, rule in proving.alone)
    return f"{told}; proven that no mix breaks alone: {never}"
