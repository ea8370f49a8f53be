"""nos.csv: the National Occupational Standards."""

from nvqplan.core.findings import Findings
from nvqplan.core.units import Standard
from nvqplan.reading.csv_rows import as_cells, read_rows

COLUMNS = ("urn", "title", "replaces", "approved", "review", "keywords")


def read_standards(path: str, text: str, found: Findings) -> tuple[Standard, ...]:
    """All standards in the order of the file."""
    header, rows = read_rows(path, text, found)
    names = [each.text for each in as_cells(header)]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        found.add(header, "NVQ402", f"missing columns: {', '.join(missing)}")
        return ()
    return tuple(
        Standard(
            row["urn"].text,
            row["title"].text,
            tuple(row["replaces"].text.split()),
            row["approved"].text,
            row["review"].text,
            tuple(row["keywords"].text.split("; ")),
        )
        for row in rows
    )
