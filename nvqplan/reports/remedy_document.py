"""Why a pathway cannot be as it stands and how it can be mended, as plain data."""

from typing import Any

from nvqplan.advice.remedies import Conflict, Reach, Remedy
from nvqplan.advice.repairs import Repair
from nvqplan.advice.temptations import Temptation
from nvqplan.rules.qualification import Demand, Qualification

Document = dict[str, Any]


def remedy_document(remedy: Remedy, qualification: Qualification) -> Document:
    return {
        "rulebook_at_fault": remedy.is_rulebook,
        "needs_held": remedy.needs_held,
        "beyond_repair": list(remedy.beyond),
        "conflicts": [_conflict(each) for each in remedy.conflicts],
        "repairs": [_repair(each) for each in remedy.repairs],
        "more_repairs": remedy.more_repairs,
        "no_help": [_temptation(each) for each in remedy.temptations],
        "sources": {rule.id: rule.source for rule in remedy.rules_of(qualification)},
    }


def _conflict(conflict: Conflict) -> Document:
    return {
        "demands": [_demand(each) for each in conflict.demands],
        "reaches": [_reach(each) for each in conflict.reaches],
        "repairs": [_repair(each) for each in conflict.repairs],
    }


def _reach(reach: Reach) -> Document:
    return {
        "rule": reach.rule,
        "measure": reach.measure,
        "best": reach.best,
        "at_least": reach.at_least,
        "at_most": reach.at_most,
    }


def _demand(demand: Demand) -> Document:
    return {
        "id": demand.id,
        "says": demand.says,
        "kind": "choice" if demand.is_wish else "rule",
        "unit": demand.unit or None,
    }


def _repair(repair: Repair) -> Document:
    """`units` is the legal mix that the edit leads to, of a draft its smallest completion."""
    return {
        "drop": list(repair.drop),
        "add": list(repair.add),
        "units": list(repair.units),
        "credits": repair.totals.credits,
        "glh": repair.totals.glh,
        "sums": dict(repair.totals.sums),
        "held_dropped": list(repair.lost),
        "not_on_offer": list(repair.outside),
    }


def _temptation(temptation: Temptation) -> Document:
    return {
        "drop": list(temptation.drop),
        "add": list(temptation.add),
        "mends": [rule.id for rule in temptation.mended],
        "breaks": [judged.rule.id for judged in temptation.broken],
    }
