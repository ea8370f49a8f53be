"""What the tests of the filters share: one curriculum, checked and settled without a command."""

from datetime import date
from pathlib import Path

from nvqplan.advice.cache import RulebookCache
from nvqplan.checking.checks import check_curriculum
from nvqplan.checking.filters import FindingFilters, read_and_check, settle
from nvqplan.core.curricula import Curriculum
from nvqplan.core.findings import Finding, Findings
from nvqplan.core.sources import Sources
from nvqplan.reading.rulebook import find_data, read_rulebook
from nvqplan.reports.results import Checked
from nvqplan.rules.qualification import Rulebook

TODAY = date(2026, 9, 1)


def real_rulebook() -> Rulebook:
    rulebook = read_rulebook(find_data(), Sources(), Findings())
    assert rulebook is not None
    return rulebook


BOOK = real_rulebook()


def check_text(
    folder: Path, text: str | bytes, filters: FindingFilters | None = None, name: str = "a.yaml"
) -> Checked:
    """What is left of the findings in a curriculum file of this text, and what settled others."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    sources = Sources()

    def check(curriculum: Curriculum, found: Findings) -> Checked:
        return check_curriculum(curriculum, RulebookCache(BOOK), "printed", found)

    checked, curriculum = read_and_check(str(path), sources, check)
    return settle(checked, curriculum, filters or FindingFilters(TODAY), sources)


def said(findings: tuple[Finding, ...]) -> list[tuple[int, str]]:
    """Line and code of each finding."""
    return [(each.location.line, each.code) for each in findings]


def settled(checked: Checked) -> list[tuple[str, str]]:
    """The code of each finding that is settled, and by what."""
    return sorted((each.finding.code, each.by) for each in checked.settled)
