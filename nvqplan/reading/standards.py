"""nos.csv: the National Occupational Standards (NOS) that units cite, and which are replaced."""

from collections.abc import Iterable, Mapping

from nvqplan.core.findings import Findings
from nvqplan.core.values import NamedTuple
from nvqplan.reading.csv_rows import read_rows

STANDARD_COLUMNS = ("urn", "title", "replaces", "approved", "review", "keywords")


class Standard(NamedTuple):
    """One National Occupational Standard; `replaces` are numbers as the units cite them (CC18).

    `approved` and `review` are months such as 2021-02; `review` is the indicative review date.
    """

    urn: str
    title: str
    replaces: tuple[str, ...]
    approved: str
    review: str
    keywords: tuple[str, ...]


def successors(standards: Iterable[Standard]) -> Mapping[str, str]:
    """From each old number to the URN of the standard that replaces it."""
    return {old: standard.urn for standard in standards for old in standard.replaces}


def read_standards(path: str, text: str, found: Findings) -> tuple[Standard, ...]:
    """All standards in the order of the file."""
    header, rows = read_rows(path, text, found)
    names = [each.text for each in header.members]
    missing = [name for name in STANDARD_COLUMNS if name not in names]
    if missing:
        found.add(header, "NVQ402", f"missing columns: {', '.join(missing)}")
        return ()
    return tuple(
        Standard(
            row.text("urn"),
            row.text("title"),
            tuple(row.text("replaces").split()),
            row.text("approved"),
            row.text("review"),
            tuple(row.text("keywords").split("; ")),
        )
        for row in rows
    )
