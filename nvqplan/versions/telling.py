"""What differs between two versions, as findings in words."""

from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from nvqplan.core.findings import Finding, Location, Related
from nvqplan.core.words import amount, listing
from nvqplan.reports.results import Case
from nvqplan.rules.wording import say_counted, say_outcome, say_sources
from nvqplan.versions.changes import Change, What
from nvqplan.versions.impact import Impact, Sample
from nvqplan.versions.moves import Move, passes
from nvqplan.versions.version import Version

CODES_OF: dict[What, str] = {
    "unit": "NVQ521",
    "column": "NVQ521",
    "qualification": "NVQ522",
    "group": "NVQ523",
    "rule": "NVQ524",
    "remark": "NVQ525",
    "correction": "NVQ525",
}

PLAIN = frozenset({"figures", "intended figures", "when", "topics", "nos"})
"""Fields that are told without quotation marks, though their texts have several words."""


def tell_change(change: Change, *, with_source: bool = True) -> Finding:
    subject = f"{change.qualification} {change.name}".strip()
    source = change.source if with_source else ""
    return Finding(change.place, CODES_OF[change.what], say_change(change), source, subject)


def say_change(change: Change) -> str:
    """`rule 'group-b' of l2-certificate: at least 12 -> at least 15 credits of Group B`."""
    if change.what == "group":
        return _say_group(change)
    name = f"{change.what} {change.name}"
    if change.what in ("rule", "remark"):
        name = f"{change.what} '{change.name}' of {change.qualification}"
    elif change.what == "correction":
        name = f"correction to {change.name}"
    if not change.field:
        about = "" if change.what == "column" else f": {change.old or change.new}"
        return f"{name} is {change.how}{about}"
    only = ", in other words only" if change.how == "reworded" else ""
    fields = "" if change.field == "figures" else f"{_field(change.field)} "
    return f"{name}{'' if change.field == 'says' else ':'} {fields}{_fold(change)}{only}"


def _field(name: str) -> str:
    """A field as it is called in a sentence."""
    if name.startswith("intended "):
        return f"as intended, {_field(name.removeprefix('intended '))}"
    return name.upper() if name in ("glh", "uan", "nos", "qan") else name


def _say_group(change: Change) -> str:
    unit, of = f"unit {change.name}", f"of {change.qualification}"
    if change.how == "added":
        return f"{unit} joins Group {change.new} {of}"
    if change.how == "removed":
        return f"{unit} leaves Group {change.old} {of}"
    return f"{unit} moves from Group {change.old} to Group {change.new} {of}"


def _fold(change: Change) -> str:
    """`old -> new`; what figures have in common at the end is told once."""
    old, new = change.old, change.new
    if change.field in PLAIN and old and new:
        pairs = zip(reversed(old.split()), reversed(new.split()), strict=False)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        kept = old.split()[: len(old.split()) - same]
        if kept and same < len(new.split()):
            old = " ".join(kept)
    return " -> ".join(_quote(text, change.field) for text in (old, new))


def _quote(text: str, field: str) -> str:
    if not text:
        return "none"
    return f"'{text}'" if " " in text and field not in PLAIN else text


def tell_impact(impact: Impact, old: Version, new: Version) -> Iterator[Finding]:
    """The mixes lost, as a warning, and the mixes gained, with a few of each."""
    if impact.new is not None:
        place = new.qualification(impact.new)
    else:
        assert impact.old is not None
        place = old.qualification(impact.old)
    kinds: tuple[tuple[str, int, tuple[Sample, ...], str], ...] = (
        ("NVQ526", impact.lost, impact.lost_samples, "lost"),
        ("NVQ527", impact.gained, impact.gained_samples, "gained"),
    )
    for code, count, samples, turn in kinds:
        if count:
            help = "\n".join(say_samples(impact, samples, turn))
            yield Finding(place, code, _say_count(impact, count, turn), help, impact.id)


def _say_count(impact: Impact, count: int, turn: str) -> str:
    legal = "legal mix" if count == 1 else "legal mixes"
    are = "is" if count == 1 else "are"
    before, after = (f"{each:,}" for each in (impact.before, impact.after))
    return f"{count:,} {legal} of {impact.id} {are} {turn}: {before} before, {after} after"


def say_samples(impact: Impact, samples: Sequence[Sample], turn: str) -> Iterator[str]:
    """Each mix with its figures, and why it is not legal in the other version."""
    if not samples and impact.old is not None and impact.new is not None:
        yield "none is shown: finding one would take more memory than is allowed"
    for each in samples:
        credits = amount(each.credits, "credits") if each.credits else ""
        figures = ", ".join(filter(None, (credits, amount(each.glh, "glh"))))
        why = "; ".join(_say_reasons(each, turn))
        yield f"{turn}, for one: {' '.join(each.units)} ({figures}): {why}"
    yield from say_sources(judged.rule for each in samples for judged in each.broken)


def _say_reasons(sample: Sample, turn: str) -> Iterator[str]:
    if sample.not_offered:
        yield say_not_offered(sample.not_offered, "any more" if turn == "lost" else "before")
    for judged in sample.broken:
        for outcome in judged.broken:
            yield f"rule '{judged.rule.id}': {say_outcome(outcome)}"


def say_not_offered(units: tuple[str, ...], when: str) -> str:
    is_one, now = len(units) == 1, when == "any more"
    are = ("is" if now else "was") if is_one else ("are" if now else "were")
    return f"{listing(units)} {are} not offered {when}"


def tell_move(case: Case, move: Move) -> Iterator[Finding]:
    """What becomes of a pathway, where anything does."""
    tell = _TELLERS.get(move.turn)
    if tell is not None:
        finding = tell(case, move)
        yield finding._replace(pathway=case.pathway.name)


def _tell_breaking(case: Case, move: Move) -> Finding:
    """All reasons in one line, and what counts towards each rule below it."""
    is_draft, remedy = case.proposal.draft, case.nearby.remedy
    reasons = [say_not_offered(move.gone, "any more")] if move.gone else []
    help = list(_say_dropping(case, move))
    offering = case.qualification.offering
    for judged in move.broken:
        sentence = judged.rule.sentence(case.proposal.reading)
        for outcome in judged.broken:
            reasons.append(f"{sentence}: {say_outcome(outcome)}")
            help.append(say_counted(outcome, offering))
        help.append(f"rule '{judged.rule.id}', {judged.rule.source}")
    if is_draft and not passes(case) and (remedy is None or remedy.conflicts or not reasons):
        reasons.append("no legal mix contains its units")
    related = tuple(
        Related(judged.rule.place, f"rule '{judged.rule.id}' of {case.qualification.id}")
        for judged in move.broken
    )
    message = f"'{case.pathway.name}' passed and breaks: {'; '.join(reasons)}"
    code = "NVQ322" if is_draft else "NVQ321"
    told = "\n".join(filter(None, help))
    return Finding(case.pathway.place, code, message, told, case.qualification.id, related=related)


def _say_dropping(case: Case, move: Move) -> Iterator[str]:
    """What has to be dropped whatever else is done, since no repair can speak of it."""
    if move.gone:
        done = "which is enough" if passes(case) else "which is not enough"
        yield f"drop {listing(move.gone)}, {done}"


def _tell_tight(case: Case, move: Move) -> Finding:
    reasons = [
        f"rule '{' '.join(filter(None, (each.rule, each.about)))}' spares nothing "
        f"({amount(each.before, each.measure)} before)"
        for each in move.tightened
    ]
    if move.was_droppable:
        units = listing(move.was_droppable, "or")
        reasons.append(f"no unit can be left out any more ({units} could)")
    if move.completions:
        reasons.append(f"one legal mix contains it ({move.completions:,} before)")
    message = f"'{case.pathway.name}' still passes, and becomes tight: {'; '.join(reasons)}"
    tight = {each.rule for each in move.tightened}
    help = "\n".join(say_sources(rule for rule in case.qualification.rules if rule.id in tight))
    return Finding(case.pathway.place, "NVQ528", message, help, case.qualification.id)


def _tell_passing(case: Case, move: Move) -> Finding:
    reasons = [say_not_offered(move.come, "before")] if move.come else []
    help = ""
    if case.before is None:
        reasons = [f"the older rulebook has no {case.qualification.id}"]
    elif not case.before.verdict.passes and not case.before.proposal.draft:
        broken = [each.rule for each in case.before.verdict.judgement.broken]
        ids = tuple(f"'{rule.id}'" for rule in broken)
        reasons.append(f"it broke {listing(ids)}")
        help = "\n".join(say_sources(broken))
    why = f": {'; '.join(reasons)}" if reasons else ""
    message = f"'{case.pathway.name}' newly passes{why}"
    return Finding(case.pathway.place, "NVQ529", message, help, case.qualification.id)


_TELLERS: dict[str, Callable[[Case, Move], Finding]] = {
    "breaks": _tell_breaking,
    "becomes tight": _tell_tight,
    "newly passes": _tell_passing,
}


def tell_gone(place: Location, before: Case, now: str | None = None) -> Finding:
    """A pathway that passed and has no qualification any more, or only one of another id `now`."""
    name, id = before.pathway.name, before.qualification.id
    message = f"'{name}' passed for {id}, which the newer version does not have under that name"
    help = "" if now is None else f"it has the id {now} now: write qualification: {now}"
    return Finding(place, "NVQ323", message, help, id, name)
