"""Results as documents for programs: plain data, versioned, the same bytes every time."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from textwrap import indent
from typing import TYPE_CHECKING, Any

from nvqplan import __version__
from nvqplan.core.units import Unit
from nvqplan.core.validity import Provenance
from nvqplan.rules.lookup import UnitListing
from nvqplan.rules.outcome import Outcome
from nvqplan.rules.qualification import Correction, Demand, Judgement, Qualification, Remark
from nvqplan.rules.rule import Rule
from nvqplan.rules.terms import Terms

if TYPE_CHECKING:
    from nvqplan.advice.awards import Missed, Sharing
    from nvqplan.advice.suggestions import Answer, Suggestion
    from nvqplan.reports.results import Checked, Tally
    from nvqplan.space.mixes import Frequency, Space

VERSION = 1
"""Of the documents: it rises when a key changes its meaning or goes."""

Document = dict[str, Any]


def write_document(command: str, body: Document) -> str:
    """A document with its version, as indented JSON in plain ASCII."""
    head = {"version": VERSION, "nvqplan": __version__, "command": command}
    return to_json({**head, **body})


def to_json(value: Any) -> str:
    """A value as JSON; halves of characters, of which file names can be made, become `?`."""
    text = json.dumps(value, indent=2)
    if "\\ud" in text:  # whole characters beyond the first 65,536 too, which stay what they are
        whole = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
        return json.dumps(json.loads(whole), indent=2)
    return text


class ListReport:
    """Findings as a document with one long list, which takes its members from every file."""

    def __init__(
        self,
        before: str,
        members: Callable[["Checked"], Iterable[Any]],
        behind: Callable[["Tally"], str],
        depth: int,
    ) -> None:
        """The members stand between what is written before and behind them, so deeply indented."""
        self._before, self._members, self._behind = before, members, behind
        self._margin = " " * depth
        self._last = ""

    def head(self) -> Iterator[str]:
        yield self._before

    def file(self, checked: "Checked") -> Iterator[str]:
        """The members of one file, each held back until it is known whether a comma follows."""
        for member in self._members(checked):
            if self._last:
                yield f"{self._last},"
            self._last = indent(to_json(member), self._margin)

    def tail(self, tally: "Tally") -> Iterator[str]:
        if self._last:
            yield self._last
        yield self._behind(tally)


def files_report(
    command: str, body: Document, files: Callable[["Checked"], Iterable[Document]]
) -> ListReport:
    """A document whose last member is `files`, written one by one as they come."""
    head = write_document(command, body).removesuffix("\n}")
    return ListReport(f'{head},\n  "files": [', files, lambda _: "  ]\n}", 4)


def count_document(
    space: "Space", spreads: Mapping[str, Mapping[int, int]], terms: Terms
) -> Document:
    """The count, and for each measure how many mixes have which sum."""
    by = {
        measure: [{"sum": total, "mixes": mixes} for total, mixes in spread.items()]
        for measure, spread in spreads.items()
    }
    return {
        "qualification": space.qualification.id,
        **terms_document(terms),
        "measure": space.qualification.size.measure,
        "count": space.count(),
        "by": by,
    }


def rank_document(space: "Space", number: int | None, terms: Terms) -> Document:
    """Which mix it is, the first being number 1; null for one that is none of them."""
    return {
        "qualification": space.qualification.id,
        **terms_document(terms),
        "number": number,
        "count": space.count(),
        "hash": space.fingerprint,
    }


def suggest_document(answer: "Answer", terms: Terms) -> Document:
    """The suggestions, proven best, or the conflict that leaves none."""
    conflict = [demand_document(demand) for demand in answer.conflict]
    return {
        "qualification": answer.qualification.id,
        **terms_document(terms),
        "measure": answer.qualification.size.measure,
        "total": answer.qualification.size.total,
        "proven": True,
        "count": answer.space.count(),
        "suggestions": [_suggestion(each, answer) for each in answer.suggestions],
        "conflict": conflict,
        "sources": {rule.id: rule.source for rule in answer.rules},
    }


def units_document(entries: Iterable[UnitListing], status: "Mapping[str, Frequency]") -> Document:
    return {
        "units": [
            {
                **_unit(entry.unit),
                "provenance": provenance_document(entry.unit.provenance),
                "groups": dict(entry.groups),
                "successors": list(entry.successors),
                "corrections": [_correction(slip) for slip in entry.corrections],
                **_share(status.get(entry.unit.number)),
            }
            for entry in entries
        ]
    }


def _share(status: "Frequency | None") -> Document:
    if status is None:
        return {}
    return {"status": status.kind, "mixes": status.mixes, "of": status.of}


def rules_document(
    qualifications: Iterable[Qualification], corrections: Iterable[Correction]
) -> Document:
    return {
        "qualifications": [_qualification(each) for each in qualifications],
        "corrections": [_correction(each) for each in corrections],
    }


def _correction(correction: Correction) -> Document:
    return {
        "subject": correction.subject,
        "field": correction.field,
        "printed": correction.printed,
        "intended": correction.intended,
        "why": correction.why,
    }


def _unit(unit: Unit) -> Document:
    return {
        "number": unit.number,
        "uan": unit.uan,
        "title": unit.title,
        "level": unit.level,
        "credits": unit.credits,
        "glh": unit.glh,
        "topics": list(unit.topics),
        "nos": list(unit.nos),
        "outcomes": unit.outcomes,
        "criteria": unit.criteria,
        "source": unit.source,
        "columns": dict(unit.columns or {}),
    }


def provenance_document(provenance: Provenance) -> Document:
    """Since and until when it counts, and who has verified it; null is what nobody says."""
    first, last = provenance.valid
    verified = provenance.verified
    return {
        "valid_from": str(first) if first > date.min else None,
        "valid_until": str(last) if last < date.max else None,
        "verified_on": str(verified.on) if verified else None,
        "verified_by": verified.by if verified else None,
    }


def terms_document(terms: Terms) -> Document:
    """A registration of null stands for the newest window; `learner` holds all other facts."""
    return {
        "reading": terms.reading,
        "registered": None if terms.registered is None else str(terms.registered),
        "age": terms.age,
        "learner": {**dict(terms.attributes), **dict(terms.figures)},
    }


def demand_document(demand: Demand) -> Document:
    return {"id": demand.id, "says": demand.says, "wish": demand.is_wish}


def judgement_document(judgement: Judgement) -> list[Document]:
    """Each rule; where it asks for a fact that nobody gave, such as an age, `holds` is null."""
    return [
        {
            "id": judged.rule.id,
            "holds": judged.holds if judged.outcomes else None,
            "outcomes": [outcome_document(outcome) for outcome in judged.outcomes],
        }
        for judged in judgement.rules
    ]


def outcome_document(outcome: Outcome) -> Document:
    """One comparison of a rule; that it is about the learner, its measure says."""
    return {
        "measure": outcome.measure,
        "have": outcome.have,
        "at_least": outcome.at_least,
        "at_most": outcome.at_most,
        "counted": list(outcome.counted),
        "missing": list(outcome.missing),
        "about": outcome.about,
        "choices": [list(units) for units in outcome.choices],
        "asked_by": list(outcome.asked_by),
        "out_of": outcome.out_of,
        "counted_as": list(outcome.counted_as),
        "beyond": [{"units": each.units, "amount": each.amount} for each in outcome.beyond],
        "options": [
            {
                "name": option.name,
                "holds": option.holds,
                "outcomes": [outcome_document(each) for each in option.outcomes],
            }
            for option in outcome.options
        ],
        "holds": outcome.holds,
        "slack": outcome.slack,
        "short_by": outcome.short_by,
        "over_by": outcome.over_by,
    }


def _suggestion(suggestion: "Suggestion", answer: "Answer") -> Document:
    groups = answer.qualification.offering.groups
    units, liked = suggestion.units, answer.preferences
    return {
        "units": [{**_unit(u), "group": groups[u.number]} for u in units],
        "credits": suggestion.totals.credits,
        "surplus": suggestion.surplus,
        "preferred": suggestion.preferred,
        "avoided": suggestion.avoided,
        "preferred_credits": sum(u.credits for u in units if u.number in liked.preferred),
        "avoided_credits": sum(u.credits for u in units if u.number in liked.avoided),
        "glh": suggestion.totals.glh,
        "sums": dict(suggestion.totals.sums),
        **awards_document(suggestion.judgement.titles, suggestion.missed, suggestion.sharings),
        "rules": judgement_document(suggestion.judgement),
    }


def awards_document(
    titles: Sequence[str], missed: Iterable["Missed"], sharings: Iterable["Sharing"]
) -> Document:
    """The titles that a legal mix earns or misses by one thing, and for what its units are used."""
    return {
        "titles": list(titles),
        "missed_titles": [
            {
                "title": each.title,
                "lacks": [outcome_document(outcome) for outcome in each.lacks],
                "unit": each.unit,
            }
            for each in missed
        ],
        "components": [
            {
                "rule": sharing.rule,
                "measure": sharing.measure,
                "parts": [
                    {
                        "component": part.component,
                        "units": list(part.units),
                        "adds": list(part.units.values()),
                        "sum": part.sum,
                    }
                    for part in sharing.parts
                ],
                "left_over": list(sharing.left_over),
            }
            for sharing in sharings
        ],
    }


def _qualification(qualification: Qualification) -> Document:
    groups: dict[str, list[str]] = {}
    for number, group in qualification.offering.groups.items():
        groups.setdefault(group, []).append(number)
    declared = qualification.offering.declared
    return {
        "id": qualification.id,
        "title": qualification.title,
        "number": qualification.number,
        "qan": qualification.qan,
        "level": qualification.level,
        "credits": qualification.credits,
        "source": qualification.source,
        "attributes": {n: list(values) for n, values in declared.attributes.items()},
        "figures": list(declared.figures),
        "imported": qualification.offering.imports_to,
        "groups": dict(sorted(groups.items())),
        "rules": [_rule(rule) for rule in qualification.rules],
        "remarks": [_remark(each) for each in qualification.remarks],
    }


def _remark(remark: Remark) -> Document:
    return {
        "id": remark.id,
        "says": remark.says,
        "figures": remark.kind.figures(),
        "when": str(remark.when) or None,
    }


def _rule(rule: Rule) -> Document:
    intended = rule.intended
    return {
        "id": rule.id,
        "says": rule.says,
        "figures": rule.printed.figures(),
        "when": str(rule.when) or None,
        "source": rule.source,
        "provenance": provenance_document(rule.provenance),
        "intended": None
        if intended is None
        else {"says": intended.says, "figures": intended.kind.figures(), "why": intended.why},
    }
