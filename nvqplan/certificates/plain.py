"""Which rules a certificate can show: plain sums, each of which anybody can do again by hand."""

from nvqplan.core.units import GROUP_MARK
from nvqplan.rules.age import Age
from nvqplan.rules.barred import Barred
from nvqplan.rules.kind import Kind
from nvqplan.rules.mandatory import Mandatory
from nvqplan.rules.qualification import PRINTED, Qualification
from nvqplan.rules.requires import Requires
from nvqplan.rules.sums import Sum


def is_certifiable(qualification: Qualification) -> bool:
    """Whether every rule, read either way, is a plain sum over units in plain groups.

    What holds in one of many ways, or counts in part only, is not; nor can be shown what is asked
    of learners beside date and lowest age, of how units are achieved, and of imported ones.
    """
    readings = (PRINTED, qualification.intended)
    kinds = (rule.kind(reading) for rule in qualification.rules for reading in readings)
    is_flat = not any(GROUP_MARK in group for group in qualification.offering.groups.values())
    asks_dates_only = not any(
        rule.when.asks_age or rule.when.attributes for rule in qualification.rules
    )
    offers_all = not qualification.offering.imported
    return is_flat and asks_dates_only and offers_all and all(map(_is_plain, kinds))


def _is_plain(kind: Kind) -> bool:
    if isinstance(kind, Sum):
        is_of_all = all(each is None for each in (kind.of.but, kind.of.statuses, kind.of.imported))
        return is_of_all and not kind.of.ways and not kind.caps
    if isinstance(kind, Mandatory):
        entries = list(kind.entries)
    elif isinstance(kind, Barred):
        entries = [entry for each in kind.entries for entry in each]
    elif isinstance(kind, Requires):
        entries = [entry for unit, needed in kind.needs for entry in (unit, *needed)]
    else:
        return isinstance(kind, Age)
    return all(len(entry.numbers) == 1 for entry in entries)
