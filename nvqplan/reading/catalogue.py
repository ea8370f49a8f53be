"""units.csv: the catalogue of units."""

from nvqplan.findings import Findings, Located
from nvqplan.names import did_you_mean
from nvqplan.reading.csv_rows import Row, read_rows
from nvqplan.units import Catalogue, Unit, by_number

TEXTS = ("unit", "uan", "title", "topics", "nos", "source")
FIGURES = ("level", "credits", "glh")
COUNTS = ("outcomes", "criteria")
LARGEST = 100_000
"""No unit has more credits, hours or criteria; a larger number is a slip of the keyboard."""


def read_catalogue(path: str, text: str, found: Findings) -> Catalogue:
    """All units that can be used; what cannot is a finding. Further columns are measures."""
    header, rows = read_rows(path, text, found)
    names = [each.text for each in header.value] if isinstance(header.value, list) else []
    known = (*TEXTS, *FIGURES, *COUNTS)
    for name in known:
        if name not in names:
            help = did_you_mean(name, [each for each in names if each not in known])
            found.add(header, "NVQ402", f"the column '{name}' is missing", help)
            return Catalogue({})
    columns = tuple(name for name in names if name not in known)
    units: dict[str, Unit] = {}
    for row in rows:
        unit = _read_unit(row, columns, found)
        if unit.number in units:
            found.add(row["unit"], "NVQ402", f"unit {unit.number} stands twice")
        elif unit.number:
            units[unit.number] = unit
        else:
            found.add(row["unit"], "NVQ402", "a unit needs a number")
    return Catalogue({number: units[number] for number in sorted(units, key=by_number)}, columns)


def _read_unit(row: Row, columns: tuple[str, ...], found: Findings) -> Unit:
    level, credits, glh = (_figure(row[name], name, found) for name in FIGURES)
    outcomes, criteria = (
        _figure(row[name], name, found) if row[name].text else None for name in COUNTS
    )
    return Unit(
        row["unit"].text.strip(),
        row["uan"].text.strip(),
        row["title"].text.strip(),
        level,
        credits,
        glh,
        tuple(row["topics"].text.split()),
        tuple(row["nos"].text.split()),
        outcomes,
        criteria,
        row["source"].text,
        {name: _figure(row[name], name, found) for name in columns},
    )


def _figure(cell: Located, name: str, found: Findings) -> int:
    text = cell.text.strip()
    if not (text.isascii() and text.isdigit()):
        found.add(cell, "NVQ402", f"{name} must be a whole number, this is '{cell.text}'")
    elif len(text) > len(str(LARGEST)) or int(text) > LARGEST:
        found.add(cell, "NVQ402", f"{name} {text} is over {LARGEST}")
    else:
        return int(text)
    return 0
