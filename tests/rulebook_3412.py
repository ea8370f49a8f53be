"""The rulebook 3412, read once a process, and its spaces."""

from nvqplan.advice.cache import RulebookCache
from nvqplan.core.findings import Findings
from nvqplan.core.sources import Sources
from nvqplan.reading.rulebook import find_data, read_rulebook
from nvqplan.rules.qualification import Rulebook
from nvqplan.rules.terms import Terms
from nvqplan.space.mixes import Space
from nvqplan.space.wishes import Wishes


def _read() -> Rulebook:
    rulebook = read_rulebook(find_data(), Sources(), Findings())
    assert rulebook is not None
    return rulebook


RULEBOOK = _read()
QUALIFICATIONS = {each.id: each for each in RULEBOOK.qualifications}
IDS = ("l1-award", "l1-certificate", "l2-certificate", "l3-diploma", "l4-diploma")
SALES = frozenset(n for n, unit in RULEBOOK.catalogue.units.items() if "sales" in unit.topics)

CACHE = RulebookCache(RULEBOOK)
"""What is worked out of it once for all who ask."""

ANY = Terms("any")
INTENDED = Terms("any", None, "intended")


def space(id: str, wishes: Wishes | None = None, terms: Terms = ANY) -> Space:
    """The mixes of a qualification that fit some wishes, for a learner on these terms."""
    qualification = QUALIFICATIONS[id]
    reading = terms.rules_read_as_intended(qualification)
    return Space(qualification, terms.learner(qualification), reading, wishes)
