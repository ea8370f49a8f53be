"""Units that pathways import from elsewhere, held against the rulebook."""

from collections.abc import Sequence

from nvqplan.core.curricula import Import
from nvqplan.core.findings import Findings, Location
from nvqplan.core.units import Catalogue, Unit
from nvqplan.core.values import NamedTuple
from nvqplan.rules.qualification import Qualification


class Imported(NamedTuple):
    """A unit that a pathway imports, and the place where it is named."""

    unit: Unit
    place: Location


def find_imports(
    imports: Sequence[Import], qualification: Qualification, catalogue: Catalogue, found: Findings
) -> tuple[Imported, ...] | None:
    """The units that a pathway imports, each once; None where one of them cannot be what it says.

    Where the qualification takes none, that is reported, and they weigh nothing.
    """
    if qualification.offering.imports_to is None:
        message, place = f"{qualification.id} takes no imported units", imports[0].unit
        found.add(place, "NVQ211", message, "they count for nothing here", place.text)
        return ()
    is_clear, units = True, dict[str, Imported]()
    for each in imports:
        unit = _imported(each, catalogue)
        at_odds = _say_at_odds(each, unit, qualification, catalogue)
        if at_odds:
            message = f"imported unit {unit.number} {at_odds}"
            found.add(each.unit, "NVQ212", message, subject=unit.number)
            is_clear = False
        elif unit.number in units:
            message = f"unit {unit.number} is given twice"
            found.add(each.unit, "NVQ203", message, subject=unit.number)
        units.setdefault(unit.number, Imported(unit, each.unit.location))
    return tuple(units.values()) if is_clear else None


def _imported(each: Import, catalogue: Catalogue) -> Unit:
    """The unit that is imported, by its number in the catalogue where the catalogue has it."""
    numbers = catalogue.named(each.unit.text)
    number = numbers[0] if numbers else each.unit.text.strip()
    figures = dict(each.figures)
    level, credits, glh = (figures.pop(name) for name in ("level", "credits", "glh"))
    columns = {name: figures[name] for name in catalogue.columns if name in figures} or None
    return Unit(number, "", each.title or number, level, credits, glh, columns=columns)


def _say_at_odds(
    each: Import, unit: Unit, qualification: Qualification, catalogue: Catalogue
) -> str:
    """What an imported unit contradicts, "" for nothing."""
    if unit.number in qualification.offering.units:
        return f"is offered by {qualification.id}: list it under units"
    known = catalogue.units.get(unit.number)
    figures = ("level", "credits", "glh", *catalogue.columns)
    for name in figures:
        if name not in each.figures:
            return f"does not say its {name}, which this rulebook sums"
        if known is not None and each.figures[name] != _figure(known, name):
            return f"has {name} {_figure(known, name)} in the catalogue"
    strange = [name for name in each.figures if name not in figures]
    return f"has a figure '{strange[0]}', which this rulebook does not know" if strange else ""


def _figure(unit: Unit, name: str) -> int:
    return unit.level if name == "level" else unit.measure(name)
