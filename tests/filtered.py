"""What the tests of the filters share: one curriculum, checked and settled without a command."""

from datetime import date
from pathlib import Path

from nvqplan.checking.checks import check_curriculum
from nvqplan.checking.exceptions import approve
from nvqplan.checking.filters import FindingFilters, read_and_check, settle
from nvqplan.core.curricula import Curriculum
from nvqplan.core.findings import Finding, Findings
from nvqplan.core.sources import Sources
from nvqplan.reports.results import Checked
from tests.rulebook_3412 import CACHE

TODAY = date(2026, 9, 1)


def check_text(
    folder: Path, text: str | bytes, filters: FindingFilters | None = None, name: str = "a.yaml"
) -> Checked:
    """What is left of the findings in a curriculum file of this text, and what settled others."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    sources = Sources()

    def check(curriculum: Curriculum, found: Findings) -> Checked:
        return approve(check_curriculum(curriculum, CACHE, "printed", found), in_force.today)

    in_force = filters or FindingFilters(TODAY)
    checked, curriculum = read_and_check(str(path), sources, check)
    return settle(checked, curriculum, in_force, sources)


def said(findings: tuple[Finding, ...]) -> list[tuple[int, str]]:
    """Line and code of each finding."""
    return [(each.location.line, each.code) for each in findings]


def settled(checked: Checked) -> list[tuple[str, str]]:
    """The code of each finding that is settled, and by what."""
    return sorted((each.finding.code, each.by) for each in checked.settled)
